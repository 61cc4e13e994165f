#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace hailong::sync {

/// Takes one line that says how the daemon stands, for `systemctl status`.
using Saying = std::function<void(const std::string&)>;

/// How the daemon stands with its district, in one line that begins with "reached " once the
/// district has answered in this run, and with "not reached" before. Times are milliseconds since
/// 1970 UTC.
class Outlook {
 public:
  /// What may go wrong by itself.
  enum class Part : std::size_t { kJournal, kBatch, kHeartbeat };

  /// The district has answered.
  void answered(std::int64_t now_ms) { answered_ms_ = now_ms; }

  /// What is wrong there now; empty: nothing.
  void note(Part part, const std::string& why, std::int64_t now_ms);

  /// `url`: the district's. `waiting`: events without a receipt; nothing when that is not known.
  [[nodiscard]] std::string line(const std::string& url, std::optional<std::int64_t> waiting) const;

 private:
  struct Trouble {
    std::string why;  // empty: none
    std::int64_t since_ms = 0;
  };

  std::optional<std::int64_t> answered_ms_;
  std::array<Trouble, 3> troubles_;  // by part
};

}  // namespace hailong::sync
