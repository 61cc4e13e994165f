#include "journal/outbox.h"

#include "journal/anchor.h"
#include "journal/schema.h"
#include "sqlite/database.h"
#include "wire/event_codec.h"

namespace hailong::journal {

using core::Fault;

namespace {

constexpr std::int64_t kReceiptDayMs = 86'400'000;

}  // namespace

struct Outbox::Store {
  std::unique_ptr<SQLite::Database> database;
  Identity identity;
  Sharing sharing;
  wire::EventDecoder decoder;
  SQLite::Statement find_last;
  SQLite::Statement find_high_water;
  SQLite::Statement find_hash;
  SQLite::Statement find_tap;
  SQLite::Statement find_bytes;
  SQLite::Statement read_bytes;
  SQLite::Statement read_events;

  Store(std::unique_ptr<SQLite::Database> opened, Identity owner, const Sharing& shared)
      : database(std::move(opened)),
        identity(std::move(owner)),
        sharing(shared),
        find_last(*database, "SELECT coalesce(max(seq), ?) FROM event"),
        find_high_water(*database, "SELECT coalesce(max(last), ?) FROM receipt"),
        find_hash(*database, "SELECT hash FROM event WHERE seq = ?"),
        find_tap(*database, "SELECT coalesce(max(seq), 0) FROM rating"),
        find_bytes(*database, "SELECT bytes FROM event WHERE seq = ?"),
        read_bytes(*database, "SELECT bytes FROM event WHERE seq >= ? ORDER BY seq"),
        read_events(*database,
                    "SELECT event.seq, event.hash, event.bytes, content.salt, content.text"
                    " FROM event LEFT JOIN content USING (seq) WHERE event.seq >= ? ORDER BY seq") {
  }

  /// Of the newest; the one before the epoch's first where there is none.
  core::Seq number(SQLite::Statement& query) const {
    query.reset();
    query.bind(1, identity.first - 1);
    query.executeStep();
    const core::Seq value = query.getColumn(0).getInt64();
    query.reset();
    return value;
  }

  std::optional<core::Bytes32> hash_of(core::Seq seq) {
    const Anchor anchor = read_anchor(*database, identity);
    if (seq <= anchor.seq) return seq == anchor.seq ? std::optional(anchor.hash) : std::nullopt;
    find_hash.reset();
    find_hash.bind(1, seq);
    std::optional<core::Bytes32> hash;
    if (find_hash.executeStep()) hash = sqlite::bytes32_of(find_hash.getColumn(0));
    find_hash.reset();
    return hash;
  }

  /// Nothing when there is no such event, or it cannot be read.
  std::optional<core::Stamp> stamp_of(core::Seq seq) {
    find_bytes.reset();
    find_bytes.bind(1, seq);
    std::optional<core::Stamp> stamp;
    if (find_bytes.executeStep()) {
      const auto event = decoder.decode(sqlite::view_of(find_bytes.getColumn(0)));
      if (event) stamp = event->stamp;
    }
    find_bytes.reset();
    return stamp;
  }

  Standing standing() {
    const SQLite::Transaction one_moment(*database);
    Standing standing;
    standing.last = number(find_last);
    standing.head = hash_of(standing.last).value_or(start);
    standing.receipted = number(find_high_water);
    standing.oldest = stamp_of(standing.receipted + 1);
    standing.tap = stamp_of(number(find_tap));
    return standing;
  }

  Gathered gathered(core::Seq first, std::int64_t most_events, std::int64_t most_bytes) {
    Gathered gathered;
    std::int64_t bytes = 0;
    read_bytes.reset();
    read_bytes.bind(1, first);
    while (!gathered.is_full && read_bytes.executeStep()) {
      const auto view = sqlite::view_of(read_bytes.getColumn(0));
      const auto event = decoder.decode(view);
      bytes += static_cast<std::int64_t>(view.size());
      ++gathered.events;
      if (event && gathered.events == 1) gathered.oldest = event->stamp;
      const auto* answers = event ? std::get_if<core::Answers>(&event->body) : nullptr;
      if (answers != nullptr && answers->alert) gathered.is_urgent = true;
      gathered.is_full = gathered.events >= most_events || bytes >= most_bytes;
    }
    read_bytes.reset();
    return gathered;
  }

  /// Asks the event itself, since a projection could be mistaken.
  bool may_leave(std::string_view event) {
    const auto decoded = decoder.decode(event);
    if (!decoded) return false;
    if (const auto* feedback = std::get_if<core::Feedback>(&decoded->body)) {
      return feedback->kind == core::FeedbackKind::kWords;
    }
    if (std::holds_alternative<core::Handling>(decoded->body)) return true;
    return sharing.dossier_codes && std::holds_alternative<core::Dossier>(decoded->body);
  }

