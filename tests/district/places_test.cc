#include "district/storage/places.h"

#include <gtest/gtest.h>

#include "tests/district/sample.h"

/// Ratings belong to the place where they were given, wherever their kiosk stands now.

namespace hailong::district {
namespace {

constexpr const char* kByUnit =
    "SELECT unit_id, sum(n1 + n2 + n3 + n4 + n5) AS n FROM cell GROUP BY 1 HAVING "
    "sum(n1 + n2 + n3 + n4 + n5) > 0 ORDER BY 1";

const storage::Author kMover{"test", kNoon};

core::LocalDate on(const char* day) { return *core::parse_date(day); }

storage::DevicePlace place(const char* unit, const char* from) {
  return {on(from), core::UnitCode{unit}, "", core::CounterId{"q1"}};
}

TEST(Places, KeepEveryRatingWhereItWasGiven) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  register_kiosk(reception.store(), kiosk);
  kiosk.rate(5, kNoon);
  accepted(reception.take(kiosk));
  must(reception.receiver().move(kiosk.device(), place("10804", "2026-11-26"), false, kMover));
  kiosk.rate(5, kNoon + 2 * kDay);
  kiosk.rate(5, kNoon + kDay);  // was given before the move, and came after it
  accepted(reception.take(kiosk, kiosk.sealed(2, 3)));
  auto peek = reception.peek();
  EXPECT_EQ(peek.dump(kByUnit), "10750@2025-07-01|2\n10804@2025-07-01|1\n");
  const std::string projections = peek.projections();
  must(reception.receiver().rebuild());
  EXPECT_EQ(peek.projections(), projections);
  const auto places = must(storage::Places(reception.store()).of(kiosk.device()));
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].unit.value, "10750");
  EXPECT_EQ(places[1].unit.value, "10804");
}

TEST(Places, TakeCountedRatingsAlongOnlyWhenEverythingIsCountedAnew) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  register_kiosk(reception.store(), kiosk);
  kiosk.rate(5, kNoon + kDay);
  kiosk.rate(5, kNoon + 2 * kDay);
  accepted(reception.take(kiosk));
  auto peek = reception.peek();
  const auto refused =
      reception.receiver().move(kiosk.device(), place("10804", "2026-11-26"), false, kMover);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, core::Fault::kConflict);
  EXPECT_EQ(peek.dump(kByUnit), "10750@2025-07-01|2\n");
  EXPECT_EQ(must(storage::Places(reception.store()).of(kiosk.device())).size(), 1U);
  must(reception.receiver().move(kiosk.device(), place("10804", "2026-11-26"), true, kMover));
  EXPECT_EQ(peek.dump(kByUnit), "10750@2025-07-01|1\n10804@2025-07-01|1\n");
  // To another counter of the same unit nothing has to be counted anew.
  must(reception.receiver().move(kiosk.device(), place("10804", "2026-11-26"), false, kMover));
}

TEST(Places, FollowTheirUnitThroughAMergerWithoutAMove) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  // Registered on 2025-06-30 at Kim Xuyên, which became part of Phú Thái on the next day.
  const std::int64_t last_day = core::start_of_day_ms(on("2025-06-30")) + kDay / 2;
  must(storage::Devices(reception.store())
           .add({kiosk.device(), core::UnitCode{"10771"}, core::CounterId{"q1"}, "",
                 kiosk.key().public_key()},
                {"test", last_day}));
  kiosk.rate(5, last_day);
  kiosk.rate(5, last_day + kDay);
  accepted(reception.take(kiosk));
  EXPECT_EQ(reception.peek().dump(kByUnit), "10750@2025-07-01|1\n10771@|1\n");
}

TEST(Places, RefuseAMoveIntoThePastOrToNowhere) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  register_kiosk(reception.store(), kiosk);
  const auto fault = [&](const storage::DevicePlace& to) {
    const auto moved = reception.receiver().move(kiosk.device(), to, true, kMover);
    return moved ? "moved" : moved.error().message;
  };
  EXPECT_EQ(fault(place("10804", "2026-11-20")),
            "kt-1 came to its present place on 2026-11-24; expected that day or a later one");
  EXPECT_EQ(fault(place("10753", "2026-11-30")), "no unit bears the code 10753 on 2026-11-30");
  const auto unknown =
      reception.receiver().move(core::DeviceId{"kt-9"}, place("10804", "2026-11-30"), true, kMover);
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().fault, core::Fault::kNotFound);
}

TEST(Places, ArePointsWithAFirstAndALastDay) {
  Reception reception;
  storage::Places places(reception.store());
  must(places.add({"kim-xuyen", core::UnitCode{"10750"}, "Điểm Kim Xuyên", on("2026-01-01"), {}},
                  kMover));
  const auto twice =
      places.add({"kim-xuyen", core::UnitCode{"10804"}, "Khác", on("2026-01-01"), {}}, kMover);
  ASSERT_FALSE(twice.has_value());
  EXPECT_EQ(twice.error().fault, core::Fault::kConflict);
  must(places.close("kim-xuyen", on("2026-06-30"), kMover));
  EXPECT_FALSE(places.close("khac", on("2026-06-30"), kMover).has_value());
  const auto points = must(places.points());
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points[0].name, "Điểm Kim Xuyên");
  EXPECT_TRUE(points[0].is_open_on(on("2026-06-30")));
  EXPECT_FALSE(points[0].is_open_on(on("2026-07-01")));
  EXPECT_FALSE(points[0].is_open_on(on("2025-12-31")));
}

}  // namespace
}  // namespace hailong::district
