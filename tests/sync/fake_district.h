#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/chain.h"
#include "sync/transport.h"
#include "wire/batch.h"
#include "wire/heartbeat.h"
#include "wire/receipt.h"

namespace hailong::sync {

/// A district that stores batches in memory, as the real one must: what follows its store is added,
/// what it holds already is receipted again, a gap is a 409.
class FakeDistrict : public Transport {
 public:
  wire::SigningKey key = wire::SigningKey::from_seed(core::Bytes32{7});
  std::vector<std::string> events;            // stored, in order
  std::vector<core::Bytes32> hashes;          // of each
  std::map<core::Seq, std::string> contents;  // by event
  core::Seq contents_mark = 0;                // all are here up to this event
  std::vector<std::string> received;          // bytes of every batch that came
  std::vector<wire::Heartbeat> heartbeats;
  bool hears = true;
  bool is_old = false;                      // takes words with their events only
  std::int64_t now_ms = 1'795'453'200'000;  // what it answers to them

  /// What to answer to the next post instead; nothing for the truth. Gets the count of posts so
  /// far.
  std::function<std::optional<Answer>(FakeDistrict&, std::string_view)> instead;

  Answer send(const Request& request) override {
    const std::string_view bytes = request.body;
    if (request.path.ends_with("/heartbeat")) return hear(bytes);
    received.emplace_back(bytes);
    if (instead) {
      if (auto answer = instead(*this, bytes)) return *answer;
    }
    return take(bytes);
  }

  Answer take(std::string_view bytes) {
    auto batch = wire::open_batch(bytes, 16'777'216);
    if (!batch) return HttpAnswer{400, {}, "application/problem+json", "{}"};
    const auto stored = static_cast<core::Seq>(events.size());
    if (batch->claim.first > stored + 1) {
      return HttpAnswer{409,
                        {},
                        "application/problem+json",
                        R"({"detail":"a gap","expected_seq":)" + std::to_string(stored + 1) + "}"};
    }
    for (const wire::Content& content : batch->contents) {
      if (is_old && content.seq < batch->claim.first) {
        return HttpAnswer{400, {}, "application/problem+json", "{}"};
      }
    }
    for (core::Seq seq = batch->claim.first; seq <= batch->claim.last; ++seq) {
      const auto in_batch = static_cast<std::size_t>(seq - batch->claim.first);
      const auto in_store = static_cast<std::size_t>(seq - 1);
      if (in_store < events.size()) {
        EXPECT_EQ(events[in_store], batch->events[in_batch]);
      } else {
        events.emplace_back(batch->events[in_batch]);
        hashes.push_back(batch->hashes[in_batch]);
      }
    }
    for (const wire::Content& content : batch->contents) contents[content.seq] = content.text;
    const wire::ContentsClaim claimed = wire::contents_of(batch->claim);
    if (claimed.after <= contents_mark) contents_mark = std::max(contents_mark, claimed.last);
    return receipt(batch->claim.device, batch->claim.epoch);
  }

  Answer hear(std::string_view bytes) {
    auto opened = wire::open_heartbeat(bytes);
    if (!hears) return HttpAnswer{404, {}, "application/problem+json", "{}"};
    if (!opened) return HttpAnswer{400, {}, "application/problem+json", "{}"};
    heartbeats.push_back(opened->heartbeat);
    return HttpAnswer{200,
                      {},
                      "application/json",
                      wire::seal_heartbeat_answer({opened->heartbeat.nonce, now_ms, ""}, key)};
  }

  /// The true receipt for what is stored now.
  HttpAnswer receipt(const core::DeviceId& device, const core::EpochId& epoch) const {
    const core::Bytes32 head = hashes.empty() ? core::chain_start(device, epoch) : hashes.back();
    const auto mark = is_old ? std::nullopt : std::optional(contents_mark);
    return receipt({device, epoch, static_cast<core::Seq>(events.size()), head, 1, mark});
  }
  HttpAnswer receipt(const wire::Receipt& receipt) const {
    return {200, {}, "application/json", wire::seal_receipt(receipt, key)};
  }

  /// The district was restored from a backup that holds only the first `count` events.
  void forget_after(std::size_t count) {
    events.resize(count);
    hashes.resize(count);
    contents_mark = std::min(contents_mark, static_cast<core::Seq>(count));
    contents.erase(contents.upper_bound(contents_mark), contents.end());
  }
};

}  // namespace hailong::sync
