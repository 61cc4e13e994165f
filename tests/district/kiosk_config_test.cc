#include <filesystem>
#include <fstream>

#include "district/kiosks/publisher.h"
#include "district/storage/device_configs.h"
#include "district/storage/device_states.h"
#include "tests/district/running_district.h"
#include "tests/district/shell.h"
#include "wire/bundle.h"
#include "wire/key_file.h"

/// Configuration from above, from the operator's files to what a daemon is answered.

namespace hailong::district {
namespace {

const core::DeviceId kFirst{"kt-10750-q1"};
const core::DeviceId kOther{"kt-10756-q1"};

/// A district with a kiosk in each of two communes and a folder of files for them.
class KioskConfig : public ::testing::Test {
 protected:
  KioskConfig() {
    FakeKiosk first(kFirst.value);
    FakeKiosk other(kOther.value);
    register_kiosk(reception_.store(), first, "10750");
    register_kiosk(reception_.store(), other, "10756");
    reception_.config().kiosk_folder = folder_.path();
    write("all.toml", "[texts.vi.question]\ntext = \"Câu hỏi chung\"\n");
  }

  void write(const std::string& file, const std::string& text) {
    const auto path = folder_.path() / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  auto publish(const kiosks::Chosen& chosen = {}, std::int64_t now_ms = kNoon) {
    return kiosks::publish(reception_.store(), reception_.config(), chosen, {"test", now_ms});
  }
  /// Why nothing was published, from the file's name on.
  std::string complaint(const kiosks::Chosen& chosen = {}) {
    const auto published = publish(chosen);
    if (published) return "";
    std::string text = published.error().message;
    const std::string folder = folder_.path().string() + "/";
    if (text.starts_with(folder)) text.erase(0, folder.size());
    return text;
  }
  std::string text_of(const core::DeviceId& device) {
    return must(storage::DeviceConfigs(reception_.store()).newest(device)).value().bundle;
  }
  wire::Bundle bundle(const core::DeviceId& device) {
    return must(wire::decode_bundle(text_of(device)));
  }

  Reception reception_;
  tests::TempFolder folder_;
};

TEST_F(KioskConfig, IsPublishedForEveryKioskAndOnlyWhenItSaysSomethingNew) {
  const auto first = must(publish());
  ASSERT_EQ(first.size(), 2U);
  EXPECT_TRUE(first[0].is_new && first[1].is_new);
  EXPECT_EQ(bundle(kFirst).texts.at("vi").at("question.text"), "Câu hỏi chung");
  EXPECT_EQ(bundle(kFirst).device, kFirst);
  EXPECT_EQ(bundle(kFirst).number, kNoon);
  EXPECT_EQ(bundle(kFirst).holidays->days().size(), reception_.config().calendar.days().size());

  const auto again = must(publish({}, kNoon + 1000));
  EXPECT_FALSE(again[0].is_new || again[1].is_new);
  EXPECT_EQ(bundle(kFirst).number, kNoon);

  const std::string before = wire::bundle_id(text_of(kFirst));
  write("all.toml", "[thank_you]\nseconds = 9\n");
  EXPECT_TRUE(must(publish({}, kNoon - 5000))[0].is_new);  // the clock was set back
  EXPECT_EQ(bundle(kFirst).number, kNoon + 1);
  EXPECT_EQ(bundle(kFirst).thank_you_seconds, 9);

  // What ratings name can be looked up for ever, and takes little room.
  storage::DeviceConfigs configs(reception_.store());
  const auto old = must(configs.published(kFirst, before));
  ASSERT_TRUE(old);
  EXPECT_EQ(wire::bundle_id(old->bundle), before);
  EXPECT_FALSE(must(configs.published(kOther, before)));
  const std::int64_t held = reception_.peek().number(
      "SELECT sum(length(bundle) + length(packed)) FROM device_config WHERE device_id = "
      "'kt-10750-q1'");
  EXPECT_LT(held, static_cast<std::int64_t>(old->bundle.size() + text_of(kFirst).size()));
}

TEST_F(KioskConfig, IsReadAsItWasKeptBeforeItWasPacked) {
  must(publish());
  const std::string text = text_of(kFirst);
  must(reception_.peek().execute(
      "UPDATE device_config SET packed = NULL, bundle = $1 WHERE device_id = $2", text,
      kFirst.value));
  EXPECT_EQ(text_of(kFirst), text);
}

TEST_F(KioskConfig, LetsAUnitAndAKioskSayOtherwise) {
  write("all.toml",
        "[thank_you]\nseconds = 4\n[[counters]]\nid = \"q1\"\nname = \"Quầy chung\"\n"
        "[texts.vi.question]\ntext = \"Câu hỏi chung\"\nhint = \"Gợi ý chung\"\n");
  write("units/10750.toml", "[texts.vi.question]\ntext = \"Câu hỏi của xã\"\n");
  write("devices/kt-10750-q1.toml",
        "[[counters]]\nid = \"q7\"\nname = \"Quầy số 7\"\n"
        "[[opening]]\ndays = \"sat\"\nfrom = \"08:00\"\nto = \"11:00\"\n");
  must(publish());
  const wire::Bundle first = bundle(kFirst);
  EXPECT_EQ(first.texts.at("vi").at("question.text"), "Câu hỏi của xã");
  EXPECT_EQ(first.texts.at("vi").at("question.hint"), "Gợi ý chung");
  EXPECT_EQ(first.thank_you_seconds, 4);
  ASSERT_EQ(first.counters->size(), 1U);
  EXPECT_EQ(first.counters->front().id.value, "q7");
  EXPECT_EQ(first.opening->size(), 1U);
  EXPECT_EQ(bundle(kOther).texts.at("vi").at("question.text"), "Câu hỏi chung");
  EXPECT_FALSE(bundle(kOther).opening);
}

TEST_F(KioskConfig, IsPublishedOutOfTheSampleFolder) {
  reception_.config().kiosk_folder = HAILONG_SAMPLE_CONFIG "/kiosks";
  must(publish());
  EXPECT_EQ(bundle(kFirst).unit->name, "UBND xã Phú Thái");
  EXPECT_FALSE(bundle(kFirst).procedures->empty());
  EXPECT_FALSE(bundle(kOther).unit);
}

TEST_F(KioskConfig, IsPublishedForThoseThatWereChosen) {
  EXPECT_EQ(must(publish({kFirst, {}})).size(), 1U);
  EXPECT_EQ(must(publish({{}, core::UnitCode{"10756"}}))[0].device, kOther);
  EXPECT_EQ(complaint({core::DeviceId{"kt-9"}, {}}), "no kiosk kt-9; see: admin device list");
  EXPECT_EQ(complaint({{}, core::UnitCode{"99999"}}),
            "no kiosk stands in unit 99999; see: admin device list");
}

TEST_F(KioskConfig, TakesANewQuestionOnlyWithItsWords) {
  write("survey.toml",
        "[reasons]\nlow = [\"long-wait\"]\nmiddle = [\"long-wait\"]\nhigh = [\"greeted\"]\n"
        "[purposes]\nchoices = [\"submit\"]\n[statements]\nids = [\"clean\"]\n"
        "[extra_payment]\nchoices = [\"no\", \"yes\"]\nalert = [\"yes\"]\n");
  const std::string words =
      "[texts.LANG.reasons]\nlong-wait = \"a\"\ngreeted = \"b\"\n[texts.LANG.purposes]\n"
      "submit = \"c\"\n[texts.LANG.questions]\nclean = \"d\"\n[texts.LANG.extra_payment]\n"
      "no = \"e\"\nyes = \"f\"\n";
  const auto in = [&words](const std::string& language) {
    std::string text = words;
    for (auto at = text.find("LANG"); at != std::string::npos; at = text.find("LANG")) {
      text.replace(at, 4, language);
    }
    return text;
  };
  const std::string named = "[follow_up]\nquestionnaire = \"survey.toml\"\n";
  write("all.toml", named + in("vi"));
  EXPECT_EQ(complaint(),
            "kiosk kt-10750-q1: the configuration bundle's texts.en.reasons.long-wait: expected "
            "the text that the questionnaire needs");
  write("all.toml", named + in("vi") + in("en"));
  must(publish());
  EXPECT_EQ(bundle(kFirst).questionnaire->statements.front().id, "clean");
  EXPECT_TRUE(bundle(kFirst).questionnaire->extra_payment.choices.back().alert);
}

TEST_F(KioskConfig, PublishesNothingWhileOneFileIsWrong) {
  write("devices/kt-10756-q1.toml", "[texts.vi.question]\ntxet = \"Nhầm\"\n");
  EXPECT_TRUE(
      complaint().starts_with("devices/kt-10756-q1.toml:2: texts.vi.question.txet: unknown"))
      << complaint();
  write("devices/kt-10756-q1.toml",
        "[texts.vi.thanks]\ntitle = \"Xin trân trọng cảm ơn Ông/Bà\"\n");
  EXPECT_TRUE(
      complaint().starts_with("devices/kt-10756-q1.toml:2: texts.vi.thanks.title: "
                              "expected at most 13 characters"))
      << complaint();
  write("devices/kt-10756-q1.toml", "[[officers]]\nid = \"a\"\nname = \"B\"\nphoto = \"c\"\n");
  EXPECT_TRUE(complaint().find("no photo: it stays in kiosk.toml") != std::string::npos)
      << complaint();
  write("devices/kt-10756-q1.toml", "[follow_up]\nprocedures = \"procedures.csv\"\n");
  EXPECT_TRUE(complaint().find("the procedures' fields") != std::string::npos) << complaint();
  EXPECT_FALSE(must(storage::DeviceConfigs(reception_.store()).newest(kFirst)));

  std::filesystem::remove_all(folder_.path() / "devices");
  std::filesystem::remove(folder_.path() / "all.toml");
  EXPECT_EQ(publish().error().fault, core::Fault::kNotFound);
  reception_.config().kiosk_folder.clear();
  EXPECT_EQ(complaint(), "district.toml: [kiosks] folder is needed to publish");
}

TEST_F(KioskConfig, IsShownBesideWhatTheLastRatingWasGivenUnder) {
  const std::string published = must(publish({kFirst, {}}))[0].id;
  FakeKiosk kiosk("kt-10756-q9");
  register_kiosk(reception_.store(), kiosk, "10756");
  kiosk.append(core::Rating{
      core::VisitId{"v1"}, core::Score::from(5).value(), core::CounterId{"q1"}, {}, {}, published});
  kiosk.say(1, "Cảm ơn");
  accepted(reception_.take(kiosk));
  for (const auto& state : must(storage::DeviceStates(reception_.store()).read())) {
    if (state.device == kFirst) {
      EXPECT_EQ(state.config->id, published);
    }
    if (state.device == kiosk.device()) {
      EXPECT_FALSE(state.config);
      EXPECT_EQ(state.epochs.front().bundle, published);
    }
  }
}

TEST(KioskConfigEndpoint, AnswersWithTheSignedBundleInForce) {
  tests::TempFolder folder;
  std::ofstream(folder.path() / "all.toml") << "[thank_you]\nseconds = 9\n";
  Setting setting;
  setting.more = "[kiosks]\nfolder = \"" + folder.path().string() + "\"\n";
  RunningDistrict district(setting);
  district.know(FakeKiosk(kFirst.value));
  const std::string path = "api/v1/devices/kt-10750-q1/config";
  expect_problem(district.client().get(path), 404, "no-config");

  const auto published =
      must(kiosks::publish(district.store(), district.config(), {}, {"test", kNoon}));
  const Reply reply = district.client().get(path);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("ETag"), "\"" + published[0].id + "\"");
  const auto key = must(wire::read_key(district.config().data_dir / kDistrictKeyFile));
  const auto opened = must(wire::open_bundle(reply.body, key.public_key(), kFirst));
  EXPECT_EQ(opened.id, published[0].id);
  EXPECT_EQ(opened.bundle.thank_you_seconds, 9);

