#pragma once

#include <curl/curl.h>
#include <strings.h>

#include <string>
#include <vector>

/// HTTP as a client speaks it, over loopback. Redirects are not followed.

namespace hailong::district {

struct Reply {
  long status = 0;  // 0: no answer
  std::string body;
  std::vector<std::string> headers;  // as they came

  /// The value of a header; empty when it is not there.
  [[nodiscard]] std::string header(std::string name) const {
    name += ": ";
    for (const std::string& line : headers) {
      if (strncasecmp(line.c_str(), name.c_str(), name.size()) == 0) {
        return line.substr(name.size());
      }
    }
    return {};
  }
};

class HttpClient {
 public:
  using Headers = std::vector<std::string>;

  explicit HttpClient(std::string url) : url_(std::move(url)), curl_(curl_easy_init()) {}
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  ~HttpClient() { curl_easy_cleanup(curl_); }

  Reply get(const std::string& path, const Headers& headers = {}) {
    curl_easy_reset(curl_);
    return perform(path, headers);
  }
  Reply post(const std::string& path, const std::string& body, const Headers& headers = {}) {
    curl_easy_reset(curl_);
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    return perform(path, headers);
  }
  Reply custom(const std::string& method, const std::string& path, const Headers& headers = {}) {
    curl_easy_reset(curl_);
    curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, method.c_str());
    return perform(path, headers);
  }
  Reply head(const std::string& path, const Headers& headers = {}) {
    curl_easy_reset(curl_);
    curl_easy_setopt(curl_, CURLOPT_NOBODY, 1L);
    return perform(path, headers);
  }

 private:
  static size_t take_body(char* bytes, size_t size, size_t count, void* reply) {
    static_cast<Reply*>(reply)->body.append(bytes, size * count);
    return size * count;
  }
  static size_t take_header(char* bytes, size_t size, size_t count, void* reply) {
    std::string line(bytes, size * count);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    if (!line.empty()) static_cast<Reply*>(reply)->headers.push_back(std::move(line));
    return size * count;
  }

  Reply perform(const std::string& path, const Headers& headers) {
    Reply reply;
    curl_slist* list = nullptr;
    for (const std::string& header : headers) list = curl_slist_append(list, header.c_str());
    const std::string address = url_ + path;
    curl_easy_setopt(curl_, CURLOPT_URL, address.c_str());
    curl_easy_setopt(curl_, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &take_body);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &reply);
    curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, &take_header);
    curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &reply);
    if (curl_easy_perform(curl_) == CURLE_OK) {
      curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &reply.status);
    }
    curl_slist_free_all(list);
    return reply;
  }

  std::string url_;  // ends in "/"; paths begin without
  CURL* curl_;
};

}  // namespace hailong::district
