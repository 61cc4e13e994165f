#include <algorithm>
#include <array>

#include "documents/pdf.h"
#include "documents/xlsx.h"
#include "kiosk/reports/save.h"
#include "kiosk/reports/unit_report.h"
#include "kiosk/staff/days.h"
#include "kiosk/staff/period.h"
#include "kiosk/staff/rooms.h"
#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {
namespace {

struct Format {
  const char* name;
  const char* extension;
  core::Result<std::string> (*write)(const documents::Report& report);
};

constexpr std::array kFormats = {
    Format{"PDF (để in, lưu hồ sơ)", "pdf",
           [](const documents::Report& report) { return documents::write_pdf(report); }},
    Format{"Excel (bảng tính)", "xlsx",
           [](const documents::Report& report) { return documents::write_xlsx(report); }}};

/// Where a report can go.
struct Destination {
  std::filesystem::path folder;
  std::string name;
};

class ReportsRoom : public Room {
 public:
  explicit ReportsRoom(const Shift& shift) : shift_(shift), period_(shift.today()) {}

  View view() override {
    View view;
    view.title = "Báo cáo: " + period_.words();
    view.message = message_;
    view.message_tone = tone_;
    if (auto input = period_.input()) {
      view.input = std::move(input);
      view.message = period_.fault();
      view.message_tone = Tone::kAlert;
      view.actions = {{"Quay lại", {Verb::kBack, 0, ""}, Button::Kind::kPlain}};
      return view;
    }
    view.blocks.emplace_back(period_.choices());
    Choices formats;
    formats.label = "Dạng tệp";
    for (std::size_t i = 0; i < kFormats.size(); ++i) {
      formats.choices.push_back({kFormats[i].name,
                                 {Verb::kReportFormat, static_cast<std::int64_t>(i), ""},
                                 format_ == i});
    }
    view.blocks.emplace_back(std::move(formats));
    show_destinations(view);
    return view;
  }

  void take(const Command& command) override {
    if (period_.take(command)) return message_.clear();
    message_.clear();
    if (command.verb == Verb::kReportFormat) format_ = static_cast<std::size_t>(command.number);
    if (command.verb == Verb::kReportPlace) folder_ = command.text;
    if (command.verb == Verb::kReportSave) save();
  }

 private:
  /// Asked anew each time: sticks come and go.
  std::vector<Destination> destinations(View& view) {
    std::vector<Destination> list;
    auto sticks = reports::sticks(shift_.house.sticks);
    if (!sticks) {
      view.message = sticks.error().message;
      view.message_tone = Tone::kAlert;
      sticks = std::vector<reports::Stick>{};
    }
    list.reserve(sticks->size() + 1);
    for (const reports::Stick& stick : *sticks) {
      constexpr std::uint64_t kMegabyte = 1'000'000;
      list.push_back(
          {stick.folder, "USB " + stick.label + " (còn " +
                             count_words(static_cast<std::int64_t>(stick.free_bytes / kMegabyte)) +
                             " MB)"});
    }
    const auto& own = shift_.house.report_folder;
    if (!own.empty()) list.push_back({own, "Thư mục " + own.string()});
    return list;
  }

  void show_destinations(View& view) {
    const auto list = destinations(view);
    const bool still_there = std::any_of(list.begin(), list.end(),
                                         [&](const auto& each) { return each.folder == folder_; });
    if (!still_there) folder_ = list.empty() ? std::filesystem::path() : list.front().folder;
    Choices places;
    places.label = "Lưu vào";
    for (const Destination& each : list) {
      places.choices.push_back(
          {each.name, {Verb::kReportPlace, 0, each.folder.string()}, each.folder == folder_});
    }
    view.actions = {{"Khóa", {Verb::kLock, 0, ""}, Button::Kind::kPlain},
                    {"Tìm USB", {Verb::kReportPlace, 0, ""}, Button::Kind::kPlain}};
    if (list.empty()) {
      view.blocks.emplace_back(
          Text{"Xin cắm USB vào máy rồi bấm “Tìm USB”.", Text::Size::kBody, Tone::kPlain});
      return;
    }
    view.blocks.emplace_back(std::move(places));
    view.actions.push_back({"Lưu báo cáo", {Verb::kReportSave, 0, ""}, Button::Kind::kPrimary});
  }

  core::Result<documents::Report> make() {
    const Range& range = period_.range();
    const core::Stamp now = shift_.now();
    reports::UnitReportData data;
    data.unit = shift_.house.unit_name;
    data.place = shift_.house.place;
    data.date = core::local_date(now.wall_ms);
    data.made_by = shift_.me.name;
    auto figures = figures_of(shift_.review, shift_.me.role, range);
    if (!figures) return core::Failure(figures.error());
    data.figures = std::move(*figures);
    journal::CaseFilter filter;
    auto scope = scope_of(shift_);
    if (!scope) return core::Failure(scope.error());
    filter.scope = std::move(*scope);
    data.all_cases = filter.scope.with_restricted;
    filter.from = range.from;
    filter.to = range.to;
    auto cases = shift_.review.cases(filter);
    if (!cases) return core::Failure(cases.error());
    std::erase_if(*cases,
                  [&](const journal::CaseHead& head) { return !may_open(shift_.me, head); });
    data.cases =
        reports::case_figures(*cases, shift_.house.limits, shift_.house.calendar, now.wall_ms);
    auto signed_days = shift_.review.signed_days(range.from, range.to);
    if (!signed_days) return core::Failure(signed_days.error());
    data.signed_days = std::move(*signed_days);
    auto missing = days_to_sign(shift_, range);
    if (!missing) return core::Failure(missing.error());
    data.unsigned_days = std::move(*missing);
    data.counter_name = [this](const std::string& id) {
      return counter_name(shift_.house, core::CounterId{id});
    };
    data.field_name = [this](const std::string& id) {
      return field_name(shift_.house, core::FieldId{id});
    };
    data.person_name = [this](const std::string& id) { return person_name(shift_, id); };
    return reports::unit_report(data);
  }

  /// It is noted before it is there: what left the machine is known even if the note is all there
  /// is.
  core::Result<std::string> make_and_save() {
    const Format& format = kFormats[format_];
    const std::string name = reports::report_file_name(period_.range(), format.extension);
    shift_.outside.progress(0);
    const auto report = make();
    if (!report) return core::fail(report.error().fault, fault_words(report.error()));
    const auto bytes = format.write(*report);
    if (!bytes) return core::fail(core::Fault::kIo, fault_words(bytes.error()));
    const auto noted = shift_.book.append(
        shift_.now(), core::StaffAct{shift_.me.id, core::StaffDeed::kReport, name});
    if (!noted) return core::fail(noted.error().fault, fault_words(noted.error()));
    const auto saved = reports::save(folder_, name, *bytes, [this](double share) {
      shift_.outside.progress(static_cast<float>(share));
    });
    if (!saved) return core::Failure(saved.error());
    return saved->filename().string();
  }

  void save() {
    const auto saved = make_and_save();
    tone_ = saved ? Tone::kGood : Tone::kAlert;
    const bool on_stick = folder_ != shift_.house.report_folder;
    message_ =
        saved ? "Đã lưu " + *saved + (on_stick ? ". Có thể rút USB." : ".") : saved.error().message;
  }

  const Shift& shift_;
  Period period_;
  std::size_t format_ = 0;
  std::filesystem::path folder_;
  std::string message_;
  Tone tone_ = Tone::kPlain;
};

}  // namespace

std::unique_ptr<Room> make_reports_room(const Shift& shift) {
  return std::make_unique<ReportsRoom>(shift);
}

}  // namespace hailong::kiosk::staff
