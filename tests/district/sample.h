#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "district/config.h"
#include "district/ingest/receiver.h"
#include "district/storage/devices.h"
#include "tests/district/fake_kiosk.h"
#include "tests/district/peek.h"
#include "tests/temp_folder.h"

/// A district of its own for each test: the Kim Thành configuration, any free port, a store in a
/// temporary folder.

namespace hailong::district {

struct Setting {
  std::string request_seconds = "30";
  std::string batch_bytes = "1048576";
  std::string unpacked_bytes = "8388608";
  std::string public_url;
  std::optional<std::string> postgres;  // of [store]; not set: what the suite runs on
  std::string authority = "Ủy ban nhân dân thành phố Hải Phòng";
  std::string units = HAILONG_SAMPLE_CONFIG "/units.csv";
  std::string fields = HAILONG_SAMPLE_CONFIG "/fields.csv";
  std::string names;  // file of names; empty: none
  std::string more;   // further tables
};

inline std::filesystem::path write_config(const std::filesystem::path& folder,
                                          const Setting& setting = {}) {
  const std::string data = HAILONG_SAMPLE_CONFIG;
  std::filesystem::path file = folder / "district.toml";
  const std::string postgres =
      setting.postgres ? *setting.postgres : test_postgres(folder / "data");
  std::ofstream(file)
      << "port = 0\ndata_dir = \"data\"\nunits = \"" << setting.units << "\"\nsuccessors = \""
      << data << "/unit-successors.csv\"\nfields = \"" << setting.fields << "\"\nprogramme = \""
      << data << "/../programme.toml\"\nholidays = \"" << data
      << "/../public-holidays.csv\"\nfeedback = \"" << data << "/../feedback.toml\"\n"
      << (setting.names.empty() ? "" : "names = \"" + setting.names + "\"\n")
      << (setting.public_url.empty() ? "" : "[http]\npublic_url = \"" + setting.public_url + "\"\n")
      << (postgres.empty() ? "" : "[store]\npostgres = \"" + postgres + "\"\n")
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
      {"test", kNoon}));
}

/// Store and receiver without HTTP.
class Reception {
 public:
  Reception()
      : config_(must(read_config(write_config(folder_.path())))),
        store_(must(storage::Store::open(config_.data_dir, config_.postgres))),
        receiver_(store_, config_.rules.units, {config_.case_limits, config_.calendar},
                  config_.limits.unpacked_bytes) {}

  ingest::Answer take(const FakeKiosk& kiosk, const std::string& body, std::int64_t now_ms) {
    return must(receiver_.receive(kiosk.device(), body, now_ms));
  }
  /// As soon as it can have happened.
  ingest::Answer take(const FakeKiosk& kiosk, const std::string& body) {
    return take(kiosk, body, kiosk.now_ms());
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
