#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/event.h"
#include "core/result.h"
#include "journal/reader.h"

namespace hailong::kiosk::machine {

/// How far the journal's chain was verified. An event is verified once: what was changed in it
/// since shows only when everything is verified anew, here or by `hailong-journal verify`. Times
/// are nothing where the clock was not synced.
struct ChainState {
  core::Seq verified = 0;                   // the last event that verifies; 0: none
  core::Seq last = 0;                       // of the journal
  std::optional<std::int64_t> began_ms;     // when the first of them was verified
  std::optional<std::int64_t> verified_ms;  // when the last of them was
  std::optional<core::Seq> first_bad;
  std::string reason;  // why it does not verify; for operators, in English

  bool operator==(const ChainState&) const = default;
};

/// Verifies the chain and the contents that it commits to, a step at a time, and goes on where it
/// stopped, also after a restart: the place, and what was bad behind it, is kept in
/// `data_dir`/verified.json. That file is a memory, not a proof: whoever can change the journal can
/// change it too, which is why the district keeps heads of its own. Another version of the program
/// verifies everything anew.
///
/// One thread at a time; a worker's, since a step takes a while.
class ChainCheck {
 public:
  static constexpr std::int64_t kEventsAStep = 2000;

  /// Errors: those of journal::Reader::open().
  static core::Result<ChainCheck> open(const std::filesystem::path& data_dir);

  [[nodiscard]] const ChainState& state() const { return state_; }

  /// Verifies the next events, at most `most`. True: there are more. An error means that a file
  /// could not be read or written; a bad event is a finding. Errors: kIo, kBusy, kCorrupt, kFull.
  core::Result<bool> step(const core::Stamp& now, std::int64_t most = kEventsAStep);

  /// The next step begins with the first event; unless the last event that was verified is gone or
  /// another by now, which is a finding that a new beginning must not wipe out. Errors as step().
  core::Result<void> restart();

 private:
  ChainCheck(std::filesystem::path file, journal::Reader reader)
      : file_(std::move(file)), reader_(std::move(reader)) {}

  void remember(std::string_view text);
  [[nodiscard]] core::Result<void> save() const;
  /// Takes what is found up to `most` events behind the place into the state; gives the head.
  core::Result<core::Bytes32> look(std::int64_t most);

  std::filesystem::path file_;
  journal::Reader reader_;
  core::Seq place_ = 0;   // verified up to this event,
  core::Bytes32 head_{};  // whose chain hash is this
  bool other_version_ = false;
  ChainState state_;
};

}  // namespace hailong::kiosk::machine
