#pragma once

#include "district/config.h"
#include "district/ingest/eraser.h"
#include "district/web/erasure_page.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// `/erasure`. Any thread; outlives the server.
class ErasurePages {
 public:
  ErasurePages(storage::Store& store, const Config& config, const wire::SigningKey& key)
      : config_(config), eraser_(store, config.rules.units, key) {}

  void add_to(Site& site);

 private:
  http::Response erase(const Site& site, const http::Request& request,
                       const access::Principal& person);
  core::Result<ingest::Erased> erased(bool by_dossier, const std::string& subject,
                                      const ingest::ErasureOrder& order);
  [[nodiscard]] ErasureView view(const access::Principal& person) const;

  const Config& config_;
  ingest::Eraser eraser_;
};

}  // namespace hailong::district::web
