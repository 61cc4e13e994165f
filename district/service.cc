#include "district/service.h"

#include <optional>

#include "district/access/gate.h"
#include "district/access/secrets.h"
#include "district/api/batches.h"
#include "district/api/device_config.h"
#include "district/api/dossiers.h"
#include "district/api/enrolment.h"
#include "district/api/feedback.h"
#include "district/api/health.h"
#include "district/api/heartbeats.h"
#include "district/api/openapi.h"
#include "district/api/programme.h"
#include "district/api/scores.h"
#include "district/api/sign_offs.h"
#include "district/clock.h"
#include "district/http/server.h"
#include "district/ingest/receiver.h"
#include "district/retention.h"
#include "district/web/account_pages.h"
#include "district/web/appraisal_pages.h"
#include "district/web/audit_page.h"
#include "district/web/device_pages.h"
#include "district/web/erasure_pages.h"
#include "district/web/feedback_pages.h"
#include "district/web/flag_pages.h"
#include "district/web/later_pages.h"
#include "district/web/login.h"
#include "district/web/programme_pages.h"
#include "district/web/report_pages.h"
#include "district/web/score_pages.h"
#include "district/web/served_pages.h"
#include "district/web/sign_off_pages.h"
#include "district/web/static_files.h"
#include "district/webhook/conflicts.h"
#include "district/webhook/courier.h"
#include "district/webhook/overdue.h"
#include "district/webhook/score_drops.h"
#include "program/config.h"
#include "wire/enrolment.h"
#include "wire/key_change.h"
#include "wire/key_file.h"

namespace hailong::district {
namespace {

core::Result<std::optional<http::TlsSettings>> read_tls_files(
    const std::optional<TlsFiles>& files) {
  if (!files) return std::optional<http::TlsSettings>();
  http::TlsSettings tls;
  for (const auto& [file, text] :
       {std::pair(&files->certificate, &tls.certificate), std::pair(&files->key, &tls.key),
        std::pair(&files->client_ca, &tls.client_ca)}) {
    if (file->empty()) continue;
    auto read = program::read_text_file(*file);
    if (!read) return core::Failure(read.error());
    *text = std::move(*read);
  }
  return std::optional(std::move(tls));
}

}  // namespace

/// Members are destroyed from the last to the first: the server before everything that it calls.
struct Service::Parts {
  Config config;
  storage::Store store;
  wire::SigningKey key;
  access::Gate gate{store, config.rules.units};
  ingest::Receiver receiver{store,
                            config.rules.units,
                            {config.case_limits, config.calendar},
                            config.limits.unpacked_bytes};
  api::Batches batches{receiver, key};
  api::DeviceConfigEndpoint device_config{store, key};
  api::EnrolmentEndpoint enrolment{store, key};
  api::Heartbeats heartbeats{store, key};
  api::Scores scores{store, config};
  api::FeedbackList feedback_list{store, config};
  http::AnswerCounts answers;
  api::Health health{store, config, batches.counts(), answers};
  api::ProgrammeEndpoint programme{store, config};
  api::DossierEndpoint dossiers{store, config};
  web::AppraisalPages appraisal_pages{store, config};
  web::ProgrammePages programme_pages{store, config};
  web::ServedPages served_pages{store, config, key};
  web::Login login{gate, config};
  web::AccountPages account_pages{store, gate, config};
  web::AuditPage audit_page{store};
  web::ScorePages score_pages{store, config};
  web::DevicePages device_pages{store, config};
  web::FlagPages flag_pages{store, receiver, config};
  web::ReportPages report_pages{store, config};
  web::LaterPages later{store, config};
  web::ErasurePages erasure{store, config, key};
  web::FeedbackPages feedback_pages{store, config};
  web::SignOffPages sign_off_pages{store, config};
  api::SignOffList sign_off_list{store, config};
  web::Site site{gate, config};
  RetentionTimer retention{store, config, key};
  storage::RollUpReader roll_ups{store};
  feedback::TimelinessReader timeliness{store, config.case_limits, config.calendar};
  storage::DeviceStates device_states{store};
  std::optional<webhook::Courier> courier;
  std::optional<http::Server> server;

  Parts(Config settings, storage::Store opened, wire::SigningKey own_key)
      : config(std::move(settings)), store(std::move(opened)), key(std::move(own_key)) {}

