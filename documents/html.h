#pragma once

#include <cstddef>
#include <string>

#include "documents/report.h"

namespace hailong::documents {

/// So many rows of a table stand in a page, and all that are emphasised; of the rest it says how
/// many there are. Files hold all of them.
inline constexpr std::size_t kRowsOfAPage = 60;

/// The report as part of a web page, to be read on a screen or printed as it stands: an <article>
/// whose looks the page's style sheet gives. Everything in it is escaped.
std::string write_html(const Report& report);

}  // namespace hailong::documents
