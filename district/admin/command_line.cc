#include "district/admin/command_line.h"

#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "district/access/secrets.h"
#include "district/admin/admin.h"
#include "district/admin/upkeep.h"

namespace hailong::district::admin {
namespace {

constexpr int kFailed = 1;
constexpr int kBadUsage = 2;

using Work = std::function<core::Result<void>(Admin&)>;
using Upkeep = std::function<core::Result<void>(const std::string& config)>;

/// What the options are read into. Lives as long as the command line.
struct Options {
  std::string config;
  std::string name;
  bool generate = false;
  std::string role = "supervisor";  // sees figures, and changes nothing
  std::string shown_name;
  std::string scopes = "scores";
  std::string id, unit, public_key, counter, note, point, from, on;
  std::string dossier, phone, reason;
  std::string replaces;
  int valid_days = access::kUsualInvitationDays;
  bool rebuild = false;
  bool dry_run = false;
  std::string file;
  bool replace = false;
};

int report(const core::Error& error) {
  std::cerr << "hailong-district: " << error.message << "\n";
  return error.fault == core::Fault::kInvalid ? kBadUsage : kFailed;
}

int run_on(const std::string& config, const Work& work) {
  auto admin = Admin::open(config);
  if (!admin) {
    const int code = report(admin.error());
    return admin.error().fault == core::Fault::kNotFound ? kBadUsage : code;
  }
  const auto done = work(*admin);
  std::cout.flush();
  return done ? 0 : report(done.error());
}

/// One line from standard input, not shown while it is typed at a terminal.
std::string read_password() {
  const bool terminal = isatty(STDIN_FILENO) != 0;
  termios before{};
  if (terminal) {
    std::cerr << "Password: " << std::flush;
    tcgetattr(STDIN_FILENO, &before);
    termios hidden = before;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
  }
  std::string password;
  std::getline(std::cin, password);
  if (terminal) {
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
    std::cerr << "\n";
  }
  return password;
}

/// What the person will type: made and later printed, or read.
std::string wanted_password(const Options& options) {
  return options.generate ? access::new_password() : read_password();
}

core::Result<void> add_user(Admin& admin, const Options& options) {
  const std::string password = wanted_password(options);
  auto added =
      admin.add_user({options.name, options.shown_name, options.role, options.unit}, password);
  if (added && options.generate) std::cout << password << "\n";
  return added;
}

core::Result<void> set_password(Admin& admin, const Options& options) {
  const std::string password = wanted_password(options);
  auto set = admin.set_password(options.name, password);
  if (set && options.generate) std::cout << password << "\n";
  return set;
}

class Commands {
 public:
  Commands(CLI::App& program, std::function<int()>& run)
      : options_(std::make_shared<Options>()), run_(run) {
    admin_ = program.add_subcommand(
        "admin", "users, tokens, the audit log, devices, units, the district's key");
    admin_->require_subcommand(1);
    admin_->fallthrough();
    admin_->add_option("--config", options_->config, "district.toml")->required();
  }

  void add_all() {
    CLI::App* user = group("user", "people who may log in");
    CLI::App* add = named(user, "add", "add a person; reads the password from standard input",
                          [o = options_](Admin& admin) { return add_user(admin, *o); });
    add->add_flag("--generate", options_->generate, "make a password and print it");
    add->add_option("--role", options_->role,
                    "administrator, district-officer, supervisor, auditor, commune-head or "
                    "commune-staff")
        ->capture_default_str();
    add->add_option("--unit", options_->unit, "code of the commune, for its head and staff");
    add->add_option("--shown-name", options_->shown_name, "the name that pages show");
    leaf(user, "list", "list people", &Admin::list_users);
    CLI::App* role =
        named(user, "role", "give another role; ends the person's sessions",
              [o = options_](Admin& admin) { return admin.set_role(o->name, o->role, o->unit); });
    role->add_option("--role", options_->role, "as for add")->required();
    role->add_option("--unit", options_->unit, "as for add");
    CLI::App* password = named(user, "password", "set another password, read from standard input",
                               [o = options_](Admin& admin) { return set_password(admin, *o); });
    password->add_flag("--generate", options_->generate, "make a password and print it");
    named(user, "disable", "end the person's sessions and let nobody in by the name",
          &Admin::disable_user);
    named(user, "enable", "let the person in again", &Admin::enable_user);

    CLI::App* token = group("token", "programs that may read scores");
    CLI::App* new_token = named(
        token, "add", "add a token and print it, once",
        [o = options_](Admin& admin) { return admin.add_token(o->name, o->scopes, o->unit); });
    new_token
        ->add_option("--scope", options_->scopes,
                     "what it may read: scores, feedback, words, devices; several with commas")
        ->capture_default_str();
    new_token->add_option("--unit", options_->unit, "code of the only commune that it may read");
    leaf(token, "list", "list tokens by name", &Admin::list_tokens);
    named(token, "revoke", "revoke a token for ever", &Admin::revoke_token);

    leaf(group("audit", "who did or saw what"), "verify",
         "check that no entry of the audit log was changed or removed", &Admin::verify_audit);
    add_devices();
    add_config();
    add_points();
    leaf(group("unit", "administrative units"), "list", "list units; * marks those valid today",
         &Admin::list_units);
    add_import(group("served", "dossiers received and returned, by unit and month"),
               "read a CSV file: unit,month,field,received,returned,source",
               [o = options_](Admin& admin) { return admin.import_served(o->file, o->dry_run); })
        ->add_flag("--dry-run", options_->dry_run, "say what would come of it, and change nothing");
    add_import(group("dossiers", "the register of dossiers, as one-stop systems export it"),
               "read a CSV file: unit,dossier,field,received_on,due_on,returned_on,complaint,"
               "exported_on,source",
               [o = options_](Admin& admin) { return admin.import_dossiers(o->file, o->dry_run); })
        ->add_flag("--dry-run", options_->dry_run, "say what would come of it, and change nothing");
    add_import(group("recognition", "decisions of recognition"),
               "read a CSV file: unit,year,level,decision,decided_on,note",
               [o = options_](Admin& admin) { return admin.import_recognitions(o->file); });
    leaf(admin_, "key", "print the district's public key, for the daemons' configuration",
         &Admin::print_key);
    leaf(admin_, "rebuild", "make roll-ups anew from all events, e.g. after units.csv was mended",
         &Admin::rebuild);
    add_erasure();
    add_upkeep();
  }

