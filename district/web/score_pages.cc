#include "district/web/score_pages.h"

#include <algorithm>

#include "district/clock.h"
#include "district/feedback/unsigned_days.h"
#include "district/http/etag.h"
#include "district/ingest/projection.h"
#include "district/web/appraisal_view.h"
#include "district/web/periods.h"
#include "district/web/small_samples.h"
#include "district/web/unit_points.h"
#include "district/web/unit_sums.h"
#include "district/web/units_page.h"

namespace hailong::district::web {
namespace {

using access::Right;

constexpr int kMonths = 12;  // of a trend
constexpr int kWeeks = 13;
constexpr int kWeekDays = 7;

/// Whether `row` is of the unit; every unit when none is named.
bool is_of(const scoring::ScoreRow& row, const std::optional<std::string>& unit_id) {
  return !unit_id || row.unit_id == *unit_id;
}

/// Sums by what `name_of(row)` says, in the order in which the names first come.
template <typename NameOf>
std::vector<Group> groups_by(const scoring::ScoreTable& table,
                             const std::optional<std::string>& unit_id, NameOf name_of) {
  std::vector<Group> groups;
  for (const scoring::ScoreRow& row : table.rows) {
    if (!is_of(row, unit_id)) continue;
    const std::string name = name_of(row);
    auto found = std::find_if(groups.begin(), groups.end(),
                              [&](const Group& group) { return group.name == name; });
    if (found == groups.end()) found = groups.insert(found, Group{name, core::Counts{}});
    *found->counts += row.counts;
  }
  return groups;
}

void largest_first(std::vector<Group>& groups) {
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.counts->n() > b.counts->n(); });
}

std::vector<Group> fields_of(const scoring::ScoreTable& table,
                             const std::optional<std::string>& unit_id) {
  auto groups = groups_by(table, unit_id, [](const auto& row) { return row.field_name; });
  largest_first(groups);
  return groups;
}

std::vector<scoring::FieldPart> parts_of(const scoring::ScoreTable& table,
                                         const std::optional<std::string>& unit_id) {
  std::vector<scoring::FieldPart> parts;
  for (const scoring::ScoreRow& row : table.rows) {
    if (is_of(row, unit_id)) parts.push_back({row.field_id, row.counts});
  }
  return parts;
}

std::vector<Group> counters_of(const scoring::ScoreTable& table, const std::string& unit_id,
                               const feedback::DeskNames& names) {
  return groups_by(table, unit_id, [&](const auto& row) {
    return row.counter_id.empty() ? "Chưa rõ quầy" : names.counter(unit_id, row.counter_id);
  });
}

/// The unit's row; an empty one when nobody rated.
scoring::ScoreRow row_of(const scoring::ScoreTable& table, const core::Unit& unit) {
  for (const scoring::ScoreRow& row : table.rows) {
    if (row.unit_id == unit.id()) return row;
  }
  scoring::ScoreRow empty;
  empty.unit_id = unit.id();
  empty.unit_name = unit.full_name();
  empty.unit_code = unit.code;
  empty.verdict = scoring::describe({});
  empty.brief = empty.verdict;
  return empty;
}

std::string validity_words(const core::Unit& unit) {
  const std::string from = unit.valid_from ? "từ " + vietnamese_date(*unit.valid_from) : "";
  const std::string to = unit.valid_to ? "đến " + vietnamese_date(*unit.valid_to) : "đến nay";
  return from.empty() ? to : from + " " + to;
}

