#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "program/descriptor.h"

namespace hailong::tests {

/// Hears what a program tells its service manager: a unix datagram socket for NOTIFY_SOCKET.
class NotifySocket {
 public:
  /// A file, or with '@' at its beginning a name without one.
  explicit NotifySocket(std::string address) : address_(std::move(address)) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    if (address_.size() >= sizeof name.sun_path) throw std::runtime_error("too long: " + address_);
    std::copy(address_.begin(), address_.end(), std::begin(name.sun_path));
    const bool is_file = address_[0] != '@';
    if (!is_file) name.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size() +
                                             (is_file ? 1 : 0));
    if (::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&name), size) != 0) {
      throw std::runtime_error("cannot bind " + address_);
    }
  }

  [[nodiscard]] const std::string& address() const { return address_; }

  /// The next message; nothing when none comes within `patience`.
  std::optional<std::string> next(std::chrono::milliseconds patience = std::chrono::milliseconds{
                                      60'000}) {
    pollfd ready{socket_.get(), POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(patience.count())) != 1) return std::nullopt;
    std::array<char, 8192> bytes{};
    const ssize_t size = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (size < 0) throw std::runtime_error("cannot receive");
    return std::string(bytes.data(), static_cast<std::size_t>(size));
  }

  /// The next message that begins like that, whatever comes before it; empty when none comes.
  std::string wait_for(std::string_view beginning) {
    for (auto message = next(); message; message = next()) {
      if (message->starts_with(beginning)) return *message;
    }
    return {};
  }

  /// Forgets what has come already.
  void forget() {
    while (next(std::chrono::milliseconds{0})) {
    }
  }

 private:
  std::string address_;
  program::Descriptor socket_{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
};

}  // namespace hailong::tests
