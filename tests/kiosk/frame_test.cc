#include <gtest/gtest.h>
#include <imgui.h>

#include <atomic>
#include <cstdlib>
#include <new>

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

const core::Score kThree = *core::Score::from(3);

const flow::Screen kScreens[] = {flow::Home{},
                                 flow::Saving{kThree, std::nullopt},
                                 flow::Thanks{1, true, 600, 5'000, 5},
                                 flow::Thanks{1, true, 600, 5'000, 4},
                                 flow::ChooseAgain{1, 300, 20'000},
                                 flow::Sorry{600, 8'000}};

TEST(Frame, AllocatesNothingOnceWarm) {
  ImGui::SetAllocatorFunctions(
      [](std::size_t size, void* /*unused*/) {
        ++allocations;
        return std::malloc(size);
      },
      [](void* memory, void* /*unused*/) { std::free(memory); });
  Stage stage({1280, 800}, true);
  const auto show_all = [&stage](flow::Millis now) {
    for (const flow::Screen& screen : kScreens) stage.show(screen, now);
  };
  for (flow::Millis i = 0; i < 3; ++i) show_all(i * 1'000);
  const long before = allocations;
  EXPECT_GT(before, 0);
  for (flow::Millis i = 3; i < 10; ++i) show_all(i * 1'000);
  EXPECT_EQ(allocations - before, 0);
}

TEST(Frame, IsDrawnOnlyWhenSomethingIsNew) {
  Stage stage({1280, 800});
  for (const flow::Screen& screen : kScreens) {
    EXPECT_TRUE(stage.show(screen));
    EXPECT_FALSE(stage.show(screen));
  }
}

TEST(Frame, FadesAndComesToRest) {
  Stage stage({1280, 800}, true);
  stage.show(flow::Home{}, 0);
  EXPECT_FALSE(stage.ui().is_moving());
  stage.show(flow::Thanks{1, true, 600, 5'000, 5}, 1'000);
  EXPECT_TRUE(stage.ui().is_moving());
  stage.show(flow::Thanks{1, true, 600, 5'000, 5}, 1'149);
  EXPECT_TRUE(stage.ui().is_moving());
  stage.show(flow::Thanks{1, true, 600, 5'000, 5}, 1'150);
  EXPECT_FALSE(stage.ui().is_moving());
}

TEST(Frame, SavingDoesNotFade) {
  Stage stage({1280, 800}, true);
  stage.show(flow::Home{}, 0);
  stage.show(flow::Saving{kThree, std::nullopt}, 1'000);
  EXPECT_FALSE(stage.ui().is_moving());
}

TEST(Frame, DoesNotMoveWhenMotionIsOff) {
  Stage stage({1280, 800}, false);
  stage.show(flow::Home{}, 0);
  stage.show(flow::Sorry{600, 8'000}, 1'000);
  EXPECT_FALSE(stage.ui().is_moving());
}

}  // namespace
}  // namespace hailong::tests
