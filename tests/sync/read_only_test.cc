#include <gtest/gtest.h>

#include "sync/loop.h"
#include "tests/journal/sample.h"
#include "tests/read_only_folder.h"
#include "tests/sync/fake_district.h"
#include "tests/temp_folder.h"

/// A daemon beside a journal on a card that can only be read.

namespace hailong::sync {
namespace {

/// For a daemon that ends by itself.
class NoWaiting : public Waiting {
 public:
  bool stopped() override { return false; }
  [[nodiscard]] core::Stamp now() const override { return journal::stamp_at(1'795'453'200'000); }
  void watch() override {}
  Woken for_change(std::chrono::milliseconds /*most*/) override { return Woken::kByTime; }
  Woken for_time(std::chrono::milliseconds /*time*/) override { return Woken::kByTime; }
};

TEST(ReadOnlyData, KeepNothingFromTheDistrictForEver) {
  if (const std::string why = tests::ReadOnlyFolder::refusal(); !why.empty()) GTEST_SKIP() << why;
  const tests::TempFolder folder;
  journal::journal_with(folder.path(), 3);
  tests::ReadOnlyFolder card(folder.path());
  Settings settings;
  FakeDistrict district;
  NoWaiting waiting;
  settings.data_dir = folder.path();
  settings.district = district.key.public_key();
  Loop loop(settings, district, waiting, [] { return 0.5; });

  card.freeze();
  const auto frozen = loop.run_once();
  ASSERT_FALSE(frozen);
  EXPECT_EQ(frozen.error().fault, core::Fault::kIo) << frozen.error().message;
  EXPECT_NE(frozen.error().message.find(folder.path().string()), std::string::npos)
      << frozen.error().message;

  card.thaw();
  const Drained drained = journal::must(loop.run_once());
  EXPECT_EQ(drained.unsent, 0);
  auto outbox = journal::must(journal::Outbox::open(folder.path()));
  EXPECT_GE(journal::must(outbox.last()), 3);  // and what the district told of the time
  EXPECT_EQ(static_cast<core::Seq>(district.events.size()), journal::must(outbox.last()));
}

}  // namespace
}  // namespace hailong::sync
