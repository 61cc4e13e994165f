#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "bench/clocks.h"
#include "bench/report.h"
#include "core/case_deadlines.h"
#include "kiosk/staff/pins.h"
#include "kiosk/staff/session.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"

/// Staff mode over a year of one kiosk: 100,000 ratings and 5,000 texts, of which staff have dealt
/// with half. Every view against the limit of 100 ms that people wait for it; and what a rating
/// costs at the end against the beginning. The journal is made in memory where there is room, since
/// making it waits for the disk 100,000 times; reading it is the same.
///
/// Exit code 0: all limits are kept.

namespace hailong::kiosk::staff {
namespace {

using journal::must;

constexpr int kRatings = 100'000;
constexpr int kTexts = 5'000;
constexpr int kRounds = 21;
constexpr double kLimitMs = 100;
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kNow = 1'795'507'200'000;  // 24/11/2026 15:00
constexpr const char* kPin = "314159";

constexpr const char* kWords[] = {"Chờ lâu quá, xin thêm ghế ngồi", "Cán bộ hướng dẫn tận tình",
                                  "Phải đi lại ba lần vì thiếu giấy tờ",
                                  "Máy lạnh hỏng, phòng nóng", "Đề nghị niêm yết lệ phí rõ hơn"};
constexpr const char* kFields[] = {"ho-tich", "chung-thuc", "dat-dai",
                                   "bao-tro", "kinh-doanh", "xay-dung"};

/// A moment in the opening hours of a working day of the year before kNow.
std::int64_t some_moment(int visit, std::mt19937& random) {
  const std::int64_t day = 365LL * visit / kRatings;
  const std::int64_t start = core::start_of_day_ms(core::local_date(kNow - (364 - day) * kDayMs));
  return std::min(kNow - 1000,
                  start + 27'000'000 + static_cast<std::int64_t>(random() % 32'400'000));
}

void deal_with(journal::StaffBook& book, core::Seq rating, core::Seq seen) {
  int known = 0;
  const auto take = [&](core::CaseAction action) {
    core::CaseStep step;
    step.action = action;
    step.who = "ha";
    step.role = "head";
    step.seen = seen;
    step.classed = core::CaseClass::kSuggestion;
    step.answer = "Đã kê thêm ghế.";
    must(book.append(journal::stamp_at(kNow - kDayMs), rating, step, known++));
  };
  for (const auto action : {core::CaseAction::kSee, core::CaseAction::kClassify,
                            core::CaseAction::kStart, core::CaseAction::kHandle}) {
    take(action);
  }
}

/// How many times as long the last tenth of the ratings took as the first, on the processor.
double fill(journal::Journal& journal) {
  constexpr int kTenth = kRatings / 10;
  double first_tenth = 0;
  double last_tenth_begin = 0;
  const double begin = bench::cpu_ms();
  std::mt19937 random(20'261'124);
  journal::StaffBook book(journal);
  for (int i = 0; i < kRatings; ++i) {
    if (i == kTenth) first_tenth = bench::cpu_ms() - begin;
    if (i == kRatings - kTenth) last_tenth_begin = bench::cpu_ms();
    const core::Stamp stamp = journal::stamp_at(some_moment(i, random));
    const auto draw = random() % 100;
    core::Rating rating = journal::rating_of(draw < 70   ? 5
                                             : draw < 90 ? 4
                                             : draw < 95 ? 3
                                                         : 2,
                                             "v" + std::to_string(i));
    rating.field = core::FieldId{kFields[random() % std::size(kFields)]};
    const core::Seq seq = must(journal.append(stamp, rating)).seq;
    if (i % (kRatings / kTexts) != 0) continue;
    const std::string words =
        std::string(kWords[random() % std::size(kWords)]) + ", lần " + std::to_string(i);
    const core::Seq said =
        must(journal.append_feedback(stamp, seq, core::FeedbackKind::kWords, words)).seq;
    if (i % (2 * kRatings / kTexts) == 0) deal_with(book, seq, said);
  }
  return (bench::cpu_ms() - last_tenth_begin) / first_tenth;
}

class Bench {
 public:
  explicit Bench(const House& house)
      : session_(house, {[] { return journal::stamp_at(kNow); }, [](float) {}, [] { return false; },
                         [] {}}) {}

  void sign_in(const std::string& who) {
    session_.handle({});
    session_.handle({Verb::kChooseMe, 0, who});
    session_.handle({Verb::kPin, 0, kPin});
  }

