#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace hailong::tests {

/// One HTTP request or answer as it went over the wire.
struct Message {
  std::string head;  // with the empty line at its end
  std::string body;

  [[nodiscard]] std::string bytes() const { return head + body; }
};

/// An open connection, closed with its owner. Every wait ends when `stop` becomes readable.
class Peer {
 public:
  Peer(int connection, int stop) : connection_(connection), stop_(stop) {}
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  ~Peer();

  /// Connects to a port of this machine.
  static Peer to_port(int port, int stop);

  /// Blocks until there is something to read; false when the server has to go away or the other
  /// side has closed.
  [[nodiscard]] bool has_more() const;
  /// A whole message with the body that its Content-Length names.
  std::optional<Message> read();
  void send(std::string_view bytes) const;
  /// Tells the other side that nothing more will be sent.
  void end() const;
  /// Waits until either side has said something and passes that on to the other. Gives how many
  /// bytes; 0 when one of them has closed, or when `cut` became readable.
  [[nodiscard]] std::size_t pass_on(const Peer& other, int cut) const;
  void wait_for_stop() const;
  [[nodiscard]] int stop() const { return stop_; }

 private:
  [[nodiscard]] bool readable() const;

  int connection_;
  int stop_;
};

/// A server on a free loopback port for tests, in a thread of its own; one connection at a time.
class LoopbackServer {
 public:
  /// `serve` is called in the server's thread with each connection and closes it by returning.
  explicit LoopbackServer(std::function<void(Peer&)> serve);
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;
  ~LoopbackServer();

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  void accept_all();

  std::function<void(Peer&)> serve_;
  int listener_ = -1;
  int stop_ = -1;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace hailong::tests
