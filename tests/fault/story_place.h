#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "journal/outbox.h"
#include "sqlite/database.h"
#include "sync/loop.h"
#include "tests/district/draw.h"
#include "tests/district/plain_count.h"
#include "tests/fault/story_district.h"
#include "tests/journal/sample.h"
#include "wire/key_file.h"

/// A place with a kiosk in a story in which anything happens (any_history_test.cc). It knows what
/// residents said, and what of it the district took.

namespace hailong::tests {

using district::Draw;
using district::PlainCount;
using district::PlainRating;

/// Gives the daemon some time, in which no clock goes on.
class Patience final : public sync::Waiting {
 public:
  Patience(core::Stamp now, std::function<bool()> is_done)
      : now_(std::move(now)), is_done_(std::move(is_done)) {}

  bool stopped() override { return stopped_; }
  [[nodiscard]] core::Stamp now() const override { return now_; }
  void watch() override {}
  Woken for_change(std::chrono::milliseconds most) override { return for_time(most); }
  Woken for_time(std::chrono::milliseconds /*time*/) override {
    constexpr int kMostWaits = 3;
    stopped_ = stopped_ || is_done_() || ++waits_ > kMostWaits;
    return stopped_ ? Woken::kByStop : Woken::kByTime;
  }

 private:
  core::Stamp now_;
  std::function<bool()> is_done_;
  int waits_ = 0;
  bool stopped_ = false;
};

/// What a resident said: a rating, or with another `rating` a correction of it.
struct Said {
  core::Seq seq = 0;
  core::Seq rating = 0;
  PlainRating what;
  bool is_taken = false;      // by the district
  bool is_in_journal = true;  // or the card was set back behind it
};

/// A place with a kiosk: one card after the other, each with its journal and its daemon.
class Place {
 public:
  Place(std::string device, int unit, Calendar& calendar, District& district)
      : device_(std::move(device)), unit_(unit), calendar_(calendar), district_(district) {}

  /// A card that is enrolled.
  void start() {
    const auto key = journal::must(wire::read_or_make_key(data_dir() / journal::kDeviceKeyFile));
    switch_on(district_.enrol(device_, unit_, key));
  }

