#include "journal/journal.h"

#include <system_error>

#include "core/chain.h"
#include "journal/projection.h"
#include "journal/schema.h"
#include "sqlite/database.h"
#include "wire/event_codec.h"
#include "wire/key_file.h"

namespace hailong::journal {
namespace {

using core::Fault;

/// Reads the journal's identity, or gives it one at first start.
core::Result<Identity> identify(SQLite::Database& database, const std::filesystem::path& data_dir,
                                const core::DeviceId& device) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  if (auto identity = read_identity(database)) {
    if (identity->device != device) {
      return core::fail(Fault::kInvalid, database.getFilename() + " belongs to device " +
                                             identity->device.value + ", not to " + device.value +
                                             ": mend the device id or choose another data_dir");
    }
    return *identity;
  }
  const auto key = wire::read_or_make_key(data_dir / kDeviceKeyFile);
  if (!key) return core::Failure(key.error());
  Identity identity{device, core::EpochId{wire::random_id()}, key->public_key()};
  SQLite::Statement insert(database, "INSERT INTO identity VALUES (1, ?, ?, ?)");
  insert.bind(1, identity.device.value);
  insert.bind(2, identity.epoch.value);
  sqlite::bind_blob(insert, 3, identity.public_key);
  insert.exec();
  transaction.commit();
  return identity;
}

}  // namespace

/// The open database with the statements of the append path, prepared once.
struct Journal::Store {
  std::unique_ptr<SQLite::Database> database;
  Identity identity;
  core::Bytes32 start;  // chain hash before event 1
  Projection projection;
  SQLite::Statement find_visit;
  SQLite::Statement find_last;
  SQLite::Statement insert_event;

  Store(std::unique_ptr<SQLite::Database> opened, Identity owner)
      : database(std::move(opened)),
        identity(std::move(owner)),
        start(core::chain_start(identity.device, identity.epoch)),
        projection(*database),
        find_visit(
            *database,
            "SELECT event.seq, event.hash FROM rating JOIN event USING (seq) WHERE visit = ?"),
        find_last(*database, "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"),
        insert_event(*database, "INSERT INTO event (seq, hash, bytes) VALUES (?, ?, ?)") {}

  Appended last() {
    find_last.reset();
    Appended place{0, start};
    if (find_last.executeStep()) {
      place = {find_last.getColumn(0).getInt64(), sqlite::bytes32_of(find_last.getColumn(1))};
    }
    find_last.reset();
    return place;
  }

  std::optional<Appended> place_of(const core::VisitId& visit) {
    find_visit.reset();
    find_visit.bindNoCopy(1, visit.value);
    std::optional<Appended> place;
    if (find_visit.executeStep()) {
      place = {find_visit.getColumn(0).getInt64(), sqlite::bytes32_of(find_visit.getColumn(1))};
    }
    find_visit.reset();
    return place;
  }

  /// Adds one event to chain and projections. Runs inside the caller's transaction.
  core::Result<Appended> add(const core::Stamp& stamp, core::Body body) {
    const Appended before = last();
    const core::Event event{before.seq + 1, stamp, std::move(body)};
    const auto bytes = wire::encode_event(event);
    if (!bytes) return core::Failure(bytes.error());
    const Appended place{event.seq, core::chain_next(before.hash, *bytes)};
    insert_event.reset();
    insert_event.bind(1, place.seq);
    sqlite::bind_blob(insert_event, 2, place.hash);
    sqlite::bind_blob(insert_event, 3, std::string_view(*bytes));
    insert_event.exec();
    if (!projection.apply(event)) {
      return core::fail(Fault::kInvalid, "the event refers to a rating that is not in the journal");
    }
    return place;
  }

  core::Result<Appended> append(const core::Stamp& stamp, core::Body body) {
    return sqlite::fenced("appending an event", [&]() -> core::Result<Appended> {
      SQLite::Transaction transaction(*database, SQLite::TransactionBehavior::IMMEDIATE);
      auto place = add(stamp, std::move(body));
      if (place) transaction.commit();
      return place;
    });
  }
};

