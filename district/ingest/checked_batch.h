#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "core/event.h"
#include "district/ingest/receiver.h"
#include "wire/batch.h"

/// The half of the ingest that needs no store.

namespace hailong::district::ingest {

/// Words, contact data, a dossier code or the texts of a step, with what the event commits to.
struct CheckedContent {
  core::Bytes32 digest{};
  const wire::Content* content = nullptr;  // in the batch
};

/// A batch that holds by itself: signed, chained, every event read and in its place, every content
/// of its own events committed to by its event. Contents of earlier events are for the store to
/// compare.
struct CheckedBatch {
  wire::OpenedBatch opened;
  std::vector<core::Event> events;
  std::map<core::Seq, CheckedContent> contents;  // of events before the batch, too
};

/// What the event commits to: words, contact data, a dossier code or the texts of a step. They need
/// not come with it: an erased one cannot, and some never leave their kiosk.
std::optional<core::Bytes32> digest_in(const core::Event& event);

/// Whether an event commits to a digest. One of a kind not known here may do so too: then its bytes
/// name it.
bool commits_to(const core::Event& event, std::string_view bytes, const core::Bytes32& digest);

/// Of a content that no event commits to.
Refused uncommitted(core::Seq seq);

std::variant<CheckedBatch, Refused> check_batch(const core::DeviceId& addressed,
                                                std::string_view body, std::size_t limit);

}  // namespace hailong::district::ingest
