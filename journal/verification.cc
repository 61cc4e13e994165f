#include "journal/verification.h"

#include <array>
#include <limits>

#include "core/chain.h"
#include "journal/projection.h"
#include "journal/schema.h"
#include "wire/event_codec.h"

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
    Shown{"served", 3, "SELECT seq, day, field, count, who FROM served ORDER BY seq"},
    Shown{"sign_off", 3, "SELECT seq, day, at_ms, who, seen FROM sign_off ORDER BY seq"},
    Shown{"cell", 3,
          "SELECT 0, day, hour, counter, field, n1, n2, n3, n4, n5, flagged, superseded FROM cell"
          " WHERE n1 + n2 + n3 + n4 + n5 + superseded > 0 ORDER BY day, hour, counter, field"},
    Shown{"five_cell", 3,
          "SELECT 0, day, hour, counter, field, n1, n2, n3, n4, n5 FROM five_cell"
          " WHERE n1 + n2 + n3 + n4 + n5 > 0 ORDER BY day, hour, counter, field"}};

/// An empty journal in memory that projections are made in.
class Remade {
 public:
  Remade() : database_(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    for (const sqlite::Migration& step : kMigrations) database_.exec(std::string(step.sql));
    projection_.emplace(database_);
    database_.exec("BEGIN");
  }

  /// Why the event cannot follow those before it; empty when it can.
  std::string apply(const core::Event& event) {
    try {
      return projection_->apply(event) ? "" : "it refers to a rating that does not exist";
    } catch (const SQLite::Exception& exception) {  // the same visit twice
      return std::string("it contradicts an event before it: ") + exception.what();
    }
  }
  SQLite::Database& database() { return database_; }

 private:
  SQLite::Database database_;
  std::optional<Projection> projection_;
};

/// Walks events in order and holds each against the chain and its content.
class ChainWalk {
 public:
  /// Goes on behind event `seq`, whose chain hash is `head`.
  ChainWalk(SQLite::Database& database, core::Seq seq, const core::Bytes32& head)
      : database_(database),
        from_(seq),
        find_event_(database, "SELECT bytes FROM event WHERE seq = ?") {
    found_.last = seq;
    found_.head = head;
  }

  /// Goes on from the anchor. Nothing may stand before an epoch's first event; what was compacted
  /// away may still be there in parts.
  ChainWalk(SQLite::Database& database, const Anchor& anchor)
      : ChainWalk(database, anchor.seq, anchor.hash) {
    if (anchor.is_beginning()) from_ = std::numeric_limits<core::Seq>::min();
  }

  /// At most `most` events. `also(event)`: what else is wrong with it; empty for nothing.
  template <typename Also>
  Verification run(std::int64_t most, Also also) {
    SQLite::Statement events(database_,
                             "SELECT event.seq, event.hash, event.bytes, content.digest,"
                             " content.salt, content.text, content.erased_by"
                             " FROM event LEFT JOIN content USING (seq)"
                             " WHERE event.seq > ? ORDER BY event.seq LIMIT ?");
    events.bind(1, from_);
    events.bind(2, most);
    while (events.executeStep()) {
      const core::Seq seq = events.getColumn(0).getInt64();
      if (auto reason = examine(seq, events, also); !reason.empty()) {
        found_.first_bad = seq;
        found_.reason = std::move(reason);
        break;
      }
      ++found_.events;
      found_.last = seq;
    }
    return found_;
  }

 private:
  template <typename Also>
  std::string examine(core::Seq seq, SQLite::Statement& row, Also& also) {
    if (seq != found_.last + 1) {
      return "event " + std::to_string(found_.last + 1) + " is missing";
    }
    const auto bytes = sqlite::view_of(row.getColumn(2));
    const core::Bytes32 hash = core::chain_next(found_.head, bytes);
    if (hash != sqlite::bytes32_of(row.getColumn(1))) return "its hash does not follow the chain";
    const auto event = decoder_.decode(bytes);
    if (!event) return event.error().message;
    if (event->seq != seq) return "its bytes name event " + std::to_string(event->seq);
    if (auto reason = examine_body(*event, row); !reason.empty()) return reason;
    if (std::string reason = also(*event); !reason.empty()) return reason;
    found_.head = hash;
    return {};
  }

  std::string examine_body(const core::Event& event, SQLite::Statement& row) {
    if (const auto* feedback = std::get_if<core::Feedback>(&event.body)) {
      return examine_content(event.seq, feedback->content, row);
    }
    if (const auto* dossier = std::get_if<core::Dossier>(&event.body)) {
      return examine_content(event.seq, dossier->content, row);
    }
    if (const auto* handling = std::get_if<core::Handling>(&event.body)) {
      return examine_content(event.seq, handling->content, row);
    }
    return {};
  }

  std::string examine_content(core::Seq seq, const core::Bytes32& digest, SQLite::Statement& row) {
    if (row.getColumn(3).isNull()) return "its content is missing without an erasure";
    if (sqlite::bytes32_of(row.getColumn(3)) != digest) return "its content has another digest";
    if (!row.getColumn(6).isNull()) {
      const core::Seq erased_by = row.getColumn(6).getInt64();
      if (erased_by > seq && is_erasure(erased_by, digest)) return {};
      return "its content was erased, but no event of the chain says so";
    }
    const core::Bytes32 salt = sqlite::bytes32_of(row.getColumn(4));
    if (core::content_digest(salt, sqlite::view_of(row.getColumn(5))) != digest) {
      return "its content was changed";
    }
    return {};
  }

  /// That the event itself stands in the chain shows when the walk comes to it.
  bool is_erasure(core::Seq seq, const core::Bytes32& digest) {
    find_event_.reset();
    find_event_.bind(1, seq);
    if (!find_event_.executeStep()) return false;
    const auto event = decoder_.decode(sqlite::view_of(find_event_.getColumn(0)));
    if (!event) return false;
    const auto* erasure = std::get_if<core::Erasure>(&event->body);
    return erasure != nullptr && erasure->content == digest;
  }

  SQLite::Database& database_;
  core::Seq from_;
  SQLite::Statement find_event_;
  wire::EventDecoder decoder_;
  Verification found_;
};

/// The walk along the whole chain, with the projections.
class WholeWalk {
 public:
  explicit WholeWalk(SQLite::Database& database) : database_(database) {}

  Verification run(const Anchor& anchor) {
    found_ = ChainWalk(database_, anchor).run(kAll, [this](const core::Event& event) {
      return remade_.apply(event);
    });
    const int schema = database_.execAndGet("PRAGMA user_version").getInt();
    for (const Shown& shown : kShown) {
      if (shown.since <= schema && !found_.first_bad) compare(shown);
    }
    if (schema == kMigrations.back().number && !found_.first_bad) compare_views();
    return found_;
  }

 private:
  static constexpr std::int64_t kAll = -1;  // as SQLite's LIMIT takes it

  void bad(core::Seq seq, std::string reason) {
    found_.first_bad = seq;
    found_.reason = std::move(reason);
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
  Verification found_;
  Remade remade_;
};

}  // namespace

Verification walk(SQLite::Database& database, const Anchor& anchor) {
  return WholeWalk(database).run(anchor);
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
