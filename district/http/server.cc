#include "district/http/server.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include "district/http/problem.h"
#include "district/http/watchdog.h"

namespace hailong::district::http {
namespace {

using core::Fault;

constexpr unsigned kThreads = 16;

/// What one request has brought so far.
struct Arriving {
  Request request;
  std::size_t body_limit = 0;
  bool is_of_a_kiosk = false;  // whose signature was found good
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

MHD_Result collect(void* into, MHD_ValueKind kind, const char* name, const char* value) {
  auto& fields = *static_cast<Fields*>(into);
  std::string key = kind == MHD_HEADER_KIND ? lower(name) : name;
  fields.emplace_back(std::move(key), value == nullptr ? "" : value);
  return MHD_YES;
}

int socket_of(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info == nullptr ? -1 : info->connect_fd;
}

/// "192.0.2.7", "2001:db8::7"; empty when the system does not tell.
std::string client_of(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  if (info == nullptr || info->client_addr == nullptr) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  const sockaddr* any = info->client_addr;
  const void* address =
      any->sa_family == AF_INET6
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(any)->sin6_addr)
          : static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(any)->sin_addr);
  if (inet_ntop(any->sa_family, address, text.data(), text.size()) == nullptr) return {};
  return text.data();
}

/// Whether the client showed a certificate that the client CA vouches for.
bool is_certified(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  if (info == nullptr || info->tls_session == nullptr) return false;
  auto* session = static_cast<gnutls_session_t>(info->tls_session);
  unsigned faults = 0;
  return gnutls_certificate_verify_peers2(session, &faults) == GNUTLS_E_SUCCESS && faults == 0;
}

bool is_for_programs(const std::string& content_type) {
  return content_type == "application/json" || content_type == "application/problem+json" ||
         content_type.starts_with("application/vnd.hailong.");
}

MHD_Result send(MHD_Connection* connection, Response& response) {
  MHD_Response* out = MHD_create_response_from_buffer(response.body.size(), response.body.data(),
                                                      MHD_RESPMEM_MUST_COPY);
  if (out == nullptr) return MHD_NO;
  const auto add = [&](const char* name, const std::string& value) {
    MHD_add_response_header(out, name, value.c_str());
  };
  add("Content-Type", response.content_type);
  // Kiosks on a metered link pay for each byte: what no browser shows as a page does without.
  if (!is_for_programs(response.content_type)) {
    add("Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
    add("Referrer-Policy", "same-origin");
  }
  add("X-Content-Type-Options", "nosniff");
  if (!first_of(response.headers, "Cache-Control")) add("Cache-Control", "no-store");
  for (const auto& [name, value] : response.headers) add(name.c_str(), value);
  const MHD_Result queued =
      MHD_queue_response(connection, static_cast<unsigned>(response.status), out);
  MHD_destroy_response(out);
  return queued;
}

/// The format is libmicrohttpd's.
[[gnu::format(printf, 2, 0)]] void log_line(void* /*unused*/, const char* format,
                                            va_list arguments) {
  std::array<char, 300> line{};
  std::vsnprintf(line.data(), line.size(), format, arguments);
  std::string_view text(line.data());
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  spdlog::debug("http: {}", text);
}

/// Ends with MHD_OPTION_END; lives no longer than `tls`, which libmicrohttpd only reads.
std::vector<MHD_OptionItem> tls_options(std::optional<TlsSettings>& tls) {
  std::vector<MHD_OptionItem> options;
  if (tls) {
    static char priorities[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";
    options.push_back({MHD_OPTION_HTTPS_MEM_CERT, 0, tls->certificate.data()});
    options.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, tls->key.data()});
    options.push_back({MHD_OPTION_HTTPS_PRIORITIES, 0, priorities});
    if (!tls->client_ca.empty()) {
      options.push_back({MHD_OPTION_HTTPS_MEM_TRUST, 0, tls->client_ca.data()});
    }
  }
  options.push_back({MHD_OPTION_END, 0, nullptr});
  return options;
}

union Address {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

core::Result<Address> address_of(const ServerSettings& settings) {
  Address address{};
  if (inet_pton(AF_INET, settings.listen.c_str(), &address.v4.sin_addr) == 1) {
    address.v4.sin_family = AF_INET;
    address.v4.sin_port = htons(settings.port);
    return address;
  }
  if (inet_pton(AF_INET6, settings.listen.c_str(), &address.v6.sin6_addr) == 1) {
    address.v6.sin6_family = AF_INET6;
    address.v6.sin6_port = htons(settings.port);
    return address;
  }
  return core::fail(Fault::kInvalid, settings.listen + " is no IP address to listen on");
}

}  // namespace

struct Server::Running {
  const Router& router;
  std::string listen;
  std::optional<TlsSettings> tls;
  Watchdog watchdog;
  AnswerCounts& counts;
  MHD_Daemon* daemon = nullptr;

  Running(const ServerSettings& settings, const Router& routes, AnswerCounts& answers)
      : router(routes),
        listen(settings.listen),
        tls(settings.tls),
        watchdog(settings.request_deadline),
        counts(answers) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    if (daemon != nullptr) MHD_stop_daemon(daemon);
  }

