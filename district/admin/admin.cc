#include "district/admin/admin.h"

#include <algorithm>
#include <iomanip>
#include <iostream>

#include "district/access/secrets.h"
#include "district/admin/operator.h"
#include "district/clock.h"
#include "district/ingest/receiver.h"
#include "district/service.h"
#include "district/storage/accounts.h"
#include "district/storage/places.h"
#include "wire/key_file.h"

namespace hailong::district::admin {
namespace {

using core::Failure;
using core::Fault;
using core::Result;

/// The operator's mistake, if there was one.
Result<void> checked(std::optional<access::Mistake> mistake) {
  if (mistake) return core::fail(Fault::kInvalid, std::string(in_english(*mistake)));
  return {};
}

Result<core::LocalDate> day_of(const std::string& option, const std::string& text) {
  if (const auto day = core::parse_date(text)) return *day;
  return core::fail(Fault::kInvalid, option + ": expected a date YYYY-MM-DD");
}

}  // namespace

Result<Admin> Admin::open(const std::filesystem::path& config) {
  auto read = read_config(config);
  if (!read) return Failure(read.error());
  if (auto ready = access::prepare(); !ready) return Failure(ready.error());
  auto store = storage::Store::open(read->data_dir, read->postgres);
  if (!store) return Failure(store.error());
  return Admin(std::move(*read), std::move(*store));
}

Result<void> Admin::add_user(const access::AccountForm& account, const std::string& password) {
  const core::LocalDate today = core::local_date(now_ms());
  const core::UnitRegister& units = config_.rules.units;
  if (auto good = checked(access::mistake_in(account, units, today)); !good) return good;
  if (auto good = checked(access::mistake_in_password(password)); !good) return good;
  const auto hash = access::hash_password(password);
  if (!hash) return Failure(hash.error());
  return storage::Accounts(store_).add(
      {account.name, account.shown_name, account.role,
       access::unit_id_of(account.unit, units, today), false, false, 0},
      *hash, operator_now());
}

Result<void> Admin::list_users() {
  const auto accounts = storage::Accounts(store_).list();
  if (!accounts) return Failure(accounts.error());
  for (const storage::Account& account : *accounts) {
    std::cout << account.name << "  " << account.role
              << (account.unit_id.empty() ? "" : "  unit " + account.unit_id)
              << (account.must_change ? "  must change the password" : "")
              << (account.disabled ? "  disabled" : "")
              << (account.shown_name.empty() ? "" : "  " + account.shown_name) << "\n";
  }
  return {};
}

Result<void> Admin::set_role(const std::string& name, const std::string& role,
                             const std::string& unit) {
  const core::LocalDate today = core::local_date(now_ms());
  const core::UnitRegister& units = config_.rules.units;
  storage::Accounts accounts(store_);
  auto found = accounts.find(name);
  if (!found) return Failure(found.error());
  if (!found->has_value()) return core::fail(Fault::kNotFound, "no account " + name);
  storage::Account account = std::move((*found)->account);
  const access::AccountForm form{name, account.shown_name, role, unit};
  if (auto good = checked(access::mistake_in(form, units, today)); !good) return good;
  account.role = role;
  account.unit_id = access::unit_id_of(unit, units, today);
  return accounts.change(account, operator_now());
}

Result<void> Admin::set_password(const std::string& name, const std::string& password) {
  if (auto good = checked(access::mistake_in_password(password)); !good) return good;
  const auto hash = access::hash_password(password);
  if (!hash) return Failure(hash.error());
  return storage::Accounts(store_).set_password(name, *hash, false, operator_now());
}

Result<void> Admin::disable_user(const std::string& name) {
  return storage::Accounts(store_).set_disabled(name, true, operator_now());
}

Result<void> Admin::enable_user(const std::string& name) {
  return storage::Accounts(store_).set_disabled(name, false, operator_now());
}

Result<void> Admin::add_token(const std::string& name, const std::string& scopes,
                              const std::string& unit) {
  const core::LocalDate today = core::local_date(now_ms());
  const core::UnitRegister& units = config_.rules.units;
  if (auto good = checked(access::mistake_in_name(name)); !good) return good;
  if (auto good = checked(access::mistake_in_scopes(scopes)); !good) return good;
  if (!unit.empty()) {
    if (auto good = checked(access::mistake_in_unit(unit, units, today)); !good) return good;
  }
  const std::string token = access::new_token();
  auto added = storage::Accounts(store_).add_token(
      {name, access::normal_scopes(scopes), access::unit_id_of(unit, units, today), 0, false},
      access::hash_of_secret(token), operator_now());
  if (added) std::cout << token << "\n";
  return added;
}

Result<void> Admin::list_tokens() {
  const auto tokens = storage::Accounts(store_).tokens();
  if (!tokens) return Failure(tokens.error());
  for (const storage::Token& token : *tokens) {
    std::cout << token.name << "  added " << local_minute(token.added_at) << "  " << token.scopes
              << (token.unit_id.empty() ? "" : "  unit " + token.unit_id)
              << (token.revoked ? "  revoked" : "") << "\n";
  }
  return {};
}

Result<void> Admin::revoke_token(const std::string& name) {
  return storage::Accounts(store_).revoke_token(name, operator_now());
}

Result<void> Admin::move_device(const std::string& id, const std::string& point,
                                const std::string& from, const std::string& counter, bool rebuild) {
  const auto day = day_of("--from", from);
  if (!day) return Failure(day.error());
  if (*day > core::local_date(now_ms())) {
    return core::fail(Fault::kInvalid, "--from: expected today or an earlier day");
  }
  if (!counter.empty() && !core::is_plain_name(counter)) {
    return core::fail(Fault::kInvalid, "--counter: expected 1 to 64 of a-z, 0-9 and '-'");
  }
  const auto points = storage::Places(store_).points();
  if (!points) return Failure(points.error());
  const auto found =
      std::find_if(points->begin(), points->end(), [&](const storage::ReceptionPoint& each) {
        return each.id == point && each.is_open_on(*day);
      });
  if (found == points->end()) {
    return core::fail(Fault::kNotFound, "--point: no point " + point + " is open on " + from +
                                            "; see: admin point list");
  }
  const auto places = storage::Places(store_).of(core::DeviceId{id});
  if (!places) return Failure(places.error());
  if (places->empty()) return core::fail(Fault::kNotFound, "no device " + id);
  const core::Unit& unit =
      config_.rules.units.successor(*config_.rules.units.find(found->unit, found->from), *day);
  const core::CounterId stays = places->back().counter;
  ingest::Receiver receiver(store_, config_.rules.units, {config_.case_limits, config_.calendar},
                            config_.limits.unpacked_bytes);
  return receiver.move(core::DeviceId{id},
                       {*day, unit.code, point, counter.empty() ? stays : core::CounterId{counter}},
                       rebuild, operator_now());
}

Result<void> Admin::list_places(const std::string& id) {
  const auto places = storage::Places(store_).of(core::DeviceId{id});
  if (!places) return Failure(places.error());
  if (places->empty()) return core::fail(Fault::kNotFound, "no device " + id);
  for (const storage::DevicePlace& place : *places) {
    std::cout << core::to_string(place.from) << "  unit " << place.unit.value << "  point "
              << (place.point.empty() ? "-" : place.point) << "  counter "
              << (place.counter.empty() ? "-" : place.counter.value) << "\n";
  }
  return {};
}

Result<void> Admin::add_point(const std::string& id, const std::string& unit,
                              const std::string& name, const std::string& from) {
  if (!core::is_plain_name(id)) {
    return core::fail(Fault::kInvalid, "--id: expected 1 to 64 of a-z, 0-9 and '-'");
  }
  if (auto good = checked(access::mistake_in_name(name)); !good) return good;
  const auto day = day_of("--from", from);
  if (!day) return Failure(day.error());
  const core::UnitCode code{unit};
  if (config_.rules.units.find(code, *day) == nullptr) {
    return core::fail(Fault::kInvalid, "--unit: no unit bears the code " + unit + " on " + from +
                                           "; see: admin unit list");
  }
  return storage::Places(store_).add({id, code, name, *day, {}}, operator_now());
}

Result<void> Admin::close_point(const std::string& id, const std::string& last_day) {
  const auto day = day_of("--on", last_day);
  if (!day) return Failure(day.error());
  const auto points = storage::Places(store_).points();
  if (!points) return Failure(points.error());
  for (const storage::ReceptionPoint& point : *points) {
    if (point.id == id && *day < point.from) {
      return core::fail(Fault::kInvalid, "--on: expected " + core::to_string(point.from) +
                                             ", the first day of " + id + ", or a later one");
    }
  }
  return storage::Places(store_).close(id, *day, operator_now());
}

Result<void> Admin::list_points() {
  const auto points = storage::Places(store_).points();
  if (!points) return Failure(points.error());
  for (const storage::ReceptionPoint& point : *points) {
    std::cout << point.id << "  unit " << point.unit.value << "  from "
              << core::to_string(point.from)
              << (point.to ? "  to " + core::to_string(*point.to) : "") << "  " << point.name
              << "\n";
  }
  return {};
}

Result<void> Admin::list_units() {
  const core::LocalDate today = core::local_date(now_ms());
  for (const core::Unit& unit : config_.rules.units.all()) {
    const auto day = [](const std::optional<core::LocalDate>& date) {
      return date ? core::to_string(*date) : std::string(10, '.');
    };
    std::cout << (unit.is_valid_on(today) ? "* " : "  ") << std::left << std::setw(6)
              << unit.code.value << day(unit.valid_from) << " " << day(unit.valid_to) << "  "
              << unit.full_name() << "\n";
  }
  return {};
}

Result<void> Admin::print_key() {
  const auto key = wire::read_or_make_key(config_.data_dir / kDistrictKeyFile);
  if (!key) return Failure(key.error());
  std::cout << core::to_hex(key->public_key()) << "\n";
  return {};
}

Result<void> Admin::verify_audit() {
  const auto proof = storage::Audit(store_).verify();
  if (!proof) return Failure(proof.error());
  if (!proof->fault.empty()) {
    return core::fail(Fault::kCorrupt, "the audit log does not hold: " + proof->fault);
  }
  std::cout << "entries " << proof->entries << "  head " << core::to_hex(proof->head) << "\n";
  return {};
}

Result<void> Admin::rebuild() {
  ingest::Receiver receiver(store_, config_.rules.units, {config_.case_limits, config_.calendar},
                            config_.limits.unpacked_bytes);
  return receiver.rebuild(operator_now());
}

}  // namespace hailong::district::admin
