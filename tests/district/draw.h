#pragma once

#include <cstdint>

namespace hailong::district {

/// Small numbers out of a large one.
class Draw {
 public:
  explicit Draw(std::uint32_t number) : number_(number) {}
  int below(std::uint32_t limit) {
    const std::uint32_t drawn = number_ % limit;
    number_ /= limit;
    return static_cast<int>(drawn);
  }

 private:
  std::uint32_t number_;
};

}  // namespace hailong::district
