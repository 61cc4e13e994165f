#pragma once

#include <optional>

#include "core/hex.h"
#include "core/result.h"
#include "district/sql/connection.h"
#include "district/storage/ledger.h"
#include "district/storage/store.h"

namespace hailong::district::storage {

/// The visit whose kiosk showed the token with this digest. Of several that claim the same one (no
/// honest kiosk does), the first.
std::optional<LaterVisit> find_later_visit(sql::Connection& c, const core::Bytes32& token);

class LaterVisitReader {
 public:
  explicit LaterVisitReader(Store& store) : store_(store) {}

  core::Result<std::optional<LaterVisit>> find(const core::Bytes32& token);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
