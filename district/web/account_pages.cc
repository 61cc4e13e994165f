#include "district/web/account_pages.h"

#include "district/access/account_rules.h"
#include "district/access/secrets.h"
#include "district/clock.h"
#include "district/http/session_cookie.h"
#include "district/web/figures.h"
#include "district/web/periods.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using access::Mistake;
using access::Principal;
using access::Right;
using http::Request;
using http::Response;
using MustacheData = kainjow::mustache::data;

std::string account_unit(const core::UnitRegister& units, const std::string& unit_id) {
  const core::Unit* unit = units.find_id(unit_id);
  return unit == nullptr ? unit_id : unit->full_name() + " (mã " + unit->code.value + ")";
}

void set_account_unit(MustacheData& row, const core::UnitRegister& units,
                      const std::string& unit_id) {
  if (!unit_id.empty()) row.set("unit", MustacheData{"text", account_unit(units, unit_id)});
}

/// The roles to choose from; `chosen` is a role's word.
MustacheData role_options(std::string_view chosen) {
  MustacheData roles(MustacheData::type::list);
  for (const access::Role role : access::kRoles) {
    MustacheData option;
    option.set("word", std::string(word_of(role)));
    option.set("label", std::string(name_of(role)));
    option.set("chosen", word_of(role) == chosen);
    roles << option;
  }
  return roles;
}

std::string role_label(const std::string& word) {
  const auto role = access::role_of(word);
  return role ? std::string(name_of(*role)) : word;
}

std::string scopes_label(const std::string& words) {
  std::string text;
  for (const access::Scope scope : access::kScopes) {
    const std::string padded = " " + words + " ";
    if (padded.find(" " + std::string(word_of(scope)) + " ") == std::string::npos) continue;
    text.append(text.empty() ? "" : "; ").append(name_of(scope));
  }
  return text;
}

std::string typed(const Request& request, std::string_view name) {
  return http::first_of(request.form, name).value_or("");
}

access::AccountForm account_form(const Request& request) {
  return {typed(request, "name"), typed(request, "shown_name"), typed(request, "role"),
          typed(request, "unit")};
}

std::string said(Mistake mistake) { return std::string(in_vietnamese(mistake)); }

/// What a store's refusal means to the administrator; anything else is the store's own failure.
Response not_done(const Site& site, const Principal& person, const std::string& section,
                  const core::Error& error) {
  if (error.fault == core::Fault::kConflict) {
    return site.refused(person, section, "Tên này đã có người dùng. Xin chọn tên khác.");
  }
  if (error.fault == core::Fault::kNotFound) {
    return site.refused(person, section, "Không còn mục này. Xin mở lại trang.");
  }
  return store_failed(error);
}

}  // namespace

std::string account_main(const AccountView& view) {
  MustacheData page;
  page.set("name", view.person.name);
  page.set("shown_name", view.person.shown_name);
  page.set("role", std::string(view.person.role_name()));
  page.set("csrf", view.person.csrf);
  if (!view.unit_name.empty()) page.set("unit", MustacheData{"text", view.unit_name});
  if (view.notice) {
    MustacheData notice{"text", view.notice->text};
    notice.set("good", view.notice->good);
    page.set("notice", notice);
  }
  return render(templates::k_account_mustache, page);
}

std::string secret_main(const SecretView& view) {
  MustacheData page;
  page.set("heading", view.heading);
  page.set("text", view.text);
  page.set("secret", view.secret);
  page.set("back", view.back);
  return render(templates::k_secret_mustache, page);
}

std::string accounts_main(const AccountsView& view) {
  MustacheData rows(MustacheData::type::list);
  for (const storage::Account& account : view.accounts) {
    MustacheData row;
    row.set("name", account.name);
    row.set("shown_name", account.shown_name);
    row.set("role", role_label(account.role));
    row.set("roles", role_options(account.role));
    row.set("unit_code", account.unit_id.substr(0, account.unit_id.find('@')));
    row.set("disabled", account.disabled);
    row.set("must_change", account.must_change);
    set_account_unit(row, view.units, account.unit_id);
    rows << row;
  }
  MustacheData page;
  page.set("csrf", view.csrf);
  page.set("accounts", rows);
  page.set("new_roles", role_options(""));
  return render(templates::k_accounts_mustache, page);
}

std::string tokens_main(const TokensView& view) {
  MustacheData rows(MustacheData::type::list);
  for (const storage::Token& token : view.tokens) {
    MustacheData row;
    row.set("name", token.name);
    row.set("scopes", scopes_label(token.scopes));
    row.set("added", vietnamese_date(core::local_date(token.added_at)));
    row.set("revoked", token.revoked);
    set_account_unit(row, view.units, token.unit_id);
    rows << row;
  }
  MustacheData scopes(MustacheData::type::list);
  for (const access::Scope scope : access::kScopes) {
    MustacheData choice{"word", std::string(word_of(scope))};
    choice.set("label", std::string(name_of(scope)));
    scopes << choice;
  }
  MustacheData page;
  page.set("csrf", view.csrf);
  page.set("any", !view.tokens.empty());
  page.set("tokens", rows);
  page.set("scopes", scopes);
  return render(templates::k_tokens_mustache, page);
}

