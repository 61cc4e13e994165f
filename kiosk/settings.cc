#include "kiosk/settings.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "program/case_limits.h"
#include "program/config.h"
#include "program/survey_file.h"
#include "wire/enrolment_file.h"

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

RendererChoice renderer_of(std::string_view word) {
  if (word == "software") return RendererChoice::kSoftware;
  return word == "gpu" ? RendererChoice::kGpu : RendererChoice::kAuto;
}

core::TypingMethod typing_of(std::string_view word) {
  if (word == "telex") return core::TypingMethod::kTelex;
  return word == "vni" ? core::TypingMethod::kVni : core::TypingMethod::kLetters;
}

Rotation read_rotation(Section& screen) {
  constexpr std::int64_t kQuarter = 90;  // degrees
  const auto degrees = screen.integer("rotation", 0, 3 * kQuarter).value_or(0);
  if (degrees % kQuarter == 0) return static_cast<Rotation>(degrees / kQuarter);
  screen.expected("rotation", "0, 90, 180 or 270");
  return Rotation::kNone;
}

void read_counter(Section counter, Settings& settings) {
  settings.counter = core::CounterId{program::required_id(counter, "id")};
  settings.counter_name = counter.required_text("name");
  settings.field = core::FieldId{counter.text("field").value_or("")};
  if (!settings.field.empty() && !core::is_plain_name(settings.field.value)) {
    counter.expected("field", "a name of a-z, 0-9 and '-', at most 64 characters");
  }
}

void read_doubts(Section& root, core::DoubtRules& rules) {
  Section doubts = root.table("doubts");
  rules.burst_count = static_cast<int>(doubts.integer("burst_count", 2, 1000).value_or(5));
  rules.burst_window = std::chrono::seconds(doubts.integer("burst_seconds", 1, 86400).value_or(60));
  rules.identical_run = static_cast<int>(doubts.integer("identical_run", 2, 10000).value_or(20));
  const auto entries = program::read_opening(root);
  if (auto hours = core::OpeningHours::parse(entries)) rules.hours = std::move(*hours);
}

constexpr std::size_t kLongestSetupCode = 16;  // as staff/door.cc takes it

/// Files that staff mode goes by, read once the configuration itself is right.
struct StaffFiles {
  std::filesystem::path limits;
  std::filesystem::path holidays;
};

std::optional<StaffFiles> read_staff(Section section, Settings& settings) {
  const auto feedback = section.path("feedback");
  const auto holidays = section.path("holidays");
  StaffSettings staff;
  staff.setup_code = section.text("setup_code").value_or("");
  staff.report_folder = section.path("report_folder").value_or("");
  const bool is_there =
      feedback || holidays || !staff.setup_code.empty() || !staff.report_folder.empty();
  if (!is_there) return std::nullopt;
  if (!feedback) section.expected("feedback", "the file with the deadlines");
  if (!holidays) section.expected("holidays", "the file with the days off");
  const std::string& code = staff.setup_code;
  const bool is_code = code.size() >= 8 && code.size() <= kLongestSetupCode &&
                       code.find_first_not_of("0123456789") == std::string::npos;
  if (!code.empty() && !is_code) section.expected("setup_code", "8 to 16 digits, or none");
  settings.staff = std::move(staff);
  return StaffFiles{feedback.value_or(""), holidays.value_or("")};
}

core::Result<void> read_staff_files(const StaffFiles& files, StaffSettings& staff) {
  auto limits = program::read_case_limits(files.limits);
  if (!limits) return core::Failure(limits.error());
  staff.limits = std::move(*limits);
  const auto text = program::read_text_file(files.holidays);
  if (!text) return core::Failure(text.error());
  auto calendar = core::WorkingCalendar::parse(*text);
  if (!calendar) return core::fail(calendar.error(), files.holidays.string());
  staff.calendar = std::move(*calendar);
  return {};
}

/// What is asked after the rating, as far as the configuration says.
struct SurveyFiles {
  std::optional<std::filesystem::path> fields;
  std::optional<std::filesystem::path> procedures;
};

SurveyFiles read_follow_up(Section& root, flow::Survey& survey) {
  Section section = root.table("follow_up");
  SurveyFiles files{section.path("fields"), section.path("procedures")};
  if (files.procedures && !files.fields) section.expected("fields", "the fields of the procedures");
  survey.takes_words = section.boolean("words").value_or(true);
  Section contact = root.table("contact");
  survey.takes_contact = contact.boolean("take").value_or(true);
  survey.contact_keep_days = static_cast<int>(contact.integer("keep_days", 1, 365).value_or(90));
  survey.notice = contact.text("notice").value_or("1");
  Section complaints = root.table("complaints");
  survey.complaints = {complaints.text("place").value_or(""), complaints.text("hours").value_or(""),
                       complaints.text("phone").value_or("")};
  return files;
}

