#pragma once

#include <nlohmann/json.hpp>

#include "district/access/account_rules.h"
#include "district/access/secrets.h"
#include "district/clock.h"
#include "district/http/form.h"
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
        store_(must(storage::Store::open(config_.data_dir, config_.postgres))) {
    token_ = access::new_secret();
    storage::Accounts accounts(store_);
    must(accounts.add_token({"test", "scores", "", 0, false}, access::hash_of_secret(token_),
                            {"test", kNoon}));
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
  /// Makes an account with the password that all of the tests' accounts have; commune roles belong
  /// to `unit`.
  void add_user(access::Role role = access::Role::kAdministrator, const std::string& name = kUser,
                const std::string& unit = "10750") {
    static const std::string hash = must(access::hash_password(kPassword));  // takes a while
    storage::Account account;
    account.name = name;
    account.role = word_of(role);
    if (belongs_to_commune(role)) {
      account.unit_id = access::unit_id_of(unit, config_.rules.units, core::local_date(now_ms()));
    }
    must(storage::Accounts(store_).add(account, hash, {"test", kNoon}));
  }
  /// Makes it, logs in and returns the header that carries the session.
  std::string log_in(access::Role role = access::Role::kAdministrator,
                     const std::string& name = kUser, const std::string& unit = "10750") {
    add_user(role, name, unit);
    const Reply reply = post_login(name, kPassword);
    EXPECT_EQ(reply.status, 303) << reply.body;
    return cookie_of(reply);
  }
  Reply post_login(const std::string& name, const std::string& password,
                   const HttpClient::Headers& headers = {}) {
    return client_->post(
        "login", "name=" + http::escaped(name) + "&password=" + http::escaped(password), headers);
  }
  /// A session of an account that is there, without the time that a password takes.
  std::string open_session(const std::string& name) {
    const std::string secret = access::new_secret();
    must(storage::Accounts(store_).open_session(access::hash_of_secret(secret), name, std::nullopt,
                                                now_ms() + 3'600'000,
                                                {now_ms(), name, "login", name, ""}));
    return "Cookie: hailong_session=" + secret;
  }
  /// The header by which a browser would give back the cookie that it got.
  static std::string cookie_of(const Reply& reply) {
    const std::string cookie = reply.header("Set-Cookie");
    return "Cookie: " + cookie.substr(0, cookie.find(';'));
  }
  /// Sends a page's form in the session that `cookie` belongs to: "a=1&b=2".
  Reply submit(const std::string& path, const std::string& cookie, const std::string& fields = "") {
    return client_->post(path, csrf(cookie) + (fields.empty() ? "" : "&" + fields), {cookie});
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
