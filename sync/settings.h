#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/result.h"
#include "journal/outbox.h"
#include "sync/step.h"
#include "sync/transport.h"
#include "wire/signing.h"

namespace hailong::sync {

/// sync.toml, read and checked. The sample in config/kim-thanh/ explains every key.
struct Settings {
  std::filesystem::path data_dir;
  std::string log_level = "info";
  journal::Sharing sharing;
  std::string url;             // of the district, without a slash at its end
  wire::PublicKey district{};  // whose receipts count; zeros: the enrolment says
  Certificates certificates;
  std::int64_t most_bytes = 262'144;
  std::chrono::milliseconds age{std::chrono::minutes{25}};  // an event waits for others
  /// Between signs of life: longer than the age, so that events can stand in for one.
  std::chrono::milliseconds heartbeat{std::chrono::minutes{30}};
  bool metered = false;                    // words wait for the evening
  std::int64_t most_bytes_per_second = 0;  // see sync.toml; 0: as fast as it goes
  RetryRules retry;
};

/// Errors: those of program::ConfigFile, with file, line, key and what was expected.
core::Result<Settings> read_settings(const std::filesystem::path& file);

/// Takes the district's key from the enrolment in data_dir, if there is one. True when it is known
/// now. Errors: kConflict when the configuration names another one, those of wire::read_enrolment.
core::Result<bool> learn_district(Settings& settings);

/// True for "https://…", and for "http://…" on this machine itself: elsewhere words and contact
/// data would travel readable. No user, query or fragment.
bool is_district_url(const std::string& url);

/// True when the URL's host is this machine.
bool is_loopback_url(const std::string& url);

}  // namespace hailong::sync
