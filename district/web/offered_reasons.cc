#include "district/web/offered_reasons.h"

#include <toml++/toml.h>

#include "survey_texts.h"

namespace hailong::district::web {
namespace {

/// The file was in the build: one that is not as expected is a fault of the program, and throws.
std::vector<std::string> ids_of(const toml::table& survey_file, const char* key) {
  const toml::array& ids = *survey_file["reasons"][key].as_array();
  std::vector<std::string> reasons;
  reasons.reserve(ids.size());
  for (const toml::node& id : ids) reasons.push_back(id.ref<std::string>());
  return reasons;
}

OfferedReasons read_offered_reasons() {
  const toml::table file = toml::parse(survey::k_survey_toml);
  return {ids_of(file, "low"), ids_of(file, "middle"), ids_of(file, "high"), ids_of(file, "alert")};
}

}  // namespace

const std::vector<std::string>& OfferedReasons::with(core::Score score) const {
  if (score.value() <= 2) return low;
  return score.value() == 3 ? middle : high;
}

const OfferedReasons& offered_reasons() {
  static const OfferedReasons kOffered = read_offered_reasons();
  return kOffered;
}

}  // namespace hailong::district::web