  core::Result<wire::Batch> batch(core::Seq first, std::int64_t most_events,
                                  std::int64_t most_bytes) {
    SQLite::Transaction snapshot(*database);  // nothing is compacted away meanwhile
    const Anchor anchor = read_anchor(*database, identity);
    if (first <= anchor.seq) {
      return core::fail(Fault::kConflict,
                        "the district asks for event " + std::to_string(first) +
                            ", but it had confirmed every event up to " +
                            std::to_string(anchor.seq) +
                            " and they are no longer kept here: restore a newer backup there");
    }
    const auto previous = hash_of(first - 1);
    if (!previous) {
      return core::fail(Fault::kNotFound, "no event " + std::to_string(first - 1));
    }
    wire::Batch batch;
    batch.claim = {identity.device, identity.epoch, first, first - 1, *previous, *previous};
    std::int64_t bytes = 0;
    read_events.reset();
    read_events.bind(1, first);
    while (read_events.executeStep() && batch.claim.last - first + 1 < most_events) {
      const auto event = sqlite::view_of(read_events.getColumn(2));
      const bool with_content = !read_events.getColumn(3).isNull() && may_leave(event);
      const auto text =
          with_content ? sqlite::view_of(read_events.getColumn(4)) : std::string_view();
      bytes += static_cast<std::int64_t>(event.size() + text.size());
      if (!batch.events.empty() && bytes > most_bytes) break;
      batch.claim.last = read_events.getColumn(0).getInt64();
      batch.claim.head = sqlite::bytes32_of(read_events.getColumn(1));
      batch.events.emplace_back(event);
      if (with_content) {
        batch.contents.push_back(
            {batch.claim.last, sqlite::bytes32_of(read_events.getColumn(3)), std::string(text)});
      }
    }
    read_events.reset();
    if (batch.events.empty()) {
      return core::fail(Fault::kNotFound, "no event " + std::to_string(first));
    }
    return batch;
  }
};

core::Result<Outbox> Outbox::open(const std::filesystem::path& data_dir, const Sharing& sharing) {
  const auto file = data_dir / kJournalFile;
  if (!std::filesystem::exists(file)) {
    return core::fail(Fault::kNotFound, file.string() + ": no journal yet; start the kiosk first");
  }
  auto database = sqlite::open_durable(file, kMigrations);
  if (!database) return core::Failure(database.error());
  return sqlite::fenced("opening the outbox", [&]() -> core::Result<Outbox> {
    auto identity = read_identity(**database);
    if (!identity) {
      return core::fail(Fault::kNotFound,
                        file.string() + ": the kiosk has not finished its first start");
    }
    return Outbox(std::make_unique<Store>(std::move(*database), std::move(*identity), sharing));
  });
}

Outbox::Outbox(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Outbox::Outbox(Outbox&&) noexcept = default;
Outbox& Outbox::operator=(Outbox&&) noexcept = default;
Outbox::~Outbox() = default;

const Identity& Outbox::identity() const { return store_->identity; }

core::Result<core::Seq> Outbox::last() {
  return sqlite::fenced("reading the outbox", [&]() -> core::Result<core::Seq> {
    return store_->number(store_->find_last);
  });
}

core::Result<core::Seq> Outbox::high_water() {
  return sqlite::fenced("reading the outbox", [&]() -> core::Result<core::Seq> {
    return store_->number(store_->find_high_water);
  });
}

core::Result<Standing> Outbox::standing() {
  return sqlite::fenced("reading the outbox",
                        [&]() -> core::Result<Standing> { return store_->standing(); });
}

core::Result<Gathered> Outbox::gathered(core::Seq first, std::int64_t most_events,
                                        std::int64_t most_bytes) {
  return sqlite::fenced("reading the outbox", [&]() -> core::Result<Gathered> {
    return store_->gathered(first, most_events, most_bytes);
  });
}

core::Result<wire::Batch> Outbox::batch(core::Seq first, std::int64_t most_events,
                                        std::int64_t most_bytes) {
  return sqlite::fenced("reading the outbox",
                        [&] { return store_->batch(first, most_events, most_bytes); });
}

core::Result<void> Outbox::keep(const wire::Receipt& receipt, std::string_view bytes) {
  const Identity& own = store_->identity;
  if (receipt.device != own.device || receipt.epoch != own.epoch) {
    return core::fail(Fault::kConflict, "the receipt is for device " + receipt.device.value +
                                            " epoch " + receipt.epoch.value);
  }
  return sqlite::fenced("keeping a receipt", [&]() -> core::Result<void> {
    const auto hash = store_->hash_of(receipt.last);
    const core::Seq anchor = read_anchor(*store_->database, own).seq;
    if (!hash && receipt.last < anchor) {
      return core::fail(Fault::kConflict,
                        "the district holds no more than event " + std::to_string(receipt.last) +
                            ", but it had confirmed more and that is no longer kept here:"
                            " restore a newer backup there");
    }
    if (!hash) {
      return core::fail(
          Fault::kConflict,
          "the district holds event " + std::to_string(receipt.last) +
              ", this journal does not: it was rolled back; keep the card for inspection");
    }
    if (*hash != receipt.head) {
      return core::fail(Fault::kConflict, "the district holds another event " +
                                              std::to_string(receipt.last) +
                                              " than this journal; keep the card for inspection");
    }
    if (receipt.last < own.first) return {};
    SQLite::Transaction transaction(*store_->database, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement insert(*store_->database,
                             "INSERT OR REPLACE INTO receipt (last, bytes, at_ms)"
                             " VALUES (?, ?, ?)");
    insert.bind(1, receipt.last);
    sqlite::bind_blob(insert, 2, bytes);
    insert.bind(3, receipt.at_ms);
    insert.exec();
    // The newest of a day is enough to compact by.
    SQLite::Statement forget(*store_->database,
                             "DELETE FROM receipt WHERE last < ? AND at_ms / 86400000 = ?");
    forget.bind(1, receipt.last);
    forget.bind(2, receipt.at_ms / kReceiptDayMs);
    forget.exec();
    transaction.commit();
    return {};
  });
}

core::Result<void> Outbox::set_public_key(const wire::PublicKey& key) {
  return sqlite::fenced("changing the key of the journal", [&]() -> core::Result<void> {
    SQLite::Statement update(*store_->database, "UPDATE identity SET public_key = ?");
    sqlite::bind_blob(update, 1, key);
    update.exec();
    store_->identity.public_key = key;
    return {};
  });
}

}  // namespace hailong::journal
