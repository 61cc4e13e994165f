#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/result.h"

namespace hailong::district::scoring {

/// Names of the procedure fields (lĩnh vực).
class ProcedureFields {
 public:
  /// Reads CSV text with the heading id,name. Errors: kInvalid with line and reason.
  static core::Result<ProcedureFields> parse(std::string_view csv);

  /// "Hộ tịch" for "ho-tich"; "Chưa rõ lĩnh vực" for an empty id; the id itself when unknown.
  [[nodiscard]] std::string name_of(const std::string& id) const;

  [[nodiscard]] bool knows(const std::string& id) const { return names_.contains(id); }

  using Names = std::map<std::string, std::string, std::less<>>;
  [[nodiscard]] const Names& all() const { return names_; }

 private:
  Names names_;
};

}  // namespace hailong::district::scoring
