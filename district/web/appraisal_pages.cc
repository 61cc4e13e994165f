#include "district/web/appraisal_pages.h"

#include <charconv>
#include <map>

#include "district/clock.h"
#include "district/scoring/appraisal.h"
#include "district/scoring/proposals.h"
#include "district/web/appraisal_view.h"

namespace hailong::district::web {
namespace {

using access::Principal;
using access::Right;
using storage::AppraisalEntry;
using storage::AppraisalStep;

constexpr const char* kAppraisalSection = "appraisal";
constexpr std::size_t kLongestWords = 16'000;  // bytes; the forms take 4000 characters
constexpr std::size_t kLongestDecision = 400;

/// A whole number from `least` to `most`.
std::optional<int> number_in(std::string_view text, int least, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (value < least || value > most) return std::nullopt;
  return value;
}

std::string form_text(const http::Request& request, const char* name) {
  return http::first_of(request.form, name).value_or("");
}

/// The words of a form, without blanks around them.
std::string trimmed(const std::string& text) {
  constexpr const char* kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

core::Result<void> read_words(const http::Request& request, AppraisalEntry& entry) {
  entry.words = trimmed(form_text(request, "words"));
  if (entry.words.size() > kLongestWords) {
    return core::fail(core::Fault::kRefused, "Nội dung quá dài.");
  }
  return {};
}

core::Result<void> read_level(const http::Request& request, AppraisalEntry& entry) {
  entry.level = number_in(form_text(request, "level"), 0, 4);
  return read_words(request, entry);
}

core::Result<void> read_appraised(const http::Request& request, AppraisalEntry& entry) {
  const std::string points = trimmed(form_text(request, "points"));
  entry.points_x100 = hundredths_of(points);
  if (!points.empty() && !entry.points_x100) {
    return core::fail(core::Fault::kRefused, "Điểm phải là một số, ví dụ 8,75.");
  }
  return read_level(request, entry);
}

core::Result<void> read_decision(const http::Request& request, AppraisalEntry& entry) {
  entry.decision = trimmed(form_text(request, "decision"));
  if (entry.decision.size() > kLongestDecision) {
    return core::fail(core::Fault::kRefused, "Số quyết định quá dài.");
  }
  entry.decided_on = core::parse_date(form_text(request, "decided_on"));
  return read_level(request, entry);
}

void sign(AppraisalEntry& entry, const Principal& person, std::int64_t at_ms) {
  entry.who = person.name;
  entry.role = person.role_name();
  entry.at_ms = at_ms;
}

std::string address_of(int year, const std::string& unit_id) {
  return "/appraisal/" + std::to_string(year) + (unit_id.empty() ? "" : "/" + unit_id);
}

/// The page again, with what is wrong; or the page anew.
http::Response answer_of(const Site& site, const Principal& person, const core::Result<void>& done,
                         const std::string& address) {
  if (done) return http::redirect_to(address);
  if (done.error().fault == core::Fault::kRefused) {
    return site.refused(person, kAppraisalSection, done.error().message);
  }
  return store_failed(done.error());
}

}  // namespace

std::optional<std::int64_t> hundredths_of(std::string_view text) {
  const std::size_t point = text.find_first_of(",.");
  const auto whole = number_in(text.substr(0, point), 0, 1000);
  if (!whole) return std::nullopt;
  if (point == std::string_view::npos) return std::int64_t{100} * *whole;
  const std::string_view decimals = text.substr(point + 1);
  const auto fraction = number_in(decimals, 0, 99);
  if (!fraction || decimals.size() > 2 || decimals.front() == '-') return std::nullopt;
  return std::int64_t{100} * *whole + std::int64_t{decimals.size() == 1 ? 10 : 1} * *fraction;
}

void AppraisalPages::add_to(Site& site) {
  site.get("/appraisal", Right::kSeeAppraisals, [](const http::Request&, const Principal&) {
    const auto year = static_cast<int>(core::local_date(now_ms()).year());
    return http::redirect_to(address_of(year, ""));
  });
  site.get("/appraisal/{}", Right::kSeeAppraisals,
           [this, &site](const http::Request& request, const Principal& person) {
             return year_page(site, request, person);
           });
  site.get("/appraisal/{}/{}", Right::kSeeAppraisals,
           [this, &site](const http::Request& request, const Principal& person) {
             return unit_page(site, request, person);
           });
  site.post("/appraisal/{}", Right::kAppraise,
            [this, &site](const http::Request& request, const Principal& person) {
              return propose_all(site, request, person);
            });
  site.post("/appraisal/{}/{}/propose", Right::kAppraise,
            [this, &site](const http::Request& request, const Principal& person) {
              return propose_one(site, request, person);
            });
  const Fill nothing = [](const http::Request&, AppraisalEntry&) { return core::Result<void>(); };
  add_step(site, "confirm", Right::kSelfAppraise, AppraisalStep::kConfirmed, nothing);
  add_step(site, "comment", Right::kSelfAppraise, AppraisalStep::kCommented, read_words);
  add_step(site, "appraise", Right::kAppraise, AppraisalStep::kAppraised, read_appraised);
  add_step(site, "rank", Right::kAppraise, AppraisalStep::kRanked, read_level);
  add_step(site, "recognise", Right::kAppraise, AppraisalStep::kRecognised, read_decision);
}

AppraisalPages::Finding AppraisalPages::find(const Site& site, const http::Request& request,
                                             const Principal& person) const {
  const core::LocalDate today = core::local_date(now_ms());
  const auto year = number_in(request.parameter(0), 2000, static_cast<int>(today.year()));
  if (!year) return site.not_found(person);
  if (request.parameters.size() < 2) return Place{*year, nullptr, today};
  const core::Unit* unit = config_.rules.units.find_id(request.parameter(1));
  const core::LocalDate day = scoring::appraisal_query(*year, today).to;
  if (unit == nullptr || !config_.rules.units.is_commune_of(*unit, config_.rules.authority, day)) {
    return site.not_found(person);
  }
  if (!access::may_see_unit(person, unit->id())) return site.forbidden(person);
  return Place{*year, unit, today};
}

http::Response AppraisalPages::year_page(const Site& site, const http::Request& request,
                                         const Principal& person) {
  const Finding finding = find(site, request, person);
  if (const auto* response = std::get_if<http::Response>(&finding)) return *response;
  const auto& place = std::get<Place>(finding);
  const auto entries = appraisals_.of_year(place.year);
  if (!entries) return store_failed(entries.error());
  std::map<std::string, storage::AppraisalHistory> histories;
  for (const AppraisalEntry& entry : *entries) histories[entry.unit_id].push_back(entry);

  AppraisalYearView view{place.year,  place.today,
                         {},          access::may(person, Right::kAppraise),
                         person.csrf, list_asked_of(request)};
  const core::LocalDate day = scoring::appraisal_query(place.year, place.today).to;
  for (const core::Unit* unit : config_.rules.units.communes(config_.rules.authority, day)) {
    const std::string id = unit->id();
    if (!access::may_see_unit(person, id)) continue;
    view.units.push_back({id, unit->full_name(), histories[id]});
  }
  return site.page(person, kAppraisalSection, "Chấm điểm năm " + std::to_string(place.year),
                   appraisal_year_main(view));
}

http::Response AppraisalPages::unit_page(const Site& site, const http::Request& request,
                                         const Principal& person) {
  const Finding finding = find(site, request, person);
  if (const auto* response = std::get_if<http::Response>(&finding)) return *response;
  const auto& place = std::get<Place>(finding);
  auto history = appraisals_.of_unit(place.unit->id(), place.year);
  if (!history) return store_failed(history.error());
  const AppraisalUnitView view{place.year,
                               place.today,
                               place.unit->id(),
                               place.unit->full_name(),
                               std::move(*history),
                               access::may(person, Right::kSelfAppraise),
                               access::may(person, Right::kAppraise),
                               person.csrf};
  return site.page(person, kAppraisalSection,
                   view.unit_name + ", năm " + std::to_string(place.year),
                   appraisal_unit_main(view));
}

http::Response AppraisalPages::propose_all(const Site& site, const http::Request& request,
                                           const Principal& person) {
  const Finding finding = find(site, request, person);
  if (const auto* response = std::get_if<http::Response>(&finding)) return *response;
  const auto& place = std::get<Place>(finding);
  const auto stored = appraisals_.of_year(place.year);
  if (!stored) return store_failed(stored.error());
  auto entries = scoring::proposals(roll_ups_, config_.rules, place.year, place.today);
  core::Result<void> done;
  if (!entries) {
    done = core::Failure(entries.error());
  } else {
    const std::int64_t at_ms = now_ms();
    std::erase_if(*entries, [&](const AppraisalEntry& entry) {
      return std::any_of(stored->begin(), stored->end(), [&](const AppraisalEntry& there) {
        return there.unit_id == entry.unit_id;
      });
    });
    for (AppraisalEntry& entry : *entries) sign(entry, person, at_ms);
    done = appraisals_.add_all(*entries, [&](const storage::AppraisalHistory& history) {
      return history.empty()
                 ? core::Result<void>()
                 : core::fail(core::Fault::kRefused, "Một đề xuất vừa được ghi; xin mở lại trang.");
    });
  }
  return answer_of(site, person, done, address_of(place.year, ""));
}

http::Response AppraisalPages::propose_one(const Site& site, const http::Request& request,
                                           const Principal& person) {
  const Finding finding = find(site, request, person);
  if (const auto* response = std::get_if<http::Response>(&finding)) return *response;
  const auto& place = std::get<Place>(finding);
  const std::string unit_id = place.unit->id();
  auto entries = scoring::proposals(roll_ups_, config_.rules, place.year, place.today);
  core::Result<void> done;
  if (!entries) {
    done = core::Failure(entries.error());
  } else {
    std::erase_if(*entries, [&](const AppraisalEntry& entry) { return entry.unit_id != unit_id; });
    for (AppraisalEntry& entry : *entries) {
      sign(entry, person, now_ms());
      done = appraisals_.add(entry, [&](const storage::AppraisalHistory& history) {
        return scoring::check_step(history, entry, place.today);
      });
    }
  }
  return answer_of(site, person, done, address_of(place.year, unit_id));
}

void AppraisalPages::add_step(Site& site, const std::string& action, Right right,
                              AppraisalStep step, Fill fill) {
  site.post("/appraisal/{}/{}/" + action, right,
            [this, &site, step, fill = std::move(fill)](const http::Request& request,
                                                        const Principal& person) {
              const Finding finding = find(site, request, person);
              if (const auto* response = std::get_if<http::Response>(&finding)) return *response;
              const auto& place = std::get<Place>(finding);
              AppraisalEntry entry;
              entry.unit_id = place.unit->id();
              entry.year = place.year;
              entry.step = step;
              sign(entry, person, now_ms());
              core::Result<void> done = fill(request, entry);
              if (done) {
                done = appraisals_.add(entry, [&](const storage::AppraisalHistory& history) {
                  return scoring::check_step(history, entry, place.today);
                });
              }
              return answer_of(site, person, done, address_of(place.year, entry.unit_id));
            });
}

}  // namespace hailong::district::web