/// The unit itself, then those that it was made of, the latest first.
std::vector<HistoryLine> history_of(const core::Unit& unit, const core::UnitRegister& units,
                                    core::LocalDate today) {
  std::vector<const core::Unit*> before = units.predecessors(unit, today);
  std::erase(before, &unit);
  std::stable_sort(before.begin(), before.end(), [](const core::Unit* a, const core::Unit* b) {
    return a->valid_to > b->valid_to;
  });
  const core::Unit& present = units.successor(unit, today);
  std::vector<HistoryLine> lines;
  lines.reserve(before.size() + 1);
  lines.push_back({unit.full_name() + " (mã " + unit.code.value + ")", validity_words(unit),
                   &present == &unit ? "" : "nay thuộc " + present.full_name()});
  for (const core::Unit* old : before) {
    const auto joined = old->valid_to ? moved_by_days(*old->valid_to, 1) : today;
    const core::Unit& next = units.successor(*old, joined);
    lines.push_back({old->full_name() + " (mã " + old->code.value + ")", validity_words(*old),
                     &next == old ? "" : "thành " + next.full_name()});
  }
  return lines;
}

/// By unit id. What came before a merger is told of the unit of that time, and of what it became.
std::map<std::string, Arrivals> arrivals_of(const std::vector<storage::DeviceState>& devices,
                                            const core::UnitRegister& units,
                                            core::LocalDate today) {
  std::map<std::string, Arrivals> arrivals;
  for (const storage::DeviceState& device : devices) {
    const auto received = device.received_at();
    const auto note = [&](core::LocalDate day) -> Arrivals& {
      Arrivals& arrival = arrivals[ingest::unit_id_on(units, device.places, day)];
      arrival.last_received = std::max(arrival.last_received, received);
      return arrival;
    };
    if (received) note(core::local_date(*received));
    Arrivals& now = note(today);
    if (!device.suspended_at) ++now.kiosks;
  }
  return arrivals;
}

/// Same groups, less what could tell one person's answer.
void hide_small(std::initializer_list<std::vector<Group>*> lists) {
  for (std::vector<Group>* groups : lists) *groups = without_small_groups(std::move(*groups));
}

http::Response with_status(http::Response response, const std::string& error) {
  if (!error.empty()) response.status = 400;
  return response;
}

/// The answer with its own hash as its version: what a page shows depends on much more than the
/// ratings.
http::Response versioned_page(const http::Request& request, http::Response response) {
  const std::string etag = http::etag_of(response.body);
  if (http::has_version(request, etag)) return http::versioned({304, kHtml, "", {}}, etag);
  return http::versioned(std::move(response), etag);
}

}  // namespace

void ScorePages::add_to(Site& site) {
  site.get("/", Right::kSeeScores,
           [this, &site](const http::Request& request, const access::Principal& person) {
             return overview(site, request, person);
           });
  site.get("/units", Right::kSeeScores,
           [this, &site](const http::Request& request, const access::Principal& person) {
             return units(site, request, person);
           });
  site.get("/units/{}", Right::kSeeScores,
           [this, &site](const http::Request& request, const access::Principal& person) {
             return unit(site, request, person);
           });
}

http::Response ScorePages::overview(const Site& site, const http::Request& request,
                                    const access::Principal& person) {
  // A commune has no overview of others: it begins on its own page.
  if (access::belongs_to_commune(person.role))
    return http::redirect_to("/units/" + person.unit.value);
  auto view = overview_view(asked_of(request, core::local_date(now_ms())), person);
  if (!view) return store_failed(view.error());
  view->list = list_asked_of(request, kPeriodFields);
  return versioned_page(request, with_status(site.page(person, "overview", overview_title(*view),
                                                       overview_html(*view)),
                                             view->asked.error));
}

http::Response ScorePages::units(const Site& site, const http::Request& request,
                                 const access::Principal& person) {
  const core::LocalDate today = core::local_date(now_ms());
  const auto devices = devices_.read();
  if (!devices) return store_failed(devices.error());
  UnitsView view{{},
                 arrivals_of(*devices, config_.rules.units, today),
                 today,
                 list_asked_of(request),
                 access::works_at_counter(person)};
  for (const core::Unit* unit : config_.rules.units.communes(config_.rules.authority, today)) {
    if (may_see_unit(person, unit->id())) view.units.push_back(unit);
  }
  return site.page(person, "units", "Xã, phường", units_html(view));
}

