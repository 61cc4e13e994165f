#include "journal/outbox.h"

#include <algorithm>

#include "journal/anchor.h"
#include "journal/schema.h"
#include "journal/set_aside.h"
#include "sqlite/database.h"
#include "wire/event_codec.h"

namespace hailong::journal {

using core::Fault;

namespace {

constexpr std::int64_t kReceiptDayMs = 86'400'000;

core::Failure no_journal(const std::filesystem::path& file) {
  return core::fail(Fault::kNotFound, file.string() + ": no journal yet; start the kiosk first");
}

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
  SQLite::Statement find_receipt;
  SQLite::Statement read_events;
  SQLite::Statement read_contents;

  Store(std::unique_ptr<SQLite::Database> opened, Identity owner, const Sharing& shared)
      : database(std::move(opened)),
        identity(std::move(owner)),
        sharing(shared),
        find_last(*database, "SELECT coalesce(max(seq), ?) FROM event"),
        find_high_water(*database, "SELECT coalesce(max(last), ?) FROM receipt"),
        find_hash(*database, "SELECT hash FROM event WHERE seq = ?"),
        find_tap(*database, "SELECT coalesce(max(seq), ?) FROM rating"),
        find_bytes(*database, "SELECT bytes FROM event WHERE seq = ?"),
        read_bytes(*database, "SELECT bytes FROM event WHERE seq >= ? ORDER BY seq"),
        find_receipt(
            *database,
            "SELECT bytes, ifnull(contents, last) FROM receipt ORDER BY last DESC LIMIT 1"),
        read_events(*database, "SELECT seq, hash, bytes FROM event WHERE seq >= ? ORDER BY seq"),
        read_contents(*database,
                      "SELECT content.seq, content.salt, content.text, event.bytes FROM content"
                      " JOIN event USING (seq) WHERE content.seq > ? AND content.seq <= ?"
                      " AND content.text IS NOT NULL ORDER BY content.seq") {}

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
    standing.head = hash_of(standing.last).value_or(core::Bytes32{});
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

  core::Result<core::Seq> confirmed_contents() {
    find_receipt.reset();
    if (!find_receipt.executeStep()) return 0;
    const auto receipt = wire::peek_receipt(sqlite::view_of(find_receipt.getColumn(0)));
    const core::Seq by_what_was_sent = find_receipt.getColumn(1).getInt64();
    find_receipt.reset();
    if (!receipt) return core::fail(Fault::kCorrupt, "a receipt in the journal cannot be read");
    return receipt->contents.value_or(by_what_was_sent);
  }

  std::optional<core::Stamp> oldest_content(core::Seq after) {
    std::optional<core::Stamp> oldest;
    each_content(after, INT64_MAX, [&](core::Seq seq, std::string_view /*text*/) {
      oldest = stamp_of(seq).value_or(core::Stamp{});
      return false;
    });
    return oldest;
  }

  /// Hands out what may leave of events behind `after` up to `last`, as long as `visit` wants more.
  template <typename Visit>
  void each_content(core::Seq after, core::Seq last, const Visit& visit) {
    read_contents.reset();
    read_contents.bind(1, after);
    read_contents.bind(2, last);
    while (read_contents.executeStep()) {
      if (!may_leave(sqlite::view_of(read_contents.getColumn(3)))) continue;
      const core::Seq seq = read_contents.getColumn(0).getInt64();
      if (!visit(seq, sqlite::view_of(read_contents.getColumn(2)))) break;
    }
    read_contents.reset();
  }

  void add_events(wire::Batch& batch, std::int64_t most_events, std::int64_t most_bytes,
                  std::int64_t& bytes) {
    read_events.reset();
    read_events.bind(1, batch.claim.first);
    while (batch.claim.last - batch.claim.first + 1 < most_events && read_events.executeStep()) {
      const auto event = sqlite::view_of(read_events.getColumn(2));
      bytes += static_cast<std::int64_t>(event.size());
      if (!batch.events.empty() && bytes > most_bytes) break;
      batch.claim.last = read_events.getColumn(0).getInt64();
      batch.claim.head = sqlite::bytes32_of(read_events.getColumn(1));
      batch.events.emplace_back(event);
    }
    read_events.reset();
  }

  void add_contents(wire::Batch& batch, core::Seq after, std::int64_t most_bytes,
                    std::int64_t bytes) {
    wire::ContentsClaim claim{after, batch.claim.last};
    each_content(after, batch.claim.last, [&](core::Seq seq, std::string_view text) {
      bytes += static_cast<std::int64_t>(text.size());
      if (!batch.contents.empty() && bytes > most_bytes) {
        claim.last = batch.contents.back().seq;
        return false;
      }
      batch.contents.push_back(
          {seq, sqlite::bytes32_of(read_contents.getColumn(1)), std::string(text)});
      return true;
    });
    batch.claim.contents = claim;
  }

