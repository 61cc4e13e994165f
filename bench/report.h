#pragma once

#include <cstdio>
#include <string>

namespace hailong::bench {

/// Prints figures against their limits, one line each, and remembers whether all were kept.
class Report {
 public:
  /// `value` must not be above `limit`.
  void at_most(const std::string& name, double value, double limit, const char* unit) {
    line(name, value, "<=", limit, unit, value <= limit);
  }
  /// `value` must not be below `limit`.
  void at_least(const std::string& name, double value, double limit, const char* unit) {
    line(name, value, ">=", limit, unit, value >= limit);
  }
  /// For orientation only.
  static void note(const std::string& name, double value, const char* unit) {
    std::printf("%-44s %12.3f %s\n", name.c_str(), value, unit);
    std::fflush(stdout);
  }

  [[nodiscard]] int exit_code() const { return kept_ ? 0 : 1; }

 private:
  void line(const std::string& name, double value, const char* relation, double limit,
            const char* unit, bool kept) {
    std::printf("%-44s %12.3f %s   %s %.3f", name.c_str(), value, unit, relation, limit);
    if (limit != 0) std::printf("   ratio %.2f", value / limit);
    std::printf("   %s\n", kept ? "ok" : "MISSED");
    std::fflush(stdout);
    kept_ = kept_ && kept;
  }

  bool kept_ = true;
};

}  // namespace hailong::bench
