#include "journal/salvage.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "journal/gate.h"
#include "journal/number_bound.h"
#include "journal/salvager.h"
#include "journal/schema.h"
#include "journal/set_aside.h"
#include "wire/key_file.h"

namespace hailong::journal {
namespace {

namespace fs = std::filesystem;
using core::Fault;

/// Never writes into the file, not even when it is closed.
std::unique_ptr<SQLite::Database> open_untouched(const fs::path& file) {
  constexpr int kPatienceMs = 5000;
  auto database = std::make_unique<SQLite::Database>(
      file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, kPatienceMs);
  sqlite3_db_config(database->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return database;
}

/// Fit to name a folder; anything else is damage.
bool is_plain(const core::EpochId& epoch) {
  return !epoch.value.empty() && std::all_of(epoch.value.begin(), epoch.value.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

}  // namespace

Salvager::Salvager(fs::path data_dir, core::DeviceId device, core::Stamp stamp, core::Seq first)
    : data_dir_(std::move(data_dir)),
      device_(std::move(device)),
      stamp_(std::move(stamp)),
      first_(first),
      making_(data_dir_ / kSetAsideFolder / kMakingFolder) {}

bool Salvager::is_damage(const SQLite::Exception& exception) {
  // SQLITE_ERROR: a table is missing, because the page with the schema is not what it was.
  return sqlite::fault_of(exception) == Fault::kCorrupt ||
         (exception.getErrorCode() & 0xFF) == SQLITE_ERROR;
}

/// One line; empty when the file is whole.
std::string Salvager::damage() {
  std::string found;
  std::string why =
      as_far_as_readable([&] { found = old_->execAndGet("PRAGMA quick_check(1)").getString(); });
  if (why.empty() && found != "ok") why = found;
  std::replace(why.begin(), why.end(), '\n', ' ');
  return why;
}

core::Result<std::optional<core::Salvage>> Salvager::run() {
  old_ = open_untouched(data_dir_ / kJournalFile);
  found_.why = damage();
  if (found_.why.empty()) return std::nullopt;
  // Whoever else writes next finds that the file has moved. If this fails, nobody can write.
  as_far_as_readable([&] { old_->exec("BEGIN IMMEDIATE"); });
  as_far_as_readable([&] { identity_ = read_identity(*old_); });
  if (identity_ && !is_plain(identity_->epoch)) identity_.reset();
  if (identity_ && identity_->device != device_) {
    return core::fail(Fault::kInvalid, "the damaged journal belongs to device " +
                                           identity_->device.value + ", not to " + device_.value);
  }
  found_.epoch = identity_ ? identity_->epoch : core::EpochId{"unknown-" + wire::random_id()};
  std::error_code error;
  fs::remove_all(making_, error);
  if (!error) fs::create_directories(making_ / kNextFolder, error);
  if (error) return core::fail(Fault::kIo, making_.string() + ": " + error.message());
  if (identity_) {
    if (auto kept = keep_what_verifies(); !kept) return core::Failure(kept.error());
  }
  if (auto made = make_next(); !made) return core::Failure(made.error());
  if (auto put = put_in_place(); !put) return core::Failure(put.error());
  return found_;
}

core::Result<void> Salvager::make_next() {
  const auto key = public_key();
  if (!key) return core::Failure(key.error());
  auto database = sqlite::open_durable(making_ / kNextFolder / kJournalFile, kMigrations);
  if (!database) return core::Failure(database.error());
  const Identity identity{device_, core::EpochId{wire::random_id()}, *key, highest_known() + 1};
  insert_identity(**database, identity);
  auto next = std::make_unique<Journal::Store>(std::move(*database), identity);
  auto filled = next->in_transaction("beginning a new epoch", [&] { return fill(*next); });
  if (!filled) return filled;
  return close(std::move(next));
}

/// The old journal knew it, also when the key is lost.
core::Result<wire::PublicKey> Salvager::public_key() {
  if (identity_) return identity_->public_key;
  const auto key = wire::read_or_make_key(data_dir_ / kDeviceKeyFile);
  if (!key) return core::Failure(key.error());
  return key->public_key();
}

/// No number is given twice, also of those that do not verify.
core::Seq Salvager::highest_known() {
  core::Seq highest = std::max(found_.last, (identity_ ? identity_->first : first_) - 1);
  bool is_sure = identity_.has_value();
  for (const char* sql : {"SELECT max(seq) FROM event", "SELECT max(last) FROM receipt",
                          "SELECT max(seq) FROM rating"}) {
    const std::string unread = as_far_as_readable(
        [&] { highest = std::max<core::Seq>(highest, old_->execAndGet(sql).getInt64()); });
    if (!unread.empty()) is_sure = false;
  }
  return is_sure ? highest : std::max(highest, number_bound(data_dir_));
}

core::Result<void> Salvager::fill(Journal::Store& next) {
  if (auto told = next.add(stamp_, found_); !told) return core::Failure(told.error());
  return carry_accounts(next);
}

core::Result<void> Salvager::carry_accounts(Journal::Store& next) {
  std::vector<core::StaffAccount> accounts;
  as_far_as_readable([&] {
    SQLite::Statement people(*old_, "SELECT id, name, role, active FROM person ORDER BY id");
    while (people.executeStep()) {
      const std::string id = people.getColumn(0).getString();
      const auto role = core::staff_role_of(people.getColumn(2).getString());
      if (!role) continue;
      accounts.push_back(
          {id, id, people.getColumn(1).getString(), *role, people.getColumn(3).getInt() != 0});
    }
  });
  for (const core::StaffAccount& account : accounts) {
    if (auto added = next.add(stamp_, account); !added) return core::Failure(added.error());
  }
  // Without the PINs, the one-time code makes an account anew.
  as_far_as_readable([&] { carry_secrets(*next.database); });
  return {};
}

void Salvager::carry_secrets(SQLite::Database& next) {
  SQLite::Statement pins(*old_, "SELECT person, hash, given FROM pin");
  while (pins.executeStep()) {
    SQLite::Statement keep(next, "INSERT INTO pin VALUES (?, ?, ?)");
    keep.bind(1, pins.getColumn(0).getString());
    keep.bind(2, pins.getColumn(1).getString());
    keep.bind(3, pins.getColumn(2).getInt());
    keep.exec();
  }
  SQLite::Statement tries(*old_, "SELECT who, wrong, boot_id, mono_ms FROM pin_tries");
  while (tries.executeStep()) {
    SQLite::Statement keep(next, "INSERT INTO pin_tries VALUES (?, ?, ?, ?)");
    keep.bind(1, tries.getColumn(0).getString());
    keep.bind(2, tries.getColumn(1).getInt());
    keep.bind(3, tries.getColumn(2).getString());
    keep.bind(4, tries.getColumn(3).getInt64());
    keep.exec();
  }
  SQLite::Statement codes(*old_, "SELECT digest FROM used_setup_code");
  while (codes.executeStep()) {
    SQLite::Statement keep(next, "INSERT INTO used_setup_code VALUES (?)");
    sqlite::bind_blob(keep, 1, sqlite::view_of(codes.getColumn(0)));
    keep.exec();
  }
}

core::Result<void> Salvager::close(std::unique_ptr<Journal::Store> made) {
  const fs::path file = made->database->getFilename();
  made->cut_log();
  made.reset();
  std::error_code none;
  const auto left = fs::file_size(file.string() + "-wal", none);
  if (!none && left > 0) {
    return core::fail(Fault::kBusy, file.string() + ": another program reads it");
  }
  return {};
}

core::Result<void> Salvager::put_in_place() {
  const fs::path set_aside = making_.parent_path();
  for (const fs::path& folder : {making_ / kNextFolder, making_}) {
    if (auto synced = sync_names(folder); !synced) return synced;
  }
  const fs::path place = set_aside / found_.epoch.value;
  if (std::rename(making_.c_str(), place.c_str()) != 0) {
    return core::fail(Fault::kIo, place.string() + ": cannot be made: " + std::strerror(errno));
  }
  for (const fs::path& folder : {set_aside, data_dir_}) {
    if (auto synced = sync_names(folder); !synced) return synced;
  }
  return finish_changes(data_dir_);
}

core::Result<std::optional<core::Salvage>> salvage(const fs::path& data_dir,
                                                   const core::DeviceId& device,
                                                   const core::Stamp& stamp, core::Seq first) {
  using Found = core::Result<std::optional<core::Salvage>>;
  const auto gate = Gate::alone(data_dir);
  if (!gate) return core::Failure(gate.error());
  if (auto done = finish_changes(data_dir); !done) return core::Failure(done.error());
  if (!fs::exists(data_dir / kJournalFile)) return std::nullopt;
  auto found = sqlite::fenced("setting the damaged journal aside", [&]() -> Found {
    return Salvager(data_dir, device, stamp, first).run();
  });
  if (found) forget_damage_report(data_dir);
  return found;
}

}  // namespace hailong::journal
