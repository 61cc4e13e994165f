#pragma once

#include "documents/pdf_page.h"
#include "documents/report.h"

namespace hailong::documents {

inline constexpr double kChartHeight = points(58);

/// Draws the chart on paper, without its caption into `width` and kChartHeight, from its upper left
/// corner.
void draw_chart(const PdfPages& pages, const Chart& chart, double x, double y, double width);

}  // namespace hailong::documents
