#include <gtest/gtest.h>
#include <imgui.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "tests/kiosk/gallery.h"
#include "tests/kiosk/scores.h"
#include "tests/kiosk/staff_gallery.h"
#include "tests/kiosk/stage.h"

/// What a frame costs. A program of its own, because it counts every allocation.

namespace {

std::atomic<long> allocations{0};

void* count_and_allocate(std::size_t size) {
  ++allocations;
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

// Not inlined: g++ 12 takes an inlined free() for the wrong partner of operator new.
[[gnu::noinline]] void* operator new(std::size_t size) { return count_and_allocate(size); }
[[gnu::noinline]] void* operator new[](std::size_t size) { return count_and_allocate(size); }
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  ++allocations;
  return std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete[](void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}

namespace hailong::tests {
namespace {

namespace flow = kiosk::flow;

const flow::Visit kVisit{1, kThree, {}, false, 1, 1, 0, 0, std::nullopt};
const flow::Thanks kThanks{kVisit, true, true, 600, 5'000, 5};

/// Counts ImGui's allocations as well.
void watch_imgui() {
  ImGui::SetAllocatorFunctions(
      [](std::size_t size, void* /*unused*/) {
        ++allocations;
        return std::malloc(size);
      },
      [](void* memory, void* /*unused*/) { std::free(memory); });
}

void expect_no_allocations(kiosk::Rotation rotation) {
  watch_imgui();
  Stage stage({1280, 800}, contents(10.1, true), rotation);
  auto exhibits = gallery(stage.contents_shown().survey);
  for (Exhibit& exhibit : staff_gallery()) exhibits.push_back(std::move(exhibit));
  for (int round = 0; round < 2; ++round) {  // ImGui's buffers grow in the first
    for (const Exhibit& exhibit : exhibits) {
      flow::Millis now = flow::Millis{round} * 1'000;
      for (int frame = 0; frame < 3; ++frame) stage.show(exhibit.screen, now += 16);
      const long before = allocations;
      for (int frame = 0; frame < 10; ++frame) stage.show(exhibit.screen, now += 16);
      if (round > 0) {
        EXPECT_EQ(allocations - before, 0) << exhibit.name;
      }
    }
  }
  EXPECT_GT(allocations, 0);
}

TEST(Frame, AllocatesNothingOnceItsPageIsThere) { expect_no_allocations(kiosk::Rotation::kNone); }

TEST(Frame, AllocatesNothingOnATurnedPanel) { expect_no_allocations(kiosk::Rotation::kQuarter); }

TEST(Frame, IsDrawnOnlyWhenSomethingIsNew) {
  Stage stage({1280, 800});
  for (const Exhibit& exhibit : gallery(stage.contents_shown().survey)) {
    if (exhibit.press != 0) continue;
    stage.show(flow::Sorry{});
    stage.show(exhibit.screen);
    EXPECT_FALSE(stage.show(exhibit.screen)) << exhibit.name;
  }
}

TEST(Frame, FadesAndComesToRest) {
  Stage stage({1280, 800}, contents(10.1, true));
  stage.show(flow::Home{}, 0);
  EXPECT_FALSE(stage.ui().is_moving());
  stage.show(kThanks, 1'000);
  EXPECT_TRUE(stage.ui().is_moving());
  stage.show(kThanks, 1'149);
  EXPECT_TRUE(stage.ui().is_moving());
  stage.show(kThanks, 1'150);
  EXPECT_FALSE(stage.ui().is_moving());
}

TEST(Frame, SavingDoesNotFade) {
  Stage stage({1280, 800}, contents(10.1, true));
  stage.show(flow::Home{}, 0);
  stage.show(flow::Saving{kThree, std::nullopt, 1, 0}, 1'000);
  EXPECT_FALSE(stage.ui().is_moving());
}

TEST(Frame, DoesNotMoveWhenMotionIsOff) {
  Stage stage({1280, 800});
  stage.show(flow::Home{}, 0);
  stage.show(flow::Sorry{}, 1'000);
  EXPECT_FALSE(stage.ui().is_moving());
}

}  // namespace
}  // namespace hailong::tests
