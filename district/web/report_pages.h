#pragma once

#include <functional>
#include <optional>
#include <string>

#include "district/config.h"
#include "district/reports/report_source.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// /reports: the half-year and yearly reports to read, print and download. Any thread.
class ReportPages {
 public:
  ReportPages(storage::Store& store, const Config& config)
      : source_(store, config), config_(config) {}

  /// Adds /reports and /reports/{}, which is report.pdf, .docx, .xlsx or .csv, both with year, span
  /// (first-half, second-half, year) and unit (a unit id; left out: all). Must outlive `site`.
  void add_to(Site& site);

 private:
  /// What was asked for.
  struct Wish {
    reports::ReportPeriod period;
    std::string unit_id;  // empty: all units that the person sees
  };

  core::Result<Wish> wish_of(const http::Request& request, const access::Principal& reader,
                             core::LocalDate today) const;
  core::Result<reports::ReportData> gather(const Wish& wish, const access::Principal& reader,
                                           std::int64_t now_ms);
  /// Reads what is asked for and gathers it for `use`; or says what is wrong.
  using Use =
      std::function<http::Response(const Wish&, const reports::ReportData&, core::LocalDate today)>;
  http::Response with_report(const Site& site, const http::Request& request,
                             const access::Principal& reader, const Use& use);
  http::Response show(const Site& site, const http::Request& request,
                      const access::Principal& reader);
  http::Response download(const Site& site, const http::Request& request,
                          const access::Principal& reader);
  [[nodiscard]] std::string form(const Wish& wish, const access::Principal& reader,
                                 core::LocalDate today) const;

  reports::ReportSource source_;
  const Config& config_;
};

}  // namespace hailong::district::web
