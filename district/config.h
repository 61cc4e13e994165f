#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/case_deadlines.h"
#include "core/hex.h"
#include "core/opening_hours.h"
#include "core/result.h"
#include "core/working_days.h"
#include "district/feedback/desk_names.h"
#include "district/reports/letterhead.h"
#include "district/scoring/score_table.h"
#include "district/storage/contents.h"
#include "district/storage/device_states.h"
#include "district/webhook/settings.h"

namespace hailong::district {

/// Files in PEM.
struct TlsFiles {
  std::filesystem::path certificate;
  std::filesystem::path key;
  std::filesystem::path client_ca;  // empty: kiosks need no certificate
};

struct Limits {
  std::size_t batch_bytes = 1 << 20;
  std::size_t unpacked_bytes = 8 << 20;
  std::chrono::milliseconds request_deadline{30'000};
};

/// All that district.toml says, with the data files that it names. config/kim-thanh/district.toml
/// explains every key.
struct Config {
  std::string listen;
  std::uint16_t port = 0;
  std::string public_url;  // "https://hai-long.example": how browsers reach it; empty: directly
  std::optional<TlsFiles> tls;  // nothing: plain HTTP
  std::filesystem::path data_dir;
  std::string postgres;  // libpq URL of the store; empty: SQLite in data_dir
  std::string log_level;
  std::string authority_name;
  std::string authority_level;  // its kind by units.csv: "huyện", "thành phố", "tỉnh"
  scoring::Rules rules;
  core::WorkingCalendar calendar;
  core::OpeningHours::Span working_hours{7 * 60, 17 * 60 + 30};  // when kiosks are expected to run
  core::CaseLimits case_limits;
  feedback::DeskNames desk_names;
  reports::Letterhead letterhead;
  std::optional<webhook::Settings> webhook;  // nothing: nobody is told
  Limits limits;
  int later_days = 7;  // a visit can be rated from home on so many days after it
  storage::Retention retention;
  std::filesystem::path dossier_keys;  // folder of the kiosks' dossier secrets; empty: none
  std::filesystem::path
      kiosk_folder;             // what kiosks are told (kiosks/config_files.h); empty: nothing
  core::Bytes32 fingerprint{};  // of everything that scores depend on beside the ratings
};

/// Whether browsers reach the pages by HTTPS, directly or through a proxy.
inline bool is_https(const Config& config) {
  return config.public_url.empty() ? config.tls.has_value()
                                   : config.public_url.starts_with("https://");
}

inline storage::WorkingClock working_clock(const Config& config, std::int64_t now_ms) {
  return {now_ms, config.calendar, config.working_hours};
}

/// Errors: kNotFound, kInvalid, with file, line, key and what was expected.
core::Result<Config> read_config(const std::filesystem::path& path);

}  // namespace hailong::district
