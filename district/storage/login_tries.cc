#include "district/storage/login_tries.h"

#include <algorithm>

#include "district/storage/connection.h"

namespace hailong::district::storage {

using sql::Connection;

Tries after_try(const Tries& before, int free, std::int64_t now_ms) {
  Tries after{before.wrong + 1, before.rests_until};
  if (after.wrong >= free) {
    const std::int64_t doublings = std::min<std::int64_t>(after.wrong - free, 5);
    after.rests_until = now_ms + std::min(kFirstRestMs << doublings, kLongestRestMs);
  }
  return after;
}

core::Result<std::int64_t> LoginTries::try_now(std::span<const Tried> subjects,
                                               std::int64_t now_ms) {
  return writing(store_, "counting a login", [&](Connection& c) -> core::Result<std::int64_t> {
    c.execute("DELETE FROM login_try WHERE last_at <= $1", now_ms - kTriesKeptMs);
    std::vector<Tries> counted;
    counted.reserve(subjects.size());
    std::int64_t wait = 0;
    for (const Tried& tried : subjects) {
      const sql::Rows rows =
          c.query("SELECT wrong, rests_until FROM login_try WHERE subject = $1", tried.subject);
      const Tries before = rows.empty() ? Tries{} : Tries{rows[0].integer(0), rows[0].integer(1)};
      wait = std::max(wait, before.rests_until - now_ms);
      counted.push_back(after_try(before, tried.free, now_ms));
    }
    if (wait > 0) return wait;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      c.execute(
          "INSERT INTO login_try (subject, wrong, last_at, rests_until) VALUES ($1, $2, $3, $4) "
          "ON CONFLICT (subject) DO UPDATE SET wrong = $2, last_at = $3, rests_until = $4",
          subjects[i].subject, counted[i].wrong, now_ms, counted[i].rests_until);
    }
    return 0;
  });
}

core::Result<void> LoginTries::passed(const core::Bytes32& account, const core::Bytes32& address) {
  return writing(store_, "counting a login", [&](Connection& c) -> core::Result<void> {
    c.execute("DELETE FROM login_try WHERE subject = $1", account);
    c.execute("UPDATE login_try SET wrong = wrong - 1, rests_until = 0 WHERE subject = $1",
              address);
    return {};
  });
}

}  // namespace hailong::district::storage
