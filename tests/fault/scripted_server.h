#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "tests/fault/loopback_server.h"

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

/// A server that does what it was told, request by request; the last deed is repeated.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<Deed> deeds);

  [[nodiscard]] std::string url() const { return server_.url(); }

  /// Blocks until so many requests were read as a whole; gives them.
  std::vector<Message> wait_for_requests(std::size_t count);
  std::size_t connections();

 private:
  void serve(Peer& peer);
  bool serve_one(Peer& peer);
  Deed next_deed();

  const std::vector<Deed> deeds_;

  std::mutex mutex_;  // guards what follows, up to the server
  std::condition_variable arrived_;
  std::vector<Message> requests_;
  std::size_t connections_ = 0;
  std::size_t done_ = 0;

  LoopbackServer server_;  // last: its thread uses all the others
};

}  // namespace hailong::tests