  /// The card is one of the first version of the program, whose ratings nobody has sent yet.
  void start_with_old_card() {
    std::ostringstream dump;
    dump << std::ifstream(std::string(HAILONG_JOURNAL_DATA) + "/journal_001.sql").rdbuf();
    const auto key = journal::must(wire::read_or_make_key(data_dir() / journal::kDeviceKeyFile));
    SQLite::Database((data_dir() / journal::kJournalFile).string(),
                     SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec(dump.str() + "UPDATE identity SET public_key = X'" + core::to_hex(key.public_key()) +
              "'");
    PlainRating rating;
    rating.field = "ho-tich";
    rating.counter = "q1";
    for (core::Seq seq = 1; seq <= 5; ++seq) {
      rating.score = static_cast<int>(seq);
      said_.push_back({seq, seq, rating});
    }
    rating.flags = {"burst", "out-of-hours"};
    rating.score = 2;
    said_.push_back({6, 6, rating});
    rating.score = 4;
    said_.push_back({7, 6, rating});
    switch_on(1);
    district_.know(journal_->identity(), unit_);
    hear_the_time();
  }

  void tap(Draw& draw) {
    PlainRating rating;
    // The district tells the time, which counts whatever the clock says.
    hear_the_time();
    const std::int64_t since_ms = calendar_.now_ms() + 10 * kDay - kNoon + kDay / 2;  // day -10
    rating.day = static_cast<int>(since_ms / kDay) - 10;
    rating.hour = static_cast<int>(since_ms % kDay / (60 * kMinute));
    rating.score = draw.below(5) + 1;
    rating.counter = "q1";
    if (draw.below(3) == 0) rating.flags = {"burst"};
    const std::string visit = "visit-" + std::to_string(++visits_);
    const auto seq = journal::must(
        journal_->append(stamp(), core::Rating{core::VisitId{visit},
                                               core::Score::from(rating.score).value(),
                                               core::CounterId{"q1"},
                                               {},
                                               {rating.flags.begin(), rating.flags.end()}}));
    said_.push_back({seq.seq, seq.seq, rating});
    if (draw.below(4) != 0) return;
    const std::string text = device_ + " " + visit;
    words_[journal::must(
               journal_->append_feedback(stamp(), seq.seq, core::FeedbackKind::kWords, text))
               .seq] = text;
  }

  void correct(Draw& draw) {
    std::vector<Said> known;
    std::copy_if(said_.begin(), said_.end(), std::back_inserter(known),
                 [](const Said& said) { return said.is_in_journal; });
    if (known.empty()) return;
    Said change =
        known[static_cast<std::size_t>(draw.below(static_cast<std::uint32_t>(known.size())))];
    change.what.score = draw.below(5) + 1;
    change.is_taken = false;
    change.seq =
        journal::must(journal_->append(
                          stamp(), core::Correction{change.rating,
                                                    core::Score::from(change.what.score).value()}))
            .seq;
    said_.push_back(change);
  }

  /// The power goes; what was on the disk is there afterwards, whatever the programs had open.
  void crash() {
    put_in(copy_of_card());
    switch_on(1);
  }

  /// A new card, which is enrolled anew: what the old one had not sent is lost with it.
  void image_anew() {
    bury();
    put_in(std::make_unique<TempFolder>());
    copy_.reset();
    is_set_back_ = false;
    words_.clear();
    start();
  }

  /// Somebody keeps a copy of the card,
  void copy() {
    copy_ = copy_of_card();
    copied_ = last();
  }

  /// and puts it in, without what came since. That is seen when the district knew of it.
  void set_back() {
    if (!copy_) return;
    put_in(std::move(copy_));
    switch_on(1);
    is_set_back_ = is_set_back_ || district_.known_of(journal_->identity().epoch) > copied_;
    was_set_back_ = was_set_back_ || is_set_back_;
    std::erase_if(said_, [&](const Said& said) { return !said.is_taken && said.seq > copied_; });
    for (Said& said : said_) said.is_in_journal = said.is_in_journal && said.seq <= copied_;
    std::erase_if(words_, [&](const auto& words) { return words.first > copied_; });
  }

  /// Its clock is off, and says so or not.
  void set_clock(int days, bool lies) {
    clock_off_ms_ = days * kDay;
    lies_ = lies;
  }

  /// The daemon gets some time.
  void sync() {
    Patience patience(stamp(), [&] { return is_drained(); });
    sync::Loop(settings_, district_, patience, [] { return 0.5; }).run();
  }

  /// What residents go on saying after a card was set back shows it at the latest.
  void come_to_light(Draw& draw) {
    const core::EpochId epoch = journal_->identity().epoch;
    while (is_set_back_ && last() <= district_.known_of(epoch)) tap(draw);
  }

  [[nodiscard]] bool is_drained() {
    auto outbox = journal::must(journal::Outbox::open(data_dir()));
    const core::Seq confirmed = journal::must(outbox.confirmed_contents());
    return journal::must(outbox.high_water()) == journal::must(outbox.last()) &&
           !journal::must(outbox.oldest_content(confirmed));
  }

  /// What the district must count, a kiosk for each card.
  [[nodiscard]] std::vector<PlainCount::Kiosk> cards() {
    bury();
    return buried_;
  }

  /// Whether the words that are on the card are at the district.
  [[nodiscard]] bool was_heard() const {
    return std::all_of(words_.begin(), words_.end(),
                       [&](const auto& words) { return district_.has_words(words.second); });
  }

  [[nodiscard]] const std::string& device() const { return device_; }
  /// This card, or one before it, behind what the district knew.
  [[nodiscard]] bool is_set_back() const { return is_set_back_; }
  [[nodiscard]] bool was_set_back() const { return was_set_back_; }

 private:
  [[nodiscard]] const std::filesystem::path& data_dir() const { return card_->path(); }

  [[nodiscard]] core::Seq last() const {
    auto outbox = journal::must(journal::Outbox::open(data_dir()));
    return journal::must(outbox.last());
  }

  [[nodiscard]] std::unique_ptr<TempFolder> copy_of_card() const {
    auto copy = std::make_unique<TempFolder>();
    for (const auto& file : std::filesystem::directory_iterator(data_dir())) {
      if (file.path().extension() == ".db-shm") continue;
      std::filesystem::copy(file.path(), copy->path());
    }
    return copy;
  }

  void put_in(std::unique_ptr<TempFolder> card) {
    journal_.reset();
    card_ = std::move(card);
  }

  /// A new boot. A card that is empty begins with event `first`.
  void switch_on(core::Seq first) {
    std::ostringstream id;
    id << unit_ << std::setw(31) << std::setfill('0') << ++boots_;
    boot_ = id.str();
    booted_ms_ = calendar_.now_ms();
    journal_.emplace(
        journal::must(journal::Journal::open(data_dir(), core::DeviceId{device_}, first)));
    district_.added[device_] = [this](const core::EpochId& epoch, core::Seq from, core::Seq to) {
      EXPECT_EQ(epoch, journal_->identity().epoch);
      for (Said& said : said_) {
        if (said.is_in_journal && from <= said.seq && said.seq <= to) said.is_taken = true;
      }
    };
    settings_.data_dir = data_dir();
    settings_.district = district_.key();
    settings_.retry.most_events = 4;
    settings_.age = {};
  }

  void hear_the_time() {
    journal::must(
        journal_->learn_time(stamp(), calendar_.now_ms(), 500, core::TimeSource::kDistrict));
  }

  /// Of a card the district has what it took.
  void bury() {
    PlainCount::Kiosk kiosk;
    kiosk.places = {{0, PlainUnits::code_of(unit_)}};
    for (const Said& said : said_) {
      if (!said.is_taken) continue;
      PlainRating& rating = kiosk.ratings.try_emplace(said.rating, said.what).first->second;
      rating.score = said.what.score;
    }
    buried_.push_back(std::move(kiosk));
    said_.clear();
  }

  [[nodiscard]] core::Stamp stamp() const {
    const bool is_set = clock_off_ms_ == 0 || lies_;
    return {calendar_.now_ms() + clock_off_ms_, boot_, calendar_.now_ms() - booted_ms_,
            is_set ? core::ClockState::kSynced : core::ClockState::kUnsynced};
  }

  const std::string device_;
  const int unit_;
  Calendar& calendar_;
  District& district_;
  std::unique_ptr<TempFolder> card_ = std::make_unique<TempFolder>();
  std::unique_ptr<TempFolder> copy_;
  core::Seq copied_ = 0;  // its last event
  bool is_set_back_ = false;
  bool was_set_back_ = false;
  std::optional<journal::Journal> journal_;
  sync::Settings settings_;
  std::int64_t clock_off_ms_ = 0;
  bool lies_ = false;
  int boots_ = 0;
  std::string boot_;
  std::int64_t booted_ms_ = 0;
  int visits_ = 0;
  std::vector<Said> said_;
  std::map<core::Seq, std::string> words_;  // on the card
  std::vector<PlainCount::Kiosk> buried_;
};

}  // namespace hailong::tests
