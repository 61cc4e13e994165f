#include "district/web/later.h"

#include <algorithm>
#include <array>

#include "core/chain.h"
#include "core/score.h"
#include "district/web/figures.h"
#include "district/web/offered_reasons.h"
#include "district/web/periods.h"
#include "district/web/survey_words.h"
#include "web_faces.h"
#include "web_later.h"

namespace hailong::district::web {
namespace {

using kainjow::mustache::data;

/// The faces are the kiosk's (kiosk/design/faces.cc), as SVG.
data faces_of(const LaterForm& form) {
  data shown(data::type::list);
  for (std::size_t i = 0; i < std::size(faces::all); ++i) {
    data face;
    face.set("score", std::to_string(i + 1));
    face.set("name", std::string(score_name(i)));
    face.set("drawing", std::string(faces::all[i]));
    face.set("chosen", form.score == static_cast<int>(i + 1));
    shown << face;
  }
  return shown;
}

/// The three sets of reasons; the style sheet shows the one that belongs to the chosen face.
data reasons_of(const LaterForm& form) {
  const OfferedReasons& offered = offered_reasons();
  struct Set {
    const char* name;
    const char* title;
    const std::vector<std::string>& ids;
    bool fits;
  };
  const std::array sets = {Set{"low", "title_low", offered.low, form.score == 1 || form.score == 2},
                           Set{"middle", "title_middle", offered.middle, form.score == 3},
                           Set{"high", "title_high", offered.high, form.score >= 4}};
  data shown(data::type::list);
  for (const Set& set : sets) {
    data reasons(data::type::list);
    for (const std::string& id : set.ids) {
      const bool ticked =
          set.fits && std::find(form.reasons.begin(), form.reasons.end(), id) != form.reasons.end();
      data reason;
      reason.set("set", set.name);
      reason.set("id", id);
      reason.set("name", answer_words("reasons", id));
      reason.set("ticked", ticked);
      reasons << reason;
    }
    data group;
    group.set("set", set.name);
    group.set("title", answer_words("reasons", set.title));
    group.set("reasons", reasons);
    shown << group;
  }
  return shown;
}

std::string in_later_frame(const std::string& title, const std::string& authority,
                           const std::string& main) {
  data page;
  page.set("title", title);
  page.set("authority", authority);
  page.set("assets", later_version());
  page.set("main", main);
  return render(later::k_later_frame_mustache, page);
}

}  // namespace

const std::string& later_version() {
  static const std::string kVersion = core::to_hex(core::chain_next({}, later::k_later_css));
  return kVersion;
}

std::string_view later_style() { return later::k_later_css; }

std::string later_form_page(const LaterForm& form) {
  data page;
  page.set("faces", faces_of(form));
  page.set("sets", reasons_of(form));
  page.set("words", form.words);
  page.set("most", std::to_string(kMostLaterWords));
  page.set("day", vietnamese_date(form.day));
  if (!form.unit_name.empty()) page.set("unit", data("name", form.unit_name));
  if (!form.error.empty()) page.set("error", data("text", form.error));
  return in_later_frame("Đánh giá mức độ hài lòng", form.authority,
                        render(later::k_later_form_mustache, page));
}

std::string later_note_page(const LaterNote& note) {
  data paragraphs(data::type::list);
  for (const std::string& paragraph : note.paragraphs) paragraphs << data(paragraph);
  data page;
  page.set("title", note.title);
  page.set("paragraphs", paragraphs);
  return in_later_frame(note.title, note.authority, render(later::k_later_note_mustache, page));
}

}  // namespace hailong::district::web
