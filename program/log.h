#pragma once

#include <string>

namespace hailong::program {

/// Sends the program's log to standard error, one line an entry, with the level as journald reads
/// it
/// ("<4>" …) when standard error is not a terminal. Levels: debug, info, warn, error.
/// False for an unknown level.
bool start_log(const std::string& level);

}  // namespace hailong::program
