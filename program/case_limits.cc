#include "program/case_limits.h"

#include "program/config.h"

namespace hailong::program {
namespace {

constexpr std::int64_t kMostDays = 365;

core::CaseLimit read_limit(Section section) {
  core::CaseLimit limit;
  const auto days = section.integer("working_days", 0, kMostDays);
  if (!days) section.expected("working_days", "a whole number from 0 to 365");
  limit.working_days = static_cast<int>(days.value_or(0));
  limit.until_hour = static_cast<int>(section.integer("until_hour", 1, 24).value_or(24));
  const auto official = section.boolean("official");
  if (!official) section.expected("official", "true or false");
  limit.official = official.value_or(false);
  limit.source = section.required_text("source");
  return limit;
}

}  // namespace

core::Result<core::CaseLimits> read_case_limits(const std::filesystem::path& path) {
  auto file = ConfigFile::read(path);
  if (!file) return core::Failure(file.error());
  core::CaseLimits limits;
  for (std::size_t i = 0; i < core::kCaseLimits; ++i) {
    limits[i] = read_limit(file->root().table(core::word_of(static_cast<core::CaseDuty>(i))));
  }
  if (auto done = file->finish(); !done) return core::Failure(done.error());
  return limits;
}

}  // namespace hailong::program
