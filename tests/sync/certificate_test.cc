#include <gtest/gtest.h>
#include <microhttpd.h>

#include <memory>

#include "sync/delivery.h"
#include "sync/transport.h"
#include "tests/e2e/process.h"
#include "tests/temp_folder.h"

/// Whom the daemon believes to be the district, over TLS.

namespace hailong::sync {
namespace {

using tests::run;
using tests::TempFolder;
using tests::text_of;

const core::DeviceId kAddressed{"kt-10750-q1"};

/// An HTTPS server on a free loopback port that answers every request with 204.
class SecureServer {
 public:
  SecureServer(const std::string& key, const std::string& certificate)
      : daemon_(MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS | MHD_USE_ITC, 0,
                                 nullptr, nullptr, answer, nullptr, MHD_OPTION_HTTPS_MEM_KEY,
                                 key.c_str(), MHD_OPTION_HTTPS_MEM_CERT, certificate.c_str(),
                                 MHD_OPTION_END)) {}

  [[nodiscard]] bool runs() const { return daemon_ != nullptr; }
  [[nodiscard]] std::string url(const std::string& host) const {
    const auto* info = MHD_get_daemon_info(daemon_.get(), MHD_DAEMON_INFO_BIND_PORT);
    return "https://" + host + ":" + std::to_string(info->port);
  }

 private:
  static MHD_Result answer(void* /*server*/, MHD_Connection* connection, const char* /*url*/,
                           const char* /*method*/, const char* /*version*/, const char* /*body*/,
                           std::size_t* body_size, void** seen) {
    static char mark = 0;
    const bool begun = *seen != nullptr;
    *seen = &mark;
    if (!begun) return MHD_YES;
    if (*body_size > 0) {
      *body_size = 0;
      return MHD_YES;
    }
    MHD_Response* response = MHD_create_response_from_buffer(0, nullptr, MHD_RESPMEM_PERSISTENT);
    const MHD_Result queued = MHD_queue_response(connection, 204, response);
    MHD_destroy_response(response);
    return queued;
  }

  struct Stop {
    void operator()(MHD_Daemon* daemon) const { MHD_stop_daemon(daemon); }
  };
  std::unique_ptr<MHD_Daemon, Stop> daemon_;
};

class Certificate : public testing::Test {
 protected:
  void SetUp() override {
    const auto made =
        run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=district", "-addext",
             "subjectAltName=IP:127.0.0.1", "-keyout", key_.string(), "-out", file_.string()});
    ASSERT_EQ(made.code, 0) << made.output;
    server_ = std::make_unique<SecureServer>(text_of(key_), text_of(file_));
    ASSERT_TRUE(server_->runs());
  }

  Answer post_to(const std::string& host, const std::optional<std::filesystem::path>& ca_file) {
    HttpTransport transport(server_->url(host), {ca_file, {}, {}}, [] { return false; }, {});
    return transport.send(batch_request(kAddressed, "batch"));
  }

  TempFolder folder_;
  std::filesystem::path key_ = folder_.path() / "key.pem";
  std::filesystem::path file_ = folder_.path() / "certificate.pem";
  std::unique_ptr<SecureServer> server_;
};

TEST_F(Certificate, IsBelievedWhenItsAuthorityIsGiven) {
  const Answer answer = post_to("127.0.0.1", file_);
  ASSERT_TRUE(std::holds_alternative<HttpAnswer>(answer)) << std::get<NetworkFailure>(answer).text;
  EXPECT_EQ(std::get<HttpAnswer>(answer).status, 204);
}

TEST_F(Certificate, OfAnUnknownAuthorityIsRefused) {
  const Answer answer = post_to("127.0.0.1", std::nullopt);
  ASSERT_TRUE(std::holds_alternative<NetworkFailure>(answer));
  EXPECT_NE(std::get<NetworkFailure>(answer).text.find("certificate"), std::string::npos);
}

TEST_F(Certificate, OfAnotherHostIsRefused) {
  const Answer answer = post_to("localhost", file_);
  ASSERT_TRUE(std::holds_alternative<NetworkFailure>(answer));
  EXPECT_NE(std::get<NetworkFailure>(answer).text.find("localhost"), std::string::npos);
}

}  // namespace
}  // namespace hailong::sync
