#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <vector>

namespace hailong::bench {

/// Time that this thread has had on a processor.
inline double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

inline double ms_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

inline double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto place = std::lround(share * static_cast<double>(values.size() - 1));
  return values[static_cast<std::size_t>(place)];
}

}  // namespace hailong::bench
