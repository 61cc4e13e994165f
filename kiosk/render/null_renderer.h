#pragma once

#include <cstddef>
#include <list>
#include <memory>

#include "kiosk/render/damage.h"
#include "kiosk/render/renderer.h"

namespace hailong::kiosk::render {

/// Shows nothing and counts what it is given, for tests of who keeps how much. Not thread-safe.
class NullRenderer final : public Renderer {
 public:
  /// Never fails.
  core::Result<Texture> add(const design::Picture& picture) override;
  void remove(Texture texture) override;
  bool draw(const ImDrawData& data, design::Colour background) override;
  void forget() override { damage_.forget(); }

  /// Pictures that are here now.
  [[nodiscard]] std::size_t pictures() const { return bytes_.size(); }
  /// Their size in bytes.
  [[nodiscard]] std::size_t bytes() const;
  /// Pictures that have ever come.
  [[nodiscard]] std::size_t added() const { return added_; }
  /// Frames that differed from the one before.
  [[nodiscard]] std::size_t frames() const { return frames_; }

 private:
  std::list<std::size_t> bytes_;  // of each picture; where they stand is its name
  std::size_t added_ = 0;
  std::size_t frames_ = 0;
  Damage damage_;
};

std::unique_ptr<NullRenderer> make_null_renderer();

}  // namespace hailong::kiosk::render
