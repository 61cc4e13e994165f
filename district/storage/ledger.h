#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/clock_repair.h"
#include "core/event.h"
#include "core/hex.h"
#include "core/ids.h"
#include "core/result.h"
#include "district/sql/connection.h"
#include "district/storage/audit.h"
#include "district/storage/boots.h"
#include "district/storage/case_standing.h"
#include "district/storage/dossier_register.h"
#include "district/storage/flag_decisions.h"
#include "district/storage/places.h"
#include "district/storage/roll_up_changes.h"
#include "district/storage/store.h"
#include "wire/signing.h"

/// What the ingest path writes. All of one batch, or of one refusal's evidence, is one transaction.

namespace hailong::district::storage {

/// The stream of the district's own events.
inline constexpr std::int64_t kOwnStream = 0;

struct KnownDevice {
  std::vector<DevicePlace> places;  // at least one
  bool suspended = false;
};

/// How far a device's epoch is stored. `id` is 0 when nothing of it is.
struct Stream {
  std::int64_t id = 0;
  core::Seq first = 1;  // number of its first event
  core::Seq position = 0;
  core::Bytes32 head{};
  std::int64_t received_at = 0;  // when `position` was reached
  core::Seq contents = 0;        // up to this event all contents are here that ever come
};

struct PinnedHead {
  core::Seq seq = 0;
  core::Bytes32 hash{};
};

/// The highest event that a device's heartbeats told of, and when the first of them was made, by
/// the device's clocks.
struct ToldEvents {
  core::Seq most = 0;
  core::Stamp since;
};

/// When a heartbeat was made, by a clock that nobody sets.
struct BeatMoment {
  std::string boot;
  std::int64_t mono_ms = 0;
};

/// What an epoch's heartbeats told so far.
struct ToldSoFar {
  ToldEvents events;
  BeatMoment last;  // of the heartbeat that is kept
};

/// A device's signed word, as evidence.
struct SignedClaim {
  const core::DeviceId& device;
  const core::EpochId& epoch;
  core::Seq first;
  core::Seq last;
  const core::Bytes32& head;
  std::string_view claim;
  const wire::PublicKey& key;
  const wire::Signature& signature;
  bool is_heartbeat = false;
};

/// Of a rating, or of another event.
struct RatingPlace {
  std::int64_t stream = 0;
  core::Seq seq = 0;

  bool operator==(const RatingPlace&) const = default;
};

/// An event as it came.
struct StoredEvent {
  core::Seq seq = 0;
  std::string bytes;
};

struct StoredRating {
  std::int64_t cell = 0;
  int score = 0;
  std::string flags;  // its own, separated by spaces
  bool superseded = false;
  int hour = 0;            // local
  bool linked = false;     // about a known dossier
  bool excluded = false;   // left out of the second figure by a decision
  bool later = false;      // the score was given from home
  std::int64_t at_ms = 0;  // when it was given, or the latest that is possible
  bool stamped = true;     // settled by its own stamp
};

/// A visit that can be rated from home.
struct LaterVisit {
  RatingPlace rating;
  core::DeviceId device;
  core::EpochId epoch;
  std::string unit_id;    // where the rating is counted
  core::LocalDate day;    // of the rating
  bool answered = false;  // from home already
};

/// A row of the register that still tells which ratings are about its dossier.
struct LinkedRow {
  std::int64_t id = 0;
  std::string unit_id;
  core::Bytes32 key{};
};

struct StoredAnswer {
  std::string question;
  std::string choices;  // JSON list
  bool alert = false;
  core::Seq seq = 0;  // of the event
};

struct StoredDossier {
  std::string unit_id;
  core::Bytes32 key{};
  std::int64_t rated_at = 0;  // when the rating was given
  std::string procedure;      // empty when unknown
  std::string field;          // likewise
  core::Seq seq = 0;          // of the event
};

/// The writing end. Lives no longer than its store. Any thread.
class Ledger {
 public:
  class Transaction;

  explicit Ledger(Store& store) : store_(store) {}

