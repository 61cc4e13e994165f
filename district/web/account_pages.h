#pragma once

#include <string>
#include <vector>

#include "district/storage/accounts.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// What the page says at its top.
struct Notice {
  std::string text;
  bool good = false;
};

struct AccountView {
  const access::Principal& person;
  std::string unit_name;
  std::optional<Notice> notice;
};

/// Something that is shown once: a new password, a new token.
struct SecretView {
  std::string heading;
  std::string text;
  std::string secret;
  std::string back;
};

struct AccountsView {
  std::vector<storage::Account> accounts;
  const core::UnitRegister& units;
  std::string csrf;
};

struct TokensView {
  std::vector<storage::Token> tokens;
  const core::UnitRegister& units;
  std::string csrf;
};

/// The insides of the pages. Everything that came from outside is escaped.
std::string account_main(const AccountView& view);
std::string secret_main(const SecretView& view);
std::string accounts_main(const AccountsView& view);
std::string tokens_main(const TokensView& view);

/// /account for everybody, /accounts and /tokens for administrators. Any thread.
class AccountPages {
 public:
  AccountPages(storage::Store& store, access::Gate& gate, const Config& config)
      : accounts_(store), gate_(gate), config_(config) {}

  /// Adds the pages to `site`; must then outlive it.
  void add_to(Site& site);

 private:
  using Person = access::Principal;

  http::Response account(const Site& site, const Person& person, int status,
                         std::optional<Notice> notice) const;
  http::Response change_password(const Site& site, const http::Request& request,
                                 const Person& person);
  http::Response leave_everywhere(const Person& person);

  http::Response list(const Site& site, const Person& person);
  http::Response add(const Site& site, const http::Request& request, const Person& person);
  http::Response change(const Site& site, const http::Request& request, const Person& person);
  http::Response reset(const Site& site, const http::Request& request, const Person& person);
  http::Response set_disabled(const Site& site, const http::Request& request, const Person& person,
                              bool disabled);

  http::Response list_tokens(const Site& site, const Person& person);
  http::Response add_token(const Site& site, const http::Request& request, const Person& person);
  http::Response revoke_token(const Site& site, const http::Request& request, const Person& person);

  storage::Accounts accounts_;
  access::Gate& gate_;
  const Config& config_;
};

}  // namespace hailong::district::web
