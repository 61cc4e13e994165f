#include "tests/kiosk/disk.h"

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <stdexcept>

namespace hailong::tests {
namespace {

std::atomic<long> syncs{0};
std::atomic<int> writes_to_fail{0};
std::atomic<int> syncs_to_fail{0};

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs watching_vfs;

/// SQLite has a table of methods for each way of locking; each gets a copy with two of ours in it.
struct Table {
  const sqlite3_io_methods* real = nullptr;
  sqlite3_io_methods watching{};
};
std::array<Table, 4> tables;
std::mutex tables_mutex;  // guards tables while one is added

const sqlite3_io_methods& real_methods(const sqlite3_file* file) {
  for (const Table& table : tables) {
    if (file->pMethods == &table.watching) return *table.real;
  }
  std::abort();
}

/// Takes one from a counter that is not used up.
bool take(std::atomic<int>& left) {
  int now = left;
  while (now > 0 && !left.compare_exchange_weak(now, now - 1)) {
  }
  return now > 0;
}

int watched_write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  if (take(writes_to_fail)) return SQLITE_FULL;
  return real_methods(file).xWrite(file, bytes, count, offset);
}

int watched_sync(sqlite3_file* file, int flags) {
  ++syncs;
  const int done = real_methods(file).xSync(file, flags);
  // The data may be on the disk although the answer says otherwise.
  return take(syncs_to_fail) ? SQLITE_IOERR_FSYNC : done;
}

int watched_open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags,
                 int* out_flags) {
  const int done = real_vfs->xOpen(real_vfs, name, file, flags, out_flags);
  if (done != SQLITE_OK || file->pMethods == nullptr) return done;
  const std::lock_guard lock(tables_mutex);
  for (Table& table : tables) {
    if (table.real == nullptr) {
      table = {file->pMethods, *file->pMethods};
      table.watching.xWrite = watched_write;
      table.watching.xSync = watched_sync;
    }
    if (table.real != file->pMethods) continue;
    file->pMethods = &table.watching;
    return SQLITE_OK;
  }
  std::abort();  // more ways of locking than SQLite has on Linux
}

}  // namespace

void watch_disk() {
  if (real_vfs != nullptr) return;
  real_vfs = sqlite3_vfs_find(nullptr);
  watching_vfs = *real_vfs;
  watching_vfs.zName = "watched";
  watching_vfs.xOpen = watched_open;
  if (sqlite3_vfs_register(&watching_vfs, 1) != SQLITE_OK) throw std::runtime_error("no VFS");
}

long disk_syncs() { return syncs; }

void break_disk(DiskFault fault, int times) {
  (fault == DiskFault::kFull ? writes_to_fail : syncs_to_fail) = times;
}

void mend_disk() {
  writes_to_fail = 0;
  syncs_to_fail = 0;
}

}  // namespace hailong::tests
