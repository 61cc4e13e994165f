#include "district/ingest/gatherer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/district/sample.h"

namespace hailong::district::ingest {
namespace {

struct Job {
  int number = 0;
  int written_in = 0;  // the how-manieth group, from 1
};

/// Writes for those who come; the first group waits until it is let go.
class Gathering : public ::testing::Test {
 protected:
  void write(std::span<Job* const> jobs) {
    ++groups_;
    sizes_.push_back(jobs.size());
    if (groups_ == 1) {
      begun_.set_value();
      let_go_.get_future().wait();
      if (first_throws_) throw std::runtime_error("broken");
    }
    for (Job* job : jobs) job->written_in = groups_;
  }

  /// Submits one job, and `more` of them while it is written.
  void submit_while_one_is_written(std::vector<Job>& jobs) {
    std::vector<std::thread> threads;
    threads.reserve(jobs.size());
    threads.emplace_back([&] {
      try {
        gatherer_.submit(jobs.front());
      } catch (const std::runtime_error&) {
        ++thrown_;
      }
    });
    begun_.get_future().wait();
    std::atomic<std::size_t> coming{0};
    for (std::size_t i = 1; i < jobs.size(); ++i) {
      threads.emplace_back([&, i] {
        ++coming;
        gatherer_.submit(jobs[i]);
      });
    }
    while (coming < jobs.size() - 1) std::this_thread::yield();
    let_go_.set_value();
    for (std::thread& thread : threads) thread.join();
  }

  int groups_ = 0;
  std::vector<std::size_t> sizes_;
  std::promise<void> begun_, let_go_;
  bool first_throws_ = false;
  int thrown_ = 0;
  Gatherer<Job> gatherer_{3, [this](std::span<Job* const> jobs) { write(jobs); }};
};

TEST_F(Gathering, WritesEveryJobOnceAndNeverMoreAtATimeThanAllowed) {
  std::vector<Job> jobs(20);
  submit_while_one_is_written(jobs);
  std::size_t all = 0;
  for (const std::size_t size : sizes_) {
    EXPECT_LE(size, 3U);
    all += size;
  }
  EXPECT_EQ(all, jobs.size());
  EXPECT_EQ(sizes_.front(), 1U);
  for (const Job& job : jobs) EXPECT_GT(job.written_in, 0);
}

TEST_F(Gathering, GoesOnAfterAWriterThatThrew) {
  first_throws_ = true;
  std::vector<Job> jobs(5);
  submit_while_one_is_written(jobs);
  EXPECT_EQ(thrown_, 1);
  EXPECT_EQ(jobs.front().written_in, 0);
  for (std::size_t i = 1; i < jobs.size(); ++i) EXPECT_GT(jobs[i].written_in, 0);
}

}  // namespace
}  // namespace hailong::district::ingest

namespace hailong::district {
namespace {

/// Many kiosks at once, and one whose batches the store cannot take.
TEST(Together, BatchesAreStoredAndNoneSuffersFromAnother) {
  if (postgres_server() != nullptr) GTEST_SKIP() << "there each batch is a transaction of its own";
  Reception reception;
  std::vector<FakeKiosk> kiosks;
  kiosks.reserve(12);
  for (int i = 0; i < 12; ++i) {
    kiosks.emplace_back("kt-" + std::to_string(i));
    for (int n = 0; n < 30; ++n) kiosks.back().rate(n % 5 + 1);
    register_kiosk(reception.store(), kiosks.back());
  }
  must(reception.peek().execute(
      "CREATE TRIGGER broken BEFORE INSERT ON stream WHEN NEW.device_id = 'kt-5' "
      "BEGIN SELECT RAISE(ABORT, 'broken'); END"));
  std::vector<std::thread> senders;
  senders.reserve(kiosks.size());
  std::atomic<int> failed{0};
  for (const FakeKiosk& kiosk : kiosks) {
    senders.emplace_back([&] {
      for (core::Seq from = 1; from <= 30; from += 10) {
        const auto answer =
            reception.receiver().receive(kiosk.device(), kiosk.sealed(from, from + 9), kNoon);
        if (!answer) {
          ++failed;
          return;
        }
        EXPECT_EQ(accepted(*answer).receipt.last, from + 9);
      }
    });
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(failed, 1);
  auto peek = reception.peek();
  EXPECT_EQ(peek.number("SELECT count(*) FROM event WHERE stream_id <> 0"), 11 * 30);
  EXPECT_EQ(peek.number("SELECT sum(n1 + n2 + n3 + n4 + n5) FROM cell"), 11 * 30);
}

}  // namespace
}  // namespace hailong::district
