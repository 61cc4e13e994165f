#pragma once

#include <string>
#include <utility>
#include <vector>

#include "district/access/principal.h"
#include "district/config.h"
#include "district/feedback/desk.h"
#include "district/feedback/praise.h"

/// The inside of the pages about what residents say. Everything that came from outside is escaped.

namespace hailong::district::web {

struct InboxView {
  const Config& config;
  feedback::InboxFilter filter;
  bool paged = false;                                      // not the first page
  std::vector<std::pair<std::string, std::string>> units;  // id and name, to choose from
  std::int64_t now_ms = 0;
  feedback::Inbox inbox;
  std::string error;  // what was wrong with the address; empty when nothing was
};

std::string inbox_main(const InboxView& view);

/// The address of an inbox: "/feedback?status=new&q=ghe".
std::string inbox_address(const feedback::InboxFilter& filter,
                          const std::optional<storage::CaseId>& after = std::nullopt);

struct CaseView {
  const Config& config;
  const access::Principal& person;
  std::int64_t now_ms = 0;
  feedback::OpenedCase opened;
  std::string error;  // why a step was refused; empty when none was
};

std::string case_main(const CaseView& view);

struct PraiseView {
  const Config& config;
  core::LocalDate from;
  core::LocalDate to;
  std::vector<feedback::Praised> praised;
  std::string error;
};

std::string praise_main(const PraiseView& view);

/// "xã Phú Thái" for an id of the register; the id itself for another one.
std::string unit_words(const Config& config, const std::string& unit_id);

/// "27/11/2026".
std::string day_words(core::LocalDate day);

}  // namespace hailong::district::web
