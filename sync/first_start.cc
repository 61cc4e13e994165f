#include "sync/first_start.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "journal/identity.h"
#include "sync/enrolment.h"

namespace hailong::sync {
namespace {

using std::chrono::milliseconds;

/// A code is entered by somebody who stands there and waits 15 s for news of it.
constexpr milliseconds kLongestWaitToEnrol{10'000};
constexpr int kDoublings = 5;

/// How often to look all the same, should the system not report that a code was entered.
constexpr milliseconds kLookForACode{60'000};

}  // namespace

void FirstStart::tell(const std::string& trouble) {
  if (told_ != trouble) spdlog::warn("{}", trouble);
  told_ = trouble;
}

void FirstStart::say_waiting(const std::string& trouble) {
  if (say_) say_("waiting to be enrolled" + (trouble.empty() ? "" : ": " + trouble));
}

bool FirstStart::is_ready() {
  const auto known = learn_district(settings_);
  unreadable_ = known ? "" : known.error().message;
  if (!known) {
    tell(unreadable_);
    return false;
  }
  const bool enrolled = std::filesystem::exists(settings_.data_dir / wire::kEnrolmentFile);
  const bool has_journal = std::filesystem::exists(settings_.data_dir / journal::kJournalFile);
  return *known && (enrolled || has_journal);
}

/// What cannot be said is kept, so that a request that is over is not answered twice.
void FirstStart::say(const wire::EnrolRequest& request, wire::EnrolState state) {
  unsaid_.reset();
  const auto said = wire::say_enrol_state(settings_.data_dir, request, state);
  if (said) return;
  tell(said.error().message);
  if (state.is_over) unsaid_ = {request, std::move(state)};
}

void FirstStart::try_to_enrol() {
  const auto request = wire::asked_to_enrol(settings_.data_dir);
  if (!request) {
    const bool none = request.error().fault == core::Fault::kNotFound;
    tell(none ? "not enrolled yet: enter a code at the kiosk, or run hailong-syncd enrol"
              : request.error().message);
    say_waiting(none ? unreadable_ : request.error().message);
    waiting_.for_change(kLookForACode);
    return;
  }
  if (!unsaid_ || unsaid_->request != *request) return answer(*request);
  say(*request, unsaid_->state);
  if (unsaid_) waiting_.for_time(wait_to_enrol());
}

void FirstStart::answer(const wire::EnrolRequest& request) {
  if (attempt_ == 0) say(request, {std::string(wire::kEnrolAsking)});
  const auto outcome = enrol(settings_.data_dir, request.code, settings_.district, transport_);
  if (const auto* enrolment = std::get_if<wire::Enrolment>(&outcome)) {
    spdlog::info("enrolled as device {} of unit {}", enrolment->device.value,
                 enrolment->unit.value);
    say(request, {"enrolled", true});
    return;
  }
  const auto& refused = std::get<NotEnrolled>(outcome);
  tell("not enrolled: " + refused.error.message);
  say_waiting(refused.error.message);
  const bool is_over = !refused.passes();
  say(request, {refused.state, is_over});
  attempt_ = is_over ? 0 : attempt_ + 1;
  if (!is_over) waiting_.for_time(wait_to_enrol());
}

/// Half to all of a bound that doubles with every failure.
milliseconds FirstStart::wait_to_enrol() {
  const milliseconds bound =
      std::min(settings_.retry.first * (1 << std::min(attempt_, kDoublings)), kLongestWaitToEnrol);
  const double share = 0.5 + chance_() / 2;
  return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(bound.count()) * share));
}

void FirstStart::wait_until_enrolled() {
  while (!waiting_.stopped()) {
    waiting_.watch();
    if (is_ready()) return;
    try_to_enrol();
  }
}

}  // namespace hailong::sync
