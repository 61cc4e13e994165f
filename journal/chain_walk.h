#pragma once

#include <functional>

#include "journal/anchor.h"
#include "journal/reader.h"
#include "sqlite/database.h"
#include "wire/event_codec.h"

/// For .cc files only.

namespace hailong::journal {

/// Walks events in order and holds each against the chain and its content.
class ChainWalk {
 public:
  /// What else is wrong with an event; empty for nothing.
  using Also = std::function<std::string(const core::Event&)>;

  static constexpr std::int64_t kAll = -1;  // as SQLite's LIMIT takes it

  /// Goes on behind event `seq`, whose chain hash is `head`.
  ChainWalk(SQLite::Database& database, core::Seq seq, const core::Bytes32& head);
  /// Goes on from the anchor. Nothing may stand before an epoch's first event; what was compacted
  /// away may still be there in parts.
  ChainWalk(SQLite::Database& database, const Anchor& anchor);

  /// At most `most` events. Throws SQLite::Exception.
  Verification run(std::int64_t most, const Also& also);

 private:
  std::string examine(core::Seq seq, SQLite::Statement& row, const Also& also);
  std::string examine_body(const core::Event& event, SQLite::Statement& row);
  std::string examine_content(core::Seq seq, const core::Bytes32& digest, SQLite::Statement& row);
  bool is_erasure(core::Seq seq, const core::Bytes32& digest);

  SQLite::Database& database_;
  core::Seq from_;
  SQLite::Statement find_event_;
  wire::EventDecoder decoder_;
  Verification found_;
};

}  // namespace hailong::journal
