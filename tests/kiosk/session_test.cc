#include "kiosk/staff/session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <regex>
#include <set>

#include "kiosk/staff/sight.h"
#include "tests/kiosk/staff_office.h"

/// What people of the commune's staff can do in staff mode, by what they tap and type.

namespace hailong::kiosk::staff {
namespace {

using journal::must;
using tests::kHeadPin;
using tests::kOfficerPin;
using tests::Office;

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kOneHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kOneHourMs;

std::string acts_of(const Office& office) {
  SQLite::Database database = journal::raw(office.journal_folder());
  return journal::dump(database, "SELECT who, deed, about FROM staff_act ORDER BY seq");
}

// The door.

TEST(Door, LetsPeopleInByTheirPin) {
  Office office;
  office.open();
  EXPECT_TRUE(office.see().tabs.empty());
  EXPECT_TRUE(office.enter_as_officer().who.starts_with("Minh"));
  EXPECT_EQ(office.see().tabs.size(), 7U);
  office.tap("Khóa");
  EXPECT_EQ(office.see(), View{});
  EXPECT_TRUE(acts_of(office).ends_with("minh|sign-in|\nminh|sign-out|\n"));
}

TEST(Door, MakesWrongTriesDearerAndDearer) {
  Office office;
  for (int i = 0; i < 2; ++i) office.sign_in("Hà", "000001");
  EXPECT_EQ(office.see().message, "Chưa đúng. Xin nhập lại.");
  office.sign_in("Hà", "000001");
  EXPECT_EQ(office.see().message, "Chưa đúng. Xin thử lại sau 30 giây.");
  // Not even the right one is taken.
  EXPECT_TRUE(office.enter_as_head().tabs.empty());
  office.now().mono_ms += 29'000;
  EXPECT_EQ(office.enter_as_head().message, "Đã nhập sai nhiều lần. Xin thử lại sau 1 giây.");
  office.now().mono_ms += 1'000;
  EXPECT_EQ(office.sign_in("Hà", "000001").message, "Chưa đúng. Xin thử lại sau 1 phút.");
  office.now().mono_ms += 60'000;
  EXPECT_FALSE(office.enter_as_head().tabs.empty());
  // And forgets them.
  office.tap("Khóa");
  EXPECT_EQ(office.sign_in("Hà", "000001").message, "Chưa đúng. Xin nhập lại.");
}

TEST(Door, RemembersWrongTriesAcrossARestart) {
  Office office;
  for (int i = 0; i < 4; ++i) {
    office.sign_in("Hà", "000001");
    office.now().mono_ms += 30'000;
  }
  office.restart();
  EXPECT_EQ(office.enter_as_head().message, "Đã nhập sai nhiều lần. Xin thử lại sau 30 giây.");
  office.reboot();  // the wait begins anew with the boot
  EXPECT_EQ(office.enter_as_head().message, "Đã nhập sai nhiều lần. Xin thử lại sau 50 giây.");
  office.now().wall_ms += 10 * kDayMs;  // a clock that is set changes nothing
  EXPECT_TRUE(office.enter_as_head().tabs.empty());
  // Others come in meanwhile.
  EXPECT_FALSE(office.enter_as_officer().tabs.empty());
  EXPECT_NE(acts_of(office).find("|wrong-pin|ha\n|lock-out|ha\n"), std::string::npos);
}

TEST(Door, IsOpenedFirstByTheOneTimeCode) {
  Office office;
  office.house().setup_code = "73915028";
  office.restart();
  office.open();
  office.tap("Thiết lập");
  EXPECT_EQ(office.type("73915020").message, "Chưa đúng. Xin nhập lại.");
  office.type("73915028");
  EXPECT_EQ(office.type("  ").message, "Xin nhập họ tên.");
  office.type("Nguyễn Văn A");
  EXPECT_EQ(office.type("12345").message, "Mã PIN cần từ 6 đến 12 chữ số.");
  EXPECT_EQ(office.type("123456").message, "Mã PIN này quá dễ đoán. Xin chọn mã khác.");
  EXPECT_EQ(office.type("777777").message, "Mã PIN này quá dễ đoán. Xin chọn mã khác.");
  office.type("482913");
  EXPECT_EQ(office.type("482914").message, "Hai lần nhập không giống nhau. Xin chọn lại.");
  office.type("482913");
  office.type("482913");
  EXPECT_EQ(office.see().who, "Nguyễn Văn A · Trưởng đơn vị");
  // Once.
  office.open();
  EXPECT_FALSE(office.offers("Thiết lập"));
  EXPECT_FALSE(office.sign_in("Nguyễn Văn A", "482913").tabs.empty());
}

TEST(Door, AsksForAPinOfOnesOwn) {
  Office office;
  office.enter_as_head();
  office.tap("Tài khoản");
  office.tap("Thêm cán bộ");
  office.type("Trần Thị B");
  office.type("590172");
  office.type("590172");
  EXPECT_EQ(office.see().message, "Đã thêm Trần Thị B.");
  office.sign_in("Trần Thị B", "590172");
  EXPECT_TRUE(office.see().tabs.empty());
  EXPECT_TRUE(office.type("590172").message.starts_with("Xin chọn mã PIN khác"));
  office.type("661043");
  office.type("661043");
  EXPECT_EQ(office.see().who, "Trần Thị B · Cán bộ");
  EXPECT_TRUE(office.sign_in("Trần Thị B", "590172").tabs.empty());
  EXPECT_FALSE(office.sign_in("Trần Thị B", "661043").tabs.empty());
}

// Accounts.

TEST(People, AreManagedByTheHeadAlone) {
  Office office;
  office.enter_as_officer();
  office.tap("Tài khoản");
  EXPECT_FALSE(office.offers("Hà"));
  EXPECT_FALSE(office.offers("Thêm cán bộ"));
  EXPECT_FALSE(office.offers("Nhật ký"));
  const auto events = journal::text(office.journal_folder(), "SELECT count(*) FROM event");
  office.send({Verb::kAddPerson, 0, ""});
  office.send({Verb::kPerson, 0, "ha"});
  office.send({Verb::kConfirm, 0, ""});
  EXPECT_EQ(journal::text(office.journal_folder(), "SELECT count(*) FROM event"), events);
}

TEST(People, CanBeLeftOutAndTakenBack) {
  Office office;
  office.enter_as_head();
  office.tap("Tài khoản");
  office.tap("Minh");
  office.tap("Thôi quyền");
  EXPECT_TRUE(office.says("Thôi không cho Minh đăng nhập nữa?"));
  office.tap("Thôi quyền");
  office.open();
  EXPECT_FALSE(office.offers("Minh"));
  office.enter_as_head();
  office.tap("Tài khoản");
  office.tap("Minh");
  office.tap("Cấp mã PIN mới");
  office.type("905617");
  office.type("905617");
  office.open();
  EXPECT_TRUE(office.offers("Minh"));
}

TEST(People, AlwaysHaveAHead) {
  Office office;
  journal::Journal journal = must(journal::Journal::open(office.folder(), journal::kDevice));
  journal::StaffBook book(journal);
  const auto refused =
      book.change(office.now(), {"ha", "ha", "Hà", core::StaffRole::kOfficer, true});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, core::Fault::kRefused);
}

TEST(People, ChangeTheirOwnPin) {
  Office office;
  office.enter_as_officer();
  office.tap("Tài khoản");
  office.tap("Đổi mã PIN của tôi");
  EXPECT_EQ(office.type("111111").message, "Chưa đúng. Xin nhập lại.");
  office.type(kOfficerPin);
  office.type("730164");
  office.type("730164");
  EXPECT_EQ(office.see().message, "Đã đổi mã PIN.");
  EXPECT_FALSE(office.sign_in("Minh", "730164").tabs.empty());
}

// Today.

TEST(Today, ShowsWhatTheJournalHolds) {
  Office office;
  for (int i = 0; i < 8; ++i) office.rate(5);
  for (int i = 0; i < 2; ++i) office.rate(2);
  office.enter_as_head();
  EXPECT_EQ(office.see().title, "Hôm nay, 24/11/2026");
  EXPECT_EQ(office.fact("Số phiếu"), "10");
  EXPECT_EQ(office.fact("Hài lòng"), "80,00 % (49,0-94,3 %), n = 10");
  EXPECT_EQ(office.fact("Độ phủ"), "không đủ dữ liệu: chưa nhập số hồ sơ đã giải quyết");
  EXPECT_TRUE(office.says("Không hài lòng = 2 (20,00 %)"));
  office.tap("Lĩnh vực");
  EXPECT_TRUE(office.says("Hộ tịch | 10 | 80,00 %"));
  office.tap("Hôm qua");
  EXPECT_EQ(office.fact("Số phiếu"), "chưa có");
}

TEST(Today, RoundsAsOfficialFiguresAre) {
  Office office;
  for (int i = 0; i < 7; ++i) office.rate(i < 3 ? 5 : 2);
  office.enter_as_head();
  EXPECT_TRUE(office.says("Rất hài lòng = 3 (42,86 %)"));
}

TEST(Today, ShowsAnyRange) {
  Office office;
  for (int i = 0; i < 6; ++i) office.rate(5, Office::kMorning - 40 * kDayMs);
  office.enter_as_head();
  office.tap("Ngày khác");
  EXPECT_EQ(office.type("31022026").message, "Ngày cần đủ 8 chữ số, như 05092026.");
  EXPECT_EQ(office.type("01122026").message, "Ngày này chưa đến.");
  office.type("01102026");
  EXPECT_EQ(office.type("30092026").message, "Ngày cuối phải sau ngày đầu.");
  office.type("31102026");
  EXPECT_EQ(office.see().title, "từ 01/10/2026 đến 31/10/2026");
  EXPECT_EQ(office.fact("Số phiếu"), "6");
}

TEST(Today, SaysWhenTheClockCannotBeTrusted) {
  Office office;
  office.now().clock = core::ClockState::kUnsynced;
  office.enter_as_head();
  EXPECT_TRUE(office.see().message.starts_with("Đồng hồ của máy chưa được đồng bộ"));
}

TEST(Today, SaysNothingOfFewRatingsByTheirCoverage) {
  Office office;
  for (int i = 0; i < 6; ++i) office.rate(5, Office::kMorning - kDayMs);
  for (int i = 0; i < 3; ++i) office.rate(1);
  office.enter_as_head();
  office.tap("Hồ sơ");
  office.tap("Hộ tịch");
  office.type("10");
  office.tap("Hôm nay");
  office.tap("7 ngày");
  EXPECT_EQ(office.fact("Số phiếu"), "9");
  EXPECT_EQ(office.fact("Độ phủ"), "dưới 5 phiếu, chưa hiện / 10 hồ sơ");
}

TEST(Today, KnowsNoYearBeforeTheProgramme) {
  Office office;
  office.enter_as_head();
  office.tap("Ngày khác");
  EXPECT_EQ(office.type("01010001").message, "Máy không có số liệu trước năm 2024.");
}

TEST(People, AreOutAsSoonAsTheirAccountIsOutOfUse) {
  Office office;
  office.enter_as_officer();
  {
    journal::Journal journal = must(journal::Journal::open(office.folder(), journal::kDevice));
    must(journal::StaffBook(journal).change(
        office.now(), core::StaffAccount{"ha", "minh", "Minh", core::StaffRole::kOfficer, false}));
  }
  EXPECT_TRUE(office.tap("Ý kiến").tabs.empty());
}

// The inbox.

TEST(Inbox, ShowsAnOfficerWordsWithoutWhatTheyWereRatedWith) {
  Office office;
  office.say(1, "Phải chờ lâu quá", Office::kMorning + 37 * kMinuteMs);
  office.five_others_rate();
  office.enter_as_officer();
  office.tap("Ý kiến");
  EXPECT_TRUE(office.says("sáng 24/11/2026 | Phải chờ lâu quá | Mới"));
  EXPECT_FALSE(office.says("Điểm"));
  office.tap("Phải chờ lâu");
  EXPECT_TRUE(office.says("Phải chờ lâu quá"));
  EXPECT_EQ(office.fact("Điểm"), "");
  EXPECT_EQ(office.fact("Quầy"), "");
  EXPECT_FALSE(office.says("09:37"));
}

/// Else an officer could tell whose they are by who just left.
TEST(Inbox, KeepsWordsFromAnOfficerUntilTheirFiveIsWhole) {
  Office office;
  office.five_others_rate(Office::kMorning - 2 * kOneHourMs);
  office.say(2, "Phải chờ lâu quá");
  const auto shows = [&](bool head) {
    head ? office.enter_as_head() : office.enter_as_officer();
    office.tap("Ý kiến");
    const bool listed = office.says("Phải chờ lâu quá");
    office.tap("Tìm");
    office.type("cho lau");
    EXPECT_EQ(office.says("Phải chờ lâu quá"), listed);
    office.tap("Ký ngày");
    EXPECT_EQ(office.offers("Đã xem hết ý kiến trong ngày"), !listed);
    return listed;
  };
  EXPECT_FALSE(shows(false));
  EXPECT_TRUE(shows(true));
  for (int i = 0; i < 4; ++i) {
    office.rate(5, Office::kMorning + kMinuteMs);
    EXPECT_FALSE(shows(false));
  }
  office.rate(5, Office::kMorning + kMinuteMs);  // somebody after the five
  EXPECT_TRUE(shows(false));
}

TEST(Inbox, ShowsTheHeadALittleMore) {
  Office office;
  const core::Seq rating = office.say(1, "Phải chờ lâu quá");
  office.answer(rating, "reasons", "long-wait");
  office.enter_as_head();
  office.tap("Ý kiến");
  office.tap("Phải chờ lâu");
  EXPECT_EQ(office.fact("Điểm"), "1");
  EXPECT_EQ(office.fact("Quầy"), "Quầy số 1");
  EXPECT_EQ(office.fact("Đã chọn"), "long-wait");
}

TEST(Inbox, KeepsMoneyAndMisconductFromTheOfficer) {
  Office office;
  office.answer(office.say(1, "Đòi thêm tiền bồi dưỡng"), "extra-payment", "yes", true);
  office.answer(office.rate(1), "reasons", "extra-money", true);
  office.five_others_rate();
  office.enter_as_officer();
  office.tap("Ý kiến");
  EXPECT_TRUE(office.says("Không có ý kiến nào."));
  office.tap("Tất cả");
  EXPECT_FALSE(office.says("bồi dưỡng"));
  office.tap("Tìm");
  office.type("boi duong");
  EXPECT_FALSE(office.says("Đòi thêm tiền"));
  office.enter_as_head();
  office.tap("Ý kiến");
  EXPECT_TRUE(office.says("Đòi thêm tiền bồi dưỡng"));
  EXPECT_TRUE(office.says("Phản ánh về tiền hoặc hành vi, không có lời"));
}

TEST(Inbox, TakesACaseFromNewToPublic) {
  Office office;
  office.say(2, "Phòng chờ thiếu ghế");
  office.five_others_rate();
  office.enter_as_officer();
  office.tap("Ý kiến");
  EXPECT_EQ(office.tap("Phòng chờ").title, "Chưa phân loại · Đã xem");
  office.tap("Phân loại");
  EXPECT_FALSE(office.offers("Ghi"));
  office.tap("Góp ý");
  office.tap("Ghi");
  EXPECT_EQ(office.see().title, "Góp ý · Đã phân loại");
  office.tap("Bắt đầu xử lý");
  EXPECT_FALSE(office.offers("Yêu cầu bổ sung"));  // nobody could be reached
  office.tap("Ghi chú");
  office.type("Đã báo văn phòng mua ghế");
  office.tap("Trả lời");
  EXPECT_EQ(office.type("").message, "Xin viết câu trả lời cho người dân.");
  office.type("Đã kê thêm 10 ghế ở phòng chờ.");
  EXPECT_EQ(office.see().title, "Góp ý · Đã xử lý");
  office.tap("Trình công khai");
  EXPECT_FALSE(office.offers("Công khai"));  // that is for the head
  EXPECT_TRUE(office.says("Minh | Trả lời | Đã kê thêm 10 ghế ở phòng chờ."));
  office.enter_as_head();
  office.tap("Ý kiến");
  office.tap("Đã xong");
  office.tap("Phòng chờ");
  office.tap("Công khai");
  EXPECT_TRUE(office.says("màn hình chờ"));
  office.tap("Công khai");
  office.tap("Đóng");
  EXPECT_EQ(office.see().title, "Góp ý · Đóng");
  journal::Journal journal = must(journal::Journal::open(office.folder(), journal::kDevice));
  const auto answers = must(journal::Review(journal).public_answers(10));
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].text, "Đã kê thêm 10 ghế ở phòng chờ.");
}

