#include <algorithm>

#include "district/ingest/projection.h"

/// What the commune's staff did at their kiosk.

namespace hailong::district::ingest {
namespace {

constexpr std::size_t kLongestLine = 1'000;        // bytes
constexpr std::int64_t kMostServed = 1'000'000;    // of one field on one day
constexpr std::string_view kAtTheKiosk = "quầy:";  // before an account there, which is none here
constexpr std::string_view kOddTime = "time out of range";
constexpr std::string_view kOddName = "odd name";

/// A text from a kiosk that stands in one line.
bool is_line(std::string_view text) {
  return text.size() <= kLongestLine && std::none_of(text.begin(), text.end(), [](unsigned char c) {
           return c < ' ' || c == 127;
         });
}

}  // namespace

bool Projection::take_staff_event(const core::Event& event, const storage::CaseRules& rules) {
  std::string_view fault;
  if (const auto* handling = std::get_if<core::Handling>(&event.body)) {
    fault = take(event, *handling, rules);
  } else if (const auto* sign_off = std::get_if<core::SignOff>(&event.body)) {
    fault = take(event, *sign_off);
  } else if (const auto* served = std::get_if<core::Served>(&event.body)) {
    fault = take(event, *served);
  } else if (const auto* account = std::get_if<core::StaffAccount>(&event.body)) {
    fault = take(event, *account);
  } else if (const auto* act = std::get_if<core::StaffAct>(&event.body)) {
    fault = take(event, *act);
  } else {
    return false;
  }
  if (!fault.empty()) quarantine(event.seq, fault);
  return true;
}

std::string_view Projection::take(const core::Event& event, const core::Handling& handling,
                                  const storage::CaseRules& rules) {
  core::CaseStep step = handling.step;
  if (!is_moment(event.stamp.wall_ms)) return kOddTime;
  if (!is_name(step.who) || !is_name(step.role) || !is_name(step.officer) ||
      !is_line(step.receiver)) {
    return kOddName;
  }
  const storage::RatingPlace place{stream_, handling.rating};
  if (!ledger_.rating(place)) return "refers to no rating";
  step.at_ms = event.stamp.wall_ms;
  step.who.insert(0, kAtTheKiosk);
  return ledger_.take_step(place, event.seq, step, rules) ? "" : "refers to no case";
}

std::string_view Projection::take(const core::Event& event, const core::SignOff& sign_off) {
  if (!is_moment(event.stamp.wall_ms)) return kOddTime;
  if (!is_name(sign_off.who)) return kOddName;
  ledger_.add_sign_off({stream_, event.seq}, unit_id_on(units_, places_, sign_off.day),
                       event.stamp.wall_ms, sign_off);
  return "";
}

std::string_view Projection::take(const core::Event& event, const core::Served& served) {
  if (!is_moment(event.stamp.wall_ms)) return kOddTime;
  if (!is_name(served.who) || !is_name(served.field.value)) return kOddName;
  if (served.count > kMostServed) return "odd number";
  std::string unit_id = unit_id_on(units_, places_, served.day);
  ledger_.set_served({stream_, event.seq}, unit_id, event.stamp.wall_ms, served);
  served_units_.insert(std::move(unit_id));
  return "";
}

std::string_view Projection::take(const core::Event& event, const core::StaffAccount& account) {
  if (!is_moment(event.stamp.wall_ms)) return kOddTime;
  if (!is_name(account.who) || !is_name(account.id) || !is_line(account.name)) return kOddName;
  ledger_.add_staff_account({stream_, event.seq}, event.stamp.wall_ms, account);
  return "";
}

std::string_view Projection::take(const core::Event& event, const core::StaffAct& act) {
  if (!is_moment(event.stamp.wall_ms)) return kOddTime;
  if (!is_name(act.who) || !is_line(act.about)) return kOddName;
  ledger_.add_staff_act({stream_, event.seq}, event.stamp.wall_ms, act);
  return "";
}

}  // namespace hailong::district::ingest
