#include "district/ingest/later_answers.h"

#include <algorithm>

#include "core/chain.h"
#include "core/token.h"
#include "district/ingest/own_stream.h"
#include "wire/signing.h"

namespace hailong::district::ingest {
namespace {

constexpr std::size_t kTokenDigits = 32;  // 128 bits, as kiosk/shell.cc makes them

/// Nothing for what no kiosk would show.
std::optional<core::Bytes32> digest_of_token(std::string_view token) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (token.size() != kTokenDigits || !std::all_of(token.begin(), token.end(), is_digit)) {
    return std::nullopt;
  }
  return core::token_digest(token);
}

}  // namespace

LaterState LaterAnswers::state_of(const storage::LaterVisit& visit, std::int64_t now_ms) const {
  if (visit.answered) return LaterState::kAnswered;
  return core::local_date(now_ms) <=
                 core::LocalDate(std::chrono::sys_days(visit.day) + std::chrono::days(days_))
             ? LaterState::kOpen
             : LaterState::kOver;
}

core::Result<LaterFound> LaterAnswers::find(std::string_view token, std::int64_t now_ms) {
  const auto digest = digest_of_token(token);
  if (!digest) return LaterFound{};
  auto visit = visits_.find(*digest);
  if (!visit) return core::Failure(visit.error());
  if (!visit->has_value()) return LaterFound{};
  return LaterFound{state_of(**visit, now_ms), (*visit)->unit_id, (*visit)->day};
}

core::Result<LaterState> LaterAnswers::answer(std::string_view token, const LaterReply& reply,
                                              std::int64_t now_ms) {
  const auto digest = digest_of_token(token);
  if (!digest) return LaterState::kUnknown;
  const core::Bytes32 salt = wire::random_bytes32();
  return ledger_.write([&](storage::Ledger::Transaction& ledger) -> core::Result<LaterState> {
    const auto visit = ledger.later_visit(*digest);
    if (!visit) return LaterState::kUnknown;
    const LaterState found = state_of(*visit, now_ms);
    if (found != LaterState::kOpen) return found;
    LaterAnswer answer{visit->device, visit->epoch,  visit->rating.seq, *digest,
                       reply.score,   reply.reasons, reply.alert,       std::nullopt};
    const OwnStream::Words words{salt, reply.words};
    if (!reply.words.empty()) answer.words = core::content_digest(salt, reply.words);
    OwnStream(ledger, units_).append(answer, now_ms, answer.words ? &words : nullptr);
    return found;
  });
}

}  // namespace hailong::district::ingest
