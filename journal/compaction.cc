#include "journal/anchor.h"
#include "journal/chain_walk.h"
#include "journal/known_time.h"
#include "journal/remade.h"
#include "journal/snapshot.h"
#include "journal/store.h"
#include "wire/receipt.h"

/// What the district holds may go from here (docs/formats.md). The long part only reads; whatever
/// is written is written in steps, each durable by itself, that keep nobody waiting who appends:
/// the parts of the snapshot first, which nobody looks at; then, in one transaction, anchor and
/// event; then away with what is behind it. Whatever a power cut leaves undone is done the next
/// time.

namespace hailong::journal {
namespace {

using core::Fault;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kWorthMs = 7 * kDayMs;  // each compaction writes the whole snapshot
constexpr int kEventsAStep = 500;              // that are deleted at once
constexpr int kPartsAStep = 4;

/// Where to compact to.
struct Cut {
  wire::Receipt receipt;
  std::string bytes;
};

/// Up to which event the district holds the contents too, by its newest receipt; 0: none.
core::Result<core::Seq> confirmed_contents(SQLite::Database& database,
                                           const wire::PublicKey& district) {
  SQLite::Statement query(
      database, "SELECT bytes, ifnull(contents, last) FROM receipt ORDER BY last DESC LIMIT 1");
  if (!query.executeStep()) return 0;
  const auto newest = wire::open_receipt(sqlite::view_of(query.getColumn(0)), district);
  if (!newest) return core::Failure(newest.error());
  return newest->contents.value_or(query.getColumn(1).getInt64());
}

/// The newest receipt of before `at_ms` that reaches no further than `most`, and leaves contact
/// data held that are still to be erased: how old they are is told by the events behind them.
std::optional<std::string> old_receipt(SQLite::Database& database, std::int64_t at_ms,
                                       core::Seq most) {
  SQLite::Statement query(
      database,
      "SELECT bytes FROM receipt WHERE at_ms <= ? AND last <= ? AND last <"
      " (SELECT ifnull(min(seq), 9223372036854775807) FROM feedback JOIN content USING (seq)"
      "  WHERE kind = 'contact' AND erased_by IS NULL) ORDER BY last DESC LIMIT 1");
  query.bind(1, at_ms);
  query.bind(2, most);
  if (!query.executeStep()) return std::nullopt;
  return std::string(sqlite::view_of(query.getColumn(0)));
}

/// Nothing: it is not worth it yet. Errors: kRefused, kInvalid for a receipt that is not the
/// district's.
core::Result<std::optional<Cut>> find_cut(SQLite::Database& database, const Identity& identity,
                                          const Anchor& anchor, std::int64_t at_ms,
                                          const wire::PublicKey& district) {
  const auto most = confirmed_contents(database, district);
  if (!most) return core::Failure(most.error());
  auto bytes = old_receipt(database, at_ms, *most);
  if (!bytes) return std::nullopt;
  const auto receipt = wire::open_receipt(*bytes, district);
  if (!receipt) return core::Failure(receipt.error());
  if (receipt->device != identity.device || receipt->epoch != identity.epoch) {
    return core::fail(Fault::kInvalid, "a stored receipt is of another journal");
  }
  const auto before = wire::peek_receipt(anchor.receipt);
  const bool is_worth = !before || receipt->at_ms - before->at_ms >= kWorthMs;
  if (receipt->last <= anchor.seq || !is_worth) return std::nullopt;
  return Cut{*receipt, std::move(*bytes)};
}

/// What the events up to the cut came to, packed; every one of them is verified on the way. Errors:
/// kCorrupt where something does not verify: then it stays, as evidence. Nothing: told to stop.
core::Result<std::optional<std::string>> snapshot_up_to(SQLite::Database& database,
                                                        const Anchor& anchor,
                                                        const wire::Receipt& cut,
                                                        const GoOn& go_on) {
  auto remade = anchor.is_beginning() ? core::Result<Remade>(Remade())
                                      : Remade::load(read_snapshot(database, anchor.seq));
  if (!remade) return core::Failure(remade.error());
  bool stopped = false;
  const Verification found =
      ChainWalk(database, anchor).run(cut.last - anchor.seq, [&](const core::Event& event) {
        stopped = !go_on();
        return stopped ? std::string("stopped") : remade->apply(event);
      });
  if (stopped) return std::nullopt;
  if (found.first_bad || found.last != cut.last || found.head != cut.head) {
    return core::fail(Fault::kCorrupt, "event " + std::to_string(found.last + 1) +
                                           " does not verify, so nothing is compacted away: " +
                                           (found.first_bad ? found.reason : "not as receipted"));
  }
  return remade->save();
}

}  // namespace

/// Deletes in steps until nothing is left that `sql` finds; false when told to stop.
core::Result<bool> Journal::Store::delete_in_steps(const char* sql, core::Seq anchor, int at_once,
                                                   const GoOn& go_on) {
  SQLite::Statement step(*database, sql);
  for (auto more = core::Result<bool>(true); *more;) {
    if (!go_on()) return false;
    more = in_transaction("compacting the journal", [&]() -> core::Result<bool> {
      step.reset();
      step.bind(1, anchor);
      step.bind(2, at_once);
      return step.exec() > 0;
    });
    if (!more) return more;
  }
  return true;
}

/// Free pages need no overwriting: there are no words in them. That contents refer to events which
/// are gone is as it should be.
core::Result<bool> Journal::Store::drop_compacted(const GoOn& go_on) {
  const core::Seq anchor = read_anchor(*database, identity).seq;
  database->exec("PRAGMA foreign_keys = OFF; PRAGMA secure_delete = OFF");
  auto all = delete_in_steps(
      "DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE seq <= ? ORDER BY seq LIMIT ?)",
      anchor, kEventsAStep, go_on);
  if (all && *all) {
    all = delete_in_steps(
        "DELETE FROM snapshot WHERE rowid IN"
        " (SELECT rowid FROM snapshot WHERE anchor <> ? LIMIT ?)",
        anchor, kPartsAStep, go_on);
  }
  database->exec("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON");
  return all;
}

core::Result<bool> Journal::Store::keep_snapshot(core::Seq anchor, std::string_view bytes,
                                                 const GoOn& go_on) {
  auto more = core::Result<bool>(true);
  for (int part = 0; more && *more; ++part) {
    if (!go_on()) return false;
    more = in_transaction("compacting the journal", [&]() -> core::Result<bool> {
      return write_snapshot_part(*database, anchor, bytes, part);
    });
  }
  if (!more) return more;
  return true;
}

core::Result<void> Journal::Store::move_anchor(const core::Stamp& stamp, const Anchor& from,
                                               const Anchor& to, const core::Bytes32& snapshot) {
  return in_transaction("moving the anchor", [&]() -> core::Result<void> {
    if (read_anchor(*database, identity).seq != from.seq) {
      return core::fail(Fault::kConflict, "another program compacted the journal meanwhile");
    }
    SQLite::Statement keep(*database,
                           "INSERT INTO anchor VALUES (1, ?1, ?2, ?3) ON CONFLICT DO UPDATE"
                           " SET seq = ?1, hash = ?2, receipt = ?3");
    keep.bind(1, to.seq);
    sqlite::bind_blob(keep, 2, to.hash);
    sqlite::bind_blob(keep, 3, std::string_view(to.receipt));
    keep.exec();
    SQLite::Statement forget(*database, "DELETE FROM receipt WHERE last < ?");
    forget.bind(1, to.seq);
    forget.exec();
    const auto told = add(stamp, core::Compaction{to.seq, to.hash, snapshot});
    if (!told) return core::Failure(told.error());
    return {};
  });
}

core::Result<std::int64_t> Journal::compact(const core::Stamp& stamp, int keep_days,
                                            const wire::PublicKey& district, const GoOn& go_on) {
  Store& store = *store_;
  return sqlite::fenced("compacting the journal", [&]() -> core::Result<std::int64_t> {
    SQLite::Database& database = *store.database;
    const auto now_ms = journal::true_time(database, stamp);
    if (!now_ms) return 0;
    const auto dropped = store.drop_compacted(go_on);
    if (!dropped) return core::Failure(dropped.error());
    if (!*dropped) return 0;
    const Anchor from = read_anchor(database, store.identity);
    const auto cut =
        find_cut(database, store.identity, from, *now_ms - keep_days * kDayMs, district);
    if (!cut) return core::Failure(cut.error());
    if (!*cut) return 0;
    const wire::Receipt& receipt = (*cut)->receipt;
    const auto snapshot = snapshot_up_to(database, from, receipt, go_on);
    if (!snapshot) return core::Failure(snapshot.error());
    if (!*snapshot) return 0;
    if (auto kept = store.keep_snapshot(receipt.last, **snapshot, go_on); !kept || !*kept) {
      return kept ? core::Result<std::int64_t>(0) : core::Failure(kept.error());
    }
    const Anchor to{receipt.last, receipt.head, (*cut)->bytes};
    if (auto moved = store.move_anchor(stamp, from, to, snapshot_digest(**snapshot)); !moved) {
      return core::Failure(moved.error());
    }
    if (auto gone = store.drop_compacted(go_on); !gone) return core::Failure(gone.error());
    return to.seq - from.seq;
  });
}

}  // namespace hailong::journal
