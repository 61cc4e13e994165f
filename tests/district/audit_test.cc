#include "district/storage/audit.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/district/sample.h"

namespace hailong::district::storage {
namespace {

class AuditLog : public ::testing::Test {
 protected:
  void add(int count) {
    for (int i = 0; i < count; ++i) {
      must(audit_.add({kNoon + i, "a", "login", "subject " + std::to_string(i), "detail"}));
    }
  }
  std::string fault() { return must(audit_.verify()).fault; }

  Reception reception_;
  Audit audit_{reception_.store()};
};

TEST_F(AuditLog, HoldsFromTheFirstEntryOn) {
  EXPECT_EQ(fault(), "");
  add(3);
  const AuditProof proof = must(audit_.verify());
  EXPECT_EQ(proof.fault, "");
  EXPECT_EQ(proof.entries, 3);
  EXPECT_EQ(core::to_hex(proof.head),
            reception_.peek().text("SELECT hash FROM audit WHERE seq = 3"));
}

TEST_F(AuditLog, CanBeNeitherChangedNorDeleted) {
  add(2);
  Peek peek = reception_.peek();
  EXPECT_FALSE(peek.execute("UPDATE audit SET who = 'b'"));
  EXPECT_FALSE(peek.execute("DELETE FROM audit WHERE seq = 1"));
  EXPECT_EQ(fault(), "");
}

TEST_F(AuditLog, ShowsWhatSomebodyDidBesideTheProgram) {
  add(5);
  Peek peek = reception_.peek();
  peek.unlock("audit");
  for (const char* column : {"at", "who", "action", "subject", "detail"}) {
    const std::string name(column);
    must(peek.execute("UPDATE audit SET " + name + " = " +
                      (name == "at" ? "at + 1" : name + " || 'x'") + " WHERE seq = 3"));
    EXPECT_EQ(fault(), "entry 3 was changed") << column;
    must(peek.execute("UPDATE audit SET " + name + " = " +
                      (name == "at" ? "at - 1"
                                    : std::string("substr(")
                                          .append(name)
                                          .append(", 1, length(")
                                          .append(name)
                                          .append(") - 1)")) +
                      " WHERE seq = 3"));
    EXPECT_EQ(fault(), "") << column;
  }
  must(peek.execute("DELETE FROM audit WHERE seq = 5"));
  EXPECT_EQ(fault(), "entries after 4 are missing");
  must(peek.execute("DELETE FROM audit WHERE seq = 2"));
  EXPECT_EQ(fault(), "entry 2 is missing");
}

TEST_F(AuditLog, KeepsItsOrderWhenSeveralWriteAtOnce) {
  auto other = must(Store::open(reception_.config().data_dir, reception_.config().postgres));
  std::thread beside([&] {
    Audit audit(other);
    for (int i = 0; i < 20; ++i) must(audit.add({kNoon, "b", "login", "", ""}));
  });
  add(20);
  beside.join();
  EXPECT_EQ(fault(), "");
  EXPECT_EQ(must(audit_.verify()).entries, 40);
}

TEST_F(AuditLog, IsReadByFilterTheLatestFirst) {
  add(4);
  must(audit_.add({kNoon + 9, "b", "logout", "subject 1", ""}));
  AuditFilter filter{0, INT64_MAX, "", "", "", {}};
  EXPECT_EQ(must(audit_.read(filter, 10)).size(), 5U);
  EXPECT_EQ(must(audit_.read(filter, 2)).front().seq, 5);
  filter.subject = "subject 1";
  EXPECT_EQ(must(audit_.read(filter, 10)).size(), 2U);
  filter.who = "a";
  ASSERT_EQ(must(audit_.read(filter, 10)).size(), 1U);
  EXPECT_EQ(must(audit_.read(filter, 10)).front().entry.detail, "detail");
  filter = {kNoon + 1, kNoon + 3, "", "login", "", 3};
  ASSERT_EQ(must(audit_.read(filter, 10)).size(), 1U);
  EXPECT_EQ(must(audit_.read(filter, 10)).front().seq, 2);
}

}  // namespace
}  // namespace hailong::district::storage