  /// `command` behind `before`; what it shows begins with `title`, or nothing was measured.
  void measure(const std::string& name, const std::vector<Command>& before, const Command& command,
               const std::string& title) {
    std::vector<double> times;
    times.reserve(kRounds);
    for (int i = 0; i < kRounds; ++i) {
      for (const Command& each : before) session_.handle(each);
      const auto start = std::chrono::steady_clock::now();
      const View view = session_.handle(command);
      times.push_back(bench::ms_since(start));
      if (!view.title.starts_with(title) || view.message_tone == Tone::kAlert) {
        std::fprintf(stderr, "%s: shows \"%s\": %s\n", name.c_str(), view.title.c_str(),
                     view.message.c_str());
        std::exit(2);
      }
    }
    report_.at_most(name, bench::quantile(times, 0.95), kLimitMs, "ms");
  }

  /// What residents wait for must not grow with what was left before them.
  void measure_growth(double times) {
    report_.at_most("ratings at a year's end, as at its beginning", times, 1.5, "times");
  }

  [[nodiscard]] int exit_code() const { return report_.exit_code(); }

 private:
  Session session_;
  bench::Report report_;
};

void measure_as(Bench& bench, const std::string& who) {
  const Command today{Verb::kToday, 0, ""};
  const Command inbox{Verb::kInbox, 0, ""};
  const std::string inbox_title = "Ý kiến";
  bench.sign_in(who);
  bench.measure(who + ": today", {inbox}, today, "Hôm nay");
  bench.measure(who + ": the last 30 days", {today}, {Verb::kPeriod, 3, ""}, "30 ngày");
  bench.measure(who + ": a year",
                {today, {Verb::kPeriod, 6, ""}, {Verb::kPeriodFrom, 0, "24112025"}},
                {Verb::kPeriodTo, 0, "24112026"}, "từ 24/11/2025");
  bench.measure(who + ": inbox, not done", {today}, inbox, inbox_title);
  for (const auto& [stage, number] :
       {std::pair("all", 0), {"new", 1}, {"overdue", 3}, {"done", 4}}) {
    bench.measure(who + ": inbox, " + stage, {today, inbox}, {Verb::kFilter, number, ""},
                  inbox_title);
  }
  bench.measure(who + ": a search", {today, inbox, {Verb::kSearch, 0, ""}},
                {Verb::kSearch, 1, "thieu giay"}, inbox_title);
  bench.measure(who + ": sign-off", {today}, {Verb::kSignOff, 0, ""}, "Ký xác nhận");
  if (who != "ha") return;
  for (const auto& [filter, number] :
       {std::pair("score 2", 202), {"a field", 300}, {"a status", 105}, {"doubtful", 400}}) {
    bench.measure(who + ": inbox, " + filter,
                  {today, inbox, {Verb::kFilter, 500, ""}, {Verb::kFilter, number, ""}},
                  {Verb::kBack, 0, ""}, inbox_title);
  }
}

int run() {
  const tests::TempFolder folder;
  std::filesystem::path place = folder.path();
  if (std::filesystem::exists("/dev/shm")) {
    place = std::filesystem::path("/dev/shm") / folder.path().filename();
  }
  House house;
  house.device = journal::kDevice;
  house.machine.data_dir = place;
  house.calendar = must(core::WorkingCalendar::parse("date,day,name,confirmed,source\n"));
  for (core::CaseLimit& limit : house.limits) limit = {5, 24, false, ""};
  for (const char* field : kFields) house.fields.push_back({core::FieldId{field}, field});
  house.name_choice = [](const std::string&, const std::string& choice) { return choice; };
  double growth = 0;
  {
    journal::Journal journal = must(journal::Journal::open(place, journal::kDevice));
    journal::StaffBook book(journal);
    const core::Stamp now = journal::stamp_at(kNow - kDayMs);
    const std::string hash = must(hash_pin(kPin));
    must(book.set_up(now, setup_code_digest("x"), {"ha", "ha", "Hà", core::StaffRole::kHead, true},
                     hash));
    must(book.add(now, {"ha", "minh", "Minh", core::StaffRole::kOfficer, true}, hash));
    must(book.set_pin(now, "minh", "minh", hash));
    growth = fill(journal);
  }
  Bench bench(house);
  bench.measure_growth(growth);
  measure_as(bench, "ha");
  measure_as(bench, "minh");
  std::filesystem::remove_all(place);
  return bench.exit_code();
}

}  // namespace
}  // namespace hailong::kiosk::staff

int main() { return hailong::kiosk::staff::run(); }
