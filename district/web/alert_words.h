#pragma once

#include <string>

#include "district/storage/alerts.h"

namespace hailong::district::web {

/// "Cảnh báo: 3 phiếu (Thu thêm tiền ngoài quy định: 2)". What else the same people answered on the
/// same screen is no alert and is not named.
std::string alert_words(const storage::UnitAlerts& alerts);

}  // namespace hailong::district::web
