#pragma once

#include <optional>
#include <string>

#include "district/feedback/desk.h"
#include "district/http/message.h"

namespace hailong::district::web {

/// What the address of an inbox asks for.
struct InboxQuery {
  feedback::InboxFilter filter;
  std::optional<storage::CaseId> after;
  std::string error;  // in Vietnamese; what is wrong does not filter
};

/// Reads status, class, unit, overdue, asked, from, to, q and after; empty values ask for nothing.
InboxQuery parse_inbox_query(const http::Fields& fields);

}  // namespace hailong::district::web
