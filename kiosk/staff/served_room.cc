#include <algorithm>
#include <map>
#include <numeric>

#include "kiosk/staff/listing.h"
#include "kiosk/staff/rooms.h"
#include "kiosk/staff/served_file.h"
#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {
namespace {

constexpr int kDigitsOfACount = 5;

class ServedRoom : public Room {
 public:
  explicit ServedRoom(const Shift& shift) : shift_(shift), day_(shift.today()) {}

  View view() override {
    View view;
    view.title = "Số hồ sơ đã giải quyết";
    view.message = message_;
    view.message_tone = tone_;
    if (auto shown = show(view); !shown) say_unread(view, shown.error());
    add_way_out(view, step_ == Step::kDay);
    return view;
  }

  void take(const Command& command) override {
    message_.clear();
    switch (command.verb) {
      case Verb::kPage:
        page_ = static_cast<int>(command.number);
        return;
      case Verb::kServedDay:
        return take_day(command);
      case Verb::kServedField:
        field_ = core::FieldId{command.text};
        return go_to(Step::kCount);
      case Verb::kServedCount:
        return take_count(command.text);
      case Verb::kServedFiles:
        return go_to(Step::kFiles);
      case Verb::kServedFile:
        return preview(command.text);
      case Verb::kServedTake:
        return take_over();
      default:
        return go_to(step_ == Step::kPreview ? Step::kFiles : Step::kDay);
    }
  }

 private:
  enum class Step { kDay, kOtherDay, kCount, kFiles, kPreview };

  void go_to(Step step) {
    step_ = step;
    page_ = 0;
  }

  void say(Tone tone, std::string message) {
    tone_ = tone;
    message_ = std::move(message);
  }

  core::Result<void> show(View& view) {
    switch (step_) {
      case Step::kDay:
        return show_day(view);
      case Step::kOtherDay:
        view.input = Input{Input::Kind::kDate,        "Ngày giải quyết", "", 8,
                           {Verb::kServedDay, 1, ""}, "Tiếp tục"};
        return {};
      case Step::kCount:
        view.title = field_name(shift_.house, field_) + ", ngày " + date_words(day_);
        view.input = Input{Input::Kind::kNumber, "Số hồ sơ đã giải quyết xong", "",
                           kDigitsOfACount,      {Verb::kServedCount, 0, ""},   "Ghi"};
        return {};
      case Step::kFiles:
        show_files(view);
        return {};
      case Step::kPreview:
        show_preview(view);
        return {};
    }
    return {};
  }

  core::Result<void> show_day(View& view) {
    const auto counts = shift_.review.served(day_, day_);
    if (!counts) return core::Failure(counts.error());
    view.title += ", ngày " + date_words(day_);
    Table table;
    table.columns = {{"Lĩnh vực", 5, false}, {"Số hồ sơ", 2, true}};
    table.nothing = "Cấu hình máy chưa có lĩnh vực nào.";
    std::int64_t sum = 0;
    for (const flow::Field& field : shift_.house.fields) {
      const auto found =
          std::find_if(counts->begin(), counts->end(),
                       [&](const journal::ServedCount& each) { return each.field == field.id; });
      const bool known = found != counts->end();
      if (known) sum += found->count;
      table.rows.push_back({{field.name, known ? count_words(found->count) : "chưa nhập"},
                            Command{Verb::kServedField, 0, field.id.value},
                            known ? Tone::kPlain : Tone::kMuted});
    }
    turn(view, table, page_);
    view.blocks.emplace_back(std::move(table));
    view.blocks.emplace_back(
        Text{"Cộng: " + count_words(sum) +
                 " hồ sơ. Chạm vào một lĩnh vực để nhập hoặc sửa; số cũ vẫn còn trong nhật ký.",
             Text::Size::kSmall, Tone::kMuted});
    view.actions = {{"Ngày khác", {Verb::kServedDay, 0, ""}, Button::Kind::kPlain},
                    {"Nhập từ USB", {Verb::kServedFiles, 0, ""}, Button::Kind::kPlain}};
    return {};
  }

  void show_files(View& view) {
    view.title = "Nhập từ tệp CSV trên USB";
    Table table;
    table.columns = {{"Tệp", 4, false}, {"Ở", 3, false}};
    table.nothing = "Chưa thấy tệp .csv nào. Xin cắm USB có tệp rồi bấm “Tìm lại”.";
    const auto sticks = reports::sticks(shift_.house.sticks);
    if (!sticks) {
      view.message = sticks.error().message;
      view.message_tone = Tone::kAlert;
      return;
    }
    for (const reports::Stick& stick : *sticks) {
      const auto files = served_files_in(stick.folder);
      if (!files) {
        view.message = files.error().message;
        view.message_tone = Tone::kAlert;
        continue;
      }
      for (const auto& file : *files) {
        table.rows.push_back({{file.filename().string(), stick.label},
                              Command{Verb::kServedFile, 0, file.string()},
                              Tone::kPlain});
      }
    }
    turn(view, table, page_);
    view.blocks.emplace_back(std::move(table));
    view.actions = {{"Tìm lại", {Verb::kServedFiles, 0, ""}, Button::Kind::kPrimary}};
  }

