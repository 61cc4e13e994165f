#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <iostream>
#include <string>

#include "core/token.h"
#include "district/clock.h"
#include "district/config.h"
#include "district/dossiers/intake.h"
#include "district/service.h"
#include "district/storage/devices.h"
#include "tests/district/dossier_export.h"
#include "tests/district/fake_kiosk.h"
#include "tests/district/http_client.h"

/// Fills a running district as its kiosks would: signed batches of thirteen months from the four
/// communes of Kim Thành, the same at every run but for the keys and the day it ends on. Prints
/// what the test needs to know.

namespace hailong::district {
namespace {

constexpr std::array kCommunes = {"10750", "10756", "10792", "10804"};
constexpr std::array<std::size_t, 4> kUnhappy = {3, 5, 9, 14};  // of a hundred give the worst score
constexpr int kDays = 395;
constexpr std::int64_t kHourMs = 3'600'000;
constexpr int kDossiers = 120;

/// Words that would run as script, or break out of an attribute, in a page that did not escape
/// them.
constexpr std::array kHostileWords = {"<script>window.hacked=1</script>",
                                      "<img src=x onerror=window.hacked=1>",
                                      "\"><svg onload=window.hacked=1>",
                                      "'-window.hacked=1-'",
                                      "</textarea><script>window.hacked=1</script>",
                                      "</title><script>window.hacked=1</script>",
                                      "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
                                      "<a href=\"javascript:window.hacked=1\">bấm vào đây</a>",
                                      "{{constructor.constructor('window.hacked=1')()}}",
                                      "<math><mtext></p><style><img src=x onerror=window.hacked=1>",
                                      "\" autofocus onfocus=window.hacked=1 x=\"",
                                      "<!--<script>window.hacked=1//-->",
                                      "=HYPERLINK(\"http://example.invalid\",\"bấm\")"};

constexpr std::array kWords = {"Cán bộ hướng dẫn nhiệt tình, cảm ơn.",
                               "Chờ lâu quá, gần hai tiếng.", "Cần thêm ghế ngồi cho người già.",
                               "Phải đi lại ba lần vì thiếu giấy tờ không được báo trước."};
constexpr std::array kFields = {"ho-tich", "chung-thuc", "dat-dai"};
constexpr std::array kReasons = {"long-wait", "many-trips", "listening", "gentle", "helpful"};

/// Numbers that look random and are the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t roll(std::size_t sides) {
    state_ = state_ * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    return static_cast<std::size_t>((state_ >> 33) % sides);
  }

 private:
  std::uint64_t state_;
};

void fill_day(FakeKiosk& kiosk, Dice& dice, std::int64_t noon, std::size_t commune) {
  const std::size_t ratings = 1 + dice.roll(4);
  for (std::size_t i = 0; i < ratings; ++i) {
    const std::size_t luck = dice.roll(100);
    const std::size_t unhappy = kUnhappy[commune];
    const int score = luck < unhappy       ? 1
                      : luck < 2 * unhappy ? 2
                      : luck < 3 * unhappy ? 3
                      : luck < 55          ? 4
                                           : 5;
    const std::string counter = "q" + std::to_string(1 + dice.roll(3));
    std::vector<std::string> flags;
    if (dice.roll(40) == 0) flags.emplace_back("burst");
    const std::int64_t at = noon + static_cast<std::int64_t>(dice.roll(5)) * kHourMs - 2 * kHourMs;
    const core::Seq rating = kiosk.rate(score, at, kFields[dice.roll(3)], counter, flags);
    if (dice.roll(3) == 0) {
      kiosk.append(core::Answers{rating, {{"reasons", {kReasons[dice.roll(5)]}}}, false}, at);
    }
    if (dice.roll(60) == 0) {
      kiosk.append(core::Answers{rating, {{"reasons", {"extra-money"}}}, true}, at);
    }
    if (dice.roll(12) == 0) kiosk.say(rating, kWords[dice.roll(kWords.size())]);
  }
}