TEST(Inbox, SaysWhoTakesACaseOn) {
  Office office;
  office.say(2, "Phòng chờ thiếu ghế");
  office.enter_as_head();
  office.tap("Ý kiến");
  office.tap("Phòng chờ");
  EXPECT_EQ(office.fact("Người phụ trách"), "");
  office.tap("Phân loại");
  office.tap("Góp ý");
  office.tap("Ghi");
  office.tap("Bắt đầu xử lý");
  EXPECT_EQ(office.fact("Người phụ trách"), "Hà");
  office.tap("Giao việc");
  office.tap("Quay lại");
  EXPECT_EQ(office.fact("Người phụ trách"), "Hà");
  office.tap("Giao việc");
  office.tap("Minh");
  EXPECT_EQ(office.fact("Người phụ trách"), "Minh");
  EXPECT_TRUE(office.says("Hà | Ghi chú | Giao cho Minh."));
}

TEST(Inbox, PassesComplaintsOnAndHidesThem) {
  Office office;
  office.say(1, "Tôi khiếu nại quyết định thu hồi đất");
  office.five_others_rate();
  office.enter_as_officer();
  office.tap("Ý kiến");
  office.tap("Tôi khiếu nại");
  office.tap("Phân loại");
  office.tap("Khiếu nại, tố cáo");
  office.tap("Ghi");
  EXPECT_FALSE(office.says("thu hồi đất"));
  EXPECT_TRUE(office.commands().size() <= 9U) << office.text();
  office.enter_as_head();
  office.tap("Ý kiến");
  office.tap("Tôi khiếu nại");
  EXPECT_FALSE(office.offers("Trả lời"));
  office.tap("Chuyển tiếp công dân");
  office.type("Chủ tịch UBND xã tiếp công dân");
  EXPECT_EQ(office.fact("Nơi nhận"), "Chủ tịch UBND xã tiếp công dân");
}

