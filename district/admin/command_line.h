#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace hailong::district::admin {

/// Adds `admin` and its sub-commands to the program's command line. Once that is parsed, `run` is
/// what was asked for; it returns the exit code: 0, 1 (failed), 2 (bad usage or configuration).
void add_commands(CLI::App& program, std::function<int()>& run);

}  // namespace hailong::district::admin
