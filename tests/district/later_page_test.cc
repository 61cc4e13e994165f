#include <gtest/gtest.h>

#include <algorithm>

#include "district/web/later.h"
#include "district/web/offered_reasons.h"
#include "district/web/survey_words.h"

namespace hailong::district::web {
namespace {

bool holds(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

LaterForm a_form() {
  return {"UBND thành phố Hải Phòng",
          "Xã Lai Khê",
          core::parse_date("2026-11-24").value(),
          0,
          {},
          "",
          ""};
}

TEST(LaterPage, OffersFiveFacesAndTheReasonsOfEach) {
  const std::string page = later_form_page(a_form());
  for (const char* name :
       {"Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"}) {
    EXPECT_TRUE(holds(page, std::string("<span>") + name + "</span>")) << name;
  }
  EXPECT_TRUE(holds(page, "ngày 24/11/2026 tại Xã Lai Khê?"));
  const OfferedReasons& offered = offered_reasons();
  for (const auto* ids : {&offered.low, &offered.middle, &offered.high}) {
    ASSERT_FALSE(ids->empty());
    for (const std::string& id : *ids) {
      EXPECT_TRUE(holds(page, "value=\"" + id + "\""));
      EXPECT_NE(answer_words("reasons", id), id) << "it has no name";
      EXPECT_TRUE(holds(page, ">" + answer_words("reasons", id) + "</label>"));
    }
  }
}

TEST(LaterPage, ChoosesNothingBeforehand) {
  EXPECT_FALSE(holds(later_form_page(a_form()), " checked"));
}

TEST(LaterPage, KeepsWhatWasSentWhenSomethingWasWrong) {
  LaterForm form = a_form();
  form.score = 2;
  form.reasons = {"long-wait"};
  form.words = "chờ <b>lâu</b>";
  form.error = "Quá dài";
  const std::string page = later_form_page(form);
  EXPECT_TRUE(holds(page, "id=\"score-2\" required checked"));
  EXPECT_TRUE(holds(page, "id=\"low-long-wait\" checked"));
  EXPECT_FALSE(holds(page, "id=\"middle-long-wait\" checked")) << "it belongs to another face";
  EXPECT_TRUE(holds(page, "chờ &lt;b&gt;lâu&lt;/b&gt;</textarea>"));
  EXPECT_TRUE(holds(page, "<p class=\"error\" role=\"alert\">Quá dài</p>"));
}

TEST(LaterPage, IsSmallAndNeedsNoScript) {
  const std::string page = later_form_page(a_form());
  EXPECT_LT(page.size() + later_style().size(), 50'000U);
  for (const char* unwanted : {"<script", "style=", "onclick", "http://", "https://"}) {
    EXPECT_FALSE(holds(page, unwanted)) << unwanted;
  }
}

TEST(LaterPage, EscapesWhatItSays) {
  const std::string page = later_note_page({"<i>A</i>", "<i>B</i>", {"<i>C</i>"}});
  EXPECT_FALSE(holds(page, "<i>"));
  EXPECT_TRUE(holds(page, "<p>&lt;i&gt;C&lt;/i&gt;</p>"));
}

}  // namespace
}  // namespace hailong::district::web
