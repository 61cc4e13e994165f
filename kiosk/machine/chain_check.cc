#include "kiosk/machine/chain_check.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/hex.h"
#include "program/config.h"
#include "program/descriptor.h"
#include "wire/json.h"

namespace hailong::kiosk::machine {
namespace {

using core::Fault;

std::optional<std::int64_t> true_time(const core::Stamp& stamp) {
  if (stamp.clock != core::ClockState::kSynced) return std::nullopt;
  return stamp.wall_ms;
}

core::Failure cannot_write(const std::filesystem::path& file) {
  const int error = errno;
  return core::fail(error == ENOSPC ? Fault::kFull : Fault::kIo,
                    file.string() + ": cannot be written: " + std::strerror(error));
}

/// Writes beside the final name and renames, so that a power cut leaves the old text or the new.
core::Result<void> put(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path draft = file.string() + ".new";
  const program::Descriptor fd(
      ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!fd.is_open() ||
      ::write(fd.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      ::fsync(fd.get()) != 0) {
    return cannot_write(draft);
  }
  if (std::rename(draft.c_str(), file.c_str()) != 0) return cannot_write(file);
  return {};
}

}  // namespace

core::Result<ChainCheck> ChainCheck::open(const std::filesystem::path& data_dir) {
  auto reader = journal::Reader::open(data_dir / journal::kJournalFile);
  if (!reader) return core::Failure(reader.error());
  ChainCheck check(data_dir / "verified.json", std::move(*reader));
  const auto text = program::read_text_file(check.file_);
  if (!text && text.error().fault != Fault::kNotFound) return core::Failure(text.error());
  if (text) check.remember(*text);
  const ChainState remembered = check.state_;
  if (auto head = check.look(0); !head) return core::Failure(head.error());
  if (check.state_.first_bad) return check;
  check.state_.first_bad = remembered.first_bad;
  check.state_.reason = remembered.reason;
  if (check.other_version_) {
    if (auto done = check.restart(); !done) return core::Failure(done.error());
  }
  return check;
}

/// A text that says nothing usable, or is of another journal, is as none: everything is verified.
void ChainCheck::remember(std::string_view text) {
  const auto json = wire::parse_object(text);
  if (!json || wire::text_of(*json, "epoch") != reader_.identity().epoch.value) return;
  const auto seq = wire::number_of(*json, "seq");
  const auto head = wire::bytes32_of(*json, "head");
  if (!seq || *seq < 0 || !head) return;
  place_ = *seq;
  head_ = *head;
  state_.verified = place_;
  state_.began_ms = wire::number_of(*json, "began_ms");
  state_.verified_ms = wire::number_of(*json, "verified_ms");
  state_.first_bad = wire::number_of(*json, "first_bad");
  state_.reason = wire::text_of(*json, "reason").value_or("");
  other_version_ = wire::text_of(*json, "version") != HAILONG_VERSION;
}

core::Result<void> ChainCheck::save() const {
  wire::Json json;
  json["epoch"] = reader_.identity().epoch.value;
  json["seq"] = place_;
  json["head"] = core::to_hex(head_);
  if (state_.began_ms) json["began_ms"] = *state_.began_ms;
  if (state_.verified_ms) json["verified_ms"] = *state_.verified_ms;
  if (state_.first_bad) {
    json["first_bad"] = *state_.first_bad;
    json["reason"] = state_.reason;
  }
  json["version"] = HAILONG_VERSION;
  return put(file_, json.dump() + "\n");
}

core::Result<core::Bytes32> ChainCheck::look(std::int64_t most) {
  const auto last = reader_.last();
  if (!last) return core::Failure(last.error());
  const auto found = reader_.verify_from(place_, head_, most);
  if (!found) return core::Failure(found.error());
  state_.verified = found->last;
  state_.last = std::max(*last, found->last);
  state_.first_bad = found->first_bad;
  state_.reason = found->reason;
  return found->head;
}

core::Result<bool> ChainCheck::step(const core::Stamp& now, std::int64_t most) {
  const auto bad_before = state_.first_bad;
  const auto head = look(most);
  if (!head) return core::Failure(head.error());
  const bool advanced = state_.verified > place_;
  if (advanced) {
    if (place_ == 0) state_.began_ms = true_time(now);
    state_.verified_ms = true_time(now);
    place_ = state_.verified;
    head_ = *head;
  }
  if (advanced || state_.first_bad != bad_before) {
    if (auto saved = save(); !saved) return core::Failure(saved.error());
  }
  return !state_.first_bad && state_.verified < state_.last;
}

core::Result<void> ChainCheck::restart() {
  if (const auto head = look(0); !head) return core::Failure(head.error());
  if (state_.first_bad) return {};
  place_ = 0;
  state_.verified = 0;
  state_.began_ms.reset();
  state_.verified_ms.reset();
  return {};
}

}  // namespace hailong::kiosk::machine
