#include <algorithm>
#include <set>
#include <utility>

#include "core/resident_texts.h"
#include "wire/bundle.h"
#include "wire/bundle_reader.h"

/// What a configuration bundle may say. The bounds are what the kiosk's screens have room for.

namespace hailong::wire {
namespace {

constexpr std::size_t kMostNameBytes = 400;
constexpr std::size_t kMostTextBytes = 2000;
constexpr std::size_t kMostTexts = 400;
constexpr std::size_t kMostReasons = 8;
constexpr std::size_t kMostPurposes = 5;
constexpr std::size_t kMostOfficial = 8;
constexpr std::size_t kMostStatements = 12;
constexpr std::size_t kMostChoices = 4;  // five are the scale itself
constexpr std::size_t kMostFields = 200;
constexpr std::size_t kMostProcedures = 3000;
constexpr std::size_t kMostCounters = 100;
constexpr std::size_t kMostOfficers = 200;
constexpr std::size_t kMostOpening = 50;
constexpr std::size_t kMostHolidays = 1000;
constexpr std::int64_t kLatest = 253'402'300'799'999;  // the end of the year 9999

/// Ids that were there, of one list.
class Once {
 public:
  void check(ObjectReader& reader, const char* key, const std::string& id) {
    if (!ids_.insert(id).second) reader.expected(key, "no " + id + " a second time");
  }

