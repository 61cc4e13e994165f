#include <array>

#include "program/log.h"
#include "tests/fault/story_place.h"
#include "tests/property.h"

/// Kiosks and their district over weeks in which anything happens, beside a model that knows what
/// residents said and what of it reached the district. In the end both must count the same.

namespace hailong::tests {
namespace {

using Numbers = std::vector<std::uint32_t>;

/// The daemons' own lines would drown the test's.
const bool kDaemonsAreQuiet = program::start_log("off");

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
    switch (draw.below(20)) {
      case 0:
        return place.correct(draw);
      case 1:
        return place.crash();
      case 2:
        return place.set_clock(draw.below(9) - 4, draw.below(2) == 0);
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
      case 11:
        return place.copy();
      case 12:
        return place.set_back();
      default:
        return place.tap(draw);
    }
  }

  /// The way is open, and time enough.
  void end() {
    Draw draw(1);
    district_.way = District::Way::kOpen;
    for (Place& place : places_) {
      place.come_to_light(draw);
      place.sync();
    }
  }

  /// Everything is with the district, and it accuses whose card was set back, and nobody else.
  void expect_known() {
    for (Place& place : places_) {
      const bool is_accused = district_.accused.contains(place.device());
      if (place.is_set_back()) {
        RC_ASSERT(is_accused);
      } else {
        RC_ASSERT(place.is_drained());
        RC_ASSERT(place.was_heard());
        RC_ASSERT(!is_accused || place.was_set_back());
      }
    }
  }

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
    history.expect_known();
    RC_ASSERT(history.district().counted() == history.expected());
  });
}

}  // namespace
}  // namespace hailong::tests
