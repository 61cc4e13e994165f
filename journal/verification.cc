#include "journal/verification.h"

#include <array>

#include "core/chain.h"
#include "journal/chain_walk.h"
#include "journal/remade.h"
#include "journal/schema.h"
#include "journal/snapshot.h"

namespace hailong::journal {
namespace {

/// A projection as one query whose first column is the event or rating that it is about. The views
/// are what outside readers believe, so what they show must be what the chain says.
struct Shown {
  const char* name;
  int since;  // schema
  const char* sql;
};

constexpr std::array kShown = {
    Shown{"v_rating", 1,
          "SELECT seq, visit, score, recorded_at_ms, clock_state, counter_id, ifnull(field_id, ''),"
          " flags FROM rating ORDER BY seq"},
    Shown{"boot_time", 5,
          "SELECT seq, boot_id, began_ms, error_ms, learnt_ms, by FROM boot_time ORDER BY seq"},
    Shown{"v_feedback", 1,
          "SELECT seq, rating_seq, kind, recorded_at_ms FROM feedback ORDER BY seq"},
    Shown{"answer", 2,
          "SELECT rating_seq, question, choices, alert, seq FROM answer"
          " ORDER BY rating_seq, question"},
    Shown{"dossier", 2,
          "SELECT rating_seq, seq, hex(key), ifnull(procedure_id, ''), ifnull(field_id, '')"
          " FROM dossier ORDER BY rating_seq"},
    Shown{"token", 2, "SELECT seq, rating_seq, hex(digest) FROM token ORDER BY seq"},
    Shown{"consent", 2, "SELECT seq, rating_seq, notice, keep_days FROM consent ORDER BY seq"},
    Shown{"person", 3, "SELECT seq, id, name, role, active FROM person ORDER BY seq"},
    Shown{"staff_act", 3, "SELECT seq, at_ms, who, deed, about FROM staff_act ORDER BY seq"},
    Shown{"feedback_case", 3, "SELECT * FROM feedback_case ORDER BY rating_seq"},
    Shown{"case_step", 3, "SELECT seq, rating_seq FROM case_step ORDER BY seq"},
    Shown{"case_step", 4, "SELECT seq, hex(bytes) FROM case_step ORDER BY seq"},
    Shown{"served", 3, "SELECT seq, day, field, count, who FROM served ORDER BY seq"},
    Shown{"sign_off", 3, "SELECT seq, day, at_ms, who, seen FROM sign_off ORDER BY seq"},
    Shown{"cell", 3,
          "SELECT 0, day, hour, counter, field, n1, n2, n3, n4, n5, flagged, superseded FROM cell"
          " WHERE n1 + n2 + n3 + n4 + n5 + superseded > 0 ORDER BY day, hour, counter, field"},
    Shown{"five_cell", 3,
          "SELECT 0, day, hour, counter, field, n1, n2, n3, n4, n5 FROM five_cell"
          " WHERE n1 + n2 + n3 + n4 + n5 > 0 ORDER BY day, hour, counter, field"}};

/// The walk along the whole chain, with the projections.
class WholeWalk {
 public:
  /// `snapshot` and `remade` of it: what the events up to the anchor came to.
  WholeWalk(SQLite::Database& database, const core::Bytes32& snapshot, Remade remade)
      : database_(database), snapshot_(snapshot), remade_(std::move(remade)) {}

  Verification run(const Anchor& anchor) {
    found_ = ChainWalk(database_, anchor).run(ChainWalk::kAll, [&](const core::Event& event) {
      const auto* compaction = std::get_if<core::Compaction>(&event.body);
      if (compaction != nullptr && compaction->last == anchor.seq) told_ = *compaction;
      return remade_.apply(event);
    });
    if (!anchor.is_beginning() && !found_.first_bad) check_compaction(anchor);
    const int schema = database_.execAndGet("PRAGMA user_version").getInt();
    for (const Shown& shown : kShown) {
      if (shown.since <= schema && !found_.first_bad) compare(shown);
    }
    if (schema == kMigrations.back().number && !found_.first_bad) compare_views();
    return found_;
  }

 private:
  void bad(core::Seq seq, std::string reason) {
    found_.first_bad = seq;
    found_.reason = std::move(reason);
  }

