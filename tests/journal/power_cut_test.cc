#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstring>
#include <fstream>
#include <optional>

#include "tests/journal/look.h"
#include "tests/journal/power_disk.h"

/// The plug is pulled at every write that fifty taps cost.

namespace hailong::journal {
namespace {

using tests::PowerDisk;
using tests::PulledPlug;
using tests::TempFolder;
using Kind = PowerDisk::Kind;

#ifdef HAILONG_SANITIZED
constexpr int kEvery = 11;
#else
constexpr int kEvery = 1;
#endif

constexpr int kTaps = 50;

/// What was thanked for, in order.
class Thanked {
 public:
  void add(const core::Result<Appended>& place) {
    ASSERT_TRUE(place) << place.error().message;
    places_.push_back(*place);
    PowerDisk::note(static_cast<std::int64_t>(places_.size()));
  }
  [[nodiscard]] const std::vector<Appended>& places() const { return places_; }

 private:
  std::vector<Appended> places_;
};

void tap(Journal& journal, int number, Thanked& thanked) {
  const core::Stamp stamp = stamp_at(1'795'453'200'000 + std::int64_t{number} * 60'000);
  Beside beside;
  beside.token_digest.emplace();
  beside.token_digest->fill(static_cast<std::uint8_t>(number));
  const auto rating =
      journal.append(stamp, rating_of(number % 5 + 1, "v" + std::to_string(number)), beside);
  thanked.add(rating);
  if (number % 4 == 0) {
    thanked.add(journal.append(stamp, core::Answers{rating->seq, {{"reasons", {"slow"}}}, false}));
  }
  if (number % 7 == 0) {
    thanked.add(journal.append(stamp, core::Correction{rating->seq, *core::Score::from(5)}));
  }
  if (number % 9 == 0) {
    thanked.add(journal.append_feedback(stamp, rating->seq, core::FeedbackKind::kWords,
                                        "Chờ lâu quá, xin thêm ghế ngồi"));
  }
}

/// Fifty taps from the first start on; the kiosk is switched off and on in between.
std::vector<PowerDisk::Deed> fifty_taps(const TempFolder& folder, Thanked& thanked) {
  PowerDisk::install();
  PowerDisk::record(folder.path());
  std::optional<Journal> journal;
  for (int i = 0; i < kTaps; ++i) {
    if (i % 17 == 0) {
      journal.reset();
      journal.emplace(must(Journal::open(folder.path(), kDevice)));
    }
    tap(*journal, i, thanked);
  }
  journal.reset();
  return PowerDisk::stop();
}

void lay_out(const std::map<std::string, std::string>& files, const TempFolder& folder) {
  for (const auto& [name, bytes] : files) {
    std::ofstream(folder.path() / name, std::ios::binary) << bytes;
  }
}

/// Why what was thanked for is not there, or nothing more can be appended; empty when all is well.
std::string fault_after_cut(const TempFolder& folder, const Thanked& thanked, std::size_t count) {
  auto journal = Journal::open(folder.path(), kDevice);
  if (!journal) return journal.error().message;
  auto reader = must(Reader::open(folder.path() / kJournalFile));
  const Verification found = must(reader.verify_from(0, {}, 100'000));
  if (found.first_bad) return found.reason;
  if (count > 0) {
    SQLite::Database database = raw(folder);
    for (const Appended& place : {thanked.places()[0], thanked.places()[count - 1]}) {
      SQLite::Statement event(database, "SELECT hash FROM event WHERE seq = ?");
      event.bind(1, place.seq);
      if (!event.executeStep() || sqlite::bytes32_of(event.getColumn(0)) != place.hash) {
        return "event " + std::to_string(place.seq) + " was thanked for and is lost";
      }
    }
  }
  const auto next = journal->append(stamp_at(1'795'460'000'000), rating_of(4, "behind the cut"));
  if (!next) return next.error().message;
  return next->seq == found.events + 1 ? "" : "the numbers do not go on";
}

struct Cuts {
  int made = 0;
  int lost = 0;
  std::string first;
};

Cuts cut_everywhere(const std::vector<PowerDisk::Deed>& deeds, const TempFolder& original,
                    const Thanked& thanked, int every) {
  Cuts cuts;
  PulledPlug plug;
  std::size_t count = 0;
  int writes = 0;
  for (const PowerDisk::Deed& deed : deeds) {
    if (deed.kind == Kind::kNote) count = static_cast<std::size_t>(deed.place);
    plug.take(deed);
    if (deed.kind != Kind::kWrite || ++writes % every != 0) continue;
    std::mt19937 chance(static_cast<std::uint32_t>(writes));
    const TempFolder folder;
    std::filesystem::copy_file(original.path() / kDeviceKeyFile, folder.path() / kDeviceKeyFile);
    lay_out(plug.cut(chance), folder);
    ++cuts.made;
    const std::string fault = fault_after_cut(folder, thanked, count);
    if (fault.empty()) continue;
    if (cuts.lost++ == 0) cuts.first = "write " + std::to_string(writes) + ": " + fault;
  }
  return cuts;
}

TEST(PowerCut, LosesNothingThatWasThankedForAtAnyWrite) {
  const TempFolder folder;
  Thanked thanked;
  const auto deeds = fifty_taps(folder, thanked);
  const Cuts cuts = cut_everywhere(deeds, folder, thanked, kEvery);
  EXPECT_GT(cuts.made, 1000 / kEvery);
  EXPECT_EQ(cuts.lost, 0) << cuts.first;
}

/// What a wrong PRAGMA would do.
int forget_to_sync(sqlite3* database, char** /*error*/, const sqlite3_api_routines* /*api*/) {
  const auto ignore_raising = [](void* /*unused*/, int action, const char* name, const char* value,
                                 const char* /*database*/, const char* /*trigger*/) {
    const bool raises = action == SQLITE_PRAGMA && name != nullptr && value != nullptr &&
                        std::strcmp(name, "synchronous") == 0;
    return raises ? SQLITE_IGNORE : SQLITE_OK;
  };
  sqlite3_exec(database, "PRAGMA synchronous = NORMAL", nullptr, nullptr, nullptr);
  return sqlite3_set_authorizer(database, ignore_raising, nullptr);
}

TEST(PowerCut, WouldFindACommitThatIsNotSynced) {
  const TempFolder folder;
  Thanked thanked;
  auto* extension = reinterpret_cast<void (*)()>(&forget_to_sync);
  sqlite3_auto_extension(extension);
  const auto deeds = fifty_taps(folder, thanked);
  sqlite3_cancel_auto_extension(extension);
  EXPECT_GT(cut_everywhere(deeds, folder, thanked, 97).lost, 0);
}

}  // namespace
}  // namespace hailong::journal
