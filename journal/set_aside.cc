#include "journal/set_aside.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include "journal/identity.h"

namespace hailong::journal {
namespace {

namespace fs = std::filesystem;
using core::Fault;

constexpr const char* kDamageReport = "journal.damaged";

core::Failure failed_at(const fs::path& file, const char* doing, int error) {
  return core::fail(error == ENOSPC ? Fault::kFull : Fault::kIo,
                    file.string() + ": cannot be " + doing + ": " + std::strerror(error));
}

bool is_there(const fs::path& file) {
  std::error_code unreadable;
  return fs::exists(file, unreadable);
}

/// One that is not there needs no move: it was made before, or there never was such a file.
core::Result<void> move_if_there(const fs::path& from, const fs::path& to) {
  if (std::rename(from.c_str(), to.c_str()) == 0 || errno == ENOENT) return {};
  return failed_at(from, "moved", errno);
}

std::vector<fs::path> folders_in(const fs::path& data_dir) {
  std::vector<fs::path> folders;
  std::error_code error;
  fs::directory_iterator entry(data_dir / kSetAsideFolder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (entry->path().filename() != kMakingFolder) folders.push_back(entry->path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::vector<fs::path> folders_with(const fs::path& data_dir, const fs::path& file) {
  std::vector<fs::path> folders = folders_in(data_dir);
  std::erase_if(folders, [&](const fs::path& folder) { return !is_there(folder / file); });
  return folders;
}

fs::path next_file() { return fs::path(kNextFolder) / kJournalFile; }

core::Result<void> finish_change(const fs::path& data_dir, const fs::path& folder) {
  const fs::path journal = data_dir / kJournalFile;
  const fs::path damaged = folder / kDamagedFile;
  if (auto done = move_if_there(journal, damaged); !done) return done;
  if (auto done = sync_names(folder); !done) return done;
  if (auto done = move_if_there(journal.string() + "-wal", damaged.string() + "-wal"); !done) {
    return done;
  }
  if (::unlink((journal.string() + "-shm").c_str()) != 0 && errno != ENOENT) {
    return failed_at(journal.string() + "-shm", "removed", errno);
  }
  if (auto done = sync_names(folder); !done) return done;
  if (auto done = sync_names(data_dir); !done) return done;
  if (std::rename((folder / next_file()).c_str(), journal.c_str()) != 0) {
    return failed_at(folder / next_file(), "put in place", errno);
  }
  if (auto done = sync_names(data_dir); !done) return done;
  if (::rmdir((folder / kNextFolder).c_str()) != 0) {
    return failed_at(folder / kNextFolder, "removed", errno);
  }
  return {};
}

}  // namespace

core::Result<void> sync_names(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return failed_at(folder, "opened", errno);
  const int synced = ::fsync(fd);
  const int error = errno;
  ::close(fd);
  if (synced != 0) return failed_at(folder, "synced", error);
  return {};
}

core::Result<void> finish_changes(const fs::path& data_dir) {
  for (const fs::path& folder : folders_with(data_dir, next_file())) {
    if (auto done = finish_change(data_dir, folder); !done) return done;
  }
  return {};
}

core::Result<Gate> enter(const fs::path& data_dir) {
  if (!folders_with(data_dir, next_file()).empty()) {
    const auto alone = Gate::alone(data_dir);
    if (!alone) return core::Failure(alone.error());
    if (auto done = finish_changes(data_dir); !done) return core::Failure(done.error());
  }
  return Gate::share(data_dir);
}

std::vector<fs::path> set_aside_journals(const fs::path& data_dir) {
  return folders_with(data_dir, kJournalFile);
}

std::vector<fs::path> damaged_journals(const fs::path& data_dir) {
  return folders_with(data_dir, kDamagedFile);
}

core::Result<void> report_damage(const fs::path& data_dir) {
  const fs::path file = data_dir / kDamageReport;
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return failed_at(file, "made", errno);
  ::close(fd);
  return {};
}

bool is_damage_reported(const fs::path& data_dir) { return is_there(data_dir / kDamageReport); }

void forget_damage_report(const fs::path& data_dir) {
  std::error_code gone_or_read_only;  // then it is looked through once more
  fs::remove(data_dir / kDamageReport, gone_or_read_only);
}

}  // namespace hailong::journal
