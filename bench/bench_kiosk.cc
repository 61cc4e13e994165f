// The real kiosk under Xvfb, as a resident meets it: start, memory, idleness, and the time from a
// tap to changed pixels. The limits are those of the issue that built it; the yardstick is a
// Chromium kiosk with a SurveyJS page on a machine like this one: 391 MiB, 0.4 % idle, 540 ms
// start, 9 / 20 ms per tap.

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/clocks.h"
#include "bench/report.h"
#include "tests/e2e/journal_witness.h"
#include "tests/e2e/kiosk_session.h"
#include "tests/e2e/resident.h"
#include "tests/temp_folder.h"

namespace {

using hailong::bench::ms_since;
using hailong::bench::quantile;
using hailong::bench::Report;
using hailong::tests::JournalWitness;
using hailong::tests::KioskSession;
using hailong::tests::Resident;
using hailong::tests::Sight;
using hailong::tests::XDisplay;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kStarts = 15;
constexpr int kTaps = 60;
constexpr std::chrono::seconds kIdle{20};

/// Proportional set size, MiB.
double pss_mib(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/smaps_rollup");
  std::string word;
  while (file >> word) {
    if (word == "Pss:") {
      double kib = 0;
      file >> kib;
      return kib / 1024;
    }
  }
  return -1;
}

/// Time on a processor of all threads, ns (schedstat is exact where stat counts in 10 ms ticks).
double cpu_ns(pid_t pid) {
  double sum = 0;
  for (const auto& task :
       std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task")) {
    double ns = 0;
    std::ifstream(task.path() / "schedstat") >> ns;
    sum += ns;
  }
  return sum;
}

void measure_starts(XDisplay& display, KioskSession& kiosk, Report& report) {
  std::vector<double> starts;
  for (int i = 0; i < kStarts; ++i) {
    const auto start = Clock::now();
    kiosk.start();
    starts.push_back(ms_since(start));
    kiosk.stop();
    display.wait(milliseconds{100});
  }
  report.at_most("start to first content, median", quantile(starts, 0.5), 60, "ms");
}

void measure_idle(XDisplay& display, KioskSession& kiosk, Report& report) {
  display.wait(milliseconds{1500});
  display.drawings();
  const double before = cpu_ns(kiosk.process().pid());
  const auto start = Clock::now();
  int drawings = 0;
  while (Clock::now() - start < kIdle) {
    display.wait(milliseconds{500});
    drawings += display.drawings();
  }
  const double share = (cpu_ns(kiosk.process().pid()) - before) / (ms_since(start) * 1e6);
  report.at_most("idle, share of one core", share * 100, 0.05, "%");
  report.at_most("idle, drawings in 20 s", drawings, 0, "");
}

void measure_taps(XDisplay& display, KioskSession& kiosk, Report& report) {
  std::vector<double> pixels;
  for (int i = 0; i < kTaps; ++i) {
    const auto [x, y] = kiosk.face(i % 5 + 1);
    display.move(x, y);
    display.wait(milliseconds{400});  // past the debounce after the last screen
    const auto start = Clock::now();
    display.press(true);
    display.wait_until([&] { return kiosk.sight() != Sight::kHome; }, std::chrono::seconds{5});
    pixels.push_back(ms_since(start));
    display.press(false);
    if (!kiosk.wait_for(Sight::kOther) || !kiosk.wait_for(Sight::kHome)) {
      throw std::runtime_error("tap " + std::to_string(i) + " led nowhere");
    }
  }
  report.at_most("tap to changed pixels, median", quantile(pixels, 0.5), 9, "ms");
  report.at_most("tap to changed pixels, p99", quantile(pixels, 0.99), 16, "ms");
}

/// Somebody who opens every page, in the largest text and high contrast on the way.
void walk_everywhere(Resident& resident, const JournalWitness& journal) {
  using namespace hailong::kiosk::flow;
  const auto recorded = [&](hailong::core::Seq seq) {
    static_cast<void>(journal.event(seq));
    resident.know_recorded(seq);
  };
  const auto visit = [&](Topic topic) { resident.tap(&TopicTapped::topic, topic); };
  for (const Preference which : {Preference::kText, Preference::kText, Preference::kContrast,
                                 Preference::kLanguage, Preference::kText, Preference::kContrast}) {
    resident.tap(&PreferenceTapped::preference, which);
  }
  resident.tap(&FaceTapped::score, *hailong::core::Score::from(2));
  recorded(1);  // 2 is the code for answering at home
  resident.tap<SayMoreTapped>();
  resident.tap<NextTapped>();
  for (const Topic topic : {Topic::kQuestions, Topic::kCounter, Topic::kContact,
                            Topic::kExtraPayment, Topic::kComplaints}) {
    visit(topic);
    resident.tap<BackTapped>();
  }
  visit(Topic::kProcedure);
  resident.tap(&ChoiceTapped::place, 0);
  resident.tap<SearchTapped>();
  resident.tap_keys("khai sinh");
  resident.tap(&ChoiceTapped::place, 0);
  recorded(3);
  visit(Topic::kWords);
  resident.tap_keys("camr own");
  resident.tap<NextTapped>();
  recorded(4);
  resident.tap<DoneTapped>();
  resident.tap_elsewhere();
  resident.see();
}

void measure_longest_path(XDisplay& display, Report& report) {
  const hailong::tests::TempFolder folder;
  KioskSession kiosk(display, folder.path(), {30, hailong::tests::everything_asked()});
  kiosk.start();
  Resident resident(display, kiosk);
  walk_everywhere(resident, JournalWitness(kiosk.journal()));
  report.at_most("memory after the longest path (PSS)", pss_mib(kiosk.process().pid()), 30, "MiB");
  kiosk.stop();
}

}  // namespace

int main() {
  XDisplay display(1280, 800);
  const hailong::tests::TempFolder folder;
  KioskSession kiosk(display, folder.path());
  Report report;
  measure_starts(display, kiosk, report);
  kiosk.start();
  measure_idle(display, kiosk, report);
  report.at_most("memory after start (PSS)", pss_mib(kiosk.process().pid()), 25, "MiB");
  measure_taps(display, kiosk, report);
  report.at_most("memory after the taps (PSS)", pss_mib(kiosk.process().pid()), 25, "MiB");
  kiosk.stop();
  measure_longest_path(display, report);
  return report.exit_code();
}
