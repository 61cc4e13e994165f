#pragma once

#include <string_view>

#include "core/hex.h"
#include "core/ids.h"

/// The chain rule. Every event's hash covers its own bytes and the hash before it, so an event
/// cannot be altered, removed, inserted or moved without changing every later hash, the head
/// included. A journal's first hash covers its device and epoch, so events cannot be moved between
/// devices either.
///
/// What a chain cannot see is a cut tail: that is why the district pins every head it was shown.

namespace hailong::core {

/// Hash that stands before the first event of an epoch, number `first`:
/// BLAKE2b-256("hailong chain 1\n" ‖ device ‖ "\n" ‖ epoch), with "\n" ‖ first behind it unless
/// that is 1. An epoch that follows others at its place goes on with their numbers.
Bytes32 chain_start(const DeviceId& device, const EpochId& epoch, Seq first = 1);

/// hash(n) = BLAKE2b-256(hash(n-1) ‖ event bytes, as stored and sent).
Bytes32 chain_next(const Bytes32& previous, std::string_view event_bytes);

/// What an event holds instead of words or contact data: BLAKE2b-256 of them, keyed with 32 random
/// bytes. Once content and salt are erased, nobody can find the words by guessing, and the chain
/// still verifies.
Bytes32 content_digest(const Bytes32& salt, std::string_view content);

}  // namespace hailong::core