 private:
  using Plain = core::Result<void> (Admin::*)();
  using WithName = core::Result<void> (Admin::*)(const std::string&);

  void add_devices() {
    CLI::App* device = group("device", "kiosks that may send");
    CLI::App* add = device->add_subcommand(
        "add", "register a kiosk; again with another key after its card was re-imaged");
    add->add_option("--id", options_->id, "device id, e.g. kt-10750-q1")->required();
    add->add_option("--unit", options_->unit, "code of its commune, e.g. 10750")->required();
    add->add_option("--public-key", options_->public_key, "its public key, 64 hex digits")
        ->required();
    add->add_option("--counter", options_->counter, "id of its counter, e.g. q1");
    add->add_option("--note", options_->note, "anything that helps to find it");
    on(add, [o = options_](Admin& admin) {
      return admin.add_device(o->id, o->unit, o->public_key, o->counter, o->note);
    });
    leaf(device, "list", "list kiosks and what they sent", &Admin::list_devices);
    CLI::App* move =
        device->add_subcommand("move", "put a kiosk at a reception point, from a day on");
    move->add_option("--id", options_->id, "device id")->required();
    move->add_option("--point", options_->point, "id of the reception point")->required();
    move->add_option("--from", options_->from, "first day there, YYYY-MM-DD")->required();
    move->add_option("--counter", options_->counter, "id of its counter there");
    move->add_flag("--rebuild", options_->rebuild,
                   "count everything anew when ratings of those days were counted elsewhere");
    on(move, [o = options_](Admin& admin) {
      return admin.move_device(o->id, o->point, o->from, o->counter, o->rebuild);
    });
    CLI::App* invite = device->add_subcommand(
        "invite",
        "print a one-time code by which a machine becomes a kiosk; for one that is there: "
        "after its card was re-imaged or its key was lost");
    invite->add_option("--unit", options_->unit,
                       "code of its commune; may be left out for a "
                       "kiosk that is there or replaced");
    invite->add_option("--counter", options_->counter, "id of its counter");
    invite->add_option("--point", options_->point, "id of its reception point");
    invite->add_option("--id", options_->id, "device id; a free one when left out");
    invite->add_option("--replaces", options_->replaces,
                       "a lost kiosk, whose place it takes and which is suspended then");
    invite->add_option("--note", options_->note, "anything that helps to find it");
    invite->add_option("--valid-days", options_->valid_days, "how long the code is good")
        ->capture_default_str();
    on(invite, [o = options_](Admin& admin) {
      return admin.invite_device(
          {o->unit, o->counter, o->point, o->id, o->replaces, o->note, o->valid_days});
    });
    leaf(device, "invitations", "list codes that nobody has used yet", &Admin::list_invitations);
    named(device, "withdraw", "make the unused code for a kiosk worthless",
          &Admin::withdraw_invitation);
    CLI::App* rename =
        named(device, "rename", "set the note by which people know a kiosk",
              [o = options_](Admin& admin) { return admin.rename_device(o->name, o->note); });
    rename->add_option("--note", options_->note, "the new note; may be empty")->required();
    named(device, "revoke", "revoke all keys of a kiosk for ever, as after a theft",
          &Admin::revoke_device_keys);
    named(device, "places", "show where a kiosk stood since when", &Admin::list_places);
    named(device, "suspend", "refuse its batches; it keeps them", &Admin::suspend_device);
    named(device, "resume", "take its batches again", &Admin::resume_device);
  }

