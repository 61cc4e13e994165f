#pragma once

#include "district/storage/appraisals.h"
#include "district/storage/roll_ups.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// The year's appraisal: /appraisal, /appraisal/YEAR and /appraisal/YEAR/UNIT-ID with their forms.
/// Any thread.
class AppraisalPages {
 public:
  AppraisalPages(storage::Store& store, const Config& config)
      : roll_ups_(store), appraisals_(store), config_(config) {}

  /// Adds its addresses to `site`; must then outlive it.
  void add_to(Site& site);

 private:
  /// What an address names, once it is known to be there and this person's to see.
  struct Place {
    int year = 0;
    const core::Unit* unit = nullptr;
    core::LocalDate today;
  };
  using Finding = std::variant<Place, http::Response>;
  using Fill = std::function<core::Result<void>(const http::Request&, storage::AppraisalEntry&)>;

  Finding find(const Site& site, const http::Request& request,
               const access::Principal& person) const;
  http::Response year_page(const Site& site, const http::Request& request,
                           const access::Principal& person);
  http::Response unit_page(const Site& site, const http::Request& request,
                           const access::Principal& person);
  http::Response propose_all(const Site& site, const http::Request& request,
                             const access::Principal& person);
  http::Response propose_one(const Site& site, const http::Request& request,
                             const access::Principal& person);
  void add_step(Site& site, const std::string& action, access::Right right,
                storage::AppraisalStep step, Fill fill);

  storage::RollUpReader roll_ups_;
  storage::Appraisals appraisals_;
  const Config& config_;
};

/// "8,7" or "8.70" as hundredths; nothing for what is no number from 0 to 1000 with at most two
/// decimals.
std::optional<std::int64_t> hundredths_of(std::string_view text);

}  // namespace hailong::district::web
