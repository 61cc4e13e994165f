#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "core/score.h"
#include "core/units.h"
#include "district/storage/later_visits.h"
#include "district/storage/ledger.h"

/// Answers that come from home, by the token of a visit: one for each visit, in the configured days
/// after it.

namespace hailong::district::ingest {

enum class LaterState {
  kUnknown,   // no such token, or it has not come yet
  kOpen,      // may be answered
  kAnswered,  // was answered from home
  kOver,      // its days are over
};

struct LaterFound {
  LaterState state = LaterState::kUnknown;
  std::string unit_id;  // likewise empty when unknown
  core::LocalDate day;  // of the visit, by its kiosk's clock
};

/// What the resident says.
struct LaterReply {
  core::Score score;
  std::vector<std::string> reasons;  // ids
  bool alert = false;                // one of them tells of money or misconduct
  std::string words;                 // empty: none
};

/// Any thread; lives no longer than the store and the register.
class LaterAnswers {
 public:
  /// A token is good on the day of its rating and on `days` further days, by the district's clock.
  LaterAnswers(storage::Store& store, const core::UnitRegister& units, int days)
      : ledger_(store), visits_(store), units_(units), days_(days) {}

  core::Result<LaterFound> find(std::string_view token, std::int64_t now_ms);

  /// Takes the answer when the token is open; of several at the same moment exactly one. Returns
  /// the state that it found: kOpen when the answer was taken. Errors: the store's.
  core::Result<LaterState> answer(std::string_view token, const LaterReply& reply,
                                  std::int64_t now_ms);

 private:
  [[nodiscard]] LaterState state_of(const storage::LaterVisit& visit, std::int64_t now_ms) const;

  storage::Ledger ledger_;
  storage::LaterVisitReader visits_;
  const core::UnitRegister& units_;
  int days_;
};

}  // namespace hailong::district::ingest
