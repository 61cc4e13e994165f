#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/event.h"
#include "core/result.h"
#include "journal/projection.h"
#include "sqlite/database.h"

/// For .cc files only.

namespace hailong::journal {

/// The content that an event promises, as its digest; nullptr for events without any.
const core::Bytes32* content_of(const core::Body& body);

/// Whether it left contact data.
bool is_contact(const core::Body& body);

/// `content.erased_by` of contact data that were not taken along when their journal was set aside.
inline constexpr core::Seq kLeftOut = 0;

/// A journal in memory that projections are made in, event by event. It holds no events and no
/// contents, but what was promised of contents: table `commitment` (digest, seq, erased_by).
class Remade {
 public:
  /// An empty one.
  Remade();
  /// As save() gave it, also from an older program. Errors: kCorrupt.
  static core::Result<Remade> load(std::string_view snapshot);

  /// Why the event cannot follow those before it; empty when it can.
  std::string apply(const core::Event& event);

  /// The whole of it, packed. Nothing can be applied behind that.
  std::string save();

  SQLite::Database& database() { return *database_; }

 private:
  explicit Remade(std::unique_ptr<SQLite::Database> database);
  void take_content(const core::Event& event);

  std::unique_ptr<SQLite::Database> database_;
  std::unique_ptr<Projection> projection_;
};

}  // namespace hailong::journal
