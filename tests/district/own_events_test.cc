#include "district/ingest/own_events.h"

#include <gtest/gtest.h>

namespace hailong::district::ingest {
namespace {

LaterAnswer an_answer() {
  return {core::DeviceId{"kt-1"},       core::EpochId{"e1"},          3,    core::Bytes32{7},
          core::Score::from(2).value(), {"long-wait", "extra-money"}, true, core::Bytes32{9}};
}

TEST(OwnEvents, ReadBackAsTheyWereWritten) {
  const OwnErasure asked{"can-bo",
                         "theo \"đơn\"",
                         "phone",
                         core::Bytes32{1},
                         {{core::DeviceId{"kt-1"}, core::EpochId{"e1"}, 4, core::Bytes32{2}}}};
  const OwnErasure over{"retention", "retention", "", std::nullopt, {}};
  LaterAnswer bare = an_answer();
  bare.reasons.clear();
  bare.alert = false;
  bare.words.reset();
  for (const OwnBody& body : {OwnBody(an_answer()), OwnBody(bare), OwnBody(asked), OwnBody(over)}) {
    const OwnEvent event{12, 1'795'496'400'000, body};
    const std::string bytes = encode_own_event(event);
    EXPECT_EQ(bytes.find('\n'), std::string::npos);
    EXPECT_EQ(decode_own_event(bytes).value(), event) << bytes;
  }
}

TEST(OwnEvents, OfDamagedBytesAreCorrupt) {
  const std::string good = encode_own_event({1, 0, an_answer()});
  std::string score = good;
  score.replace(score.find("\"score\":2"), 9, "\"score\":9");
  for (const std::string& bytes : {std::string(), std::string("{}"), good.substr(1), score,
                                   std::string(R"({"seq":1,"at":0,"kind":"rating","body":{}})")}) {
    const auto event = decode_own_event(bytes);
    ASSERT_FALSE(event) << bytes;
    EXPECT_EQ(event.error().fault, core::Fault::kCorrupt);
  }
}

}  // namespace
}  // namespace hailong::district::ingest
