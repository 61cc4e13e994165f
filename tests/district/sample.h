#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "district/config.h"
#include "district/ingest/receiver.h"
#include "district/storage/devices.h"
#include "sqlite/database.h"
#include "tests/district/fake_kiosk.h"
#include "tests/temp_folder.h"

/// A district of its own for each test: the Kim Thành configuration, any free port, a store in a
/// temporary folder.

namespace hailong::district {

struct Setting {
  std::string request_seconds = "30";
  std::string batch_bytes = "1048576";
  std::string unpacked_bytes = "8388608";
  std::string public_url;
  std::string authority = "Ủy ban nhân dân thành phố Hải Phòng";
  std::string more;  // further tables
};

inline std::filesystem::path write_config(const std::filesystem::path& folder,
                                          const Setting& setting = {}) {
  const std::string data = HAILONG_SAMPLE_CONFIG;
  std::filesystem::path file = folder / "district.toml";
  std::ofstream(file)
      << "port = 0\ndata_dir = \"data\"\nunits = \"" << data << "/units.csv\"\nsuccessors = \""
      << data << "/unit-successors.csv\"\nfields = \"" << data << "/fields.csv\"\nprogramme = \""
      << data << "/../programme.toml\"\nholidays = \"" << data
      << "/../public-holidays.csv\"\nfeedback = \"" << data << "/../feedback.toml\"\n"
      << (setting.public_url.empty() ? "" : "[http]\npublic_url = \"" + setting.public_url + "\"\n")
      << "[authority]\nname = '" << setting.authority
      << "'\ncode = \"31\"\n[limits]\nrequest_seconds = " << setting.request_seconds
      << "\nbatch_bytes = " << setting.batch_bytes
      << "\nunpacked_bytes = " << setting.unpacked_bytes << "\n"
      << setting.more << "\n";
  return file;
}

inline void register_kiosk(storage::Store& store, const FakeKiosk& kiosk,
                           const std::string& unit = "10750") {
  must(storage::Devices(store).add(
      {kiosk.device(), core::UnitCode{unit}, core::CounterId{"q1"}, "", kiosk.key().public_key()},
      kNoon));
}

/// Looks into a store's file from beside.
class Peek {
 public:
  explicit Peek(const std::filesystem::path& data_dir)
      : database_((data_dir / storage::kStoreFile).string(), SQLite::OPEN_READWRITE, 5000) {}

  std::int64_t number(const std::string& sql) { return database_.execAndGet(sql).getInt64(); }
  std::string text(const std::string& sql) { return database_.execAndGet(sql).getString(); }
  SQLite::Database& database() { return database_; }

  /// Rows of every table. `state` alone is left out: the health check writes it.
  std::map<std::string, std::int64_t> counts() {
    std::map<std::string, std::int64_t> counts;
    SQLite::Statement tables(database_,
                             "SELECT name FROM sqlite_master WHERE type = 'table' "
                             "AND name NOT LIKE 'sqlite%' AND name <> 'state'");
    while (tables.executeStep()) {
      const std::string name = tables.getColumn(0).getString();
      counts[name] = number("SELECT count(*) FROM " + name);
    }
    return counts;
  }

  /// Everything derived, as one text.
  std::string projections() {
    return dump(
               "SELECT stream_id, seq, day, unit_id, field_id, counter_id, score, flags, "
               "superseded, rating.later FROM rating JOIN cell ON cell.id = cell_id ORDER BY 1, "
               "2") +
           roll_ups() + kept_sums() + dump("SELECT * FROM quarantine ORDER BY 1, 2") +
           dump("SELECT * FROM answer ORDER BY 1, 2, 3") +
           dump(
               "SELECT stream_id, rating_seq, unit_id, hex(key), rated_at, procedure_id, field_id, "
               "seq FROM dossier ORDER BY 1, 2") +
           dump("SELECT stream_id, seq, rating_seq, hex(digest) FROM visit_token ORDER BY 1, 2") +
           dump("SELECT * FROM consent ORDER BY 1, 2") +
           dump("SELECT * FROM feedback_case ORDER BY 1, 2") +
           dump("SELECT * FROM case_words ORDER BY 1, 2") +
           dump("SELECT stream_id, seq, hour, linked, excluded FROM rating ORDER BY 1, 2");
  }

