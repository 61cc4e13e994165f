#include "journal/journal.h"

#include <algorithm>
#include <system_error>

#include "journal/number_bound.h"
#include "journal/remade.h"
#include "journal/schema.h"
#include "journal/set_aside.h"
#include "journal/snapshot.h"
#include "journal/store.h"
#include "wire/event_codec.h"
#include "wire/key_file.h"

namespace hailong::journal {
namespace {

using core::Fault;

core::Failure no_journal_yet(const std::filesystem::path& file) {
  return core::fail(Fault::kNotFound, file.string() + ": no journal yet; start the kiosk first");
}

core::Failure another_device(const SQLite::Database& database, const core::DeviceId& owner,
                             const core::DeviceId& device) {
  return core::fail(Fault::kInvalid, database.getFilename() + " belongs to device " + owner.value +
                                         ", not to " + device.value +
                                         ": mend the device id or choose another data_dir");
}

/// Reads the journal's identity, or gives it one at first start.
core::Result<Identity> identify(SQLite::Database& database, const std::filesystem::path& data_dir,
                                const core::DeviceId& device, core::Seq first) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  if (auto identity = read_identity(database)) {
    if (identity->device != device) return another_device(database, identity->device, device);
    return *identity;
  }
  const auto key = wire::read_or_make_key(data_dir / kDeviceKeyFile);
  if (!key) return core::Failure(key.error());
  Identity identity{device, core::EpochId{wire::random_id()}, key->public_key(), first};
  insert_identity(database, identity);
  transaction.commit();
  return identity;
}

}  // namespace

Journal::Store::Store(std::unique_ptr<SQLite::Database> opened, Identity owner)
    : database(std::move(opened)),
      identity(std::move(owner)),
      beginning{identity.first - 1,
                core::chain_start(identity.device, identity.epoch, identity.first)},
      projection(*database),
      find_visit(*database,
                 "SELECT event.seq, event.hash FROM rating JOIN event USING (seq) WHERE visit = ?"),
      find_last(*database, "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"),
      find_same_content(*database,
                        "SELECT event.seq, event.hash FROM feedback JOIN content USING (seq)"
                        " JOIN event USING (seq) WHERE rating_seq = ? AND kind = ? AND text = ?"),
      find_answers(*database,
                   "SELECT seq, hash, bytes FROM event"
                   " WHERE seq = (SELECT max(seq) FROM answer WHERE rating_seq = ?)"),
      find_dossier(*database,
                   "SELECT event.seq, event.hash FROM dossier JOIN event USING (seq)"
                   " WHERE rating_seq = ? AND key = ? AND ifnull(procedure_id, '') = ?"
                   " AND ifnull(field_id, '') = ?"),
      insert_event(*database, "INSERT INTO event (seq, hash, bytes) VALUES (?, ?, ?)"),
      insert_content(*database,
                     "INSERT INTO content (seq, digest, salt, text) VALUES (?, ?, ?, ?)") {}

Appended Journal::Store::last() { return place_in(find_last).value_or(beginning); }

std::optional<Appended> Journal::Store::place_of(const core::VisitId& visit) {
  find_visit.reset();
  find_visit.bindNoCopy(1, visit.value);
  return place_in(find_visit);
}