TEST(Inbox, ShowsContactMaskedAndNotesEachLook) {
  Office office;
  const core::Seq rating = office.say(3, "Xin trả lời giúp tôi");
  office.leave_contact(rating, "0912345678\nNguyễn Văn A");
  office.five_others_rate();
  office.enter_as_officer();
  office.tap("Ý kiến");
  office.tap("Xin trả lời");
  EXPECT_EQ(office.fact("Liên hệ"), "09*****678");
  EXPECT_EQ(acts_of(office).find("see-contact"), std::string::npos);
  office.tap("Hiện liên hệ");
  EXPECT_EQ(office.fact("Liên hệ"), "Nguyễn Văn A, 0912345678");
  EXPECT_NE(acts_of(office).find("minh|see-contact|" + std::to_string(rating)), std::string::npos);
}

TEST(Inbox, MarksWhatIsOverdue) {
  Office office;
  office.say(2, "Góp ý cũ", Office::kMorning - 20 * kDayMs);
  office.say(2, "Góp ý mới");
  office.five_others_rate();
  office.enter_as_officer();
  office.tap("Ý kiến");
  office.tap("Quá hạn");
  EXPECT_TRUE(office.says("Góp ý cũ"));
  EXPECT_FALSE(office.says("Góp ý mới"));
  EXPECT_TRUE(office.says("quá hạn 11/11/2026 (hạn tạm)"));
}

