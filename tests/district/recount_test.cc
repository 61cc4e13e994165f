#include <gtest/gtest.h>

#include "district/scoring/score_table.h"
#include "district/storage/roll_ups.h"
#include "tests/district/draw.h"
#include "tests/district/plain_count.h"
#include "tests/district/sample.h"
#include "tests/property.h"

/// Roll-ups against a plain count of everything that was said, whatever happened in between.

namespace hailong::district {
namespace {

using Numbers = std::vector<std::uint32_t>;

constexpr int kCodes = 4;
constexpr std::size_t kKiosks = 3;
constexpr int kLastDay = 66;  // of the story, which begins some days before 2026-11-24

PlainUnits units_of(const Numbers& changes) {
  PlainUnits units(kCodes);
  const std::size_t most = std::min<std::size_t>(changes.size(), 12);
  for (std::size_t i = 0; i < most; ++i) {
    Draw draw(changes[i]);
    const int day = 1 + static_cast<int>(i) * 5;
    const int a = draw.below(kCodes);
    const int b = draw.below(kCodes);
    switch (draw.below(4)) {
      case 0:
        units.merge(a, b, day);
        break;
      case 1:
        units.rename(a, day);
        break;
      case 2:
        units.use_again(a, day);
        break;
      default:
        units.dissolve(a, b, day);
        break;
    }
  }
  return units;
}

/// Kiosks, their district, and the plain count beside them.
class Story {
 public:
  enum class Batches : std::uint8_t { kAny, kOne };

  explicit Story(const Numbers& changes, Batches batches = Batches::kAny)
      : batches_(batches),
        units_(units_of(changes)),
        configured_(units_.as_configured()),
        receiver_(reception_.store(), configured_,
                  {reception_.config().case_limits, reception_.config().calendar}, 8 << 20),
        plain_(units_, std::vector<PlainCount::Kiosk>(kKiosks)) {
    for (std::size_t i = 0; i < kKiosks; ++i) {
      kiosks_.emplace_back("kt-" + std::to_string(i));
      plain_.kiosk(i).places = {{0, PlainUnits::code_of(static_cast<int>(i))}};
      register_kiosk(reception_.store(), kiosks_[i], PlainUnits::code_of(static_cast<int>(i)));
      kiosks_[i].append(core::Token{1, {}});  // of no rating; opens the streams in this order
      kiosks_[i].hear(kNoon);
      send(i, 1);
    }
  }

  void happen(std::uint32_t number) {
    Draw draw(number);
    const auto k = static_cast<std::size_t>(draw.below(kKiosks));
    switch (draw.below(12)) {
      case 0:
      case 1:
      case 2:
        return rate(k, draw);
      case 3:
        return correct(k, draw);
      case 4:
        return answer(k, draw);
      case 5:
        return link(k, draw);
      case 6:
        return decide(draw);
      case 7:
        return draw.below(2) == 0 ? move(k, draw) : must(receiver_.rebuild());
      case 8:
        return work(k, draw);
      case 9:
        return handle(k, draw);
      default:
        if (batches_ == Batches::kAny) send(k, 1 + draw.below(6));
    }
  }

  void send_all() {
    for (const std::size_t i : {2U, 0U, 1U}) send(i, 1'000'000);
  }

  Reception& reception() { return reception_; }
  ingest::Receiver& receiver() { return receiver_; }
  const core::UnitRegister& configured() { return configured_; }
  const PlainUnits& units() { return units_; }
  const PlainCount& plain() { return plain_; }

 private:
  void rate(std::size_t k, Draw& draw) {
    PlainRating rating;
    // A kiosk's time goes on.
    hours_[k] = std::min(hours_[k] + draw.below(150), (kLastDay - 1) * 24);
    rating.day = hours_[k] / 24 - 4;
    rating.hour = hours_[k] % 24;
    rating.minute = draw.below(3);
    rating.score = draw.below(5) + 1;
    rating.field = draw.below(3) == 0 ? "" : "f1";
    rating.counter = draw.below(2) == 0 ? "q1" : "q2";
    for (const char* flag : {"burst", "closed"}) {
      if (draw.below(3) == 0) rating.flags.insert(flag);
    }
    const core::Seq seq =
        kiosks_[k].rate(rating.score, rating.at_ms(), rating.field, rating.counter,
                        {rating.flags.begin(), rating.flags.end()});
    plain_.kiosk(k).ratings[seq] = rating;
  }

