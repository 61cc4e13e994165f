#include "journal/remade.h"

#include <sqlite3.h>

#include <cstring>

#include "journal/schema.h"
#include "wire/compression.h"

namespace hailong::journal {
namespace {

using core::Fault;

constexpr std::size_t kMostBytes = std::size_t{1} << 30U;  // unpacked

std::unique_ptr<SQLite::Database> in_memory() {
  return std::make_unique<SQLite::Database>(":memory:",
                                            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
}

/// Brings the tables to this program's schema.
void migrate_in_memory(SQLite::Database& database) {
  const int version = database.execAndGet("PRAGMA user_version").getInt();
  for (const sqlite::Migration& step : kMigrations) {
    if (step.number > version) database.exec(std::string(step.sql));
  }
  database.exec("PRAGMA user_version = " + std::to_string(kMigrations.back().number));
}

/// Makes the database one of these bytes.
void deserialize(SQLite::Database& database, std::string_view bytes) {
  auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  if (copy == nullptr) throw std::bad_alloc();
  std::memcpy(copy, bytes.data(), bytes.size());
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const int code =
      sqlite3_deserialize(database.getHandle(), "main", copy, size, size,
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  if (code != SQLITE_OK) throw SQLite::Exception(database.getHandle(), code);
}

}  // namespace

const core::Bytes32* content_of(const core::Body& body) {
  if (const auto* feedback = std::get_if<core::Feedback>(&body)) return &feedback->content;
  if (const auto* dossier = std::get_if<core::Dossier>(&body)) return &dossier->content;
  if (const auto* handling = std::get_if<core::Handling>(&body)) return &handling->content;
  return nullptr;
}

bool is_contact(const core::Body& body) {
  const auto* feedback = std::get_if<core::Feedback>(&body);
  return feedback != nullptr && feedback->kind == core::FeedbackKind::kContact;
}

Remade::Remade() : Remade(in_memory()) {}

Remade::Remade(std::unique_ptr<SQLite::Database> database) : database_(std::move(database)) {
  migrate_in_memory(*database_);
  database_->exec(
      "CREATE TABLE IF NOT EXISTS commitment (digest BLOB PRIMARY KEY, seq INTEGER NOT NULL,"
      " erased_by INTEGER) STRICT, WITHOUT ROWID");
  projection_ = std::make_unique<Projection>(*database_);
  database_->exec("BEGIN");
}

core::Result<Remade> Remade::load(std::string_view snapshot) {
  const auto bytes = wire::decompress(snapshot, kMostBytes);
  if (!bytes) return core::fail(Fault::kCorrupt, "the snapshot is " + bytes.error().message);
  return sqlite::fenced("reading the snapshot", [&]() -> core::Result<Remade> {
    auto database = in_memory();
    deserialize(*database, *bytes);
    return Remade(std::move(database));
  });
}

std::string Remade::apply(const core::Event& event) {
  try {
    if (!projection_->apply(event)) return "it refers to a rating that does not exist";
    take_content(event);
    return {};
  } catch (const SQLite::Exception& exception) {  // the same visit twice
    return std::string("it contradicts an event before it: ") + exception.what();
  }
}

void Remade::take_content(const core::Event& event) {
  if (const core::Bytes32* content = content_of(event.body)) {
    SQLite::Statement insert(*database_, "INSERT INTO commitment (digest, seq) VALUES (?, ?)");
    sqlite::bind_blob(insert, 1, *content);
    insert.bind(2, event.seq);
    insert.exec();
  } else if (const auto* erasure = std::get_if<core::Erasure>(&event.body)) {
    SQLite::Statement update(*database_, "UPDATE commitment SET erased_by = ? WHERE digest = ?");
    update.bind(1, event.seq);
    sqlite::bind_blob(update, 2, erasure->content);
    update.exec();
  }
}

std::string Remade::save() {
  projection_.reset();
  database_->exec("COMMIT");
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(database_->getHandle(), "main", &size, 0);
  if (bytes == nullptr) throw std::bad_alloc();
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> owner(bytes, &sqlite3_free);
  return wire::compress({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
}

}  // namespace hailong::journal
