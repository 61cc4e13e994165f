#include "district/web/served_pages.h"

#include <array>
#include <charconv>

#include "core/csv.h"
#include "core/numbers.h"
#include "core/text.h"
#include "district/clock.h"
#include "district/scoring/programme_progress.h"
#include "district/scoring/served.h"
#include "district/storage/audit.h"
#include "district/web/periods.h"

namespace hailong::district::web {
namespace {

using access::Principal;
using access::Right;

constexpr const char* kServedSection = "served";
constexpr const char* kServedTitle = "Hồ sơ tiếp nhận, trả kết quả";
constexpr std::size_t kRegisterFormBytes = 8 << 20;  // some 40,000 dossiers

std::string form_field(const http::Request& request, const char* name) {
  return core::to_nfc(http::first_of(request.form, name).value_or(""));
}

/// The form for a single month as the CSV text that it stands for.
std::string csv_of_form(const http::Request& request) {
  std::string line;
  for (const char* name : {"unit", "month", "field", "received", "returned", "source"}) {
    line.append(line.empty() ? "" : ",").append(core::csv_field(form_field(request, name)));
  }
  return std::string(scoring::kServedHeading) + "\n" + line + "\n";
}

std::optional<std::int64_t> imported_rows(const http::Request& request) {
  const std::string text = http::first_of(request.query, "imported").value_or("");
  std::int64_t rows = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rows);
  if (error != std::errc() || end != text.data() + text.size() || rows < 0) return std::nullopt;
  return rows;
}

std::string name_or_id(const core::UnitRegister& units, const std::string& unit_id) {
  const core::Unit* unit = units.find_id(unit_id);
  return unit == nullptr ? unit_id : unit->full_name();
}

std::string dossiers_words(const scoring::Rules& rules, const std::string& unit_id,
                           std::int64_t count) {
  return name_or_id(rules.units, unit_id) + ": " + core::vietnamese_count(count) + " hồ sơ";
}

std::string total_words(const scoring::Rules& rules, const storage::ServedTotal& total) {
  return name_or_id(rules.units, total.unit_id) + ", tháng " +
         vietnamese_month(*core::parse_date(total.month + "-01")) +
         (total.field_id.empty() ? "" : ", " + rules.fields.name_of(total.field_id)) + ": " +
         core::vietnamese_count(total.received) + " tiếp nhận, " +
         core::vietnamese_count(total.returned) + " trả kết quả";
}

}  // namespace

void ServedPages::add_to(Site& site) {
  site.get("/served", Right::kSeeScores,
           [this, &site](const http::Request& request, const Principal& person) {
             return show(site, request, person);
           });
  site.post(
      "/served/preview", Right::kEnterServed,
      [this, &site](const http::Request& request, const Principal& person) {
        return preview(site, request, person);
      },
      kRegisterFormBytes);
  site.post(
      "/served/import", Right::kEnterServed,
      [this, &site](const http::Request& request, const Principal& person) {
        return import(site, request, person);
      },
      kRegisterFormBytes);
}

core::Result<ServedView> ServedPages::view(const Principal& person, int year) {
  const core::LocalDate today = core::local_date(now_ms());
  const std::string number = std::to_string(year);
  auto months = records_.served(number + "-01", number + "-12");
  if (!months) return core::Failure(months.error());
  for (auto* totals : {&months->entered, &months->registered}) {
    std::erase_if(*totals, [&](const storage::ServedTotal& total) {
      return !access::may_see_unit(person, total.unit_id);
    });
  }
  std::erase_if(months->at_kiosks, [&](const storage::KioskMonth& own) {
    return !access::may_see_unit(person, own.unit_id);
  });
  const core::UnitRegister& units = config_.rules.units;
  return ServedView{today,
                    year,
                    std::move(*months),
                    units.communes(config_.rules.authority, today),
                    units,
                    config_.rules.fields,
                    config_.calendar,
                    access::may(person, Right::kEnterServed),
                    {},
                    {},
                    person.csrf,
                    {}};
}