void AccountPages::add_to(Site& site) {
  site.get("/account", Right::kOwnAccount, [this, &site](const Request&, const Person& person) {
    std::optional<Notice> notice;
    if (person.must_change_password) {
      notice = Notice{"Mật khẩu này do người quản trị cấp. Xin đổi mật khẩu để tiếp tục.", false};
    }
    return account(site, person, 200, std::move(notice));
  });
  site.post("/account/leave", Right::kOwnAccount,
            [this](const Request&, const Person& person) { return leave_everywhere(person); });
  site.get("/accounts", Right::kManageAccounts,
           [this, &site](const Request&, const Person& person) { return list(site, person); });
  site.get("/tokens", Right::kManageTokens, [this, &site](const Request&, const Person& person) {
    return list_tokens(site, person);
  });

  using Action = Response (AccountPages::*)(const Site&, const Request&, const Person&);
  const auto bound = [this, &site](Action action) {
    return [this, &site, action](const Request& request, const Person& person) {
      return (this->*action)(site, request, person);
    };
  };
  site.post("/account/password", Right::kOwnAccount, bound(&AccountPages::change_password));
  site.post("/accounts", Right::kManageAccounts, bound(&AccountPages::add));
  site.post("/accounts/change", Right::kManageAccounts, bound(&AccountPages::change));
  site.post("/accounts/password", Right::kManageAccounts, bound(&AccountPages::reset));
  for (const bool disabled : {true, false}) {
    site.post(disabled ? "/accounts/disable" : "/accounts/enable", Right::kManageAccounts,
              [this, &site, disabled](const Request& request, const Person& person) {
                return set_disabled(site, request, person, disabled);
              });
  }
  site.post("/tokens", Right::kManageTokens, bound(&AccountPages::add_token));
  site.post("/tokens/revoke", Right::kManageTokens, bound(&AccountPages::revoke_token));
}

Response AccountPages::account(const Site& site, const Person& person, int status,
                               std::optional<Notice> notice) const {
  std::string unit;
  if (!person.unit.empty()) {
    const core::Unit* last = config_.rules.units.last_of(person.unit);
    unit = last == nullptr ? person.unit.value : account_unit(config_.rules.units, last->id());
  }
  Response response = site.page(person, "account", "Tài khoản của tôi",
                                account_main({person, std::move(unit), std::move(notice)}));
  response.status = status;
  return response;
}

Response AccountPages::change_password(const Site& site, const Request& request,
                                       const Person& person) {
  const std::string wanted = typed(request, "new");
  const auto refuse = [&](int status, const std::string& why) {
    return account(site, person, status, Notice{why, false});
  };
  if (const auto mistake = access::mistake_in_password(wanted)) return refuse(400, said(*mistake));
  if (wanted != typed(request, "again")) return refuse(400, "Hai lần nhập mật khẩu mới khác nhau.");
  if (wanted == typed(request, "old")) return refuse(400, "Mật khẩu mới phải khác mật khẩu cũ.");
  const bool secure = is_https(config_);
  const auto changed = gate_.change_password(
      person, typed(request, "old"), wanted,
      {client_address(request, config_), http::session_secret(request, secure)}, now_ms());
  if (!changed) return store_failed(changed.error());
  if (const auto* rest = std::get_if<access::MustRest>(&*changed)) {
    return refuse(429, "Đã sai mật khẩu nhiều lần. Xin thử lại sau " +
                           std::to_string(rest->wait.count()) + " giây.");
  }
  const auto* admitted = std::get_if<access::Admitted>(&*changed);
  if (admitted == nullptr) return refuse(400, "Mật khẩu hiện tại chưa đúng.");
  Person renewed = person;
  renewed.csrf = access::csrf_of(admitted->secret);
  Response response = account(site, renewed, 200,
                              Notice{"Đã đổi mật khẩu. Các lần đăng nhập khác đã kết thúc.", true});
  response.headers.push_back(
      http::session_header(admitted->secret, access::kSessionLength, secure));
  return response;
}

Response AccountPages::leave_everywhere(const Person& person) {
  const auto ended = accounts_.end_sessions(person.name, {person.name, now_ms()});
  if (!ended) return store_failed(ended.error());
  Response response = http::redirect_to("/login");
  response.headers.push_back(
      http::session_header("", std::chrono::seconds::zero(), is_https(config_)));
  return response;
}

Response AccountPages::list(const Site& site, const Person& person) {
  auto accounts = accounts_.list();
  if (!accounts) return store_failed(accounts.error());
  return site.page(person, "accounts", "Tài khoản",
                   accounts_main({std::move(*accounts), config_.rules.units, person.csrf}));
}

