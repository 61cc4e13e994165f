#include "district/web/long_list.h"

#include <algorithm>
#include <charconv>

#include "core/folding.h"
#include "core/numbers.h"
#include "district/http/form.h"
#include "district/web/figures.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using kainjow::mustache::data;

std::size_t page_number(const std::string& text) {
  std::size_t page = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), page);
  return fault == std::errc() && end == text.data() + text.size() && page > 0 ? page : 1;
}

/// What stays in the address when another page or other rows are asked for.
http::Fields kept_fields(const ListAsked& asked) {
  http::Fields fields = asked.kept;
  if (!asked.sort.empty()) fields.emplace_back("sort", (asked.falling ? "-" : "") + asked.sort);
  return fields;
}

std::string list_address(const ListAsked& asked) {
  http::Fields fields = kept_fields(asked);
  if (!asked.search.empty()) fields.emplace_back("q", asked.search);
  if (asked.page > 1) fields.emplace_back("page", std::to_string(asked.page));
  return http::address_of(asked.path, fields);
}

/// A first click sorts a column as it reads best, a second one the other way round.
ListAsked sorted_by(const ListColumn& column, const ListAsked& asked) {
  ListAsked other = asked;
  other.sort = column.key;
  other.falling = asked.sort == column.key ? !asked.falling : column.largest_first;
  other.page = 1;
  return other;
}

data list_head(const ListColumn& column, const ListAsked& asked) {
  data head;
  head.set("label", column.label);
  head.set("is_number", column.is_number);
  if (*column.key == '\0') return head;
  head.set("link", one_text(list_address(sorted_by(column, asked))));
  if (asked.sort == column.key) {
    head.set("sorted", one_text(asked.falling ? "descending" : "ascending"));
  }
  return head;
}

std::string count_words(std::size_t count) {
  return core::vietnamese_count(static_cast<std::int64_t>(count));
}

}  // namespace

ListAsked list_asked_of(const http::Request& request, std::span<const char* const> kept) {
  ListAsked asked;
  asked.path = request.path;
  for (const char* name : kept) {
    if (auto value = http::first_of(request.query, name)) asked.kept.emplace_back(name, *value);
  }
  asked.search = http::first_of(request.query, "q").value_or("");
  asked.sort = http::first_of(request.query, "sort").value_or("");
  asked.falling = asked.sort.starts_with('-');
  if (asked.falling) asked.sort.erase(0, 1);
  asked.page = page_number(http::first_of(request.query, "page").value_or("1"));
  return asked;
}

ListPart part_of(const std::vector<ListRow>& rows, const ListAsked& asked) {
  const std::string wanted = core::fold(asked.search);
  std::vector<std::size_t> found;
  found.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (core::matches(core::fold(rows[i].name), wanted)) found.push_back(i);
  }
  std::stable_sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
    return asked.falling ? rows[b].key < rows[a].key : rows[a].key < rows[b].key;
  });
  ListPart part;
  part.all = rows.size();
  part.found = found.size();
  part.pages = std::max<std::size_t>(1, (found.size() + kRowsOnAPage - 1) / kRowsOnAPage);
  part.page = std::min(asked.page, part.pages);
  const std::size_t first = (part.page - 1) * kRowsOnAPage;
  const std::size_t last = std::min(found.size(), first + kRowsOnAPage);
  part.rows.assign(found.begin() + static_cast<std::ptrdiff_t>(first),
                   found.begin() + static_cast<std::ptrdiff_t>(last));
  return part;
}

std::string list_heads_html(std::span<const ListColumn> columns, const ListAsked& asked) {
  data heads(data::type::list);
  for (const ListColumn& column : columns) heads << list_head(column, asked);
  data page;
  page.set("heads", heads);
  return render(templates::k_list_heads_mustache, page);
}

std::string list_search_html(const ListAsked& asked, const ListPart& part) {
  if (part.all <= kRowsOnAPage) return "";
  data page;
  page.set("path", asked.path);
  page.set("search", asked.search);
  data kept(data::type::list);
  for (const auto& [name, value] : kept_fields(asked)) {
    data field;
    field.set("name", name);
    field.set("value", value);
    kept << field;
  }
  page.set("kept", kept);
  if (!asked.search.empty()) {
    ListAsked whole = asked;
    whole.search.clear();
    whole.page = 1;
    data searched;
    searched.set("found", count_words(part.found));
    searched.set("all", count_words(part.all));
    searched.set("whole", list_address(whole));
    page.set("searched", searched);
  }
  return render(templates::k_list_search_mustache, page);
}

std::string list_pager_html(const ListAsked& asked, const ListPart& part) {
  if (part.pages == 1) return "";
  data page;
  page.set("page", count_words(part.page));
  page.set("pages", count_words(part.pages));
  ListAsked other = asked;
  if (part.page > 1) {
    other.page = part.page - 1;
    page.set("before", one_text(list_address(other)));
  }
  if (part.page < part.pages) {
    other.page = part.page + 1;
    page.set("after", one_text(list_address(other)));
  }
  return render(templates::k_list_pager_mustache, page);
}

void set_list_tools(data& page, const ListAsked& asked, const ListPart& part) {
  page.set("search", list_search_html(asked, part));
  page.set("pager", list_pager_html(asked, part));
}

}  // namespace hailong::district::web