TEST(Inbox, HasFiltersForTheHead) {
  Office office;
  office.say(1, "Điểm một");
  office.say(5, "Điểm năm");
  office.enter_as_head();
  office.tap("Ý kiến");
  office.tap("Bộ lọc");
  office.tap("5");
  office.tap("Xem danh sách");
  EXPECT_TRUE(office.says("Điểm năm"));
  EXPECT_FALSE(office.says("Điểm một"));
  EXPECT_TRUE(office.says("Đang lọc: 5 điểm"));
}

TEST(Inbox, TakesAnAnonymousComplaintForASuggestion) {
  Office office;
  office.say(1, "Cán bộ nói trống không");
  office.enter_as_head();
  office.tap("Ý kiến");
  office.tap("Cán bộ nói");
  office.tap("Phân loại");
  EXPECT_TRUE(office.offers("Góp ý"));
  EXPECT_FALSE(office.offers("Phản ánh, kiến nghị"));
}

TEST(Inbox, IsNotOpenToWhomItIsAbout) {
  Office office;
  const core::Seq rating = office.say(1, "Cán bộ Minh nói trống không");
  office.leave_contact(rating, "0912345678\nNguyễn Văn A");
  office.enter_as_head();
  office.tap("Ý kiến");
  office.tap("Cán bộ Minh");
  office.tap("Phân loại");
  office.tap("Phản ánh, kiến nghị: Hành vi");
  office.tap("Minh");
  office.tap("Ghi");
  office.five_others_rate();
  office.enter_as_officer();
  office.tap("Ý kiến");
  office.tap("Tất cả");
  EXPECT_FALSE(office.says("Cán bộ Minh"));
  office.tap("Tìm");
  office.type("Minh");
  EXPECT_FALSE(office.says("Cán bộ Minh"));
}