core::Result<void> read_survey_files(const SurveyFiles& files, flow::Survey& survey) {
  if (files.fields) {
    auto fields = program::read_fields(*files.fields);
    if (!fields) return core::Failure(fields.error());
    survey.fields = std::move(*fields);
  }
  if (files.procedures) {
    auto procedures = program::read_procedures(*files.procedures, survey.fields);
    if (!procedures) return core::Failure(procedures.error());
    survey.procedures = std::move(*procedures);
  }
  return {};
}

}  // namespace

core::Result<bool> learn_device(Settings& settings) {
  const auto enrolment = wire::read_enrolment(settings.data_dir);
  if (!enrolment) {
    const core::Error& error = enrolment.error();
    if (error.fault == core::Fault::kNotFound) return !settings.device.empty();
    // A broken card keeps no resident away: the first answer tells of it.
    const bool may_go_on = error.fault == core::Fault::kIo && !settings.device.empty();
    if (!may_go_on) return core::Failure(error);
    spdlog::error("{}; going on as the [device] of kiosk.toml", error.message);
    return true;
  }
  if (!settings.device.empty() && settings.device != enrolment->device) {
    return core::fail(core::Fault::kConflict, "[device] id is " + settings.device.value +
                                                  ", but this machine was enrolled as " +
                                                  enrolment->device.value +
                                                  ": take the key out of kiosk.toml");
  }
  if (settings.district && *settings.district != enrolment->district) {
    return core::fail(core::Fault::kConflict,
                      "[district] public_key is not the key of the district that enrolled this "
                      "machine: take the key out of kiosk.toml");
  }
  settings.device = enrolment->device;
  settings.district = enrolment->district;
  settings.first = enrolment->first;
  return true;
}

core::Result<Settings> read_settings(const std::filesystem::path& file) {
  auto config = program::ConfigFile::read(file);
  if (!config) return core::Failure(config.error());
  Section root = config->root();
  Settings settings;
  settings.data_dir = root.required_path("data_dir");
  settings.assets_dir = root.required_path("assets_dir");
  settings.log_level =
      one_of(root, "log_level", std::array<std::string_view, 4>{"info", "debug", "warn", "error"});
  settings.renderer = renderer_of(
      one_of(root, "renderer", std::array<std::string_view, 3>{"auto", "software", "gpu"}));
  settings.motion = root.boolean("motion").value_or(true);
  Section screen = root.table("screen");
  settings.diagonal_inches =
      static_cast<double>(screen.integer("diagonal_tenths", 50, 1000).value_or(101)) / 10;
  settings.rotation = read_rotation(screen);
  Section device = root.table("device");
  settings.device = core::DeviceId{device.text("id").value_or("")};
  if (!settings.device.empty() && !core::is_plain_name(settings.device.value)) {
    device.expected("id", "a name of a-z, 0-9 and '-', at most 64 characters");
  }
  Section district = root.table("district");
  if (const auto key = district.text("public_key")) {
    settings.district = core::bytes32_from_hex(*key);
    if (!settings.district) district.expected("public_key", "64 hex digits");
  }
  Section unit = root.table("unit");
  settings.unit_name = unit.required_text("name");
  settings.place = unit.required_text("place");
  read_counter(root.table("counter"), settings);
  settings.thank_you_seconds =
      static_cast<int>(root.table("thank_you").integer("seconds", 1, 30).value_or(5));
  settings.later_url = root.table("later").text("url").value_or("");
  Section typing = root.table("typing");
  settings.typing = typing_of(
      one_of(typing, "method", std::array<std::string_view, 3>{"letters", "telex", "vni"}));
  settings.tones = one_of(typing, "tones", std::array<std::string_view, 2>{"old", "new"}) == "new"
                       ? core::TonePlacement::kNew
                       : core::TonePlacement::kOld;
  settings.five_buttons = typing.boolean("five_buttons").value_or(false);
  settings.dossier_list = root.table("dossier").path("list").value_or("");
  const SurveyFiles files = read_follow_up(root, settings.survey);
  settings.survey.counters = program::read_counters(root);
  settings.survey.officers = program::read_officers(root);
  read_doubts(root, settings.doubts);
  settings.keep_days =
      static_cast<int>(root.table("retention").integer("keep_days", 30, 3650).value_or(90));
  const auto staff_files = read_staff(root.table("staff"), settings);
  if (auto done = config->finish(); !done) return core::Failure(done.error());
  auto questionnaire = program::read_questionnaire(settings.assets_dir / "survey.toml");
  if (!questionnaire) return core::Failure(questionnaire.error());
  static_cast<core::Questionnaire&>(settings.survey) = std::move(*questionnaire);
  if (auto read = read_survey_files(files, settings.survey); !read) {
    return core::Failure(read.error());
  }
  if (staff_files) {
    if (auto read = read_staff_files(*staff_files, *settings.staff); !read) {
      return core::Failure(read.error());
    }
  }
  return settings;
}

}  // namespace hailong::kiosk
