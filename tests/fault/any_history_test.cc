#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "journal/outbox.h"
#include "program/log.h"
#include "sqlite/database.h"
#include "sync/loop.h"
#include "tests/district/draw.h"
#include "tests/district/plain_count.h"
#include "tests/district/sample.h"
#include "tests/fault/virtual_waiting.h"
#include "tests/journal/sample.h"
#include "tests/property.h"
#include "wire/key_file.h"
#include "wire/receipt.h"

/// Kiosks and their district over weeks in which anything happens, beside a model that knows what
/// residents said and what of it reached the district. In the end both must count the same.

namespace hailong::tests {
namespace {

using district::Draw;
using district::kDay;
using district::kNoon;
using district::PlainCount;
using district::PlainRating;
using district::PlainUnits;
using Numbers = std::vector<std::uint32_t>;

/// The daemons' own lines would drown the test's.
const bool kDaemonsAreQuiet = program::start_log("off");

constexpr int kUnits = 3;
constexpr std::int64_t kMinute = 60'000;

/// True time of the story, which only goes on.
struct Calendar {
  int day = 0;
  int minute = 0;  // since 8:00

  void go_on(int minutes) {
    minute += minutes;
    if (minute < 8 * 60) return;
    minute = 0;
    ++day;
  }
  /// Between ten past and ten to every hour: a time that was repaired may be off by some seconds,
  /// and that must not decide in which hour the model counts.
  [[nodiscard]] std::int64_t now_ms() const {
    const std::int64_t hour = 60 * kMinute;
    return kNoon + day * kDay + (minute / 60 - 4) * hour + hour / 6 +
           minute % 60 * (hour * 2 / 180);
  }
};

/// The district, and the way to it.
class District : public sync::Transport {
 public:
  enum class Way {
    kOpen,
    kClosed,
    kDeaf,  // what is sent arrives, no answer comes back
  };

  explicit District(const Calendar& calendar) : calendar_(calendar) {
    count_by(PlainUnits(kUnits));
  }

  sync::Answer send(const sync::Request& request) override {
    if (way == Way::kClosed) return sync::NetworkFailure{"no route"};
    if (!request.path.ends_with("/batches")) return sync::HttpAnswer{404, {}, "", ""};
    const std::string bytes(request.body);
    const auto batch = district::must(wire::open_batch(bytes, 1 << 20));
    core::Seq& last = reached[batch.claim.epoch.value];
    last = std::max(last, batch.claim.last);
    sent_.emplace_back(batch.claim.device, bytes);
    const sync::Answer answer = take(batch.claim.device, bytes);
    if (way == Way::kDeaf) return sync::NetworkFailure{"no answer"};
    return answer;
  }

  /// Something that was sent long ago arrives once more.
  void repeat(std::uint32_t which) {
    if (sent_.empty()) return;
    const auto& [device, bytes] = sent_[which % sent_.size()];
    take(device, bytes);
  }

  /// The units are others from some day on; what is there is counted anew.
  void count_by(const PlainUnits& units) {
    receiver_.reset();
    register_ = units.as_configured();
    receiver_.emplace(
        reception_.store(), register_,
        district::storage::CaseRules{reception_.config().case_limits, reception_.config().calendar},
        8U << 20U);
    district::must(receiver_->rebuild());
  }

  /// A kiosk's card, or a new one at the same place.
  void know(const journal::Identity& identity, int unit) {
    district::must(district::storage::Devices(reception_.store())
                       .add({identity.device, core::UnitCode{PlainUnits::code_of(unit)},
                             core::CounterId{"q1"}, "", identity.public_key},
                            {"test", kNoon}));
  }

  [[nodiscard]] std::string counted() {
    auto peek = reception_.peek();
    return peek.roll_ups() + peek.kept_sums();
  }
  [[nodiscard]] std::int64_t conflicts() {
    return reception_.peek().number("SELECT count(*) FROM conflict");
  }
  [[nodiscard]] wire::PublicKey key() const { return key_.public_key(); }

  Way way = Way::kOpen;
  std::map<std::string, core::Seq> reached;  // by epoch

