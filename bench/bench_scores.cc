#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "bench/communes.h"
#include "bench/report.h"
#include "district/access/secrets.h"
#include "district/config.h"
#include "district/ingest/projection.h"
#include "district/service.h"
#include "district/storage/accounts.h"
#include "program/log.h"
#include "sqlite/database.h"
#include "tests/district/fake_kiosk.h"
#include "tests/temp_folder.h"

/// How fast the scores of 17 communes over 24 months are answered through HTTP when 5 million
/// ratings are stored: beside PostgreSQL's own plan for the same figures from the raw rows in the
/// same run, and beside a store of 50,000 ratings; once as it is asked again and again, and once
/// with something new in the store before each time. The answers are compared, figure by figure.
///
/// Exit code 0: all limits are kept.

namespace hailong::district {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kMany = 5'000'000;
constexpr std::int64_t kFew = 50'000;
constexpr int kUnits = 17;
constexpr int kRequests = 1000;
constexpr int kRequestsAfterIngests = 200;
constexpr int kQueries = 9;
constexpr double kLeastGain = 150;
constexpr double kLeastGainMade = 150;
constexpr double kMostP99 = 5;  // ms
constexpr double kMostGrowth = 1.2;
constexpr const char* kQuery = "api/v1/scores?from=2024-12-01&to=2026-11-30&by=unit,month";

double milliseconds(Clock::time_point since) {
  return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
}

double at_share(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "bench_scores: %s\n", why.c_str());
  std::exit(2);
}

/// One rating of each number from 0: unit, day, field, counter, score and flag by fixed arithmetic,
/// which both databases do alike.
std::string mixed(const std::string& number) {
  return "(" + number + " * 2654435761 % 4294967296)";
}

/// Fills the store as if `ratings` had come in over 24 months: raw rows, and the roll-ups that the
/// ingest would have kept of them.
void fill(const std::filesystem::path& file, std::int64_t ratings) {
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
  database.exec("PRAGMA synchronous = OFF");
  SQLite::Transaction all(database);
  database.exec(
      "CREATE TEMP TABLE raw AS WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i "
      "WHERE n + 1 < " +
      std::to_string(ratings) + "), m AS (SELECT n, " + mixed("n") +
      " AS h FROM i) SELECT n, h % 17 AS unit, h / 17 % 730 AS day, h / 12410 % 8 AS field, "
      "h / 99280 % 2 AS counter, h / 198560 % 5 + 1 AS score, h / 992800 % 32 = 0 AS flag FROM m");
  const std::string cell = "1 + unit + 17 * (day + 730 * (field + 8 * counter))";
  const std::string sums =
      "sum(score = 1), sum(score = 2), sum(score = 3), sum(score = 4), sum(score = 5), sum(flag)";
  database.exec(
      "INSERT INTO device VALUES ('bench', '20000', 'q1', '', 0, NULL);"
      "INSERT INTO stream VALUES (1, 'bench', 'e', 0, zeroblob(32), 0, 0);"
      "INSERT INTO cell (id, day, unit_id, field_id, counter_id, n1, n2, n3, n4, n5, flagged) "
      "SELECT " +
      cell +
      ", date('2024-12-01', day || ' days'), (20000 + unit) || '@', 'f' || field, "
      "'q' || counter, " +
      sums +
      " FROM raw GROUP BY 1;"
      "INSERT INTO cell_flag SELECT id, 'burst', flagged FROM cell WHERE flagged > 0;"
      "INSERT INTO rating (stream_id, seq, cell_id, score, flags) SELECT 1, n + 1, " +
      cell +
      ", score, CASE flag WHEN 1 THEN 'burst' ELSE '' END FROM raw;"
      "INSERT INTO month_cell SELECT unit_id, substr(day, 1, 7), field_id, sum(n1), sum(n2), "
      "sum(n3), sum(n4), sum(n5), 0, 0, 0, 0, 0, sum(flagged), 0, 0, 0 FROM cell GROUP BY 1, 2, 3;"
      "INSERT INTO month_flag SELECT unit_id, month, field_id, 'burst', flagged FROM month_cell "
      "WHERE flagged > 0;"
      "INSERT INTO unit_month SELECT unit_id, month, sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), "
      "0, 0, 0, 0, 0, sum(flagged), 0, 0, 0 FROM month_cell GROUP BY 1, 2;"
      "INSERT INTO unit_month_flag SELECT unit_id, month, 'burst', flagged FROM unit_month "
      "WHERE flagged > 0;"
      "UPDATE state SET projection = " +
      std::to_string(ingest::kProjectionVersion) + ";");
  all.commit();
}

