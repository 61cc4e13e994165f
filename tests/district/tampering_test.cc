#include <gtest/gtest.h>

#include <functional>

#include "district/ingest/verifier.h"
#include "tests/district/sample.h"

/// Somebody who owns a kiosk, its key included, and makes another history of it: whatever they do,
/// the district sees it at the next batch, and names the first event that is not what it was. And
/// somebody at the district's own store.

namespace hailong::district {
namespace {

using Events = std::vector<std::string>;

/// Event bytes under another number, as one who knows the format makes them.
std::string renumbered(std::string event, core::Seq from, core::Seq to) {
  const std::string is = "\"seq\":" + std::to_string(from) + ",";
  const std::size_t place = event.find(is);
  EXPECT_NE(place, std::string::npos) << event;
  return event.replace(place, is.size(), "\"seq\":" + std::to_string(to) + ",");
}

std::string praised(std::string event) {
  const std::size_t place = event.find("\"score\":2");
  EXPECT_NE(place, std::string::npos) << event;
  return event.replace(place, 9, "\"score\":5");
}

/// Numbers as they stand, whatever the events name.
Events renumbered(const Events& events) {
  Events all;
  all.reserve(events.size());
  for (const std::string& event : events) {
    const std::size_t place = event.find("\"seq\":") + 6;
    all.push_back(
        renumbered(event, std::stoll(event.substr(place)), static_cast<core::Seq>(all.size()) + 1));
  }
  return all;
}

struct Meddling {
  std::string name;
  std::function<Events(Events)> change;  // of the events that the district has, and three more
  core::Seq first = 0;                   // of the batch that is then sent, to the end
  ingest::Refusal why = ingest::Refusal::kConflict;
  core::Seq first_bad = 0;
};

Events erased_from(Events events, int seq) {
  events.erase(events.begin() + (seq - 1));
  return events;
}

Events swapped(Events events, std::size_t one) {
  std::swap(events[one - 1], events[one]);
  return events;
}

Events cut_to(Events events, std::size_t last, int more) {
  events.resize(last);
  for (int i = 0; i < more; ++i) {
    const auto seq = static_cast<core::Seq>(events.size());
    events.push_back(praised(renumbered(events[0], 1, seq + 1)));
  }
  return events;
}

Events altered(Events events, std::size_t seq) {
  events[seq - 1] = praised(events[seq - 1]);
  return events;
}

Events inserted(Events events, int seq) {
  events.insert(events.begin() + (seq - 1), praised(events[0]));
  return renumbered(events);
}

const std::vector<Meddling>& meddlings() {
  using ingest::Refusal;
  static const std::vector<Meddling> kAll = {
      {"Delete", [](const Events& e) { return erased_from(e, 3); }, 1, Refusal::kMalformed, 3},
      {"DeleteAndRenumber", [](const Events& e) { return renumbered(erased_from(e, 3)); }, 1,
       Refusal::kConflict, 3},
      {"Alter", [](const Events& e) { return altered(e, 4); }, 1, Refusal::kConflict, 4},
      {"AlterTheLastStored", [](const Events& e) { return altered(e, 5); }, 1, Refusal::kConflict,
       5},
      {"AlterAndSendOnlyWhatFollows", [](const Events& e) { return altered(e, 4); }, 6,
       Refusal::kConflict, 6},
      {"Insert", [](const Events& e) { return inserted(e, 2); }, 1, Refusal::kConflict, 2},
      {"InsertBeforeAll", [](const Events& e) { return inserted(e, 1); }, 1, Refusal::kConflict, 1},
      {"Reorder", [](const Events& e) { return swapped(e, 2); }, 1, Refusal::kMalformed, 2},
      {"ReorderAndRenumber", [](const Events& e) { return renumbered(swapped(e, 2)); }, 1,
       Refusal::kConflict, 2},
      {"TruncateAndGoOn", [](const Events& e) { return cut_to(e, 3, 1); }, 1, Refusal::kConflict,
       4},
      {"RollBackAndGoOnBeyondWhatIsStored", [](const Events& e) { return cut_to(e, 3, 4); }, 4,
       Refusal::kConflict, 4},
      {"RollBackAndSendOnlyWhatFollows", [](const Events& e) { return cut_to(e, 3, 4); }, 6,
       Refusal::kConflict, 6},
  };
  return kAll;
}

/// The same kiosk with another history, well chained and well signed.
FakeKiosk with(FakeKiosk kiosk, const Events& events) {
  kiosk.roll_back_to(0);
  for (const std::string& event : events) kiosk.append_bytes(event);
  return kiosk;
}

Events events_of(const FakeKiosk& kiosk) {
  Events events;
  events.reserve(static_cast<std::size_t>(kiosk.last()));
  for (core::Seq seq = 1; seq <= kiosk.last(); ++seq) events.push_back(kiosk.event(seq));
  return events;
}

void expect_names(const std::string& text, core::Seq seq) {
  EXPECT_NE((text + " ").find("event " + std::to_string(seq)), std::string::npos) << text;
}

class TamperedHistory : public testing::Test {
 protected:
  TamperedHistory() {
    for (int i = 0; i < 8; ++i) kiosk_.rate(2, kNoon + i);
    register_kiosk(reception_.store(), kiosk_);
    accepted(reception_.take(kiosk_, kiosk_.sealed(1, 5)));
  }

  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
};

TEST_F(TamperedHistory, IsRefusedAtItsFirstBadEvent) {
  const std::string before = reception_.peek().dump("SELECT seq, hash, bytes FROM event");
  for (const Meddling& meddling : meddlings()) {
    SCOPED_TRACE(meddling.name);
    const FakeKiosk other = with(kiosk_, meddling.change(events_of(kiosk_)));
    const auto refusal =
        refused(reception_.take(other, other.sealed(meddling.first, other.last())));
    EXPECT_EQ(refusal.why, meddling.why) << refusal.detail;
    expect_names(refusal.detail, meddling.first_bad);
  }
  EXPECT_EQ(reception_.peek().dump("SELECT seq, hash, bytes FROM event"), before);
}

TEST_F(TamperedHistory, OfAnotherDeviceIsRefusedAtItsFirstEvent) {
  FakeKiosk better("kt-2");
  for (int i = 0; i < 8; ++i) better.rate(5, kNoon + i);
  register_kiosk(reception_.store(), better);
  // Its chain in this kiosk's name, signed with this kiosk's key: of a card that has sent already,
  // and of a new one.
  for (const std::string epoch : {"e1", "e2"}) {
    const FakeKiosk card = kiosk_.reimaged(epoch);
    wire::Batch batch = better.batch(1, 8);
    batch.claim.device = card.device();
    batch.claim.epoch = card.epoch();
    const auto refusal = refused(reception_.take(card, must(wire::seal_batch(batch, card.key()))));
    EXPECT_EQ(refusal.why, ingest::Refusal::kConflict);
    expect_names(refusal.detail, 1);
  }
}

TEST_F(TamperedHistory, ThatWasCutIsToldWhereTheDistrictStands) {
  const auto taken = accepted(reception_.take(kiosk_, kiosk_.sealed(1, 3)));
  EXPECT_EQ(taken.receipt.last, 5) << "the kiosk sees that it lacks two";
  EXPECT_EQ(taken.added, 0);
}

/// The district's own store, changed by hand.
class TamperedStore : public TamperedHistory {
 protected:
  /// Where `admin verify` finds the first fault of kt-1 after `sql`.
  std::string fault_after(const std::string& sql) {
    Peek peek = reception_.peek();
    if (!unlocked_) peek.unlock("event");
    unlocked_ = true;
    must(peek.execute(sql));
    const auto faults = must(ingest::Verifier(reception_.store()).verify()).faults;
    return faults.empty() ? "" : faults.front();
  }
  static std::string at(core::Seq seq) {
    return "device kt-1, epoch e1, event " + std::to_string(seq) + ": ";
  }
  static bool begins(const std::string& text, const std::string& with) {
    return text.substr(0, with.size()) == with;
  }