  void add_config() {
    CLI::App* config = group("config", "what kiosks ask and say, from above");
    CLI::App* publish = config->add_subcommand(
        "publish", "publish what the folder of [kiosks] says, for all kiosks or those named");
    CLI::Option* device = publish->add_option("--device", options_->id, "for this kiosk alone");
    publish->add_option("--unit", options_->unit, "for the kiosks of the unit of this code")
        ->excludes(device);
    on(publish, [o = options_](Admin& admin) { return admin.publish_config(o->id, o->unit); });
    CLI::App* show =
        config->add_subcommand("show", "print the bundle in force for a kiosk, or an earlier one");
    show->add_option("--device", options_->id, "device id")->required();
    show->add_option("--bundle", options_->name, "id of the bundle, as ratings name it");
    on(show, [o = options_](Admin& admin) { return admin.show_config(o->id, o->name); });
  }

  void add_erasure() {
    CLI::App* erase = admin_->add_subcommand(
        "erase",
        "erase, because somebody asked, what was written with a dossier or holds a number");
    CLI::Option_group* what = erase->add_option_group("what");
    what->add_option("--dossier", options_->dossier, "code of the dossier (mã hồ sơ)");
    what->add_option("--phone", options_->phone, "telephone number, in any spelling");
    what->require_option(1);
    erase->add_option("--reason", options_->reason, "kept for ever; must not name the person")
        ->required();
    on(erase,
       [o = options_](Admin& admin) { return admin.erase(o->dossier, o->phone, o->reason); });
    leaf(admin_, "retention", "erase what is kept longer than [retention] says",
         &Admin::erase_outdated);
    leaf(admin_, "verify", "prove the chain of every kiosk's events and all contents",
         &Admin::verify);
  }

  void add_points() {
    CLI::App* point = group("point", "reception points of units");
    CLI::App* add = point->add_subcommand("add", "add a reception point");
    add->add_option("--id", options_->id, "its id, e.g. kim-xuyen")->required();
    add->add_option("--unit", options_->unit, "code of its unit on its first day")->required();
    add->add_option("--name", options_->name, "its name, as people read it")->required();
    add->add_option("--from", options_->from, "its first day, YYYY-MM-DD")->required();
    on(add,
       [o = options_](Admin& admin) { return admin.add_point(o->id, o->unit, o->name, o->from); });
    CLI::App* close =
        named(point, "close", "say which day was its last",
              [o = options_](Admin& admin) { return admin.close_point(o->name, o->on); });
    close->add_option("--on", options_->on, "its last day, YYYY-MM-DD")->required();
    leaf(point, "list", "list reception points", &Admin::list_points);
  }

  /// What works on the store as a whole, and so does not open it first.
  void add_upkeep() {
    CLI::App* backup = admin_->add_subcommand("backup",
                                              "write the store to a new file; the "
                                              "receiver may run");
    backup->add_option("file", options_->file)->required();
    on_store(backup,
             [o = options_](const std::string& config) { return back_up(config, o->file); });
    CLI::App* again = admin_->add_subcommand("restore", "make the store what a backup holds");
    again->add_option("file", options_->file)->required();
    again->add_flag("--replace", options_->replace, "give up what the store holds now");
    on_store(again, [o = options_](const std::string& config) {
      return restore(config, o->file, o->replace);
    });
    on_store(admin_->add_subcommand(
                 "migrate",
                 "copy the store from SQLite to the PostgreSQL database of [store], and "
                 "compare; stop the receiver first"),
             &migrate);
  }

  void on_store(CLI::App* command, Upkeep work) {
    command->fallthrough();
    command->callback([&run = run_, o = options_, work = std::move(work)] {
      run = [o, work] {
        const auto done = work(o->config);
        std::cout.flush();
        return done ? 0 : report(done.error());
      };
    });
  }

  CLI::App* group(const char* name, const char* help) {
    CLI::App* added = admin_->add_subcommand(name, help);
    added->require_subcommand(1);
    added->fallthrough();
    return added;
  }

  void on(CLI::App* command, Work work) {
    command->fallthrough();
    command->callback([&run = run_, o = options_, work = std::move(work)] {
      run = [o, work] { return run_on(o->config, work); };
    });
  }

  void leaf(CLI::App* group, const char* name, const char* help, Plain work) {
    on(group->add_subcommand(name, help), [work](Admin& admin) { return (admin.*work)(); });
  }

  CLI::App* named(CLI::App* group, const char* name, const char* help, Work work) {
    CLI::App* added = group->add_subcommand(name, help);
    added->add_option("name", options_->name)->required();
    on(added, std::move(work));
    return added;
  }
  void named(CLI::App* group, const char* name, const char* help, WithName work) {
    named(group, name, help, [work, o = options_](Admin& admin) { return (admin.*work)(o->name); });
  }

  CLI::App* add_import(CLI::App* group, const char* help, Work work) {
    CLI::App* added = group->add_subcommand("import", help);
    added->add_option("file", options_->file)->required();
    on(added, std::move(work));
    return added;
  }

  CLI::App* admin_ = nullptr;
  std::shared_ptr<Options> options_;
  std::function<int()>& run_;
};

}  // namespace

void add_commands(CLI::App& program, std::function<int()>& run) {
  Commands(program, run).add_all();
}

}  // namespace hailong::district::admin