http::Response ScorePages::unit(const Site& site, const http::Request& request,
                                const access::Principal& person) {
  const core::LocalDate today = core::local_date(now_ms());
  const core::Unit* unit = unit_of(request.parameter(), today);
  if (unit == nullptr) return site.not_found(person);
  if (!may_see_unit(person, unit->id())) return site.forbidden(person);
  const bool by_week = http::first_of(request.query, "trend") == "week";
  const auto view = unit_view(*unit, asked_of(request, today), by_week, person);
  if (!view) return store_failed(view.error());
  return versioned_page(request,
                        with_status(site.page(person, "units", unit_title(*view), unit_html(*view)),
                                    view->asked.error));
}

core::Result<OverviewView> ScorePages::overview_view(const Asked& asked,
                                                     const access::Principal& person) {
  auto by_unit = table(asked, asked.shown, {});
  if (!by_unit) return core::Failure(by_unit.error());
  const auto by_field = table(asked, asked.shown, {.by_field = true});
  if (!by_field) return core::Failure(by_field.error());
  auto months = months_of(asked, std::nullopt);
  if (!months) return core::Failure(months.error());
  const auto devices = devices_.read();
  if (!devices) return core::Failure(devices.error());
  const std::optional<scoring::Programme> programme = by_unit->programme;
  OverviewView view{asked,
                    std::move(*by_unit),
                    fields_of(*by_field, std::nullopt),
                    easy_words(parts_of(*by_field, std::nullopt), programme, config_.rules.fields),
                    std::move(*months),
                    arrivals_of(*devices, config_.rules.units, asked.today),
                    {},
                    {},
                    {},
                    {}};
  auto not_signed = unsigned_days(asked.today);
  if (!not_signed) return core::Failure(not_signed.error());
  view.unsigned_days = std::move(*not_signed);
  auto feedback = open_feedback(asked);
  if (!feedback) return core::Failure(feedback.error());
  view.feedback = std::move(*feedback);
  if (may(person, Right::kSeeMisconduct)) {
    auto alerts = alerts_.read(asked.shown.from, asked.shown.to);
    if (!alerts) return core::Failure(alerts.error());
    view.alerts = std::move(*alerts);
  }
  return view;
}

core::Result<UnitView> ScorePages::unit_view(const core::Unit& unit, Asked asked, bool by_week,
                                             const access::Principal& person) {
  const bool for_staff = access::works_at_counter(person);
  if (for_staff) {
    asked.shown = whole_months(asked.shown, access::last_day_shown(person, asked.today));
    asked.whole_months = true;
    by_week = false;
  }
  const auto whole = table(asked, asked.shown, {});
  if (!whole) return core::Failure(whole.error());
  const auto by_field = table(asked, asked.shown, {.by_field = true});
  if (!by_field) return core::Failure(by_field.error());
  const auto by_counter = table(asked, asked.shown, {.by_counter = true});
  if (!by_counter) return core::Failure(by_counter.error());
  auto trend = by_week ? weeks_of(asked, unit.id()) : months_of(asked, unit.id());
  if (!trend) return core::Failure(trend.error());
  const auto devices = devices_.read();
  if (!devices) return core::Failure(devices.error());
  UnitView view(asked, unit);
  view.by_week = by_week;
  view.score = row_of(*whole, unit);
  view.trend = std::move(*trend);
  view.fields = fields_of(*by_field, unit.id());
  view.counters = counters_of(*by_counter, unit.id(), config_.desk_names);
  view.history = history_of(unit, config_.rules.units, asked.today);
  auto points = points_of(unit, *devices, asked.today);
  if (!points) return core::Failure(points.error());
  view.points = std::move(*points);
  view.ratings_needed = view.score.appraisal.sample_needed;
  const auto not_signed = unsigned_days(asked.today);
  if (!not_signed) return core::Failure(not_signed.error());
  if (const auto own = not_signed->find(unit.id()); own != not_signed->end()) {
    view.unsigned_days = own->second;
  }
  const int year = static_cast<int>(asked.shown.to.year());
  const auto appraised = appraisals_.of_unit(unit.id(), year);
  if (!appraised) return core::Failure(appraised.error());
  view.appraisal = {standing_words(*appraised),
                    "/appraisal/" + std::to_string(year) + "/" + unit.id()};
  if (may(person, Right::kSeeMisconduct)) {
    const auto alerts = alerts_.read(asked.shown.from, asked.shown.to);
    if (!alerts) return core::Failure(alerts.error());
    if (const auto own = alerts->find(unit.id()); own != alerts->end()) view.alerts = own->second;
  }
  if (!for_staff) {  // who would else know of what they must not read
    const auto feedback = open_feedback(asked);
    if (!feedback) return core::Failure(feedback.error());
    const auto waiting = feedback->find(unit.id());
    view.feedback = waiting == feedback->end() ? OpenFeedback{} : waiting->second;
  }
  if (!for_staff) {
    view.easy = easy_words(parts_of(*by_field, unit.id()), whole->programme, config_.rules.fields);
  }
  if (auto added = add_kept_sums(view, for_staff); !added) return core::Failure(added.error());
  if (auto added = add_dossiers(view, for_staff); !added) return core::Failure(added.error());
  view.small_groups_hidden = for_staff;
  if (for_staff) hide_small({&view.trend, &view.fields, &view.counters, &view.hours});
  return view;
}

