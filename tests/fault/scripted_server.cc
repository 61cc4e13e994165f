#include "tests/fault/scripted_server.h"

#include <algorithm>

namespace hailong::tests {

std::string http_answer(int status, const std::string& body, const std::string& more_headers) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Said\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more_headers +
         "\r\n" + body;
}

ScriptedServer::ScriptedServer(std::vector<Deed> deeds)
    : deeds_(std::move(deeds)), server_([this](Peer& peer) { serve(peer); }) {}

std::vector<Message> ScriptedServer::wait_for_requests(std::size_t count) {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [&] { return requests_.size() >= count; });
  return requests_;
}

std::size_t ScriptedServer::connections() {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void ScriptedServer::serve(Peer& peer) {
  {
    const std::lock_guard lock(mutex_);
    ++connections_;
  }
  while (serve_one(peer)) {
  }
}

Deed ScriptedServer::next_deed() {
  const std::lock_guard lock(mutex_);
  return deeds_[std::min(done_++, deeds_.size() - 1)];
}

/// False when the connection is over.
bool ScriptedServer::serve_one(Peer& peer) {
  if (!peer.has_more()) return false;
  const Deed deed = next_deed();
  if (deed.kind == Deed::Kind::kCutFirst) return false;
  auto request = peer.read();
  if (!request) return false;
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(std::move(*request));
    arrived_.notify_all();
  }
  if (deed.kind == Deed::Kind::kHang) peer.wait_for_stop();
  if (deed.kind == Deed::Kind::kHang || deed.kind == Deed::Kind::kCutAfter) return false;
  peer.send(deed.bytes);
  return deed.kind == Deed::Kind::kAnswer;
}

}  // namespace hailong::tests
