#include "district/webhook/post.h"

#include <curl/curl.h>

#include <array>

namespace hailong::district::webhook {
namespace {

constexpr long kConnectSeconds = 15;
constexpr long kAnswerSeconds = 30;

std::size_t discard(char* /*bytes*/, std::size_t size, std::size_t count, void* /*nowhere*/) {
  return size * count;
}

int ask_stopped(void* stopped, curl_off_t /*to_come*/, curl_off_t /*came*/, curl_off_t /*to_go*/,
                curl_off_t /*went*/) {
  return (*static_cast<std::function<bool()>*>(stopped))() ? 1 : 0;
}

}  // namespace

struct Post::Connection {
  struct FreeHandle {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  using Handle = std::unique_ptr<CURL, FreeHandle>;
  using List = std::unique_ptr<curl_slist, FreeList>;

  /// libcurl wants to be told once per process, before the first handle.
  static Handle new_handle() {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    return Handle(ready == CURLE_OK ? curl_easy_init() : nullptr);
  }

  /// Null when memory is out.
  static List header_list(const Post::Headers& headers) {
    List list;
    for (const auto& [name, value] : headers) {
      curl_slist* const longer =
          curl_slist_append(list.get(), std::string(name).append(": ").append(value).c_str());
      if (longer == nullptr) return nullptr;
      static_cast<void>(list.release());
      list.reset(longer);
    }
    return list;
  }

  std::string url;
  std::function<bool()> stopped;
  Handle handle = new_handle();
  std::array<char, CURL_ERROR_SIZE> error{};
  bool refused = false;

  /// libcurl refuses an option only when memory is out or the option was not built in.
  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle.get(), option, value) != CURLE_OK) refused = true;
  }

  Connection(std::string address, std::function<bool()> is_stopped)
      : url(std::move(address)), stopped(std::move(is_stopped)) {
    if (!handle) return;
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_ERRORBUFFER, error.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (url.starts_with("http://")) set(CURLOPT_PROXY, "");  // to this machine itself
    set(CURLOPT_USERAGENT, "hailong-district/" HAILONG_VERSION);
    set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    set(CURLOPT_TIMEOUT, kAnswerSeconds);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, ask_stopped);
    set(CURLOPT_XFERINFODATA, &stopped);
    set(CURLOPT_WRITEFUNCTION, discard);
  }

  core::Result<void> send(const std::string& body, const Headers& headers) {
    const List list = header_list(headers);
    if (!handle || !list) return core::fail(core::Fault::kOffline, "libcurl does not start");
    set(CURLOPT_HTTPHEADER, list.get());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    set(CURLOPT_POSTFIELDS, body.data());
    if (refused) return core::fail(core::Fault::kOffline, "libcurl does not start");
    error[0] = '\0';
    const CURLcode code = curl_easy_perform(handle.get());
    set(CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
    if (code != CURLE_OK) {
      return core::fail(core::Fault::kOffline,
                        error[0] != '\0' ? error.data() : curl_easy_strerror(code));
    }
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status >= 200 && status < 300) return {};
    return core::fail(core::Fault::kRefused, "answered " + std::to_string(status));
  }
};

Post::Post(std::string url, std::function<bool()> stopped)
    : connection_(std::make_unique<Connection>(std::move(url), std::move(stopped))) {}
Post::~Post() = default;

core::Result<void> Post::send(const std::string& body, const Headers& headers) {
  return connection_->send(body, headers);
}

}  // namespace hailong::district::webhook
