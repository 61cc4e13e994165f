#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/event.h"
#include "core/result.h"
#include "journal/review.h"
#include "kiosk/flow/survey.h"

/// Counts of finished procedures out of a CSV file, as it is looked at before anything is kept
/// (docs/staff.md). Nothing here writes. Reads files: for a worker thread. Errors and what is wrong
/// with a line are sentences for staff.

namespace hailong::kiosk::staff {

/// A field that finished more on one day is a slip of the finger.
inline constexpr std::int64_t kMostServed = 10'000;

/// What a file may hold.
inline constexpr std::size_t kMostServedBytes = 1'048'576;
inline constexpr std::size_t kMostServedLines = 10'000;

struct ServedLine {
  int line = 0;         // of the file, from 1
  core::Served served;  // `who` is empty: whoever takes it over fills it in
};

struct WrongLine {
  int line = 0;
  std::string why;

  bool operator==(const WrongLine&) const = default;
};

/// Both in the order of the file.
struct ServedPreview {
  std::vector<ServedLine> right;
  std::vector<WrongLine> wrong;
};

/// Reads the text of a file. `today`: no later day is right. Errors: kInvalid for a file that is no
/// such list at all, or too large.
core::Result<ServedPreview> parse_served(std::string_view text,
                                         const std::vector<flow::Field>& fields,
                                         core::LocalDate today);

/// The same from a file. Errors also kNotFound, kIo.
core::Result<ServedPreview> read_served(const std::filesystem::path& file,
                                        const std::vector<flow::Field>& fields,
                                        core::LocalDate today);

/// First and last day of the right lines; nothing without any.
std::optional<std::pair<core::LocalDate, core::LocalDate>> days_of(const ServedPreview& preview);

/// A right line beside what stands in the journal.
struct ServedChange {
  ServedLine line;
  std::optional<std::int64_t> before;  // the count that stands there; nothing: none yet

  [[nodiscard]] bool is_new() const { return !before; }
  /// False: taking it over would say nothing new.
  [[nodiscard]] bool changes() const { return before != line.served.count; }
};

/// Every right line, in order. `existing`: the counts of days_of() at least.
std::vector<ServedChange> compare(const ServedPreview& preview,
                                  const std::vector<journal::ServedCount>& existing);

/// The CSV files that lie in a folder itself, newest first, at most 50. Errors: kIo.
core::Result<std::vector<std::filesystem::path>> served_files_in(
    const std::filesystem::path& folder);

}  // namespace hailong::kiosk::staff
