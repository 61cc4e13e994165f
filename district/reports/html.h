#pragma once

#include <string>

#include "district/reports/report.h"

namespace hailong::district::reports {

/// The report as part of a web page, to be read on a screen or printed as it stands: an <article>
/// whose looks the page's style sheet gives. Everything in it is escaped.
std::string write_html(const Report& report);

}  // namespace hailong::district::reports
