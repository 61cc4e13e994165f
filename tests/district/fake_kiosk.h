#pragma once

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "core/chain.h"
#include "core/event.h"
#include "wire/batch.h"
#include "wire/event_codec.h"
#include "wire/heartbeat.h"
#include "wire/signing.h"
#include "wire/step_texts.h"

/// A kiosk as the district sees it: a key, a chain of events, and batches of them.

namespace hailong::district {

inline constexpr std::int64_t kNoon = 1'795'496'400'000;  // 2026-11-24 12:00 in Vietnam
inline constexpr std::int64_t kDay = 86'400'000;
inline constexpr std::int64_t kBooted = kNoon - 1'000 * kDay;  // when kiosks were switched on

template <typename T>
T must(core::Result<T> result) {
  if (!result) {
    std::cerr << "unexpected error: " << result.error().message << std::endl;
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

class FakeKiosk {
 public:
  explicit FakeKiosk(std::string device, std::string epoch = "e1", core::Seq first = 1)
      : device_(std::move(device)),
        epoch_(std::move(epoch)),
        key_(wire::SigningKey::generate()),
        before_(first - 1) {
    hashes_.push_back(core::chain_start(device_, epoch_, first));
  }

  /// The same card after it was written anew: another epoch, the same key or a new one.
  [[nodiscard]] FakeKiosk reimaged(const std::string& epoch, bool new_key = false,
                                   core::Seq first = 1) const {
    FakeKiosk kiosk(device_.value, epoch, first);
    if (!new_key) kiosk.key_ = key_;
    return kiosk;
  }

  core::Seq rate(int score, std::int64_t at_ms = kNoon, const std::string& field = "ho-tich",
                 const std::string& counter = "q1", std::vector<std::string> flags = {}) {
    const core::Seq seq = last() + 1;
    return append(
        core::Rating{core::VisitId{"v" + std::to_string(seq)}, core::Score::from(score).value(),
                     core::CounterId{counter}, core::FieldId{field}, std::move(flags)},
        at_ms);
  }

  core::Seq append(core::Body body, std::int64_t at_ms = kNoon) {
    return append({at_ms, std::string(32, 'b'), at_ms - kBooted, core::ClockState::kSynced},
                  std::move(body));
  }

  core::Seq append(const core::Stamp& stamp, core::Body body) {
    latest_ms_ = std::max(latest_ms_, stamp.wall_ms);
    const core::Event event{last() + 1, stamp, std::move(body)};
    return append_bytes(must(wire::encode_event(event)));
  }

  /// The district told it the time.
  core::Seq hear(std::int64_t at_ms) {
    return append(core::BootTime{std::string(32, 'b'), kBooted, 0, at_ms - kBooted,
                                 core::TimeSource::kDistrict},
                  at_ms);
  }

  core::Seq append_bytes(std::string bytes) {
    hashes_.push_back(core::chain_next(hashes_.back(), bytes));
    events_.push_back(std::move(bytes));
    return last();
  }

  /// Leaves words with a rating; they go into the batches that hold their event.
  core::Seq say(core::Seq rating, const std::string& text) {
    const core::Bytes32 salt = wire::random_bytes32();
    const core::Bytes32 digest = core::content_digest(salt, text);
    const core::Seq seq = append(core::Feedback{rating, core::FeedbackKind::kWords, digest});
    contents_.push_back({seq, salt, text});
    return seq;
  }

  /// What staff do at the kiosk in the case of a rating; the texts go along like words.
  core::Seq handle(core::Seq rating, core::CaseStep step, std::int64_t at_ms = kNoon) {
    const std::string texts = *wire::encode_step_texts({step.note, step.answer});
    const core::Bytes32 salt = wire::random_bytes32();
    step.note.clear();
    step.answer.clear();
    if (step.who.empty()) step.who = "lan";
    if (step.role.empty()) step.role = "officer";
    const core::Seq seq =
        append(core::Handling{rating, std::move(step), core::content_digest(salt, texts)}, at_ms);
    contents_.push_back({seq, salt, texts});
    return seq;
  }

  /// Answers one question.
  core::Seq answer(core::Seq rating, const std::string& question, const std::string& choice,
                   bool alert = false) {
    return append(core::Answers{rating, {{question, {choice}}}, alert});
  }

  /// Links a rating to a dossier; the code stays on the kiosk.
  core::Seq link(core::Seq rating, std::uint8_t key, const std::string& field = {}) {
    core::Dossier dossier{rating, {}, wire::random_bytes32(), "", core::FieldId{field}};
    dossier.key.fill(key);
    return append(dossier);
  }

  /// Forgets events after `seq`, as a card does that was set back.
  void roll_back_to(core::Seq seq) {
    events_.resize(static_cast<std::size_t>(seq - before_));
    hashes_.resize(static_cast<std::size_t>(seq - before_) + 1);
  }

  [[nodiscard]] wire::Batch batch(core::Seq first, core::Seq to) const {
    wire::Batch batch{{device_, epoch_, first, to, hash(first - 1), hash(to)}, {}, {}};
    batch.events.assign(events_.begin() + (first - 1 - before_), events_.begin() + (to - before_));
    for (const wire::Content& content : contents_) {
      if (content.seq >= first && content.seq <= to) batch.contents.push_back(content);
    }
    return batch;
  }
  /// The same, but its contents are those behind event `after` up to `last`.
  [[nodiscard]] wire::Batch batch_with(core::Seq first, core::Seq to,
                                       wire::ContentsClaim contents) const {
    wire::Batch batch = this->batch(first, to);
    batch.claim.contents = contents;
    batch.contents.clear();
    for (const wire::Content& content : contents_) {
      if (content.seq > contents.after && content.seq <= contents.last) {
        batch.contents.push_back(content);
      }
    }
    return batch;
  }

  [[nodiscard]] std::string sealed(core::Seq first, core::Seq to) const {
    return must(wire::seal_batch(batch(first, to), key_));
  }
  [[nodiscard]] std::string sealed() const { return sealed(before_ + 1, last()); }

  /// How it is at a moment, by a clock that agrees with its events'.
  [[nodiscard]] wire::Heartbeat heartbeat(std::int64_t at_ms = kNoon) const {
    wire::Heartbeat heartbeat;
    heartbeat.device = device_;
    heartbeat.epoch = epoch_;
    heartbeat.version = "1.2.3";
    heartbeat.nonce = wire::random_id();
    heartbeat.last = last();
    heartbeat.head = hash(last());
    heartbeat.now = {at_ms, std::string(32, 'b'), at_ms - kBooted, core::ClockState::kSynced};
    return heartbeat;
  }
  [[nodiscard]] std::string beat(std::int64_t at_ms = kNoon) const {
    return wire::seal_heartbeat(heartbeat(at_ms), key_);
  }

  /// No event was stamped later.
  [[nodiscard]] std::int64_t now_ms() const { return latest_ms_; }
  [[nodiscard]] core::Seq last() const { return before_ + static_cast<core::Seq>(events_.size()); }
  [[nodiscard]] const core::Bytes32& hash(core::Seq seq) const {
    return hashes_[static_cast<std::size_t>(seq - before_)];
  }
  [[nodiscard]] const std::string& event(core::Seq seq) const {
    return events_[static_cast<std::size_t>(seq - 1 - before_)];
  }
  [[nodiscard]] const core::DeviceId& device() const { return device_; }
  [[nodiscard]] const core::EpochId& epoch() const { return epoch_; }
  [[nodiscard]] const wire::SigningKey& key() const { return key_; }
  void set_key(const wire::SigningKey& key) { key_ = key; }

 private:
  core::DeviceId device_;
  core::EpochId epoch_;
  wire::SigningKey key_;
  core::Seq before_ = 0;
  std::int64_t latest_ms_ = kNoon;
  std::vector<core::Bytes32> hashes_;  // [0] before the first event
  std::vector<std::string> events_;
  std::vector<wire::Content> contents_;
};

}  // namespace hailong::district