/// Whoever they are about may be the one who reads them.
TEST(Inbox, KeepsWhatNamesAnOfficerForTheHead) {
  Office office;
  office.answer(office.say(2, "Giải thích chưa rõ"), "officer", "cb-01");
  const core::Seq taken_back = office.say(4, "Chờ hơi lâu");
  office.answer(taken_back, "officer", "");
  office.five_others_rate();
  office.enter_as_officer();
  office.tap("Ý kiến");
  EXPECT_TRUE(office.says("Chờ hơi lâu"));
  EXPECT_FALSE(office.says("Giải thích chưa rõ"));
  office.enter_as_head();
  office.tap("Ý kiến");
  EXPECT_TRUE(office.says("Giải thích chưa rõ"));
}

TEST(Inbox, IsNotOpenToTheHeadWhomTheResidentNamed) {
  Office office;
  office.house().officers = {{"cb-07", "HÀ", core::CounterId{"q1"}, ""}};
  office.restart();
  office.answer(office.say(2, "Nói trống không"), "officer", "cb-07");
  office.answer(office.say(4, "Giải thích kỹ"), "officer", "cb-01");
  office.enter_as_head();
  office.tap("Ý kiến");
  EXPECT_TRUE(office.says("Giải thích kỹ"));
  EXPECT_FALSE(office.says("Nói trống không"));
  office.tap("Giải thích kỹ");
  office.tap("Ký ngày");  // what nobody here may see is for the district
  office.tap("Đã xem hết ý kiến trong ngày");
  EXPECT_EQ(office.see().message, "Đã ký xác nhận ngày 24/11/2026.");
}

TEST(Inbox, FindsHiddenWordsForTheHeadAlone) {
  Office office;
  office.say(2, "Bà Xuân ở thôn Đông");
  office.enter_as_head();
  office.tap("Ý kiến");
  office.tap("Bà Xuân");
  office.tap("Ẩn nội dung");
  office.type("Có tên người");
  office.five_others_rate();
  for (const bool head : {true, false}) {
    head ? office.enter_as_head() : office.enter_as_officer();
    office.tap("Ý kiến");
    office.tap("Tìm");
    office.type("xuan");
    EXPECT_EQ(office.offers("sáng 24/11/2026"), head);
  }
}