core::Result<std::vector<PointLine>> ScorePages::points_of(
    const core::Unit& unit, const std::vector<storage::DeviceState>& devices,
    core::LocalDate today) {
  auto points = places_.points();
  if (!points) return core::Failure(points.error());
  const core::UnitRegister& units = config_.rules.units;
  UnitPlaces shown{unit,
                   units,
                   config_.desk_names,
                   std::move(*points),
                   devices_of_unit(devices, unit, units, today),
                   {},
                   working_clock(config_, now_ms())};
  for (const storage::DeviceState& device : shown.devices) {
    const auto places = places_.of(device.device);
    if (!places) return core::Failure(places.error());
    for (const storage::DevicePlace& place : *places) {
      if (place.from <= today) shown.point_of[device.device.value] = place.point;
    }
  }
  return point_lines(shown);
}

core::Result<void> ScorePages::add_kept_sums(UnitView& view, bool for_staff) {
  std::vector<std::string> ids{view.unit.id()};
  if (view.asked.as_now) {
    ids.clear();
    for (const core::Unit* unit : config_.rules.units.predecessors(view.unit, view.asked.today)) {
      ids.push_back(unit->id());
    }
  }
  const Period& shown = view.asked.shown;
  auto roll_ups = roll_ups_seen(view.asked);
  const auto hours = roll_ups.hours(shown.from, shown.to, ids);
  if (!hours) return core::Failure(hours.error());
  const auto answers = roll_ups.answers(shown.from, shown.to, ids);
  if (!answers) return core::Failure(answers.error());
  view.hours = hour_groups(*hours);
  view.reasons = reason_lines(*answers, for_staff);
  view.indices = index_lines(*answers, for_staff);
  if (view.score.excluded.n() > 0 && !for_staff) {
    core::Counts rest = view.score.counts;
    for (std::size_t i = 0; i < rest.by_score.size(); ++i) {
      rest.by_score[i] -= view.score.excluded.by_score[i];
    }
    view.without_left_out = Group{"", rest};
  }
  return {};
}

core::Result<void> ScorePages::add_dossiers(UnitView& view, bool for_staff) {
  const core::LocalDate today = view.asked.today;
  const auto figures =
      dossiers_.read(view.unit.id(), view.asked.shown.from, view.asked.shown.to,
                     view.asked.as_now ? std::optional(today) : std::nullopt, today);
  if (!figures) return core::Failure(figures.error());
  if (auto line = conduct_line(*figures)) view.indices.push_back(std::move(*line));
  view.dossiers = dossier_panel(*figures, for_staff);
  return {};
}

storage::RollUpReader ScorePages::roll_ups_seen(const Asked& asked) const {
  return roll_ups_.seen(asked.whole_months ? storage::Shown::kInFives : storage::Shown::kAll);
}

