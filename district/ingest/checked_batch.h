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
/// committed to by its event.
struct CheckedBatch {
  wire::OpenedBatch opened;
  std::vector<core::Event> events;
  std::map<core::Seq, CheckedContent> contents;
};

/// What the event commits to: words, contact data, a dossier code or the texts of a step. They need
/// not come with it: an erased one cannot, and some never leave their kiosk.
std::optional<core::Bytes32> digest_in(const core::Event& event);

std::variant<CheckedBatch, Refused> check_batch(const core::DeviceId& addressed,
                                                std::string_view body, std::size_t limit);

}  // namespace hailong::district::ingest
