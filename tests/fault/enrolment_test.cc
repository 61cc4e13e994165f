#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "journal/outbox.h"
#include "tests/e2e/real_district.h"
#include "tests/journal/sample.h"

/// The real daemon becomes a device of the real receiver, over TLS.

namespace hailong::tests {
namespace {

using journal::must;

/// A key and a certificate that vouches for itself, in one file each.
struct Pem {
  std::string key;
  std::string certificate;
};

class OverTls : public testing::Test {
 protected:
  void SetUp() override {
    server_ = make_pem("server");
    kiosk_ = make_pem("kiosk");
  }

  Pem make_pem(const std::string& name) {
    const std::string stem = (folder_.path() / name).string();
    Pem pem{stem + ".key", stem + ".pem"};
    const Outcome made =
        run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext",
             "subjectAltName=IP:127.0.0.1", "-keyout", pem.key, "-out", pem.certificate});
    EXPECT_EQ(made.code, 0) << made.output;
    return pem;
  }

  void serve(const std::string& more = {}) {
    district_.emplace("[tls]\ncertificate = \"" + server_.certificate + "\"\nkey = \"" +
                      server_.key + "\"\n" + more);
    district_->serve();
  }

  [[nodiscard]] std::string url() const {
    return "https://127.0.0.1:" + std::to_string(district_->port());
  }

  /// `more`: further keys of [district].
  Outcome syncd(const std::string& more, const std::vector<std::string>& words) {
    const std::string file = (folder_.path() / "sync.toml").string();
    std::ofstream(file) << "data_dir = \"data\"\n[district]\nurl = \"" << url() << "\"\n"
                        << more << "[retry]\nfirst_ms = 1\nmost_ms = 20\n";
    std::vector<std::string> command{HAILONG_SYNCD, "--config", file};
    command.insert(command.end(), words.begin(), words.end());
    return run(command);
  }
  [[nodiscard]] std::string trust() const { return "ca_file = \"" + server_.certificate + "\"\n"; }

  /// The code out of what was printed.
  std::string invited(const std::string& device) {
    const std::string said = district_->admin(
        {"device", "invite", "--unit", "10750", "--counter", "q1", "--id", device});
    std::smatch code;
    EXPECT_TRUE(std::regex_search(said, code, std::regex("([0-9A-Z]{4}-){4}[0-9A-Z]{4}"))) << said;
    return code.str();
  }

  TempFolder folder_;
  Pem server_;
  Pem kiosk_;
  std::optional<RealDistrict> district_;
};

TEST_F(OverTls, AMachineEnrolsSendsAndChangesItsKey) {
  serve();
  const std::string code = invited(journal::kDevice.value);
  const Outcome strange = syncd("", {"enrol", "--code", code});
  EXPECT_EQ(strange.code, 1);
  EXPECT_NE(strange.output.find("certificate"), std::string::npos) << strange.output;

  const Outcome enrolled = syncd(trust(), {"enrol", "--code", code});
  EXPECT_EQ(enrolled.code, 0) << enrolled.output;
  EXPECT_NE(enrolled.output.find("enrolled as device " + journal::kDevice.value),
            std::string::npos);
  auto journal = journal::journal_with(folder_.path() / "data", 3);
  EXPECT_EQ(syncd(trust(), {"--once"}).code, 0);

  EXPECT_EQ(syncd(trust(), {"rotate-key"}).code, 0);
  must(journal.append(journal::stamp_at(1'795'453'300'000), journal::rating_of(5, "later")));
  const Outcome sent = syncd(trust(), {"--once"});
  EXPECT_NE(sent.output.find("sent 1 events, 0 unsent"), std::string::npos) << sent.output;
  const auto last = must(must(journal::Outbox::open(folder_.path() / "data")).last());
  EXPECT_NE(
      district_->admin({"device", "list"}).find("keys 1  epochs 1  events " + std::to_string(last)),
      std::string::npos);
}

TEST_F(OverTls, NobodySpeaksLessThanVersion12) {
  serve();
  const auto connects = [&](const std::string& version) {
    const std::string host = url().substr(std::string("https://").size());
    return run({"sh", "-c",
                "openssl s_client -connect " + host + " " + version +
                    " -cipher DEFAULT:@SECLEVEL=0 </dev/null"})
               .code == 0;
  };
  EXPECT_TRUE(connects("-tls1_2"));
  EXPECT_FALSE(connects("-tls1_1"));
}

TEST_F(OverTls, KiosksNeedACertificateWhereOneIsAskedForAndBrowsersDoNot) {
  serve("client_ca = \"" + kiosk_.certificate + "\"\n");
  const std::string code = invited(journal::kDevice.value);
  const Outcome without = syncd(trust(), {"enrol", "--code", code});
  EXPECT_EQ(without.code, 1);
  EXPECT_NE(without.output.find("kiosks need a certificate here"), std::string::npos)
      << without.output;
  const auto shown = [&](const Pem& pem) {
    return trust() + "client_certificate = \"" + pem.certificate + "\"\nclient_key = \"" + pem.key +
           "\"\n";
  };
  EXPECT_EQ(syncd(shown(server_), {"enrol", "--code", code}).code, 1);
  EXPECT_EQ(syncd(shown(kiosk_), {"enrol", "--code", code}).code, 0);
  EXPECT_EQ(run({"curl", "-sS", "--fail", "--cacert", server_.certificate, url() + "/login"}).code,
            0);
}

}  // namespace
}  // namespace hailong::tests
