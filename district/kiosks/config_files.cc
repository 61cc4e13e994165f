#include "district/kiosks/config_files.h"

#include <array>
#include <map>
#include <optional>
#include <utility>

#include "core/resident_texts.h"
#include "core/text.h"
#include "program/config.h"
#include "program/survey_file.h"

namespace hailong::district::kiosks {
namespace {

using core::Failure;
using program::Section;

constexpr std::array kLanguages = {"vi", "en"};

/// Files that a file names.
struct NamedFiles {
  std::optional<std::filesystem::path> questionnaire;
  std::optional<std::filesystem::path> fields;
  std::optional<std::filesystem::path> procedures;
};

NamedFiles read_tables(Section root, wire::Bundle& bundle) {
  if (root.has("unit")) {
    Section unit = root.table("unit");
    bundle.unit = wire::UnitNames{unit.required_text("name"), unit.required_text("place")};
  }
  if (root.has("thank_you")) {
    Section thanks = root.table("thank_you");
    const auto seconds = thanks.integer("seconds", 1, 30);
    if (!seconds) thanks.expected("seconds", "a whole number from 1 to 30");
    bundle.thank_you_seconds = static_cast<int>(seconds.value_or(1));
  }
  if (root.has("counters")) bundle.counters = program::read_counters(root);
  if (root.has("officers")) bundle.officers = program::read_officers(root);
  if (root.has("opening")) bundle.opening = program::read_opening(root);
  Section follow_up = root.table("follow_up");
  NamedFiles files{follow_up.path("questionnaire"), follow_up.path("fields"),
                   follow_up.path("procedures")};
  if (files.procedures && !files.fields) follow_up.expected("fields", "the procedures' fields");
  return files;
}

/// A photo lies on the kiosk, where the district cannot put it.
void refuse_photos(Section root, const wire::Bundle& bundle) {
  for (const core::Officer& officer : bundle.officers.value_or(std::vector<core::Officer>())) {
    if (!officer.photo.empty()) root.expected("officers", "no photo: it stays in kiosk.toml");
  }
}

/// The texts of a questionnaire go with it.
void replace_questionnaire(wire::Bundle& bundle, core::Questionnaire questionnaire) {
  if (bundle.questionnaire) {
    for (const std::string& key : core::text_keys_of(*bundle.questionnaire)) {
      for (auto& [language, texts] : bundle.texts) texts.erase(key);
    }
  }
  bundle.questionnaire = std::move(questionnaire);
}

core::Result<void> read_named_files(const NamedFiles& files, wire::Bundle& bundle) {
  if (files.questionnaire) {
    auto read = program::read_questionnaire(*files.questionnaire);
    if (!read) return Failure(read.error());
    replace_questionnaire(bundle, std::move(*read));
  }
  if (files.fields) {
    auto fields = program::read_fields(*files.fields);
    if (!fields) return Failure(fields.error());
    bundle.fields = std::move(*fields);
    bundle.procedures.reset();
  }
  if (files.procedures && bundle.fields) {
    auto procedures = program::read_procedures(*files.procedures, *bundle.fields);
    if (!procedures) return Failure(procedures.error());
    bundle.procedures = std::move(*procedures);
  }
  return {};
}

/// [texts.vi.question], [texts.en.reasons] …: those that are there.
void read_texts(Section root, wire::Bundle& bundle) {
  std::vector<std::string> keys = core::screen_text_keys();
  if (bundle.questionnaire) {
    for (std::string& key : core::text_keys_of(*bundle.questionnaire)) {
      keys.push_back(std::move(key));
    }
  }
  Section all = root.table("texts");
  for (const char* language : kLanguages) {
    Section spoken = all.table(language);
    std::map<std::string, Section, std::less<>> sections;
    for (const std::string& key : keys) {
      const auto dot = key.find('.');
      const std::string name = key.substr(0, dot);
      if (!sections.contains(name)) sections.emplace(name, spoken.table(name));
      const std::string own = key.substr(dot + 1);
      auto text = sections.at(name).text(own);
      if (!text) continue;
      if (const auto fault = core::text_fault(key, *text)) {
        sections.at(name).expected(own, *fault);
      }
      const std::size_t most = core::most_characters(key);
      if (core::code_points(*text).size() > most) {
        sections.at(name).expected(own, "at most " + std::to_string(most) +
                                            " characters, as many as the screens have room for");
      }
      bundle.texts[language][key] = std::move(*text);
    }
  }
}

core::Result<void> read_file(const std::filesystem::path& path, wire::Bundle& bundle) {
  auto file = program::ConfigFile::read(path);
  if (!file) return Failure(file.error());
  const NamedFiles files = read_tables(file->root(), bundle);
  refuse_photos(file->root(), bundle);
  // Which texts there are depends on the questionnaire that the file names.
  if (auto read = read_named_files(files, bundle); !read) return read;
  read_texts(file->root(), bundle);
  return file->finish();
}

}  // namespace

core::Result<wire::Bundle> read_config_files(const std::filesystem::path& folder,
                                             const core::UnitCode& unit,
                                             const core::DeviceId& device) {
  wire::Bundle bundle;
  bool any = false;
  for (const auto& path : {folder / "all.toml", folder / "units" / (unit.value + ".toml"),
                           folder / "devices" / (device.value + ".toml")}) {
    if (!std::filesystem::exists(path)) continue;
    if (auto read = read_file(path, bundle); !read) return Failure(read.error());
    any = true;
  }
  if (any) return bundle;
  return core::fail(core::Fault::kNotFound, folder.string() + ": no file for kiosk " +
                                                device.value +
                                                "; write all.toml, or one of units/ or devices/");
}

}  // namespace hailong::district::kiosks
