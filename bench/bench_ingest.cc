#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "bench/report.h"
#include "district/config.h"
#include "district/service.h"
#include "district/storage/devices.h"
#include "district/storage/schema.h"
#include "program/log.h"
#include "sqlite/database.h"
#include "tests/district/fake_kiosk.h"
#include "tests/district/test_postgres.h"
#include "tests/temp_folder.h"

/// How fast batches come in through HTTP, beside what the bare database does with the same rows,
/// the same transactions and the same durability on the same disk, in the same run: SQLite, or with
/// HAILONG_TEST_POSTGRES the PostgreSQL server that it names.
///
/// The ratio that counts is that of the medians of several rounds, each of which measures
/// everything once. Exit code 0: the limit is kept.

namespace hailong::district {
namespace {

constexpr double kSqliteLimit = 0.7;
constexpr double kPostgresLimit = 0.6;
constexpr std::size_t kRounds = 5;
constexpr int kClients = 2;
constexpr int kDevices = 4;
constexpr std::int64_t kBatchesEach = 40;
constexpr std::int64_t kBatchEvents = 500;
constexpr std::int64_t kEvents = kDevices * kBatchesEach * kBatchEvents;

using Clock = std::chrono::steady_clock;

double per_second(std::int64_t rows, Clock::time_point since) {
  return static_cast<double>(rows) / std::chrono::duration<double>(Clock::now() - since).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Sender {
  FakeKiosk kiosk;
  std::vector<std::string> batches;
};

/// Ratings as a busy week gives them: ten fields, seven days.
Sender make_sender(int number) {
  static constexpr const char* kFields[] = {"ho-tich", "chung-thuc", "cu-tru",
                                            "dat-dai", "lien-thong", "bao-tro-xa-hoi"};
  Sender sender{FakeKiosk("bench-" + std::to_string(number)), {}};
  for (std::int64_t i = 0; i < kBatchesEach * kBatchEvents; ++i) {
    const std::int64_t at = kNoon - i % 7 * kDay + i;
    sender.kiosk.append(core::Rating{core::VisitId{wire::random_id()},
                                     core::Score::from(i * 7 % 5 + 1).value(),
                                     core::CounterId{"q1"},
                                     core::FieldId{kFields[i % 6]},
                                     {}},
                        at);
  }
  for (std::int64_t i = 0; i < kBatchesEach; ++i) {
    sender.batches.push_back(sender.kiosk.sealed(i * kBatchEvents + 1, (i + 1) * kBatchEvents));
  }
  return sender;
}

std::filesystem::path write_config(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "district.toml";
  const std::string data = HAILONG_SAMPLE_CONFIG;
  const std::string shared = data + "/../";
  const std::string postgres = test_postgres(folder / "data");
  std::ofstream(file) << "port = 0\ndata_dir = \"data\"\nlog_level = \"warn\"\nunits = \"" << data
                      << "/units.csv\"\nsuccessors = \"" << data
                      << "/unit-successors.csv\"\nfields = \"" << data
                      << "/fields.csv\"\nprogramme = \"" << shared
                      << "programme.toml\"\nholidays = \"" << shared
                      << "public-holidays.csv\"\nfeedback = \"" << shared
                      << "feedback.toml\"\n[store]\npostgres = \"" << postgres
                      << "\"\n[authority]\nname = \"Bench\"\ncode = \"31\"\n";
  return file;
}

size_t drop_answer(char* /*bytes*/, size_t size, size_t count, void* /*into*/) {
  return size * count;
}

/// Posts what belongs to one client, over one connection. False when an answer was not 200.
bool post_all(const std::string& url, const std::vector<Sender>& senders, int client) {
  CURL* curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &drop_answer);
  bool good = true;
  for (std::int64_t i = 0; i < kBatchesEach; ++i) {
    for (int device = client; device < kDevices; device += kClients) {
      const Sender& sender = senders[static_cast<std::size_t>(device)];
      const std::string& body = sender.batches[static_cast<std::size_t>(i)];
      const std::string address =
          url + "api/v1/devices/" + sender.kiosk.device().value + "/batches";
      curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
      long status = 0;
      good = curl_easy_perform(curl) == CURLE_OK &&
             curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK &&
             status == 200 && good;
    }
  }
  curl_easy_cleanup(curl);
  return good;
}

double ingest_rate(const std::vector<Sender>& senders) {
  const tests::TempFolder folder;
  Config config = must(read_config(write_config(folder.path())));
  {
    auto store = must(storage::Store::open(config.data_dir, config.postgres));
    storage::Devices devices(store);
    for (const Sender& sender : senders) {
      must(devices.add({sender.kiosk.device(), core::UnitCode{"10750"}, core::CounterId{"q1"}, "",
                        sender.kiosk.key().public_key()},
                       {"bench", kNoon}));
    }
  }
  const auto service = must(Service::start(std::move(config)));
  const std::string url = service.url();
  std::array<bool, kClients> good{};
  const auto start = Clock::now();
  std::vector<std::thread> clients;
  clients.reserve(kClients);
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back(
        [&, client] { good[static_cast<std::size_t>(client)] = post_all(url, senders, client); });
  }
  for (std::thread& client : clients) client.join();
  const double rate = per_second(kEvents, start);
  if (!std::all_of(good.begin(), good.end(), [](bool all) { return all; })) {
    std::fprintf(stderr, "bench_ingest: a batch was not taken\n");
    std::exit(2);
  }
  return rate;
}

/// Batches of 500 rows as arrays, one transaction after the other: `INSERT … SELECT … unnest(…)
/// ON CONFLICT DO NOTHING`.
double bare_postgres_rate(const std::vector<Sender>& senders, bool with_events) {
  const tests::TempFolder folder;
  const auto engine =
      must(sql::postgres_engine(test_postgres(folder.path()), storage::postgres_migrations()));
  const auto connection = engine->connect(sql::Access::kWriteLocked);
  connection->begin(sql::Access::kWriteLocked, false);
  connection->run_script(
      "INSERT INTO cell (day, unit_id, field_id, counter_id) VALUES ('', '', '', '')");
  for (int device = 1; device <= kDevices; ++device) {
    connection->execute(
        "INSERT INTO device (device_id, unit_code, counter_id, note, added_at) "
        "VALUES ($1, '', '', '', 0)",
        std::to_string(device));
    connection->execute(
        "INSERT INTO stream (id, device_id, epoch, position, head, first_seen, received_at) "
        "VALUES ($1, $2, 'e', 0, $3, 0, 0)",
        device, std::to_string(device), core::Bytes32{});
  }
  connection->commit();
  const auto events = connection->appender({"event",
                                            {{"stream_id", sql::Type::kInteger},
                                             {"seq", sql::Type::kInteger},
                                             {"hash", sql::Type::kBytes},
                                             {"bytes", sql::Type::kBytes}},
                                            "ON CONFLICT DO NOTHING"});
  const auto ratings = connection->appender({"rating",
                                             {{"stream_id", sql::Type::kInteger},
                                              {"seq", sql::Type::kInteger},
                                              {"cell_id", sql::Type::kInteger},
                                              {"score", sql::Type::kInteger},
                                              {"flags", sql::Type::kText}},
                                             "ON CONFLICT DO NOTHING"});
  const auto start = Clock::now();
  for (std::int64_t i = 0; i < kBatchesEach; ++i) {
    for (int device = 0; device < kDevices; ++device) {
      const FakeKiosk& kiosk = senders[static_cast<std::size_t>(device)].kiosk;
      connection->begin(sql::Access::kWriteLocked, false);
      for (core::Seq seq = i * kBatchEvents + 1; seq <= (i + 1) * kBatchEvents; ++seq) {
        if (with_events) {
          events->add(std::array<sql::Value, 4>{device + 1, seq, kiosk.hash(seq),
                                                sql::bytes(kiosk.event(seq))});
        }
        ratings->add(std::array<sql::Value, 5>{device + 1, seq, 1, seq % 5 + 1, ""});
      }
      events->flush();
      ratings->flush();
      connection->commit();
    }
  }
  return per_second(kEvents, start);
}

/// One transaction of 500 after the other, on a connection opened as the receiver opens it.
double bare_sqlite_rate(const std::vector<Sender>& senders, bool with_events) {
  const tests::TempFolder folder;
  { must(storage::Store::open(folder.path())); }
  SQLite::Database database((folder.path() / storage::kStoreFile).string(), SQLite::OPEN_READWRITE);
  database.exec("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON");
  database.exec("INSERT INTO cell (day, unit_id, field_id, counter_id) VALUES ('', '', '', '')");
  for (int device = 1; device <= kDevices; ++device) {
    database.exec("INSERT INTO device VALUES ('" + std::to_string(device) + "','','','',0,NULL)");
    database.exec("INSERT INTO stream VALUES (" + std::to_string(device) + ", '" +
                  std::to_string(device) + "', 'e', 0, zeroblob(32), 0, 0)");
  }
  SQLite::Statement event(database, "INSERT INTO event VALUES (?, ?, ?, ?)");
  SQLite::Statement rating(
      database,
      "INSERT INTO rating (stream_id, seq, cell_id, score, flags) VALUES (?, ?, 1, ?, '')");
  const auto start = Clock::now();
  for (std::int64_t i = 0; i < kBatchesEach; ++i) {
    for (int device = 0; device < kDevices; ++device) {
      const FakeKiosk& kiosk = senders[static_cast<std::size_t>(device)].kiosk;
      SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
      for (core::Seq seq = i * kBatchEvents + 1; seq <= (i + 1) * kBatchEvents; ++seq) {
        if (with_events) {
          event.bind(1, device + 1);
          event.bind(2, seq);
          sqlite::bind_blob(event, 3, kiosk.hash(seq));
          sqlite::bind_blob(event, 4, std::string_view(kiosk.event(seq)));
          event.exec();
          event.reset();
        }
        rating.bind(1, device + 1);
        rating.bind(2, seq);
        rating.bind(3, static_cast<int>(seq % 5) + 1);
        rating.exec();
        rating.reset();
      }
      transaction.commit();
    }
  }
  return per_second(kEvents, start);
}

int run() {
  const bool postgres = postgres_server() != nullptr;
  const auto bare_rate = postgres ? bare_postgres_rate : bare_sqlite_rate;
  std::vector<Sender> senders;
  senders.reserve(kDevices);
  for (int number = 0; number < kDevices; ++number) senders.push_back(make_sender(number));
  std::vector<double> ingest(kRounds);
  std::vector<double> bare(kRounds);
  std::vector<double> ratings_only(kRounds);
  for (std::size_t round = 0; round < kRounds; ++round) {
    ingest[round] = ingest_rate(senders);
    bare[round] = bare_rate(senders, true);
    ratings_only[round] = bare_rate(senders, false);
  }
  bench::Report report;
  bench::Report::note("ingest_rows_per_s", median(ingest), "events/s");
  bench::Report::note("bare_rows_per_s", median(bare), "events/s, event and rating row each");
  bench::Report::note("bare_ratings_per_s", median(ratings_only), "ratings/s, rating row alone");
  report.at_least("ratio ingest : bare rows", median(ingest) / median(bare),
                  postgres ? kPostgresLimit : kSqliteLimit, "");
  return report.exit_code();
}

}  // namespace
}  // namespace hailong::district

int main() {
  hailong::program::start_log("warn");
  return hailong::district::run();
}
