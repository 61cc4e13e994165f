#include "district/web/doubt_words.h"

#include <map>

namespace hailong::district::web {

std::string doubt_words(const std::string& reason) {
  static const std::map<std::string, std::string, std::less<>> kWords = {
      {"burst", "nhiều phiếu liền nhau"},
      {"identical", "nhiều phiếu giống hệt nhau"},
      {"out-of-hours", "ngoài giờ làm việc"},
      {"staff-mode", "ngay sau khi cán bộ dùng máy"},
      {"superseded", "hồ sơ đã có phiếu mới hơn"}};
  const auto found = kWords.find(reason);
  return found == kWords.end() ? reason : found->second;
}

const std::vector<std::string>& decidable_doubts() {
  static const std::vector<std::string> kDoubts = {"burst", "identical", "out-of-hours",
                                                   "staff-mode"};
  return kDoubts;
}

}  // namespace hailong::district::web
