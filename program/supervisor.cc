#include "program/supervisor.h"

#include <systemd/sd-daemon.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace hailong::program {
namespace {

/// A longer message than 4096 bytes would be dropped as a whole.
constexpr std::size_t kLongestStatus = 500;

/// The text as a line of the message. A line break in it would begin a word of its own.
std::string status_line(std::string_view text) {
  std::size_t size = std::min(text.size(), kLongestStatus);
  // Never in the middle of a character of UTF-8.
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  std::string line = "STATUS=" + std::string(text.substr(0, size));
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return line;
}

}  // namespace

Supervisor::Supervisor() : is_there_(std::getenv("NOTIFY_SOCKET") != nullptr) {
  std::uint64_t watchdog_us = 0;
  if (is_there_ && sd_watchdog_enabled(0, &watchdog_us) > 0) {
    every_ = std::chrono::microseconds(watchdog_us / 3);
    due_ = Clock::now() + every_;
  }
}

/// Nobody is helped by hearing that the service manager does not listen.
void Supervisor::tell(const std::string& what) { sd_notify(0, what.c_str()); }

void Supervisor::ready(std::string_view text) {
  if (!is_there_) return;
  if (is_ready_) return status(text);
  is_ready_ = true;
  status_ = status_line(text);
  tell("READY=1\n" + status_);
}

void Supervisor::status(std::string_view text) {
  if (!is_there_) return;
  std::string line = status_line(text);
  if (line == status_) return;
  status_ = std::move(line);
  tell(status_);
}

void Supervisor::alive() {
  if (every_ == Clock::duration{0}) return;
  const Clock::time_point now = Clock::now();
  if (now < due_) return;
  due_ = now + every_;
  sd_notify(0, "WATCHDOG=1");
}

void Supervisor::stopping() {
  if (is_there_) tell("STOPPING=1");
}

std::optional<std::chrono::milliseconds> Supervisor::until_alive() const {
  if (every_ == Clock::duration{0}) return std::nullopt;
  const auto left = std::max(due_ - Clock::now(), Clock::duration{0});
  return std::chrono::ceil<std::chrono::milliseconds>(left);
}

}  // namespace hailong::program
