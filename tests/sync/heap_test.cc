#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/e2e/process.h"
#include "tests/fault/backlog.h"
#include "tests/fault/loopback_server.h"
#include "tests/fault/scripted_server.h"
#include "tests/temp_folder.h"
#include "wire/batch.h"
#include "wire/receipt.h"

/// What the daemon has on its heap, as Valgrind's massif measures it, while it sends of a backlog
/// of a year. A drain of the whole year would take minutes under Valgrind and need no more: after
/// some batches the district asks for patience.

namespace hailong::tests {
namespace {

constexpr core::Seq kYear = 365'000;   // events: 500 ratings a day, and what follows them
constexpr core::Seq kEnough = 20'000;  // of those
constexpr std::int64_t kMost = 10 << 20;

/// Receipts every batch up to an event, and then sends everybody away for an hour.
class PatientDistrict {
 public:
  [[nodiscard]] std::string url() const { return server_.url(); }
  [[nodiscard]] std::string key() const { return core::to_hex(key_.public_key()); }

 private:
  std::string answer(const Message& request) const {
    const auto batch = wire::open_batch(request.body, 8U << 20U);
    if (!batch) return http_answer(404, "", "");
    const wire::BatchClaim& claim = batch->claim;
    if (claim.last > kEnough) return http_answer(503, "", "Retry-After: 3600\r\n");
    return http_answer(
        200, wire::seal_receipt({claim.device, claim.epoch, claim.last, claim.head, 1}, key_), "");
  }

  wire::SigningKey key_ = wire::SigningKey::from_seed(core::Bytes32{7});
  LoopbackServer server_{[this](Peer& daemon) {
    while (const auto request = daemon.read()) daemon.send(answer(*request));
  }};  // last: its thread uses the key
};

/// Bytes of the greatest of massif's snapshots, with what the allocator adds.
std::int64_t peak_of(const std::filesystem::path& massif) {
  std::ifstream file(massif);
  std::int64_t peak = 0;
  std::int64_t heap = 0;
  for (std::string line; std::getline(file, line);) {
    const std::size_t equals = line.find('=');
    if (line.starts_with("mem_heap_B=")) heap = std::stoll(line.substr(equals + 1));
    if (line.starts_with("mem_heap_extra_B=")) {
      peak = std::max<std::int64_t>(peak, heap + std::stoll(line.substr(equals + 1)));
    }
  }
  return peak;
}

TEST(Heap, OfTheDaemonIsSmallWithAYearsBacklog) {
  const TempFolder folder;
  constexpr std::int64_t kEnd = 1'795'496'400'000;
  write_backlog(folder.path() / "data", core::DeviceId{"kt-1"}, kYear, kEnd - 365 * 86'400'000LL,
                kEnd);
  const PatientDistrict district;
  const std::filesystem::path config = folder.path() / "sync.toml";
  std::ofstream(config) << "data_dir = \"data\"\n[district]\nurl = \"" << district.url()
                        << "\"\npublic_key = \"" << district.key() << "\"\n";
  const std::filesystem::path massif = folder.path() / "massif.out";
  const Outcome outcome = run({"valgrind", "--tool=massif", "--peak-inaccuracy=0.0",
                               "--massif-out-file=" + massif.string(), HAILONG_SYNCD, "--config",
                               config.string(), "--once"});
  EXPECT_EQ(outcome.code, 3) << outcome.output;
  std::ostringstream sent;
  sent << "sent " << kEnough << " events";
  EXPECT_NE(outcome.output.find(sent.str()), std::string::npos) << outcome.output;
  const std::int64_t peak = peak_of(massif);
  EXPECT_GT(peak, 100'000) << "massif saw nothing";
  EXPECT_LE(peak, kMost);
  RecordProperty("peak_bytes", std::to_string(peak));
}

}  // namespace
}  // namespace hailong::tests