 private:
  sync::Answer take(const core::DeviceId& device, const std::string& bytes) {
    const auto answer = district::must(receiver_->receive(device, bytes, calendar_.now_ms()));
    if (const auto* accepted = std::get_if<district::ingest::Accepted>(&answer)) {
      return sync::HttpAnswer{
          200, {}, "application/json", wire::seal_receipt(accepted->receipt, key_)};
    }
    ADD_FAILURE() << std::get<district::ingest::Refused>(answer).detail;
    return sync::HttpAnswer{400, {}, "", ""};
  }

  const Calendar& calendar_;
  district::Reception reception_;
  core::UnitRegister register_;
  std::optional<district::ingest::Receiver> receiver_;
  wire::SigningKey key_ = wire::SigningKey::from_seed(core::Bytes32{9});
  std::vector<std::pair<core::DeviceId, std::string>> sent_;
};

/// What a resident said: a rating, or with another `rating` a correction of it.
struct Said {
  core::Seq seq = 0;
  core::Seq rating = 0;
  PlainRating what;
};

/// A place with a kiosk: one card after the other, each with its journal and its daemon.
class Place {
 public:
  Place(std::string device, int unit, Calendar& calendar, District& district)
      : device_(std::move(device)), unit_(unit), calendar_(calendar), district_(district) {}

  void start() {
    journal_.emplace(journal::must(journal::Journal::open(data_dir(), core::DeviceId{device_})));
    district_.know(journal_->identity(), unit_);
    begin_daemon();
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
    start();
  }

  void tap(Draw& draw) {
    PlainRating rating;
    // The district tells the time, which counts whatever the clock says.
    if (clock_off_ms_ != 0) {
      journal::must(
          journal_->learn_time(stamp(), calendar_.now_ms(), 500, core::TimeSource::kDistrict));
    }
    const std::int64_t since_ms = calendar_.now_ms() + 10 * kDay - kNoon + kDay / 2;  // day -10
    rating.day = static_cast<int>(since_ms / kDay) - 10;
    rating.hour = static_cast<int>(since_ms % kDay / (60 * kMinute));
    rating.score = draw.below(5) + 1;
    rating.counter = "q1";
    if (draw.below(3) == 0) rating.flags = {"burst"};
    const auto seq = journal::must(
        journal_->append(stamp(), core::Rating{core::VisitId{"visit-" + std::to_string(++visits_)},
                                               core::Score::from(rating.score).value(),
                                               core::CounterId{"q1"},
                                               {},
                                               {rating.flags.begin(), rating.flags.end()}}));
    said_.push_back({seq.seq, seq.seq, rating});
  }

  void correct(Draw& draw) {
    if (said_.empty()) return;
    Said change =
        said_[static_cast<std::size_t>(draw.below(static_cast<std::uint32_t>(said_.size())))];
    change.what.score = draw.below(5) + 1;
    change.seq =
        journal::must(journal_->append(
                          stamp(), core::Correction{change.rating,
                                                    core::Score::from(change.what.score).value()}))
            .seq;
    said_.push_back(change);
  }

  /// The power goes; what was on the disk is there afterwards, whatever the programs had open.
  void crash() {
    auto after = std::make_unique<TempFolder>();
    for (const auto& file : std::filesystem::directory_iterator(data_dir())) {
      if (file.path().extension() == ".db-shm") continue;
      std::filesystem::copy(file.path(), after->path());
    }
    put_in(std::move(after));
    start();
  }

  /// A new card: what the old one had not sent is lost with it.
  void image_anew() {
    bury();
    put_in(std::make_unique<TempFolder>());
    start();
  }

  void set_clock(int days) { clock_off_ms_ = days * kDay; }

  /// The daemon gets some time.
  void sync() {
    VirtualWaiting waiting([this](VirtualWaiting& self) {
      if (is_drained() || self.waits() > 3) self.stop();
    });
    sync::Loop(settings_, district_, waiting, [] { return 0.5; }).run();
  }

  [[nodiscard]] bool is_drained() {
    auto outbox = journal::must(journal::Outbox::open(data_dir()));
    return journal::must(outbox.high_water()) == journal::must(outbox.last());
  }

