#include "wire/event_codec.h"

#include <gtest/gtest.h>

#include <climits>

#include "tests/property.h"
#include "wire/step_texts.h"

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

core::Answers arbitrary_answers() {
  core::Answers answers{*rc::gen::arbitrary<std::int64_t>(), {}, *rc::gen::arbitrary<bool>()};
  const int questions = *rc::gen::inRange(0, 5);
  for (int i = 0; i < questions; ++i) {
    std::vector<std::string> choices(*rc::gen::inRange<std::size_t>(0, 4));
    for (std::string& choice : choices) choice = arbitrary_text();
    // Out of the order of the alphabet, and never the same twice.
    answers.answers.push_back({std::to_string(9 - i) + arbitrary_text(), std::move(choices)});
  }
  return answers;
}

core::LocalDate arbitrary_day() {
  return core::local_date(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000));
}

core::Handling arbitrary_handling() {
  core::Handling handling;
  handling.rating = *rc::gen::arbitrary<std::int64_t>();
  handling.content = *rc::gen::arbitrary<core::Bytes32>();
  core::CaseStep& step = handling.step;
  step.action =
      static_cast<core::CaseAction>(*rc::gen::inRange<std::size_t>(0, core::kCaseActions));
  step.who = arbitrary_text();
  step.role = arbitrary_text();
  step.classed =
      static_cast<core::CaseClass>(*rc::gen::inRange<std::size_t>(0, core::kCaseClasses));
  step.subject = *rc::gen::element(core::PetitionSubject::kNone, core::PetitionSubject::kRegulation,
                                   core::PetitionSubject::kBehaviour);
  step.misconduct = *rc::gen::arbitrary<bool>();
  step.officer = arbitrary_text();
  step.receiver = arbitrary_text();
  if (*rc::gen::arbitrary<bool>()) step.due = arbitrary_day();
  step.seen = *rc::gen::arbitrary<std::int64_t>();
  return handling;
}

