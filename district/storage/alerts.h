#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "core/local_date.h"
#include "core/result.h"
#include "district/storage/store.h"

/// Ratings that tell of money or misconduct. For the head of the unit and the authority above;
/// never says whom they concern. Any thread.

namespace hailong::district::storage {

struct UnitAlerts {
  std::int64_t ratings = 0;  // with at least one such answer
  std::map<std::pair<std::string, std::string>, std::int64_t> answers;  // by question and choice
};

class AlertReader {
 public:
  explicit AlertReader(Store& store) : store_(store) {}

  /// By unit id; both days are included. Units without an alert are not in it.
  core::Result<std::map<std::string, UnitAlerts>> read(core::LocalDate from, core::LocalDate to);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
