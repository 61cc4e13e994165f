#include "tests/fault/fault_proxy.h"

namespace hailong::tests {

FaultProxy::FaultProxy(int server_port, std::vector<Passage> passages)
    : server_port_(server_port), passages_(std::move(passages)), server_([this](Peer& daemon) {
        while (pass_one(daemon)) {
        }
      }) {}

std::size_t FaultProxy::requests() {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::size_t FaultProxy::answered() {
  const std::lock_guard lock(mutex_);
  return answered_;
}

Passage FaultProxy::next_passage() {
  const std::lock_guard lock(mutex_);
  const std::size_t place = requests_++;
  return place < passages_.size() ? passages_[place] : Passage::kWhole;
}

/// False when the daemon's connection is over.
bool FaultProxy::pass_one(Peer& daemon) {
  const auto request = daemon.read();
  if (!request) return false;
  const Passage passage = next_passage();
  Peer server = Peer::to_port(server_port_, daemon.stop());
  const std::string bytes = request->bytes();
  if (passage == Passage::kRequestCut) {
    server.send(std::string_view(bytes).substr(0, bytes.size() / 2));
    return false;
  }
  server.send(bytes);
  auto answer = server.read();
  if (passage == Passage::kSentTwice) {
    server.send(bytes);
    answer = server.read();
  }
  if (!answer || passage == Passage::kAnswerLost) return false;
  const std::string told = answer->bytes();
  if (passage == Passage::kAnswerCut) {
    daemon.send(std::string_view(told).substr(0, told.size() / 2));
    return false;
  }
  daemon.send(told);
  const std::lock_guard lock(mutex_);
  ++answered_;
  return true;
}

}  // namespace hailong::tests
