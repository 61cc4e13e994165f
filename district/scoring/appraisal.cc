#include "district/scoring/appraisal.h"

#include "program/config.h"

namespace hailong::district::scoring {
namespace {

using storage::AppraisalEntry;
using storage::AppraisalHistory;
using storage::AppraisalStep;

core::Failure refuse(const char* why) { return core::fail(core::Fault::kRefused, why); }

core::Result<void> check_answer(const AppraisalState& state, const AppraisalEntry& entry) {
  if (state.proposed == nullptr) return refuse("Chưa có đề xuất của hệ thống để xã cho ý kiến.");
  if (state.appraised != nullptr) return refuse("Cấp trên đã thẩm định; xã không sửa được nữa.");
  if (state.answered != nullptr) return refuse("Xã đã cho ý kiến về đề xuất này.");
  if (entry.step == AppraisalStep::kCommented && entry.words.empty()) {
    return refuse("Ý kiến của xã phải có nội dung.");
  }
  return {};
}

core::Result<void> check_level(const AppraisalEntry& entry, int least) {
  if (!entry.level || *entry.level < least || *entry.level > 4) {
    return refuse(least == 0 ? "Mức phải từ 0 (chưa đạt) đến 4."
                             : "Mức công nhận phải từ 1 đến 4.");
  }
  return {};
}

core::Result<void> check_appraised(const AppraisalState& state, const AppraisalEntry& entry) {
  if (state.proposed == nullptr) return refuse("Chưa có đề xuất của hệ thống để thẩm định.");
  if (state.ranked != nullptr) return refuse("Đã xếp loại; không thẩm định lại được.");
  if (auto good = check_level(entry, 0); !good) return good;
  const bool as_proposed =
      entry.level == state.proposed->level && entry.points_x100 == state.proposed->points_x100;
  if (!as_proposed && entry.words.empty()) {
    return refuse("Kết quả thẩm định khác đề xuất phải nêu lý do.");
  }
  if (!state.is_confirmed() && entry.words.empty()) {
    return refuse("Xã chưa xác nhận đề xuất; thẩm định phải nêu lý do.");
  }
  return {};
}

core::Result<void> check_ranked(const AppraisalState& state, const AppraisalEntry& entry) {
  if (state.appraised == nullptr) return refuse("Phải thẩm định trước khi xếp loại.");
  if (state.recognised != nullptr)
    return refuse("Đã có quyết định công nhận; không xếp loại lại được.");
  if (auto good = check_level(entry, 0); !good) return good;
  if (entry.level != state.appraised->level && entry.words.empty()) {
    return refuse("Xếp loại khác mức đã thẩm định phải nêu lý do.");
  }
  return {};
}

core::Result<void> check_decision(const AppraisalState& state, const AppraisalEntry& entry,
                                  core::LocalDate today) {
  if (state.ranked == nullptr) return refuse("Phải xếp loại trước khi nhập quyết định công nhận.");
  if (state.recognised != nullptr) return refuse("Quyết định công nhận đã được nhập.");
  if (auto good = check_recognition(entry, today); !good) return good;
  if (entry.level != state.ranked->level && entry.words.empty()) {
    return refuse("Mức công nhận khác mức đã xếp loại phải nêu lý do.");
  }
  return {};
}

void write_counts(std::string& text, const char* name, const core::Counts& counts) {
  for (std::size_t i = 0; i < counts.by_score.size(); ++i) {
    text.append(name).append(std::to_string(i + 1)).append(" = ");
    text.append(std::to_string(counts.by_score[i])).append("\n");
  }
}

void write_pair(std::string& text, const char* head, std::int64_t part, const char* of,
                std::int64_t whole) {
  text.append(head).append(" = ").append(std::to_string(part)).append("\n");
  text.append(of).append(" = ").append(std::to_string(whole)).append("\n");
}

constexpr std::int64_t kMostRatings = 1'000'000'000;

core::Counts read_counts(program::Section& section, const std::string& name) {
  core::Counts counts;
  for (std::size_t i = 0; i < counts.by_score.size(); ++i) {
    const std::string key = name + std::to_string(i + 1);
    const auto count = section.integer(key, 0, kMostRatings);
    if (!count) section.expected(key, "a number");
    counts.by_score[i] = count.value_or(0);
  }
  return counts;
}

}  // namespace

AppraisalState state_of(const AppraisalHistory& history) {
  AppraisalState state;
  for (const AppraisalEntry& entry : history) {
    switch (entry.step) {
      case AppraisalStep::kProposed:
        state = {};
        state.proposed = &entry;
        break;
      case AppraisalStep::kConfirmed:
      case AppraisalStep::kCommented:
        state.answered = &entry;
        break;
      case AppraisalStep::kAppraised:
        state.appraised = &entry;
        break;
      case AppraisalStep::kRanked:
        state.ranked = &entry;
        break;
      case AppraisalStep::kRecognised:
        state.recognised = &entry;
        break;
    }
  }
  return state;
}

core::Result<void> check_step(const AppraisalHistory& history, const AppraisalEntry& entry,
                              core::LocalDate today) {
  const AppraisalState state = state_of(history);
  switch (entry.step) {
    case AppraisalStep::kProposed:
      if (state.recognised != nullptr) {
        return refuse("Đã có quyết định công nhận; không đề xuất lại được.");
      }
      return {};
    case AppraisalStep::kConfirmed:
    case AppraisalStep::kCommented:
      return check_answer(state, entry);
    case AppraisalStep::kAppraised:
      return check_appraised(state, entry);
    case AppraisalStep::kRanked:
      return check_ranked(state, entry);
    case AppraisalStep::kRecognised:
      return check_decision(state, entry, today);
  }
  return {};
}

core::Result<void> check_recognition(const AppraisalEntry& entry, core::LocalDate today) {
  if (entry.decision.empty()) return refuse("Phải nhập số quyết định công nhận.");
  if (!entry.decided_on) return refuse("Phải nhập ngày của quyết định công nhận.");
  if (*entry.decided_on > today) return refuse("Ngày của quyết định công nhận chưa đến.");
  return check_level(entry, 1);
}

std::string step_name(AppraisalStep step) {
  switch (step) {
    case AppraisalStep::kProposed:
      return "Hệ thống đề xuất";
    case AppraisalStep::kConfirmed:
      return "Xã xác nhận";
    case AppraisalStep::kCommented:
      return "Xã có ý kiến";
    case AppraisalStep::kAppraised:
      return "Thẩm định";
    case AppraisalStep::kRanked:
      return "Xếp loại";
    case AppraisalStep::kRecognised:
      return "Công nhận";
  }
  return "";
}

std::string level_name(std::optional<int> level) {
  if (!level) return "Chưa xét được mức";
  return *level == 0 ? "Chưa đạt mức nào" : "Mức " + std::to_string(*level);
}

std::string evidence_text(const Evidence& evidence) {
  std::string text;
  write_counts(text, "n", evidence.counts);
  write_counts(text, "left_out", evidence.left_out);
  if (evidence.coverage) {
    write_pair(text, "rated", evidence.coverage->rated, "returned", evidence.coverage->returned);
  }
  if (evidence.timeliness) {
    write_pair(text, "on_time", evidence.timeliness->on_time, "due", evidence.timeliness->due);
  }
  return text;
}

core::Result<Evidence> parse_evidence(const std::string& text) {
  auto file = program::ConfigFile::parse(text, "evidence");
  if (!file) return core::Failure(file.error());
  program::Section root = file->root();
  Evidence evidence;
  evidence.counts = read_counts(root, "n");
  evidence.left_out = read_counts(root, "left_out");
  const auto rated = root.integer("rated", 0, kMostRatings);
  const auto returned = root.integer("returned", 0, kMostRatings);
  if (rated && returned) evidence.coverage = Coverage{*rated, *returned};
  const auto on_time = root.integer("on_time", 0, kMostRatings);
  const auto due = root.integer("due", 0, kMostRatings);
  if (on_time && due) evidence.timeliness = Timely{*due, *on_time};
  if (auto done = file->finish(); !done) return core::Failure(done.error());
  return evidence;
}

}  // namespace hailong::district::scoring