  const Reply known = district.client().get(path, {"If-None-Match: \"" + published[0].id + "\""});
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.body, "");
  expect_problem(district.client().get("api/v1/devices/kt-9/config"), 404, "no-config");
}

TEST(KioskConfigCommand, PublishesAndShows) {
  tests::TempFolder folder;
  std::ofstream(folder.path() / "all.toml") << "[thank_you]\nseconds = 9\n";
  Setting setting;
  setting.more = "[kiosks]\nfolder = \".\"\n";
  const auto file = write_config(folder.path(), setting);
  const auto admin = [&](const std::string& arguments) {
    return run(HAILONG_DISTRICT_PROGRAM " admin --config " + file.string() + " " + arguments);
  };
  EXPECT_EQ(admin("config publish").output,
            "hailong-district: no kiosk is registered; see: admin device list\n");
  const std::string key(64, 'a');
  ASSERT_EQ(admin("device add --id kt-10750-q1 --unit 10750 --public-key " + key).code, 0);
  EXPECT_EQ(admin("config show --device kt-10750-q1").output,
            "hailong-district: nothing was published for a kiosk kt-10750-q1\n");
  const Outcome published = admin("config publish --unit 10750");
  EXPECT_EQ(published.code, 0);
  EXPECT_TRUE(published.output.ends_with("  published\n")) << published.output;
  EXPECT_TRUE(
      admin("config publish --device kt-10750-q1").output.ends_with("  in force already\n"));
  const Outcome shown = admin("config show --device kt-10750-q1");
  EXPECT_EQ(must(wire::decode_bundle(shown.output)).thank_you_seconds, 9);
  EXPECT_EQ(admin("config publish --unit 10750 --device kt-10750-q1").code, 2);
}

}  // namespace
}  // namespace hailong::district
