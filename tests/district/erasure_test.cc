#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/dossier_code.h"
#include "core/token.h"
#include "district/ingest/eraser.h"
#include "district/ingest/later_answers.h"
#include "district/ingest/verifier.h"
#include "tests/district/sample.h"

/// What is erased is gone, and everything else holds.

namespace hailong::district {
namespace {

const std::string kCode = "000.00.01.H24-261120-0001";
const core::Bytes32 kSecret{3};
const ingest::ErasureOrder kOrder{"can-bo", "Theo đơn ngày 24/11/2026"};

class Erasing : public testing::Test {
 protected:
  Erasing() { register_kiosk(reception_.store(), kiosk_); }

  ~Erasing() override {
    const auto proof = must(ingest::Verifier(reception_.store()).verify());
    EXPECT_TRUE(proof.faults.empty()) << proof.faults.front();
    const std::string figures = reception_.peek().roll_ups();
    must(reception_.receiver().rebuild());
    EXPECT_EQ(reception_.peek().roll_ups(), figures);
  }

  void send(std::int64_t now_ms = kNoon) {
    const core::Seq first = sent_ + 1;
    sent_ = kiosk_.last();
    accepted(reception_.take(kiosk_, kiosk_.sealed(first, sent_), now_ms));
  }
  std::string texts() {
    Peek peek = reception_.peek();
    std::string lines;
    for (const sql::Row row :
         peek.rows("SELECT text FROM content WHERE text IS NOT NULL ORDER BY 1")) {
      lines.append(row.bytes(0)).append("\n");
    }
    return lines;
  }
  /// Everything of the store that lies on the disk.
  std::string bytes_on_disk() {
    std::string bytes;
    for (const auto& file : std::filesystem::directory_iterator(reception_.config().data_dir)) {
      std::ifstream in(file.path(), std::ios::binary);
      bytes.append(std::istreambuf_iterator<char>(in), {});
    }
    return bytes;
  }
  core::Seq link(core::Seq rating, const std::string& code) {
    return kiosk_.append(core::Dossier{rating,
                                       core::dossier_key(kSecret, code),
                                       core::content_digest(core::Bytes32{1}, code),
                                       "",
                                       {}});
  }

  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
  wire::SigningKey key_ = wire::SigningKey::generate();
  ingest::Eraser eraser_{reception_.store(), reception_.config().rules.units, key_};
  core::Seq sent_ = 0;
};

TEST_F(Erasing, ByPhoneTakesEveryTextThatHoldsTheNumber) {
  const core::Seq rating = kiosk_.rate(2);
  kiosk_.say(rating, "Xin gọi +84 912.345.678");
  kiosk_.say(rating, "Cảm ơn");
  kiosk_.append(core::Token{rating, core::token_digest(std::string(32, 'a'))});
  send();
  ingest::LaterAnswers later(reception_.store(), reception_.config().rules.units, 7);
  must(later.answer(std::string(32, 'a'), {*core::Score::from(1), {}, false, "0912345678 gọi lại"},
                    kNoon));
  const auto erased = must(eraser_.erase_phone("0912 345 678", kOrder, kNoon));
  EXPECT_EQ(erased.contents, 2);
  EXPECT_EQ(texts(), "Cảm ơn\n");
  const std::string disk = bytes_on_disk();
  EXPECT_EQ(disk.find("912.345.678"), std::string::npos);
  EXPECT_EQ(disk.find("912345678"), std::string::npos) << "the request itself must not hold it";
  EXPECT_EQ(must(eraser_.erase_phone("0912345678", kOrder, kNoon)).contents, 0);
}

TEST_F(Erasing, ByPhoneNamesTheKiosksWhereContactsMayLie) {
  FakeKiosk other("kt-2");
  register_kiosk(reception_.store(), other, "10804");
  for (FakeKiosk* kiosk : {&kiosk_, &other}) {
    const core::Seq rating = kiosk->rate(4);
    kiosk->append(core::Consent{rating, "contact-1", kiosk == &kiosk_ ? 90 : 1});
  }
  send();
  accepted(reception_.take(other));
  const auto erased = must(eraser_.erase_phone("0912345678", kOrder, kNoon + 2 * kDay));
  ASSERT_EQ(erased.kiosks.size(), 1U) << "the other one's consent is over";
  EXPECT_EQ(erased.kiosks[0].device.value, "kt-1");
  EXPECT_EQ(erased.kiosks[0].unit.value, "10750");
}

TEST_F(Erasing, ByDossierFindsItsRatingsByTheUnitsSecret) {
  const core::Seq rating = kiosk_.rate(2);
  link(rating, kCode);
  kiosk_.say(rating, "Chờ lâu");
  kiosk_.say(kiosk_.rate(5), "Tốt lắm");
  send();
  auto erased = must(eraser_.erase_dossier(kCode, {}, kOrder, kNoon));
  EXPECT_EQ(erased.contents, 0);
  ASSERT_EQ(erased.units_without_key.size(), 1U);
  EXPECT_EQ(erased.units_without_key[0].value, "10750");
  erased = must(
      eraser_.erase_dossier(" 000.00.01.h24-261120-0001 ", {{"10750", kSecret}}, kOrder, kNoon));
  EXPECT_EQ(erased.contents, 1);
  EXPECT_TRUE(erased.units_without_key.empty());
  ASSERT_EQ(erased.kiosks.size(), 1U) << "the plain code may still lie there";
  EXPECT_EQ(texts(), "Tốt lắm\n");
}

TEST_F(Erasing, ByDossierTakesPlainCodesAndTextsThatQuoteThem) {
  const core::Seq rating = kiosk_.rate(2);
  const core::Seq linked = link(rating, kCode);
  kiosk_.say(kiosk_.rate(5), "Hồ sơ " + kCode + " rất nhanh");
  wire::Batch batch = kiosk_.batch(1, kiosk_.last());
  batch.contents.push_back({linked, core::Bytes32{1}, kCode});
  std::sort(batch.contents.begin(), batch.contents.end(),
            [](const auto& a, const auto& b) { return a.seq < b.seq; });
  accepted(reception_.take(kiosk_, must(wire::seal_batch(batch, kiosk_.key()))));
  EXPECT_EQ(must(eraser_.erase_dossier(kCode, {}, kOrder, kNoon)).contents, 2);
  EXPECT_EQ(bytes_on_disk().find("261120-0001"), std::string::npos);
}

// The kiosk sends ratings first and words when its link allows.
TEST_F(Erasing, ByDossierKeepsOutWordsThatAreStillToCome) {
  const core::Seq rating = kiosk_.rate(2);
  link(rating, kCode);
  kiosk_.say(rating, "Chờ lâu");
  const core::Seq last = kiosk_.say(kiosk_.rate(5), "Tốt lắm");
  const auto send_with = [&](wire::ContentsClaim contents) {
    const wire::Batch batch = kiosk_.batch_with(1, last, contents);
    accepted(reception_.take(kiosk_, must(wire::seal_batch(batch, kiosk_.key()))));
  };
  send_with({0, 0});
  const auto erased = must(eraser_.erase_dossier(kCode, {{"10750", kSecret}}, kOrder, kNoon));
  EXPECT_EQ(erased.contents, 0);
  EXPECT_EQ(erased.kiosks.size(), 1U);
  send_with({0, last});
  EXPECT_EQ(texts(), "Tốt lắm\n");
  EXPECT_EQ(bytes_on_disk().find("Chờ lâu"), std::string::npos);
}

TEST_F(Erasing, RefusesARequestThatWouldKeepWhatItErases) {
  for (const std::string& reason : {std::string("anh Nam 0912.345.678 xin xóa"), std::string(),
                                    std::string("hai\ndòng"), std::string(201, 'x')}) {
    const auto refused = eraser_.erase_phone("0912345678", {"can-bo", reason}, kNoon);
    ASSERT_FALSE(refused) << reason;
    EXPECT_EQ(refused.error().fault, core::Fault::kInvalid);
  }
  EXPECT_FALSE(eraser_.erase_dossier(kCode, {}, {"can-bo", "xóa " + kCode}, kNoon));
  EXPECT_FALSE(eraser_.erase_dossier("không phải mã", {}, kOrder, kNoon));
  EXPECT_FALSE(eraser_.erase_phone("113", kOrder, kNoon));
}

TEST_F(Erasing, SaysTheSameOfTheSamePersonAndNothingElse) {
  must(eraser_.erase_phone("0912345678", kOrder, kNoon));
  must(eraser_.erase_phone("+84912345678", kOrder, kNoon));
  must(eraser_.erase_phone("0912345679", kOrder, kNoon));
  std::vector<core::Bytes32> subjects;
  Peek peek = reception_.peek();
  for (const sql::Row row : peek.rows("SELECT bytes FROM event WHERE stream_id = 0 ORDER BY seq")) {
    const auto event = must(ingest::decode_own_event(row.bytes(0)));
    const auto& erasure = std::get<ingest::OwnErasure>(event.body);
    EXPECT_EQ(erasure.by, "can-bo");
    subjects.push_back(erasure.subject.value());
  }
  EXPECT_EQ(
      peek.number("SELECT count(*) FROM audit WHERE who = 'can-bo' AND action = 'data-erased'"), 3);
  ASSERT_EQ(subjects.size(), 3U);
  EXPECT_EQ(subjects[0], subjects[1]);
  EXPECT_NE(subjects[0], subjects[2]);
}

TEST_F(Erasing, AfterTheirTimeTakesWordsButNoFigures) {
  const core::Seq rating = kiosk_.rate(2);
  kiosk_.say(rating, "Cũ");
  send(kNoon);
  kiosk_.say(rating, "Mới");
  send(kNoon + kDay);
  const storage::Retention rule{30, 30};
  EXPECT_EQ(must(eraser_.erase_outdated(rule, {storage::kItself, kNoon + 30 * kDay - 1})), 0);
  EXPECT_EQ(must(eraser_.erase_outdated(rule, {storage::kItself, kNoon + 30 * kDay})), 1);
  EXPECT_EQ(texts(), "Mới\n");
  EXPECT_EQ(bytes_on_disk().find("Cũ"), std::string::npos);
}

TEST_F(Erasing, AfterTheirTimeTakesAsManyAsThereAre) {
  const core::Seq rating = kiosk_.rate(2);
  for (int i = 0; i < 450; ++i) kiosk_.say(rating, "Lời " + std::to_string(i));
  send();
  EXPECT_EQ(must(eraser_.erase_outdated({1, 1}, {storage::kItself, kNoon + kDay})), 450);
  EXPECT_EQ(texts(), "");
}

TEST_F(Erasing, SoonAfterTheirCaseWasClosedTakesTheNotesOnItToo) {
  kiosk_.say(kiosk_.rate(2), "Chờ lâu");
  kiosk_.say(kiosk_.rate(2), "Chưa xong");
  send();
  Peek peek = reception_.peek();
  must(peek.execute(
      "INSERT INTO case_step (stream_id, rating_seq, number, action, at_ms, who, role, classed, "
      "subject, misconduct, officer, note, answer, receiver, seen) VALUES (1, 1, 1, 'close', $1, "
      "'can-bo', '', '', '', 0, '', 'Bà viết: chờ lâu', 'Đã thêm người', '', 2)",
      kNoon + kDay));
  must(peek.execute(
      "INSERT INTO case_state (stream_id, rating_seq, status, classed, misconduct, hidden, seen, "
      "steps) VALUES (1, 1, 'closed', '', 0, 0, 2, 1)"));
  const storage::Retention rule{365, 90};
  EXPECT_EQ(must(eraser_.erase_outdated(rule, {storage::kItself, kNoon + 91 * kDay - 1})), 0);
  EXPECT_EQ(must(eraser_.erase_outdated(rule, {storage::kItself, kNoon + 91 * kDay})), 1);
  EXPECT_EQ(texts(), "Chưa xong\n");
  EXPECT_EQ(reception_.peek().dump("SELECT note, answer FROM case_step"), "|Đã thêm người\n");
  EXPECT_EQ(bytes_on_disk().find("chờ lâu"), std::string::npos);
}

TEST_F(Erasing, ByPhoneEmptiesNotesThatHoldTheNumber) {
  kiosk_.say(kiosk_.rate(2), "Chờ lâu");
  send();
  must(reception_.peek().execute(
      "INSERT INTO case_step (stream_id, rating_seq, number, action, at_ms, who, role, classed, "
      "subject, misconduct, officer, note, answer, receiver, seen) VALUES "
      "(1, 1, 1, 'note', 0, '', '', '', '', 0, '', 'Đã gọi 0912.345.678', '', '', 2), "
      "(1, 1, 2, 'note', 0, '', '', '', '', 0, '', 'Đang xem', '', '', 2)"));
  must(eraser_.erase_phone("0912345678", kOrder, kNoon));
  EXPECT_EQ(reception_.peek().dump("SELECT note FROM case_step ORDER BY number"), "\nĐang xem\n");
  EXPECT_EQ(texts(), "Chờ lâu\n");
}

class Verifying : public testing::Test {
 protected:
  Verifying() {
    register_kiosk(reception_.store(), kiosk_);
    kiosk_.say(kiosk_.rate(2), "Chờ lâu");
    accepted(reception_.take(kiosk_));
  }
  template <typename... Parameters>
  std::vector<std::string> faults_after(const std::string& sql, const Parameters&... parameters) {
    Peek peek = reception_.peek();
    peek.unlock("event");
    must(peek.execute(sql, parameters...));
    return must(ingest::Verifier(reception_.store()).verify()).faults;
  }

  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
};

TEST_F(Verifying, FindsNothingWhereEverythingHolds) {
  const auto proof = must(ingest::Verifier(reception_.store()).verify());
  EXPECT_TRUE(proof.faults.empty());
  EXPECT_EQ(proof.streams, 2) << "the kiosk's and the district's own";
  EXPECT_EQ(proof.events, 2);
  EXPECT_EQ(proof.contents, 1);
}

TEST_F(Verifying, FindsAChangedEvent) {
  std::string event = kiosk_.event(1);
  event.replace(event.find("\"score\":2"), 9, "\"score\":5");
  EXPECT_EQ(faults_after("UPDATE event SET bytes = $1 WHERE seq = 1", sql::bytes(event)),
            std::vector<std::string>{"device kt-1, epoch e1, event 1: the chain is broken here"});
}

TEST_F(Verifying, FindsACutEnd) {
  must(reception_.peek().execute("DELETE FROM content"));
  EXPECT_FALSE(faults_after("DELETE FROM event WHERE seq = 2").empty());
}

TEST_F(Verifying, FindsAHole) {
  EXPECT_FALSE(faults_after("DELETE FROM event WHERE seq = 1").empty());
}

TEST_F(Verifying, FindsChangedWords) {
  EXPECT_EQ(faults_after("UPDATE content SET text = $1", sql::bytes("Rất nhanh")),
            std::vector<std::string>{"device kt-1, epoch e1, event 2: content was changed"});
}

TEST_F(Verifying, FindsWordsThatWereErasedWithoutAWord) {
  EXPECT_EQ(faults_after("UPDATE content SET text = NULL, salt = NULL, erased_own = 1"),
            std::vector<std::string>{
                "device kt-1, epoch e1, event 2: content was erased, but no event says so"});
}

}  // namespace
}  // namespace hailong::district
