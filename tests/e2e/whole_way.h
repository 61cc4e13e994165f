#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/e2e/kiosk_session.h"
#include "tests/e2e/real_district.h"
#include "tests/temp_folder.h"

namespace hailong::tests {

/// The whole way, for real: the real kiosk on a screen, the real daemon, the real receiver.
class WholeWay : public testing::Test {
 protected:
  explicit WholeWay(const KioskOptions& options = {});

  [[nodiscard]] std::string url() const;
  [[nodiscard]] std::filesystem::path sync_config() const { return folder_.path() / "sync.toml"; }

  /// Makes the kiosk known to the district and the district to the daemon.
  void enrol();
  /// The daemon sends what there is and ends.
  [[nodiscard]] Outcome sync_once() const;
  /// GET on the district's API.
  [[nodiscard]] nlohmann::json ask(const std::string& path) const;

  TempFolder folder_;
  XDisplay display_;
  KioskSession kiosk_;
  RealDistrict district_;
  std::string token_;
};

}  // namespace hailong::tests
