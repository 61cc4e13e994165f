#include "kiosk/machine/local_faults.h"

#include <gtest/gtest.h>

#include <fstream>

#include "journal/salvage.h"
#include "program/sole_run.h"
#include "tests/journal/damage.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"
#include "wire/key_file.h"

namespace hailong::kiosk::machine {
namespace {

using tests::TempFolder;

std::string words_of(const LocalFaults& faults, const std::string& label) {
  for (const Fact& fact : facts_of(faults)) {
    if (fact.label == label) return fact.words;
  }
  return {};
}

TEST(LocalFaults, AreNoneOnAMachineThatIsWell) {
  const TempFolder folder;
  journal::journal_with(folder.path(), 1);
  const LocalFaults faults = find_faults(folder.path(), std::nullopt);
  EXPECT_EQ(words_of(faults, "Ghi đánh giá"), "Ghi được");
  EXPECT_EQ(words_of(faults, "Khóa của máy"), "Đúng");
  for (const Fact& fact : facts_of(faults)) EXPECT_EQ(fact.verdict, Verdict::kGood);
  EXPECT_TRUE(set_aside_facts(faults).empty());
}

TEST(LocalFaults, TellOfAKeyThatIsLostForeignOrNoKey) {
  const TempFolder folder;
  journal::journal_with(folder.path(), 1);
  const auto key = folder.path() / journal::kDeviceKeyFile;
  std::filesystem::rename(key, folder.path() / "kept");
  EXPECT_EQ(find_faults(folder.path(), std::nullopt).key, KeyState::kLost);
  ASSERT_TRUE(wire::read_or_make_key(key));
  EXPECT_EQ(find_faults(folder.path(), std::nullopt).key, KeyState::kForeign);
  std::ofstream(key) << "no key";
  EXPECT_EQ(find_faults(folder.path(), std::nullopt).key, KeyState::kUnreadable);
  std::filesystem::rename(folder.path() / "kept", key);
  EXPECT_EQ(find_faults(folder.path(), std::nullopt).key, KeyState::kRight);
}

TEST(LocalFaults, TellWhyAndSinceWhenNothingIsRecorded) {
  const TempFolder folder;
  const RecordingTrouble trouble{{core::Fault::kFull, "full"},
                                 journal::stamp_at(1'795'485'600'000)};
  const std::string words = words_of(find_faults(folder.path(), trouble), "Ghi đánh giá");
  EXPECT_EQ(words.find("Không ghi được từ 09:00 ngày 24/11/2026: bộ nhớ đã đầy"), 0U) << words;
}

TEST(LocalFaults, TellOfASecondStart) {
  const TempFolder folder;
  const auto first = program::run_alone(folder.path() / "kiosk.lock", "hailong-kiosk");
  EXPECT_EQ(words_of(find_faults(folder.path(), std::nullopt), "Mở hai lần"), "");
  EXPECT_FALSE(program::run_alone(folder.path() / "kiosk.lock", "hailong-kiosk"));
  const std::string words = words_of(find_faults(folder.path(), std::nullopt), "Mở hai lần");
  EXPECT_EQ(words.find("Chương trình đánh giá bị mở lần thứ hai lúc "), 0U) << words;
}

TEST(LocalFaults, TellWhatIsLeftOfAJournalThatWasSetAside) {
  const TempFolder folder;
  journal::journal_with(folder.path(), 90);
  journal::damage_event(folder.path() / journal::kJournalFile, "v60");
  const auto salvaged = journal::salvage(folder.path(), journal::kDevice, journal::stamp_at(1), 1);
  ASSERT_TRUE(salvaged && *salvaged);
  const LocalFaults faults = find_faults(folder.path(), std::nullopt);
  const core::Seq last = (*salvaged)->last;
  EXPECT_EQ(faults.set_aside, (std::vector{SetAside{last, last}}));
  const auto facts = set_aside_facts(faults);
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].words.find("Còn nguyên đến sự kiện " + std::to_string(last)), 0U);
}

}  // namespace
}  // namespace hailong::kiosk::machine