TEST(Inbox, TellsTheSecondOfTwoThatTheCaseHasChanged) {
  Office office;
  const core::Seq rating = office.say(2, "Phòng chờ nóng");
  office.five_others_rate();
  office.enter_as_officer();
  office.tap("Ý kiến");
  office.tap("Phòng chờ");
  {
    journal::Journal journal = must(journal::Journal::open(office.folder(), journal::kDevice));
    core::CaseStep step;
    step.action = core::CaseAction::kNote;
    step.who = "ha";
    step.role = "head";
    step.note = "Đang xem";
    step.seen = 1000;
    must(journal::StaffBook(journal).append(office.now(), rating, step, 1));
  }
  office.tap("Ghi chú");
  office.type("Tôi cũng xem");
  EXPECT_EQ(office.see().message, "Ý kiến vừa thay đổi. Xin xem lại trước khi xử lý.");
}

// Served counts.

TEST(ServedCounts, AreTypedAndCorrected) {
  Office office;
  for (int i = 0; i < 6; ++i) office.rate(4);
  office.enter_as_officer();
  office.tap("Hồ sơ");
  office.tap("Hộ tịch");
  EXPECT_EQ(office.type("99999").message, "Xin nhập một số từ 0 đến 10.000.");
  office.type("21");
  office.tap("Hộ tịch");
  office.type("12");
  EXPECT_TRUE(office.says("Hộ tịch | 12 |"));
  office.enter_as_head();
  EXPECT_EQ(office.fact("Độ phủ"), "50,00 % (6 phiếu / 12 hồ sơ)");
  EXPECT_EQ(journal::text(office.journal_folder(),
                          "SELECT count(*) FROM event WHERE CAST(bytes AS TEXT) LIKE"
                          " '%\"kind\":\"served\"%'"),
            "2");
}

TEST(ServedCounts, ComeFromAFileAfterALook) {
  Office office;
  const auto stick = office.folder() / "media" / "USB1";
  std::filesystem::create_directories(stick);
  std::ofstream(stick / "thang11.csv") << "day,field,count\n2026-11-23,ho-tich,7\n"
                                          "2026-11-23,Đất đai,3\n2026-11-23,khong-co,1\n";
  std::ofstream(office.house().sticks.mounts)
      << "36 35 8:1 / " << stick.string() << " rw,noatime - vfat /dev/sda1 rw\n";
  office.house().sticks.folders = {office.folder() / "media"};
  office.restart();
  office.enter_as_officer();
  office.tap("Hồ sơ");
  office.tap("Nhập từ USB");
  office.tap("thang11.csv");
  EXPECT_EQ(office.see().title, "Xem trước: 2 dòng sẽ ghi, 1 dòng sai");
  const auto count = [&] {
    return journal::text(office.journal_folder(), "SELECT count(*) FROM served");
  };
  EXPECT_EQ(count(), "0");
  office.tap("Ghi 2 dòng đúng");
  EXPECT_EQ(count(), "2");
  EXPECT_EQ(office.see().message, "Đã ghi 2 dòng.");
}

// The sign-off.

TEST(SignOff, NeedsEverythingToBeSeen) {
  Office office;
  office.say(2, "Chưa xem");
  office.five_others_rate();
  office.enter_as_officer();
  office.tap("Ký ngày");
  EXPECT_FALSE(office.offers("Đã xem hết ý kiến trong ngày"));
  office.tap("Xem ý kiến");
  office.tap("Chưa xem");
  office.tap("Quay lại");
  office.tap("Ký ngày");
  office.tap("Đã xem hết ý kiến trong ngày");
  EXPECT_EQ(office.see().message, "Đã ký xác nhận ngày 24/11/2026.");
  EXPECT_TRUE(office.fact("Đã ký").starts_with("Minh, 24/11/2026 09:00"));
}

TEST(SignOff, ListsTheDaysThatNobodySigned) {
  Office office;
  office.rate(5, Office::kMorning - 5 * kDayMs);  // Thursday; then a weekend
  office.enter_as_head();
  office.tap("Ký ngày");
  for (const char* day : {"19/11/2026", "20/11/2026", "23/11/2026"}) {
    EXPECT_TRUE(office.offers(day)) << day;
  }
  EXPECT_FALSE(office.offers("21/11/2026"));
  office.tap("20/11/2026");
  office.tap("Đã xem hết ý kiến trong ngày");
  EXPECT_FALSE(office.offers("20/11/2026"));
}

TEST(SignOff, DoesNotCoverWhatCameAfterIt) {
  Office office;
  office.five_others_rate(Office::kMorning - kDayMs);
  office.rate(5, Office::kMorning - kDayMs);
  office.enter_as_officer();
  office.tap("Ký ngày");
  office.tap("23/11/2026");
  office.tap("Đã xem hết ý kiến trong ngày");
  EXPECT_FALSE(office.offers("23/11/2026"));
  office.say(2, "Đến sau khi ký", Office::kMorning - kDayMs + kOneHourMs);
  office.five_others_rate(Office::kMorning - kDayMs + 2 * kOneHourMs);
  office.tap("Ký ngày");
  EXPECT_TRUE(office.offers("23/11/2026"));
}

