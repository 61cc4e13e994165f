#include "journal/chain_walk.h"

#include <limits>

#include "core/chain.h"
#include "journal/remade.h"

namespace hailong::journal {

ChainWalk::ChainWalk(SQLite::Database& database, core::Seq seq, const core::Bytes32& head)
    : database_(database),
      from_(seq),
      find_event_(database, "SELECT bytes FROM event WHERE seq = ?") {
  found_.last = seq;
  found_.head = head;
}

ChainWalk::ChainWalk(SQLite::Database& database, const Anchor& anchor)
    : ChainWalk(database, anchor.seq, anchor.hash) {
  if (anchor.is_beginning()) from_ = std::numeric_limits<core::Seq>::min();
}

Verification ChainWalk::run(std::int64_t most, const Also& also) {
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

std::string ChainWalk::examine(core::Seq seq, SQLite::Statement& row, const Also& also) {
  if (seq != found_.last + 1) return "event " + std::to_string(found_.last + 1) + " is missing";
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

std::string ChainWalk::examine_body(const core::Event& event, SQLite::Statement& row) {
  const core::Bytes32* content = content_of(event.body);
  if (content == nullptr) return {};
  const bool is_left_out = is_contact(event.body) && !row.getColumn(6).isNull() &&
                           row.getColumn(6).getInt64() == kLeftOut;
  return is_left_out ? "" : examine_content(event.seq, *content, row);
}

std::string ChainWalk::examine_content(core::Seq seq, const core::Bytes32& digest,
                                       SQLite::Statement& row) {
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
bool ChainWalk::is_erasure(core::Seq seq, const core::Bytes32& digest) {
  find_event_.reset();
  find_event_.bind(1, seq);
  if (!find_event_.executeStep()) return false;
  const auto event = decoder_.decode(sqlite::view_of(find_event_.getColumn(0)));
  if (!event) return false;
  const auto* erasure = std::get_if<core::Erasure>(&event->body);
  return erasure != nullptr && erasure->content == digest;
}

}  // namespace hailong::journal
