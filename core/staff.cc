#include "core/staff.h"

#include <algorithm>
#include <array>

namespace hailong::core {
namespace {

struct StaffName {
  std::string_view word;
  std::string_view name;
};

constexpr std::array<StaffName, kStaffRoles> kRoleNames = {
    {{"officer", "Cán bộ"}, {"head", "Trưởng đơn vị"}}};
constexpr std::array<StaffName, kStaffDeeds> kDeedNames = {
    {{"set-up", "Thiết lập bằng mã dùng một lần"},
     {"sign-in", "Đăng nhập"},
     {"wrong-pin", "Nhập sai mã PIN"},
     {"lock-out", "Bị khóa vì nhập sai mã PIN"},
     {"sign-out", "Đăng xuất"},
     {"change-pin", "Đổi mã PIN"},
     {"give-pin", "Cấp mã PIN mới"},
     {"read-case", "Xem ý kiến"},
     {"see-contact", "Xem thông tin liên hệ"},
     {"search", "Tìm trong lời góp ý"},
     {"report", "Lưu báo cáo"},
     {"test-parts", "Kiểm tra thiết bị"}}};

template <typename Kind, std::size_t N>
std::optional<Kind> kind_named(const std::array<StaffName, N>& names, std::string_view word) {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [&](const StaffName& each) { return each.word == word; });
  if (found == names.end()) return std::nullopt;
  return static_cast<Kind>(found - names.begin());
}

}  // namespace

std::string_view word_of(StaffRole role) { return kRoleNames[static_cast<std::size_t>(role)].word; }
std::string_view word_of(StaffDeed deed) { return kDeedNames[static_cast<std::size_t>(deed)].word; }

std::optional<StaffRole> staff_role_of(std::string_view word) {
  return kind_named<StaffRole>(kRoleNames, word);
}
std::optional<StaffDeed> staff_deed_of(std::string_view word) {
  return kind_named<StaffDeed>(kDeedNames, word);
}

std::string_view name_of(StaffRole role) { return kRoleNames[static_cast<std::size_t>(role)].name; }
std::string_view name_of(StaffDeed deed) { return kDeedNames[static_cast<std::size_t>(deed)].name; }

}  // namespace hailong::core
