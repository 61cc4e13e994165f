#include "sync/transport.h"

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <ctime>
#include <utility>
#include <vector>

#include "sync/retry_after.h"
#include "sync/settings.h"

namespace hailong::sync {
namespace {

constexpr long kKeptSeconds = 7200;
constexpr long kRemindSeconds = 240;

struct Received {
  std::size_t most = 0;  // bytes
  std::string body{};
  bool too_long = false;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& received = *static_cast<Received*>(into);
  if (received.body.size() + size * count > received.most) {
    received.too_long = true;
    return 0;  // ends the transfer
  }
  received.body.append(bytes, size * count);
  return size * count;
}

std::string header_of(CURL* handle, const char* name) {
  curl_header* header = nullptr;
  if (curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK) return {};
  return header->value;
}

}  // namespace

struct HttpTransport::Connection {
  struct FreeHandle {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  using Handle = std::unique_ptr<CURL, FreeHandle>;
  using List = std::unique_ptr<curl_slist, FreeList>;

  /// What libcurl asks about once a second during a transfer.
  struct Progress {
    using Clock = std::chrono::steady_clock;

    std::function<bool()> stopped;
    std::chrono::seconds patience;              // with a transfer that stands still
    program::Supervisor* supervisor = nullptr;  // null: nobody to tell
    curl_off_t moved = 0;                       // bytes there and back
    Clock::time_point moved_at = Clock::now();  // when that changed last

    void begin() {
      moved = 0;
      moved_at = Clock::now();
    }

    static int look(void* self, curl_off_t /*to_come*/, curl_off_t came, curl_off_t /*to_go*/,
                    curl_off_t went) {
      static_cast<Progress*>(self)->tell(came + went);
      return static_cast<Progress*>(self)->stopped() ? 1 : 0;
    }

    void tell(curl_off_t bytes) {
      if (supervisor == nullptr) return;
      const Clock::time_point now = Clock::now();
      if (bytes != std::exchange(moved, bytes)) moved_at = now;
      if (now - moved_at <= patience) supervisor->alive();
    }
  };

  /// libcurl wants to be told once per process, before the first handle.
  static Handle make_handle() {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    return Handle(ready == CURLE_OK ? curl_easy_init() : nullptr);
  }

  /// Nothing when memory is out.
  static List make_headers(const Request& request) {
    List list;
    std::vector<std::string> lines = {"Accept:"};  // whatever comes is looked at
    if (!request.content_type.empty()) {
      lines.push_back("Content-Type: " + request.content_type);
      lines.emplace_back("Expect:");  // a batch is small: asking first would only cost a round trip
    }
    if (!request.known_etag.empty()) lines.push_back("If-None-Match: " + request.known_etag);
    for (const std::string& line : lines) {
      curl_slist* longer = curl_slist_append(list.get(), line.c_str());
      if (longer == nullptr) return nullptr;
      static_cast<void>(list.release());
      list.reset(longer);
    }
    return list;
  }

  std::string url;
  Progress progress;
  Handle handle = make_handle();
  std::array<char, CURL_ERROR_SIZE> error{};

  Connection(std::string district, const Certificates& certificates,
             std::function<bool()> is_stopped, Patience patience)
      : url(std::move(district)),
        progress{std::move(is_stopped), patience.connect + patience.silence} {
    if (!handle) return;
    set(CURLOPT_ERRORBUFFER, error.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (certificates.ca) set(CURLOPT_CAINFO, certificates.ca->c_str());
    if (certificates.client) set(CURLOPT_SSLCERT, certificates.client->c_str());
    if (certificates.key) set(CURLOPT_SSLKEY, certificates.key->c_str());
    if (is_loopback_url(url)) set(CURLOPT_PROXY, "");
    set(CURLOPT_USERAGENT, "hailong-syncd/" HAILONG_VERSION);
    set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(patience.connect.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, patience.still);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(patience.silence.count()));
    // A handshake costs more than a heartbeat: the connection is kept between them, and what stands
    // on the way is reminded of it now and then.
    set(CURLOPT_MAXAGE_CONN, kKeptSeconds);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_TCP_KEEPIDLE, kRemindSeconds);
    set(CURLOPT_TCP_KEEPINTVL, kRemindSeconds);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, Progress::look);
    set(CURLOPT_XFERINFODATA, &progress);
    set(CURLOPT_WRITEFUNCTION, take);
  }

  /// libcurl refuses an option only when memory is out or the option was not built in.
  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle.get(), option, value) != CURLE_OK) refused = true;
  }

  bool refused = false;

  Answer send(const Request& request) {
    const List headers = make_headers(request);
    if (!handle || !headers || refused) return NetworkFailure{"libcurl does not start"};
    const std::string target = url + request.path;
    Received received{request.most_answer_bytes};
    set(CURLOPT_URL, target.c_str());
    set(CURLOPT_HTTPHEADER, headers.get());
    if (request.content_type.empty()) {
      set(CURLOPT_HTTPGET, 1L);
    } else {
      set(CURLOPT_POST, 1L);
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
      set(CURLOPT_POSTFIELDS, request.body.data());
    }
    set(CURLOPT_WRITEDATA, &received);
    error[0] = '\0';
    progress.begin();
    const CURLcode code = curl_easy_perform(handle.get());
    set(CURLOPT_HTTPHEADER, nullptr);
    if (code == CURLE_OK || received.too_long) return answer(received);
    return NetworkFailure{error[0] != '\0' ? error.data() : curl_easy_strerror(code)};
  }

  HttpAnswer answer(Received& received) {
    HttpAnswer answer;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    answer.retry_after = retry_after(header_of(handle.get(), "Retry-After"),
                                     header_of(handle.get(), "Date"), std::time(nullptr));
    answer.content_type = header_of(handle.get(), "Content-Type");
    answer.etag = header_of(handle.get(), "ETag");
    if (!received.too_long) answer.body = std::move(received.body);
    return answer;
  }
};

HttpTransport::HttpTransport(std::string url, const Certificates& certificates,
                             std::function<bool()> stopped, Patience patience)
    : connection_(std::make_unique<Connection>(std::move(url), certificates, std::move(stopped),
                                               patience)) {}
HttpTransport::~HttpTransport() = default;

void HttpTransport::slow_down_to(std::int64_t bytes_per_second) {
  if (!connection_->handle) return;
  connection_->set(CURLOPT_MAX_SEND_SPEED_LARGE, static_cast<curl_off_t>(bytes_per_second));
  connection_->set(CURLOPT_MAX_RECV_SPEED_LARGE, static_cast<curl_off_t>(bytes_per_second));
}

void HttpTransport::keep_alive(program::Supervisor& supervisor) {
  connection_->progress.supervisor = &supervisor;
}

Answer HttpTransport::send(const Request& request) { return connection_->send(request); }

}  // namespace hailong::sync
