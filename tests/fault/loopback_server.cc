#include "tests/fault/loopback_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

namespace hailong::tests {
namespace {

void check(bool good, const char* what) {
  if (!good) throw std::runtime_error(std::string("loopback server: ") + what);
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

std::size_t content_length(std::string head) {
  const std::string name = "content-length: ";
  std::transform(head.begin(), head.end(), head.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::size_t at = head.find(name);
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
}

/// False once `stop` is readable.
bool wait_for(int descriptor, int stop) {
  std::array<pollfd, 2> watched = {pollfd{stop, POLLIN, 0}, pollfd{descriptor, POLLIN, 0}};
  while (::poll(watched.data(), watched.size(), -1) < 0) {
  }
  return watched[0].revents == 0;
}

}  // namespace

Peer::~Peer() { ::close(connection_); }

Peer Peer::to_port(int port, int stop) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  check(connection >= 0 && ::connect(connection, generic, sizeof address) == 0, "cannot connect");
  return {connection, stop};
}

bool Peer::readable() const { return wait_for(connection_, stop_); }

bool Peer::has_more() const {
  char first = 0;
  return readable() && ::recv(connection_, &first, 1, MSG_PEEK) > 0;
}

std::optional<Message> Peer::read() {
  std::string text;
  std::array<char, 65536> buffer{};
  std::size_t head = 0;                    // 0 until it is whole
  std::size_t wanted = std::string::npos;  // known with the head
  while (text.size() < wanted) {
    if (!readable()) return std::nullopt;
    const ssize_t size = ::recv(connection_, buffer.data(), buffer.size(), 0);
    if (size <= 0) return std::nullopt;
    text.append(buffer.data(), static_cast<std::size_t>(size));
    const std::size_t end = text.find("\r\n\r\n");
    if (head == 0 && end != std::string::npos) {
      head = end + 4;
      wanted = head + content_length(text.substr(0, head));
    }
  }
  return Message{text.substr(0, head), text.substr(head)};
}

void Peer::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t size = ::send(connection_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size <= 0) return;  // the other side went away, which is its right
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
}

void Peer::end() const { ::shutdown(connection_, SHUT_WR); }

std::size_t Peer::pass_on(const Peer& other, int cut) const {
  std::array<pollfd, 4> watched = {pollfd{stop_, POLLIN, 0}, pollfd{cut, POLLIN, 0},
                                   pollfd{connection_, POLLIN, 0},
                                   pollfd{other.connection_, POLLIN, 0}};
  while (::poll(watched.data(), watched.size(), -1) < 0) {
  }
  if (watched[0].revents != 0 || watched[1].revents != 0) return 0;
  const bool is_own = watched[2].revents != 0;
  std::array<char, 65536> buffer{};
  const ssize_t size =
      ::recv((is_own ? *this : other).connection_, buffer.data(), buffer.size(), 0);
  if (size <= 0) return 0;
  const auto bytes = static_cast<std::size_t>(size);
  (is_own ? other : *this).send({buffer.data(), bytes});
  return bytes;
}

void Peer::wait_for_stop() const { wait_for(stop_, stop_); }

LoopbackServer::LoopbackServer(std::function<void(Peer&)> serve)
    : serve_(std::move(serve)),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      stop_(::eventfd(0, EFD_CLOEXEC)) {
  sockaddr_in address = loopback(0);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  check(listener_ >= 0 && stop_ >= 0, "no descriptors");
  check(::bind(listener_, generic, size) == 0 && ::listen(listener_, 8) == 0, "cannot listen");
  check(::getsockname(listener_, generic, &size) == 0, "has no port");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { accept_all(); });
}

LoopbackServer::~LoopbackServer() {
  ::eventfd_write(stop_, 1);
  thread_.join();
  ::close(listener_);
  ::close(stop_);
}

void LoopbackServer::accept_all() {
  while (wait_for(listener_, stop_)) {
    Peer peer(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC), stop_);
    serve_(peer);
  }
}

}  // namespace hailong::tests