  /// One of the kiosk's ratings; null when there is none.
  std::pair<const core::Seq, PlainRating>* chosen(std::size_t k, Draw& draw) {
    auto& ratings = plain_.kiosk(k).ratings;
    if (ratings.empty()) return nullptr;
    auto at = ratings.begin();
    std::advance(at, draw.below(static_cast<std::uint32_t>(ratings.size())));
    return &*at;
  }

  void correct(std::size_t k, Draw& draw) {
    auto* rating = chosen(k, draw);
    if (rating == nullptr) return;
    rating->second.score = draw.below(5) + 1;
    kiosks_[k].append(core::Correction{rating->first, *core::Score::from(rating->second.score)});
  }

  void answer(std::size_t k, Draw& draw) {
    auto* rating = chosen(k, draw);
    if (rating == nullptr) return;
    const bool names_field = draw.below(3) == 0;
    const std::string question = names_field ? "field" : "reasons";
    std::vector<std::string> choices;
    for (int i = draw.below(names_field ? 2 : 4); i > 0; --i) {
      choices.push_back((names_field ? "f" : "r") + std::to_string(draw.below(3)));
    }
    kiosks_[k].append(core::Answers{rating->first, {{question, choices}}, false});
    rating->second.answers[question] = {choices.begin(), choices.end()};
  }

  void link(std::size_t k, Draw& draw) {
    auto* rating = chosen(k, draw);
    if (rating == nullptr) return;
    rating->second.dossier = draw.below(3);
    rating->second.dossier_field = draw.below(2) == 0 ? "" : "f2";
    kiosks_[k].link(rating->first, static_cast<std::uint8_t>(rating->second.dossier),
                    rating->second.dossier_field);
  }

  /// Staff count what was finished on a day, and say that they looked through it.
  void work(std::size_t k, Draw& draw) {
    const core::LocalDate day = PlainUnits::date(draw.below(kLastDay) - 4);
    kiosks_[k].append(core::SignOff{"lan", day, kiosks_[k].last()});
    kiosks_[k].append(
        core::Served{"lan", core::FieldId{draw.below(2) == 0 ? "f1" : "f2"}, day, draw.below(9)});
  }

  /// Somebody leaves words, or staff deal with them.
  void handle(std::size_t k, Draw& draw) {
    auto* rating = chosen(k, draw);
    if (rating == nullptr) return;
    if (draw.below(2) == 0) {
      kiosks_[k].say(rating->first, "Ghế");
      return;
    }
    core::CaseStep step;
    step.action = static_cast<core::CaseAction>(draw.below(core::kCaseActions));
    step.classed = core::CaseClass::kSuggestion;
    step.answer = "Đã kê thêm ghế.";
    kiosks_[k].handle(rating->first, step);
  }

  void decide(Draw& draw) {
    const auto lives = units_.lives().size();
    const int first = draw.below(kLastDay) - 4;
    storage::FlagDecision decision;
    decision.unit_id = units_.id(draw.below(static_cast<std::uint32_t>(lives)));
    decision.from = PlainUnits::date(first);
    decision.to = PlainUnits::date(first + 5 + draw.below(40));
    decision.reasons = {draw.below(2) == 0 ? "burst" : "closed"};
    decision.leaves_out = draw.below(3) != 0;
    decision.why = "Kẹt nút";
    decision.who = "can-bo";
    decision.at_ms = kNoon;
    must(receiver_.decide(decision, {}));
    plain_.decide(decision);
  }

  void move(std::size_t k, Draw& draw) {
    const std::string code = PlainUnits::code_of(draw.below(kCodes));
    auto& places = plain_.kiosk(k).places;
    const int day = places.back().from + draw.below(20);
    if (units_.on(code, day) < 0) return;
    must(receiver_.move(kiosks_[k].device(),
                        {PlainUnits::date(day), core::UnitCode{code}, "", core::CounterId{"q1"}},
                        true, {"test", kNoon}));
    if (places.back().from == day) places.pop_back();
    places.push_back({day, code});
  }

  void send(std::size_t k, core::Seq events) {
    const core::Seq to = std::min(kiosks_[k].last(), sent_[k] + events);
    if (to == sent_[k]) return;
    accepted(must(receiver_.receive(kiosks_[k].device(), kiosks_[k].sealed(sent_[k] + 1, to),
                                    kNoon + kLastDay * kDay)));
    sent_[k] = to;
  }