  core::Result<wire::Batch> batch(core::Seq first, std::int64_t most_events,
                                  std::int64_t most_bytes,
                                  std::optional<core::Seq> contents_after) {
    const SQLite::Transaction one_moment(*database);  // nothing is compacted away meanwhile
    const Anchor anchor = read_anchor(*database, identity);
    if (first <= anchor.seq) {
      return core::fail(Fault::kConflict,
                        "the district asks for event " + std::to_string(first) +
                            ", but it had confirmed every event up to " +
                            std::to_string(anchor.seq) +
                            " and they are no longer kept here: restore a newer backup there");
    }
    const core::Seq end = number(find_last);
    first = std::min(first, end);
    const auto previous = hash_of(first - 1);
    if (first < 1 || !previous) {
      return core::fail(Fault::kNotFound, "no event " + std::to_string(first));
    }
    wire::Batch batch;
    batch.claim = {identity.device, identity.epoch, first, first - 1, *previous, *previous, {}};
    std::int64_t bytes = 0;
    add_events(batch, most_events, most_bytes, bytes);
    batch.claim.contents = wire::ContentsClaim{};
    if (contents_after && batch.claim.last == end) {
      add_contents(batch, *contents_after, most_bytes, bytes);
    }
    if (batch.claim.contents == wire::ContentsClaim{first - 1, end}) batch.claim.contents.reset();
    return batch;
  }
};

core::Result<Outbox> Outbox::open(const std::filesystem::path& data_dir, const Sharing& sharing) {
  if (!std::filesystem::exists(data_dir)) return no_journal(data_dir / kJournalFile);
  const auto gate = enter(data_dir);
  if (!gate) return core::Failure(gate.error());
  return open_inside(data_dir, sharing);
}

core::Result<Outbox> Outbox::open_alone(const std::filesystem::path& data_dir,
                                        const Gate& /*alone*/) {
  if (auto finished = finish_changes(data_dir); !finished) return core::Failure(finished.error());
  return open_inside(data_dir, {});
}

core::Result<Outbox> Outbox::open_inside(const std::filesystem::path& data_dir,
                                         const Sharing& sharing) {
  const auto file = data_dir / kJournalFile;
  if (!std::filesystem::exists(file)) return no_journal(file);
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

core::Result<core::Seq> Outbox::confirmed_contents() {
  return sqlite::fenced("reading the outbox", [&] { return store_->confirmed_contents(); });
}

core::Result<std::optional<std::int64_t>> Outbox::confirmed_at(core::Seq seq,
                                                               const wire::PublicKey& district) {
  using Found = core::Result<std::optional<std::int64_t>>;
  return sqlite::fenced("reading the outbox", [&]() -> Found {
    SQLite::Statement query(*store_->database,
                            "SELECT bytes FROM receipt WHERE last >= ? ORDER BY last LIMIT 1");
    query.bind(1, seq);
    if (!query.executeStep()) return std::nullopt;
    const auto receipt = wire::open_receipt(sqlite::view_of(query.getColumn(0)), district);
    if (!receipt) return core::Failure(receipt.error());
    return receipt->at_ms;
  });
}

core::Result<std::optional<core::Stamp>> Outbox::oldest_content(core::Seq after) {
  using Found = std::optional<core::Stamp>;
  return sqlite::fenced("reading the outbox",
                        [&]() -> core::Result<Found> { return store_->oldest_content(after); });
}

core::Result<wire::Batch> Outbox::batch(core::Seq first, std::int64_t most_events,
                                        std::int64_t most_bytes,
                                        std::optional<core::Seq> contents_after) {
  return sqlite::fenced("reading the outbox", [&] {
    return store_->batch(first, most_events, most_bytes, contents_after);
  });
}

core::Result<void> Outbox::keep(const wire::Receipt& receipt, std::string_view bytes) {
  const Identity& own = store_->identity;
  if (receipt.device != own.device || receipt.epoch != own.epoch) {
    return core::fail(Fault::kConflict, "the receipt is for device " + receipt.device.value +
                                            " epoch " + receipt.epoch.value);
  }
  return sqlite::fenced("keeping a receipt", [&]() -> core::Result<void> {
    if (sqlite::has_moved(*store_->database)) {
      return core::fail(Fault::kIo, "another journal stands in this one's place; open it anew");
    }
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
                             "INSERT OR REPLACE INTO receipt (last, bytes, at_ms, contents)"
                             " VALUES (?, ?, ?, ?)");
    insert.bind(1, receipt.last);
    sqlite::bind_blob(insert, 2, bytes);
    insert.bind(3, receipt.at_ms);
    if (receipt.contents) insert.bind(4, *receipt.contents);
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
