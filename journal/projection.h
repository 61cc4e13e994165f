#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

  /// The tables that it fills.
  static constexpr std::array kTables = {"consent",   "token",  "dossier",   "answer",
                                         "feedback",  "rating", "cell",      "five_cell",
                                         "sign_off",  "served", "case_step", "feedback_case",
                                         "staff_act", "person", "boot_time"};

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
  bool apply(const core::Event& event, const core::BootTime& time);
  bool apply(const core::Event& event, const core::Salvage& salvage);
  bool apply(const core::Event& event, const core::Compaction& compaction);
  bool apply(const core::Event& event, const core::Unknown& unknown);

  // projection_times.cc
  /// When something was recorded, as far as it is known now.
  struct Recorded {
    std::int64_t at_ms = 0;
    const char* state = "";
    bool waits = false;  // for the time of its boot
  };
  Recorded recorded(const core::Stamp& stamp);
  /// The boot and moment of what waits, from parameter `index` on.
  static void bind_waiting(SQLite::Statement& statement, int index, const Recorded& recorded,
                           const core::Stamp& stamp);
  void repair_ratings(const core::BootTime& time);
  void repair_feedback(const core::BootTime& time);

  // projection_staff.cc
  bool apply(const core::Event& event, const core::StaffAccount& account);
  bool apply(const core::Event& event, const core::StaffAct& act);
  bool apply(const core::Event& event, const core::Handling& handling);
  bool apply(const core::Event& event, const core::Served& served);
  bool apply(const core::Event& event, const core::SignOff& sign_off);

  // projection_sums.cc
  /// A rating as it stands now.
  struct Now {
    std::string day;
    int hour = 0;
    std::string counter;
    std::string field;
    int score = 0;
    bool flagged = false;
    bool superseded = false;
    std::int64_t nth = 0;
    int five_hour = 0;  // by which its five counts it
  };
  std::optional<Now> find_now(core::Seq rating);
  /// Adds the rating as it stands now to its cells, or takes it out of them (times = -1).
  void contribute(core::Seq rating, int times);
  void add_to_five(const Now& rating, int times);
  /// How many ratings there are.
  std::int64_t last_nth();
  /// After a rating was added: the five before it, if there is one, is seen from now on.
  void close_five();
  /// The rating, and those of the same dossier: whether they are superseded may change with it.
  std::vector<core::Seq> ratings_around(core::Seq rating, const core::Bytes32& key);
  /// Makes the case's words and alert what feedback and answers say.
  void refresh_case(core::Seq rating);

  SQLite::Database& database_;
  SQLite::Statement find_rating_;
  SQLite::Statement insert_rating_;
  SQLite::Statement correct_rating_;
  SQLite::Statement set_answer_;
  SQLite::Statement set_dossier_;
  SQLite::Statement insert_token_;
  SQLite::Statement insert_consent_;
  SQLite::Statement insert_feedback_;
  SQLite::Statement find_now_;
  SQLite::Statement find_last_nth_;
  SQLite::Statement find_fifth_day_;
  SQLite::Statement add_to_cell_;
  SQLite::Statement add_to_five_cell_;
};

}  // namespace hailong::journal
