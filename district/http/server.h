#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/result.h"
#include "district/http/router.h"

namespace hailong::district::http {

/// PEM texts.
struct TlsSettings {
  std::string certificate;  // with those that vouch for it behind
  std::string key;
  std::string client_ca;  // clients may show a certificate of it; empty: none is asked for
};

struct ServerSettings {
  std::string listen = "127.0.0.1";  // IPv4 or IPv6 address
  std::uint16_t port = 0;            // 0: any free one
  std::chrono::milliseconds request_deadline{30'000};
  std::optional<TlsSettings> tls{};  // TLS 1.2 and newer; nothing: plain HTTP
};

/// Answers given, by class of status: [0] counts 1xx, [4] counts 5xx.
struct AnswerCounts {
  std::array<std::atomic<std::int64_t>, 5> by_class{};
};

/// An HTTP/1.1 server on a pool of threads, more than there are processors, since most of them wait
/// for the disk: batches are committed together (ingest/gatherer.h). Every answer carries the
/// security headers.
class Server {
 public:
  /// Starts to answer. `router` and `counts` must outlive the server. Errors: kInvalid (no such
  /// address, a certificate and key that do not go together), kBusy (the port is taken), kIo.
  static core::Result<Server> start(const ServerSettings& settings, const Router& router,
                                    AnswerCounts& counts);

  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Finishes the requests being handled, closes the others.
  ~Server();

  [[nodiscard]] std::uint16_t port() const;
  /// "http://127.0.0.1:8480/", or "https://…"
  [[nodiscard]] std::string url() const;

 private:
  struct Running;
  explicit Server(std::unique_ptr<Running> running);

  std::unique_ptr<Running> running_;
};

}  // namespace hailong::district::http