/// Dossiers of the last weeks, the last of them returned today: some late, some complained of, half
/// of them rated.
std::string serve(FakeKiosk& kiosk, DossierKeys& keys, Dice& dice, std::int64_t today_noon,
                  const std::string& unit) {
  const auto text = [&](std::int64_t days_ago) {
    return core::to_string(core::local_date(today_noon - days_ago * kDay));
  };
  std::vector<ExportLine> lines;
  lines.reserve(kDossiers);
  for (int i = 0; i < kDossiers; ++i) {
    const int returned = i / 2;  // days ago
    ExportLine line;
    line.unit = unit;
    line.received_on = text(returned + 6);
    line.due_on = text(returned + (dice.roll(8) == 0 ? 2 : -static_cast<int>(dice.roll(3))));
    line.returned_on = text(returned);
    line.complaint = dice.roll(20) == 0 ? "other" : dice.roll(30) == 0 ? "conduct" : "none";
    line.exported_on = text(0);
    line.field = kFields[dice.roll(3)];
    std::string day = line.received_on.substr(2);
    std::erase(day, '-');
    line.code = "000.00.";
    line.code.append(unit.substr(3)).append(".H24-").append(day).append("-");
    line.code.append(std::to_string(1000 + i));
    if (dice.roll(2) == 0) {
      const std::int64_t at = today_noon - returned * kDay;
      const int score = dice.roll(12) == 0 ? 2 : 5;
      keys.link(kiosk, kiosk.rate(score, at), unit, line.code, at);
    }
    lines.push_back(std::move(line));
  }
  return export_csv(lines);
}

/// What staff do at the kiosk: they sign most days, deal with one case, and mistype their PIN.
void work(FakeKiosk& kiosk, Dice& dice, std::int64_t today_noon) {
  const auto day = [&](std::int64_t days_ago) {
    return core::local_date(today_noon - days_ago * kDay);
  };
  kiosk.append(
      core::StaffAccount{"lan", "lan", kHostileWords.front(), core::StaffRole::kHead, true},
      today_noon - 50 * kDay);
  for (std::int64_t days_ago = 50; days_ago > 0; --days_ago) {
    const std::int64_t at = today_noon - days_ago * kDay + 5 * kHourMs;
    if (dice.roll(4) > 0) kiosk.append(core::SignOff{"lan", day(days_ago), kiosk.last()}, at);
    kiosk.append(core::Served{"lan", core::FieldId{kFields.front()}, day(days_ago), 7}, at);
  }
  kiosk.append(core::StaffAct{"", core::StaffDeed::kWrongPin, "lan"}, today_noon - kDay);
  kiosk.append(core::StaffAct{"lan", core::StaffDeed::kReport, kHostileWords.back()},
               today_noon - kDay);
  const core::Seq rating = kiosk.rate(3, today_noon - kDay);
  kiosk.say(rating, kWords.front());
  core::CaseStep step;
  step.action = core::CaseAction::kSee;
  step.note = kHostileWords.front();
  kiosk.handle(rating, step, today_noon - kDay);
  kiosk.handle(rating, step, today_noon - kDay);  // late: it was seen before
}

void import(storage::Store& store, const Config& config, const std::string& csv) {
  const auto key = must(wire::read_or_make_key(config.data_dir / kDistrictKeyFile));
  must(dossiers::Intake(store, config.rules.units, config.rules.fields, key, config.dossier_keys)
           .import(csv, {"seed", now_ms()}));
}

void send(HttpClient& client, const FakeKiosk& kiosk, core::Seq first) {
  const Reply reply = client.post("api/v1/devices/" + kiosk.device().value + "/batches",
                                  kiosk.sealed(first, kiosk.last()));
  if (reply.status != 200) {
    std::cerr << "seed: refused: " << reply.body << "\n";
    std::exit(1);
  }
}

void tell(HttpClient& client, const FakeKiosk& kiosk, const wire::Heartbeat& heartbeat) {
  client.post("api/v1/devices/" + kiosk.device().value + "/heartbeat",
              wire::seal_heartbeat(heartbeat, kiosk.key()));
}

