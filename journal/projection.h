#pragma once

#include "core/event.h"
#include "sqlite/database.h"

/// What the views show, derived from the events: one function makes it, at append and at a rebuild.
/// For .cc files only.

namespace hailong::journal {

class Projection {
 public:
  explicit Projection(SQLite::Database& database);

  /// Takes an event into the projections. Throws SQLite::Exception. Returns false for an event that
  /// refers to a rating that does not exist; nothing is changed then.
  bool apply(const core::Event& event);

  /// Empties the projections.
  void clear();

 private:
  void apply(core::Seq seq, const core::Stamp& stamp, const core::Rating& rating);
  bool apply(const core::Correction& correction);
  bool apply(core::Seq seq, const core::Stamp& stamp, const core::Feedback& feedback);

  SQLite::Database& database_;
  SQLite::Statement insert_rating_;
  SQLite::Statement correct_rating_;
  SQLite::Statement insert_feedback_;
};

}  // namespace hailong::journal