  Batches batches_;
  Reception reception_;
  PlainUnits units_;
  core::UnitRegister configured_;
  ingest::Receiver receiver_;
  std::vector<FakeKiosk> kiosks_;
  std::array<core::Seq, kKiosks> sent_{};
  std::array<int, kKiosks> hours_{};  // of the story
  PlainCount plain_;
};

TEST(Recount, EqualsTheRollUpsWhateverHappened) {
  HAILONG_PROPERTY("recount and rebuild", [](const Numbers& changes, const Numbers& events) {
    Story story(changes);
    for (const std::uint32_t number : events) story.happen(number);
    story.send_all();
    auto peek = story.reception().peek();
    RC_ASSERT(peek.roll_ups() + peek.kept_sums() == story.plain().roll_ups());
    const auto handled = [&] {
      return peek.dump("SELECT * FROM case_step ORDER BY 1, 2, 3") +
             peek.dump("SELECT * FROM case_state ORDER BY 1, 2");
    };
    const std::string projections = peek.projections();
    const std::string steps = handled();
    must(story.receiver().rebuild());
    RC_ASSERT(peek.projections() == projections);
    RC_ASSERT(handled() == steps);
  });
}

/// What the plain count gives for a range and a grouping: by unit, month, field and counter.
using ByKey = std::map<std::array<std::string, 4>, std::array<std::int64_t, 5>>;

ByKey counted(const PlainCount& plain, const std::string& from, const std::string& to,
              const storage::Grouping& by) {
  ByKey counts;
  for (const PlainCount::Counted& one : plain.all()) {
    if (one.day < from || to < one.day || one.superseded) continue;
    ++counts[{one.unit, by.by_month ? one.day.substr(0, 7) : "", by.by_field ? one.field : "",
              by.by_counter ? one.counter : ""}][static_cast<std::size_t>(one.score - 1)];
  }
  return counts;
}

TEST(Recount, EqualsWhatIsReadOfAnyRangeInAnyGrouping) {
  HAILONG_PROPERTY("reading", [](const Numbers& events, const Numbers& ranges) {
    Story story({}, Story::Batches::kOne);
    for (const std::uint32_t number : events) story.happen(number);
    story.send_all();
    storage::RollUpReader reader(story.reception().store());
    for (const std::uint32_t number : ranges) {
      Draw draw(number);
      const int first = draw.below(kLastDay) - 4;
      const auto from = PlainUnits::date(first);
      const auto to = PlainUnits::date(first + draw.below(kLastDay));
      const storage::Grouping by{draw.below(2) == 0, draw.below(2) == 0, draw.below(3) == 0};
      ByKey read;
      for (const storage::RollUp& row : must(reader.read(from, to, by)).rows) {
        if (row.counts.n() == 0) continue;
        read[{row.unit_id, row.month, row.field_id, row.counter_id}] = row.counts.by_score;
      }
      RC_ASSERT(read == counted(story.plain(), core::to_string(from), core::to_string(to), by));
    }
  });
}

TEST(Recount, KeepsEverySumWhetherUnitsAreShownAsTheyWereOrAsTheyAre) {
  HAILONG_PROPERTY("as then and as now", [](const Numbers& changes, const Numbers& events,
                                            std::uint32_t number) {
    Story story(changes, Story::Batches::kOne);
    for (const std::uint32_t each : events) story.happen(each);
    story.send_all();
    Draw draw(number);
    const int shown = draw.below(kLastDay);
    scoring::Rules rules = story.reception().config().rules;
    rules.units = story.configured();
    storage::RollUpReader reader(story.reception().store());
    scoring::ScoreQuery query{PlainUnits::date(-4),
                              PlainUnits::date(kLastDay),
                              {draw.below(2) == 0, draw.below(2) == 0, draw.below(2) == 0}};
    const auto then = must(scoring::score_table(reader, rules, query));
    query.units_as_on = PlainUnits::date(shown);
    const auto now = must(scoring::score_table(reader, rules, query));
    RC_ASSERT(now.total == then.total);
    RC_ASSERT(now.excluded == then.excluded);
    RC_ASSERT(now.flagged == then.flagged);
    std::map<std::string, std::int64_t> expected;
    for (const auto& row : then.rows) {
      std::string became = row.unit_id;
      for (std::size_t i = 0; i < story.units().lives().size(); ++i) {
        const int life = static_cast<int>(i);
        if (story.units().id(life) == row.unit_id) {
          became = story.units().id(story.units().became(life, shown));
        }
      }
      if (row.counts.n() > 0) expected[became] += row.counts.n();
    }
    std::map<std::string, std::int64_t> found;
    for (const auto& row : now.rows) {
      if (row.counts.n() > 0) found[row.unit_id] += row.counts.n();
    }
    RC_ASSERT(found == expected);
  });
}

}  // namespace
}  // namespace hailong::district