TEST(SignOff, LeavesTheHeadWhatOnlyTheHeadMaySee) {
  Office office;
  office.answer(office.rate(1, Office::kMorning - kDayMs), "extra-payment", "yes", true);
  office.five_others_rate(Office::kMorning - kDayMs);
  office.enter_as_officer();
  office.tap("Ký ngày");
  office.tap("23/11/2026");
  office.tap("Đã xem hết ý kiến trong ngày");
  EXPECT_FALSE(office.offers("23/11/2026"));
  office.enter_as_head();
  office.tap("Ký ngày");
  EXPECT_TRUE(office.offers("23/11/2026"));
}

TEST(SignOff, IsNotTakenForWhatCameWhileThePersonLooked) {
  Office office;
  office.enter_as_officer();
  office.tap("Ký ngày");
  office.say(2, "Vừa đến");
  office.five_others_rate();
  office.tap("Đã xem hết ý kiến trong ngày");
  EXPECT_EQ(office.see().message, "Vừa có ý kiến mới. Xin xem rồi ký lại.");
}

// Reports.

TEST(Reports, GoIntoAFolder) {
  Office office;
  for (int i = 0; i < 7; ++i) office.rate(5);
  office.enter_as_head();
  office.tap("Báo cáo");
  office.tap("Lưu báo cáo");
  EXPECT_EQ(office.see().message, "Đã lưu bao-cao-2026-11-24.pdf.");
  office.tap("Excel");
  office.tap("Lưu báo cáo");
  EXPECT_TRUE(std::filesystem::exists(office.house().report_folder / "bao-cao-2026-11-24.pdf"));
  EXPECT_TRUE(std::filesystem::exists(office.house().report_folder / "bao-cao-2026-11-24.xlsx"));
  EXPECT_EQ(office.progress().back(), 1);
  EXPECT_NE(acts_of(office).find("ha|report|bao-cao-2026-11-24.xlsx"), std::string::npos);
}

TEST(Reports, SayWhenThereIsNowhereToGo) {
  Office office;
  office.house().report_folder.clear();
  office.restart();
  office.enter_as_head();
  office.tap("Báo cáo");
  EXPECT_TRUE(office.says("Xin cắm USB"));
  EXPECT_FALSE(office.offers("Lưu báo cáo"));
}

// The machine.

TEST(Machine, SaysHowItIs) {
  Office office;
  office.rate(5);
  office.enter_as_officer();
  office.tap("Máy");
  EXPECT_FALSE(office.says("sự kiện 1"));  // numbers that grow with every rating
  office.tap("Kiểm tra nhật ký");
  EXPECT_EQ(office.see().message, "Chuỗi sự kiện và nội dung đều nguyên vẹn.");
  office.tap("Kiểm tra thiết bị");
  ASSERT_TRUE(office.see().input);
  office.tap("Phát âm thanh");
  EXPECT_EQ(office.sounds(), 1);
  office.tap("Xong");
  EXPECT_FALSE(office.see().input);
}

TEST(Machine, FindsAJournalThatWasTamperedWith) {
  Office office;
  office.rate(1);
  journal::raw(office.journal_folder())
      .exec(
          "DROP TRIGGER event_is_never_changed;"
          "UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"score\":1',"
          " '\"score\":5') AS BLOB) WHERE CAST(bytes AS TEXT) LIKE '%\"score\":1%'");
  office.enter_as_officer();
  office.tap("Máy");
  office.tap("Kiểm tra nhật ký");
  EXPECT_TRUE(office.see().message.starts_with("Có bản ghi hỏng")) << office.see().message;
}

// Whatever anybody taps.

/// Texts for whatever is asked for.
std::string something_typed(const Input& input, std::mt19937& random) {
  switch (input.kind) {
    case Input::Kind::kDate:
      return random() % 2 == 0 ? "01112026" : "24112026";
    case Input::Kind::kPin:
      return "9" + std::to_string(10'000 + random() % 90'000);
    case Input::Kind::kNumber:
      return std::to_string(random() % 60);
    default:
      return random() % 4 == 0 ? "" : "nội dung " + std::to_string(random() % 100);
  }
}

/// One thing that can be done, chosen at random, but staying inside.
void do_something(Office& office, std::mt19937& random) {
  auto commands = office.commands();
  std::erase_if(commands, [](const Command& each) {
    return each.verb == Verb::kLock || each.verb == Verb::kVerify;
  });
  // Mostly on in the room where one is.
  if (random() % 10 != 0) {
    std::erase_if(commands, [&](const Command& each) {
      const auto& tabs = office.see().tabs;
      return each.verb == Verb::kPage ||
             std::any_of(tabs.begin(), tabs.end(),
                         [&](const auto& tab) { return tab.command == each; });
    });
  }
  if (office.see().input && (commands.empty() || random() % 3 != 0)) {
    if (office.see().input->kind != Input::Kind::kParts) {
      office.type(something_typed(*office.see().input, random));
      return;
    }
  }
  if (!commands.empty()) office.send(commands[random() % commands.size()]);
}

