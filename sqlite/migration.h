#pragma once

#include <string_view>

namespace hailong::sqlite {

/// One step of a schema: NNN_name.sql. Steps are never changed once shipped.
struct Migration {
  int number;
  std::string_view sql;
};

}  // namespace hailong::sqlite
