#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "district/http/message.h"
#include "district/ingest/receiver.h"
#include "wire/signing.h"

namespace hailong::district::api {

/// What became of the batches since the start.
struct BatchCounts {
  std::atomic<std::int64_t> accepted{0};
  std::atomic<std::int64_t> repeated{0};
  std::atomic<std::int64_t> store_failures{0};
  std::array<std::atomic<std::int64_t>, ingest::kRefusals> refused{};
};

/// POST /api/v1/devices/{device_id}/batches. Answers a signed receipt of the device's new
/// high-water mark, or a problem; says in one log line why a batch was refused. Any thread.
class Batches {
 public:
  Batches(ingest::Receiver& receiver, const wire::SigningKey& district)
      : receiver_(receiver), district_(district) {}

  http::Response post(const http::Request& request);

  /// The answer to a body that is longer than the limit.
  http::Response too_large(const http::Request& request);

  [[nodiscard]] const BatchCounts& counts() const { return counts_; }

 private:
  http::Response accepted(const ingest::Accepted& accepted);
  http::Response refused(const std::string& device, const ingest::Refused& refused);

  ingest::Receiver& receiver_;
  const wire::SigningKey& district_;
  BatchCounts counts_;
};

}  // namespace hailong::district::api
