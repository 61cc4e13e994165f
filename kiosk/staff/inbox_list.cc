#include "kiosk/staff/inbox_list.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "kiosk/staff/listing.h"
#include "kiosk/staff/sight.h"
#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {
namespace {

using Stage = InboxFilter::Stage;

constexpr std::array kStageNames = {"Tất cả", "Mới", "Chưa xong", "Quá hạn", "Đã xong"};

// Numbers of Verb::kFilter: what is below a hundred of one kind.
constexpr std::int64_t kStages = 0;
constexpr std::int64_t kStatuses = 100;
constexpr std::int64_t kScores = 200;
constexpr std::int64_t kFields = 300;
constexpr std::int64_t kFlagged = 400;
constexpr std::int64_t kOpenPage = 500;
constexpr std::int64_t kNone = 99;  // of a kind: no filter

std::optional<core::CaseDue> due_of(const Shift& shift, const journal::CaseHead& head) {
  return core::next_due(head.state, head.given_at, shift.house.limits, shift.house.calendar);
}

bool is_overdue(const Shift& shift, const journal::CaseHead& head) {
  const auto due = due_of(shift, head);
  return due && due->at_ms <= shift.now().wall_ms;
}

bool is_placeholder(const Shift& shift, core::CaseDuty duty) {
  const auto index = static_cast<std::size_t>(duty);
  return index < shift.house.limits.size() && !shift.house.limits[index].official;
}

/// The beginning of what was written, in one line.
std::string excerpt(const std::vector<journal::Words>& words) {
  constexpr std::size_t kLongest = 90;
  std::u32string all;
  for (const journal::Words& text : words) {
    if (!text) continue;
    if (!all.empty()) all += U" / ";
    for (const char32_t c : core::code_points(*text)) all += c == U'\n' ? U' ' : c;
  }
  if (all.size() > kLongest) {
    all.resize(kLongest);
    all += U'…';
  }
  return core::utf8(all);
}

}  // namespace

std::string InboxList::due_words(const Shift& shift, const journal::CaseHead& head, Tone& tone) {
  tone = Tone::kPlain;
  const auto due = due_of(shift, head);
  if (!due) return "";
  // The moment is the first that is too late.
  std::string words = date_words(core::local_date(due->at_ms - 1));
  if (due->at_ms <= shift.now().wall_ms) {
    tone = Tone::kAlert;
    words = "quá hạn " + words;
  }
  if (is_placeholder(shift, due->duty)) words += " (hạn tạm)";
  return words;
}

core::Result<std::vector<journal::CaseHead>> InboxList::chosen() {
  journal::CaseFilter filter = filter_.cases;
  auto scope = scope_of(shift_);
  if (!scope) return core::Failure(scope.error());
  filter.scope = std::move(*scope);
  auto heads = shift_.review.cases(filter);
  if (!heads) return heads;
  std::erase_if(*heads, [&](const journal::CaseHead& head) {
    const bool settled = core::is_settled(head.state.status);
    if (!may_open(shift_.me, head)) return true;
    switch (filter_.stage) {
      case Stage::kNew:
        return head.state.status != core::CaseStatus::kNew;
      case Stage::kOpen:
        return settled;
      case Stage::kOverdue:
        return !is_overdue(shift_, head);
      case Stage::kSettled:
        return !settled;
      case Stage::kAll:
        break;
    }
    return false;
  });
  return heads;
}

std::string InboxList::filter_words() const {
  std::string words;
  const auto add = [&words](const std::string& part) {
    words += words.empty() ? "" : ", ";
    words += part;
  };
  if (filter_.cases.status) add(std::string(core::name_of(*filter_.cases.status)));
  if (filter_.cases.score) add(std::to_string(*filter_.cases.score) + " điểm");
  if (filter_.cases.field) add(field_name(shift_.house, *filter_.cases.field));
  if (filter_.cases.flagged) add("cần xem lại");
  if (!filter_.cases.search.empty()) add("có “" + filter_.cases.search + "”");
  return words;
}

core::Result<View> InboxList::view() {
  View view;
  view.title = "Ý kiến của người dân";
  if (searching_) {
    view.input = Input{Input::Kind::kLine,     "Tìm trong lời góp ý (không cần gõ dấu)",
                       filter_.cases.search,   100,
                       {Verb::kSearch, 1, ""}, "Tìm"};
    view.actions = {{"Quay lại", {Verb::kBack, 0, ""}, Button::Kind::kPlain}};
    return view;
  }
  if (choosing_) {
    show_filter(view);
    view.actions = {{"Xem danh sách", {Verb::kBack, 0, ""}, Button::Kind::kPrimary}};
    return view;
  }
  if (auto shown = show_list(view); !shown) return core::Failure(shown.error());
  return view;
}

