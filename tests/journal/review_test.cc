#include "journal/review.h"

#include <set>

#include "core/folding.h"
#include "journal/staff_book.h"
#include "tests/journal/look.h"

/// What staff mode reads and adds.

namespace hailong::journal {
namespace {

using tests::TempFolder;

constexpr std::int64_t kMorning = 1'795'485'600'000;  // 24/11/2026 09:00

core::Seq say(Journal& journal, const std::string& visit, const std::string& words, int score = 3) {
  const core::Seq rating = must(journal.append(stamp_at(kMorning), rating_of(score, visit))).seq;
  must(journal.append_feedback(stamp_at(kMorning), rating, core::FeedbackKind::kWords, words));
  return rating;
}

std::set<core::Seq> found(Journal& journal, const std::string& search) {
  CaseFilter filter;
  filter.search = search;
  std::set<core::Seq> ratings;
  for (const CaseHead& head : must(Review(journal).cases(filter))) ratings.insert(head.rating);
  return ratings;
}

/// Two hundred things that people say at a one-stop shop: who or what, and what about it.
std::vector<std::string> samples() {
  const char* const subjects[] = {
      "Cán bộ hộ tịch",    "Chị ở quầy số 2",   "Phòng chờ",        "Máy lấy số",
      "Giấy hẹn",          "Lệ phí chứng thực", "Thủ tục đất đai",  "Đường dây nóng",
      "Bãi gửi xe",        "Hồ sơ của tôi",     "Bàn viết",         "Quạt trần",
      "Nước uống",         "Biển chỉ dẫn",      "Ghế ngồi",         "Bác bảo vệ",
      "Bản sao trích lục", "Mẫu tờ khai",       "Ứng dụng điện tử", "Lịch tiếp công dân"};
  const char* const predicates[] = {"rất lịch sự, hướng dẫn tận tình",
                                    "chậm quá, phải chờ cả buổi sáng",
                                    "bị hỏng từ tuần trước",
                                    "khó hiểu, nên viết to và rõ hơn",
                                    "thiếu chỗ cho người già và trẻ nhỏ",
                                    "đúng hẹn, không phải đi lại",
                                    "nên niêm yết công khai ở cổng",
                                    "để quên ở chỗ trả kết quả",
                                    "ồn ào và nóng bức vào buổi trưa",
                                    "được sửa lại thì tốt biết mấy"};
  std::vector<std::string> all;
  for (const char* subject : subjects) {
    for (const char* predicate : predicates) {
      all.push_back(std::string(subject) + " " + predicate + ".");
    }
  }
  return all;
}

TEST(Search, FindsTwoHundredSamplesWithAndWithoutAccents) {
  const TempFolder folder;
  Journal journal = must(Journal::open(folder.path(), kDevice));
  std::map<core::Seq, std::string> said;
  for (const std::string& sample : samples()) {
    said[say(journal, "v" + std::to_string(said.size()), sample)] = core::fold(sample);
  }
  ASSERT_EQ(said.size(), 200U);
  for (const auto& [rating, folded] : said) {
    const std::string sample =
        samples()[static_cast<std::size_t>(std::distance(said.begin(), said.find(rating)))];
    // As it was written; without accents; and the beginnings of its words only.
    std::string beginnings;
    for (const std::string_view word : core::words(folded)) {
      beginnings += std::string(word.substr(0, 2)) + " ";
    }
    for (const std::string& search : {sample, folded, beginnings}) {
      std::set<core::Seq> ought;
      for (const auto& [other, text] : said) {
        if (core::matches(text, core::fold(search))) ought.insert(other);
      }
      ASSERT_TRUE(ought.contains(rating));
      ASSERT_EQ(found(journal, search), ought) << search;
    }
  }
}

TEST(Search, TakesWhateverIsTyped) {
  const TempFolder folder;
  Journal journal = must(Journal::open(folder.path(), kDevice));
  const core::Seq rating = say(journal, "a", "Chứng thực \"bản sao\" NEAR cổng (AND)");
  EXPECT_EQ(found(journal, "\"bản sao\""), std::set{rating});
  EXPECT_EQ(found(journal, "near* AND -cổng OR"), std::set<core::Seq>{});  // "or" is no word of it
  EXPECT_EQ(found(journal, "AND NEAR("), std::set{rating});
  EXPECT_EQ(found(journal, "\xff\xfe"), std::set<core::Seq>{});
  EXPECT_EQ(found(journal, "  ,.  "), std::set{rating});  // no word: no search
}

TEST(Search, SeesWhatCameSinceAndNotWhatWasErased) {
  const TempFolder folder;
  Journal journal = must(Journal::open(folder.path(), kDevice));
  say(journal, "a", "Xin thêm ghế");
  EXPECT_EQ(found(journal, "ghe").size(), 1U);
  const core::Seq second = say(journal, "b", "Ghế gãy của bà Xuân");
  EXPECT_EQ(found(journal, "ghe").size(), 2U);
  must(journal.erase(stamp_at(kMorning), second + 1, "asked for"));
  EXPECT_EQ(found(journal, "ghe").size(), 1U);
  EXPECT_TRUE(found(journal, "xuan").empty());
  // Not even in the index's own pages.
  EXPECT_EQ(text(folder, "SELECT count(*) FROM word_index_data WHERE instr(block, 'xuan') > 0"),
            "0");
  say(journal, "c", "Ghế mới rất tốt");
  EXPECT_EQ(found(journal, "ghe").size(), 2U);
  expect_verifies(folder);
}

TEST(ErasedNotes, LeaveTheStepAndItsPlace) {
  const TempFolder folder;
  Journal journal = must(Journal::open(folder.path(), kDevice));
  const core::Seq rating = say(journal, "a", "Xin thêm ghế");
  StaffBook book(journal);
  core::CaseStep step;
  step.action = core::CaseAction::kNote;
  step.who = "ha";
  step.role = "head";
  step.note = "Bà Xuân, số nhà 3";
  step.seen = rating + 1;
  const core::Seq noted = must(book.append(stamp_at(kMorning), rating, step, 0)).seq;
  EXPECT_EQ(must(Review(journal).case_file(rating)).steps[0].note, "Bà Xuân, số nhà 3");
  must(journal.erase(stamp_at(kMorning), noted, "asked for"));
  EXPECT_EQ(must(Review(journal).case_file(rating)).steps[0].note, "");
  EXPECT_EQ(must(Review(journal).case_file(rating)).head.state.steps, 1);
  expect_verifies(folder);
}

TEST(StaffBook, RefusesAStepThatDoesNotFitAndWritesNothing) {
  const TempFolder folder;
  Journal journal = must(Journal::open(folder.path(), kDevice));
  const core::Seq rating = say(journal, "a", "Xin thêm ghế");
  StaffBook book(journal);
  core::CaseStep step;
  step.action = core::CaseAction::kPublish;
  step.seen = rating + 1;
  const std::string before = text(folder, "SELECT max(seq) FROM event");
  EXPECT_EQ(book.append(stamp_at(kMorning), rating, step, 0).error().fault, core::Fault::kRefused);
  step.action = core::CaseAction::kSee;
  EXPECT_EQ(book.append(stamp_at(kMorning), rating, step, 3).error().fault, core::Fault::kConflict);
  EXPECT_EQ(book.append(stamp_at(kMorning), rating + 1, step, 0).error().fault,
            core::Fault::kNotFound);
  step.seen = rating;  // the words came after what this person had seen
  EXPECT_EQ(book.append(stamp_at(kMorning), rating, step, 0).error().fault, core::Fault::kConflict);
  EXPECT_EQ(text(folder, "SELECT max(seq) FROM event"), before);
}

TEST(StaffBook, KeepsTheSameCountOnce) {
  const TempFolder folder;
  Journal journal = must(Journal::open(folder.path(), kDevice));
  StaffBook book(journal);
  const core::Served served{"ha", core::FieldId{"ho-tich"}, core::local_date(kMorning), 12};
  const core::Seq first = must(book.append(stamp_at(kMorning), served)).seq;
  EXPECT_EQ(must(book.append(stamp_at(kMorning + 1), served)).seq, first);
  core::Served corrected = served;
  corrected.count = 21;
  EXPECT_GT(must(book.append(stamp_at(kMorning + 2), corrected)).seq, first);
  corrected.count = -1;
  EXPECT_EQ(book.append(stamp_at(kMorning), corrected).error().fault, core::Fault::kInvalid);
  EXPECT_EQ(must(Review(journal).served(served.day, served.day))[0].count, 21);
}

TEST(StaffBook, KeepsPinsOutOfTheChain) {
  const TempFolder folder;
  Journal journal = must(Journal::open(folder.path(), kDevice));
  StaffBook book(journal);
  must(book.set_up(stamp_at(kMorning), core::Bytes32{1},
                   {"ha", "ha", "Hà", core::StaffRole::kHead, true}, "secret-hash"));
  EXPECT_EQ(text(folder, "SELECT count(*) FROM event WHERE instr(bytes, 'secret') > 0"), "0");
  EXPECT_EQ(text(folder, "SELECT count(*) FROM content"), "0");
  EXPECT_EQ(book.set_up(stamp_at(kMorning), core::Bytes32{1},
                        {"b", "b", "B", core::StaffRole::kHead, true}, "h")
                .error()
                .fault,
            core::Fault::kRefused);
  EXPECT_EQ(book.add(stamp_at(kMorning), {"ha", "ha", "X", core::StaffRole::kOfficer, true}, "h")
                .error()
                .fault,
            core::Fault::kConflict);
}

}  // namespace
}  // namespace hailong::journal
