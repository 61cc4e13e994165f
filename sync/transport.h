#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "program/supervisor.h"
#include "sync/answer.h"

namespace hailong::sync {

/// What is asked of the district.
struct Request {
  std::string path;          // behind the district's url, e.g. "/api/v1/enrol"
  std::string content_type;  // of the body; empty: there is none, and the request is a GET
  std::string_view body;     // which outlives the request
  std::string known_etag;  // a GET may be answered by 304 when this is still the one; may be empty
  std::size_t most_answer_bytes = 65'536;  // no receipt and no problem details come near this
};

/// Carries one request to the district and brings back what was answered. Knows nothing of retries
/// or receipts.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  virtual Answer send(const Request& request) = 0;
};

/// Files in PEM; each may be left out.
struct Certificates {
  std::optional<std::filesystem::path> ca{};      // whom to trust instead of the system's
  std::optional<std::filesystem::path> client{};  // what to show to a district that asks for it
  std::optional<std::filesystem::path> key{};     // of `client`
};

/// Over HTTP(S), by libcurl; TLS 1.2 or newer. Certificates are verified, redirects are not
/// followed, proxies are taken from the environment (https_proxy, no_proxy) except on the way to
/// this machine itself. The connection is kept for the next request. One thread at a time.
class HttpTransport final : public Transport {
 public:
  struct Patience {
    std::chrono::seconds connect{15};
    std::chrono::seconds silence{60};  // how long nothing may move once connected
    long still = 10;                   // as many bytes a second, in the mean, count as nothing
  };

  /// `stopped` is asked about once a second during a transfer; true ends it.
  HttpTransport(std::string url, const Certificates& certificates, std::function<bool()> stopped,
                Patience patience);
  ~HttpTransport() override;

  /// Sends no faster than so many bytes a second; 0: as fast as it goes. libcurl begins to hold
  /// what comes to it after some seconds of a transfer only.
  void slow_down_to(std::int64_t bytes_per_second);

  /// `supervisor`, which must outlive this, hears about once a second during a transfer that the
  /// daemon lives: as long as nothing stands still for longer than the patience allows, at which
  /// the transfer should have ended.
  void keep_alive(program::Supervisor& supervisor);

  Answer send(const Request& request) override;

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace hailong::sync
