#pragma once

#include "core/event.h"
#include "sqlite/database.h"

/// What the views show, derived from the events: one function makes it, at append, at a rebuild,
/// and when an auditor compares. For .cc files only.

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
  bool is_rating(core::Seq seq);
  bool apply(const core::Event& event, const core::Rating& rating);
  bool apply(const core::Event& event, const core::Correction& correction);
  bool apply(const core::Event& event, const core::Answers& answers);
  bool apply(const core::Event& event, const core::Dossier& dossier);
  bool apply(const core::Event& event, const core::Token& token);
  bool apply(const core::Event& event, const core::Consent& consent);
  bool apply(const core::Event& event, const core::Feedback& feedback);
  /// An erasure shows through the content table; an unknown kind is shown by newer programs.
  bool apply(const core::Event& event, const core::Erasure& erasure);
  bool apply(const core::Event& event, const core::Unknown& unknown);

  SQLite::Database& database_;
  SQLite::Statement find_rating_;
  SQLite::Statement insert_rating_;
  SQLite::Statement correct_rating_;
  SQLite::Statement set_answer_;
  SQLite::Statement set_dossier_;
  SQLite::Statement insert_token_;
  SQLite::Statement insert_consent_;
  SQLite::Statement insert_feedback_;
};

}  // namespace hailong::journal
