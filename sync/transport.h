#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "sync/answer.h"

namespace hailong::sync {

/// Carries one batch to the district and brings back what was answered. Knows nothing of retries or
/// receipts.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  virtual Answer post(const core::DeviceId& device, std::string_view bytes) = 0;
};

/// Over HTTP(S), by libcurl. Certificates are verified, redirects are not followed, proxies are
/// taken from the environment (https_proxy, no_proxy) except on the way to this machine itself. The
/// connection is kept for the next batch. One thread at a time.
class HttpTransport final : public Transport {
 public:
  struct Patience {
    std::chrono::seconds connect{15};
    std::chrono::seconds silence{60};  // how long nothing may move once connected
  };

  /// `stopped` is asked about once a second during a transfer; true ends it.
  HttpTransport(std::string url, const std::optional<std::filesystem::path>& ca_file,
                std::function<bool()> stopped, Patience patience);
  ~HttpTransport() override;

  Answer post(const core::DeviceId& device, std::string_view bytes) override;

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace hailong::sync
