#include "kiosk/shown.h"

#include <algorithm>
#include <utility>

#include "kiosk/texts.h"

namespace hailong::kiosk {
namespace {

/// Officers keep the photos that lie on this kiosk.
std::vector<core::Officer> with_photos(std::vector<core::Officer> officers,
                                       const std::vector<core::Officer>& own) {
  for (core::Officer& officer : officers) {
    const auto same = std::find_if(
        own.begin(), own.end(), [&](const core::Officer& each) { return each.id == officer.id; });
    if (same != own.end()) officer.photo = same->photo;
  }
  return officers;
}

void take_survey(const wire::Bundle& bundle, flow::Survey& survey) {
  if (bundle.questionnaire) static_cast<core::Questionnaire&>(survey) = *bundle.questionnaire;
  if (bundle.fields) {
    survey.fields = *bundle.fields;
    survey.procedures = bundle.procedures.value_or(std::vector<core::Procedure>());
  }
  if (bundle.counters) survey.counters = *bundle.counters;
  if (bundle.officers) survey.officers = with_photos(*bundle.officers, survey.officers);
}

void take_settings(const wire::Bundle& bundle, Settings& settings) {
  if (bundle.unit) {
    settings.unit_name = bundle.unit->name;
    settings.place = bundle.unit->place;
  }
  settings.thank_you_seconds = bundle.thank_you_seconds.value_or(settings.thank_you_seconds);
  take_survey(bundle, settings.survey);
  for (const core::Counter& counter : settings.survey.counters) {
    if (counter.id == settings.counter) settings.counter_name = counter.name;
  }
  if (bundle.opening) {
    // Each of them was read already where the bundle was.
    settings.doubts.hours = core::OpeningHours::parse(*bundle.opening).value();
  }
  if (bundle.holidays && settings.staff) settings.staff->calendar = *bundle.holidays;
}

void take_texts(const wire::Bundle& bundle, const char* language, Texts& texts) {
  if (const auto found = bundle.texts.find(language); found != bundle.texts.end()) {
    texts = std::move(texts).replaced(found->second);
  }
}

screens::Place place_of(const Settings& settings) {
  return {settings.unit_name, settings.place, settings.counter_name};
}

}  // namespace

core::Result<Shown> read_own(Settings settings) {
  auto vietnamese = read_texts(settings.assets_dir / "vi", settings.survey);
  if (!vietnamese) return core::Failure(vietnamese.error());
  auto english = read_texts(settings.assets_dir / "en", settings.survey);
  if (!english) return core::Failure(english.error());
  Contents contents{std::move(*vietnamese), std::move(*english),  settings.survey,
                    place_of(settings),     settings.assets_dir,  settings.diagonal_inches,
                    settings.motion,        settings.five_buttons};
  return Shown{std::move(settings), std::move(contents)};
}

Shown with_bundle(Shown own, const wire::OpenedBundle& opened) {
  const wire::Bundle& bundle = opened.bundle;
  take_settings(bundle, own.settings);
  own.contents.survey = own.settings.survey;
  own.contents.place = place_of(own.settings);
  take_texts(bundle, "vi", own.contents.vietnamese);
  take_texts(bundle, "en", own.contents.english);
  own.bundle = opened.id;
  own.published_at_ms = bundle.number;
  return own;
}

}  // namespace hailong::kiosk