core::Body arbitrary_body() {
  const Score score = Score::from(*rc::gen::inRange(1, 6)).value();
  switch (*rc::gen::inRange(0, 17)) {
    case 8:
      return core::StaffAccount{
          arbitrary_text(), "a" + arbitrary_text(), arbitrary_text(),
          *rc::gen::element(core::StaffRole::kOfficer, core::StaffRole::kHead),
          *rc::gen::arbitrary<bool>()};
    case 9:
      return core::StaffAct{
          arbitrary_text(),
          static_cast<core::StaffDeed>(*rc::gen::inRange<std::size_t>(0, core::kStaffDeeds)),
          arbitrary_text()};
    case 10:
      return arbitrary_handling();
    case 11:
      return core::Served{arbitrary_text(), core::FieldId{arbitrary_text()}, arbitrary_day(),
                          *rc::gen::inRange<std::int64_t>(0, 1'000'000)};
    case 12:
      return core::SignOff{arbitrary_text(), arbitrary_day(), *rc::gen::arbitrary<std::int64_t>()};
    case 13:
      return core::BootTime{arbitrary_text() + "b", *rc::gen::arbitrary<std::int64_t>(),
                            *rc::gen::inRange<std::int64_t>(0, 1'000'000),
                            *rc::gen::inRange<std::int64_t>(0, 1'000'000'000),
                            *rc::gen::element(core::TimeSource::kNtp, core::TimeSource::kDistrict)};
    case 14:
      return core::Salvage{core::EpochId{arbitrary_text()},
                           *rc::gen::inRange<std::int64_t>(0, 1'000'000),
                           *rc::gen::arbitrary<core::Bytes32>(), arbitrary_text()};
    case 15:
      return core::Compaction{*rc::gen::inRange<std::int64_t>(1, 1'000'000),
                              *rc::gen::arbitrary<core::Bytes32>(),
                              *rc::gen::arbitrary<core::Bytes32>()};
    case 4:
      return arbitrary_answers();
    case 5:
      return core::Dossier{
          *rc::gen::arbitrary<std::int64_t>(), *rc::gen::arbitrary<core::Bytes32>(),
          *rc::gen::arbitrary<core::Bytes32>(), arbitrary_text(), core::FieldId{arbitrary_text()}};
    case 6:
      return core::Token{*rc::gen::arbitrary<std::int64_t>(), *rc::gen::arbitrary<core::Bytes32>()};
    case 7:
      return core::Consent{*rc::gen::arbitrary<std::int64_t>(), arbitrary_text(),
                           *rc::gen::inRange(0, INT_MAX)};
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

std::string body_of(const core::Body& body) {
  const std::string bytes = encode_event({1, stamp(), body}).value();
  const std::size_t from = bytes.find(R"("kind":)");
  const std::size_t at = bytes.find(R"("at":)");
  return bytes.substr(from, at - from) + bytes.substr(bytes.find(R"("body":)"));
}

TEST(EventCodec, WritesTheDocumentedFollowUps) {
  const std::string ones(64, '1');
  const core::Bytes32 digest = core::bytes32_from_hex(ones).value();
  EXPECT_EQ(body_of(core::Answers{
                12, {{"reasons", {"long-wait", "extra-money"}}, {"field", {"ho-tich"}}}, true}),
            R"("kind":"answers","body":{"rating":12,"answers":{"reasons":["long-wait",)"
            R"("extra-money"],"field":["ho-tich"]},"alert":true}})");
  EXPECT_EQ(body_of(core::Answers{12, {{"reasons", {}}}, false}),
            R"("kind":"answers","body":{"rating":12,"answers":{"reasons":[]}}})");
  EXPECT_EQ(body_of(core::Dossier{12, digest, digest, "1.001193", core::FieldId{"ho-tich"}}),
            R"("kind":"dossier","body":{"rating":12,"key":")" + ones + R"(","content":")" + ones +
                R"(","procedure":"1.001193","field":"ho-tich"}})");
  EXPECT_EQ(body_of(core::Dossier{12, digest, digest, "", {}}),
            R"("kind":"dossier","body":{"rating":12,"key":")" + ones + R"(","content":")" + ones +
                R"("}})");
  EXPECT_EQ(body_of(core::Token{12, digest}),
            R"("kind":"token","body":{"rating":12,"digest":")" + ones + R"("}})");
  EXPECT_EQ(body_of(core::Consent{12, "contact-1", 90}),
            R"("kind":"consent","body":{"rating":12,"notice":"contact-1","keep_days":90}})");
}

TEST(EventCodec, WritesTheDocumentedDeedsOfTheStaff) {
  using std::chrono::September;
  const std::string ones(64, '1');
  const core::LocalDate day{std::chrono::year(2026), September, std::chrono::day(3)};
  EXPECT_EQ(body_of(core::StaffAccount{"ha", "ha", "Hà", core::StaffRole::kHead, true}),
            R"("kind":"staff-account","body":{"who":"ha","id":"ha","name":"Hà","role":"head",)"
            R"("active":true}})");
  EXPECT_EQ(body_of(core::StaffAct{"", core::StaffDeed::kWrongPin, "ha"}),
            R"("kind":"staff-act","body":{"deed":"wrong-pin","about":"ha"}})");
  core::Handling handling{12, {}, core::bytes32_from_hex(ones).value()};
  handling.step.action = core::CaseAction::kClassify;
  handling.step.who = "ha";
  handling.step.role = "head";
  handling.step.classed = core::CaseClass::kPetition;
  handling.step.subject = core::PetitionSubject::kBehaviour;
  handling.step.misconduct = true;
  handling.step.seen = 15;
  EXPECT_EQ(body_of(handling),
            R"("kind":"handling","body":{"rating":12,"who":"ha","role":"head","action":"classify",)"
            R"("class":"petition","subject":"behaviour","misconduct":true,"seen":15,"content":")" +
                ones + R"("}})");
  EXPECT_EQ(body_of(core::Served{"ha", core::FieldId{"ho-tich"}, day, 31}),
            R"("kind":"served","body":{"who":"ha","field":"ho-tich","day":"2026-09-03",)"
            R"("count":31}})");
  EXPECT_EQ(body_of(core::SignOff{"ha", day, 77}),
            R"("kind":"sign-off","body":{"who":"ha","day":"2026-09-03","seen":77}})");
}

