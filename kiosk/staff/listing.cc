#include "kiosk/staff/listing.h"

#include <algorithm>
#include <iterator>

#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {

void turn(View& view, Table& table, int& page) {
  const int count = static_cast<int>(table.rows.size());
  view.pages = std::max(1, (count + kRowsAPage - 1) / kRowsAPage);
  page = std::clamp(page, 0, view.pages - 1);
  view.page = page;
  const auto first = table.rows.begin() + static_cast<std::ptrdiff_t>(page) * kRowsAPage;
  const auto last = table.rows.begin() + std::min(count, (page + 1) * kRowsAPage);
  std::vector<Table::Row> rows(std::make_move_iterator(first), std::make_move_iterator(last));
  table.rows = std::move(rows);
}

void say_unread(View& view, const core::Error& error) {
  view.message = fault_words(error);
  view.message_tone = Tone::kAlert;
}

void add_way_out(View& view, bool at_start) {
  view.actions.insert(view.actions.begin(), {at_start ? "Khóa" : "Quay lại",
                                             {at_start ? Verb::kLock : Verb::kBack, 0, ""},
                                             Button::Kind::kPlain});
}

}  // namespace hailong::kiosk::staff
