#pragma once

/// Stands between SQLite and the disk: counts syncs and fails on demand. For the whole process,
/// from watch_disk() on.

namespace hailong::tests {

enum class DiskFault { kFull, kBrokenSync };

void watch_disk();

/// How often SQLite has asked for data to be on the disk.
long disk_syncs();

/// The next `times` writes (or syncs) fail.
void break_disk(DiskFault fault, int times);
void mend_disk();

}  // namespace hailong::tests
