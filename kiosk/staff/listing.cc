#include "kiosk/staff/listing.h"

#include <algorithm>
#include <iterator>

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

}  // namespace hailong::kiosk::staff
