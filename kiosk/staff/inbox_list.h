#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/staff/shift.h"

namespace hailong::kiosk::staff {

/// Which cases the inbox shows.
struct InboxFilter {
  enum class Stage : std::uint8_t { kAll, kNew, kOpen, kOverdue, kSettled };
  Stage stage = Stage::kOpen;
  journal::CaseFilter cases;  // their scope is the inbox's own
};

/// The cases in front of one person: a list with filters and search.
class InboxList {
 public:
  explicit InboxList(const Shift& shift) : shift_(shift) {}

  /// Errors: those of the journal.
  core::Result<View> view();
  /// False for what is none of the list's.
  bool take(const Command& command);

  /// The deadline that binds next, and whether it has passed.
  static std::string due_words(const Shift& shift, const journal::CaseHead& head, Tone& tone);

 private:
  core::Result<std::vector<journal::CaseHead>> chosen();
  core::Result<void> show_list(View& view);
  void show_filter(View& view) const;
  void set_filter(std::int64_t which);
  [[nodiscard]] std::string filter_words() const;
  Table::Row row_of(const journal::CaseHead& head, const std::vector<journal::Words>& words) const;

  const Shift& shift_;
  InboxFilter filter_;
  bool choosing_ = false;   // the page of filters
  bool searching_ = false;  // the search is being typed
  int page_ = 0;
};

}  // namespace hailong::kiosk::staff
