#include <gtest/gtest.h>

#include <sstream>

#include "journal/export_file.h"
#include "tests/journal/look.h"

/// An exported chain is held against itself, to the byte.

namespace hailong::journal {
namespace {

using tests::TempFolder;

// Under a sanitizer it is a sample, since what is left out shows there, too.
#ifdef NDEBUG
constexpr std::size_t kEveryBit = 1;
constexpr std::size_t kSample = 13;
#else
constexpr std::size_t kEveryBit = 11;
constexpr std::size_t kSample = 1009;
#endif

Verification verify(const std::string& text) {
  std::istringstream file(text);
  return verify_export(file);
}

class Export : public testing::Test {
 protected:
  void SetUp() override {
    Journal journal = must(Journal::open(folder_.path(), kDevice, 41));
    for (int i = 0; i < 10; ++i) {
      must(journal.append(stamp_at(i), rating_of(i % 5 + 1, std::to_string(i))));
    }
    must(journal.append_feedback(stamp_at(20), 43, core::FeedbackKind::kWords, "chờ lâu"));
    head_ = verified(folder_).head;
  }

  std::string text() {
    std::string lines;
    must(must(Reader::open(folder_.path() / kJournalFile))
             .each_line_of_export([&](std::string_view line) { lines.append(line) += '\n'; }));
    return lines;
  }

  TempFolder folder_;
  core::Bytes32 head_{};
};

TEST_F(Export, VerifiesAsTheJournalDoes) {
  const Verification found = verify(text());
  EXPECT_FALSE(found.first_bad.has_value()) << found.reason;
  EXPECT_EQ(found.events, 11);
  EXPECT_EQ(found.last, 51);
  EXPECT_EQ(found.head, head_);
}

TEST_F(Export, VerifiesWithoutAnyEvent) {
  const TempFolder empty;
  const Journal journal = journal_with(empty.path(), 0);
  std::string lines;
  must(must(Reader::open(empty.path() / kJournalFile))
           .each_line_of_export([&](std::string_view line) { lines.append(line) += '\n'; }));
  const Verification found = verify(lines);
  EXPECT_FALSE(found.first_bad.has_value()) << found.reason;
  EXPECT_EQ(found.events, 0);
}

/// Flips one bit at a time, of those that are `step` apart.
void expect_found_when_flipped(std::string lines, std::size_t step) {
  for (std::size_t bit = 0; bit < lines.size() * 8; bit += step) {
    char& byte = lines[bit / 8];
    const char good = byte;
    byte = static_cast<char>(static_cast<unsigned char>(good) ^ (1U << bit % 8));
    ASSERT_TRUE(verify(lines).first_bad.has_value()) << "byte " << bit / 8 << ", bit " << bit % 8;
    byte = good;
  }
}

TEST_F(Export, FindsEveryFlippedBit) { expect_found_when_flipped(text(), kEveryBit); }

/// Each bit costs the reading of all lines: of 200 events, which are like those above, a sample
/// that meets every line, and every place of a line in one of them.
TEST_F(Export, FindsFlippedBitsHoweverMuchStandsBehindThem) {
  {
    Journal journal = must(Journal::open(folder_.path(), kDevice, 41));
    for (int i = 11; i < 200; ++i) {
      must(journal.append(stamp_at(i), rating_of(i % 5 + 1, std::to_string(i))));
    }
  }
  const std::string lines = text();
  ASSERT_EQ(verify(lines).events, 200);
  expect_found_when_flipped(lines, kSample);
}

TEST_F(Export, FindsWhereItWasCut) {
  const std::string good = text();
  for (std::size_t size = 0; size < good.size(); ++size) {
    ASSERT_TRUE(verify(good.substr(0, size)).first_bad.has_value()) << size << " bytes";
  }
}

TEST_F(Export, NamesTheEventThatIsMissing) {
  std::string lines = text();
  const std::size_t at = lines.find("{\"seq\":45,");
  lines.erase(at, lines.find('\n', at) + 1 - at);
  EXPECT_EQ(verify(lines).first_bad, 45);
}

TEST_F(Export, FindsAJournalWhoseEndIsNotItsChains) {
  SQLite::Database database = raw(folder_);
  database.exec(
      "DROP TRIGGER event_is_never_changed; UPDATE event SET hash = zeroblob(32) WHERE seq = 51");
  EXPECT_TRUE(verify(text()).first_bad.has_value());
}

}  // namespace
}  // namespace hailong::journal
