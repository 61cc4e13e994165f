#include "tests/journal/power_disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

namespace hailong::tests {
namespace {

using Deed = PowerDisk::Deed;
using Kind = PowerDisk::Kind;

sqlite3_vfs* disk_vfs = nullptr;
sqlite3_vfs recording_vfs;

/// SQLite has a table of methods for each way of locking; each gets a copy with some of ours in it.
struct Methods {
  const sqlite3_io_methods* real = nullptr;
  sqlite3_io_methods recording{};
};
std::array<Methods, 4> methods;

std::filesystem::path recorded_folder;  // empty: nothing is recorded
std::vector<Deed> deeds;
std::map<const sqlite3_file*, std::string> open_files;  // of the recorded folder
std::map<const sqlite3_file*, bool> unnamed;  // made as log: its first sync syncs the folder, too

const sqlite3_io_methods& real_methods_of(const sqlite3_file* file) {
  for (const Methods& each : methods) {
    if (file->pMethods == &each.recording) return *each.real;
  }
  std::abort();
}

void add(Kind kind, const sqlite3_file* file, std::int64_t place, std::string bytes = {}) {
  const auto found = open_files.find(file);
  if (found == open_files.end() || recorded_folder.empty()) return;
  deeds.push_back({kind, found->second, place, std::move(bytes)});
}

int recorded_write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  add(Kind::kWrite, file, offset,
      std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(count)));
  return real_methods_of(file).xWrite(file, bytes, count, offset);
}

int recorded_truncate(sqlite3_file* file, sqlite3_int64 size) {
  add(Kind::kTruncate, file, size);
  return real_methods_of(file).xTruncate(file, size);
}

/// The disk itself is spared: this process never loses its power.
int recorded_sync(sqlite3_file* file, int /*flags*/) {
  add(Kind::kSync, file, 0);
  if (unnamed.erase(file) > 0) add(Kind::kSyncFolder, file, 0);
  return SQLITE_OK;
}

int recorded_close(sqlite3_file* file) {
  open_files.erase(file);
  unnamed.erase(file);
  return real_methods_of(file).xClose(file);
}

/// Where the file lies in the recorded folder; empty elsewhere.
std::string name_of(const char* path) {
  if (path == nullptr || recorded_folder.empty()) return {};
  const std::filesystem::path file(path);
  return file.parent_path() == recorded_folder ? file.filename().string() : std::string();
}

int recorded_open(sqlite3_vfs* /*vfs*/, const char* path, sqlite3_file* file, int flags,
                  int* out_flags) {
  const std::string name = name_of(path);
  const bool is_new = !name.empty() && !std::filesystem::exists(path);
  const int done = disk_vfs->xOpen(disk_vfs, path, file, flags, out_flags);
  if (done != SQLITE_OK || file->pMethods == nullptr) return done;
  for (Methods& each : methods) {
    if (each.real == nullptr) {
      each = {file->pMethods, *file->pMethods};
      // Memory maps would write past us.
      each.recording.iVersion = std::min(each.recording.iVersion, 2);
      each.recording.xWrite = recorded_write;
      each.recording.xTruncate = recorded_truncate;
      each.recording.xSync = recorded_sync;
      each.recording.xClose = recorded_close;
    }
    if (each.real != file->pMethods) continue;
    file->pMethods = &each.recording;
    if (name.empty()) return SQLITE_OK;
    open_files[file] = name;
    if (is_new) add(Kind::kCreate, file, 0);
    // As SQLite's own: the first sync of a new log syncs the folder.
    if (is_new && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0) unnamed[file] = true;
    return SQLITE_OK;
  }
  std::abort();  // more ways of locking than SQLite has on Linux
}

int recorded_delete(sqlite3_vfs* /*vfs*/, const char* path, int sync_folder) {
  if (const std::string name = name_of(path); !name.empty()) {
    deeds.push_back({Kind::kDelete, name, 0, {}});
    if (sync_folder != 0) deeds.push_back({Kind::kSyncFolder, name, 0, {}});
  }
  return disk_vfs->xDelete(disk_vfs, path, 0);
}

