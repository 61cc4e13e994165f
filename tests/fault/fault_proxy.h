#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "tests/fault/loopback_server.h"

namespace hailong::tests {

/// What a FaultProxy does to one request.
enum class Passage {
  kWhole,
  kCutFirst,     // the server gets nothing, the connection is cut
  kRequestCut,   // the server gets a part of the request, then the connection is cut
  kRequestBent,  // one bit of the request is another
  kHeldBack,     // the connection is cut; the server gets the request after a newer one
  kSentTwice,    // the server gets the request twice, as from a stuttering middle box
  kLate,         // everything passes, but not at once
  kAnswerLost,   // the server's whole answer came, so it is done, but none of it is passed on
  kAnswerCut,    // a part of the answer is passed on, then the connection is cut
  kAnswerBent,   // one bit of the answer is another
  kRefused,      // 429, 500, 502 or 503, with or without Retry-After, from somebody on the way
  kHang,         // silence until the daemon gives up
};

/// Stands between a daemon and a real server of this machine and breaks what passes, request by
/// request; when the list is through, everything passes whole. Where it cuts, which bit it bends
/// and how it refuses comes from the seed.
class FaultProxy {
 public:
  /// Told of each request how many bytes of it and of its answer passed, in the proxy's thread.
  using Meter = std::function<void(const Message& request, std::size_t up, std::size_t down)>;

  FaultProxy(int server_port, std::vector<Passage> passages, std::uint32_t seed = 1,
             Meter meter = {});

  [[nodiscard]] std::string url() const { return server_.url(); }

  /// How many requests came whole, and how many of them got a whole answer.
  std::size_t requests();
  std::size_t answered();

 private:
  bool pass_one(Peer& daemon);
  bool pass(const Peer& daemon, Passage passage, const std::string& request);
  bool pass_answer(const Peer& daemon, Passage passage, const std::optional<Message>& answer);
  void tell(const Peer& daemon, const std::string& bytes);
  std::optional<Message> ask(const Peer& daemon, const std::string& bytes, bool is_bent = false);
  Passage next_passage();

  std::string part_of(const std::string& bytes);
  std::string bent(std::string bytes);
  std::string refusal();
  std::size_t below(std::size_t limit);

  const int server_port_;
  const std::vector<Passage> passages_;

  const Meter meter_;

  std::mt19937 random_;            // these four of the server's thread alone
  std::vector<std::string> held_;  // requests that the server has still to get
  std::size_t up_ = 0;             // bytes of the present request that passed, and
  std::size_t down_ = 0;           // of its answer

  std::mutex mutex_;  // guards what follows, up to the server
  std::size_t requests_ = 0;
  std::size_t answered_ = 0;

  LoopbackServer server_;  // last: its thread uses all the others
};

}  // namespace hailong::tests