 private:
  std::set<std::string> ids_;
};

core::Question official_in(ObjectReader& reader, const std::vector<std::string>& purposes) {
  core::Question question{reader.id("id"), {}, {}};
  question.choices = core::choices_of(reader.ids("choices", 2, kMostChoices), {});
  question.purposes = reader.ids("purposes", 0, kMostPurposes);
  for (const std::string& purpose : question.purposes) {
    if (std::find(purposes.begin(), purposes.end(), purpose) == purposes.end()) {
      reader.expected("purposes", "purposes of the questionnaire, not " + purpose);
    }
  }
  return question;
}

core::Questionnaire questionnaire_in(ObjectReader& reader) {
  core::Questionnaire all;
  const auto alert = reader.ids("alert", 0, 3 * kMostReasons);
  all.low = core::choices_of(reader.ids("low", 1, kMostReasons), alert);
  all.middle = core::choices_of(reader.ids("middle", 1, kMostReasons), alert);
  all.high = core::choices_of(reader.ids("high", 1, kMostReasons), alert);
  const auto purposes = reader.ids("purposes", 1, kMostPurposes);
  all.purposes = core::choices_of(purposes, {});
  Once once;
  reader.objects("official", kMostOfficial, [&](ObjectReader& each) {
    all.official.push_back(official_in(each, purposes));
    once.check(each, "id", all.official.back().id);
  });
  for (const std::string& id : reader.ids("statements", 0, kMostStatements)) {
    once.check(reader, "statements", id);
    all.statements.push_back(core::statement_of(id));
  }
  const auto payment_alert = reader.ids("extra_payment_alert", 0, kMostChoices);
  all.extra_payment = core::extra_payment_of(
      core::choices_of(reader.ids("extra_payment", 2, kMostChoices), payment_alert));
  return all;
}

std::vector<core::Field> fields_in(ObjectReader& reader) {
  std::vector<core::Field> fields;
  Once once;
  reader.objects("fields", kMostFields, [&](ObjectReader& each) {
    fields.push_back({core::FieldId{each.id("id")}, each.text("name", kMostNameBytes)});
    once.check(each, "id", fields.back().id.value);
  });
  return fields;
}

std::vector<core::Procedure> procedures_in(ObjectReader& reader, const Bundle& bundle) {
  std::set<std::string> fields;
  if (bundle.fields) {
    for (const core::Field& field : *bundle.fields) fields.insert(field.id.value);
  }
  std::vector<core::Procedure> procedures;
  Once once;
  reader.objects("procedures", kMostProcedures, [&](ObjectReader& each) {
    procedures.push_back({each.text("code", kMostNameBytes), core::FieldId{each.id("field")},
                          each.text("name", kMostNameBytes)});
    once.check(each, "code", procedures.back().code);
    const std::string& field = procedures.back().field.value;
    if (!fields.contains(field)) each.expected("field", "one of the bundle's fields");
  });
  return procedures;
}

std::vector<core::Counter> counters_in(ObjectReader& reader) {
  std::vector<core::Counter> counters;
  Once once;
  reader.objects("counters", kMostCounters, [&](ObjectReader& each) {
    counters.push_back({core::CounterId{each.id("id")}, each.text("name", kMostNameBytes)});
    once.check(each, "id", counters.back().id.value);
  });
  return counters;
}

std::vector<core::Officer> officers_in(ObjectReader& reader) {
  std::vector<core::Officer> officers;
  Once once;
  reader.objects("officers", kMostOfficers, [&](ObjectReader& each) {
    core::Officer officer{each.id("id"), each.text("name", kMostNameBytes), {}, {}};
    if (each.has("counter")) officer.counter = core::CounterId{each.id("counter")};
    once.check(each, "id", officer.id);
    officers.push_back(std::move(officer));
  });
  return officers;
}

std::vector<core::OpeningHours::Entry> opening_in(ObjectReader& reader) {
  std::vector<core::OpeningHours::Entry> entries;
  reader.objects("opening", kMostOpening, [&](ObjectReader& each) {
    entries.push_back({each.text("days", kMostNameBytes), each.text("from", kMostNameBytes),
                       each.text("to", kMostNameBytes)});
    if (!core::OpeningHours::parse(std::span(&entries.back(), 1))) {
      each.expected("days", "days as mon-fri or sat, with from and to as 07:30");
    }
  });
  return entries;
}

core::WorkingCalendar holidays_in(ObjectReader& reader) {
  std::map<core::LocalDate, core::SpecialDay> days;
  Once once;
  reader.objects("holidays", kMostHolidays, [&](ObjectReader& each) {
    const std::string text = each.text("date", kMostNameBytes);
    const auto date = core::parse_date(text);
    if (!date) return each.expected("date", "a date YYYY-MM-DD");
    once.check(each, "date", text);
    days[*date] = {
        each.boolean("work"), each.text("name", kMostNameBytes), each.boolean("confirmed"), {}};
  });
  auto calendar = core::WorkingCalendar::of(std::move(days));
  if (calendar) return std::move(*calendar);
  reader.expected("holidays", calendar.error().message);
  return {};
}

/// Texts that no screen shows are mistakes, and so are ids of the questionnaire without theirs.
void read_texts(ObjectReader& reader, Bundle& bundle) {
  const std::vector<std::string> own =
      bundle.questionnaire ? core::text_keys_of(*bundle.questionnaire) : std::vector<std::string>();
  std::set<std::string> known(own.begin(), own.end());
  for (std::string& key : core::screen_text_keys()) known.insert(std::move(key));
  const auto read_language = [&](ObjectReader& texts, const char* language) {
    BundleTexts& taken = bundle.texts[language];
    texts.texts(language, kMostTexts, kMostTextBytes,
                [&](const std::string& key, std::string text) {
                  const std::string place = std::string(language) + "." + key;
                  if (!known.contains(key)) texts.expected(place.c_str(), "no such text");
                  if (const auto fault = core::text_fault(key, text)) {
                    texts.expected(place.c_str(), *fault);
                  }
                  taken[key] = std::move(text);
                });
  };
  const auto read_all = [&](ObjectReader& texts) {
    for (const char* language : {"vi", "en"}) {
      if (texts.has(language)) read_language(texts, language);
    }
  };
  if (reader.has("texts")) reader.object("texts", read_all);
  for (const char* language : {"vi", "en"}) {
    for (const std::string& key : own) {
      const std::string place = std::string("texts.") + language + "." + key;
      if (!bundle.texts[language].contains(key)) {
        reader.expected(place.c_str(), "the text that the questionnaire needs");
      }
    }
  }
}

void read_parts(ObjectReader& reader, Bundle& bundle) {
  if (reader.has("unit")) {
    reader.object("unit", [&](ObjectReader& unit) {
      bundle.unit =
          UnitNames{unit.text("name", kMostNameBytes), unit.text("place", kMostNameBytes)};
    });
  }
  if (reader.has("thank_you_seconds")) {
    bundle.thank_you_seconds = static_cast<int>(reader.number("thank_you_seconds", 1, 30));
  }
  if (reader.has("questionnaire")) {
    reader.object("questionnaire", [&](ObjectReader& questionnaire) {
      bundle.questionnaire = questionnaire_in(questionnaire);
    });
  }
  if (reader.has("fields")) bundle.fields = fields_in(reader);
  if (reader.has("procedures")) bundle.procedures = procedures_in(reader, bundle);
  if (reader.has("counters")) bundle.counters = counters_in(reader);
  if (reader.has("officers")) bundle.officers = officers_in(reader);
  if (reader.has("opening")) bundle.opening = opening_in(reader);
  if (reader.has("holidays")) bundle.holidays = holidays_in(reader);
  read_texts(reader, bundle);
}

}  // namespace

core::Result<Bundle> decode_bundle(std::string_view text) {
  const auto json = text.size() <= kMostBundleBytes ? parse_object(text) : std::optional<Json>();
  if (!json) {
    return core::fail(core::Fault::kInvalid,
                      "the configuration bundle is no JSON object of at most 512 KiB");
  }
  FirstMistake mistake;
  ObjectReader reader(*json, "", mistake);
  Bundle bundle;
  if (reader.number("v", 1, INT64_MAX) != 1) {
    reader.expected("v", "version 1: update the program first");
  }
  bundle.device = core::DeviceId{reader.id("device")};
  bundle.number = reader.number("number", 1, kLatest);
  read_parts(reader, bundle);
  reader.refuse_unknown_keys();
  std::erase_if(bundle.texts, [](const auto& language) { return language.second.empty(); });
  if (mistake.text().empty()) return bundle;
  return core::fail(core::Fault::kInvalid, "the configuration bundle's " + mistake.text());
}

}  // namespace hailong::wire
