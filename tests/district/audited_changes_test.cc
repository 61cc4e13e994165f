#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "district/web/audit_page.h"
#include "tests/district/dossier_export.h"
#include "tests/district/running_district.h"
#include "tests/district/shell.h"

/// Whoever changes something, by a command or on a page, leaves one entry in the audit log; whoever
/// only looks leaves none, but where residents' words are read.

namespace hailong::district {
namespace {

using access::Role;
using Actions = std::vector<std::string>;

constexpr const char* kOwn = "10750@2025-07-01";
constexpr const char* kOther = "10756@2025-07-01";

/// "account-added by (dòng lệnh)" for each entry after the first `count`.
Actions entries_after(Peek peek, std::int64_t count) {
  Actions entries;
  for (const sql::Row row : peek.rows("SELECT action, who FROM audit WHERE seq > " +
                                      std::to_string(count) + " ORDER BY seq")) {
    entries.push_back(row.text(0) + " by " + row.text(1));
  }
  return entries;
}

std::int64_t audit_length(Peek peek) { return peek.number("SELECT seq FROM audit_head"); }

/// Leaves of the tree of commands below `command`, as its help lists them.
void add_leaves(const std::string& command, std::set<std::string>& leaves) {
  const Outcome help = run(std::string(HAILONG_DISTRICT_PROGRAM) + " admin " + command + " --help");
  EXPECT_EQ(help.code, 0) << command;
  EXPECT_NE(help.output.find("Usage:"), std::string::npos) << command;
  const std::size_t list = help.output.find("Subcommands:\n");
  if (list == std::string::npos) {
    leaves.insert(command);
    return;
  }
  std::istringstream lines(help.output.substr(list));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && line.starts_with("  ")) {
    if (line[2] == ' ') continue;  // the end of a long explanation
    std::string inner = command;
    if (!inner.empty()) inner.push_back(' ');
    inner.append(line, 2, line.find(' ', 2) - 2);
    add_leaves(inner, leaves);
  }
}

class AuditedCommands : public ::testing::Test {
 protected:
  AuditedCommands() {
    Setting setting;
    DossierKeys keys(folder_.path() / "keys");
    keys.secret("10750");
    setting.more = "[retention]\nwords_days = 1\n[erasure]\ndossier_keys = \"" +
                   keys.folder().string() +
                   "\"\n[kiosks]\nfolder = \"" HAILONG_SAMPLE_CONFIG "/kiosks\"";
    file_ = write_config(folder_.path(), setting);
    const Config config = must(read_config(file_));
    auto store = must(storage::Store::open(config.data_dir, config.postgres));
    FakeKiosk kiosk("kt-0");
    kiosk.say(kiosk.rate(2), "Chờ lâu");
    register_kiosk(store, kiosk);
    ingest::Receiver receiver(store, config.rules.units, {config.case_limits, config.calendar},
                              config.limits.unpacked_bytes);
    accepted(must(receiver.receive(kiosk.device(), kiosk.sealed(), now_ms() - 3 * kDay)));
    write("served.csv",
          "unit,month,field,received,returned,source\n10750,2026-10,,90,100,Báo cáo tháng\n");
    ExportLine dossier;
    dossier.code = dossier_code(1);
    write("dossiers.csv", export_csv({dossier}));
    write("recognition.csv",
          "unit,year,level,decision,decided_on,note\n10750,2025,2,9/QĐ-UBND,2026-01-05,\n");
  }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() / name) << text;
  }
  [[nodiscard]] std::string in_folder(const std::string& name) const {
    return (folder_.path() / name).string();
  }
  Outcome admin(const std::string& arguments) {
    return run(std::string("printf 'mat khau dai\\n' | ") + HAILONG_DISTRICT_PROGRAM +
               " admin --config " + file_.string() + " " + arguments);
  }
  Peek peek() { return Peek(folder_.path() / "data"); }

  tests::TempFolder folder_;
  std::filesystem::path file_;
};