  /// Counts, then reasons, then what is left out.
  std::string roll_ups() {
    return dump(
               "SELECT day, unit_id, field_id, counter_id, n1, n2, n3, n4, n5, flagged FROM cell "
               "WHERE n1 + n2 + n3 + n4 + n5 + flagged > 0 ORDER BY 1, 2, 3, 4") +
           dump(
               "SELECT day, unit_id, field_id, counter_id, reason, n FROM cell_flag "
               "JOIN cell ON id = cell_id ORDER BY 1, 2, 3, 4, 5") +
           dump(
               "SELECT day, unit_id, field_id, counter_id, 'left out', left_out FROM cell "
               "WHERE left_out <> 0 ORDER BY 1, 2, 3, 4");
  }

  /// What decisions leave out and what is about dossiers; then months, hours and answers.
  std::string kept_sums() {
    return dump(
               "SELECT day, unit_id, field_id, counter_id, x1, x2, x3, x4, x5, linked, later FROM "
               "cell WHERE x1 + x2 + x3 + x4 + x5 + linked + later > 0 ORDER BY 1, 2, 3, 4") +
           dump(
               "SELECT * FROM month_cell WHERE n1 + n2 + n3 + n4 + n5 + flagged > 0 "
               "ORDER BY 1, 2, 3") +
           dump("SELECT * FROM month_flag WHERE n <> 0 ORDER BY 1, 2, 3, 4") +
           dump("SELECT * FROM hour_cell WHERE n1 + n2 + n3 + n4 + n5 > 0 ORDER BY 1, 2, 3") +
           dump("SELECT * FROM answer_cell WHERE n <> 0 ORDER BY 1, 2, 3, 4");
  }

  std::string dump(const std::string& sql) {
    std::string text;
    SQLite::Statement query(database_, sql);
    while (query.executeStep()) {
      for (int i = 0; i < query.getColumnCount(); ++i) {
        text += (i == 0 ? "" : "|") + query.getColumn(i).getString();
      }
      text += "\n";
    }
    return text;
  }

 private:
  SQLite::Database database_;
};

/// Store and receiver without HTTP.
class Reception {
 public:
  Reception()
      : config_(must(read_config(write_config(folder_.path())))),
        store_(must(storage::Store::open(config_.data_dir))),
        receiver_(store_, config_.rules.units, config_.limits.unpacked_bytes) {}

  ingest::Answer take(const FakeKiosk& kiosk, const std::string& body,
                      std::int64_t now_ms = kNoon) {
    return must(receiver_.receive(kiosk.device(), body, now_ms));
  }
  ingest::Answer take(const FakeKiosk& kiosk) { return take(kiosk, kiosk.sealed()); }

  Config& config() { return config_; }
  storage::Store& store() { return store_; }
  ingest::Receiver& receiver() { return receiver_; }
  Peek peek() { return Peek(config_.data_dir); }

 private:
  tests::TempFolder folder_;
  Config config_;
  storage::Store store_;
  ingest::Receiver receiver_;
};

inline ingest::Refused refused(const ingest::Answer& answer) {
  const auto* refusal = std::get_if<ingest::Refused>(&answer);
  if (refusal == nullptr) {
    ADD_FAILURE() << "the batch was taken";
    return {};
  }
  return *refusal;
}

inline ingest::Accepted accepted(const ingest::Answer& answer) {
  const auto* taken = std::get_if<ingest::Accepted>(&answer);
  if (taken == nullptr) {
    ADD_FAILURE() << "refused: " << std::get<ingest::Refused>(answer).detail;
    return {};
  }
  return *taken;
}

}  // namespace hailong::district
