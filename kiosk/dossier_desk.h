#pragma once

#include <filesystem>
#include <optional>

#include "core/result.h"
#include "journal/journal.h"

namespace hailong::kiosk {

/// Makes of a scanned code what the journal takes. Reads files: for the writer's thread, not for
/// the one that draws.
class DossierDesk {
 public:
  /// The secret of the keyed hash lies in `data_dir`/dossier.key and is made when first needed; the
  /// kiosks of one unit get the same file, so that they know each other's dossiers. `list`: the
  /// one-stop system's dossiers of today (CSV: code,procedure,field), read anew each time, since it
  /// changes during the day; empty: none.
  DossierDesk(std::filesystem::path data_dir, std::filesystem::path list)
      : data_dir_(std::move(data_dir)), list_(std::move(list)) {}

  /// Fills in the key, and procedure and field if the list knows them. A list that cannot be read
  /// is logged and changes nothing. Errors: kIo, kInvalid (the key).
  core::Result<void> complete(journal::DossierRef& dossier);

 private:
  std::filesystem::path data_dir_;
  std::filesystem::path list_;
  std::optional<core::Bytes32> secret_;
};

}  // namespace hailong::kiosk
