#include "district/web/long_list.h"

#include <gtest/gtest.h>

#include <array>

namespace hailong::district::web {
namespace {

using Places = std::vector<std::size_t>;

std::vector<ListRow> numbered(std::size_t count) {
  std::vector<ListRow> rows;
  rows.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    rows.push_back({"xã " + std::to_string(i), {static_cast<std::int64_t>(i % 7), ""}});
  }
  return rows;
}

TEST(LongList, IsSearchedWithoutAccents) {
  const std::vector<ListRow> rows = {
      {"phường Hồng Bàng 11311", {}}, {"xã Phú Thái 10750", {}}, {"xã Kim Thành 10804", {}}};
  ListAsked asked;
  asked.search = "phu thai";
  EXPECT_EQ(part_of(rows, asked).rows, (Places{1}));
  asked.search = "HỒNG";
  EXPECT_EQ(part_of(rows, asked).rows, (Places{0}));
  asked.search = "108";
  EXPECT_EQ(part_of(rows, asked).rows, (Places{2}));
  asked.search = "không có";
  EXPECT_EQ(part_of(rows, asked).found, 0U);
  asked.search = "";
  EXPECT_EQ(part_of(rows, asked).rows, (Places{0, 1, 2}));
}

TEST(LongList, KeepsTheOrderOfEqualRowsBothWays) {
  const std::vector<ListRow> rows = {{"", {2, ""}}, {"", {1, "b"}}, {"", {1, "a"}}, {"", {2, ""}}};
  ListAsked asked;
  EXPECT_EQ(part_of(rows, asked).rows, (Places{2, 1, 0, 3}));
  asked.falling = true;
  EXPECT_EQ(part_of(rows, asked).rows, (Places{0, 3, 1, 2}));
}

TEST(LongList, ShowsEachRowOnOnePageExactly) {
  for (const std::size_t count : {0U, 1U, 49U, 50U, 51U, 100U, 250U}) {
    const std::vector<ListRow> rows = numbered(count);
    ListAsked asked;
    std::vector<int> shown(count, 0);
    const std::size_t pages = part_of(rows, asked).pages;
    for (asked.page = 1; asked.page <= pages; ++asked.page) {
      const ListPart part = part_of(rows, asked);
      EXPECT_LE(part.rows.size(), kRowsOnAPage);
      for (const std::size_t row : part.rows) ++shown[row];
    }
    EXPECT_EQ(shown, std::vector<int>(count, 1));
    asked.page = 1'000'000;
    EXPECT_EQ(part_of(rows, asked).page, pages) << "there is no such page: the last one";
  }
}

TEST(LongList, ReadsWhatIsAskedAndForgetsWhatItCannotRead) {
  http::Request request;
  request.path = "/";
  request.query = {{"from", "2026-01-01"}, {"q", "kim"}, {"sort", "-n"}, {"page", "3"}};
  const ListAsked asked = list_asked_of(request, std::array{"from", "to"});
  EXPECT_EQ(asked.search, "kim");
  EXPECT_EQ(asked.sort, "n");
  EXPECT_TRUE(asked.falling);
  EXPECT_EQ(asked.page, 3U);
  EXPECT_EQ(asked.kept, (http::Fields{{"from", "2026-01-01"}}));
  for (const char* page : {"0", "-1", "x", "", "99999999999999999999999"}) {
    request.query = {{"page", page}};
    EXPECT_EQ(list_asked_of(request).page, 1U) << page;
  }
}

TEST(LongList, KeepsWhatWasAskedInItsLinks) {
  ListAsked asked{"/", {{"from", "2026-01-01"}}, "xã & phường", "n", true, 2};
  const ListPart part = part_of(numbered(250), {"/", {}, "", "n", true, 2});
  const std::string pager = list_pager_html(asked, part);
  EXPECT_NE(pager.find("Trang 2/5"), std::string::npos);
  EXPECT_NE(
      pager.find("/?from=2026-01-01&amp;sort=-n&amp;q=x%C3%A3%20%26%20ph%C6%B0%E1%BB%9Dng&amp;"
                 "page=3\" rel=\"next\""),
      std::string::npos)
      << pager;
  const std::array columns = {ListColumn{"n", "Số phiếu", true, true}, ListColumn{"", "Phân bố"}};
  const std::string heads = list_heads_html(columns, asked);
  EXPECT_NE(heads.find("aria-sort=\"descending\"><a href=\"/?from=2026-01-01&amp;sort=n&amp;"),
            std::string::npos)
      << heads;
  EXPECT_NE(heads.find(">Phân bố</th>"), std::string::npos);
  const std::string search = list_search_html(asked, part);
  EXPECT_NE(search.find("name=\"sort\" value=\"-n\""), std::string::npos) << search;
  EXPECT_NE(search.find("value=\"xã &amp; phường\""), std::string::npos) << search;
}

TEST(LongList, NeedsNoToolsForOnePage) {
  const ListPart part = part_of(numbered(50), {});
  EXPECT_TRUE(list_search_html({}, part).empty());
  EXPECT_TRUE(list_pager_html({}, part).empty());
}

}  // namespace
}  // namespace hailong::district::web
