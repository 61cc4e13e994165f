#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "bench/clocks.h"
#include "bench/report.h"
#include "journal/outbox.h"
#include "journal/reader.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"
#include "wire/receipt.h"

/// What a journal comes to in a year of 500 ratings a day, each with a token and answers, every
/// second one with its dossier, and 20 texts, with retention as it is set up: its size at the end
/// of every month against 200 MB, what an append waits for while the journal is compacted beside it
/// against the rest of the time, and how long the whole takes to verify at the end. The journal is
/// made in memory where there is room.
///
/// Exit code 0: all limits are kept.

namespace hailong::journal {
namespace {

constexpr int kDays = 365;
constexpr int kRatings = 500;  // a day
constexpr int kTexts = 20;     // a day
constexpr int kKeepDays = 90;
constexpr double kMostMb = 200;
constexpr double kPatienceMs = 5000;  // of whoever waits for the journal
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kBegin = 1'795'453'200'000;

class Year {
 public:
  explicit Year(std::filesystem::path place)
      : place_(std::move(place)), journal_(must(Journal::open(place_, kDevice))) {}

  void run() {
    for (int day = 0; day < kDays; ++day) {
      compact_beside(day);
      append(day);
      confirm(day);
      compaction_.join();
      if (day % 30 == 29) note_month(day);
    }
    report();
  }

  [[nodiscard]] int exit_code() const { return report_.exit_code(); }

 private:
  static core::Stamp moment(int day, int nth) {
    return stamp_at(kBegin + day * kDayMs + std::int64_t{nth} * 60'000);
  }

  void compact_beside(int day) {
    compacting_ = true;
    compaction_ = std::thread([this, day] {
      Journal own = must(Journal::open(place_, kDevice));
      const auto start = std::chrono::steady_clock::now();
      const auto gone =
          must(own.compact(moment(day, 0), kKeepDays, district_.public_key(), [] { return true; }));
      if (gone > 0) compactions_ms_.push_back(bench::ms_since(start));
      compacting_ = false;
    });
  }

  void append(int day) {
    for (int nth = 0; nth < kRatings; ++nth) {
      const core::Stamp stamp = moment(day, nth);
      const bool beside = compacting_;
      const auto start = std::chrono::steady_clock::now();
      const core::Seq seq = rate(stamp);
      (beside ? appends_beside_ms_ : appends_ms_).push_back(bench::ms_since(start));
      const std::string reason = random_() % 2 == 0 ? "quick" : "polite";
      must(journal_.append(
          stamp, core::Answers{seq, {{"reasons", {reason}}, {"field", {"dat-dai"}}}, false}));
      if (nth % (kRatings / kTexts) == 0) {
        must(journal_.append_feedback(
            stamp, seq, core::FeedbackKind::kWords,
            "Chờ lâu quá, xin thêm ghế ngồi; lần thứ " + std::to_string(random_())));
      }
    }
  }

  core::Seq rate(const core::Stamp& stamp) {
    Beside beside{wire::random_bytes32(), std::nullopt};
    if (random_() % 2 == 0) {
      beside.dossier = DossierRef{"000.00.01.H24-" + std::to_string(random_() % 1'000'000'000),
                                  wire::random_bytes32(), "1.000689", core::FieldId{"ho-tich"}};
    }
    const int score = 1 + static_cast<int>(random_() % 5);
    return must(journal_.append(stamp, rating_of(score, wire::random_id()), beside)).seq;
  }

  void confirm(int day) {
    Outbox outbox = must(Outbox::open(place_));
    const wire::BatchClaim claim =
        must(outbox.batch(must(outbox.high_water()) + 1, 1'000'000, 1'000'000'000)).claim;
    const wire::Receipt receipt{claim.device, claim.epoch, claim.last, claim.head,
                                moment(day, kRatings).wall_ms};
    must(outbox.keep(receipt, wire::seal_receipt(receipt, district_)));
  }

  void note_month(int day) {
    double bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(place_)) {
      bytes += static_cast<double>(file.file_size());
    }
    report_.at_most("journal after " + std::to_string(day + 1) + " days", bytes / 1e6, kMostMb,
                    "MB");
  }

  void report() {
    note_month(kDays - 1);
    report_.at_least("compactions", static_cast<double>(compactions_ms_.size()), 30, "times");
    report_.note("a compaction, at most", bench::quantile(compactions_ms_, 1), "ms");
    report_.note("append, p95", bench::quantile(appends_ms_, 0.95), "ms");
    report_.note("append beside a compaction, p95", bench::quantile(appends_beside_ms_, 0.95),
                 "ms");
    report_.at_most("append beside a compaction, at most", bench::quantile(appends_beside_ms_, 1),
                    kPatienceMs, "ms");
    Reader reader = must(Reader::open(place_ / kJournalFile));
    const auto start = std::chrono::steady_clock::now();
    const Verification found = must(reader.verify(district_.public_key()));
    report_.note("verification", bench::ms_since(start), "ms");
    report_.at_most("events that do not verify", found.first_bad ? 1 : 0, 0, "");
  }

  std::filesystem::path place_;
  Journal journal_;
  wire::SigningKey district_ = wire::SigningKey::generate();
  std::mt19937_64 random_{7};
  std::thread compaction_;
  std::atomic<bool> compacting_ = false;
  std::vector<double> compactions_ms_;
  std::vector<double> appends_ms_;
  std::vector<double> appends_beside_ms_;
  bench::Report report_;
};

int run_year() {
  const tests::TempFolder folder;
  std::filesystem::path place = folder.path();
  if (std::filesystem::exists("/dev/shm")) {
    place = std::filesystem::path("/dev/shm") / folder.path().filename();
  }
  Year year(place);
  year.run();
  std::filesystem::remove_all(place);
  return year.exit_code();
}

}  // namespace
}  // namespace hailong::journal

int main() { return hailong::journal::run_year(); }
