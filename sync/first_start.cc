#include "sync/first_start.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "journal/identity.h"
#include "sync/enrolment.h"
#include "wire/enrolment_file.h"

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

bool FirstStart::is_ready() {
  const auto known = learn_district(settings_);
  if (!known) {
    tell(known.error().message);
    return false;
  }
  const bool enrolled = std::filesystem::exists(settings_.data_dir / wire::kEnrolmentFile);
  const bool has_journal = std::filesystem::exists(settings_.data_dir / journal::kJournalFile);
  return *known && (enrolled || has_journal);
}

/// False when it could not be said: then the request may be there still.
bool FirstStart::say(std::string_view state, bool done) {
  const auto said = wire::say_enrol_state(settings_.data_dir, state, done);
  if (!said) tell(said.error().message);
  return said.has_value();
}

void FirstStart::try_to_enrol() {
  const auto code = wire::asked_to_enrol(settings_.data_dir);
  if (!code) {
    const bool none = code.error().fault == core::Fault::kNotFound;
    tell(none ? "not enrolled yet: enter a code at the kiosk, or run hailong-syncd enrol"
              : code.error().message);
    waiting_.for_change(kLookForACode);
    return;
  }
  if (attempt_ == 0) say(wire::kEnrolAsking, false);
  const auto outcome = enrol(settings_.data_dir, *code, settings_.district, transport_);
  if (const auto* enrolment = std::get_if<wire::Enrolment>(&outcome)) {
    spdlog::info("enrolled as device {} of unit {}", enrolment->device.value,
                 enrolment->unit.value);
    say("enrolled", true);
    return;
  }
  const auto& refused = std::get<NotEnrolled>(outcome);
  tell("not enrolled: " + refused.error.message);
  const bool is_over = say(refused.state, !refused.passes()) && !refused.passes();
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
