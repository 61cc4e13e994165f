#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/hex.h"
#include "core/ids.h"
#include "core/result.h"
#include "core/units.h"
#include "district/ingest/own_events.h"
#include "district/ingest/subject_hash.h"
#include "district/storage/contents.h"
#include "district/storage/ledger.h"
#include "wire/signing.h"

/// Erasing what residents wrote: when its time is over, and when they ask. What is erased is gone
/// from the store with its salt; its event, its digest and every figure stay, and an event of the
/// district's own says what was erased, by whom and why. Contact data are not here: by design they
/// never leave their kiosk.

namespace hailong::district::ingest {

/// Who asks for an erasure and why. The reason is kept for ever: it must not name the person.
struct ErasureOrder {
  std::string by;      // account or command
  std::string reason;  // one line, 1 to 200 characters
};

struct Erased {
  std::int64_t contents = 0;                  // how many were erased here
  std::vector<storage::HoldingKiosk> kiosks;  // which may hold more, to be erased there
  /// Units with kiosks where dossiers could not be looked for by their key, but only by plain
  /// codes, where kiosks send them.
  std::vector<core::UnitCode> units_without_key;
};

/// The secrets by which kiosks hash dossier codes, by unit code.
using DossierSecrets = std::map<std::string, core::Bytes32>;

/// Reads the files CODE.key of a folder; without a folder there are none. Errors: kNotFound,
/// kCorrupt (not a key), kRefused (others may read one), kIo.
core::Result<DossierSecrets> read_dossier_secrets(const std::filesystem::path& folder);

/// The register of dossiers goes on counting the dossier, but nothing in it tells any more which
/// ratings are about it.
void unlink_dossier(storage::Ledger::Transaction& ledger, const core::Bytes32& dossier,
                    const core::UnitRegister& units, core::LocalDate today);

/// Any thread; lives no longer than the store and the register.
class Eraser {
 public:
  /// `key` is the district's; what was asked about is kept as a hash that only it can repeat.
  Eraser(storage::Store& store, const core::UnitRegister& units, const wire::SigningKey& key);

  /// All that was written with ratings of the dossier, its plain code, and its link in the register
  /// of dossiers. What their events announced and has not come yet is not taken in any more.
  /// Errors: kInvalid (not a code, or a reason that is none or holds the code); the store's.
  core::Result<Erased> erase_dossier(const std::string& code, const DossierSecrets& secrets,
                                     const ErasureOrder& order, std::int64_t now_ms);

  /// All words that hold the number, in any spelling, and what staff wrote about them at the kiosk.
  /// Errors: likewise.
  core::Result<Erased> erase_phone(const std::string& phone, const ErasureOrder& order,
                                   std::int64_t now_ms);

  /// Whatever is kept longer than the rule says. Returns how many pieces.
  core::Result<std::int64_t> erase_outdated(const storage::Retention& rule,
                                            const storage::Author& by);

 private:
  using ChooseNotes = std::function<bool(std::string_view note)>;

  /// `notes` chooses notes on cases that are emptied as well.
  /// `dossier` is taken out of reach in the register as well.
  core::Result<void> erase(OwnErasure erasure, const std::vector<storage::HeldContent>& contents,
                           const storage::Author& by, const ChooseNotes& notes,
                           const std::optional<core::Bytes32>& dossier = {});
  core::Result<Erased> with_kiosks_of(const std::set<storage::NamedRating>& ratings,
                                      const DossierSecrets& secrets, std::int64_t contents);

  storage::Ledger ledger_;
  storage::Contents contents_;
  const core::UnitRegister& units_;
  SubjectHash subjects_;
};

}  // namespace hailong::district::ingest
