#include "journal/reader.h"

#include <algorithm>
#include <map>

#include "core/chain.h"
#include "journal/schema.h"
#include "sqlite/database.h"
#include "wire/event_codec.h"

namespace hailong::journal {
namespace {

using core::Fault;

/// Walks the events in order and holds every one against chain, content and projection.
class Walk {
 public:
  Walk(SQLite::Database& database, const core::Bytes32& start) : database_(database) {
    found_.head = start;
  }

  Verification run() {
    SQLite::Statement events(database_,
                             "SELECT event.seq, event.hash, event.bytes, content.digest,"
                             " content.salt, content.text, content.erased_by"
                             " FROM event LEFT JOIN content USING (seq) ORDER BY event.seq");
    while (events.executeStep()) {
      const core::Seq seq = events.getColumn(0).getInt64();
      if (auto reason = examine(seq, events); !reason.empty()) return bad(seq, std::move(reason));
      ++found_.events;
    }
    if (!unproven_erasures_.empty()) {
      const auto first =
          std::min_element(unproven_erasures_.begin(), unproven_erasures_.end(),
                           [](const auto& a, const auto& b) { return a.second < b.second; });
      return bad(first->second, "its content was erased, but no event of the chain says so");
    }
    // The views are what outside readers believe, so they must say what the chain says.
    compare("v_rating", "SELECT seq, score FROM rating ORDER BY seq", scores_);
    compare("v_feedback", "SELECT seq, rating_seq FROM feedback ORDER BY seq", feedback_);
    return found_;
  }

 private:
  using BySeq = std::map<core::Seq, std::int64_t>;

  Verification bad(core::Seq seq, std::string reason) {
    found_.first_bad = seq;
    found_.reason = std::move(reason);
    return found_;
  }

  std::string examine(core::Seq seq, SQLite::Statement& row) {
    if (seq != found_.events + 1) {
      return "event " + std::to_string(found_.events + 1) + " is missing";
    }
    const auto bytes = sqlite::view_of(row.getColumn(2));
    const core::Bytes32 hash = core::chain_next(found_.head, bytes);
    if (hash != sqlite::bytes32_of(row.getColumn(1))) return "its hash does not follow the chain";
    const auto event = decoder_.decode(bytes);
    if (!event) return event.error().message;
    if (event->seq != seq) return "its bytes name event " + std::to_string(event->seq);
    found_.head = hash;
    return examine_body(*event, row);
  }

  std::string examine_body(const core::Event& event, SQLite::Statement& row) {
    if (const auto* rating = std::get_if<core::Rating>(&event.body)) {
      scores_[event.seq] = rating->score.value();
    } else if (const auto* correction = std::get_if<core::Correction>(&event.body)) {
      const auto corrected = scores_.find(correction->rating);
      if (corrected == scores_.end()) return "it corrects a rating that does not exist";
      corrected->second = correction->score.value();
    } else if (const auto* feedback = std::get_if<core::Feedback>(&event.body)) {
      feedback_[event.seq] = feedback->rating;
      return examine_content(event.seq, *feedback, row);
    } else if (const auto* erasure = std::get_if<core::Erasure>(&event.body)) {
      unproven_erasures_.erase(erasure->content);
    }
    return {};
  }

  std::string examine_content(core::Seq seq, const core::Feedback& feedback,
                              SQLite::Statement& row) {
    if (row.getColumn(3).isNull()) return "its content is missing without an erasure";
    if (sqlite::bytes32_of(row.getColumn(3)) != feedback.content) {
      return "its content has another digest";
    }
    if (!row.getColumn(6).isNull()) {
      unproven_erasures_[feedback.content] = seq;  // until the walk meets its erasure event
      return {};
    }
    const core::Bytes32 salt = sqlite::bytes32_of(row.getColumn(4));
    if (core::content_digest(salt, sqlite::view_of(row.getColumn(5))) != feedback.content) {
      return "its content was changed";
    }
    return {};
  }

  void compare(const std::string& view, const char* sql, const BySeq& chain) {
    if (found_.first_bad) return;
    SQLite::Statement rows(database_, sql);
    auto expected = chain.begin();
    while (rows.executeStep()) {
      const core::Seq seq = rows.getColumn(0).getInt64();
      if (expected != chain.end() && seq > expected->first) break;
      if (expected == chain.end() || seq < expected->first) {
        bad(seq, view + " shows a row that the chain does not hold");
        return;
      }
      if (rows.getColumn(1).getInt64() != expected->second) {
        bad(seq, view + " says something else than the chain");
        return;
      }
      ++expected;
    }
    if (expected != chain.end()) bad(expected->first, view + " lacks this row");
  }

  SQLite::Database& database_;
  wire::EventDecoder decoder_;
  Verification found_;
  BySeq scores_;
  BySeq feedback_;
  std::map<core::Bytes32, core::Seq> unproven_erasures_;
};

}  // namespace

struct Reader::Store {
  std::unique_ptr<SQLite::Database> database;
  Identity identity;
};

core::Result<Reader> Reader::open(const std::filesystem::path& database_file) {
  auto database = sqlite::open_read_only(database_file);
  if (!database) return core::Failure(database.error());
  return sqlite::fenced("reading " + database_file.string(), [&]() -> core::Result<Reader> {
    auto identity = read_identity(**database);
    if (!identity) {
      return core::fail(Fault::kCorrupt, database_file.string() + ": names no device");
    }
    return Reader(std::make_unique<Store>(Store{std::move(*database), std::move(*identity)}));
  });
}

Reader::Reader(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

core::Result<Verification> Reader::verify() {
  return sqlite::fenced("verifying the journal", [&]() -> core::Result<Verification> {
    const Identity& identity = store_->identity;
    // One transaction: the kiosk may go on appending meanwhile.
    SQLite::Transaction snapshot(*store_->database);
    return Walk(*store_->database, core::chain_start(identity.device, identity.epoch)).run();
  });
}

core::Result<void> Reader::each_event(const std::function<void(std::string_view)>& line) {
  return sqlite::fenced("exporting the journal", [&]() -> core::Result<void> {
    SQLite::Statement events(*store_->database, "SELECT bytes FROM event ORDER BY seq");
    while (events.executeStep()) line(sqlite::view_of(events.getColumn(0)));
    return {};
  });
}

core::Result<Statistics> Reader::statistics() {
  return sqlite::fenced("reading the journal", [&]() -> core::Result<Statistics> {
    SQLite::Transaction snapshot(*store_->database);
    const auto number = [&](const char* sql) {
      return store_->database->execAndGet(sql).getInt64();
    };
    Statistics statistics;
    statistics.identity = store_->identity;
    statistics.last = number("SELECT coalesce(max(seq), 0) FROM event");
    statistics.receipted = number("SELECT coalesce(max(last), 0) FROM receipt");
    statistics.feedback = number("SELECT count(*) FROM feedback");
    statistics.erased = number("SELECT count(*) FROM content WHERE erased_by IS NOT NULL");
    statistics.corrections =
        number("SELECT count(*) FROM event WHERE json_extract(bytes, '$.kind') = 'correction'");
    SQLite::Statement counts(*store_->database,
                             "SELECT score, count(*) FROM rating GROUP BY score");
    while (counts.executeStep()) {
      if (const auto score = core::Score::from(counts.getColumn(0).getInt64())) {
        statistics.counts.add(*score, counts.getColumn(1).getInt64());
      }
    }
    return statistics;
  });
}

}  // namespace hailong::journal
