#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace hailong::district::scoring {

/// Why a line of a file cannot be taken: for the operator's terminal and for pages.
struct LineFault {
  int line = 0;
  std::string english;
  std::string vietnamese;
};

/// What a file holds, and every line that cannot be taken. One fault, and none of it is.
template <typename T>
struct FileRows {
  std::vector<T> rows;
  std::vector<LineFault> faults;
};

/// The first fault as an error: kInvalid, "line 3: …".
inline core::Failure first_fault(const std::vector<LineFault>& faults) {
  const LineFault& first = faults.front();
  std::string message = "line " + std::to_string(first.line) + ": " + first.english;
  if (faults.size() > 1) {
    message.append("; ").append(std::to_string(faults.size() - 1)).append(" more bad lines");
  }
  return core::fail(core::Fault::kInvalid, message);
}

}  // namespace hailong::district::scoring
