#include "district/api/health.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "district/clock.h"
#include "district/http/problem.h"
#include "district/ingest/projection.h"

namespace hailong::district::api {
namespace {

/// Before any kiosk stood anywhere.
constexpr core::LocalDate kBeforeAll{std::chrono::year(2000), std::chrono::January,
                                     std::chrono::day(1)};

class MetricsText {
 public:
  void family(const std::string& name, const char* type, const char* help) {
    name_ = "hailong_district_" + name;
    text_ += "# HELP " + name_ + " " + help + "\n# TYPE " + name_ + " " + type + "\n";
  }
  void sample(std::int64_t value, const std::string& label = "") {
    text_ += name_ + (label.empty() ? "" : "{" + label + "}") + " " + std::to_string(value) + "\n";
  }
  void gauge(const std::string& name, const char* help, std::int64_t value) {
    family(name, "gauge", help);
    sample(value);
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::string name_;
};

void add_batches(MetricsText& text, const BatchCounts& counts) {
  text.family("batches_total", "counter", "Batches by what became of them.");
  text.sample(counts.accepted, "result=\"accepted\"");
  text.sample(counts.repeated, "result=\"repeated\"");
  text.sample(counts.store_failures, "result=\"store-failed\"");
  for (std::size_t i = 0; i < counts.refused.size(); ++i) {
    const auto reason = ingest::name_of(static_cast<ingest::Refusal>(i));
    text.sample(counts.refused[i], "result=\"refused\",reason=\"" + std::string(reason) + "\"");
  }
}

/// When the last events of the kiosks came that stand in a unit today, by its id.
std::map<std::string, std::int64_t> last_by_unit(const std::vector<storage::LastArrival>& arrivals,
                                                 const core::UnitRegister& units,
                                                 core::LocalDate today) {
  std::map<std::string, std::int64_t> by_unit;
  for (const storage::LastArrival& arrival : arrivals) {
    std::int64_t& last = by_unit[ingest::unit_id_on(units, arrival.places, today)];
    last = std::max(last, arrival.at_ms);
  }
  return by_unit;
}

/// What came today and when the last of it came, by unit.
void add_ratings(MetricsText& text, const storage::RollUps& today,
                 const std::map<std::string, std::int64_t>& received) {
  text.family("ratings_today", "gauge", "Ratings given today (Vietnam's date) that count.");
  for (const storage::RollUp& row : today.rows) {
    text.sample(row.counts.n(), "unit=\"" + row.unit_id + "\"");
  }
  text.family("flagged_ratings_today", "gauge", "Doubtful ratings given today.");
  for (const storage::RollUp& row : today.rows) {
    text.sample(row.flagged, "unit=\"" + row.unit_id + "\"");
  }
  text.family("last_events_timestamp_seconds", "gauge",
              "When a unit's devices last sent something new.");
  for (const auto& [unit, at_ms] : received) {
    text.sample(at_ms / 1000, "unit=\"" + unit + "\"");
  }
}

/// Cases that wait for an answer, by unit.
void add_feedback(MetricsText& text, const std::map<std::string, feedback::UnitTimeliness>& units) {
  text.family("feedback_open", "gauge", "Feedback without an answer, still in time.");
  for (const auto& [unit, figures] : units) {
    text.sample(figures.all.open, "unit=\"" + unit + "\"");
  }
  text.family("feedback_overdue", "gauge", "Feedback without an answer, too late.");
  for (const auto& [unit, figures] : units) {
    text.sample(figures.all.overdue, "unit=\"" + unit + "\"");
  }
}

http::Response metrics_failed(const core::Error& error) {
  spdlog::error("metrics: {}", error.message);
  return http::store_problem(error);
}

}  // namespace

http::Response Health::health() {
  if (auto written = store_.prove_writable(now_ms()); !written) {
    spdlog::error("health: {}", written.error().message);
    return http::store_unavailable("the store cannot be written");
  }
  const nlohmann::ordered_json json = {{"status", "ok"}, {"version", HAILONG_VERSION}};
  return {200, "application/json", json.dump(), {}};
}

core::Result<std::int64_t> Health::silent_devices() {
  const auto states = device_states_.read();
  if (!states) return core::Failure(states.error());
  const storage::WorkingClock clock = working_clock(config_, now_ms());
  return static_cast<std::int64_t>(
      std::count_if(states->begin(), states->end(),
                    [&](const auto& device) { return storage::is_silent(device, clock); }));
}

http::Response Health::metrics() {
  const auto totals = roll_ups_.totals();
  if (!totals) return metrics_failed(totals.error());
  const core::LocalDate day = core::local_date(now_ms());
  const auto today = roll_ups_.read(day, day, {});
  if (!today) return metrics_failed(today.error());
  const auto received = roll_ups_.last_received();
  if (!received) return metrics_failed(received.error());
  const auto cases = timeliness_.read(kBeforeAll, day, now_ms());
  if (!cases) return metrics_failed(cases.error());
  const auto waiting = outbox_.waiting();
  if (!waiting) return metrics_failed(waiting.error());
  const auto silent = silent_devices();
  if (!silent) return metrics_failed(silent.error());
  MetricsText text;
  text.gauge("devices", "Registered devices.", totals->devices);
  text.gauge("devices_silent", "Devices without a sign of life for an hour of working time.",
             *silent);
  text.gauge("streams", "Device epochs that sent events.", totals->streams);
  text.gauge("events", "Events stored.", totals->events);
  text.gauge("quarantined_events", "Events stored but not understood.", totals->quarantined);
  text.gauge("conflicts", "Contradicting batches kept for inspection.", totals->conflicts);
  add_ratings(text, *today, last_by_unit(*received, units_, day));
  add_feedback(text, *cases);
  text.gauge("webhook_messages_waiting", "Messages that the webhook has not taken yet.", *waiting);
  add_batches(text, batches_);
  text.family("http_answers_total", "counter", "HTTP answers by class of status.");
  for (std::size_t i = 0; i < answers_.by_class.size(); ++i) {
    text.sample(answers_.by_class[i], "class=\"" + std::to_string(i + 1) + "xx\"");
  }
  return {200, "text/plain; version=0.0.4; charset=utf-8", text.take(), {}};
}

}  // namespace hailong::district::api