  static void on_connection(void* self, MHD_Connection* connection, void** /*context*/,
                            MHD_ConnectionNotificationCode code) {
    Watchdog& watchdog = static_cast<Running*>(self)->watchdog;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
      watchdog.start(connection, socket_of(connection));
    } else {
      watchdog.forget(connection);
    }
  }

  static void* on_request_line(void* self, const char* /*uri*/, MHD_Connection* connection) {
    static_cast<Running*>(self)->watchdog.start(connection, socket_of(connection));
    return nullptr;  // a request with bad headers is never completed: nothing to free then
  }

  static void on_completed(void* self, MHD_Connection* connection, void** arriving,
                           MHD_RequestTerminationCode /*why*/) {
    const std::unique_ptr<Arriving> done(static_cast<Arriving*>(*arriving));
    *arriving = nullptr;
    Watchdog& watchdog = static_cast<Running*>(self)->watchdog;
    if (done && done->is_of_a_kiosk) {
      watchdog.rest(connection, socket_of(connection));
    } else {
      watchdog.start(connection, socket_of(connection));
    }
  }

  static MHD_Result on_request(void* self, MHD_Connection* connection, const char* url,
                               const char* method, const char* /*version*/, const char* upload,
                               std::size_t* upload_size, void** context) {
    auto& running = *static_cast<Running*>(self);
    if (*context == nullptr) {
      auto begun = std::make_unique<Arriving>();
      *context = begun.get();
      return running.begin(connection, url, method, *begun.release());
    }
    auto& arriving = *static_cast<Arriving*>(*context);
    if (*upload_size > 0) {
      Request& request = arriving.request;
      request.body_too_large =
          request.body_too_large || *upload_size > arriving.body_limit - request.body.size();
      // The rest of a body that is too large is read and dropped, so that the client hears why.
      if (!request.body_too_large) request.body.append(upload, *upload_size);
      *upload_size = 0;
      return MHD_YES;
    }
    return running.answer(connection, arriving);
  }

  MHD_Result begin(MHD_Connection* connection, const char* url, const char* method,
                   Arriving& arriving) {
    Request& request = arriving.request;
    request.method = std::strcmp(method, MHD_HTTP_METHOD_HEAD) == 0 ? "GET" : method;
    request.path = url;
    request.address = client_of(connection);
    request.certified = tls && !tls->client_ca.empty() && is_certified(connection);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, &collect, &request.query);
    MHD_get_connection_values(connection, MHD_HEADER_KIND, &collect, &request.headers);
    MHD_get_connection_values(connection, MHD_COOKIE_KIND, &collect, &request.cookies);
    arriving.body_limit = router.body_limit(request.method, request.path);
    // One that asks first whether it may send need not send in vain.
    const auto length = request.header("content-length");
    const bool announced =
        length && std::strtoull(length->c_str(), nullptr, 10) > arriving.body_limit;
    if (announced && request.header("expect")) {
      request.body_too_large = true;
      return answer(connection, arriving);
    }
    return MHD_YES;
  }

  MHD_Result answer(MHD_Connection* connection, Arriving& arriving) {
    Response response = router.handle(arriving.request);
    arriving.is_of_a_kiosk = arriving.request.method == MHD_HTTP_METHOD_POST &&
                             response.status == MHD_HTTP_OK &&
                             arriving.request.path.starts_with("/api/v1/devices/");
    ++counts.by_class[static_cast<std::size_t>(std::clamp(response.status / 100, 1, 5) - 1)];
    return send(connection, response);
  }
};

core::Result<Server> Server::start(const ServerSettings& settings, const Router& router,
                                   AnswerCounts& counts) {
  const auto address = address_of(settings);
  if (!address) return core::Failure(address.error());
  auto running = std::make_unique<Running>(settings, router, counts);
  // ITC: a thread with all the connections that it may have does not listen, and would not hear of
  // a stop.
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG | MHD_USE_ITC;
  if (address->any.sa_family == AF_INET6) flags |= MHD_USE_IPv6;
  if (running->tls) flags |= MHD_USE_TLS;
  auto tls = tls_options(running->tls);
  errno = 0;
  running->daemon = MHD_start_daemon(
      flags, settings.port, nullptr, nullptr, &Running::on_request, running.get(),
      MHD_OPTION_EXTERNAL_LOGGER, &log_line, nullptr,  // first: it serves the other options too
      MHD_OPTION_SOCK_ADDR, &address->any, MHD_OPTION_THREAD_POOL_SIZE, kThreads,
      MHD_OPTION_NOTIFY_CONNECTION, &Running::on_connection, running.get(),
      MHD_OPTION_URI_LOG_CALLBACK, &Running::on_request_line, running.get(),
      MHD_OPTION_NOTIFY_COMPLETED, &Running::on_completed, running.get(), MHD_OPTION_ARRAY,
      tls.data(), MHD_OPTION_END);
  if (running->daemon != nullptr) return Server(std::move(running));
  const std::string where = settings.listen + ":" + std::to_string(settings.port);
  if (running->tls && errno != EADDRINUSE) {
    return core::fail(Fault::kInvalid, "cannot listen on " + where +
                                           " with TLS: expected a certificate and its key in PEM");
  }
  return core::fail(errno == EADDRINUSE ? Fault::kBusy : Fault::kIo,
                    "cannot listen on " + where + ": " + std::strerror(errno));
}

Server::Server(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

std::uint16_t Server::port() const {
  return MHD_get_daemon_info(running_->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

std::string Server::url() const {
  const bool v6 = running_->listen.find(':') != std::string::npos;
  const std::string host = v6 ? "[" + running_->listen + "]" : running_->listen;
  return (running_->tls ? "https://" : "http://") + host + ":" + std::to_string(port()) + "/";
}

}  // namespace hailong::district::http
