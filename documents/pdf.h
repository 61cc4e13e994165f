#pragma once

#include <string>

#include "core/result.h"
#include "documents/report.h"

namespace hailong::documents {

/// The report as a PDF, laid out as Nghị định 30/2020/NĐ-CP asks (layout.h): text that can be
/// selected and searched, embedded Liberation Serif (as wide as Times New Roman), repeated table
/// heads, headings as bookmarks, headings, paragraphs, tables and charts tagged for screen readers,
/// "NGƯỠNG TẠM" across every page of a provisional report. The same report gives the same bytes.
/// Errors: kNotFound when the font is not installed, kIo. Any thread.
core::Result<std::string> write_pdf(const Report& report);

}  // namespace hailong::documents