core::Result<Journal> Journal::open(const std::filesystem::path& data_dir,
                                    const core::DeviceId& device) {
  std::error_code error;
  std::filesystem::create_directories(data_dir, error);
  if (error) {
    return core::fail(Fault::kIo, data_dir.string() + ": cannot be made: " + error.message());
  }
  auto database = sqlite::open_durable(data_dir / kJournalFile, kMigrations);
  if (!database) return core::Failure(database.error());
  return sqlite::fenced("opening the journal", [&]() -> core::Result<Journal> {
    auto identity = identify(**database, data_dir, device);
    if (!identity) return core::Failure(identity.error());
    return Journal(std::make_unique<Store>(std::move(*database), std::move(*identity)));
  });
}

Journal::Journal(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

const Identity& Journal::identity() const { return store_->identity; }

core::Result<Appended> Journal::append(const core::Stamp& stamp, const core::Rating& rating) {
  return sqlite::fenced("appending a rating", [&]() -> core::Result<Appended> {
    SQLite::Transaction transaction(*store_->database, SQLite::TransactionBehavior::IMMEDIATE);
    if (const auto place = store_->place_of(rating.visit)) return *place;
    auto place = store_->add(stamp, rating);
    if (place) transaction.commit();
    return place;
  });
}

core::Result<Appended> Journal::append(const core::Stamp& stamp,
                                       const core::Correction& correction) {
  return store_->append(stamp, correction);
}

core::Result<Appended> Journal::append_feedback(const core::Stamp& stamp, core::Seq rating,
                                                core::FeedbackKind kind, std::string_view text) {
  // Words that cannot be sent would hold up every event behind them.
  if (!wire::is_utf8(text)) return core::fail(Fault::kInvalid, "the words are not valid UTF-8");
  return sqlite::fenced("appending feedback", [&]() -> core::Result<Appended> {
    const core::Bytes32 salt = wire::random_bytes32();
    const core::Bytes32 digest = core::content_digest(salt, text);
    SQLite::Transaction transaction(*store_->database, SQLite::TransactionBehavior::IMMEDIATE);
    auto place = store_->add(stamp, core::Feedback{rating, kind, digest});
    if (!place) return place;
    SQLite::Statement insert(*store_->database,
                             "INSERT INTO content (seq, digest, salt, text) VALUES (?, ?, ?, ?)");
    insert.bind(1, place->seq);
    sqlite::bind_blob(insert, 2, digest);
    sqlite::bind_blob(insert, 3, salt);
    sqlite::bind_blob(insert, 4, text);
    insert.exec();
    transaction.commit();
    return place;
  });
}

core::Result<Appended> Journal::erase(const core::Stamp& stamp, core::Seq feedback,
                                      std::string_view reason) {
  return sqlite::fenced("erasing content", [&]() -> core::Result<Appended> {
    SQLite::Transaction transaction(*store_->database, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement query(*store_->database,
                            "SELECT digest FROM content WHERE seq = ? AND erased_by IS NULL");
    query.bind(1, feedback);
    if (!query.executeStep()) {
      return core::fail(Fault::kNotFound,
                        "event " + std::to_string(feedback) + " has no content to erase");
    }
    const core::Bytes32 digest = sqlite::bytes32_of(query.getColumn(0));
    auto place = store_->add(stamp, core::Erasure{digest, std::string(reason)});
    if (!place) return place;
    SQLite::Statement erase(
        *store_->database,
        "UPDATE content SET salt = NULL, text = NULL, erased_by = ? WHERE seq = ?");
    erase.bind(1, place->seq);
    erase.bind(2, feedback);
    erase.exec();
    transaction.commit();
    // The old page is still in the log until it is written back and the log is cut.
    query.reset();
    store_->database->exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return place;
  });
}

core::Result<void> Journal::rebuild_projections() {
  return sqlite::fenced("rebuilding the projections", [&]() -> core::Result<void> {
    SQLite::Transaction transaction(*store_->database, SQLite::TransactionBehavior::IMMEDIATE);
    store_->projection.clear();
    SQLite::Statement query(*store_->database, "SELECT bytes FROM event ORDER BY seq");
    wire::EventDecoder decoder;
    while (query.executeStep()) {
      const auto event = decoder.decode(sqlite::view_of(query.getColumn(0)));
      if (!event) return core::Failure(event.error());
      store_->projection.apply(*event);
    }
    transaction.commit();
    return {};
  });
}

}  // namespace hailong::journal