void put(std::string& content, std::int64_t place, std::string_view bytes) {
  const auto end = static_cast<std::size_t>(place) + bytes.size();
  if (content.size() < end) content.resize(end, '\0');
  std::copy(bytes.begin(), bytes.end(), content.begin() + place);
}

/// Calls `part(place, bytes)` for the part of the write that lies in each sector.
template <typename Part>
void each_sector(const Deed& write, Part part) {
  std::string_view left = write.bytes;
  for (std::int64_t place = write.place; !left.empty();) {
    const std::int64_t room = PulledPlug::kSector - place % PulledPlug::kSector;
    const std::size_t size = std::min(left.size(), static_cast<std::size_t>(room));
    part(place, left.substr(0, size));
    left.remove_prefix(size);
    place += static_cast<std::int64_t>(size);
  }
}

}  // namespace

void PowerDisk::install() {
  if (disk_vfs != nullptr) return;
  disk_vfs = sqlite3_vfs_find(nullptr);
  recording_vfs = *disk_vfs;
  recording_vfs.zName = "recording";
  recording_vfs.xOpen = recorded_open;
  recording_vfs.xDelete = recorded_delete;
  if (sqlite3_vfs_register(&recording_vfs, 1) != SQLITE_OK) throw std::runtime_error("no VFS");
}

void PowerDisk::record(const std::filesystem::path& folder) {
  deeds.clear();
  recorded_folder = folder;
}

void PowerDisk::note(std::int64_t number) { deeds.push_back({Kind::kNote, "", number, {}}); }

std::vector<Deed> PowerDisk::stop() {
  recorded_folder.clear();
  return std::move(deeds);
}

void PulledPlug::take(const Deed& deed) {
  switch (deed.kind) {
    case Kind::kNote:
      return;
    case Kind::kCreate:
      files_[deed.file] = {};
      return;
    case Kind::kWrite:
    case Kind::kTruncate:
      files_[deed.file].since.push_back(deed);
      return;
    case Kind::kDelete:
      files_[deed.file].deleted = true;
      return;
    case Kind::kSync: {
      File& file = files_[deed.file];
      for (const Deed& each : file.since) {
        if (each.kind == Kind::kWrite) {
          put(file.synced, each.place, each.bytes);
        } else {
          file.synced.resize(static_cast<std::size_t>(each.place));
        }
      }
      file.since.clear();
      return;
    }
    case Kind::kSyncFolder:
      std::erase_if(files_, [](const auto& each) { return each.second.deleted; });
      for (auto& [name, file] : files_) file.named = true;
  }
}

std::string PulledPlug::content(const File& file, std::mt19937& chance) {
  std::string content = file.synced;
  for (const Deed& deed : file.since) {
    if (deed.kind == Kind::kTruncate) {
      if (chance() % 2 == 0) content.resize(static_cast<std::size_t>(deed.place));
      continue;
    }
    each_sector(deed, [&](std::int64_t place, std::string_view bytes) {
      const auto fate = chance() % 4;
      if (fate == 0) return;  // lost
      std::string kept(bytes);
      if (fate == 1) {  // torn: the beginning is there, then something
        for (std::size_t i = chance() % kept.size(); i < kept.size(); ++i) {
          kept[i] = static_cast<char>(chance());
        }
      }
      put(content, place, kept);
    });
  }
  return content;
}

std::map<std::string, std::string> PulledPlug::cut(std::mt19937& chance) const {
  std::map<std::string, std::string> left;
  for (const auto& [name, file] : files_) {
    if (file.deleted && chance() % 2 == 0) continue;
    if (!file.named && chance() % 2 == 0) continue;
    left[name] = content(file, chance);
  }
  return left;
}

}  // namespace hailong::tests