TEST_F(AuditedCommands, LeaveOneEntryEach) {
  const std::string key(64, 'a');
  const std::string today = core::to_string(core::local_date(now_ms()));
  struct Change {
    std::string command;
    std::string options;
    std::string action;
    bool shown_first = false;  // the command looks at what would come of it, which is noted too
  };
  std::vector<Change> changes = {
      {"user add", "an", "account-added"},
      {"user role", "an --role auditor", "account-changed"},
      {"user password", "an", "password-changed"},
      {"user disable", "an", "account-disabled"},
      {"user enable", "an", "account-enabled"},
      {"token add", "demo", "token-added"},
      {"token revoke", "demo", "token-revoked"},
      {"device add", "--id kt-1 --unit 10750 --public-key " + key, "device-added"},
      {"device add", "--id kt-1 --unit 10750 --public-key " + std::string(64, 'b'),
       "device-key-added"},
      {"device suspend", "kt-1", "device-suspended"},
      {"device resume", "kt-1", "device-resumed"},
      {"device rename", "kt-1 --note 'Bàn số 2'", "device-renamed"},
      {"device invite", "--unit 10750 --counter q1 --id kt-2", "device-invited"},
      {"device withdraw", "kt-2", "invitation-withdrawn"},
      {"device revoke", "kt-1", "device-keys-revoked"},
      {"config publish", "--device kt-1", "config-published"},
      {"point add", "--id p1 --unit 10750 --name 'Điểm 1' --from 2026-01-01", "point-added"},
      {"device move", "--id kt-1 --point p1 --from " + today, "device-moved"},
      {"point close", "p1 --on 2026-06-30", "point-closed"},
      {"served import", in_folder("served.csv"), "served-entered"},
      {"dossiers import", in_folder("dossiers.csv"), "dossiers-imported", true},
      {"recognition import", in_folder("recognition.csv"), "appraisal-recognised"},
      {"erase", "--phone '0912 345 678' --reason 'Theo đơn'", "data-erased"},
      {"retention", "", "data-outdated"},
      {"rebuild", "", "figures-rebuilt"},
      {"backup", in_folder("backup.db"), "store-backed-up"}};
  if (postgres_server() != nullptr) changes.pop_back();  // it has tools of its own
  for (const Change& change : changes) {
    const std::int64_t before = audit_length(peek());
    const Outcome done = admin(change.command + " " + change.options);
    EXPECT_EQ(done.code, 0) << change.command << ": " << done.output;
    Actions expected{change.action + " by (dòng lệnh)"};
    if (change.shown_first) expected.insert(expected.begin(), "dossiers-previewed by (dòng lệnh)");
    EXPECT_EQ(entries_after(peek(), before), expected) << change.command;
    EXPECT_NE(web::action_label(change.action), change.action);
  }

  const std::map<std::string, std::string> only_look = {{"user list", ""},
                                                        {"token list", ""},
                                                        {"device list", ""},
                                                        {"device places", "kt-1"},
                                                        {"device invitations", ""},
                                                        {"config show", "--device kt-1"},
                                                        {"point list", ""},
                                                        {"unit list", ""},
                                                        {"key", ""},
                                                        {"verify", ""},
                                                        {"audit verify", ""}};
  for (const auto& [command, options] : only_look) {
    const std::int64_t before = audit_length(peek());
    EXPECT_EQ(admin(std::string(command).append(" ").append(options)).code, 0) << command;
    EXPECT_EQ(entries_after(peek(), before), Actions{}) << command;
  }

  // No command is missing above. What replaces or copies a whole store is tested in upkeep_test.cc.
  std::set<std::string> all;
  add_leaves("", all);
  std::set<std::string> tried;
  for (const auto& [command, options] : only_look) tried.insert(command);
  for (const Change& change : changes) tried.insert(change.command);
  tried.insert({"backup", "restore", "migrate"});
  EXPECT_EQ(all, tried);
}

TEST_F(AuditedCommands, LeaveNoneWhenTheyChangeNothing) {
  const std::string key(64, 'a');
  ASSERT_EQ(admin("device add --id kt-1 --unit 10750 --public-key " + key).code, 0);
  const std::int64_t before = audit_length(peek());
  const Outcome again = admin("device add --id kt-1 --unit 10750 --public-key " + key);
  EXPECT_EQ(again.code, 0);
  EXPECT_EQ(again.output, "nothing to do: the key is there already, of device kt-1\n");
  EXPECT_EQ(admin("device move --id kt-9 --point p1 --from 2026-01-01").code, 1);
  EXPECT_EQ(admin("point close p9 --on 2026-01-01").code, 1);
  EXPECT_EQ(entries_after(peek(), before), Actions{});
}