core::Result<void> InboxList::show_list(View& view) {
  const auto heads = chosen();
  if (!heads) return core::Failure(heads.error());
  Choices stages;
  for (std::size_t i = 0; i < kStageNames.size(); ++i) {
    stages.choices.push_back({kStageNames[i],
                              {Verb::kFilter, kStages + static_cast<std::int64_t>(i), ""},
                              filter_.stage == static_cast<Stage>(i)});
  }
  view.blocks.emplace_back(std::move(stages));
  if (const std::string words = filter_words(); !words.empty()) {
    view.blocks.emplace_back(Text{"Đang lọc: " + words, Text::Size::kSmall, Tone::kMuted});
  }
  // Rows cost a query each for their words, so only those of the page are made whole.
  Table pages;
  pages.rows.resize(heads->size());
  turn(view, pages, page_);
  const auto first = static_cast<std::size_t>(page_) * kRowsAPage;
  const std::size_t last = std::min(heads->size(), first + kRowsAPage);
  std::vector<core::Seq> shown;
  for (std::size_t i = first; i < last; ++i) shown.push_back((*heads)[i].rating);
  auto words = shift_.review.words(shown);
  if (!words) return core::Failure(words.error());
  Table table;
  table.columns = {
      {"Nhận", 3, false}, {"Nội dung", 8, false}, {"Trạng thái", 3, false}, {"Hạn", 4, false}};
  if (sees_details(shift_.me.role)) table.columns.push_back({"Điểm", 1, true});
  table.nothing = "Không có ý kiến nào.";
  for (std::size_t i = first; i < last; ++i) {
    const journal::CaseHead& head = (*heads)[i];
    table.rows.push_back(row_of(head, (*words)[head.rating]));
  }
  view.blocks.emplace_back(std::move(table));
  if (!sees_growth(shift_.me.role)) {
    view.blocks.emplace_back(Text{"Lời góp ý hiện ra khi đủ nhóm 5 phiếu, để không lộ người viết.",
                                  Text::Size::kSmall, Tone::kMuted});
  }
  view.actions = {{"Khóa", {Verb::kLock, 0, ""}, Button::Kind::kPlain},
                  {"Bộ lọc", {Verb::kFilter, kOpenPage, ""}, Button::Kind::kPlain},
                  {"Tìm", {Verb::kSearch, 0, ""}, Button::Kind::kPlain}};
  return {};
}

Table::Row InboxList::row_of(const journal::CaseHead& head,
                             const std::vector<journal::Words>& words) const {
  const bool readable = sees_words(shift_.me.role, head.state);
  std::string text = readable ? excerpt(words) : "(nội dung đã ẩn)";
  if (text.empty()) {
    text = head.facts.alert ? "Phản ánh về tiền hoặc hành vi, không có lời" : "(nội dung đã xóa)";
  }
  Tone tone = Tone::kPlain;
  const std::string due = due_words(shift_, head, tone);
  Table::Row row{
      {half_day_words(head.given_at), text, std::string(core::name_of(head.state.status)), due},
      Command{Verb::kOpenCase, head.rating, ""},
      tone};
  if (sees_details(shift_.me.role)) row.cells.push_back(std::to_string(head.score));
  return row;
}

void InboxList::show_filter(View& view) const {
  const auto kind = [](std::string label, std::int64_t base, bool none) {
    Choices choices;
    choices.label = std::move(label);
    choices.choices.push_back({"Tất cả", {Verb::kFilter, base + kNone, ""}, none});
    return choices;
  };
  const journal::CaseFilter& now = filter_.cases;
  Choices statuses = kind("Trạng thái", kStatuses, !now.status);
  for (std::size_t i = 0; i < core::kCaseStatuses; ++i) {
    const auto status = static_cast<core::CaseStatus>(i);
    statuses.choices.push_back({std::string(core::name_of(status)),
                                {Verb::kFilter, kStatuses + static_cast<std::int64_t>(i), ""},
                                now.status == status});
  }
  view.blocks.emplace_back(std::move(statuses));
  if (!sees_details(shift_.me.role)) return;
  Choices scores = kind("Điểm", kScores, !now.score);
  for (int score = 1; score <= 5; ++score) {
    scores.choices.push_back(
        {std::to_string(score), {Verb::kFilter, kScores + score, ""}, now.score == score});
  }
  view.blocks.emplace_back(std::move(scores));
  Choices fields = kind("Lĩnh vực", kFields, !now.field);
  for (std::size_t i = 0; i < shift_.house.fields.size(); ++i) {
    const flow::Field& field = shift_.house.fields[i];
    fields.choices.push_back({field.name,
                              {Verb::kFilter, kFields + static_cast<std::int64_t>(i), ""},
                              now.field == field.id});
  }
  view.blocks.emplace_back(std::move(fields));
  Choices flagged = kind("Dấu hiệu bất thường", kFlagged, !now.flagged);
  flagged.choices.push_back({"Cần xem lại", {Verb::kFilter, kFlagged, ""}, now.flagged});
  view.blocks.emplace_back(std::move(flagged));
}

void InboxList::set_filter(std::int64_t which) {
  const std::int64_t kind = which / 100 * 100;
  const std::int64_t number = which % 100;
  const bool none = number == kNone;
  journal::CaseFilter& cases = filter_.cases;
  page_ = 0;
  if (kind == kStages) {
    filter_.stage = static_cast<Stage>(number);
  } else if (kind == kStatuses) {
    cases.status = none ? std::nullopt : std::optional(static_cast<core::CaseStatus>(number));
    // A status of its own says which stage is meant.
    if (cases.status) filter_.stage = Stage::kAll;
  } else if (kind == kScores) {
    cases.score = none ? std::nullopt : std::optional(static_cast<int>(number));
  } else if (kind == kFields) {
    cases.field = none ? std::nullopt
                       : std::optional(shift_.house.fields[static_cast<std::size_t>(number)].id);
  } else if (kind == kFlagged) {
    cases.flagged = !none;
  } else {
    choosing_ = true;
  }
}

bool InboxList::take(const Command& command) {
  switch (command.verb) {
    case Verb::kPage:
      page_ = static_cast<int>(command.number);
      return true;
    case Verb::kFilter:
      set_filter(command.number);
      return true;
    case Verb::kSearch:
      if (command.number == 0) {
        searching_ = true;
        return true;
      }
      searching_ = false;
      page_ = 0;
      filter_.cases.search = command.text;
      // What is looked for may have been settled long ago.
      if (!command.text.empty()) filter_.stage = Stage::kAll;
      return true;
    case Verb::kBack:
      choosing_ = searching_ = false;
      return true;
    default:
      return false;
  }
}

}  // namespace hailong::kiosk::staff
