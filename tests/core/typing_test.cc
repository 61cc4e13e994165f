#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/vietnamese.h"

namespace hailong::core {
namespace {

std::string telex(std::string_view keys, TonePlacement placement = TonePlacement::kOld) {
  return compose(keys, TypingMethod::kTelex, placement);
}

std::string vni(std::string_view keys, TonePlacement placement = TonePlacement::kOld) {
  return compose(keys, TypingMethod::kVni, placement);
}

struct Pair {
  std::string keys;
  std::string text;
};

void expect_telex(const std::vector<Pair>& pairs) {
  for (const auto& [keys, text] : pairs) EXPECT_EQ(telex(keys), text) << keys;
}

void expect_vni(const std::vector<Pair>& pairs) {
  for (const auto& [keys, text] : pairs) EXPECT_EQ(vni(keys), text) << keys;
}

TEST(Telex, TakesKeysInAnyOrder) {
  expect_telex({{"dduowngf", "đường"}, {"duowngd", "đương"},   {"duongdwf", "đường"},
                {"duongfwd", "đường"}, {"dduwowngf", "đường"}, {"dduwongf", "đường"},
                {"duwfongd", "đường"}, {"nguowif", "người"},   {"nguoiwf", "người"},
                {"nguoifw", "người"},  {"phuongwf", "phường"}, {"tienges", "tiếng"},
                {"tieengs", "tiếng"},  {"tiesnge", "tiếng"},   {"khuyru", "khuỷu"},
                {"khuyur", "khuỷu"},   {"toans", "toán"},      {"ddi", "đi"},
                {"did", "đi"},         {"ruouwj", "rượu"},     {"luuw", "lưu"},
                {"muaw", "mưa"},       {"guiwr", "gửi"},       {"duwongwf", "dường"}});
}

TEST(Telex, KnowsALoneW) {
  expect_telex({{"nhwngx", "những"},
                {"tw", "tư"},
                {"TW", "TƯ"},
                {"chwax", "chữa"},
                {"thwowng", "thương"},
                {"tww", "tw"},
                {"twww", "tww"}});
}

TEST(Telex, TellsTheTwoHornedUoApart) {
  expect_telex({{"thuowr", "thuở"},
                {"huow", "huơ"},
                {"duwowc", "dươc"},
                {"duowcj", "dược"},
                {"quow", "quơ"},
                {"uwow", "ươ"},
                {"uwo", "ưo"},
                {"uow", "uơ"},
                {"buowu", "bươu"},
                {"huowng", "hương"}});
}

TEST(Telex, PutsTheToneWhereTheOldRuleWantsIt) {
  expect_telex(
      {{"hoaf", "hòa"},     {"thuys", "thúy"},   {"khoer", "khỏe"},      {"quys", "quý"},
       {"giuwx", "giữ"},    {"giaf", "già"},     {"gif", "gì"},          {"ginf", "gìn"},
       {"giuwax", "giữa"},  {"giees", "giế"},    {"gieengs", "giếng"},   {"quyeenf", "quyền"},
       {"quas", "quá"},     {"quynhf", "quỳnh"}, {"quyts", "quýt"},      {"huynhf", "huỳnh"},
       {"muaf", "mùa"},     {"miaf", "mìa"},     {"nguyeenx", "nguyễn"}, {"hoanf", "hoàn"},
       {"ngoeos", "ngoéo"}, {"ngoaos", "ngoáo"}, {"khuyar", "khuỷa"},    {"uwowngs", "ướng"},
       {"toanf", "toàn"}});
}

TEST(Telex, PutsTheToneWhereTheNewRuleWantsIt) {
  const std::vector<Pair> pairs = {{"hoaf", "hoà"},     {"thuys", "thuý"}, {"khoer", "khoẻ"},
                                   {"quys", "quý"},     {"muaf", "mùa"},   {"giuwx", "giữ"},
                                   {"quas", "quá"},     {"oes", "oé"},     {"uyr", "uỷ"},
                                   {"hoangf", "hoàng"}, {"taif", "tài"},   {"giaf", "già"}};
  for (const auto& [keys, text] : pairs) EXPECT_EQ(telex(keys, TonePlacement::kNew), text) << keys;
}

TEST(Telex, TakesBackWhatIsRepeated) {
  expect_telex(
      {{"aaa", "aa"},     {"ass", "as"},         {"ddd", "dd"},          {"oww", "ow"},
       {"uoww", "uow"},   {"aaaa", "aaa"},       {"asss", "ass"},        {"dadd", "dad"},
       {"tests", "test"}, {"testss", "tests"},   {"tieengss", "tiêngs"}, {"ddaaa", "đaa"},
       {"anaa", "ana"},   {"duongww", "duongw"}, {"mooocs", "moóc"},     {"xooong", "xoong"},
       {"hoafz", "hoa"},  {"hoafs", "hóa"},      {"aaw", "ă"},           {"awa", "â"},
       {"DDD", "DD"},     {"tieesnge", "tiénge"}});
}

TEST(Telex, LeavesEnglishAlone) {
  for (const std::string word :
       {"window", "Windows",  "facebook", "email",  "www",     "web",   "wifi",
        "google", "internet", "address",  "add",    "online",  "zalo",  "website",
        "covid",  "text",     "show",     "view",   "new",     "photo", "data",
        "logo",   "banana",   "class",    "app",    "html",    "sms",   "world",
        "two",    "swing",    "server",   "camera", "karaoke", "robot", "cafe",
        "f",      "w",        "s",        "ok",     "kg",      "km2",   "vn"}) {
    EXPECT_EQ(telex(word), word);
  }
}

TEST(Telex, LeavesAddressesAlone) {
  for (const std::string word :
       {"a.b@c.vn", "toans@gmail.com", "hoaf.binhf@haiduong.gov.vn", "NguyeenA@vnpt.vn",
        "https://haiduong.gov.vn/tays", "www.toans.vn"}) {
    EXPECT_EQ(telex(word), word);
  }
  EXPECT_EQ(telex("hoaf,binhf"), "hòa,bình");
  EXPECT_EQ(telex("hoaf@"), "hoaf@");
  EXPECT_EQ(telex("@hoaf"), "@hòa");
  EXPECT_EQ(telex("toans@x.vn toans"), "toans@x.vn toán");
}

TEST(Telex, KeepsCase) {
  expect_telex({{"DDuowngf", "Đường"},
                {"DDUOWNGF", "ĐƯỜNG"},
                {"dDuowngf", "đường"},
                {"HDDND", "HĐND"},
                {"Duongdwf", "Đường"},
                {"HOAF", "HÒA"},
                {"Uyr", "Ủy"},
                {"AWN", "ĂN"},
                {"OOng", "Ông"},
                {"YEESN", "YẾN"},
                {"iS", "í"},
                {"Ddc", "Đc"}});
}

TEST(Telex, KeepsWhatPeopleMisspell) {
  expect_telex({{"nghanhf", "nghành"}, {"ngef", "ngè"}, {"Kanj", "Kạn"}, {"Ddawks", "Đắk"}});
}

TEST(Telex, LeavesStopsTheirTwoTones) {
  expect_telex({{"tacs", "tác"}, {"tacj", "tạc"}, {"tacf", "tacf"}, {"bachr", "bachr"}});
}

TEST(Vni, TakesKeysInAnyOrder) {
  expect_vni({{"duong972", "đường"},
              {"d9uong72", "đường"},
              {"d9u7o7ng2", "đường"},
              {"duong279", "đường"},
              {"nguoi72", "người"},
              {"tie6ng1", "tiếng"},
              {"tieng16", "tiếng"},
              {"viet65", "việt"},
              {"an8", "ăn"},
              {"hoa2", "hòa"},
              {"quy1", "quý"},
              {"giu74", "giữ"},
              {"HD9ND", "HĐND"},
              {"hoa20", "hoa"},
              {"u7o7ng7", "uong7"},
              {"thuo73", "thuở"},
              {"qua8n", "quăn"},
              {"a68", "ă"}});
  EXPECT_EQ(vni("hoa2", TonePlacement::kNew), "hoà");
}

TEST(Vni, TakesBackWhatIsRepeated) {
  expect_vni({{"a66", "a6"},
              {"a666", "a66"},
              {"d99", "d9"},
              {"a11", "a1"},
              {"o77", "o7"},
              {"a88", "a8"},
              {"a44", "a4"},
              {"tie6ng11", "tiêng1"}});
}

TEST(Vni, LeavesNumbersAlone) {
  for (const std::string word : {"2024", "19/8/2024", "covid19", "10750", "b52", "a@b1.vn", "kt1",
                                 "0912345678", "7", "e7", "i8", "window", "aa", "toans"}) {
    EXPECT_EQ(vni(word), word);
  }
}

TEST(Letters, AreTakenAsTheyAre) {
  EXPECT_EQ(compose("dduowngf", TypingMethod::kLetters, TonePlacement::kOld), "dduowngf");
  EXPECT_EQ(compose("đường 12", TypingMethod::kLetters, TonePlacement::kOld), "đường 12");
}

TEST(Compose, GivesBackWhateverItCannotRead) {
  EXPECT_EQ(telex(""), "");
  EXPECT_EQ(telex("\xFF"
                  "as"),
            "\xEF\xBF\xBD"
            "á");
  EXPECT_EQ(telex("xin chaof, Ong6!"), "xin chào, Ong6!");
}

}  // namespace
}  // namespace hailong::core
