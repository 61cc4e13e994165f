#pragma once

#include <array>
#include <string>

#include "district/http/message.h"
#include "district/web/periods.h"

/// The row of links and the form by which a page's range of days is chosen.

namespace hailong::district::web {

/// What a page of figures is asked for in its address.
struct Asked {
  core::LocalDate today;
  Period shown;
  bool as_now = false;        // successors take over what their predecessors had
  std::string error;          // what was wrong with the address; empty when nothing was
  bool whole_months = false;  // only months that are over are offered, and shown in fives
};

/// The fields of the address that say which ratings are shown.
inline constexpr std::array kPeriodFields = {"from", "to", "as"};

/// Reads from, to (inclusive days; today when both are missing) and as (then, now).
Asked asked_of(const http::Request& request, core::LocalDate today);

/// "?from=2026-11-01&to=2026-11-24", with "&as=now" where that was asked for.
std::string query_of(const Asked& asked);

/// `path` is the page's own address.
std::string period_picker_html(const std::string& path, const Asked& asked);

}  // namespace hailong::district::web
