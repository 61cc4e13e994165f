#pragma once

#include <string>
#include <vector>

#include "core/units.h"
#include "district/feedback/unsigned_days.h"
#include "district/storage/staff_records.h"
#include "district/web/long_list.h"

namespace hailong::district::web {

/// Which days communes looked through and signed off, and which not.
struct SignOffsView {
  core::LocalDate today;
  std::vector<const core::Unit*> units;  // that the reader may see
  storage::SignOffs found;               // of the last days
  feedback::UnsignedDays missing;
  const core::Unit* unit = nullptr;  // whose signatures are listed one by one; null: of none
  bool names_people = false;         // who signed is for this reader
  ListAsked list;
};

/// The inside of the page. Everything that came from outside is escaped.
std::string sign_offs_html(const SignOffsView& view);

}  // namespace hailong::district::web
