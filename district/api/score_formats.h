#pragma once

#include <string>

#include "core/result.h"
#include "district/scoring/score_table.h"

namespace hailong::district::api {

/// The table as one JSON object, with the field names of the district's HTTP contract.
std::string scores_json(const scoring::ScoreTable& table, const std::string& authority);

/// The same rows as CSV for spreadsheets: UTF-8 with a byte-order mark, CRLF, texts that no
/// spreadsheet takes for formulas.
std::string scores_csv(const scoring::ScoreTable& table);

/// The same as an Excel workbook with figures as figures. Errors: kIo.
core::Result<std::string> scores_xlsx(const scoring::ScoreTable& table);

}  // namespace hailong::district::api
