#include "tests/fault/backlog.h"

#include <stdexcept>
#include <string>
#include <utility>

#include "core/chain.h"
#include "journal/journal.h"
#include "sqlite/database.h"
#include "wire/event_codec.h"

namespace hailong::tests {
namespace {

template <typename T>
T value_of(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

std::string hex_of_random_bytes() { return core::to_hex(wire::random_bytes32()); }

/// Appends events as Journal does, all in one transaction.
class Appending {
 public:
  Appending(SQLite::Database& database, const journal::Identity& identity, std::int64_t from_ms,
            std::int64_t step_ms)
      : head_(core::chain_start(identity.device, identity.epoch)),
        from_ms_(from_ms),
        step_ms_(step_ms),
        transaction_(database),
        insert_event_(database, "INSERT INTO event (seq, hash, bytes) VALUES (?, ?, ?)"),
        insert_content_(database,
                        "INSERT INTO content (seq, digest, salt, text) VALUES (?, ?, ?, ?)") {}

  [[nodiscard]] core::Seq last() const { return last_; }

  core::Seq append(core::Body body) {
    const std::int64_t mono_ms = ++last_ * step_ms_;
    const core::Event event{
        last_, {from_ms_ + mono_ms, boot_, mono_ms, core::ClockState::kSynced}, std::move(body)};
    const std::string bytes = value_of(wire::encode_event(event));
    head_ = core::chain_next(head_, bytes);
    insert_event_.bind(1, last_);
    sqlite::bind_blob(insert_event_, 2, head_);
    sqlite::bind_blob(insert_event_, 3, bytes);
    insert_event_.exec();
    insert_event_.reset();
    return last_;
  }

  void say(core::Seq rating, const std::string& text) {
    const core::Bytes32 salt = wire::random_bytes32();
    const core::Bytes32 digest = core::content_digest(salt, text);
    insert_content_.bind(1, append(core::Feedback{rating, core::FeedbackKind::kWords, digest}));
    sqlite::bind_blob(insert_content_, 2, digest);
    sqlite::bind_blob(insert_content_, 3, salt);
    sqlite::bind_blob(insert_content_, 4, text);
    insert_content_.exec();
    insert_content_.reset();
  }

  void commit() { transaction_.commit(); }

 private:
  core::Bytes32 head_;
  const std::int64_t from_ms_;
  const std::int64_t step_ms_;
  const std::string boot_ = hex_of_random_bytes().substr(0, 32);
  core::Seq last_ = 0;
  SQLite::Transaction transaction_;
  SQLite::Statement insert_event_;
  SQLite::Statement insert_content_;
};

/// A visit's rating, and what may follow it.
void visit(Appending& journal, int number) {
  const core::Seq rating =
      journal.append(core::Rating{core::VisitId{hex_of_random_bytes().substr(0, 16)},
                                  core::Score::from(number % 5 + 1).value(),
                                  core::CounterId{"q1"},
                                  core::FieldId{"ho-tich"},
                                  {}});
  if (number % 2 == 0) journal.append(core::Token{rating, wire::random_bytes32()});
  if (number % 3 == 0) journal.append(core::Answers{rating, {{"reasons", {"waiting"}}}, false});
  if (number % 25 == 0) journal.say(rating, "Chờ lâu, số thứ tự " + std::to_string(number));
}

}  // namespace

void write_backlog(const std::filesystem::path& data_dir, const core::DeviceId& device,
                   core::Seq events, std::int64_t from_ms, std::int64_t to_ms) {
  const journal::Identity identity = value_of(journal::Journal::open(data_dir, device)).identity();
  SQLite::Database database((data_dir / journal::kJournalFile).string(), SQLite::OPEN_READWRITE);
  Appending journal(database, identity, from_ms, (to_ms - from_ms) / (events + 4));
  for (int number = 0; journal.last() < events; ++number) visit(journal, number);
  journal.commit();
}

}  // namespace hailong::tests
