#include "district/ingest/judge.h"

namespace hailong::district::ingest {
namespace {

std::string at(core::Seq seq) { return " at event " + std::to_string(seq); }

}  // namespace

Judgement judge(const Run& run, const Stored& stored) {
  if (run.last() <= stored.position) {
    const auto& there = run.last() == stored.position ? stored.head : stored.hash_at_last;
    if (run.hash_of(run.last()) == there) return Repeats{};
    return Contradicts{"other events are stored" + at(run.last()) + " or before"};
  }
  for (const SeenHead& head : stored.seen) {
    if (run.hash_of(head.seq) != head.hash) {
      return Contradicts{"the device signed another chain head before" + at(head.seq)};
    }
  }
  if (run.first > stored.position + 1) return Gap{stored.position + 1};
  if (run.hash_of(stored.position) != stored.head) {
    return Contradicts{"the chain does not continue what is stored" + at(stored.position)};
  }
  return Continues{static_cast<std::size_t>(stored.position + 1 - run.first)};
}

}  // namespace hailong::district::ingest
