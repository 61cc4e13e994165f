#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "district/storage/cases.h"

/// Whom residents praised in their own words: for the page and for the proposals of commendation
/// (biểu dương, khen thưởng) in the reports. Holds words that an official classified as praise, and
/// nothing that tells of money or misconduct. Any thread.

namespace hailong::district::feedback {

/// One voice of praise.
struct PraiseWords {
  storage::CaseId id;
  core::LocalDate day;
  std::string text;
};

/// What was said about one officer at one counter of one unit. `officer` is empty where the
/// resident named nobody, `counter_id` where it is not known.
struct Praised {
  std::string unit_id;
  std::string counter_id;
  std::string officer;  // the officer's id on the kiosk
  int visits = 0;
  std::map<std::string, int> reasons;  // what was chosen beside the words, by id: "listening" …
  std::vector<PraiseWords> words;      // newest first; without hidden and erased ones
};

class PraiseReader {
 public:
  explicit PraiseReader(storage::Store& store) : cases_(store) {}

  /// Of the visits from these days, both included: by unit, then most praised first.
  core::Result<std::vector<Praised>> read(core::LocalDate from, core::LocalDate to);

 private:
  storage::CaseStore cases_;
};

}  // namespace hailong::district::feedback
