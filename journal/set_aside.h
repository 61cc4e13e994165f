#pragma once

#include <filesystem>
#include <vector>

#include "core/result.h"
#include "journal/gate.h"

/// Where damaged journals lie, and how another one takes a journal's place.
///
/// `data_dir`/set-aside/EPOCH/ holds the damaged file untouched (journal.corrupt.db, and its log)
/// and journal.db, a journal of the same epoch with what verified. What happens on the way, each
/// step a rename that a power cut leaves done or undone:
///
///   1. set-aside/making/ is filled: journal.db, and next/journal.db, which begins a new epoch;
///   2. it becomes set-aside/EPOCH/: from here on the change is decided;
///   3. the damaged file moves there, then its log;
///   4. next/journal.db becomes `data_dir`/journal.db.
///
/// Whoever opens the journal while a change is decided and not done finishes it first.

namespace hailong::journal {

inline constexpr const char* kSetAsideFolder = "set-aside";
inline constexpr const char* kDamagedFile = "journal.corrupt.db";
inline constexpr const char* kMakingFolder = "making";
inline constexpr const char* kNextFolder = "next";

/// Finishes a change that was decided, and lets nobody begin one while the journal is opened.
/// Errors: kBusy, kIo, kFull.
core::Result<Gate> enter(const std::filesystem::path& data_dir);

/// Steps 3 and 4, as far as they were not done yet. Only behind Gate::alone().
core::Result<void> finish_changes(const std::filesystem::path& data_dir);

/// The folders of all journals that were set aside and of which something could be read. Each holds
/// a journal as `data_dir` does, without a key of its own.
std::vector<std::filesystem::path> set_aside_journals(const std::filesystem::path& data_dir);

/// All folders with a damaged file.
std::vector<std::filesystem::path> damaged_journals(const std::filesystem::path& data_dir);

/// Asks the kiosk to look through its journal, because a reader met damage that the kiosk may never
/// touch. Errors: kIo, kFull.
core::Result<void> report_damage(const std::filesystem::path& data_dir);
bool is_damage_reported(const std::filesystem::path& data_dir);
void forget_damage_report(const std::filesystem::path& data_dir);

/// Brings names in a folder to the disk. Errors: kIo.
core::Result<void> sync_names(const std::filesystem::path& folder);

}  // namespace hailong::journal
