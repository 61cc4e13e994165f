#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "district/config.h"
#include "district/web/site.h"

namespace hailong::district {

inline constexpr const char* kDistrictKeyFile = "district.key";

/// The running receiver: store, ingest, scores, pages and server, built in that order and stopped
/// in the opposite one.
class Service {
 public:
  /// Errors: the store's; kCorrupt or kRefused for the district's key; kBusy when the port is
  /// taken.
  static core::Result<Service> start(Config config);

  Service(Service&&) noexcept;
  Service& operator=(Service&&) noexcept;
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service();

  [[nodiscard]] std::string url() const;
  /// What /healthz tries: a real write. Any thread. Errors: the store's.
  [[nodiscard]] core::Result<void> prove_writable() const;
  /// Every address that is answered, and who may use it.
  [[nodiscard]] const std::vector<web::SiteRoute>& routes() const;

 private:
  struct Parts;
  explicit Service(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace hailong::district
