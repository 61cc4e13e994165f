#include "tests/fault/fault_proxy.h"

#include <array>
#include <chrono>
#include <utility>

#include "tests/fault/scripted_server.h"

namespace hailong::tests {
namespace {

constexpr std::chrono::milliseconds kDelay{3};

}  // namespace

FaultProxy::FaultProxy(int server_port, std::vector<Passage> passages, std::uint32_t seed,
                       Meter meter)
    : server_port_(server_port),
      passages_(std::move(passages)),
      meter_(std::move(meter)),
      random_(seed),
      server_([this](Peer& daemon) {
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
  if (passage == Passage::kHang) return daemon.has_more();
  const std::string bytes = request->bytes();
  up_ = bytes.size();
  down_ = 0;
  const bool goes_on = pass(daemon, passage, bytes);
  if (meter_) meter_(*request, up_, down_);
  return goes_on;
}

bool FaultProxy::pass(const Peer& daemon, Passage passage, const std::string& request) {
  switch (passage) {
    case Passage::kCutFirst:
      up_ = 0;
      return false;
    case Passage::kHeldBack:
      held_.push_back(request);
      return false;
    case Passage::kRequestCut: {
      const std::string part = part_of(request);
      up_ = part.size();
      Peer::to_port(server_port_, daemon.stop()).send(part);
      return false;
    }
    case Passage::kRefused:
      if (below(2) == 0) ask(daemon, request);  // a gateway's word: it may have been done
      tell(daemon, refusal());
      return true;
    case Passage::kLate:
      std::this_thread::sleep_for(kDelay);
      break;
    case Passage::kSentTwice:
      ask(daemon, request);
      break;
    default:
      break;
  }
  const bool bends = passage == Passage::kRequestBent;
  return pass_answer(daemon, passage, ask(daemon, bends ? bent(request) : request, bends));
}

bool FaultProxy::pass_answer(const Peer& daemon, Passage passage,
                             const std::optional<Message>& answer) {
  if (!answer || passage == Passage::kAnswerLost) return false;
  if (passage == Passage::kAnswerCut || passage == Passage::kAnswerBent) {
    const std::string told = answer->bytes();
    tell(daemon, passage == Passage::kAnswerCut ? part_of(told) : bent(told));
    return false;  // a bent length must not leave both sides waiting
  }
  tell(daemon, answer->bytes());
  const std::lock_guard lock(mutex_);
  ++answered_;
  return true;
}

void FaultProxy::tell(const Peer& daemon, const std::string& bytes) {
  down_ = bytes.size();
  daemon.send(bytes);
}

/// The server's answer to one request; then it gets what was held back.
std::optional<Message> FaultProxy::ask(const Peer& daemon, const std::string& bytes, bool is_bent) {
  const auto answer_to = [&](const std::string& request) {
    Peer server = Peer::to_port(server_port_, daemon.stop());
    server.send(request);
    // A bent length must not leave both waiting. Only then: libmicrohttpd does not notice that such
    // a connection is over, and keeps it until it has waited long enough.
    if (is_bent) server.end();
    return server.read();
  };
  auto answer = answer_to(bytes);
  for (const std::string& old : std::exchange(held_, {})) answer_to(old);
  return answer;
}

/// At least one byte, never all.
std::string FaultProxy::part_of(const std::string& bytes) {
  return bytes.substr(0, 1 + below(bytes.size() - 1));
}

std::string FaultProxy::bent(std::string bytes) {
  char& byte = bytes[below(bytes.size())];
  byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << below(8)));
  return bytes;
}

std::string FaultProxy::refusal() {
  constexpr std::array<int, 4> kStatuses = {429, 500, 502, 503};
  constexpr std::array<const char*, 3> kHeaders = {
      "Content-Type: text/html\r\n", "Retry-After: 7\r\n",
      "Retry-After: Wed, 25 Nov 2026 01:00:00 GMT\r\n"};
  return http_answer(kStatuses.at(below(4)), "<html>", kHeaders.at(below(3)));
}

std::size_t FaultProxy::below(std::size_t limit) {
  return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
}

}  // namespace hailong::tests