  std::string stream_ = "(SELECT id FROM stream WHERE device_id = 'kt-1')";
  bool unlocked_ = false;
};

TEST_F(TamperedStore, ByAlteringIsFound) {
  EXPECT_PRED2(begins,
               fault_after("UPDATE event SET bytes = (SELECT bytes FROM event WHERE seq = 2"
                           " AND stream_id = " +
                           stream_ + ") WHERE seq = 3"),
               at(3));
}

TEST_F(TamperedStore, ByDeletingIsFound) {
  EXPECT_PRED2(begins, fault_after("DELETE FROM event WHERE seq = 3 AND stream_id = " + stream_),
               at(3));
}

TEST_F(TamperedStore, ByCuttingIsFound) {
  EXPECT_PRED2(begins, fault_after("DELETE FROM event WHERE seq > 3 AND stream_id = " + stream_),
               at(4));
}

TEST_F(TamperedStore, ByInsertingIsFound) {
  EXPECT_PRED2(begins,
               fault_after("INSERT INTO event (stream_id, seq, hash, bytes) SELECT stream_id, 0,"
                           " hash, bytes FROM event WHERE seq = 5 AND stream_id = " +
                           stream_),
               at(0));
}

TEST_F(TamperedStore, ByReorderingIsFound) {
  EXPECT_PRED2(begins,
               fault_after("UPDATE event SET bytes = (SELECT bytes FROM event AS e WHERE e.seq = 5"
                           " - event.seq AND e.stream_id = event.stream_id) WHERE seq IN (2, 3)"
                           " AND stream_id = " +
                           stream_),
               at(2));
}

TEST_F(TamperedStore, BySettingItBackIsFound) {
  must(reception_.peek().execute("UPDATE stream SET position = 3 WHERE id = " + stream_));
  EXPECT_PRED2(begins, fault_after("DELETE FROM event WHERE seq > 3 AND stream_id = " + stream_),
               at(3));
}

}  // namespace
}  // namespace hailong::district