class AuditedPages : public ::testing::Test {
 protected:
  AuditedPages() {
    FakeKiosk kiosk("kt-1");
    kiosk.say(kiosk.rate(2, now_ms()), "Chờ lâu");
    district_.know(kiosk);
    EXPECT_EQ(district_.send(kiosk).status, 200);
    for (const Role role : access::kRoles) district_.add_user(role, std::string(word_of(role)));
    district_.add_user(Role::kCommuneHead, "other-head", "10756");
    district_.add_user(Role::kAuditor, "somebody");
    const auto cases = district_.peek().rows("SELECT stream_id, rating_seq FROM feedback_case");
    case_id_ = std::to_string(cases[0].integer(0)) + "-" + std::to_string(cases[0].integer(1));
  }

  static std::string filled(std::string path, const std::vector<std::string>& fillings) {
    for (const std::string& filling : fillings) path.replace(path.find("{}"), 2, filling);
    return path.substr(1);
  }

  RunningDistrict district_;
  std::string case_id_;
};

TEST_F(AuditedPages, LeaveOneEntryForEachChange) {
  struct Change {
    std::string route;
    std::vector<std::string> fillings;
    std::string who;
    std::string fields;
    Actions actions;
  };
  const std::string digest =
      core::to_hex(district_.config().rules.programmes.for_year(2026)->digest());
  const std::string words = "&words=" + http::escaped("Lý do");
  const std::string served = "kind=totals&csv=" + http::escaped(
                                                      "unit,month,field,received,returned,source\n"
                                                      "10750,2026-10,,90,100,Báo cáo\n");
  const std::vector<Change> changes = {
      {"/accounts", {}, "administrator", "name=moi&role=auditor", {"account-added"}},
      {"/accounts/change", {}, "administrator", "name=moi&role=supervisor", {"account-changed"}},
      {"/accounts/password", {}, "administrator", "name=moi", {"password-reset"}},
      {"/accounts/disable", {}, "administrator", "name=moi", {"account-disabled"}},
      {"/accounts/enable", {}, "administrator", "name=moi", {"account-enabled"}},
      {"/tokens", {}, "administrator", "name=demo&scores=1", {"token-added"}},
      {"/tokens/revoke", {}, "administrator", "name=demo", {"token-revoked"}},
      {"/devices/{}/suspend", {"kt-1"}, "administrator", "", {"device-suspended"}},
      {"/devices/{}/resume", {"kt-1"}, "administrator", "", {"device-resumed"}},
      {"/devices/{}/rename", {"kt-1"}, "administrator", "note=B%C3%A0n+2", {"device-renamed"}},
      {"/devices/invite", {}, "administrator", "unit=10750&device=kt-2", {"device-invited"}},
      {"/devices/{}/withdraw", {"kt-2"}, "administrator", "", {"invitation-withdrawn"}},
      {"/devices/{}/revoke", {"kt-1"}, "administrator", "", {"device-keys-revoked"}},
      {"/programme/confirm",
       {},
       "administrator",
       "document=1%2FQD-UBND&digest=" + digest,
       {"programme-confirmed"}},
      {"/erasure",
       {},
       "district-officer",
       "about=phone&subject=0912345678&reason=Theo+don&sure=yes",
       {"data-erased"}},
      {"/flags",
       {},
       "district-officer",
       "unit=10750%402025-07-01&from=2026-11-24&to=2026-11-24&reason=burst&effect=leave-out&why=B",
       {"flags-decided"}},
      {"/served/preview", {}, "district-officer", served, {"served-previewed"}},
      {"/served/import", {}, "district-officer", served, {"served-entered"}},
      {"/feedback/{}", {case_id_}, "commune-head", "action=see&steps=0", {"case-see"}},
      {"/appraisal/{}", {"2026"}, "district-officer", "", Actions(4, "appraisal-proposed")},
      {"/appraisal/{}/{}/propose", {"2026", kOwn}, "district-officer", "", {"appraisal-proposed"}},
      {"/appraisal/{}/{}/confirm", {"2026", kOwn}, "commune-head", "", {"appraisal-confirmed"}},
      {"/appraisal/{}/{}/comment",
       {"2026", kOther},
       "other-head",
       words.substr(1),
       {"appraisal-commented"}},
      {"/appraisal/{}/{}/appraise",
       {"2026", kOwn},
       "district-officer",
       "level=1&points=5" + words,
       {"appraisal-appraised"}},
      {"/appraisal/{}/{}/rank",
       {"2026", kOwn},
       "district-officer",
       "level=1" + words,
       {"appraisal-ranked"}},
      {"/appraisal/{}/{}/recognise",
       {"2026", kOwn},
       "district-officer",
       "level=1&decision=9%2FQD-UBND&decided_on=2026-11-20",
       {"appraisal-recognised"}},
      {"/account/password",
       {},
       "somebody",
       "old=" + http::escaped(RunningDistrict::kPassword) +
           "&new=a+new+password&again=a+new+password",
       {"password-changed", "login"}},
      {"/account/leave", {}, "somebody", "", {"logout-everywhere"}},
      {"/logout", {}, "somebody", "", {"logout"}}};

  std::set<std::string> tried;
  for (const Change& change : changes) {
    const std::string session = district_.open_session(change.who);
    const std::int64_t before = audit_length(district_.peek());
    const Reply reply =
        district_.submit(filled(change.route, change.fillings), session, change.fields);
    EXPECT_LT(reply.status, 400) << change.route << ": " << reply.body;
    Actions expected;
    for (const std::string& action : change.actions) {
      expected.push_back(action + " by " + change.who);
      EXPECT_NE(web::action_label(action), action);
    }
    EXPECT_EQ(entries_after(district_.peek(), before), expected) << change.route;
    tried.insert(change.route);
  }
  std::set<std::string> all;
  for (const web::SiteRoute& route : district_.routes()) {
    if (route.right && route.method == "POST") all.insert(route.path);
  }
  EXPECT_EQ(all, tried);
}

