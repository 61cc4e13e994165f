#include <curl/curl.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bench/communes.h"
#include "bench/report.h"
#include "district/access/secrets.h"
#include "district/config.h"
#include "district/storage/accounts.h"
#include "district/storage/devices.h"
#include "program/log.h"
#include "tests/district/fake_kiosk.h"
#include "tests/e2e/process.h"
#include "tests/temp_folder.h"

/// One working day of every commune in the country, sent to one receiver: 3,321 communes with three
/// kiosks and 200 ratings each. In the middle a power cut: all kiosks come back at once, repeat the
/// batch whose receipt they never saw, and send what gathered meanwhile. The batches are signed
/// beforehand; the clients run on the same machine.
///
/// Exit code 0: all limits are kept, and every rating is counted once.

namespace hailong::district {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kCommunes = 3321;
constexpr int kKiosksEach = 3;
constexpr int kKiosks = kCommunes * kKiosksEach;
constexpr std::array<core::Seq, 8> kParts = {20, 20, 20, 20, 60, 20, 20, 20};  // ratings of a batch
constexpr std::int64_t kRatings = 200;
constexpr std::size_t kBeforeCut = 4;  // parts
constexpr unsigned kCalm = 16;         // connections at a time
constexpr unsigned kStorm = 256;
constexpr double kMostSeconds = 180;
constexpr double kMostMegabytes = 300;

[[noreturn]] void give_up(const std::string& why) { throw std::runtime_error(why); }

std::string device(int number) { return "k-" + std::to_string(number); }

/// Signed batches in a file, so that the clients do not keep them in memory.
class Batches {
 public:
  explicit Batches(const std::filesystem::path& file) : file_(file) {}

  void add(int kiosk, std::size_t part, const std::string& body) {
    std::ofstream& out = out_.is_open() ? out_ : (out_.open(file_, std::ios::binary), out_);
    places_[part].resize(kKiosks);
    places_[part][static_cast<std::size_t>(kiosk)] = {end_, body.size()};
    out << body;
    end_ += body.size();
  }
  void finish() { out_.close(); }

  [[nodiscard]] std::string body(std::ifstream& in, int kiosk, std::size_t part) const {
    const auto& [at, size] = places_[part][static_cast<std::size_t>(kiosk)];
    std::string bytes(size, '\0');
    in.seekg(static_cast<std::streamoff>(at));
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    return bytes;
  }
  [[nodiscard]] std::ifstream open() const { return std::ifstream(file_, std::ios::binary); }

