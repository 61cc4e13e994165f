#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hailong::tests {

/// One deed of a ScriptedServer.
struct Deed {
  enum class Kind {
    kAnswer,      // read the request, send `bytes`
    kAnswerOnce,  // the same, then close the connection
    kCutFirst,    // close the connection before reading
    kCutAfter,    // read the whole request, then close without a word
    kHang,        // read the whole request, then be silent until the server goes away
  };
  Kind kind = Kind::kAnswer;
  std::string bytes;
};

/// An HTTP answer as bytes, with its Content-Length.
std::string http_answer(int status, const std::string& body,
                        const std::string& more_headers = "Content-Type: text/html\r\n");

struct Request {
  std::string head;  // request line and headers
  std::string body;
};

/// A server on a free loopback port that does what it was told, request by request; the last deed
/// is repeated. One connection at a time.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<Deed> deeds);
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer();

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  /// Blocks until so many requests were read as a whole; gives them.
  std::vector<Request> wait_for_requests(std::size_t count);
  std::size_t connections();

 private:
  void serve();
  bool serve_one(int connection);
  bool readable(int descriptor) const;
  bool read_request(int connection);
  Deed next_deed();

  std::vector<Deed> deeds_;
  int listener_ = -1;
  int stop_ = -1;
  int port_ = 0;

  std::mutex mutex_;  // guards what follows
  std::condition_variable arrived_;
  std::vector<Request> requests_;
  std::size_t connections_ = 0;
  std::size_t done_ = 0;

  std::thread thread_;
};

}  // namespace hailong::tests
