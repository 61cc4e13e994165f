#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>

#include "district/clock.h"
#include "tests/district/http_client.h"
#include "tests/district/running_district.h"
#include "tests/district/shell.h"

/// hailong-district as an operator runs it.

namespace hailong::district {
namespace {

class AdminCommand : public ::testing::Test {
 protected:
  Outcome admin(const std::string& arguments, const std::string& input = "") {
    const std::string feed = input.empty() ? "" : "printf '%s\\n' '" + input + "' | ";
    return run(feed + HAILONG_DISTRICT_PROGRAM + " admin --config " + file_.string() + " " +
               arguments);
  }
  tests::TempFolder folder_;
  std::filesystem::path file_ = write_config(folder_.path());
};

TEST_F(AdminCommand, AddsAndListsUsers) {
  EXPECT_EQ(admin("user add can-bo", "mat khau dai").code, 0);
  const Outcome generated =
      admin("user add 'Lê An' --generate --role commune-head --unit 10750 --shown-name 'Bà An'");
  EXPECT_EQ(generated.code, 0);
  EXPECT_EQ(generated.output.size(), 21U);
  EXPECT_EQ(admin("user list").output,
            "Lê An  commune-head  unit 10750@2025-07-01  Bà An\ncan-bo  supervisor\n");
  const Outcome taken = admin("user add can-bo", "mat khau khac");
  EXPECT_EQ(taken.code, 1);
  EXPECT_EQ(taken.output, "hailong-district: can-bo is there already\n");
  const Outcome brief = admin("user add moi", "mat-khau9");
  EXPECT_EQ(brief.code, 2);
  EXPECT_EQ(brief.output,
            "hailong-district: expected a password of at least 10 characters, at most 200 bytes\n");
}

TEST_F(AdminCommand, GivesRolesAndTakesPeopleTheirAccess) {
  EXPECT_EQ(admin("user add can-bo", "mat khau dai").code, 0);
  EXPECT_EQ(admin("user role can-bo --role district-officer").code, 0);
  EXPECT_EQ(admin("user list").output, "can-bo  district-officer\n");
  EXPECT_EQ(admin("user disable can-bo").code, 0);
  EXPECT_EQ(admin("user list").output, "can-bo  district-officer  disabled\n");
  EXPECT_EQ(admin("user enable can-bo").code, 0);
  EXPECT_EQ(admin("user password can-bo --generate").output.size(), 21U);
  EXPECT_EQ(admin("user role nobody --role auditor").output,
            "hailong-district: no account nobody\n");
  for (const auto& [arguments, message] : std::map<std::string, std::string>{
           {"--role root",
            "--role: expected administrator, district-officer, supervisor, auditor, commune-head "
            "or commune-staff"},
           {"--role commune-staff", "--unit: this role needs the code of its commune"},
           {"--role commune-staff --unit 99999",
            "--unit: no unit bears this code today; see: admin unit list"},
           {"--role auditor --unit 10750", "--unit: this role is for the whole authority"}}) {
    const Outcome outcome = admin("user role can-bo " + arguments);
    EXPECT_EQ(outcome.code, 2) << arguments;
    EXPECT_EQ(outcome.output, "hailong-district: " + message + "\n");
  }
}

TEST_F(AdminCommand, ProvesThatTheAuditLogIsWhole) {
  EXPECT_EQ(admin("user add can-bo", "mat khau dai").code, 0);
  EXPECT_EQ(admin("token add demo").code, 0);
  const Outcome whole = admin("audit verify");
  EXPECT_EQ(whole.code, 0);
  EXPECT_EQ(whole.output.rfind("entries 2  head ", 0), 0U) << whole.output;
  Peek peek(folder_.path() / "data");
  peek.unlock("audit");
  must(peek.execute("UPDATE audit SET who = 'somebody else' WHERE seq = 1"));
  const Outcome changed = admin("audit verify");
  EXPECT_EQ(changed.code, 1);
  EXPECT_EQ(changed.output, "hailong-district: the audit log does not hold: entry 1 was changed\n");
}

TEST_F(AdminCommand, ShowsATokenOnceAndRevokesIt) {
  const Outcome added = admin("token add demo");
  EXPECT_EQ(added.code, 0);
  EXPECT_EQ(added.output.rfind("hailong-", 0), 0U);
  EXPECT_EQ(admin("token add other --scope devices,scores --unit 10750").code, 0);
  EXPECT_EQ(admin("token add third --scope everything").code, 2);
  const std::string list = admin("token list").output;
  EXPECT_EQ(list.rfind("demo  added ", 0), 0U);
  EXPECT_NE(list.find("  scores\n"), std::string::npos);
  EXPECT_NE(list.find("  scores devices  unit 10750@2025-07-01\n"), std::string::npos);
  EXPECT_EQ(list.find(added.output.substr(0, 20)), std::string::npos);
  EXPECT_EQ(admin("token revoke demo").code, 0);
  EXPECT_NE(admin("token list").output.find("  revoked\n"), std::string::npos);
  EXPECT_EQ(admin("token revoke none").output, "hailong-district: no token none\n");
}

TEST_F(AdminCommand, RegistersDevicesAndTheirKeys) {
  const std::string first(64, 'a');
  const std::string add = "device add --id kt-1 --unit 10750 --counter q1 --public-key ";
  EXPECT_EQ(admin(add + first).output, "added device kt-1\n");
  EXPECT_EQ(admin(add + std::string(64, 'b')).output, "added the key to device kt-1\n");
  EXPECT_EQ(admin("device suspend kt-1").code, 0);
  EXPECT_EQ(admin("device list").output,
            "kt-1  unit 10750  counter q1  keys 2  epochs 0  events 0  last received never  "
            "suspended\n");
  EXPECT_EQ(admin("device resume kt-1").code, 0);
  EXPECT_EQ(admin("device resume kt-2").output, "hailong-district: no device kt-2\n");
  const Outcome unit = admin("device add --id kt-3 --unit 99999 --public-key " + first);
  EXPECT_EQ(unit.code, 2);
  EXPECT_EQ(unit.output,
            "hailong-district: --unit: no unit bears the code 99999 today; see: admin unit list\n");
  EXPECT_EQ(admin("device add --id 'Kt 3' --unit 10750 --public-key " + first).code, 2);
  EXPECT_EQ(admin("device add --id kt-3 --unit 10750 --public-key abc").code, 2);
}

TEST_F(AdminCommand, PutsKiosksAtReceptionPoints) {
  const std::string today = core::to_string(core::local_date(now_ms()));
  admin("device add --id kt-1 --unit 10804 --counter q1 --public-key " + std::string(64, 'a'));
  EXPECT_EQ(admin("point add --id kim-xuyen --unit 10750 --name 'Điểm Kim Xuyên' "
                  "--from 2026-01-01")
                .output,
            "");
  EXPECT_EQ(admin("device move --id kt-1 --point kim-xuyen --from " + today).output, "");
  EXPECT_EQ(admin("device places kt-1").output,
            today + "  unit 10750  point kim-xuyen  counter q1\n");
  EXPECT_EQ(admin("point close kim-xuyen --on 2026-01-31").output, "");
  EXPECT_EQ(admin("point list").output,
            "kim-xuyen  unit 10750  from 2026-01-01  to 2026-01-31  Điểm Kim Xuyên\n");
  const Outcome closed = admin("device move --id kt-1 --point kim-xuyen --from " + today);
  EXPECT_EQ(closed.code, 1);
  EXPECT_EQ(closed.output, "hailong-district: --point: no point kim-xuyen is open on " + today +
                               "; see: admin point list\n");
  EXPECT_EQ(admin("device move --id kt-1 --point kim-xuyen --from 2999-01-01").output,
            "hailong-district: --from: expected today or an earlier day\n");
  EXPECT_EQ(admin("point add --id x --unit 10753 --name X --from 2026-01-01").output,
            "hailong-district: --unit: no unit bears the code 10753 on 2026-01-01; see: admin unit "
            "list\n");
  EXPECT_EQ(admin("device places kt-9").output, "hailong-district: no device kt-9\n");
}

TEST_F(AdminCommand, ListsUnitsAndTheKey) {
  EXPECT_NE(admin("unit list").output.find("* 10750 2025-07-01 ..........  xã Phú Thái\n"),
            std::string::npos);
  const Outcome key = admin("key");
  EXPECT_EQ(key.output.size(), 65U);
  EXPECT_EQ(admin("key").output, key.output);
}

TEST_F(AdminCommand, AnswersBadUsageInOneLine) {
  for (const char* arguments : {"", "user", "user remove x", "user add", "nonsense"}) {
    const Outcome outcome = admin(arguments);
    EXPECT_EQ(outcome.code, 2) << arguments;
    EXPECT_EQ(std::count(outcome.output.begin(), outcome.output.end(), '\n'), 1) << outcome.output;
  }
  const Outcome config = run(std::string(HAILONG_DISTRICT_PROGRAM) + " serve --config /none.toml");
  EXPECT_EQ(config.code, 2);
  EXPECT_EQ(config.output, "hailong-district: /none.toml: cannot be opened for reading\n");
}

/// The program itself, running.
class Serving {
 public:
  explicit Serving(const std::filesystem::path& config) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::close(ends[0]);
      ::execl(HAILONG_DISTRICT_PROGRAM, HAILONG_DISTRICT_PROGRAM, "serve", "--config",
              config.c_str(), static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(ends[1]);
    FILE* out = ::fdopen(ends[0], "r");
    std::array<char, 200> line{};
    if (std::fgets(line.data(), line.size(), out) != nullptr) line_ = line.data();
    std::fclose(out);
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;
  ~Serving() {
    if (pid_ > 0) stop();
  }

  [[nodiscard]] std::string url() const {
    const std::string before = "listening on ";
    EXPECT_EQ(line_.rfind(before, 0), 0U) << line_;
    return line_.substr(before.size(), line_.size() - before.size() - 1);
  }
  int stop() {
    ::kill(pid_, SIGTERM);
    int status = -1;
    ::waitpid(pid_, &status, 0);
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = 0;
  std::string line_;
};

TEST_F(AdminCommand, WorksBesideARunningServerWhichStopsOnSigterm) {
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5);
  Serving serving(file_);
  HttpClient client(serving.url());
  const std::string token = admin("token add demo").output;
  EXPECT_EQ(admin("device add --id kt-1 --unit 10750 --public-key " +
                  core::to_hex(kiosk.key().public_key()))
                .code,
            0);
  EXPECT_EQ(client.post(RunningDistrict::batches_of(kiosk), kiosk.sealed()).status, 200);
  EXPECT_EQ(admin("rebuild").code, 0);
  const Reply scores = client.get("api/v1/scores?from=2026-11-24&to=2026-11-24",
                                  {"Authorization: Bearer " + token.substr(0, token.size() - 1)});
  EXPECT_EQ(scores.status, 200);
  EXPECT_EQ(json_of(scores).at("rows").at(0).at("n"), 1);
  EXPECT_EQ(serving.stop(), 0);
}

}  // namespace
}  // namespace hailong::district
