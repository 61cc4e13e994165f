#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "district/http/watchdog.h"
#include "tests/district/running_district.h"

/// Clients that trickle: each byte would start an inactivity time-out anew.

namespace hailong::district {
namespace {

class RawConnection {
 public:
  explicit RawConnection(const std::string& url) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  ~RawConnection() { ::close(socket_); }

  bool send(std::string_view text) const {
    return ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(text.size());
  }
  /// True when the server closed the connection within `wait_ms`; what it sent first is dropped.
  [[nodiscard]] bool is_closed(int wait_ms) const {
    pollfd waiting{socket_, POLLIN, 0};
    std::array<char, 1000> buffer{};
    while (::poll(&waiting, 1, wait_ms) == 1) {
      if (::recv(socket_, buffer.data(), buffer.size(), 0) <= 0) return true;
    }
    return false;
  }

 private:
  int socket_;
};

/// Sends `head`, then a byte at a time until the server has had enough.
bool trickles_until_cut(const std::string& url, const std::string& head) {
  const RawConnection connection(url);
  connection.send(head);
  for (int i = 0; i < 1000; ++i) {
    if (connection.is_closed(20)) return true;
    if (!connection.send("x")) return true;
  }
  return false;
}

TEST(SlowClients, AreCutAtTheDeadlineHoweverTheyTrickle) {
  Setting setting;
  setting.request_seconds = "1";
  RunningDistrict district(setting);
  for (const char* head : {"", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
                           "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n"}) {
    EXPECT_TRUE(trickles_until_cut(district.url(), head)) << head;
  }
}

TEST(SlowClients, DoNotRestAsKiosksDoWithoutASignature) {
  Setting setting;
  setting.request_seconds = "1";
  RunningDistrict district(setting);
  const RawConnection connection(district.url());
  EXPECT_TRUE(connection.send(
      "POST /api/v1/devices/kt-1/heartbeat HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"));
  EXPECT_TRUE(connection.is_closed(10'000));
}

TEST(SlowClients, DoNotBlockOthers) {
  RunningDistrict district;
  std::vector<std::unique_ptr<RawConnection>> slow;
  for (int i = 0; i < 20; ++i) {
    slow.push_back(std::make_unique<RawConnection>(district.url()));
    EXPECT_TRUE(slow.back()->send(
        "POST /api/v1/devices/kt-1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nx"));
  }
  for (int i = 0; i < 20; ++i) {
    HttpClient client(district.url());
    EXPECT_EQ(client.get("healthz").status, 200);
  }
}

TEST(SlowClients, AreClosedWhenTheServiceStops) {
  const tests::TempFolder folder;
  std::optional<Service> service(
      must(Service::start(must(read_config(write_config(folder.path()))))));
  const RawConnection connection(service->url());
  EXPECT_TRUE(connection.send("GET / HTTP/1.1\r\n"));
  service.reset();
  EXPECT_TRUE(connection.is_closed(5000));
}

TEST(SlowClients, DoNotKeepTheServiceFromStoppingHoweverManyTheyAre) {
  constexpr int kMoreThanAreServed = 1'100;
  rlimit files{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
  files.rlim_cur = files.rlim_max;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &files), 0);
  const tests::TempFolder folder;
  Setting setting;
  setting.request_seconds = "3600";
  std::optional<Service> service(
      must(Service::start(must(read_config(write_config(folder.path(), setting))))));
  std::vector<std::unique_ptr<RawConnection>> idle;
  idle.reserve(kMoreThanAreServed);
  for (int i = 0; i < kMoreThanAreServed; ++i) {
    idle.push_back(std::make_unique<RawConnection>(service->url()));
  }
  service.reset();  // returns
  EXPECT_TRUE(idle.front()->is_closed(5000));
}

TEST(Watchdog, LeavesAForgottenSocketAlone) {
  std::array<int, 2> pair{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()), 0);
  {
    http::Watchdog watchdog(std::chrono::milliseconds(20));
    const int forgotten = 0;
    watchdog.start(&forgotten, pair[0]);
    watchdog.forget(&forgotten);
    std::array<int, 2> other{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, other.data()), 0);
    watchdog.start(&other, other[0]);
    char byte = 0;
    EXPECT_EQ(::recv(other[1], &byte, 1, 0), 0);  // returns when the watchdog has cut it
    ::close(other[0]);
    ::close(other[1]);
  }
  EXPECT_EQ(::send(pair[0], "x", 1, MSG_NOSIGNAL), 1);
  ::close(pair[0]);
  ::close(pair[1]);
}

TEST(Watchdog, LetsKiosksRestButNotTooMany) {
  std::array<int, 2> resting{};
  std::array<int, 2> one_too_many{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, resting.data()), 0);
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, one_too_many.data()), 0);
  {
    const std::array<char, http::Watchdog::kMostResting> kiosks{};
    http::Watchdog watchdog(std::chrono::milliseconds(20));
    for (const char& kiosk : kiosks) watchdog.rest(&kiosk, resting[0]);
    watchdog.rest(&one_too_many, one_too_many[0]);
    char byte = 0;
    EXPECT_EQ(::recv(one_too_many[1], &byte, 1, 0), 0);  // returns when the watchdog has cut it
  }
  EXPECT_EQ(::send(resting[0], "x", 1, MSG_NOSIGNAL), 1);
  for (const int socket : {resting[0], resting[1], one_too_many[0], one_too_many[1]}) {
    ::close(socket);
  }
}

}  // namespace
}  // namespace hailong::district
