#include "district/webhook/signature.h"

#include <gtest/gtest.h>

#include "district/webhook/settings.h"

namespace hailong::district::webhook {
namespace {

TEST(WebhookSignature, IsTheOneOfTheSpecification) {
  // The example of standardwebhooks.com's reference libraries.
  const auto key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  ASSERT_TRUE(key);
  EXPECT_EQ(signature(*key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSettings, TakeSecretsOfTheSpecificationOnly) {
  EXPECT_TRUE(key_of("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));  // 24 bytes
  EXPECT_FALSE(key_of("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAA"));     // 21
  EXPECT_FALSE(key_of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
  EXPECT_FALSE(key_of("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!"));
  EXPECT_FALSE(key_of("whsec_"));
  EXPECT_FALSE(key_of("whsec_" + std::string(120, 'A')));  // 90 bytes
}

TEST(WebhookSettings, SendInTheClearToThisMachineOnly) {
  for (const char* url : {"https://example.gov.vn/hook", "http://127.0.0.1:9000/hook",
                          "http://localhost/", "http://[::1]:80/x", "http://localhost"}) {
    EXPECT_TRUE(is_safe_url(url)) << url;
  }
  for (const char* url :
       {"", "https://", "http://example.gov.vn/", "http://127.0.0.1.example.com/",
        "http://127.0.0.1:9@example.com/", "http://localhost:/", "ftp://localhost/", "localhost"}) {
    EXPECT_FALSE(is_safe_url(url)) << url;
  }
}

}  // namespace
}  // namespace hailong::district::webhook
