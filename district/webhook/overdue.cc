#include "district/webhook/overdue.h"

#include "district/webhook/message.h"

namespace hailong::district::webhook {
namespace {

/// Far more than an authority ever has; the newest come first.
constexpr int kMost = 10'000;

}  // namespace

core::Result<std::vector<storage::WebhookMessage>> overdue_feedback(
    feedback::TimelinessReader& timeliness, const core::UnitRegister& units, std::int64_t now_ms) {
  const auto cases = timeliness.overdue(now_ms, kMost);
  if (!cases) return core::Failure(cases.error());
  std::vector<storage::WebhookMessage> messages;
  messages.reserve(cases->size());
  for (const feedback::OverdueCase& late : *cases) {
    const std::string id = storage::to_string(late.id);
    const std::string due = moment(late.due_at);
    const core::Unit* const unit = units.find_id(late.unit_id);
    messages.push_back(
        message_of(std::string("feedback-overdue/").append(id).append("/").append(due),
                   "feedback.overdue", now_ms,
                   {{"case", id},
                    {"unit_id", late.unit_id},
                    {"unit_name", unit == nullptr ? late.unit_id : unit->full_name()},
                    {"due", due}}));
  }
  return messages;
}

}  // namespace hailong::district::webhook
