#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "tests/fault/loopback_server.h"

namespace hailong::tests {

/// What a FaultProxy does to one request.
enum class Passage {
  kWhole,
  kRequestCut,  // the server gets half of the request, then the connection is cut
  kAnswerLost,  // the server's whole answer came, so it is done, but none of it is passed on
  kAnswerCut,   // half of the answer is passed on, then the connection is cut
  kSentTwice,   // the server gets the request twice, as from a stuttering middle box
};

/// Stands between a daemon and a real server of this machine and breaks what passes, request by
/// request; when the list is through, everything passes whole.
class FaultProxy {
 public:
  FaultProxy(int server_port, std::vector<Passage> passages);

  [[nodiscard]] std::string url() const { return server_.url(); }

  /// How many requests came whole, and how many of them got a whole answer.
  std::size_t requests();
  std::size_t answered();

 private:
  bool pass_one(Peer& daemon);
  Passage next_passage();

  const int server_port_;
  const std::vector<Passage> passages_;

  std::mutex mutex_;  // guards what follows, up to the server
  std::size_t requests_ = 0;
  std::size_t answered_ = 0;

  LoopbackServer server_;  // last: its thread uses all the others
};

}  // namespace hailong::tests
