#pragma once

#include <filesystem>
#include <vector>

#include "core/result.h"
#include "core/scoring.h"

namespace hailong::district::scoring {

/// The criterion of each year. A programme holds from its year on, until a later one takes over.
class Programmes {
 public:
  /// Reads [[programme]] tables (config/programme.toml shows all keys). Errors:
  /// kNotFound, kInvalid with file, line, key and what was expected.
  static core::Result<Programmes> read(const std::filesystem::path& path);

  /// Null when none is that old.
  [[nodiscard]] const core::Programme* for_year(int year) const;

 private:
  std::vector<core::Programme> programmes_;  // by year
};

}  // namespace hailong::district::scoring
