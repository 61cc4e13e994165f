#include <gtest/gtest.h>

#include "district/clock.h"
#include "tests/district/running_district.h"

/// Erasure on request, over HTTP.

namespace hailong::district {
namespace {

class ErasurePage : public testing::Test {
 protected:
  ErasurePage() {
    district_.know(kiosk_);
    const core::Seq rating = kiosk_.rate(2, now_ms());
    kiosk_.say(rating, "Gọi 0912.345.678");
    kiosk_.append(core::Consent{rating, "contact-1", 90}, now_ms());
    EXPECT_EQ(district_.send(kiosk_).status, 200);
    session_ = district_.log_in();
  }
  Reply post(const std::string& fields) {
    return district_.client().post("erasure", RunningDistrict::csrf(session_) + "&" + fields,
                                   {session_});
  }
  static bool shows(const Reply& reply, const std::string& text) {
    return reply.body.find(text) != std::string::npos;
  }
  std::int64_t texts() {
    return district_.peek().number("SELECT count(*) FROM content WHERE text IS NOT NULL");
  }

  RunningDistrict district_;
  FakeKiosk kiosk_{"kt-1"};
  std::string session_;
};

TEST_F(ErasurePage, ErasesAndSaysWhichKiosksMayHoldMore) {
  const Reply form = district_.client().get("erasure", {session_});
  EXPECT_TRUE(shows(form, "action=\"/erasure\""));
  const Reply done = post("about=phone&subject=%2B84+912+345+678&reason=Theo+don&sure=yes");
  EXPECT_EQ(done.status, 200);
  EXPECT_TRUE(shows(done, "Đã xóa 1 nội dung tại máy chủ"));
  EXPECT_TRUE(shows(done, ": kt-1</li>"));
  EXPECT_FALSE(shows(done, "912 345 678"));
  EXPECT_EQ(texts(), 0);
}

TEST_F(ErasurePage, AsksForWhatIsMissingAndErasesNothing) {
  EXPECT_TRUE(shows(post("about=phone&subject=113&reason=x&sure=yes"), "Số điện thoại chưa đúng"));
  EXPECT_TRUE(shows(post("about=dossier&subject=abc&reason=x&sure=yes"), "Mã hồ sơ chưa đúng"));
  EXPECT_TRUE(shows(post("about=phone&subject=0912345678&reason=&sure=yes"), "Xin ghi lý do"));
  EXPECT_TRUE(shows(post("about=phone&subject=0912345678&reason=x"), "Xin xác nhận"));
  EXPECT_TRUE(shows(post("about=phone&subject=0912345678&reason=0912+345+678&sure=yes"),
                    "Lý do không được chứa số điện thoại"));
  EXPECT_TRUE(shows(post("about=phone&subject=0912345678&sure=yes&reason=" + std::string(201, 'x')),
                    "nhiều nhất 200 chữ cái"));
  EXPECT_EQ(texts(), 1);
}

TEST_F(ErasurePage, SaysWhereDossiersCanOnlyBeFoundInPlain) {
  const Reply done =
      post("about=dossier&subject=000.00.01.H24-261120-0001&reason=Theo+don&sure=yes");
  EXPECT_EQ(done.status, 200);
  EXPECT_TRUE(shows(done, "Máy chủ chưa có khóa mã hồ sơ"));
}

}  // namespace
}  // namespace hailong::district
