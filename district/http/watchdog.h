#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace hailong::district::http {

/// Cuts connections that take too long. libmicrohttpd's own time-out starts anew with every byte,
/// so a client that trickles would hold its connection for ever; this deadline is absolute. It runs
/// from the connection's opening to its first request line, then from each request line to the end
/// of the answer, then until the next request line. Own thread; all calls from any thread.
class Watchdog {
 public:
  /// How long a kiosk's connection may be idle: longer than between two heartbeats of a night.
  static constexpr std::chrono::milliseconds kKioskRest = std::chrono::minutes(60);
  /// How many may: half of what the server holds, so that there is always room for others.
  static constexpr std::ptrdiff_t kMostResting = 500;

  explicit Watchdog(std::chrono::milliseconds deadline);
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog();

  /// Starts the clock of a connection, again if it runs already.
  void start(const void* connection, int socket);

  /// Lets a connection rest between two requests of a kiosk that has proved to be one. A handshake
  /// costs more than a heartbeat, and many a kiosk pays for each byte. When as many rest as may, it
  /// has the deadline of all others.
  void rest(const void* connection, int socket);

  /// Forgets a connection; after this its socket is not touched any more.
  void forget(const void* connection);

 private:
  using Clock = std::chrono::steady_clock;
  struct Watched {
    int socket = -1;
    Clock::time_point until;
    bool rests = false;
  };

  void set(const void* connection, const Watched& watched);
  void watch();
  Clock::time_point cut_late_ones(Clock::time_point now);

  const std::chrono::milliseconds deadline_;
  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::map<const void*, Watched> watched_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace hailong::district::http