  /// Runs `work(transaction)` in one durable transaction, which is committed when it succeeds, and
  /// returns its result. It may run more than once: what it finds out it returns, and it changes
  /// nothing outside (sql::transact). Words that it erased are then gone from the write-ahead log
  /// too. Errors: `work`'s own; kBusy, kFull, kIo, kCorrupt.
  template <typename Work>
  auto write(const Work& work) {
    return run(Company::kOthers, work);
  }

  /// As write(), but nobody else adds to what is derived meanwhile: for making it anew, and for
  /// what changes how it is made.
  template <typename Work>
  auto write_alone(const Work& work) {
    return run(Company::kNone, work);
  }

 private:
  enum class Company { kOthers, kNone };

  template <typename Work>
  auto run(Company company, const Work& work) -> std::invoke_result_t<const Work&, Transaction&> {
    std::optional<std::invoke_result_t<const Work&, Transaction&>> result;
    const auto done = transact(company, [&](Transaction& transaction) -> core::Result<void> {
      result.emplace(work(transaction));
      if (!*result) return core::Failure(result->error());
      return {};
    });
    if (!done) return core::Failure(done.error());
    return std::move(*result);
  }

  core::Result<void> transact(Company company,
                              const std::function<core::Result<void>(Transaction&)>& work);

  Store& store_;
};

/// Only valid inside `work`. What cannot be done ends the transaction, by way of Ledger::write().
class Ledger::Transaction {
 public:
  explicit Transaction(sql::Connection& connection);

  /// Adds the events and ratings that wait to be added together; Ledger::write() does so at the
  /// end.
  void flush();

  std::optional<KnownDevice> device(const core::DeviceId& device);
  std::vector<DevicePlace> places_of_stream(std::int64_t stream);
  /// Puts the device at a place from a day on, which is not before its last one's.
  void put(const core::DeviceId& device, const DevicePlace& place);
  /// How much of what the device sent is counted for a unit on `day` or later.
  std::int64_t counted_since(const core::DeviceId& device, core::LocalDate day);
  bool key_is_active(const core::DeviceId& device, const wire::PublicKey& key);
  /// A key that takes over has signed: all other keys of the device are revoked.
  void key_signed(const core::DeviceId& device, const wire::PublicKey& key, std::int64_t now_ms);

  std::optional<Stream> stream(const core::DeviceId& device, const core::EpochId& epoch);
  /// Begins an epoch whose first event is number `first`, behind the chain hash `start`.
  Stream open_stream(const core::DeviceId& device, const core::EpochId& epoch, core::Seq first,
                     const core::Bytes32& start, std::int64_t now_ms);
  /// Moves the stream's end, and the store's revision with it.
  void advance(const Stream& stream);
  /// Moves how far its contents are here, and the store's revision with it.
  void set_contents(const Stream& stream);
  /// Moves the store's revision alone. Those of different shards do not wait for each other.
  void revise(std::int64_t shard = 0);
  core::Bytes32 hash_at(const Stream& stream, core::Seq seq);

  std::vector<PinnedHead> pinned_heads(const core::DeviceId& device, const core::EpochId& epoch,
                                       core::Seq first, core::Seq last);
  void pin(const SignedClaim& claim, std::int64_t now_ms);
  /// Of heads between `from` and `to` that heartbeats told and the stream's events bear out, only
  /// when they were seen stays: a batch's claim for a later event proves all the rest.
  void shed_heartbeats(const SignedClaim& claim, std::int64_t stream, core::Seq from, core::Seq to);
  /// Keeps `events` (one zstd frame of event lines), unless the same claim is kept already.
  void keep_conflict(const SignedClaim& claim, std::string_view events, std::string_view reason,
                     std::int64_t now_ms);

  void add_event(std::int64_t stream, core::Seq seq, const core::Bytes32& hash,
                 std::string_view bytes);
  void add_rating(const RatingPlace& place, const StoredRating& rating);
  std::optional<StoredRating> rating(const RatingPlace& place);
  /// Everything but its flags and whether its stamp is believed, which never change.
  void set_rating(const RatingPlace& place, const StoredRating& rating);
  /// The rating as it came; empty when there is no such event.
  std::string event_bytes(const RatingPlace& rating);

