#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/temp_folder.h"

namespace hailong::tests {

/// Stands between SQLite and the disk from install() on, for the whole process, and writes down
/// what SQLite does to the files of one folder while it records.
class PowerDisk {
 public:
  enum class Kind { kCreate, kWrite, kTruncate, kSync, kSyncFolder, kDelete, kNote };
  struct Deed {
    Kind kind = Kind::kNote;
    std::string file;        // name in the folder
    std::int64_t place = 0;  // of a write; the new size of a truncation; the number of a note
    std::string bytes;       // of a write
  };

  static void install();
  static void record(const std::filesystem::path& folder);
  static void note(std::int64_t number);
  /// What was done since record(); ends the recording.
  static std::vector<Deed> stop();
};

/// What may be on a disk after the power went, worked out from the deeds before: what was synced is
/// there. Of every write that was not, each sector is there, is not, or is torn; a truncation, a
/// new file and a deletion that were not synced may be there or not.
class PulledPlug {
 public:
  static constexpr std::int64_t kSector = 512;

  /// One more deed happened before the cut.
  void take(const PowerDisk::Deed& deed);

  /// Files as the cut may have left them.
  std::map<std::string, std::string> cut(std::mt19937& chance) const;

 private:
  struct File {
    std::string synced;
    std::vector<PowerDisk::Deed> since;  // writes and truncations
    bool named = false;                  // its name is on the disk
    bool deleted = false;                // which is not on the disk yet
  };

  static std::string content(const File& file, std::mt19937& chance);

  std::map<std::string, File> files_;
};

}  // namespace hailong::tests
