#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <kainjow/mustache.hpp>
#include <span>
#include <string>
#include <vector>

#include "district/http/message.h"

/// A list that may be long (a province has hundreds of communes) is searched by name, sorted and
/// turned over page by page with links and a form alone.

namespace hailong::district::web {

inline constexpr std::size_t kRowsOnAPage = 50;

/// The address of a list, and what somebody asked of it.
struct ListAsked {
  std::string path;
  http::Fields kept;     // other fields of the address: "from", "to" …
  std::string search;    // words of the name, with or without accents; empty: all
  std::string sort;      // the key of a column; empty: the list's own order
  bool falling = false;  // the largest first
  std::size_t page = 1;
};

/// Reads q, sort ("n", or "-n" for the largest first) and page; `kept` names the other fields.
/// What cannot be read counts as not asked.
ListAsked list_asked_of(const http::Request& request, std::span<const char* const> kept = {});

/// What a row is sorted by: its number, then its text.
struct SortKey {
  std::int64_t number = 0;
  std::string text;

  auto operator<=>(const SortKey&) const = default;
};

/// One row: its name, which is searched, and its key in the column asked for.
struct ListRow {
  std::string name;
  SortKey key;
};

/// The rows to be shown, and what is left out.
struct ListPart {
  std::vector<std::size_t> rows;  // places in the list, in the order to show
  std::size_t all = 0;
  std::size_t found = 0;  // that match the search
  std::size_t page = 1;   // the last one when a later one was asked for
  std::size_t pages = 1;
};

/// Rows of the same key stay in their order.
ListPart part_of(const std::vector<ListRow>& rows, const ListAsked& asked);

/// A heading of the list's table; one without a key does not sort.
struct ListColumn {
  const char* key;
  const char* label;
  bool is_number = false;
  bool largest_first = false;
};

/// The <th> of a table's head.
std::string list_heads_html(std::span<const ListColumn> columns, const ListAsked& asked);

/// The form that searches; empty for a list of one page.
std::string list_search_html(const ListAsked& asked, const ListPart& part);

/// "Trang 2/5" and the links to the pages beside it; empty where one page holds what was found.
std::string list_pager_html(const ListAsked& asked, const ListPart& part);

/// Both for a template, as "search" and "pager".
void set_list_tools(kainjow::mustache::data& page, const ListAsked& asked, const ListPart& part);

}  // namespace hailong::district::web