 private:
  std::filesystem::path file_;
  std::ofstream out_;
  std::size_t end_ = 0;
  std::array<std::vector<std::pair<std::size_t, std::size_t>>, kParts.size()> places_;
};

/// From half past seven to five, more in the morning.
void rate_through_the_day(FakeKiosk& kiosk, int number) {
  static constexpr const char* kFields[] = {"chung-thuc", "ho-tich", "dat-dai", "bao-tro-xa-hoi"};
  constexpr std::int64_t kOpen = kNoon - std::int64_t{4} * 3'600'000 - 1'800'000;
  for (std::int64_t i = 0; i < kRatings; ++i) {
    const std::int64_t mixed = (i * 7919 + number) % 97;
    kiosk.append(
        core::Rating{core::VisitId{wire::random_id()},
                     core::Score::from(mixed < 60 ? 5 : static_cast<int>(mixed % 5) + 1).value(),
                     core::CounterId{"q1"}, core::FieldId{kFields[mixed % 4]},
                     mixed == 0 ? std::vector<std::string>{"burst"} : std::vector<std::string>{}},
        kOpen + i * 150'000);
  }
}

void make_fleet(storage::Store& store, Batches& batches) {
  storage::Devices devices(store);
  for (int number = 0; number < kKiosks; ++number) {
    FakeKiosk kiosk(device(number));
    rate_through_the_day(kiosk, number);
    must(devices.add({kiosk.device(), core::UnitCode{bench::commune_code(number / kKiosksEach)},
                      core::CounterId{"q1"}, "", kiosk.key().public_key()},
                     {"bench", kNoon}));
    core::Seq first = 1;
    for (std::size_t part = 0; part < kParts.size(); ++part) {
      batches.add(number, part, kiosk.sealed(first, first + kParts[part] - 1));
      first += kParts[part];
    }
  }
  batches.finish();
}

struct Answers {
  std::atomic<std::int64_t> taken{0};
  std::atomic<std::int64_t> broken{0};  // 5xx, or none
  std::atomic<std::int64_t> other{0};
};

size_t drop(char* /*bytes*/, size_t size, size_t count, void* /*into*/) { return size * count; }

/// One kiosk after the other over one kept connection, each with the parts named, in order.
void send(const std::string& url, const Batches& batches, std::size_t from, std::size_t to,
          std::atomic<int>& next, Answers& answers) {
  CURL* curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &drop);
  std::ifstream in = batches.open();
  for (int kiosk = next++; kiosk < kKiosks; kiosk = next++) {
    const std::string address = url + "api/v1/devices/" + device(kiosk) + "/batches";
    curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
    for (std::size_t part = from; part < to; ++part) {
      const std::string body = batches.body(in, kiosk, part);
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
      long status = 0;
      if (curl_easy_perform(curl) == CURLE_OK) {
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
      }
      ++(status == 200                  ? answers.taken
         : status == 0 || status >= 500 ? answers.broken
                                        : answers.other);
    }
  }
  curl_easy_cleanup(curl);
}

/// All kiosks send parts [from, to) over so many connections at a time.
void send_all(const std::string& url, const Batches& batches, std::size_t from, std::size_t to,
              unsigned connections, Answers& answers) {
  std::atomic<int> next{0};
  std::vector<std::thread> clients;
  clients.reserve(connections);
  for (unsigned i = 0; i < connections; ++i) {
    clients.emplace_back([&] { send(url, batches, from, to, next, answers); });
  }
  for (std::thread& client : clients) client.join();
}

std::string url_in(const std::filesystem::path& log, tests::Process& receiver) {
  while (receiver.running()) {
    const std::string text = tests::text_of(log);
    const auto at = text.find("http://");
    if (at != std::string::npos && text.find('\n', at) != std::string::npos) {
      return text.substr(at, text.find('\n', at) - at);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  give_up("the receiver did not start: " + tests::text_of(log));
}

double most_megabytes(pid_t pid) {
  std::istringstream status(tests::text_of("/proc/" + std::to_string(pid) + "/status"));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
  }
  give_up("no VmHWM");
}

size_t keep(char* bytes, size_t size, size_t count, void* into) {
  static_cast<std::string*>(into)->append(bytes, size * count);
  return size * count;
}

std::int64_t counted(const std::string& url, const std::string& token) {
  std::string answer;
  CURL* curl = curl_easy_init();
  curl_slist* headers = curl_slist_append(nullptr, ("Authorization: Bearer " + token).c_str());
  curl_easy_setopt(curl, CURLOPT_URL,
                   (url + "api/v1/scores?from=2026-11-24&to=2026-11-24").c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &keep);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  if (curl_easy_perform(curl) != CURLE_OK) give_up("the scores were not answered");
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  const auto json = nlohmann::json::parse(answer);
  std::int64_t n = 0;
  for (const auto& row : json.at("rows")) n += row.at("n").get<int>();
  return n;
}

int run() {
  must(access::prepare());
  const tests::TempFolder folder;
  const auto file = bench::write_district_of(kCommunes, folder.path());
  const Config config = must(read_config(file));
  Batches batches(folder.path() / "batches");
  const std::string token = access::new_secret();
  {
    auto store = must(storage::Store::open(config.data_dir));
    must(storage::Accounts(store).add_token({"bench", "scores", "", 0, false},
                                            access::hash_of_secret(token), {"bench", kNoon}));
    make_fleet(store, batches);
  }
  const auto log = folder.path() / "log";
  tests::Process receiver({HAILONG_DISTRICT, "serve", "--config", file.string()}, log);
  const std::string url = url_in(log, receiver);

  Answers answers;
  const auto start = Clock::now();
  send_all(url, batches, 0, kBeforeCut, kCalm, answers);
  send_all(url, batches, kBeforeCut - 1, kBeforeCut + 1, kStorm, answers);
  send_all(url, batches, kBeforeCut + 1, kParts.size(), kCalm, answers);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const double megabytes = most_megabytes(receiver.pid());

  constexpr double kAll = static_cast<double>(kKiosks) * kRatings;
  if (const auto n = counted(url, token); n != kKiosks * kRatings) {
    give_up("counted " + std::to_string(n) + " ratings; " + std::to_string(answers.broken) +
            " batches were answered with 5xx or not at all, " + std::to_string(answers.other) +
            " with something else");
  }
  bench::Report report;
  bench::Report::note("fleet_ratings_per_s", kAll / seconds, "ratings/s");
  bench::Report::note("fleet_batches_per_s", static_cast<double>(answers.taken) / seconds,
                      "batches/s");
  report.at_most("fleet_day", seconds, kMostSeconds, "s for 1,992,600 ratings of 9,963 kiosks");
  report.at_most("fleet_memory", megabytes, kMostMegabytes, "MB of the receiver at most");
  report.at_most("fleet_answers_5xx_or_none", static_cast<double>(answers.broken), 0, "");
  report.at_most("fleet_answers_other", static_cast<double>(answers.other), 0, "");
  return report.exit_code();
}

}  // namespace
}  // namespace hailong::district

int main() {
  hailong::program::start_log("warn");
  try {
    return hailong::district::run();
  } catch (const std::exception& error) {  // after the receiver was ended and its folder removed
    std::fprintf(stderr, "bench_fleet: %s\n", error.what());
    return 2;
  }
}