wire::Heartbeat heartbeat_of(const FakeKiosk& kiosk) {
  wire::Heartbeat heartbeat = kiosk.heartbeat(now_ms());
  heartbeat.receipted = kiosk.last();
  heartbeat.disk = wire::HeartbeatDisk{12'400'000'000, 31'000'000'000};
  heartbeat.temperature = 486;
  heartbeat.tap_ms = 7 * 60'000;
  return heartbeat;
}

/// A kiosk as a technician finds it: its card was set back once, then the journal was damaged, and
/// now it is hot and nearly full.
void trouble(HttpClient& client, const FakeKiosk& kiosk) {
  FakeKiosk back = kiosk;
  back.roll_back_to(kiosk.last() - 2);
  tell(client, back, heartbeat_of(back));
  FakeKiosk next = kiosk.reimaged("5f2c0a91d3e84b76", false, kiosk.last() + 1);
  next.append(core::Salvage{kiosk.epoch(), kiosk.last() - 3, kiosk.hash(kiosk.last() - 3),
                            "Tree 11 page 4021: btreeInitPage() returns error code 11"},
              now_ms());
  next.rate(5, now_ms());
  send(client, next, kiosk.last() + 1);
  wire::Heartbeat heartbeat = heartbeat_of(next);
  heartbeat.disk->free = 312'000'000;
  heartbeat.temperature = 812;
  heartbeat.receipted = next.last() - 1;
  heartbeat.oldest_ms = 3 * kDay;
  heartbeat.faults = {"<script>window.hacked=1</script>"};
  tell(client, next, heartbeat);
}

void fill(storage::Store& store, HttpClient& client, const Config& config, std::size_t commune,
          std::int64_t today_noon) {
  FakeKiosk kiosk("kt-" + std::string(kCommunes[commune]) + "-q1");
  must(
      storage::Devices(store).add({kiosk.device(), core::UnitCode{kCommunes[commune]},
                                   core::CounterId{"q1"}, "<b>Ki-ốt</b>", kiosk.key().public_key()},
                                  {"seed", now_ms()}));
  Dice dice(commune + 1);
  core::Seq sent = 0;
  for (int day = kDays; day > 0; --day) {
    fill_day(kiosk, dice, today_noon - day * kDay, commune);
    if (day % 40 == 0) {
      send(client, kiosk, sent + 1);
      sent = kiosk.last();
    }
  }
  for (const char* words : kHostileWords) kiosk.say(kiosk.rate(2, today_noon - kDay), words);
  const std::string token(32, static_cast<char>('a' + commune));
  kiosk.append(core::Token{kiosk.rate(2, today_noon - kDay), core::token_digest(token)});
  DossierKeys keys(config.dossier_keys);
  work(kiosk, dice, today_noon);
  const std::string exported = serve(kiosk, keys, dice, today_noon, kCommunes[commune]);
  send(client, kiosk, sent + 1);
  tell(client, kiosk, heartbeat_of(kiosk));
  if (commune + 1 == kCommunes.size()) trouble(client, kiosk);
  import(store, config, exported);
  std::cout << "token " << token << "\n";
}

}  // namespace
}  // namespace hailong::district

int main(int argc, char** argv) {
  using namespace hailong;
  using namespace hailong::district;
  CLI::App app{"Fills a running district for the browser tests."};
  std::string file;
  std::string url;
  app.add_option("config", file)->required();
  app.add_option("url", url)->required();
  CLI11_PARSE(app, argc, argv);
  const Config config = must(read_config(file));
  auto store = must(storage::Store::open(config.data_dir));
  HttpClient client(url);
  const std::int64_t noon = core::start_of_day_ms(core::local_date(now_ms())) + 12 * kHourMs;
  for (std::size_t commune = 0; commune < kCommunes.size(); ++commune) {
    fill(store, client, config, commune, noon);
  }
  return 0;
}
