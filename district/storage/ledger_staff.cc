#include <algorithm>

#include "district/sql/exception.h"
#include "district/storage/case_standing.h"
#include "district/storage/ledger.h"

/// What the commune's staff did at their kiosk, as the ingest writes it.

namespace hailong::district::storage {

bool Ledger::Transaction::take_step(const RatingPlace& rating, core::Seq seq,
                                    const core::CaseStep& step, const CaseRules& rules) {
  const sql::Rows taken = c_.query(
      "SELECT 1 FROM case_step WHERE stream_id = $1 AND event_seq = $2", rating.stream, seq);
  if (!taken.empty()) return true;
  const CaseId id{rating.stream, rating.seq};
  const auto file = read_to_handle(c_, id);
  if (!file) return false;
  const auto before = state_of(*file);
  if (!before) throw sql::Exception(before.error());
  core::CaseStep taken_step = step;
  taken_step.seen = std::min(step.seen, file->row.head.last_seq);  // there is nothing beyond
  core::CaseState after = *before;
  ++after.steps;
  // Only the authority asks a commune; a commune's kiosk has nobody of it.
  const bool may_move = step.action != core::CaseAction::kAskUnit;
  const auto next = core::after(*before, as_written(taken_step), file->row.head.facts);
  if (may_move && next) after = *next;
  add_step(c_, id, taken_step, standing_after(*file, *before, after, rules),
           KioskStep{seq, may_move && next.has_value()});
  return true;
}

void Ledger::Transaction::add_sign_off(const RatingPlace& event, const std::string& unit_id,
                                       std::int64_t at_ms, const core::SignOff& sign_off) {
  c_.execute(
      "INSERT INTO sign_off (stream_id, seq, unit_id, day, who, at_ms) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      event.stream, event.seq, unit_id, core::to_string(sign_off.day), sign_off.who, at_ms);
}

void Ledger::Transaction::set_served(const RatingPlace& event, const std::string& unit_id,
                                     std::int64_t at_ms, const core::Served& served) {
  c_.execute(
      "INSERT INTO kiosk_served (stream_id, day, field_id, unit_id, n, who, at_ms, seq) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (stream_id, day, field_id) DO UPDATE "
      "SET n = excluded.n, who = excluded.who, at_ms = excluded.at_ms, seq = excluded.seq",
      event.stream, core::to_string(served.day), served.field.value, unit_id, served.count,
      served.who, at_ms, event.seq);
}

void Ledger::Transaction::add_staff_account(const RatingPlace& event, std::int64_t at_ms,
                                            const core::StaffAccount& account) {
  c_.execute(
      "INSERT INTO staff_account (stream_id, seq, at_ms, who, id, name, role, active) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      event.stream, event.seq, at_ms, account.who, account.id, account.name,
      core::word_of(account.role), account.active);
}

void Ledger::Transaction::add_staff_act(const RatingPlace& event, std::int64_t at_ms,
                                        const core::StaffAct& act) {
  c_.execute(
      "INSERT INTO staff_act (stream_id, seq, at_ms, who, deed, about) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      event.stream, event.seq, at_ms, act.who, core::word_of(act.deed), act.about);
}

}  // namespace hailong::district::storage
