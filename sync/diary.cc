#include "sync/diary.h"

#include <spdlog/spdlog.h>

namespace hailong::sync {
namespace {

constexpr int kRemindEvery = 10;

double seconds_of(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

void Diary::note(const Step& step, const Sent& sent, std::int64_t unsent) {
  if (step.move == Move::kWait) return note_trouble(step, unsent);
  if (step.move == Move::kAlarm) {
    if (state_ != State::kAlarm || why_ != step.why) {
      spdlog::error("{}; {} events are kept, a person must look; next try in {:.0f} s", step.why,
                    unsent, seconds_of(step.wait));
    }
    state_ = State::kAlarm;
    why_ = step.why;
    return;
  }
  if (!step.why.empty()) {
    if (detour_ != step.why) spdlog::warn("{}", step.why);
    detour_ = step.why;
    return;
  }
  if (state_ != State::kFine) spdlog::info("the district receives again");
  state_ = State::kFine;
  spdlog::debug("events {} to {} are receipted, {} unsent", sent.first, sent.last, unsent);
}

void Diary::note_trouble(const Step& step, std::int64_t unsent) {
  if (state_ != State::kTrouble) tries_ = 0;
  state_ = State::kTrouble;
  if (tries_++ % kRemindEvery == 0) {
    spdlog::warn("{}; {} events are kept; try {}, the next in {:.1f} s", step.why, unsent, tries_,
                 seconds_of(step.wait));
  }
}

void Diary::note_heartbeat(const std::string& why) {
  if (why.empty() != unheard_.empty()) {
    if (why.empty()) {
      spdlog::info("the district answers heartbeats again");
    } else {
      spdlog::warn("{}; tried again from time to time", why);
    }
  }
  unheard_ = why;
}

void Diary::damaged(const std::string& why) { spdlog::error("{}", why); }

void Diary::cannot_open(const std::string& why, bool expected) {
  if (state_ == State::kClosed && why_ == why) return;
  state_ = State::kClosed;
  why_ = why;
  spdlog::log(expected ? spdlog::level::info : spdlog::level::err, "{}", why);
}

void Diary::opened(const std::string& device, core::Seq last, core::Seq receipted) {
  if (state_ == State::kClosed) state_ = State::kFine;
  spdlog::info("device {}: {} events, {} of them receipted", device, last, receipted);
}

}  // namespace hailong::sync