  /// The chain says from what the walk went on, and what was promised of contents before holds.
  void check_compaction(const Anchor& anchor) {
    if (!told_ || told_->head != anchor.hash || told_->snapshot != snapshot_) {
      bad(anchor.seq, "no event tells of the compaction up to here with this snapshot");
      return;
    }
    SQLite::Statement promised(remade_.database(),
                               "SELECT seq, digest, ifnull(erased_by, 0) FROM commitment"
                               " WHERE seq <= ? ORDER BY seq");
    promised.bind(1, anchor.seq);
    SQLite::Statement content(database_,
                              "SELECT digest, salt, text, ifnull(erased_by, 0) FROM content"
                              " WHERE seq = ?");
    while (promised.executeStep() && !found_.first_bad) {
      const core::Seq seq = promised.getColumn(0).getInt64();
      content.reset();
      content.bind(1, seq);
      if (!content.executeStep()) {
        bad(seq, "its content is missing without an erasure");
      } else if (!is_as_promised(content, sqlite::bytes32_of(promised.getColumn(1)),
                                 promised.getColumn(2).getInt64())) {
        bad(seq, "its content was changed, or erased without an event that says so");
      }
    }
  }

  static bool is_as_promised(SQLite::Statement& content, const core::Bytes32& digest,
                             core::Seq erased_by) {
    if (sqlite::bytes32_of(content.getColumn(0)) != digest) return false;
    const core::Seq erased = content.getColumn(3).getInt64();
    if (erased != 0) return erased == erased_by;
    return core::content_digest(sqlite::bytes32_of(content.getColumn(1)),
                                sqlite::view_of(content.getColumn(2))) == digest;
  }

  /// Both queries give the same rows in the same order, or the first that differs is bad.
  void compare(const Shown& shown) {
    SQLite::Statement actual(database_, shown.sql);
    SQLite::Statement expected(remade_.database(), shown.sql);
    const std::string name = shown.name;
    for (bool more = true; more;) {
      const bool is = actual.executeStep();
      const bool ought = expected.executeStep();
      more = is && ought;
      const core::Seq seq = is ? actual.getColumn(0).getInt64() : 0;
      const core::Seq due = ought ? expected.getColumn(0).getInt64() : 0;
      if (is && (!ought || seq < due)) {
        bad(seq, name + " shows a row that the chain does not hold");
      } else if (ought && (!is || due < seq)) {
        bad(due, name + " lacks this row");
      } else if (is && !same_row(actual, expected)) {
        bad(seq, name + " says something else than the chain");
      }
      if (found_.first_bad) return;
    }
  }

  static bool same_row(SQLite::Statement& one, SQLite::Statement& other) {
    for (int i = 0; i < one.getColumnCount(); ++i) {
      if (one.getColumn(i).getString() != other.getColumn(i).getString()) return false;
    }
    return true;
  }

  /// A view could say what it likes, whatever its tables hold.
  void compare_views() {
    constexpr const char* kViews =
        "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master WHERE type = 'view'"
        " AND name IN ('v_rating', 'v_feedback', 'rating_now') ORDER BY name)";
    if (database_.execAndGet(kViews).getString() !=
        remade_.database().execAndGet(kViews).getString()) {
      bad(0, "a view was changed");
    }
  }

  SQLite::Database& database_;
  core::Bytes32 snapshot_;
  Remade remade_;
  std::optional<core::Compaction> told_;
  Verification found_;
};

}  // namespace

Verification walk(SQLite::Database& database, const Anchor& anchor) {
  if (anchor.is_beginning()) return WholeWalk(database, {}, Remade()).run(anchor);
  const std::string snapshot = read_snapshot(database, anchor.seq);
  auto remade = Remade::load(snapshot);
  if (!remade) {
    return {0, anchor.seq, anchor.hash, anchor.seq, std::move(remade.error().message)};
  }
  return WholeWalk(database, snapshot_digest(snapshot), std::move(*remade)).run(anchor);
}

Verification walk_on(SQLite::Database& database, const Anchor& anchor, core::Seq seq,
                     const core::Bytes32& head, std::int64_t most) {
  const auto nothing_else = [](const core::Event& /*event*/) { return std::string(); };
  if (seq < anchor.seq || seq == 0) return ChainWalk(database, anchor).run(most, nothing_else);
  const auto bad = [&](const char* reason) {
    return Verification{0, anchor.seq, anchor.hash, seq, reason};
  };
  SQLite::Statement place(database, "SELECT hash FROM event WHERE seq = ?");
  place.bind(1, seq);
  const bool is_anchor = seq == anchor.seq;
  if (!is_anchor && !place.executeStep()) return bad("it verified before and is missing now");
  if ((is_anchor ? anchor.hash : sqlite::bytes32_of(place.getColumn(0))) != head) {
    return bad("its hash is not the one that verified before");
  }
  return ChainWalk(database, seq, head).run(most, nothing_else);
}

}  // namespace hailong::journal