size_t keep_answer(char* bytes, size_t size, size_t count, void* into) {
  static_cast<std::string*>(into)->append(bytes, size * count);
  return size * count;
}

/// A receiver with so many ratings in its store, and what it took to answer.
class Receiver {
 public:
  explicit Receiver(std::int64_t ratings) : service_(start(ratings)) {
    other_.exec("PRAGMA synchronous = OFF");
    const std::string address = service_.url() + kQuery;
    curl_easy_setopt(curl_, CURLOPT_URL, address.c_str());
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &keep_answer);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &answer_);
  }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;
  ~Receiver() {
    curl_easy_cleanup(curl_);
    curl_slist_free_all(headers_);
  }

  /// As after an ingest: the next answer has to be made anew.
  void something_came_in() { other_.exec("UPDATE revision SET n = n + 1"); }

  /// In ms.
  double ask() {
    answer_.clear();
    const auto start = Clock::now();
    long status = 0;
    if (curl_easy_perform(curl_) != CURLE_OK ||
        curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK || status != 200) {
      give_up("the scores were not answered: " + answer_);
    }
    return milliseconds(start);
  }

  [[nodiscard]] const std::string& answer() const { return answer_; }

 private:
  Service start(std::int64_t ratings) {
    Config config = must(read_config(bench::write_district_of(kUnits, folder_.path())));
    {
      auto store = must(storage::Store::open(config.data_dir));
      must(storage::Accounts(store).add_token({"bench", "scores", "", 0, false},
                                              access::hash_of_secret(token_), {"bench", kNoon}));
    }
    fill(file(), ratings);
    return must(Service::start(std::move(config)));
  }
  [[nodiscard]] std::filesystem::path file() const {
    return folder_.path() / "data" / storage::kStoreFile;
  }

  tests::TempFolder folder_;
  std::string token_ = access::new_secret();
  Service service_;
  SQLite::Database other_{file().string(), SQLite::OPEN_READWRITE, 10'000};
  CURL* curl_ = curl_easy_init();
  curl_slist* headers_ = curl_slist_append(nullptr, ("Authorization: Bearer " + token_).c_str());
  std::string answer_;
};

struct Times {
  std::vector<double> few;
  std::vector<double> many;
};

/// Asks both in turn, so that what else the machine does meets both alike.
Times ask_in_turn(Receiver& few, Receiver& many, int requests, bool after_ingests) {
  Times times;
  for (int i = -20; i < requests; ++i) {  // the first ones warm up
    for (auto& [receiver, into] : {std::pair{&few, &times.few}, {&many, &times.many}}) {
      if (after_ingests) receiver->something_came_in();
      const double taken = receiver->ask();
      if (i >= 0) into->push_back(taken);
    }
  }
  return times;
}

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) give_up("cannot run " + command);
  char part[4096];
  while (const std::size_t n = std::fread(part, 1, sizeof part, pipe)) output.append(part, n);
  if (pclose(pipe) != 0) give_up("failed: " + command + "\n" + output);
  return output;
}

using Figures = std::map<std::pair<std::string, std::string>, std::vector<std::int64_t>>;

/// A PostgreSQL of Debian's package with the same ratings as raw rows.
class Postgres {
 public:
  Postgres() {
    run("start");
    psql(
        "CREATE TABLE raw (unit_id text NOT NULL, day date NOT NULL, month int NOT NULL, "
        "field_id text NOT NULL, score smallint NOT NULL)");
    psql(
        "INSERT INTO raw SELECT (20000 + h % 17) || '@', d, "
        "extract(year FROM d)::int * 100 + extract(month FROM d)::int, 'f' || h / 12410 % 8, "
        "h / 198560 % 5 + 1 FROM (SELECT h, date '2024-12-01' + (h / 17 % 730)::int AS d FROM "
        "(SELECT " +
        mixed("n") + " AS h FROM generate_series(0::bigint, " + std::to_string(kMany - 1) +
        ") n) m) r");
    psql("VACUUM ANALYZE raw");
  }
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;
  ~Postgres() { run("stop"); }

