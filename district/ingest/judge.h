#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "core/hex.h"
#include "core/ids.h"

/// Where a batch stands to what is stored. Pure.
///
/// A hash of the chain covers everything before it. So two runs that agree in one hash agree in all
/// events up to it, and one comparison decides whether a batch continues what is stored.

namespace hailong::district::ingest {

/// A run of events `first` … with the chain hash before it and the hash of each.
struct Run {
  core::Seq first = 0;
  const core::Bytes32& previous;
  const std::vector<core::Bytes32>& hashes;

  [[nodiscard]] core::Seq last() const { return first + static_cast<core::Seq>(hashes.size()) - 1; }
  /// The chain hash of `seq`, first - 1 <= seq <= last().
  [[nodiscard]] const core::Bytes32& hash_of(core::Seq seq) const {
    return seq < first ? previous : hashes[static_cast<std::size_t>(seq - first)];
  }
};

struct SeenHead {
  core::Seq seq = 0;
  core::Bytes32 hash{};
};

/// What is stored, or was signed before, of the same device and epoch.
struct Stored {
  core::Seq position = 0;
  core::Bytes32 head{};        // chain hash of `position`
  std::vector<SeenHead> seen;  // signed heads beyond `position`, within the run
  /// The chain hash of a stored event. Asked of the run's last event when that is stored, and of a
  /// few others where a run contradicts.
  std::function<core::Bytes32(core::Seq)> hash_at;
};

struct Continues {
  std::size_t from = 0;  // index of the first event that is new
};
struct Repeats {};  // everything is stored already
struct Gap {
  core::Seq expected = 0;
};
struct Contradicts {
  core::Seq first_bad = 0;  // the first event of the run that is not what it was, as far as the
                            // stored hashes tell
  std::string reason;       // names it
};

using Judgement = std::variant<Continues, Repeats, Gap, Contradicts>;

Judgement judge(const Run& run, const Stored& stored);

}  // namespace hailong::district::ingest