/// A shop in the middle of its work.
void fill(Office& office) {
  for (int i = 0; i < 9; ++i) {
    office.rate(i % 5 + 1, Office::kMorning - i * kDayMs, i % 2 == 0 ? "ho-tich" : "dat-dai");
  }
  const core::Seq first = office.say(2, "Phải đi lại nhiều lần", Office::kMorning + 37 * kMinuteMs);
  office.leave_contact(first, "0912345678\nNguyễn Văn A");
  office.answer(first, "reasons", "many-trips");
  office.say(5, "Cán bộ rất nhiệt tình", Office::kMorning - kDayMs + 41 * kMinuteMs);
  office.answer(office.say(1, "Bị đòi tiền bôi trơn", Office::kMorning - 2 * kDayMs),
                "extra-payment", "yes", true);
  office.five_others_rate();
}

/// What the journal is asked for and may_open() say the same of every case.
void expect_same_cases_for_officers(const Office& office) {
  journal::Journal journal = must(journal::Journal::open(office.folder(), journal::kDevice));
  journal::Review review(journal);
  const journal::Person officer{"minh", "Minh", core::StaffRole::kOfficer, true};
  journal::CaseFilter filter;
  const auto ratings_but = [&](const auto& left_out) {
    auto heads = must(review.cases(filter));
    std::erase_if(heads, left_out);
    std::vector<core::Seq> list;
    list.reserve(heads.size());
    for (const journal::CaseHead& head : heads) list.push_back(head.rating);
    return list;
  };
  const auto asked =
      ratings_but([&](const auto& head) { return head.state.officer == officer.id; });
  filter.scope.with_restricted = true;
  EXPECT_EQ(ratings_but([&](const auto& head) { return !may_open(officer, head); }), asked);
  EXPECT_GT(must(review.cases(filter)).size(), asked.size());
}

TEST(Staff, NeverChangeWhatResidentsLeft) {
  Office office;
  fill(office);
  const auto folder = std::string("SELECT seq, hex(hash), hex(bytes) FROM event WHERE seq <= ");
  const std::string last = journal::text(office.journal_folder(), "SELECT max(seq) FROM event");
  const auto all_of_residents = [&] {
    SQLite::Database database = journal::raw(office.journal_folder());
    return journal::dump(database, folder + last + " ORDER BY seq") +
           journal::dump(database, "SELECT * FROM v_rating ORDER BY seq") +
           journal::dump(database,
                         "SELECT device_id, seq, rating_seq, kind, text, recorded_at"
                         " FROM v_feedback ORDER BY seq") +
           journal::dump(database,
                         "SELECT rating_seq, question, choices FROM answer ORDER BY 1, 2");
  };
  const std::string before = all_of_residents();
  std::set<Verb> done;
  for (const bool head : {false, true}) {  // who may shut the other out
    std::mt19937 random(20'261'124);
    head ? office.enter_as_head() : office.enter_as_officer();
    for (int i = 0; i < 700; ++i) {
      for (const Command& command : office.commands()) done.insert(command.verb);
      do_something(office, random);
      ASSERT_FALSE(office.see().tabs.empty()) << office.text();
    }
  }
  EXPECT_EQ(all_of_residents(), before);
  expect_same_cases_for_officers(office);
  // It was not for want of doing something.
  for (const Verb verb : {Verb::kStep, Verb::kTakeStep, Verb::kServedField, Verb::kConfirm,
                          Verb::kReportSave, Verb::kContact, Verb::kAddPerson}) {
    EXPECT_TRUE(done.contains(verb)) << static_cast<int>(verb);
  }
  journal::expect_verifies(office.journal_folder());
}

/// Whatever an officer taps, no view shows when exactly somebody was there, how somebody rated what
/// they wrote, or what is not for officers.
TEST(Staff, NeverLearnAsOfficersWhoRatedHow) {
  Office office;
  fill(office);
  office.enter_as_officer();
  std::mt19937 random(20'261'125);
  for (int i = 0; i < 700; ++i) {
    do_something(office, random);
    const std::string text = office.text();
    for (const char* secret : {"09:37", "09:41", "bôi trơn", "Điểm", "many-trips", "Quầy: "}) {
      ASSERT_EQ(text.find(secret), std::string::npos) << secret << " in:\n" << text;
    }
  }
}

TEST(Staff, DoNothingThatWasNotOffered) {
  Office office;
  fill(office);
  office.enter_as_officer();
  const auto events = [&] {
    return journal::text(office.journal_folder(), "SELECT count(*) FROM event");
  };
  const std::string before = events();
  const View shown = office.see();
  for (int verb = 0; verb <= static_cast<int>(Verb::kBack); ++verb) {
    const auto each = static_cast<Verb>(verb);
    if (each == Verb::kOpen || each == Verb::kLock) continue;
    office.send({each, 12'345, "khác"});
    EXPECT_EQ(office.see(), shown) << verb;
  }
  EXPECT_EQ(events(), before);
}

}  // namespace
}  // namespace hailong::kiosk::staff
