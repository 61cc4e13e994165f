#pragma once

/// Stands between the process and its files: from break_stick() to mend_stick() the system's call
/// fails, as it does when a stick is full or pulled out. For the whole process but its standard
/// streams.

namespace hailong::tests {

enum class StickCall { kWrite, kSync, kRename };

/// After `calls` more of that call each fails with `error` (errno).
void break_stick(StickCall call, int calls, int error);
void mend_stick();

}  // namespace hailong::tests
