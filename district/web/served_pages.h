#pragma once

#include "district/dossiers/intake.h"
#include "district/storage/programme_records.h"
#include "district/web/served_view.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// How many dossiers were served, and the register of dossiers: /served. Any thread.
class ServedPages {
 public:
  /// `key` is the district's.
  ServedPages(storage::Store& store, const Config& config, const wire::SigningKey& key)
      : store_(store),
        records_(store),
        intake_(store, config.rules.units, config.rules.fields, key, config.dossier_keys),
        config_(config) {}

  /// Adds its addresses to `site`; must then outlive it.
  void add_to(Site& site);

 private:
  http::Response show(const Site& site, const http::Request& request,
                      const access::Principal& person);
  http::Response preview(const Site& site, const http::Request& request,
                         const access::Principal& person);
  http::Response import(const Site& site, const http::Request& request,
                        const access::Principal& person);
  core::Result<ServedView> view(const access::Principal& person, int year);
  core::Result<ServedPreview> preview_of_dossiers(const std::string& csv,
                                                  const storage::Author& author);
  core::Result<ServedPreview> preview_of_totals(const std::string& csv,
                                                const storage::Author& author);
  /// How many rows.
  core::Result<std::int64_t> import_totals(const std::string& csv, const storage::Author& author);

  storage::Store& store_;
  storage::ProgrammeRecords records_;
  dossiers::Intake intake_;
  const Config& config_;
};

}  // namespace hailong::district::web
