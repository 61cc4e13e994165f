#include "journal/reader.h"

#include "journal/anchor.h"
#include "journal/export_file.h"
#include "journal/receipt_check.h"
#include "journal/schema.h"
#include "journal/verification.h"
#include "sqlite/database.h"

namespace hailong::journal {
namespace {

using core::Fault;

std::int64_t number(SQLite::Database& database, const char* sql) {
  return database.execAndGet(sql).getInt64();
}

/// `sql` has one parameter: what it gives where there is nothing, the number before the first.
core::Seq newest(SQLite::Database& database, const Identity& identity, const char* sql) {
  SQLite::Statement query(database, sql);
  query.bind(1, identity.first - 1);
  query.executeStep();
  return query.getColumn(0).getInt64();
}

core::Seq last_of(SQLite::Database& database, const Identity& identity) {
  return newest(database, identity, "SELECT coalesce(max(seq), ?) FROM event");
}

/// What an older schema than this program's has no tables for.
void count_follow_ups(SQLite::Database& database, Statistics& statistics) {
  statistics.answers =
      number(database, "SELECT count(*) FROM answer WHERE json_array_length(choices) > 0");
  statistics.alerts =
      number(database, "SELECT count(DISTINCT rating_seq) FROM answer WHERE alert = 1");
  statistics.dossiers = number(database, "SELECT count(*) FROM dossier");
  statistics.superseded =
      number(database, "SELECT count(*) FROM v_rating WHERE ',' || flags LIKE '%,superseded'");
}

}  // namespace

struct Reader::Store {
  std::unique_ptr<SQLite::Database> database;
  Identity identity;
};

core::Result<Reader> Reader::open(const std::filesystem::path& database_file) {
  auto database = sqlite::open_read_only(database_file);
  if (!database) return core::Failure(database.error());
  return sqlite::fenced("reading " + database_file.string(), [&]() -> core::Result<Reader> {
    if (number(**database, "PRAGMA user_version") > kMigrations.back().number) {
      return core::fail(Fault::kInvalid,
                        database_file.string() + ": was made by a newer program: use its own");
    }
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

const Identity& Reader::identity() const { return store_->identity; }

core::Result<core::Seq> Reader::last() {
  return sqlite::fenced("reading the journal", [&]() -> core::Result<core::Seq> {
    return last_of(*store_->database, store_->identity);
  });
}

core::Result<Verification> Reader::verify(const std::optional<wire::PublicKey>& district) {
  return sqlite::fenced("verifying the journal", [&]() -> core::Result<Verification> {
    // One transaction: the kiosk may go on appending meanwhile.
    SQLite::Transaction snapshot(*store_->database);
    const Anchor anchor = read_anchor(*store_->database, store_->identity);
    if (auto doubt = doubt_about(anchor, store_->identity, district); !doubt.empty()) {
      return Verification{0, anchor.seq, anchor.hash, anchor.seq, std::move(doubt)};
    }
    Verification found = walk(*store_->database, anchor);
    if (!found.first_bad) {
      check_receipts(*store_->database, store_->identity, anchor, district, found);
    }
    return found;
  });
}

core::Result<Verification> Reader::verify_from(core::Seq seq, const core::Bytes32& head,
                                               std::int64_t most) {
  return sqlite::fenced("verifying the journal", [&]() -> core::Result<Verification> {
    SQLite::Transaction snapshot(*store_->database);
    return walk_on(*store_->database, read_anchor(*store_->database, store_->identity), seq, head,
                   most);
  });
}

core::Result<void> Reader::each_event(const std::function<void(std::string_view)>& line) {
  return sqlite::fenced("exporting the journal", [&]() -> core::Result<void> {
    SQLite::Statement events(*store_->database, "SELECT bytes FROM event ORDER BY seq");
    while (events.executeStep()) line(sqlite::view_of(events.getColumn(0)));
    return {};
  });
}

core::Result<void> Reader::each_line_of_export(const std::function<void(std::string_view)>& line) {
  return sqlite::fenced("exporting the journal", [&]() -> core::Result<void> {
    SQLite::Transaction snapshot(*store_->database);
    const Anchor anchor = read_anchor(*store_->database, store_->identity);
    ExportFile file(line, store_->identity, anchor);
    core::Seq last = anchor.seq;
    core::Bytes32 head = anchor.hash;
    SQLite::Statement events(*store_->database,
                             "SELECT seq, hash, bytes FROM event WHERE seq > ? ORDER BY seq");
    events.bind(1, anchor.seq);
    while (events.executeStep()) {
      file.add(sqlite::view_of(events.getColumn(2)));
      last = events.getColumn(0).getInt64();
      head = sqlite::bytes32_of(events.getColumn(1));
    }
    file.end(last, head);
    return {};
  });
}

core::Result<Statistics> Reader::statistics() {
  return sqlite::fenced("reading the journal", [&]() -> core::Result<Statistics> {
    SQLite::Transaction snapshot(*store_->database);
    SQLite::Database& database = *store_->database;
    Statistics statistics;
    statistics.identity = store_->identity;
    statistics.last = last_of(database, statistics.identity);
    statistics.compacted =
        read_anchor(database, statistics.identity).seq - (statistics.identity.first - 1);
    statistics.receipted =
        newest(database, statistics.identity, "SELECT coalesce(max(last), ?) FROM receipt");
    statistics.feedback = number(database, "SELECT count(*) FROM feedback");
    statistics.contacts = number(database, "SELECT count(*) FROM feedback WHERE kind = 'contact'");
    statistics.contacts_erased = number(database,
                                        "SELECT count(*) FROM feedback JOIN content USING (seq)"
                                        " WHERE kind = 'contact' AND erased_by IS NOT NULL");
    statistics.erased = number(database,
                               "SELECT count(*) FROM feedback JOIN content USING (seq)"
                               " WHERE erased_by IS NOT NULL");
    statistics.corrections =
        number(database,
               "SELECT count(*) FROM event"
               " WHERE json_extract(CAST(bytes AS TEXT), '$.kind') = 'correction'");
    if (number(database, "PRAGMA user_version") > 1) count_follow_ups(database, statistics);
    SQLite::Statement counts(database, "SELECT score, count(*) FROM rating GROUP BY score");
    while (counts.executeStep()) {
      if (const auto score = core::Score::from(counts.getColumn(0).getInt64())) {
        statistics.counts.add(*score, counts.getColumn(1).getInt64());
      }
    }
    return statistics;
  });
}

}  // namespace hailong::journal
