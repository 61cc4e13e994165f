#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "tests/fault/loopback_server.h"

namespace hailong::tests {

/// Passes everything on between a daemon and a server of this machine, and counts the bytes of both
/// ways as they went over the socket: TLS, headers, everything above TCP.
class ByteCounter {
 public:
  explicit ByteCounter(int server_port);
  ByteCounter(const ByteCounter&) = delete;
  ByteCounter& operator=(const ByteCounter&) = delete;
  ~ByteCounter();

  [[nodiscard]] std::string url() const { return server_.url(); }

  std::int64_t bytes();
  int connections();
  /// Ends the connection that is there, as a server does with one that was idle for long.
  void cut();

 private:
  void relay(const Peer& daemon);

  const int server_port_;
  const int cut_;

  std::mutex mutex_;  // guards what follows, up to the server
  std::condition_variable ended_;
  std::int64_t bytes_ = 0;
  int connections_ = 0;
  bool is_open_ = false;

  LoopbackServer server_;  // last: its thread uses all the others
};

}  // namespace hailong::tests
