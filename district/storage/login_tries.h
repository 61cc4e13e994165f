#pragma once

#include <cstdint>
#include <span>

#include "core/hex.h"
#include "core/result.h"
#include "district/storage/store.h"

namespace hailong::district::storage {

/// Logins that failed in a row, for one account or one address.
struct Tries {
  std::int64_t wrong = 0;
  std::int64_t rests_until = 0;
};

/// Whose tries are counted, and how many are free.
struct Tried {
  core::Bytes32 subject{};  // a hash
  int free = 0;
};

inline constexpr std::int64_t kFirstRestMs = 30'000;
inline constexpr std::int64_t kLongestRestMs = 900'000;
inline constexpr std::int64_t kTriesKeptMs = 86'400'000;  // since the last one

/// What one more try makes of `before`: after the free ones a subject rests for 30 seconds, and
/// twice as long after each further one, up to 15 minutes. Pure.
Tries after_try(const Tries& before, int free, std::int64_t now_ms);

/// Counts failed logins where a restart does not forget them. Any thread, any number of processes.
class LoginTries {
 public:
  explicit LoginTries(Store& store) : store_(store) {}

  /// Zero when all subjects may try now; the try then counts as wrong until passed() is told
  /// otherwise, so that tries at the same moment count too. Else how many milliseconds to wait.
  core::Result<std::int64_t> try_now(std::span<const Tried> subjects, std::int64_t now_ms);

  /// The password was right: `account` begins anew; from `address`, which may have tried other
  /// accounts, only this try is taken back.
  core::Result<void> passed(const core::Bytes32& account, const core::Bytes32& address);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
