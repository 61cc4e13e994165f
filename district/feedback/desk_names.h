#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "core/result.h"

namespace hailong::district::feedback {

/// What counters and officers are called. Kiosks send their ids alone; whoever runs the district
/// may give it the names, and where there is none the id is shown, as what it is.
class DeskNames {
 public:
  /// Reads CSV text with the heading unit,kind,id,name; `unit` is the commune's code, `kind`
  /// counter or officer. Errors: kInvalid with line and reason.
  static core::Result<DeskNames> parse(std::string_view csv);

  /// "Quầy số 1 (mã q1)"; "Quầy mã q1" without a name. `unit`: code or id.
  [[nodiscard]] std::string counter(std::string_view unit, const std::string& id) const;
  /// "Lê An (mã cb-01)"; "mã cb-01" without a name.
  [[nodiscard]] std::string officer(std::string_view unit, const std::string& id) const;

 private:
  [[nodiscard]] const std::string* find(std::string_view unit, const char* kind,
                                        const std::string& id) const;

  std::map<std::tuple<std::string, std::string, std::string>, std::string> names_;
};

}  // namespace hailong::district::feedback