  void preview(const std::string& file) {
    auto preview = read_served(file, shift_.house.fields, shift_.today());
    if (!preview) return say(Tone::kAlert, preview.error().message);
    std::vector<journal::ServedCount> existing;
    if (const auto days = days_of(*preview)) {
      auto counts = shift_.review.served(days->first, days->second);
      if (!counts) return say(Tone::kAlert, fault_words(counts.error()));
      existing = std::move(*counts);
    }
    changes_ = compare(*preview, existing);
    wrong_ = std::move(preview->wrong);
    go_to(Step::kPreview);
  }

  void show_preview(View& view) {
    const auto changing = static_cast<std::int64_t>(std::count_if(
        changes_.begin(), changes_.end(), [](const auto& each) { return each.changes(); }));
    view.title = "Xem trước: " + count_words(changing) + " dòng sẽ ghi, " +
                 count_words(static_cast<std::int64_t>(wrong_.size())) + " dòng sai";
    Table table;
    table.columns = {{"Dòng", 1, true},
                     {"Ngày", 2, false},
                     {"Lĩnh vực", 4, false},
                     {"Số hồ sơ", 2, true},
                     {"Nhận xét", 5, false}};
    table.nothing = "Tệp không có dòng nào.";
    for (const WrongLine& wrong : wrong_) {
      table.rows.push_back(
          {{std::to_string(wrong.line), "", "", "", wrong.why}, std::nullopt, Tone::kAlert});
    }
    for (const ServedChange& change : changes_) {
      const core::Served& served = change.line.served;
      table.rows.push_back(
          {{std::to_string(change.line.line), date_words(served.day),
            field_name(shift_.house, served.field), count_words(served.count), remark(change)},
           std::nullopt,
           change.changes() ? Tone::kPlain : Tone::kMuted});
    }
    turn(view, table, page_);
    view.blocks.emplace_back(std::move(table));
    if (changing > 0) {
      view.actions = {{"Ghi " + count_words(changing) + " dòng đúng",
                       {Verb::kServedTake, 0, ""},
                       Button::Kind::kPrimary}};
    }
  }

  static std::string remark(const ServedChange& change) {
    if (change.is_new()) return "mới";
    return change.changes() ? "thay số cũ " + count_words(*change.before) : "đã có, không đổi";
  }

  void take_over() {
    std::vector<core::Served> served;
    for (const ServedChange& change : changes_) {
      if (!change.changes()) continue;
      served.push_back(change.line.served);
      served.back().who = shift_.me.id;
    }
    const auto done = shift_.book.append(shift_.now(), served);
    say(done ? Tone::kGood : Tone::kAlert,
        done ? "Đã ghi " + count_words(static_cast<std::int64_t>(served.size())) + " dòng."
             : fault_words(done.error()));
    if (done) go_to(Step::kDay);
  }

  void take_day(const Command& command) {
    if (command.number == 0) return go_to(Step::kOtherDay);
    const auto day = date_in_digits(command.text);
    if (!day) return say(Tone::kAlert, "Ngày cần đủ 8 chữ số, như 05092026.");
    if (*day > shift_.today()) return say(Tone::kAlert, "Ngày này chưa đến.");
    day_ = *day;
    go_to(Step::kDay);
  }

  void take_count(const std::string& digits) {
    const bool is_count =
        !digits.empty() && digits.size() <= kDigitsOfACount &&
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    const std::int64_t count = is_count ? std::stoll(digits) : -1;
    if (!is_count || count > kMostServed) {
      return say(Tone::kAlert, "Xin nhập một số từ 0 đến " + count_words(kMostServed) + ".");
    }
    const auto done =
        shift_.book.append(shift_.now(), core::Served{shift_.me.id, field_, day_, count});
    say(done ? Tone::kGood : Tone::kAlert, done ? "Đã ghi." : fault_words(done.error()));
    if (done) step_ = Step::kDay;
  }

  const Shift& shift_;
  Step step_ = Step::kDay;
  core::LocalDate day_;
  core::FieldId field_;
  std::vector<ServedChange> changes_;
  std::vector<WrongLine> wrong_;
  int page_ = 0;
  std::string message_;
  Tone tone_ = Tone::kPlain;
};

}  // namespace

std::unique_ptr<Room> make_served_room(const Shift& shift) {
  return std::make_unique<ServedRoom>(shift);
}

}  // namespace hailong::kiosk::staff