  /// What the district must count, a kiosk for each card.
  [[nodiscard]] std::vector<PlainCount::Kiosk> cards() {
    bury();
    return buried_;
  }

 private:
  [[nodiscard]] const std::filesystem::path& data_dir() const { return card_->path(); }

  void put_in(std::unique_ptr<TempFolder> card) {
    journal_.reset();
    card_ = std::move(card);
  }

  void begin_daemon() {
    settings_.data_dir = data_dir();
    settings_.district = district_.key();
    settings_.retry.most_events = 4;
  }

  /// Of a card the district has what reached it.
  void bury() {
    PlainCount::Kiosk kiosk;
    kiosk.places = {{0, PlainUnits::code_of(unit_)}};
    const core::Seq reached = district_.reached[journal_->identity().epoch.value];
    for (const Said& said : said_) {
      if (said.seq > reached) continue;
      PlainRating& rating = kiosk.ratings.try_emplace(said.rating, said.what).first->second;
      rating.score = said.what.score;
    }
    buried_.push_back(std::move(kiosk));
    said_.clear();
  }

  [[nodiscard]] core::Stamp stamp() const {
    return {calendar_.now_ms() + clock_off_ms_, std::string(32, 'c'),
            calendar_.now_ms() - kNoon + kDay,
            clock_off_ms_ == 0 ? core::ClockState::kSynced : core::ClockState::kUnsynced};
  }

  const std::string device_;
  const int unit_;
  Calendar& calendar_;
  District& district_;
  std::unique_ptr<TempFolder> card_ = std::make_unique<TempFolder>();
  std::optional<journal::Journal> journal_;
  sync::Settings settings_;
  std::int64_t clock_off_ms_ = 0;
  int visits_ = 0;
  std::vector<Said> said_;
  std::vector<PlainCount::Kiosk> buried_;
};

class History {
 public:
  explicit History(bool old_card) {
    old_card ? places_[0].start_with_old_card() : places_[0].start();
    places_[1].start();
  }

  void happen(std::uint32_t number) {
    Draw draw(number);
    calendar_.go_on(draw.below(90));
    Place& place = places_.at(static_cast<std::size_t>(draw.below(2)));
    switch (draw.below(16)) {
      case 0:
        return place.correct(draw);
      case 1:
        return place.crash();
      case 2:
        return place.set_clock(draw.below(9) - 4);
      case 3:
      case 4:
        district_.way = static_cast<District::Way>(draw.below(3));
        return;
      case 5:
        return place.image_anew();
      case 6:
        return district_.repeat(number);
      case 7:
        units_.merge(draw.below(kUnits), draw.below(kUnits), calendar_.day + 1);
        return district_.count_by(units_);
      case 8:
      case 9:
      case 10:
        return place.sync();
      default:
        return place.tap(draw);
    }
  }

  /// The way is open, and time enough.
  void end() {
    district_.way = District::Way::kOpen;
    for (Place& place : places_) place.sync();
  }

  [[nodiscard]] bool is_drained() { return places_[0].is_drained() && places_[1].is_drained(); }

  [[nodiscard]] std::string expected() {
    auto kiosks = places_[0].cards();
    auto others = places_[1].cards();
    kiosks.insert(kiosks.end(), others.begin(), others.end());
    return PlainCount(units_, kiosks).roll_ups();
  }

  District& district() { return district_; }

 private:
  Calendar calendar_;
  PlainUnits units_{kUnits};
  District district_{calendar_};
  std::array<Place, 2> places_{Place{"kt-10750-q1", 0, calendar_, district_},
                               Place{"kt-q2", 1, calendar_, district_}};
};

TEST(AnyHistory, CountsWhatReachedTheDistrictExactlyOnce) {
  HAILONG_PROPERTY("the district counts what was said", [](bool old_card, const Numbers& numbers) {
    History history(old_card);
    for (const std::uint32_t number : numbers) history.happen(number);
    history.end();
    RC_ASSERT(history.is_drained());
    RC_ASSERT(history.district().conflicts() == 0);
    RC_ASSERT(history.district().counted() == history.expected());
  });
}

}  // namespace
}  // namespace hailong::tests
