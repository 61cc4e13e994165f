#include "sync/transport.h"

#include <curl/curl.h>

#include <array>
#include <ctime>

#include "sync/retry_after.h"
#include "sync/settings.h"

namespace hailong::sync {
namespace {

/// No receipt and no problem details come near this.
constexpr std::size_t kMostAnswerBytes = 65'536;

/// Bytes a second that count as silence.
constexpr long kSilence = 10;

struct Received {
  std::string body;
  bool too_long = false;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& received = *static_cast<Received*>(into);
  if (received.body.size() + size * count > kMostAnswerBytes) {
    received.too_long = true;
    return 0;  // ends the transfer
  }
  received.body.append(bytes, size * count);
  return size * count;
}

int ask_whether_stopped(void* stopped, curl_off_t /*to_come*/, curl_off_t /*came*/,
                        curl_off_t /*to_go*/, curl_off_t /*went*/) {
  return (*static_cast<std::function<bool()>*>(stopped))() ? 1 : 0;
}

std::string header_of(CURL* handle, const char* name) {
  curl_header* header = nullptr;
  if (curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK) return {};
  return header->value;
}

}  // namespace

struct HttpTransport::Connection {
  struct FreeHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  using Handle = std::unique_ptr<CURL, FreeHandle>;
  using List = std::unique_ptr<curl_slist, FreeList>;

  /// libcurl wants to be told once per process, before the first handle.
  static Handle make_handle() {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    return Handle(ready == CURLE_OK ? curl_easy_init() : nullptr);
  }

  static List make_headers() {
    List list;
    for (const char* line :
         {"Content-Type: application/vnd.hailong.batch+zstd",
          "Accept: application/json, application/problem+json",
          "Expect:"}) {  // a batch is small: asking first would only cost a round trip
      curl_slist* longer = curl_slist_append(list.get(), line);
      if (longer == nullptr) return nullptr;
      static_cast<void>(list.release());
      list.reset(longer);
    }
    return list;
  }

  std::string url;
  std::function<bool()> stopped;
  Handle handle = make_handle();
  List headers = make_headers();
  std::array<char, CURL_ERROR_SIZE> error{};

  Connection(std::string district, const std::optional<std::filesystem::path>& ca_file,
             std::function<bool()> is_stopped, Patience patience)
      : url(std::move(district)), stopped(std::move(is_stopped)) {
    if (!handle || !headers) return;
    set(CURLOPT_ERRORBUFFER, error.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (ca_file) set(CURLOPT_CAINFO, ca_file->c_str());
    if (is_loopback_url(url)) set(CURLOPT_PROXY, "");
    set(CURLOPT_USERAGENT, "hailong-syncd/" HAILONG_VERSION);
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(patience.connect.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, kSilence);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(patience.silence.count()));
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, ask_whether_stopped);
    set(CURLOPT_XFERINFODATA, &stopped);
    set(CURLOPT_WRITEFUNCTION, take);
  }

  /// libcurl refuses an option only when memory is out or the option was not built in.
  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle.get(), option, value) != CURLE_OK) refused = true;
  }

  bool refused = false;

  Answer post(const core::DeviceId& device, std::string_view bytes) {
    if (!handle || !headers || refused) return NetworkFailure{"libcurl does not start"};
    const std::string target = url + "/api/v1/devices/" + device.value + "/batches";
    Received received;
    set(CURLOPT_URL, target.c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
    set(CURLOPT_POSTFIELDS, bytes.data());
    set(CURLOPT_WRITEDATA, &received);
    error[0] = '\0';
    const CURLcode code = curl_easy_perform(handle.get());
    if (code == CURLE_OK || received.too_long) return answer(received);
    return NetworkFailure{error[0] != '\0' ? error.data() : curl_easy_strerror(code)};
  }

  HttpAnswer answer(Received& received) {
    HttpAnswer answer;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    answer.retry_after = retry_after(header_of(handle.get(), "Retry-After"),
                                     header_of(handle.get(), "Date"), std::time(nullptr));
    answer.content_type = header_of(handle.get(), "Content-Type");
    if (!received.too_long) answer.body = std::move(received.body);
    return answer;
  }
};

HttpTransport::HttpTransport(std::string url, const std::optional<std::filesystem::path>& ca_file,
                             std::function<bool()> stopped, Patience patience)
    : connection_(
          std::make_unique<Connection>(std::move(url), ca_file, std::move(stopped), patience)) {}
HttpTransport::~HttpTransport() = default;

Answer HttpTransport::post(const core::DeviceId& device, std::string_view bytes) {
  return connection_->post(device, bytes);
}

}  // namespace hailong::sync