core::Result<Appended> Journal::Store::add(const core::Stamp& stamp, core::Body body) {
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

core::Result<Journal> Journal::open(const std::filesystem::path& data_dir,
                                    const core::DeviceId& device, core::Seq first) {
  if (first < 1) return core::fail(Fault::kInvalid, "a journal's first number is 1 at least");
  std::error_code error;
  std::filesystem::create_directories(data_dir, error);
  if (error) {
    return core::fail(Fault::kIo, data_dir.string() + ": cannot be made: " + error.message());
  }
  const auto gate = enter(data_dir);
  if (!gate) return core::Failure(gate.error());
  return open_file(data_dir / kJournalFile, [&](SQLite::Database& database) {
    return identify(database, data_dir, device, first);
  });
}

core::Result<Journal> Journal::open_existing(const std::filesystem::path& data_dir,
                                             const core::DeviceId& device) {
  const auto file = data_dir / kJournalFile;
  if (!std::filesystem::exists(data_dir)) return no_journal_yet(file);
  const auto gate = enter(data_dir);
  if (!gate) return core::Failure(gate.error());
  if (!std::filesystem::exists(file)) return no_journal_yet(file);
  return open_file(file, [&](SQLite::Database& database) -> core::Result<Identity> {
    auto identity = read_identity(database);
    if (!identity) return no_journal_yet(file);
    if (identity->device != device) return another_device(database, identity->device, device);
    return *std::move(identity);
  });
}

/// Behind the gate.
template <typename Identify>
core::Result<Journal> Journal::open_file(const std::filesystem::path& file, Identify identify) {
  auto database = sqlite::open_durable(file, kMigrations);
  if (!database) return core::Failure(database.error());
  return sqlite::fenced("opening the journal", [&]() -> core::Result<Journal> {
    // A compaction beside whoever appends makes the log long for once.
    (*database)->exec("PRAGMA journal_size_limit = 4000000");
    auto identity = identify(**database);
    if (!identity) return core::Failure(identity.error());
    return Journal(std::make_unique<Store>(std::move(*database), std::move(*identity)));
  });
}

Journal::Journal(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

const Identity& Journal::identity() const { return store_->identity; }

core::Result<Appended> Journal::append(const core::Stamp& stamp, const core::Rating& rating,
                                       const Beside& beside) {
  return store_->in_transaction("appending a rating", [&]() -> core::Result<Appended> {
    if (const auto place = store_->place_of(rating.visit)) return *place;
    auto place = store_->add(stamp, rating);
    if (!place) return place;
    if (beside.token_digest) {
      auto token = store_->add(stamp, core::Token{place->seq, *beside.token_digest});
      if (!token) return token;
    }
    if (beside.dossier) {
      auto dossier = store_->add_dossier(stamp, place->seq, *beside.dossier);
      if (!dossier) return dossier;
    }
    return place;
  });
}

core::Result<Appended> Journal::append(const core::Stamp& stamp,
                                       const core::Correction& correction) {
  return store_->in_transaction("appending a correction",
                                [&] { return store_->add(stamp, correction); });
}

core::Result<void> Journal::bound_numbers() {
  return sqlite::fenced("noting how far the numbers come", [&] {
    const std::filesystem::path file = store_->database->getFilename();
    return keep_number_bound(file.parent_path(), store_->last().seq);
  });
}

core::Result<void> Journal::try_to_write() {
  return store_->in_transaction("trying to write", [&]() -> core::Result<void> {
    const int schema = store_->database->execAndGet("PRAGMA user_version").getInt();
    store_->database->exec("PRAGMA user_version = " + std::to_string(schema));
    return {};
  });
}

core::Result<std::vector<RecentRating>> Journal::recent_ratings(int most) {
  using Ratings = std::vector<RecentRating>;
  return sqlite::fenced("reading recent ratings", [&]() -> core::Result<Ratings> {
    SQLite::Statement query(*store_->database,
                            "SELECT event.bytes FROM rating JOIN event USING (seq)"
                            " ORDER BY rating.seq DESC LIMIT ?");
    query.bind(1, most);
    wire::EventDecoder decoder;
    Ratings ratings;
    while (query.executeStep()) {
      const auto event = decoder.decode(sqlite::view_of(query.getColumn(0)));
      const auto* rating = event ? std::get_if<core::Rating>(&event->body) : nullptr;
      if (rating == nullptr) return core::fail(Fault::kCorrupt, "an event is not what it was");
      ratings.push_back({rating->score, event->stamp, event->seq});
    }
    std::reverse(ratings.begin(), ratings.end());
    return ratings;
  });
}

core::Result<void> Journal::rebuild_projections() {
  return store_->in_transaction("rebuilding the projections", [&]() -> core::Result<void> {
    const Anchor anchor = read_anchor(*store_->database, store_->identity);
    store_->projection.clear();
    if (!anchor.is_beginning()) {
      auto remade = Remade::load(read_snapshot(*store_->database, anchor.seq));
      if (!remade) return core::Failure(remade.error());
      for (const char* table : Projection::kTables) {
        copy_table(remade->database(), *store_->database, table);
      }
    }
    SQLite::Statement query(*store_->database,
                            "SELECT bytes FROM event WHERE seq > ? ORDER BY seq");
    query.bind(1, anchor.seq);
    wire::EventDecoder decoder;
    while (query.executeStep()) {
      const auto event = decoder.decode(sqlite::view_of(query.getColumn(0)));
      if (!event) return core::Failure(event.error());
      store_->projection.apply(*event);
    }
    return {};
  });
}

}  // namespace hailong::journal
