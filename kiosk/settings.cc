#include "kiosk/settings.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "program/config.h"

namespace hailong::kiosk {
namespace {

using program::Section;

/// A text out of a list of words; the first word when the key is absent.
template <std::size_t N>
std::string one_of(Section& section, std::string_view key,
                   const std::array<std::string_view, N>& words) {
  std::string word = section.text(key).value_or(std::string(words.front()));
  if (std::find(words.begin(), words.end(), word) != words.end()) return word;
  std::string list = "one of";
  for (const std::string_view known : words) list += " \"" + std::string(known) + "\"";
  section.expected(key, list);
  return std::string(words.front());
}

constexpr std::string_view kNameForm = "a name of a-z, 0-9 and '-', at most 64 characters";

std::string plain_name(Section& section, std::string_view key) {
  std::string name = section.required_text(key);
  if (!core::is_plain_name(name)) section.expected(key, kNameForm);
  return name;
}

RendererChoice renderer_of(std::string_view word) {
  if (word == "software") return RendererChoice::kSoftware;
  return word == "gpu" ? RendererChoice::kGpu : RendererChoice::kAuto;
}

void read_counter(Section counter, Settings& settings) {
  settings.counter = core::CounterId{plain_name(counter, "id")};
  settings.counter_name = counter.required_text("name");
  settings.field = core::FieldId{counter.text("field").value_or("")};
  if (!settings.field.empty() && !core::is_plain_name(settings.field.value)) {
    counter.expected("field", kNameForm);
  }
}

}  // namespace

core::Result<Settings> read_settings(const std::filesystem::path& file) {
  auto config = program::ConfigFile::read(file);
  if (!config) return core::Failure(config.error());
  Section root = config->root();
  Settings settings;
  settings.data_dir = root.required_path("data_dir");
  settings.assets_dir = root.required_path("assets_dir");
  settings.language = one_of(root, "language", std::array<std::string_view, 1>{"vi"});
  settings.log_level =
      one_of(root, "log_level", std::array<std::string_view, 4>{"info", "debug", "warn", "error"});
  settings.renderer = renderer_of(
      one_of(root, "renderer", std::array<std::string_view, 3>{"auto", "software", "gpu"}));
  settings.motion = root.boolean("motion").value_or(true);
  Section device = root.table("device");
  settings.device = core::DeviceId{plain_name(device, "id")};
  Section unit = root.table("unit");
  settings.unit_name = unit.required_text("name");
  settings.place = unit.required_text("place");
  read_counter(root.table("counter"), settings);
  settings.thank_you_seconds =
      static_cast<int>(root.table("thank_you").integer("seconds", 1, 30).value_or(5));
  if (auto done = config->finish(); !done) return core::Failure(done.error());
  return settings;
}

}  // namespace hailong::kiosk
