#include <gtest/gtest.h>
#include <sqlite3.h>

#include <string_view>

#include "kiosk/flow/flow.h"
#include "tests/kiosk/disk.h"
#include "tests/kiosk/outcomes.h"
#include "tests/temp_folder.h"

/// No thank-you without a sync. A kill -9 proves nothing here: what the kernel has is not lost by
/// it.

namespace hailong::tests {
namespace {

namespace flow = kiosk::flow;

const core::DeviceId kDevice{"kt-10750-q1"};

/// Makes every database of the process forget its promise: what a wrong PRAGMA would do.
int lower_synchronous(sqlite3* database, char** /*error*/, const sqlite3_api_routines* /*api*/) {
  sqlite3_exec(database, "PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
  const auto ignore_raising = [](void* /*unused*/, int action, const char* name, const char* value,
                                 const char* /*database*/, const char* /*trigger*/) {
    const bool raises = action == SQLITE_PRAGMA && name != nullptr && value != nullptr &&
                        std::string_view(name) == "synchronous";
    return raises ? SQLITE_IGNORE : SQLITE_OK;
  };
  return sqlite3_set_authorizer(database, ignore_raising, nullptr);
}

/// Syncs between a tap and its thank-you, through the real flow, writer and journal.
long syncs_before_thanks() {
  watch_disk();
  const TempFolder folder;
  Outcomes outcomes;
  kiosk::Writer writer(folder.path(), kDevice, outcomes.collector());
  const flow::Survey survey;
  flow::Flow flow({}, survey, core::TypingMethod::kLetters, core::TonePlacement::kOld);
  writer.append(rating_job("0000000000000001", 3));  // the journal is open and warm after it
  EXPECT_TRUE(outcomes.wait_for(0));

  const long before = disk_syncs();
  const auto effect = flow.handle(flow::FaceTapped{*core::Score::from(5)});
  const auto* rating = effect ? std::get_if<flow::NewRating>(&effect->entry) : nullptr;
  EXPECT_NE(rating, nullptr);
  writer.append(rating_job("0000000000000002", rating->score.value()));
  const auto outcome = outcomes.wait_for(1);
  EXPECT_TRUE(outcome);
  flow.handle(flow::Appended{effect->ticket, *outcome});
  EXPECT_TRUE(std::holds_alternative<flow::Thanks>(flow.screen()));
  return disk_syncs() - before;
}

TEST(Durability, EveryThankYouFollowsASync) { EXPECT_GE(syncs_before_thanks(), 1); }

TEST(Durability, TheCounterWouldSeeALoweredPragma) {
  auto* extension = reinterpret_cast<void (*)()>(&lower_synchronous);
  sqlite3_auto_extension(extension);
  const long syncs = syncs_before_thanks();
  sqlite3_cancel_auto_extension(extension);
  EXPECT_EQ(syncs, 0);
}

}  // namespace
}  // namespace hailong::tests
