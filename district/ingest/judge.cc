#include "district/ingest/judge.h"

#include <algorithm>

namespace hailong::district::ingest {
namespace {

bool is_stored(const Run& run, const Stored& stored, core::Seq seq) {
  const core::Bytes32 there = seq == stored.position ? stored.head : stored.hash_at(seq);
  return run.hash_of(seq) == there;
}

/// Of a run whose last stored number holds another event. Two chains that parted never meet again,
/// so halving finds where they did.
Contradicts parts_from(const Run& run, const Stored& stored) {
  core::Seq first = run.first;
  for (core::Seq last = std::min(run.last(), stored.position); first < last;) {
    const core::Seq middle = first + (last - first) / 2;
    if (is_stored(run, stored, middle)) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  const std::string number = std::to_string(first);
  if (first > stored.position) {
    return {first, "event " + number + " does not follow what is stored before it"};
  }
  return {first, "event " + number + " is not the one that is stored"};
}

}  // namespace

Judgement judge(const Run& run, const Stored& stored) {
  if (run.last() <= stored.position) {
    if (is_stored(run, stored, run.last())) return Repeats{};
    return parts_from(run, stored);
  }
  const bool follows = run.first <= stored.position + 1;
  if (follows && run.hash_of(stored.position) != stored.head) return parts_from(run, stored);
  for (const SeenHead& head : stored.seen) {
    if (run.hash_of(head.seq) != head.hash) {
      return Contradicts{head.seq, "the device signed another chain head before at event " +
                                       std::to_string(head.seq)};
    }
  }
  if (!follows) return Gap{stored.position + 1};
  return Continues{static_cast<std::size_t>(stored.position + 1 - run.first)};
}

}  // namespace hailong::district::ingest
