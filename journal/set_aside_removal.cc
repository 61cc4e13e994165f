#include "journal/set_aside_removal.h"

#include <system_error>

#include "journal/outbox.h"
#include "journal/set_aside.h"

namespace hailong::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kKeptMs = 30 * std::int64_t{86'400'000};

/// Whether the district had confirmed it, and all before, by then.
core::Result<bool> is_confirmed(Outbox& outbox, core::Seq seq, std::int64_t by_ms,
                                const wire::PublicKey& district) {
  const auto at_ms = outbox.confirmed_at(seq, district);
  if (!at_ms) return core::Failure(at_ms.error());
  return *at_ms && **at_ms <= by_ms;
}

/// Of what could not be read there is nothing to deliver.
core::Result<bool> is_delivered(const fs::path& folder, std::int64_t by_ms,
                                const wire::PublicKey& district) {
  if (!fs::exists(folder / kJournalFile)) return true;
  auto outbox = Outbox::open(folder);
  if (!outbox) return core::Failure(outbox.error());
  const auto last = outbox->last();
  if (!last) return core::Failure(last.error());
  if (*last < outbox->identity().first) return true;
  const auto contents = outbox->confirmed_contents();
  if (!contents) return core::Failure(contents.error());
  if (*contents < *last) return false;
  return is_confirmed(*outbox, *last, by_ms, district);
}

/// A power cut leaves it where it was, or where the next removal or salvage() finishes it.
core::Result<void> remove(const fs::path& data_dir, const fs::path& folder) {
  const auto gate = Gate::alone(folder);
  if (!gate) return core::Failure(gate.error());
  const fs::path set_aside = data_dir / kSetAsideFolder;
  const fs::path making = set_aside / kMakingFolder;
  std::error_code error;
  fs::remove_all(making, error);
  if (!error) fs::rename(folder, making, error);
  if (error) {
    return core::fail(core::Fault::kIo,
                      folder.string() + ": cannot be removed: " + error.message());
  }
  if (auto synced = sync_names(set_aside); !synced) return synced;
  fs::remove_all(making, error);
  if (error) {
    return core::fail(core::Fault::kIo,
                      making.string() + ": cannot be removed: " + error.message());
  }
  return {};
}

}  // namespace

core::Result<int> remove_delivered_journals(const fs::path& data_dir, std::int64_t now_ms,
                                            const wire::PublicKey& district) {
  const auto folders = damaged_journals(data_dir);
  if (folders.empty()) return 0;
  auto present = Outbox::open(data_dir);
  if (!present) return core::Failure(present.error());
  const std::int64_t by_ms = now_ms - kKeptMs;
  const auto is_known = is_confirmed(*present, present->identity().first, by_ms, district);
  if (!is_known) return core::Failure(is_known.error());
  if (!*is_known) return 0;
  auto removed = core::Result<int>(0);
  int count = 0;
  for (const fs::path& folder : folders) {
    const auto delivered = is_delivered(folder, by_ms, district);
    const auto gone = delivered && *delivered ? remove(data_dir, folder) : core::Result<void>();
    if (!delivered) {
      removed = core::Failure(delivered.error());
    } else if (!gone) {
      removed = core::Failure(gone.error());
    } else if (*delivered) {
      ++count;
    }
  }
  if (!removed) return removed;
  return count;
}

}  // namespace hailong::journal