  /// The cell's number; an empty cell is made when there is none.
  std::int64_t cell(const CellKey& key);
  /// Of a cell that there is.
  CellKey cell_key(std::int64_t cell);
  void change(const RollUpChanges& changes);
  /// Whether what changes on `day` is held back at first: its month is over, and nothing is being
  /// made anew.
  [[nodiscard]] bool is_late(const std::string& day) const { return day < open_month_; }

  /// The decisions on flagged ratings of a unit, in order. Until the transaction ends no other one
  /// decides or counts a flagged rating there.
  std::vector<FlagDecision> flag_decisions(const std::string& unit_id);
  void add_flag_decision(const FlagDecision& decision);
  /// The ratings that carry any flag, of the decision's unit and days.
  std::vector<RatingPlace> flagged_ratings(const FlagDecision& decision);

  /// Replaces the rating's earlier answer to the same question.
  void set_answer(const RatingPlace& rating, const StoredAnswer& answer);
  /// Empty when the question has no answer.
  std::vector<std::string> choices(const RatingPlace& rating, const std::string& question);
  /// By question.
  std::map<std::string, std::vector<std::string>> all_choices(const RatingPlace& rating);

  /// Replaces the rating's earlier link.
  void set_dossier(const RatingPlace& rating, const StoredDossier& dossier);
  std::optional<StoredDossier> dossier(const RatingPlace& rating);
  /// The one rating that counts of all that are linked to the dossier's unit and key. Of one stream
  /// it is the last; between streams, whose events have no common order, the one that was given
  /// last. So it depends only on what is stored, not on the order of arrival.
  std::optional<RatingPlace> counted_rating(const StoredDossier& dossier);

  // ledger_boots.cc
  /// Of the events from `from` on; those behind the last head were here by `last_ms`.
  Arrivals arrivals(std::int64_t stream, core::Seq from, std::int64_t last_ms);
  /// When the stream's last new events came.
  std::int64_t last_received(std::int64_t stream);
  /// The last boots of a stream whose events are before `before`, `most` of them at most, in order.
  std::vector<KeptBoot> boots(std::int64_t stream, core::Seq before, std::size_t most);
  /// When the card that a stream is of was enrolled: nothing on it happened before. Nothing for a
  /// kiosk that somebody added by hand.
  std::optional<std::int64_t> known_since(std::int64_t stream);
  void keep_boot(std::int64_t stream, const KeptBoot& kept);
  /// The own stamps of the ratings from `first` to `last` settle nothing any more.
  void unsettle_ratings(std::int64_t stream, core::Seq first, core::Seq last);
  /// The ratings from `first` to `last` that their own stamps do not settle.
  std::vector<StoredEvent> unsure_ratings(std::int64_t stream, core::Seq first, core::Seq last);
  /// The case of the rating, if it has one, is of that unit and moment.
  void move_case(const RatingPlace& rating, const std::string& unit_id, std::int64_t given_at);

  void add_token(std::int64_t stream, core::Seq seq, const core::Token& token);
  void add_consent(std::int64_t stream, core::Seq seq, const core::Consent& consent);

  /// The words of event `seq` belong to the rating's case, which open_case() makes.
  void add_words(const RatingPlace& rating, core::Seq seq);
  /// What the rating left has to be dealt with: it has a case from now on. `seq` added to it.
  void open_case(const RatingPlace& rating, const std::string& unit_id, std::int64_t given_at,
                 core::Seq seq);
  /// Event `seq` changed answers of a rating that may have a case. One without words whose alert
  /// was taken back is none any more.
  void refresh_case(const RatingPlace& rating, core::Seq seq);

  /// Null salt and text: the content comes later, was erased before it was sent, or never leaves
  /// its kiosk. A row that exists stays as it is.
  void add_content(std::int64_t stream, core::Seq seq, const core::Bytes32& digest,
                   const core::Bytes32* salt, std::string_view text, std::int64_t now_ms);
  /// Adds the text that was awaited. One that is there, or was erased meanwhile, stays as it is.
  void fill_content(std::int64_t stream, core::Seq seq, const core::Bytes32& digest,
                    const core::Bytes32& salt, std::string_view text, std::int64_t now_ms);
  /// False when the stream holds no content with that digest.
  bool erase_content(std::int64_t stream, const core::Bytes32& digest, core::Seq erased_by);

