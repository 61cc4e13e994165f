#include "tests/fault/scripted_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace hailong::tests {
namespace {

void check(bool good, const char* what) {
  if (!good) throw std::runtime_error(std::string("scripted server: ") + what);
}

std::size_t content_length(const std::string& head) {
  const std::string name = "content-length: ";
  std::string lower = head;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::size_t at = lower.find(name);
  return at == std::string::npos ? 0 : std::stoul(lower.substr(at + name.size()));
}

}  // namespace

std::string http_answer(int status, const std::string& body, const std::string& more_headers) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Said\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more_headers +
         "\r\n" + body;
}

ScriptedServer::ScriptedServer(std::vector<Deed> deeds)
    : deeds_(std::move(deeds)),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      stop_(::eventfd(0, EFD_CLOEXEC)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  check(listener_ >= 0 && stop_ >= 0, "no descriptors");
  check(::bind(listener_, generic, size) == 0 && ::listen(listener_, 8) == 0, "cannot listen");
  check(::getsockname(listener_, generic, &size) == 0, "has no port");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

ScriptedServer::~ScriptedServer() {
  ::eventfd_write(stop_, 1);
  thread_.join();
  ::close(listener_);
  ::close(stop_);
}

std::vector<Request> ScriptedServer::wait_for_requests(std::size_t count) {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [&] { return requests_.size() >= count; });
  return requests_;
}

std::size_t ScriptedServer::connections() {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void ScriptedServer::serve() {
  while (readable(listener_)) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    {
      const std::lock_guard lock(mutex_);
      ++connections_;
    }
    while (serve_one(connection)) {
    }
    ::close(connection);
  }
}

/// False once the server has to go away.
bool ScriptedServer::readable(int descriptor) const {
  std::array<pollfd, 2> watched = {pollfd{stop_, POLLIN, 0}, pollfd{descriptor, POLLIN, 0}};
  while (::poll(watched.data(), watched.size(), -1) < 0) {
  }
  return watched[0].revents == 0;
}

Deed ScriptedServer::next_deed() {
  const std::lock_guard lock(mutex_);
  return deeds_[std::min(done_++, deeds_.size() - 1)];
}

/// False when the connection is over.
bool ScriptedServer::serve_one(int connection) {
  if (!readable(connection)) return false;
  char first = 0;
  if (::recv(connection, &first, 1, MSG_PEEK) <= 0) return false;
  const Deed deed = next_deed();
  if (deed.kind == Deed::Kind::kCutFirst || !read_request(connection)) return false;
  if (deed.kind == Deed::Kind::kCutAfter) return false;
  if (deed.kind == Deed::Kind::kHang) {
    readable(stop_);
    return false;
  }
  ::send(connection, deed.bytes.data(), deed.bytes.size(), MSG_NOSIGNAL);
  return deed.kind == Deed::Kind::kAnswer;
}

bool ScriptedServer::read_request(int connection) {
  std::string text;
  std::array<char, 65536> buffer{};
  std::size_t wanted = std::string::npos;  // known once the head is there
  std::size_t head = std::string::npos;
  while (text.size() < wanted) {
    if (!readable(connection)) return false;
    const ssize_t size = ::recv(connection, buffer.data(), buffer.size(), 0);
    if (size <= 0) return false;
    text.append(buffer.data(), static_cast<std::size_t>(size));
    if (head == std::string::npos && (head = text.find("\r\n\r\n")) != std::string::npos) {
      head += 4;
      wanted = head + content_length(text.substr(0, head));
    }
  }
  const std::lock_guard lock(mutex_);
  requests_.push_back({text.substr(0, head), text.substr(head)});
  arrived_.notify_all();
  return true;
}

}  // namespace hailong::tests
