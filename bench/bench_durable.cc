// From a tap to a rating on the disk: the kiosk's writer thread against one bare SQLite commit of
// the same row, both with WAL and synchronous=FULL on the same disk, in turns. The limit is twice
// the bare commit plus a hand-over to another thread and back.

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bench/report.h"
#include "journal/stamp.h"
#include "kiosk/writer.h"
#include "tests/temp_folder.h"

namespace {

using hailong::bench::Report;
using hailong::kiosk::Writer;
using Clock = std::chrono::steady_clock;
namespace core = hailong::core;

constexpr int kRounds = 2000;

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

template <typename Work>
double ms_of(const Work& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Lets one thread wait for a turn of another.
class Signal {
 public:
  void give() {
    const std::lock_guard lock(mutex_);
    ++given_;
    changed_.notify_one();
  }
  void take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return given_ > taken_; });
    ++taken_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  long given_ = 0;
  long taken_ = 0;
};

/// A row as the journal's event table holds it.
class BareTable {
 public:
  explicit BareTable(const std::filesystem::path& folder)
      : database_((folder / "bare.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    database_.exec(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE event (seq INTEGER PRIMARY KEY, hash BLOB NOT NULL,"
        " bytes BLOB NOT NULL) STRICT");
    insert_.emplace(database_, "INSERT INTO event (hash, bytes) VALUES (?, ?)");
  }
  void commit_one() {
    static const std::array<unsigned char, 32> kHash{};
    static const std::string kBytes(230, 'x');  // the length of a rating's event
    insert_->reset();
    insert_->bind(1, kHash.data(), static_cast<int>(kHash.size()));
    insert_->bind(2, kBytes.data(), static_cast<int>(kBytes.size()));
    insert_->exec();
  }

 private:
  SQLite::Database database_;
  std::optional<SQLite::Statement> insert_;
};

/// There and back between two threads that sleep in between.
double hand_over_ms() {
  Signal there;
  Signal back;
  std::thread other([&] {
    for (int i = 0; i < kRounds; ++i) {
      there.take();
      back.give();
    }
  });
  std::vector<double> times;
  times.reserve(kRounds);
  for (int i = 0; i < kRounds; ++i) {
    times.push_back(ms_of([&] {
      there.give();
      back.take();
    }));
  }
  other.join();
  return median(times);
}

}  // namespace

int main() {
  const hailong::tests::TempFolder folder;
  BareTable bare(folder.path());
  Signal durable;
  bool failed = false;
  Writer writer(folder.path() / "journal", core::DeviceId{"bench"}, [&](const auto& outcome) {
    failed = failed || !outcome.seq;
    durable.give();
  });

  const auto rate = [&](int round) {
    writer.append({hailong::journal::stamp_now(),
                   hailong::kiosk::NewRating{core::Rating{core::VisitId{std::to_string(round)},
                                                          core::Score::from(5).value(),
                                                          core::CounterId{"q1"},
                                                          core::FieldId{"ho-tich"},
                                                          {}},
                                             {}}});
    durable.take();
  };
  rate(-1);  // waits until the journal is open

  std::vector<double> bare_times;
  std::vector<double> tap_times;
  bare_times.reserve(kRounds);
  tap_times.reserve(kRounds);
  for (int round = 0; round < kRounds; ++round) {
    bare_times.push_back(ms_of([&] { bare.commit_one(); }));
    tap_times.push_back(ms_of([&] { rate(round); }));
  }
  writer.stop();
  if (failed) {
    std::fprintf(stderr, "an append failed\n");
    return 1;
  }

  const double commit = median(bare_times);
  const double hand_over = hand_over_ms();
  Report::note("bare commit of the same row, median", commit, "ms");
  Report::note("hand-over to a thread and back, median", hand_over, "ms");
  Report report;
  report.at_most("tap to durable, median", median(tap_times), 2 * commit + hand_over, "ms");
  return report.exit_code();
}