  /// Of the server alone, in ms.
  std::vector<double> times() {
    std::vector<double> times;
    for (int i = -2; i < kQueries; ++i) {
      const std::string plan = psql(std::string("EXPLAIN (ANALYZE, TIMING OFF) ") + kSame);
      const auto at = plan.find("Execution Time: ");
      if (at == std::string::npos) give_up("no execution time in " + plan);
      if (i >= 0) times.push_back(std::strtod(plan.c_str() + at + 16, nullptr));
    }
    return times;
  }

  Figures figures() {
    Figures figures;
    std::istringstream lines(psql(kSame));
    for (std::string line; std::getline(lines, line);) {
      std::istringstream columns(line);
      std::string unit, month, count;
      std::getline(columns, unit, '|');
      std::getline(columns, month, '|');
      auto& counts = figures[{unit, month.substr(0, 4) + "-" + month.substr(4)}];
      while (std::getline(columns, count, '|')) counts.push_back(std::stoll(count));
    }
    return figures;
  }

 private:
  static constexpr const char* kSame =
      "SELECT unit_id, month, count(*) FILTER (WHERE score = 1), count(*) FILTER (WHERE score = "
      "2), "
      "count(*) FILTER (WHERE score = 3), count(*) FILTER (WHERE score = 4), "
      "count(*) FILTER (WHERE score = 5) FROM raw GROUP BY unit_id, month";

  void run(const char* what) {
    output_of(std::string(HAILONG_POSTGRES) + " " + what + " " + folder_ + " 2>&1");
  }
  std::string psql(const std::string& sql) {
    return output_of("psql -X -q -A -t -v ON_ERROR_STOP=1 -h " + folder_ +
                     " -U hailong -d postgres -c \"" + sql + "\"");
  }

  std::string folder_ = "/tmp/hailong-bench-" + std::to_string(getpid());
};

Figures figures_in(const std::string& answer) {
  Figures figures;
  const auto json = nlohmann::json::parse(answer);
  for (const auto& row : json.at("rows")) {
    figures[{row.at("unit_id"), row.at("period")}] =
        row.at("counts").get<std::vector<std::int64_t>>();
  }
  return figures;
}

int run() {
  must(access::prepare());
  Receiver few(kFew);
  Receiver many(kMany);
  const Times made = ask_in_turn(few, many, kRequestsAfterIngests, true);
  const std::string answer = many.answer();
  const Times kept = ask_in_turn(few, many, kRequests, false);
  if (many.answer() != answer) give_up("two answers for one state");
  Postgres postgres;
  const double raw = at_share(postgres.times(), 0.5);
  if (figures_in(answer) != postgres.figures()) give_up("PostgreSQL counts something else");
  const double usual = at_share(kept.many, 0.5);
  const double usual_made = at_share(made.many, 0.5);
  bench::Report report;
  bench::Report::note("scores_p50", usual, "ms over HTTP, 17 communes x 24 months, 5 M ratings");
  bench::Report::note("scores_p50_after_ingest", usual_made, "ms, the answer has to be made");
  bench::Report::note("scores_p99_after_ingest", at_share(made.many, 0.99), "ms");
  bench::Report::note("ratio 5 M : 50,000 after ingest", usual_made / at_share(made.few, 0.5), "");
  bench::Report::note("postgres_group_by", raw, "ms in the server, 5 M raw rows");
  report.at_least("ratio postgres on raw rows : scores", raw / usual, kLeastGain, "");
  report.at_least("the same after an ingest", raw / usual_made, kLeastGainMade, "");
  report.at_most("scores_p99", at_share(kept.many, 0.99), kMostP99, "ms");
  report.at_most("ratio 5 M : 50,000 ratings", usual / at_share(kept.few, 0.5), kMostGrowth, "");
  return report.exit_code();
}

}  // namespace
}  // namespace hailong::district

int main() {
  hailong::program::start_log("warn");
  return hailong::district::run();
}
