#pragma once

#include "core/score.h"

namespace hailong::tests {

inline const core::Score kOne = *core::Score::from(1);
inline const core::Score kTwo = *core::Score::from(2);
inline const core::Score kThree = *core::Score::from(3);
inline const core::Score kFive = *core::Score::from(5);

}  // namespace hailong::tests
