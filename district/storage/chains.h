#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/hex.h"
#include "core/ids.h"
#include "core/result.h"
#include "district/storage/store.h"

/// Everything that a stream's chain vouches for, as it is stored, for verification. Any thread.

namespace hailong::district::storage {

struct StoredChain {
  std::int64_t id = 0;
  core::DeviceId device;
  core::EpochId epoch;
  core::Seq first = 1;  // number of its first event
  core::Seq position = 0;
  core::Bytes32 head{};
};

struct StoredContent {
  core::Seq seq = 0;
  core::Bytes32 digest{};
  std::optional<core::Bytes32> salt;  // nothing once erased, as `text`
  std::optional<std::string> text;
  std::optional<core::Seq> erased_by;   // the erasure in the same stream
  std::optional<core::Seq> erased_own;  // the erasure in the district's own
};

class ChainReader {
 public:
  using VisitEvent = std::function<void(core::Seq, const core::Bytes32& hash, std::string_view)>;

  explicit ChainReader(Store& store) : store_(store) {}

  core::Result<std::vector<StoredChain>> chains();
  /// A stream's events up to `last`, in order: what came while they were read is left out.
  core::Result<void> each_event(std::int64_t stream, core::Seq last, const VisitEvent& visit);
  core::Result<std::vector<StoredContent>> contents(std::int64_t stream, core::Seq last);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
