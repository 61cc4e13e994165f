#pragma once

#include "core/event.h"

namespace hailong::journal {

/// What the clocks of this machine say now. Any thread; a few microseconds.
core::Stamp stamp_now();

}  // namespace hailong::journal