  void start_courier() {
    if (!config.webhook) return;
    std::vector<webhook::Courier::Watch> watches;
    watches.emplace_back([this](std::int64_t now_ms) {
      return webhook::overdue_feedback(timeliness, config.rules.units, now_ms);
    });
    watches.emplace_back([this](std::int64_t now_ms) {
      return webhook::score_drops(roll_ups, config.rules, now_ms);
    });
    watches.emplace_back([this](std::int64_t now_ms) {
      return webhook::journal_conflicts(device_states, config.rules.units, now_ms);
    });
    courier.emplace(*config.webhook, store, std::move(watches), webhook::Courier::Pace{});
  }

  void add_routes() {
    using http::Request;
    site.open("GET", "/healthz", [this](const Request&) { return health.health(); });
    site.open("GET", "/metrics", [this](const Request&) { return health.metrics(); });
    site.kiosk(
        "POST", "/api/v1/devices/{}/batches",
        [this](const Request& request) { return batches.post(request); }, config.limits.batch_bytes,
        [this](const Request& request) { return batches.too_large(request); });
    site.kiosk("GET", "/api/v1/devices/{}/config",
               [this](const Request& request) { return device_config.get(request); });
    site.kiosk(
        "POST", "/api/v1/enrol",
        [this](const Request& request) {
          return enrolment.enrol(request, web::client_address(request, config));
        },
        wire::kLongestEnrolment);
    site.kiosk(
        "POST", "/api/v1/devices/{}/keys",
        [this](const Request& request) { return enrolment.change_key(request); },
        wire::kLongestKeyChange);
    site.kiosk(
        "POST", "/api/v1/devices/{}/heartbeat",
        [this](const Request& request) { return heartbeats.post(request); },
        wire::kMostHeartbeatBytes);
    site.api("/api/v1/scores", access::Right::kExportScores,
             [this](const Request& request, const access::Principal& reader) {
               return scores.get(request, reader);
             });
    site.open("GET", "/api/v1/openapi.json", [](const Request&) { return api::openapi(); });
    site.api("/api/v1/programme", access::Right::kSeeProgramme,
             [this](const Request& request, const access::Principal& reader) {
               return programme.get(request, reader);
             });
    site.api("/api/v1/dossiers", access::Right::kExportScores,
             [this](const Request& request, const access::Principal& reader) {
               return dossiers.get(request, reader);
             });
    login.add_to(site);
    account_pages.add_to(site);
    audit_page.add_to(site);
    appraisal_pages.add_to(site);
    programme_pages.add_to(site);
    served_pages.add_to(site);
    score_pages.add_to(site);
    device_pages.add_to(site);
    flag_pages.add_to(site);
    report_pages.add_to(site);
    site.api("/api/v1/feedback", access::Right::kSeeHandledFeedback,
             [this](const Request& request, const access::Principal& reader) {
               return feedback_list.get(request, reader);
             });
    feedback_pages.add_to(site);
    site.api("/api/v1/sign-offs", access::Right::kSeeHandledFeedback,
             [this](const Request& request, const access::Principal& reader) {
               return sign_off_list.get(request, reader);
             });
    sign_off_pages.add_to(site);
    web::add_static_files(site);
    later.add_to(site);
    erasure.add_to(site);
  }
};

core::Result<Service> Service::start(Config config) {
  if (auto ready = access::prepare(); !ready) return core::Failure(ready.error());
  auto store = storage::Store::open(config.data_dir, config.postgres);
  if (!store) return core::Failure(store.error());
  auto key = wire::read_or_make_key(config.data_dir / kDistrictKeyFile);
  if (!key) return core::Failure(key.error());
  auto parts = std::make_unique<Parts>(std::move(config), std::move(*store), std::move(*key));
  if (auto rebuilt = parts->receiver.rebuild_if_outdated(); !rebuilt) {
    return core::Failure(rebuilt.error());
  }
  parts->add_routes();
  parts->start_courier();
  const Config& settings = parts->config;
  auto tls = read_tls_files(settings.tls);
  if (!tls) return core::Failure(tls.error());
  auto server = http::Server::start(
      {settings.listen, settings.port, settings.limits.request_deadline, std::move(*tls)},
      parts->site.router(), parts->answers);
  if (!server) return core::Failure(server.error());
  parts->server.emplace(std::move(*server));
  return Service(std::move(parts));
}

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Service::Service(Service&&) noexcept = default;
Service& Service::operator=(Service&&) noexcept = default;
Service::~Service() = default;

std::string Service::url() const { return parts_->server->url(); }
core::Result<void> Service::prove_writable() const {
  return parts_->store.prove_writable(now_ms());
}
const std::vector<web::SiteRoute>& Service::routes() const { return parts_->site.routes(); }

}  // namespace hailong::district