TEST_F(AuditedPages, LeaveNoneForALookButAtWords) {
  const std::map<std::string, Actions> looks = {{"/feedback/{}", {"case-read by auditor"}},
                                                {"/feedback", {"case-read by auditor"}},
                                                {"/api/v1/feedback", {"case-read by auditor"}},
                                                {"/audit.csv", {"audit-downloaded by auditor"}}};
  const std::string session = district_.open_session("auditor");
  for (const web::SiteRoute& route : district_.routes()) {
    if (!route.right || route.method != "GET") continue;
    const std::size_t holes = route.path.find("{}") == route.path.rfind("{}") ? 1 : 2;
    std::vector<std::string> fillings;
    if (route.path.find("{}") != std::string::npos) fillings.assign(holes, "2026");
    if (route.path == "/feedback/{}") fillings = {case_id_};
    const std::int64_t before = audit_length(district_.peek());
    district_.client().get(filled(route.path, fillings), {session});
    const auto expected = looks.find(route.path);
    EXPECT_EQ(entries_after(district_.peek(), before),
              expected == looks.end() ? Actions{} : expected->second)
        << route.path;
  }
}

TEST_F(AuditedPages, NameRolesAndDoubtsAsPeopleDo) {
  const storage::AuditEntry account{0, "", "account-added", "an",
                                    "quyền district-officer, đơn vị 10750@2025-07-01"};
  EXPECT_EQ(web::detail_for_people(account),
            "quyền Cán bộ cơ quan cấp trên, đơn vị 10750@2025-07-01");
  const storage::AuditEntry token{0, "", "token-added", "demo", "quyền scores devices"};
  EXPECT_EQ(web::detail_for_people(token),
            "quyền “Số liệu, báo cáo, chương trình” “Tình trạng thiết bị”");
  const storage::AuditEntry flags{0, "", "flags-decided", kOwn,
                                  "không tính: burst identical, 2026-11-24 – 2026-11-25"};
  EXPECT_EQ(web::detail_for_people(flags),
            "không tính: “nhiều phiếu liền nhau” “nhiều phiếu giống hệt nhau”, 24/11/2026 – "
            "25/11/2026");
  const std::string admin = district_.open_session("administrator");
  const Reply page = district_.client().get("audit?action=account-added", {admin});
  EXPECT_NE(page.body.find("quyền Giám sát"), std::string::npos) << page.body;
  EXPECT_EQ(page.body.find("quyền supervisor"), std::string::npos);
}

}  // namespace
}  // namespace hailong::district