Response AccountPages::add(const Site& site, const Request& request, const Person& person) {
  const access::AccountForm form = account_form(request);
  const core::LocalDate today = core::local_date(now_ms());
  if (const auto mistake = access::mistake_in(form, config_.rules.units, today)) {
    return site.refused(person, "accounts", said(*mistake));
  }
  const std::string password = access::new_password();
  const auto hash = access::hash_password(password);
  if (!hash) return store_failed(hash.error());
  const auto added =
      accounts_.add({form.name, form.shown_name, form.role,
                     access::unit_id_of(form.unit, config_.rules.units, today), true, false, 0},
                    *hash, {person.name, now_ms()});
  if (!added) return not_done(site, person, "accounts", added.error());
  return site.page(person, "accounts", "Đã thêm tài khoản",
                   secret_main({"Đã thêm tài khoản " + form.name,
                                "Mật khẩu dùng một lần; người dùng phải đổi khi đăng nhập:",
                                password, "/accounts"}));
}

Response AccountPages::change(const Site& site, const Request& request, const Person& person) {
  const access::AccountForm form = account_form(request);
  const core::LocalDate today = core::local_date(now_ms());
  auto mistake = access::mistake_in(form, config_.rules.units, today);
  if (!mistake && form.name == person.name && form.role != word_of(person.role)) {
    mistake = Mistake::kOwnAccount;
  }
  if (mistake) return site.refused(person, "accounts", said(*mistake));
  storage::Account account;
  account.name = form.name;
  account.shown_name = form.shown_name;
  account.role = form.role;
  account.unit_id = access::unit_id_of(form.unit, config_.rules.units, today);
  const auto changed = accounts_.change(account, {person.name, now_ms()});
  if (!changed) return not_done(site, person, "accounts", changed.error());
  return http::redirect_to("/accounts");
}

Response AccountPages::reset(const Site& site, const Request& request, const Person& person) {
  const std::string name = typed(request, "name");
  const std::string password = access::new_password();
  const auto hash = access::hash_password(password);
  if (!hash) return store_failed(hash.error());
  const auto set = accounts_.set_password(name, *hash, true, {person.name, now_ms()});
  if (!set) return not_done(site, person, "accounts", set.error());
  return site.page(person, "accounts", "Đã cấp mật khẩu mới",
                   secret_main({"Mật khẩu mới của " + name,
                                "Mật khẩu dùng một lần; người dùng phải đổi khi đăng nhập:",
                                password, "/accounts"}));
}

Response AccountPages::set_disabled(const Site& site, const Request& request, const Person& person,
                                    bool disabled) {
  const std::string name = typed(request, "name");
  if (name == person.name) return site.refused(person, "accounts", said(Mistake::kOwnAccount));
  const auto set = accounts_.set_disabled(name, disabled, {person.name, now_ms()});
  if (!set) return not_done(site, person, "accounts", set.error());
  return http::redirect_to("/accounts");
}

Response AccountPages::list_tokens(const Site& site, const Person& person) {
  auto tokens = accounts_.tokens();
  if (!tokens) return store_failed(tokens.error());
  return site.page(person, "tokens", "Mã truy cập",
                   tokens_main({std::move(*tokens), config_.rules.units, person.csrf}));
}

Response AccountPages::add_token(const Site& site, const Request& request, const Person& person) {
  storage::Token token;
  token.name = typed(request, "name");
  for (const access::Scope scope : access::kScopes) {
    if (typed(request, word_of(scope)).empty()) continue;
    token.scopes.append(token.scopes.empty() ? "" : " ").append(word_of(scope));
  }
  const std::string unit = typed(request, "unit");
  const core::LocalDate today = core::local_date(now_ms());
  auto mistake = access::mistake_in_name(token.name);
  if (!mistake) mistake = access::mistake_in_scopes(token.scopes);
  if (!mistake && !unit.empty())
    mistake = access::mistake_in_unit(unit, config_.rules.units, today);
  if (mistake) return site.refused(person, "tokens", said(*mistake));
  token.unit_id = access::unit_id_of(unit, config_.rules.units, today);
  const std::string secret = access::new_token();
  const auto added =
      accounts_.add_token(token, access::hash_of_secret(secret), {person.name, now_ms()});
  if (!added) return not_done(site, person, "tokens", added.error());
  return site.page(person, "tokens", "Đã cấp mã",
                   secret_main({"Mã truy cập " + token.name,
                                "Gửi trong tiêu đề Authorization: Bearer …", secret, "/tokens"}));
}

Response AccountPages::revoke_token(const Site& site, const Request& request,
                                    const Person& person) {
  const auto revoked = accounts_.revoke_token(typed(request, "name"), {person.name, now_ms()});
  if (!revoked) return not_done(site, person, "tokens", revoked.error());
  return http::redirect_to("/tokens");
}

}  // namespace hailong::district::web