  // ledger_own.cc: what the district itself adds.
  std::optional<LaterVisit> later_visit(const core::Bytes32& token);
  /// Writes into the audit log what this transaction does.
  void audit(const AuditEntry& entry);
  /// Empties those notes on cases that `which` chooses.
  void erase_notes(const std::function<bool(std::string_view note)>& which);
  /// Erases one piece of content by an event of the district's own, also before it has come, and
  /// empties the notes on its case, which may quote it.
  void erase_content_here(const RatingPlace& content, core::Seq erased_own);
  /// For rebuilding: the district's own events, in order.
  void each_own_event(const std::function<void(std::string_view bytes)>& visit);

  // ledger_heartbeats.cc: what kiosks tell of themselves.
  /// Nothing when that epoch never told anything.
  std::optional<ToldSoFar> told(const core::DeviceId& device, const core::EpochId& epoch);
  /// True when heartbeats of another boot took the place of that one's.
  bool is_past_boot(const core::DeviceId& device, const core::EpochId& epoch,
                    const std::string& boot);
  /// Whether the events of a stream's boot come after those of another one; nothing while either
  /// has none.
  std::optional<bool> is_later_boot(std::int64_t stream, const std::string& boot,
                                    const std::string& than);
  /// Replaces what the epoch told before. `text` is as it was signed.
  void keep_heartbeat(const core::DeviceId& device, const core::EpochId& epoch,
                      std::string_view text, const ToldSoFar& told, std::int64_t now_ms);

  // ledger_register.cc: the register of dossiers. Until the transaction ends no other one writes
  // it.
  /// Of each dossier the row of the latest export counts from now on.
  void add_to_register(const std::vector<RegisterRow>& rows, const Author& author);
  std::vector<LinkedRow> linked_rows(const core::Bytes32& dossier);
  /// Takes the row's key away. What ratings in `rated_in` say of it now is kept in its place, so
  /// that sums stay as they are.
  void unlink(const LinkedRow& row, const std::vector<std::string>& rated_in);

  // ledger_staff.cc: what the commune's staff did at their kiosk.
  /// Takes the step of event `seq` behind those that are there; one that does not fit any more
  /// stays in the history and moves nothing. Nothing when it was taken before. False when the
  /// rating has no case.
  bool take_step(const RatingPlace& rating, core::Seq seq, const core::CaseStep& step,
                 const CaseRules& rules);
  void add_sign_off(const RatingPlace& event, const std::string& unit_id, std::int64_t at_ms,
                    const core::SignOff& sign_off);
  /// Replaces what the same kiosk said before of the field and day; add_up_served() must follow.
  void set_served(const RatingPlace& event, const std::string& unit_id, std::int64_t at_ms,
                  const core::Served& served);
  /// Sums a unit's counts up by month, beside the register of dossiers. Until the transaction ends
  /// no other one writes either.
  void add_up_served(const std::string& unit_id);
  void add_staff_account(const RatingPlace& event, std::int64_t at_ms,
                         const core::StaffAccount& account);
  void add_staff_act(const RatingPlace& event, std::int64_t at_ms, const core::StaffAct& act);

  void quarantine(std::int64_t stream, core::Seq seq, std::string_view reason);

  /// For rebuilding: empties the projections; the streams of kiosks; each event of one, in order.
  void clear_projections();
  std::vector<std::int64_t> streams();
  void each_event(std::int64_t stream,
                  const std::function<void(core::Seq seq, std::string_view bytes)>& visit);
  std::int64_t projection_version();
  void set_projection_version(std::int64_t version);

 private:
  void hold_back(const RollUpChanges& changes);  // ledger_held.cc

  sql::Connection& c_;
  std::string open_month_;  // "YYYY-MM"
  std::unique_ptr<sql::Appender> events_;
  std::unique_ptr<sql::Appender> ratings_;
};

}  // namespace hailong::district::storage