ScorePages::Table ScorePages::table(const Asked& asked, const Period& period,
                                    const storage::Grouping& by) {
  scoring::ScoreQuery query{period.from, period.to, by};
  if (asked.as_now) query.units_as_on = asked.today;
  auto roll_ups = roll_ups_seen(asked);
  return scoring::score_table(roll_ups, config_.rules, query);
}

core::Result<std::vector<Group>> ScorePages::months_of(const Asked& asked,
                                                       const std::optional<std::string>& unit_id) {
  const core::LocalDate first = month_start(asked.shown.to, 1 - kMonths);
  const auto by_month = table(asked, {first, asked.shown.to}, {.by_month = true});
  if (!by_month) return core::Failure(by_month.error());
  std::vector<Group> months;
  months.reserve(kMonths);
  for (int i = 0; i < kMonths; ++i) {
    const core::LocalDate month = month_start(first, i);
    core::Counts counts;
    for (const scoring::ScoreRow& row : by_month->rows) {
      if (is_of(row, unit_id) && core::to_string(month).starts_with(row.period))
        counts += row.counts;
    }
    months.push_back({vietnamese_month(month), counts});
  }
  return months;
}

core::Result<std::vector<Group>> ScorePages::weeks_of(const Asked& asked,
                                                      const std::string& unit_id) {
  const std::chrono::weekday last_day{std::chrono::sys_days{asked.shown.to}};
  const core::LocalDate monday =
      moved_by_days(asked.shown.to, 1 - static_cast<int>(last_day.iso_encoding()));
  std::vector<Group> weeks;
  weeks.reserve(kWeeks);
  for (int i = kWeeks - 1; i >= 0; --i) {
    const core::LocalDate from = moved_by_days(monday, -i * kWeekDays);
    const core::LocalDate to = std::min(asked.shown.to, moved_by_days(from, kWeekDays - 1));
    const auto week = table(asked, {from, to}, {});
    if (!week) return core::Failure(week.error());
    core::Counts counts;
    for (const scoring::ScoreRow& row : week->rows) {
      if (row.unit_id == unit_id) counts += row.counts;
    }
    weeks.push_back({vietnamese_date(from), counts});
  }
  return weeks;
}

core::Result<std::map<std::string, OpenFeedback>> ScorePages::open_feedback(const Asked& asked) {
  const core::LocalDate long_ago{std::chrono::year{2000}, std::chrono::January,
                                 std::chrono::day{1}};
  const auto times = timeliness_.read(long_ago, asked.today, now_ms());
  if (!times) return core::Failure(times.error());
  std::map<std::string, OpenFeedback> feedback;
  for (const auto& [unit_id, timeliness] : *times) {
    const core::Unit* unit = config_.rules.units.find_id(unit_id);
    const bool moved = asked.as_now && unit != nullptr;
    OpenFeedback& open =
        feedback[moved ? config_.rules.units.successor(*unit, asked.today).id() : unit_id];
    open.open += timeliness.all.open + timeliness.all.overdue;
    open.overdue += timeliness.all.overdue;
  }
  return feedback;
}

core::Result<std::map<std::string, std::int64_t>> ScorePages::unsigned_days(core::LocalDate today) {
  const core::LocalDate from = moved_by_days(today, -feedback::kSignOffDays);
  const core::LocalDate last = moved_by_days(today, -1);
  const auto found = staff_.sign_offs(from, last);
  if (!found) return core::Failure(found.error());
  std::map<std::string, std::int64_t> counts;
  for (const auto& [unit_id, days] :
       feedback::unsigned_days(*found, config_.rules.units, config_.calendar, last)) {
    counts.emplace(unit_id, static_cast<std::int64_t>(days.size()));
  }
  return counts;
}

const core::Unit* ScorePages::unit_of(const std::string& code_or_id, core::LocalDate today) const {
  if (const core::Unit* unit = config_.rules.units.find_id(code_or_id)) return unit;
  return config_.rules.units.find(core::UnitCode{code_or_id}, today);
}

}  // namespace hailong::district::web
