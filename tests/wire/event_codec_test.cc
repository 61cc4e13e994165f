#include "wire/event_codec.h"

#include <gtest/gtest.h>

#include "tests/property.h"

namespace hailong::wire {
namespace {

using core::Score;

core::Stamp stamp() {
  return {1'795'453'200'007, std::string(32, 'b'), 184'223, core::ClockState::kSynced};
}

core::Event rating_event() {
  return {12, stamp(),
          core::Rating{core::VisitId{"9c0d"},
                       Score::from(5).value(),
                       core::CounterId{"q1"},
                       core::FieldId{"ho-tich"},
                       {"burst", "out-of-hours"}}};
}

core::Event decoded(std::string_view bytes) {
  EventDecoder decoder;
  auto event = decoder.decode(bytes);
  EXPECT_TRUE(event.has_value()) << (event ? "" : event.error().message);
  return event.value();
}

std::string envelope(const std::string& kind, const std::string& body) {
  return R"({"seq":1,"kind":")" + kind +
         R"(","at":1,"boot":"b","mono":1,"clock":"synced","body":)" + body + "}";
}

std::string arbitrary_text() {
  // Letters of one, two and three bytes, and those that JSON must escape.
  const auto letters = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("a", "đ", "ế", "\"", "\\", "\n", "\x01", "…", "🙂"));
  std::string text;
  for (const std::string& letter : letters) text += letter;
  return text;
}

core::Body arbitrary_body() {
  const Score score = Score::from(*rc::gen::inRange(1, 6)).value();
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return core::Rating{core::VisitId{"v" + arbitrary_text()},
                          score,
                          core::CounterId{arbitrary_text()},
                          core::FieldId{arbitrary_text()},
                          {arbitrary_text()}};
    case 1:
      return core::Correction{*rc::gen::arbitrary<std::int64_t>(), score};
    case 2:
      return core::Feedback{
          *rc::gen::arbitrary<std::int64_t>(),
          *rc::gen::element(core::FeedbackKind::kWords, core::FeedbackKind::kContact),
          *rc::gen::arbitrary<core::Bytes32>()};
    default:
      return core::Erasure{*rc::gen::arbitrary<core::Bytes32>(), arbitrary_text()};
  }
}

TEST(EventCodec, WritesTheDocumentedLine) {
  EXPECT_EQ(
      encode_event(rating_event()).value(),
      R"({"seq":12,"kind":"rating","at":1795453200007,"boot":")" + std::string(32, 'b') +
          R"(","mono":184223,"clock":"synced","body":{"visit":"9c0d","score":5,"counter":"q1",)"
          R"("field":"ho-tich","flags":["burst","out-of-hours"]}})");
}

TEST(EventCodec, GivesBackWhatItWrote) {
  HAILONG_PROPERTY("round trip, on one line", [] {
    const core::Event event{
        *rc::gen::inRange<std::int64_t>(1, INT64_MAX),
        {*rc::gen::arbitrary<std::int64_t>(), arbitrary_text(), *rc::gen::arbitrary<std::int64_t>(),
         *rc::gen::element(core::ClockState::kSynced, core::ClockState::kUnsynced)},
        arbitrary_body()};
    const auto bytes = encode_event(event);
    RC_ASSERT(bytes.has_value());
    RC_ASSERT(bytes->find('\n') == std::string::npos);
    RC_ASSERT(decoded(*bytes) == event);
  });
}

TEST(EventCodec, KeepsKindsItDoesNotKnow) {
  EXPECT_EQ(decoded(envelope("dance", R"({"steps":3})")).body, core::Body{core::Unknown{"dance"}});
}

TEST(EventCodec, DoesNotInterpretABodyItDoesNotUnderstand) {
  for (const char* body :
       {R"({"visit":"v","score":6,"counter":"q1"})", R"({"visit":"v","score":0,"counter":"q1"})",
        R"({"visit":"v","score":"5","counter":"q1"})",
        R"({"visit":"v","score":4.5,"counter":"q1"})", R"({"visit":"","score":5,"counter":"q1"})",
        R"({"score":5,"counter":"q1"})", R"({"visit":"v","score":5,"counter":"q1","flags":[1]})",
        "{}"}) {
    EXPECT_EQ(decoded(envelope("rating", body)).body, core::Body{core::Unknown{"rating"}}) << body;
  }
}

TEST(EventCodec, RefusesWhatIsNoEvent) {
  EventDecoder decoder;
  for (const char* bytes : {"", "{", "[]", "null", "\"seq\"", "{}", R"({"seq":1})"}) {
    EXPECT_FALSE(decoder.decode(bytes).has_value()) << bytes;
  }
  std::string zero = envelope("rating", "{}");
  zero.replace(zero.find("\"seq\":1"), 7, "\"seq\":0");
  EXPECT_FALSE(decoder.decode(zero).has_value());
  EXPECT_FALSE(decoder.decode(envelope("rating\xFF", "{}")).has_value());
  EXPECT_FALSE(decoder.decode(envelope("rating", "[]")).has_value());
}

TEST(EventCodec, SurvivesEveryTruncation) {
  const std::string bytes = encode_event(rating_event()).value();
  EventDecoder decoder;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decoder.decode(std::string_view(bytes).substr(0, size)).has_value()) << size;
  }
}

TEST(EventCodec, RefusesToWriteWhatIsNotUtf8) {
  core::Event event = rating_event();
  std::get<core::Rating>(event.body).counter.value = "\xC3";
  EXPECT_FALSE(encode_event(event).has_value());
  EXPECT_FALSE(encode_event({1, stamp(), core::Unknown{"dance"}}).has_value());
}

}  // namespace
}  // namespace hailong::wire
