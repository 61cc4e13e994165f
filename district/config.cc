#include "district/config.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "core/chain.h"
#include "program/case_limits.h"
#include "program/config.h"

namespace hailong::district {
namespace {

using core::Failure;

constexpr std::int64_t kMebibyte = 1 << 20;
constexpr std::array<std::string_view, 4> kLogLevels = {"debug", "info", "warn", "error"};

/// "https://host" or "http://host:port", without a path.
bool is_origin(std::string_view url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!url.starts_with(scheme)) continue;
    const std::string_view host = url.substr(scheme.size());
    return !host.empty() && host.find_first_of("/?#@ ") == std::string_view::npos;
  }
  return false;
}

/// Whether only this machine reaches the address.
bool is_loopback(const std::string& address) {
  in_addr v4{};
  if (inet_pton(AF_INET, address.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24U) == 127;
  return address == "::1";
}

std::optional<TlsFiles> read_tls(program::Section section) {
  const auto certificate = section.path("certificate");
  const auto key = section.path("key");
  const auto client_ca = section.path("client_ca");
  if (!certificate && !key && !client_ca) return std::nullopt;
  if (!certificate) section.expected("certificate", "the path of the server's certificate in PEM");
  if (!key) section.expected("key", "the path of the certificate's key in PEM");
  return TlsFiles{certificate.value_or(""), key.value_or(""), client_ca.value_or("")};
}

struct DataFiles {
  std::filesystem::path units;
  std::filesystem::path successors;
  std::filesystem::path fields;
  std::filesystem::path programme;
  std::filesystem::path holidays;
  std::filesystem::path feedback;
  std::filesystem::path names;  // empty: none are known
};

Limits read_limits(program::Section section) {
  Limits limits;
  const auto bytes = [&](const char* key, std::size_t usual) {
    return static_cast<std::size_t>(
        section.integer(key, 1024, 256 * kMebibyte).value_or(static_cast<std::int64_t>(usual)));
  };
  limits.batch_bytes = bytes("batch_bytes", limits.batch_bytes);
  limits.unpacked_bytes = bytes("unpacked_bytes", limits.unpacked_bytes);
  if (const auto seconds = section.integer("request_seconds", 1, 3600)) {
    limits.request_deadline = std::chrono::seconds(*seconds);
  }
  return limits;
}

reports::Letterhead read_letterhead(program::Section section, const std::string& authority) {
  reports::Letterhead letterhead;
  letterhead.issuer = authority;
  letterhead.superior = section.text("superior").value_or("");
  letterhead.symbol = section.text("symbol").value_or("BC-UBND");
  letterhead.place = section.text("place").value_or("……………");
  letterhead.addressees = section.texts("addressees");
  letterhead.recipients = section.texts("recipients");
  letterhead.signature = section.texts("signature");
  return letterhead;
}

std::optional<webhook::Settings> read_webhook(program::Section section) {
  const auto url = section.text("url");
  const auto secret = section.text("secret");
  if (!url && !secret) return std::nullopt;
  const auto key = webhook::key_of(secret.value_or(""));
  if (!webhook::is_safe_url(url.value_or(""))) {
    section.expected("url", "https://…, or http:// to this machine itself");
  }
  if (!key) section.expected("secret", "whsec_ and 24 to 64 bytes in base64");
  return webhook::Settings{url.value_or(""), key.value_or("")};
}

core::OpeningHours::Span read_working_hours(program::Section section,
                                            const core::OpeningHours::Span& usual) {
  const auto from = section.text("work_from");
  const auto to = section.text("work_to");
  if (!from && !to) return usual;
  const core::OpeningHours::Entry entry{"mon", from.value_or(""), to.value_or("")};
  const auto hours = core::OpeningHours::parse({&entry, 1});
  if (hours) return hours->by_weekday[0][0];
  section.expected("work_from", "two times, \"HH:MM\", work_to after work_from");
  return usual;
}

storage::Retention read_retention(program::Section section) {
  storage::Retention retention;
  const auto days = [&](const char* key, int usual) {
    return static_cast<int>(section.integer(key, 1, 36'500).value_or(usual));
  };
  retention.words_days = days("words_days", retention.words_days);
  retention.words_days_after_close =
      days("words_days_after_close", retention.words_days_after_close);
  return retention;
}

DataFiles read_keys(program::Section root, Config& config) {
  config.listen = root.text("listen").value_or("127.0.0.1");
  config.port = static_cast<std::uint16_t>(root.integer("port", 0, 65535).value_or(8480));
  config.data_dir = root.required_path("data_dir");
  config.postgres = root.table("store").text("postgres").value_or("");
  config.log_level = root.text("log_level").value_or("info");
  if (std::find(kLogLevels.begin(), kLogLevels.end(), config.log_level) == kLogLevels.end()) {
    root.expected("log_level", "debug, info, warn or error");
  }
  program::Section http = root.table("http");
  config.public_url = http.text("public_url").value_or("");
  if (!config.public_url.empty() && !is_origin(config.public_url)) {
    http.expected("public_url", "https://HOST, without a path");
  }
  config.tls = read_tls(root.table("tls"));
  if (!is_loopback(config.listen) && !config.tls && !is_https(config)) {
    root.expected("listen",
                  "an address of this machine alone, such as 127.0.0.1, unless [tls] is there or "
                  "[http] public_url names a TLS proxy in front");
  }
  program::Section authority = root.table("authority");
  config.authority_name = authority.required_text("name");
  config.rules.authority.value = authority.required_text("code");
  config.letterhead = read_letterhead(root.table("report"), config.authority_name);
  config.webhook = read_webhook(root.table("webhook"));
  config.limits = read_limits(root.table("limits"));
  config.later_days =
      static_cast<int>(root.table("later").integer("days", 1, 365).value_or(config.later_days));
  config.working_hours = read_working_hours(root.table("devices"), config.working_hours);
  config.retention = read_retention(root.table("retention"));
  config.dossier_keys = root.table("erasure").path("dossier_keys").value_or("");
  config.kiosk_folder = root.table("kiosks").path("folder").value_or("");
  return {root.required_path("units"),    root.required_path("successors"),
          root.required_path("fields"),   root.required_path("programme"),
          root.required_path("holidays"), root.required_path("feedback"),
          root.path("names").value_or("")};
}

/// Reads the data files, and takes their bytes into the fingerprint.
core::Result<void> read_data(const DataFiles& files, Config& config) {
  constexpr std::size_t kFiles = 6;
  const std::array<const std::filesystem::path*, kFiles> paths = {
      &files.units,     &files.successors, &files.fields,
      &files.programme, &files.holidays,   &files.feedback};
  std::array<std::string, kFiles> texts;
  config.fingerprint = core::chain_next({}, config.rules.authority.value + config.authority_name);
  for (std::size_t i = 0; i < kFiles; ++i) {
    auto text = program::read_text_file(*paths[i]);
    if (!text) return Failure(text.error());
    texts[i] = std::move(*text);
    config.fingerprint = core::chain_next(config.fingerprint, texts[i]);
  }
  auto units = core::UnitRegister::parse(texts[0], texts[1]);
  if (!units) return core::fail(units.error(), files.units.parent_path().string());
  const core::Unit* authority = units->last_of(config.rules.authority);
  if (authority == nullptr) {
    return core::fail(core::Fault::kInvalid, files.units.string() +
                                                 ": no unit bears the code of [authority], " +
                                                 config.rules.authority.value);
  }
  config.authority_level = authority->kind;
  auto fields = scoring::ProcedureFields::parse(texts[2]);
  if (!fields) return core::fail(fields.error(), files.fields.parent_path().string());
  auto programmes = scoring::Programmes::read(files.programme);
  if (!programmes) return Failure(programmes.error());
  auto calendar = core::WorkingCalendar::parse(texts[4]);
  if (!calendar) return core::fail(calendar.error(), files.holidays.parent_path().string());
  auto case_limits = program::read_case_limits(files.feedback);
  if (!case_limits) return Failure(case_limits.error());
  if (!files.names.empty()) {
    const auto text = program::read_text_file(files.names);
    if (!text) return Failure(text.error());
    auto names = feedback::DeskNames::parse(*text);
    if (!names) return core::fail(names.error(), files.names.string());
    config.desk_names = std::move(*names);
  }
  config.rules.units = std::move(*units);
  config.rules.fields = std::move(*fields);
  config.rules.programmes = std::move(*programmes);
  config.rules.calendar = config.calendar = std::move(*calendar);
  config.rules.case_limits = config.case_limits = std::move(*case_limits);
  return {};
}

}  // namespace

core::Result<Config> read_config(const std::filesystem::path& path) {
  auto file = program::ConfigFile::read(path);
  if (!file) return Failure(file.error());
  Config config;
  const DataFiles files = read_keys(file->root(), config);
  if (auto done = file->finish(); !done) return Failure(done.error());
  if (auto read = read_data(files, config); !read) return Failure(read.error());
  return config;
}

}  // namespace hailong::district
