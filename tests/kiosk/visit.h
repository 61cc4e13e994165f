#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "kiosk/flow/flow.h"
#include "tests/kiosk/scores.h"

namespace hailong::tests {

/// What flow.h says, unless a test says otherwise.
inline const kiosk::flow::Durations kDurations;

/// A small survey with something of everything. No real people or offices.
inline kiosk::flow::Survey sample_survey() {
  using namespace kiosk::flow;
  Survey survey;
  survey.low = {{"long-wait", false}, {"extra-money", true}, {"late-result", false}};
  survey.middle = {{"long-wait", false}, {"helpful", false}};
  survey.high = {{"smiling", false}, {"helpful", false}};
  survey.purposes = {{"submit", false}, {"result", false}, {"ask", false}};
  const std::vector<Choice> points = {{"2", false}, {"1", false}, {"0", false}};
  survey.official = {{"tt01-1", points, {"result"}},
                     {"tt01-3", points, {"result", "submit"}},
                     {"tt01-4", points, {"result"}},
                     {"attitude", {{"good", false}, {"fair", false}, {"poor", false}}, {}}};
  const std::vector<Choice> scale = {
      {"1", false}, {"2", false}, {"3", false}, {"4", false}, {"5", false}};
  survey.statements = {{"sipas-polite", scale, {}}, {"sipas-rules", scale, {}}};
  survey.extra_payment = {
      "extra-payment", {{"no", false}, {"yes", true}, {"no-answer", false}}, {}};
  survey.fields = {{core::FieldId{"ho-tich"}, "Hộ tịch"},
                   {core::FieldId{"chung-thuc"}, "Chứng thực"}};
  survey.procedures = {{"1.001193", core::FieldId{"ho-tich"}, "Đăng ký khai sinh"},
                       {"2.000815", core::FieldId{"chung-thuc"}, "Chứng thực bản sao từ bản chính"},
                       {"1.000656", core::FieldId{"ho-tich"}, "Đăng ký khai tử"}};
  survey.counters = {{core::CounterId{"q1"}, "Quầy số 1"}, {core::CounterId{"q2"}, "Quầy số 2"}};
  survey.officers = {{"cb-1", "Cán bộ A", core::CounterId{"q2"}, ""}};
  survey.notice = "1";
  return survey;
}

/// A flow with a clock and a journal that takes everything.
class Visit {
 public:
  static constexpr kiosk::flow::Millis kStart = 1'000;  // any moment

  explicit Visit(const kiosk::flow::Durations& durations = {}, bool staff_only = false)
      : survey_(std::make_unique<kiosk::flow::Survey>(sample_survey())),
        flow_(durations, *survey_, core::TypingMethod::kTelex, core::TonePlacement::kOld,
              staff_only) {
    wait(0);
  }

  void wait(kiosk::flow::Millis time) {
    now_ += time;
    if (auto effect = flow_.handle(kiosk::flow::Tick{now_})) effects_.push_back(*effect);
  }
  std::optional<kiosk::flow::Effect> handle(const kiosk::flow::Event& event) {
    auto effect = flow_.handle(event);
    if (effect) effects_.push_back(*effect);
    return effect;
  }
  /// The entry that an event hands to the journal; nothing when there is none.
  std::optional<kiosk::flow::Entry> entry_of(const kiosk::flow::Event& event) {
    auto effect = handle(event);
    if (!effect) return std::nullopt;
    return effect->entry;
  }
  /// A tap by somebody who has seen the screen.
  std::optional<kiosk::flow::Entry> tap(const kiosk::flow::Event& event) {
    wait(kiosk::flow::Durations{}.thanks_guard);
    return entry_of(event);
  }
  /// The journal has taken everything so far; its newest event is `seq`.
  void append_all(core::Seq seq) { handle(kiosk::flow::Appended{last_ticket(), seq}); }
  void fail_last() { handle(kiosk::flow::AppendFailed{last_ticket()}); }
  [[nodiscard]] kiosk::flow::Ticket last_ticket() const {
    return effects_.empty() ? 0 : effects_.back().ticket;
  }

  /// A rating that is on the disk as event `seq`; the thank-you shows.
  void rate(core::Score score, core::Seq seq = 7) {
    handle(kiosk::flow::FaceTapped{score});
    append_all(seq);
  }

  template <typename S>
  [[nodiscard]] bool shows() const {
    return std::holds_alternative<S>(flow_.screen());
  }
  template <typename S>
  [[nodiscard]] const S& as() const {
    return std::get<S>(flow_.screen());
  }
  [[nodiscard]] const kiosk::flow::Flow& flow() const { return flow_; }
  [[nodiscard]] const kiosk::flow::Survey& survey() const { return *survey_; }
  [[nodiscard]] kiosk::flow::Millis now() const { return now_; }
  [[nodiscard]] const std::vector<kiosk::flow::Effect>& effects() const { return effects_; }

 private:
  std::unique_ptr<kiosk::flow::Survey> survey_;
  kiosk::flow::Flow flow_;
  std::vector<kiosk::flow::Effect> effects_;
  kiosk::flow::Millis now_ = kStart;
};

}  // namespace hailong::tests
