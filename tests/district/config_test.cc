#include "district/config.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

#include "program/config.h"
#include "tests/district/sample.h"

namespace hailong::district {
namespace {

std::string mistake(const std::string& text) {
  const tests::TempFolder folder;
  const auto file = write_config(folder.path());
  std::string all = must(program::read_text_file(file));
  std::ofstream(file) << text << all;
  const auto config = read_config(file);
  if (config) return "";
  EXPECT_EQ(config.error().fault, core::Fault::kInvalid);
  return config.error().message.substr(folder.path().string().size() + 1);
}

TEST(Config, SampleIsReadAsItStands) {
  const Config config =
      must(read_config(std::filesystem::path(HAILONG_SAMPLE_CONFIG) / "district.toml"));
  EXPECT_EQ(config.listen, "127.0.0.1");
  EXPECT_EQ(config.port, 8480);
  EXPECT_EQ(config.authority_name, "Ủy ban nhân dân thành phố Hải Phòng");
  EXPECT_EQ(config.authority_level, "thành phố");
  EXPECT_EQ(config.limits.batch_bytes, 1U << 20);
  EXPECT_EQ(config.limits.request_deadline, std::chrono::seconds(30));
  const auto today = *core::parse_date("2026-11-24");
  EXPECT_EQ(config.rules.units.children(config.rules.authority, today).size(), 4U);
  EXPECT_EQ(config.rules.fields.name_of("ho-tich"), "Hộ tịch");
  EXPECT_EQ(config.rules.fields.name_of("khac"), "khac");
  ASSERT_NE(config.rules.programmes.for_year(2030), nullptr);
  EXPECT_EQ(config.rules.programmes.for_year(2024), nullptr);
}

using Names = std::set<std::string>;

/// The first group of every match, which is somewhere in a line.
Names found_in(const std::string& text, const std::string& pattern) {
  const std::regex name(pattern, std::regex::ECMAScript | std::regex::multiline);
  Names names;
  for (std::sregex_iterator match(text.begin(), text.end(), name), end; match != end; ++match) {
    names.insert((*match)[1]);
  }
  return names;
}

/// The sample explains every key that the program reads, those that it leaves out in comments.
TEST(Config, IsExplainedKeyByKeyInTheSampleAndTableByTableInTheDocument) {
  const std::filesystem::path root(HAILONG_SOURCE);
  const std::string sample =
      must(program::read_text_file(root / "config" / "kim-thanh" / "district.toml"));
  const Names tables = found_in(sample, R"(^(?:# )?\[([a-z_]+)\]$)");
  Names explained = found_in(sample, R"(^(?:# )?([a-z_]+) = )");
  explained.insert(tables.begin(), tables.end());
  const std::string source = must(program::read_text_file(root / "district" / "config.cc"));
  EXPECT_EQ(found_in(source, R"re((?:texts?|integer|path|table|bytes|days)\("([a-z_]+)")re"),
            explained);
  const std::string document = must(program::read_text_file(root / "docs" / "configuration.md"));
  EXPECT_EQ(found_in(document, R"(^\| `\[([a-z_]+)\]` \|)"), tables);
}

/// What stands in comments is taken as it stands there, each key in its table.
TEST(Config, TakesEveryKeyThatTheSampleExplains) {
  const std::string sample =
      must(program::read_text_file(std::filesystem::path(HAILONG_SAMPLE_CONFIG) / "district.toml"));
  std::string whole = std::regex_replace(
      sample, std::regex(R"(^# (\[[a-z_]+\]$|[a-z_]+ = ))", std::regex::multiline), "$1");
  whole = std::regex_replace(whole, std::regex("secret = \"\""),
                             "secret = \"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"");
  whole = std::regex_replace(whole, std::regex("= \"((\\.\\./)?[a-z-]+\\.(csv|toml))\""),
                             std::string("= \"") + HAILONG_SAMPLE_CONFIG + "/$1\"");
  const tests::TempFolder folder;
  // The sample knows nobody by name.
  std::ofstream(folder.path() / "names.csv") << "unit,kind,id,name\n";
  whole = std::regex_replace(whole, std::regex("= \"[^\"]*/names.csv\""), "= \"names.csv\"");
  std::ofstream(folder.path() / "district.toml") << whole;
  const Config config = must(read_config(folder.path() / "district.toml"));
  EXPECT_EQ(config.postgres, "postgresql://hailong@db.example/hailong");
  EXPECT_EQ(config.public_url, "https://hai-long.example");
  EXPECT_TRUE(config.webhook);
}

TEST(Config, ListensToOtherMachinesOnlyByTls) {
  const std::string refusal = mistake("listen = \"0.0.0.0\"\n");
  EXPECT_EQ(refusal.rfind("district.toml:1: listen: expected an address of this machine", 0), 0U)
      << refusal;
  for (const char* address : {"127.0.0.1", "127.0.0.9", "::1"}) {
    EXPECT_EQ(mistake("listen = \"" + std::string(address) + "\"\n"), "");
  }
  const tests::TempFolder folder;
  Setting setting;
  setting.public_url = "https://hai-long.example";
  std::string proxied = must(program::read_text_file(write_config(folder.path(), setting)));
  std::ofstream(folder.path() / "district.toml") << "listen = \"::\"\n" << proxied;
  EXPECT_TRUE(read_config(folder.path() / "district.toml"));
  setting.public_url.clear();
  setting.more = "[tls]\ncertificate = \"c.pem\"\nkey = \"k.pem\"";
  std::string secure = must(program::read_text_file(write_config(folder.path(), setting)));
  std::ofstream(folder.path() / "district.toml") << "listen = \"::\"\n" << secure;
  const Config config = must(read_config(folder.path() / "district.toml"));
  EXPECT_TRUE(is_https(config));
  EXPECT_EQ(mistake("tls = { certificate = \"c.pem\" }\n").rfind("district.toml:1: tls.key", 0),
            0U);
}

TEST(Config, NamesFileLineAndKeyOfAMistake) {
  EXPECT_EQ(mistake("colour = 1\n").rfind("district.toml:1: colour: unknown key", 0), 0U);
  EXPECT_EQ(mistake("log_level = \"loud\"\n"),
            "district.toml:1: log_level: expected debug, info, warn or error");
  EXPECT_EQ(mistake("listen = 5\n"), "district.toml:1: listen: expected a text in quotes");
}

TEST(Config, TakesAWebhookOnlyWithASafeAddressAndAWholeSecret) {
  const std::string secret = "secret = \"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"\n";
  const auto read = [](const std::string& keys) {
    const tests::TempFolder folder;
    Setting setting;
    setting.more = "[webhook]\n" + keys;
    return read_config(write_config(folder.path(), setting));
  };
  const Config config = must(read("url = \"https://example.gov.vn/x\"\n" + secret));
  ASSERT_TRUE(config.webhook);
  EXPECT_EQ(config.webhook->url, "https://example.gov.vn/x");
  EXPECT_EQ(config.webhook->key, std::string(24, '\0'));
  EXPECT_FALSE(must(read("")).webhook);
  for (const auto& [keys, expected] : std::map<std::string, std::string>{
           {"url = \"http://example.gov.vn/\"\n" + secret, "url: expected https://"},
           {"url = \"https://example.gov.vn/\"\n", "secret: missing; expected whsec_"},
           {secret, "url: missing; expected https://"}}) {
    const auto refused = read(keys);
    ASSERT_FALSE(refused) << keys;
    EXPECT_NE(refused.error().message.find(expected), std::string::npos) << refused.error().message;
  }
}

TEST(Config, KnowsTheHeadOfTheReports) {
  const Config sample =
      must(read_config(std::filesystem::path(HAILONG_SAMPLE_CONFIG) / "district.toml"));
  EXPECT_EQ(sample.letterhead.issuer, sample.authority_name);
  EXPECT_EQ(sample.letterhead.place, "Hải Phòng");
  EXPECT_EQ(sample.letterhead.signature.size(), 2U);
  EXPECT_FALSE(sample.webhook);
}

TEST(Config, RefusesAnAuthorityThatNoUnitIs) {
  const tests::TempFolder folder;
  const auto file = write_config(folder.path());
  std::string text = must(program::read_text_file(file));
  text.replace(text.find("code = \"31\""), 11, "code = \"13\"");
  std::ofstream(file) << text;
  const auto config = read_config(file);
  ASSERT_FALSE(config.has_value());
  EXPECT_NE(config.error().message.find("units.csv: no unit bears the code of [authority], 13"),
            std::string::npos)
      << config.error().message;
}

TEST(Config, ChangesItsFingerprintWithItsData) {
  const tests::TempFolder folder;
  const auto first = must(read_config(write_config(folder.path())));
  Setting setting;
  EXPECT_EQ(must(read_config(write_config(folder.path(), setting))).fingerprint, first.fingerprint);
  setting.authority = "Khác";
  EXPECT_NE(must(read_config(write_config(folder.path(), setting))).fingerprint, first.fingerprint);
}

TEST(ProcedureFields, NameTheLineOfAMistake) {
  using scoring::ProcedureFields;
  EXPECT_EQ(ProcedureFields::parse("name,id\n").error().message,
            "fields.csv:1: expected the heading id,name");
  EXPECT_EQ(ProcedureFields::parse("id,name\na,A\na,B\n").error().message,
            "fields.csv:3: a is there twice");
  EXPECT_EQ(ProcedureFields::parse("id,name\nA b,A\n").error().message,
            "fields.csv:2: expected an id of a-z, 0-9 and '-', and a name");
}

}  // namespace
}  // namespace hailong::district
