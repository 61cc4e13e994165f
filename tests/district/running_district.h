#pragma once

#include <nlohmann/json.hpp>

#include "district/access/secrets.h"
#include "district/service.h"
#include "district/storage/accounts.h"
#include "tests/district/http_client.h"
#include "tests/district/sample.h"
#include "tests/log_capture.h"

namespace hailong::district {

using tests::LogCapture;

/// The whole service on a free port, with one token and a log that can be read.
class RunningDistrict {
 public:
  static constexpr const char* kUser = "can-bo";
  static constexpr const char* kPassword = "mật khẩu dài";

  explicit RunningDistrict(const Setting& setting = {})
      : config_(must(read_config(write_config(folder_.path(), setting)))),
        store_(must(storage::Store::open(config_.data_dir))) {
    token_ = access::new_secret();
    storage::Accounts accounts(store_);
    must(accounts.add_token("test", access::hash_of_secret(token_), kNoon));
    service_.emplace(must(Service::start(must(read_config(folder_.path() / "district.toml")))));
    client_ = std::make_unique<HttpClient>(service_->url());
  }

  void know(const FakeKiosk& kiosk, const std::string& unit = "10750") {
    register_kiosk(store_, kiosk, unit);
  }
  static std::string batches_of(const FakeKiosk& kiosk) {
    return "api/v1/devices/" + kiosk.device().value + "/batches";
  }
  Reply send(const FakeKiosk& kiosk, const std::string& body) {
    return client_->post(batches_of(kiosk), body, {"Content-Type: application/zstd"});
  }
  Reply send(const FakeKiosk& kiosk) { return send(kiosk, kiosk.sealed()); }

  HttpClient& client() { return *client_; }
  [[nodiscard]] std::string url() const { return service_->url(); }
  [[nodiscard]] std::string bearer() const { return "Authorization: Bearer " + token_; }
  Reply scores(const std::string& query, HttpClient::Headers more = {}) {
    more.push_back(bearer());
    return client_->get("api/v1/scores?" + query, more);
  }
  /// Makes the login that the tests use. Hashing takes a while, so not every test pays for it.
  void add_user() {
    must(
        storage::Accounts(store_).add_person(kUser, must(access::hash_password(kPassword)), kNoon));
  }
  /// Makes it, logs in and returns the header that carries the session.
  std::string log_in() {
    add_user();
    const Reply reply =
        client_->post("login", "name=can-bo&password=m%E1%BA%ADt+kh%E1%BA%A9u+d%C3%A0i");
    EXPECT_EQ(reply.status, 303) << reply.body;
    const std::string cookie = reply.header("Set-Cookie");
    return "Cookie: " + cookie.substr(0, cookie.find(';'));
  }

  /// What forms must carry in the session that `cookie` belongs to: the field as it is sent.
  static std::string csrf(const std::string& cookie) {
    return "csrf=" + access::csrf_of(cookie.substr(cookie.find('=') + 1));
  }
  const std::vector<web::SiteRoute>& routes() { return service_->routes(); }

  storage::Store& store() { return store_; }
  Peek peek() { return Peek(config_.data_dir); }
  const Config& config() { return config_; }
  LogCapture& log() { return log_; }

 private:
  LogCapture log_;
  tests::TempFolder folder_;
  Config config_;
  storage::Store store_;
  std::string token_;
  std::optional<Service> service_;
  std::unique_ptr<HttpClient> client_;
};

inline nlohmann::json json_of(const Reply& reply) {
  auto json = nlohmann::json::parse(reply.body, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << reply.body;
  return json;
}

inline void expect_problem(const Reply& reply, long status, const std::string& kind) {
  EXPECT_EQ(reply.status, status) << reply.body;
  EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
  const auto json = json_of(reply);
  EXPECT_EQ(json.value("type", ""), "urn:hailong:problem:" + kind);
  EXPECT_EQ(json.value("status", 0), status);
  EXPECT_FALSE(json.value("title", "").empty());
  EXPECT_FALSE(json.value("detail", "").empty());
}

}  // namespace hailong::district
