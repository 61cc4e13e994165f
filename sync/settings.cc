#include "sync/settings.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "program/config.h"
#include "wire/enrolment_file.h"

namespace hailong::sync {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

Url parse_url(const std::string& text) {
  Url url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return nullptr;
  return url;
}

/// Empty when the URL has no such part.
std::string part_of(const Url& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return {};
  std::string copy = text;
  curl_free(text);
  return copy;
}

bool is_loopback(const std::string& host) {
  if (host == "localhost" || host == "[::1]") return true;
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24U) == 127;
}

std::optional<std::filesystem::path> pem_file(program::Section& section, const char* key,
                                              const std::string& holding) {
  auto file = section.path(key);
  if (file && !std::filesystem::is_regular_file(*file)) {
    section.expected(key, "the path of a file with " + holding + " in PEM");
  }
  return file;
}

void read_district(program::Section section, Settings& settings) {
  settings.url = section.required_text("url");
  if (!settings.url.empty() && !is_district_url(settings.url)) {
    section.expected("url", "https://HOST, or http://127.0.0.1:PORT on this machine");
  }
  while (settings.url.ends_with('/')) settings.url.pop_back();
  const std::string key = section.text("public_key").value_or("");
  settings.district = core::bytes32_from_hex(key).value_or(wire::PublicKey{});
  if (!key.empty() && settings.district == wire::PublicKey{}) {
    section.expected("public_key", "64 hex digits, as hailong-district admin key prints them");
  }
  Certificates& certificates = settings.certificates;
  certificates.ca = pem_file(section, "ca_file", "certificates");
  certificates.client = pem_file(section, "client_certificate", "a certificate");
  certificates.key = pem_file(section, "client_key", "a key");
  if (certificates.client.has_value() != certificates.key.has_value()) {
    section.expected("client_key", "the key of client_certificate; both, or none of them");
  }
}

/// A former version's keys: whoever upgrades is told what to write instead.
void refuse_former_keys(program::Section& section) {
  if (section.has("settle_ms")) {
    section.expected("settle_ms",
                     "age_seconds in its place, how long an event may wait: "
                     "docs/operating.md, After an upgrade");
  }
  if (section.has("check_seconds")) {
    section.expected("check_seconds",
                     "nothing in its place, take the line out: "
                     "docs/operating.md, After an upgrade");
  }
}

void read_batch(program::Section section, Settings& settings) {
  refuse_former_keys(section);
  RetryRules& retry = settings.retry;
  retry.most_events = section.integer("most_events", 1, 500).value_or(retry.most_events);
  settings.most_bytes =
      section.integer("most_bytes", 1024, 4'194'304).value_or(settings.most_bytes);
  if (const auto age = section.integer("age_seconds", 0, 86'400)) settings.age = seconds(*age);
}

/// What a metered link changes, [batch] may say otherwise.
void read_link(program::Section section, Settings& settings) {
  settings.metered = section.boolean("metered").value_or(false);
  if (settings.metered) settings.age = std::chrono::hours(1);
  settings.most_bytes_per_second =
      section.integer("most_bytes_per_second", 1000, 1'000'000'000).value_or(0);
}

void read_retry(program::Section section, RetryRules& retry) {
  constexpr std::int64_t kDay = 86'400;
  if (const auto first = section.integer("first_ms", 1, kDay * 1000)) {
    retry.first = milliseconds(*first);
  }
  if (const auto most = section.integer("most_ms", 1, kDay * 1000)) {
    retry.most = milliseconds(*most);
  }
  if (retry.most < retry.first) {
    section.expected("most_ms", "at least first_ms, " + std::to_string(retry.first.count()));
  }
  if (const auto refused = section.integer("refused_seconds", 1, kDay)) {
    retry.refused = seconds(*refused);
  }
}

void read_log_level(program::Section section, std::string& level) {
  constexpr std::array kLevels = {"debug", "info", "warn", "error"};
  level = section.text("log_level").value_or(level);
  if (std::find(kLevels.begin(), kLevels.end(), level) == kLevels.end()) {
    section.expected("log_level", "\"debug\", \"info\", \"warn\" or \"error\"");
  }
}

}  // namespace

core::Result<bool> learn_district(Settings& settings) {
  const auto enrolment = wire::read_enrolment(settings.data_dir);
  const bool is_configured = settings.district != wire::PublicKey{};
  if (!enrolment) {
    if (enrolment.error().fault == core::Fault::kNotFound) return is_configured;
    return core::Failure(enrolment.error());
  }
  if (is_configured && settings.district != enrolment->district) {
    return core::fail(core::Fault::kConflict,
                      "district.public_key is not the key of the district that enrolled this "
                      "machine; take it out, or enrol the machine anew");
  }
  settings.district = enrolment->district;
  return true;
}

bool is_loopback_url(const std::string& url) {
  const Url parsed = parse_url(url);
  return parsed && is_loopback(part_of(parsed, CURLUPART_HOST));
}

bool is_district_url(const std::string& url) {
  const Url parsed = parse_url(url);
  if (!parsed || url.find("://") == std::string::npos) return false;
  for (const CURLUPart part :
       {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
    if (!part_of(parsed, part).empty()) return false;
  }
  const std::string scheme = part_of(parsed, CURLUPART_SCHEME);
  return scheme == "https" || (scheme == "http" && is_loopback(part_of(parsed, CURLUPART_HOST)));
}

core::Result<Settings> read_settings(const std::filesystem::path& path) {
  auto file = program::ConfigFile::read(path);
  if (!file) return core::Failure(file.error());
  program::Section root = file->root();
  Settings settings;
  settings.data_dir = root.required_path("data_dir");
  read_log_level(root, settings.log_level);
  settings.sharing.dossier_codes =
      root.boolean("upload_dossier_codes").value_or(settings.sharing.dossier_codes);
  read_district(root.table("district"), settings);
  read_link(root.table("link"), settings);
  read_batch(root.table("batch"), settings);
  read_retry(root.table("retry"), settings.retry);
  if (auto done = file->finish(); !done) return core::Failure(done.error());
  return settings;
}

}  // namespace hailong::sync
