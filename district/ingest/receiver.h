#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/ids.h"
#include "core/result.h"
#include "core/units.h"
#include "district/ingest/gatherer.h"
#include "district/storage/ledger.h"
#include "wire/receipt.h"
#include "wire/signing.h"

/// Takes batches in. Everything that a batch must hold by itself (compression, signature, chain,
/// events that can be read, contents that fit their digests) is checked before the store is
/// touched, so that several batches are checked at once while one is written. What it must hold
/// beside what is stored, and the storing itself, is one transaction: a batch is in with all that
/// follows from it, or not at all.

namespace hailong::district::ingest {

enum class Refusal {
  kMalformed,      // not a batch, or holds an event that cannot be read
  kTooLarge,       // unpacks to more than the limit
  kForged,         // signature or chain does not hold
  kWrongDevice,    // claims another device than the one addressed
  kUnknownDevice,  // nobody registered it
  kUnknownKey,     // the key may not speak for the device
  kSuspended,      // the device was suspended
  kBadContent,     // words, contact data or a code that no event commits to
  kGap,            // events between the stored ones and these are missing
  kConflict,       // contradicts what is stored or was signed before; kept for inspection
};
inline constexpr int kRefusals = 10;

/// "malformed", "too-large" …: for logs, metrics and problem types.
std::string_view name_of(Refusal refusal);

struct Refused {
  Refusal why = Refusal::kMalformed;
  std::string detail;
  core::Seq expected = 0;  // kGap: the event that should come next
};

struct Accepted {
  wire::Receipt receipt;
  std::int64_t added = 0;        // events that were new; 0: a repeat without effect
  std::int64_t quarantined = 0;  // of those, stored but not understood
  std::int64_t alerts = 0;       // of those, telling of money or misconduct
  bool new_epoch = false;        // of a device that was known by another epoch or never sent before
};

using Answer = std::variant<Accepted, Refused>;

struct CheckedBatch;

/// Any thread; lives no longer than the store, the register and what the rules are made of.
class Receiver {
 public:
  Receiver(storage::Store& store, const core::UnitRegister& units,
           const storage::CaseRules& case_rules, std::size_t unpacked_limit);

  /// Takes the batch that was sent to `addressed`. In a store with one writer the batches that come
  /// while another one is written are committed together. Errors: the store's (kBusy, kFull, kIo,
  /// kCorrupt); then nothing of the batch was stored.
  core::Result<Answer> receive(const core::DeviceId& addressed, std::string_view body,
                               std::int64_t now_ms);

  /// Drops everything derived and makes it again from the stored events.
  core::Result<void> rebuild();
  /// The same, because somebody asked for it: figures may be others than before.
  core::Result<void> rebuild(const storage::Author& by);
  /// The same, when another version of the program made it. True when it did.
  core::Result<bool> rebuild_if_outdated();

  /// Puts a kiosk at another place from a day on; what was counted before that day stays. A second
  /// move on one day replaces the first. When ratings of that day and later that are counted
  /// already would then belong to another unit, it is refused, unless everything is to be counted
  /// anew. Errors: kNotFound (no such kiosk), kInvalid (no such unit on that day), kConflict (an
  /// earlier day than the last move's; ratings counted already), the store's.
  core::Result<void> move(const core::DeviceId& device, const storage::DevicePlace& place,
                          bool count_anew, const storage::Author& by);

  /// Records a decision on flagged ratings, and counts by it. Returns how many ratings it changed.
  /// `decider_unit`: the commune whom the decider serves; empty for those above. Errors: kInvalid
  /// (unknown unit, no days, reasons or grounds), kConflict (somebody of the rated unit), the
  /// store's.
  core::Result<std::int64_t> decide(const storage::FlagDecision& decision,
                                    const core::UnitCode& decider_unit);

 private:
  struct Job {
    const CheckedBatch& batch;
    std::int64_t now_ms;
    core::Result<Answer> answer;
  };

  void take(std::span<Job* const> jobs);
  core::Result<void> take_at_once(std::span<Job* const> jobs);

  storage::Ledger ledger_;
  const core::UnitRegister& units_;
  storage::CaseRules case_rules_;
  std::size_t unpacked_limit_;
  bool one_writer_;
  Gatherer<Job> gatherer_;
};

}  // namespace hailong::district::ingest
