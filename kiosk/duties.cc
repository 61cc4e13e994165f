#include "kiosk/duties.h"

#include <memory>
#include <utility>
#include <vector>

#include "core/dossier_code.h"
#include "core/doubts.h"
#include "core/local_date.h"
#include "journal/stamp.h"
#include "kiosk/choice_words.h"
#include "kiosk/dossier_desk.h"

namespace hailong::kiosk {

flow::Durations durations_of(const Settings& settings) {
  flow::Durations durations;
  durations.thanks = flow::Millis{settings.thank_you_seconds} * 1000;
  return durations;
}

WriterRules writer_rules(const Settings& settings) {
  WriterRules rules;
  rules.first = settings.first;
  rules.contact_keep_days = settings.survey.contact_keep_days;
  rules.retention = {settings.keep_days, settings.district};
  rules.complete = [desk = DossierDesk(settings.data_dir, settings.dossier_list)](
                       journal::DossierRef& dossier) mutable { return desk.complete(dossier); };
  rules.doubts = [doubt_rules = settings.doubts](std::span<const journal::RecentRating> past,
                                                 const journal::RecentRating& now) {
    std::vector<core::PastRating> ratings;
    ratings.reserve(past.size());
    for (const journal::RecentRating& rating : past) {
      ratings.push_back({rating.score, rating.stamp});
    }
    return core::doubts(ratings, {now.score, now.stamp}, doubt_rules, false);
  };
  return rules;
}

staff::House staff_house(const Shown& shown) {
  const Settings& settings = shown.settings;
  const flow::Survey& survey = settings.survey;
  staff::House house;
  house.device = settings.device;
  house.machine.data_dir = settings.data_dir;
  house.unit_name = settings.unit_name;
  house.place = settings.place;
  house.counters = survey.counters;
  if (house.counters.empty()) house.counters = {{settings.counter, settings.counter_name}};
  house.fields = survey.fields;
  house.officers = survey.officers;
  house.limits = settings.staff->limits;
  house.calendar = settings.staff->calendar;
  house.published_at_ms = shown.published_at_ms;
  house.setup_code = settings.staff->setup_code;
  house.report_folder = settings.staff->report_folder;
  house.name_choice = [texts = std::make_shared<const Texts>(shown.contents.vietnamese)](
                          const std::string& question, const std::string& choice) {
    return choice_words(*texts, question, choice);
  };
  return house;
}

std::optional<flow::Dossier> dossier_in(const std::string& text) {
  const core::Stamp now = journal::stamp_now();
  const auto today = now.clock == core::ClockState::kSynced
                         ? std::optional(core::local_date(now.wall_ms))
                         : std::nullopt;
  auto code = core::dossier_code_in(text, today);
  if (!code) return std::nullopt;
  return flow::Dossier{std::move(*code)};
}

}  // namespace hailong::kiosk