http::Response ServedPages::show(const Site& site, const http::Request& request,
                                 const Principal& person) {
  const auto asked = http::first_of(request.query, "year");
  const int this_year = static_cast<int>(core::local_date(now_ms()).year());
  const auto year = asked ? scoring::parse_year(*asked) : std::optional<int>(this_year);
  if (!year) return site.not_found(person);
  auto shown = view(person, *year);
  if (!shown) return store_failed(shown.error());
  shown->imported = imported_rows(request);
  shown->list = list_asked_of(request, std::array{"year"});
  return site.page(person, kServedSection, kServedTitle, served_main(*shown));
}

http::Response ServedPages::preview(const Site& site, const http::Request& request,
                                    const Principal& person) {
  const std::string kind = form_field(request, "kind");
  const storage::Author author{person.name, now_ms()};
  auto preview =
      kind == "dossiers"
          ? preview_of_dossiers(form_field(request, "csv"), author)
          : preview_of_totals(kind == "total" ? csv_of_form(request) : form_field(request, "csv"),
                              author);
  if (!preview) return store_failed(preview.error());
  auto shown = view(person, static_cast<int>(core::local_date(author.at_ms).year()));
  if (!shown) return store_failed(shown.error());
  const bool bad = !preview->faults.empty();
  shown->preview = std::move(*preview);
  http::Response response = site.page(person, kServedSection, kServedTitle, served_main(*shown));
  if (bad) response.status = 400;
  return response;
}

core::Result<ServedPreview> ServedPages::preview_of_dossiers(const std::string& csv,
                                                             const storage::Author& author) {
  auto found = intake_.preview(csv, author);
  if (!found) return core::Failure(found.error());
  ServedPreview preview{true, csv, found->dossiers, found->known, {}, std::move(found->faults)};
  for (const auto& [unit_id, count] : found->units) {
    preview.contents.push_back(dossiers_words(config_.rules, unit_id, count));
  }
  return preview;
}

core::Result<ServedPreview> ServedPages::preview_of_totals(const std::string& csv,
                                                           const storage::Author& author) {
  auto file = scoring::parse_served(csv, config_.rules.units, config_.rules.fields,
                                    core::local_date(author.at_ms));
  ServedPreview preview{false, csv, static_cast<std::int64_t>(file.rows.size()),
                        0,     {},  std::move(file.faults)};
  for (const storage::ServedTotal& total : file.rows) {
    preview.contents.push_back(total_words(config_.rules, total));
  }
  const auto noted =
      storage::Audit(store_).add({author.at_ms, author.who, "served-previewed", "",
                                  std::to_string(preview.rows) + " dòng; " +
                                      std::to_string(preview.faults.size()) + " dòng lỗi"});
  if (!noted) return core::Failure(noted.error());
  return preview;
}

core::Result<std::int64_t> ServedPages::import_totals(const std::string& csv,
                                                      const storage::Author& author) {
  auto file = scoring::parse_served(csv, config_.rules.units, config_.rules.fields,
                                    core::local_date(author.at_ms));
  if (!file.faults.empty()) return scoring::first_fault(file.faults);
  for (storage::ServedTotal& total : file.rows) {
    total.who = author.who;
    total.at_ms = author.at_ms;
  }
  if (auto added = records_.add_served(file.rows); !added) return core::Failure(added.error());
  return static_cast<std::int64_t>(file.rows.size());
}

http::Response ServedPages::import(const Site& site, const http::Request& request,
                                   const Principal& person) {
  const std::string csv = form_field(request, "csv");
  const storage::Author author{person.name, now_ms()};
  core::Result<std::int64_t> rows = 0;
  if (form_field(request, "kind") == "dossiers") {
    const auto imported = intake_.import(csv, author);
    rows = imported ? core::Result<std::int64_t>(imported->dossiers)
                    : core::Result<std::int64_t>(core::Failure(imported.error()));
  } else {
    rows = import_totals(csv, author);
  }
  if (!rows && rows.error().fault == core::Fault::kInvalid) return preview(site, request, person);
  if (!rows) return store_failed(rows.error());
  return http::redirect_to("/served?imported=" + std::to_string(*rows));
}

}  // namespace hailong::district::web
