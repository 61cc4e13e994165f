#pragma once

#include <filesystem>
#include <string>

#include "core/result.h"
#include "district/access/account_rules.h"
#include "district/access/invitation.h"
#include "district/config.h"
#include "district/storage/devices.h"
#include "district/storage/store.h"

/// What the admin sub-commands do. They work on the store's file, beside a running server or
/// without one, and print to standard output. Everything they return as an error is one line for
/// the operator.

namespace hailong::district::admin {

class Admin {
 public:
  /// Errors: the configuration's and the store's.
  static core::Result<Admin> open(const std::filesystem::path& config);

  /// `password`: what the person will type. Errors: kInvalid, kConflict.
  core::Result<void> add_user(const access::AccountForm& account, const std::string& password);
  core::Result<void> list_users();
  /// Also ends the sessions of the account. Errors: kInvalid, kNotFound.
  core::Result<void> set_role(const std::string& name, const std::string& role,
                              const std::string& unit);
  core::Result<void> set_password(const std::string& name, const std::string& password);
  core::Result<void> disable_user(const std::string& name);
  core::Result<void> enable_user(const std::string& name);

  /// Prints the new token, which cannot be shown again. `unit`: code, or empty for all. Errors:
  /// kInvalid, kConflict.
  core::Result<void> add_token(const std::string& name, const std::string& scopes,
                               const std::string& unit);
  core::Result<void> list_tokens();
  core::Result<void> revoke_token(const std::string& name);

  /// The texts as typed. Errors: kInvalid, kConflict.
  core::Result<void> add_device(const std::string& id, const std::string& unit,
                                const std::string& public_key, const std::string& counter,
                                const std::string& note);
  core::Result<void> list_devices();
  /// Prints the one-time code by which a machine becomes a kiosk. Errors: kInvalid.
  core::Result<void> invite_device(const access::InvitationForm& form);
  core::Result<void> list_invitations();
  core::Result<void> withdraw_invitation(const std::string& device);
  /// Sets the note by which people know a kiosk. Errors: kInvalid, kNotFound.
  core::Result<void> rename_device(const std::string& id, const std::string& note);
  core::Result<void> revoke_device_keys(const std::string& id);
  core::Result<void> suspend_device(const std::string& id);
  core::Result<void> resume_device(const std::string& id);

  /// Puts a kiosk at a reception point from a day on, today at the latest; an empty counter stays
  /// as it was. `rebuild`: also when ratings that are counted already then belong to another unit.
  /// Errors: kInvalid, kNotFound, kConflict.
  core::Result<void> move_device(const std::string& id, const std::string& point,
                                 const std::string& from, const std::string& counter, bool rebuild);
  /// Prints where a kiosk stood since when. Errors: kNotFound.
  core::Result<void> list_places(const std::string& id);

  /// The texts as typed. Errors: kInvalid, kConflict, kNotFound.
  core::Result<void> add_point(const std::string& id, const std::string& unit,
                               const std::string& name, const std::string& from);
  core::Result<void> close_point(const std::string& id, const std::string& last_day);
  core::Result<void> list_points();

  core::Result<void> list_units();

  /// Reads a CSV file of dossiers served by month (scoring::parse_served), of the dossiers
  /// themselves (dossiers::parse_export), or of decisions of recognition
  /// (scoring::parse_recognitions): all of its rows, or none. `dry_run`: says what would come of
  /// it. A decision for a unit and year that has one already is refused.
  core::Result<void> import_served(const std::string& file, bool dry_run);
  core::Result<void> import_dossiers(const std::string& file, bool dry_run);
  core::Result<void> import_recognitions(const std::string& file);

  /// Prints the public key that the daemons' configuration needs to know receipts by.
  core::Result<void> print_key();

  /// Prints how many entries the audit log has and the hash of the last one. Errors: kCorrupt,
  /// naming the first entry that was changed or is missing.
  core::Result<void> verify_audit();

  /// Makes everything derived anew from the stored events.
  core::Result<void> rebuild();

  // kiosk_config.cc
  /// Publishes what the folder of [kiosks] says, for one kiosk, those of a unit, or all of them
  /// (both empty); prints what came of it. Errors: those of kiosks::publish.
  core::Result<void> publish_config(const std::string& device, const std::string& unit);
  /// Prints the bundle in force for a kiosk, or the one that was published as `bundle`. Errors:
  /// kNotFound.
  core::Result<void> show_config(const std::string& device, const std::string& bundle);

  // erasure.cc
  /// Erases what was written about a dossier (`code`) or holds a number (`phone`); one of them is
  /// empty. Prints what was erased and which kiosks may hold more. Errors: kInvalid.
  core::Result<void> erase(const std::string& code, const std::string& phone,
                           const std::string& reason);
  /// Erases what is kept longer than [retention] says, as the running server does every hour.
  core::Result<void> erase_outdated();
  /// Proves every chain and content; prints what does not hold. Errors: kCorrupt.
  core::Result<void> verify();

 private:
  Admin(Config config, storage::Store store)
      : config_(std::move(config)), store_(std::move(store)) {}

  Config config_;
  storage::Store store_;
};

}  // namespace hailong::district::admin