TEST(StepTexts, ComeBackAsTheyWere) {
  const StepTexts texts{"Đã hỏi \"quầy\" số 1\nvà ghi lại", "Đã kê thêm ghế."};
  EXPECT_EQ(decode_step_texts(encode_step_texts(texts).value()), texts);
  EXPECT_FALSE(encode_step_texts({"\xff", ""}));
  EXPECT_FALSE(decode_step_texts("words of a resident"));
  EXPECT_FALSE(decode_step_texts(R"({"note":"only"})"));
}

TEST(EventCodec, WritesTheLaterOfTwoAnswersToOneQuestion) {
  EXPECT_EQ(body_of(core::Answers{1, {{"a", {"1"}}, {"b", {"2"}}, {"a", {"3"}}}, false}),
            R"("kind":"answers","body":{"rating":1,"answers":{"a":["3"],"b":["2"]}}})");
}

TEST(EventCodec, GivesBackWhatItWrote) {
  HAILONG_PROPERTY("round trip, on one line", [] {
    const core::Event event{
        *rc::gen::inRange<std::int64_t>(1, core::kLastSeq + 1),
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

TEST(EventCodec, DoesNotInterpretAFollowUpItDoesNotUnderstand) {
  const std::string hex = '"' + std::string(64, 'a') + '"';
  const std::vector<std::pair<std::string, std::string>> bodies = {
      {"answers", R"({"rating":1})"},
      {"answers", R"({"answers":{}})"},
      {"answers", R"({"rating":1,"answers":["reasons"]})"},
      {"answers", R"({"rating":1,"answers":{"reasons":"long-wait"}})"},
      {"answers", R"({"rating":1,"answers":{"reasons":[1]}})"},
      {"answers", R"({"rating":1,"answers":{},"alert":1})"},
      {"dossier", R"({"rating":1,"key":)" + hex + "}"},
      {"dossier", R"({"rating":1,"key":"ab","content":)" + hex + "}"},
      {"dossier", R"({"rating":1,"key":)" + hex + R"(,"content":)" + hex + R"(,"field":7})"},
      {"dossier", R"({"rating":1,"key":)" + hex + R"(,"content":)" + hex + R"(,"procedure":[]})"},
      {"token", R"({"rating":1})"},
      {"token", R"({"rating":"1","digest":)" + hex + "}"},
      {"consent", R"({"rating":1,"notice":"n"})"},
      {"consent", R"({"rating":1,"keep_days":90})"},
      {"consent", R"({"rating":1,"notice":"n","keep_days":-1})"},
      {"consent", R"({"rating":1,"notice":"n","keep_days":4294967386})"}};
  for (const auto& [kind, body] : bodies) {
    EXPECT_EQ(decoded(envelope(kind, body)).body, core::Body{core::Unknown{kind}}) << body;
  }
}

TEST(EventCodec, RefusesWhatIsNoEvent) {
  EventDecoder decoder;
  for (const char* bytes : {"", "{", "[]", "null", "\"seq\"", "{}", R"({"seq":1})"}) {
    EXPECT_FALSE(decoder.decode(bytes).has_value()) << bytes;
  }
  for (const char* seq : {"0", "-1", "9007199254740992", "9223372036854775807"}) {
    std::string other = envelope("rating", "{}");
    other.replace(other.find("\"seq\":1"), 7, std::string("\"seq\":") + seq);
    EXPECT_FALSE(decoder.decode(other).has_value()) << seq;
  }
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
  EXPECT_FALSE(encode_event({1, stamp(), core::Answers{1, {{"a", {"\xFF"}}}, false}}).has_value());
  EXPECT_FALSE(encode_event({1, stamp(), core::Answers{1, {{"\xFF", {}}}, false}}).has_value());
}

}  // namespace
}  // namespace hailong::wire
