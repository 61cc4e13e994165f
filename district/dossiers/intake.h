#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/units.h"
#include "district/dossiers/export_file.h"
#include "district/ingest/subject_hash.h"
#include "district/scoring/line_faults.h"
#include "district/storage/audit.h"
#include "district/storage/ledger.h"

namespace hailong::district::dossiers {

/// What an import of a file would do.
struct Preview {
  std::int64_t dossiers = 0;
  std::int64_t known = 0;                     // of those: in the register already
  std::map<std::string, std::int64_t> units;  // dossiers by unit id
  std::vector<scoring::LineFault> faults;     // one, and the import is refused
};

/// Takes exports into the register. Any thread; lives no longer than what it was made from.
class Intake {
 public:
  /// `keys`: the folder of the kiosks' dossier secrets (ingest::read_dossier_secrets). `key` is the
  /// district's.
  Intake(storage::Store& store, const core::UnitRegister& units,
         const scoring::ProcedureFields& fields, const wire::SigningKey& key,
         std::filesystem::path keys)
      : store_(store),
        ledger_(store),
        units_(units),
        fields_(fields),
        subjects_(key),
        keys_(std::move(keys)) {}

  /// Changes nothing but the audit log. A unit whose secret is not there cannot be joined with its
  /// ratings: its lines are faults, and so are dossiers that the register holds for a unit that
  /// never was this one. Errors: the keys' and the store's.
  core::Result<Preview> preview(std::string_view csv, const storage::Author& author);

  /// All of the file, or nothing of it. Dossiers that somebody asked to erase are counted, but not
  /// linked. Errors: kInvalid (a line cannot be taken), the keys' and the store's.
  core::Result<Preview> import(std::string_view csv, const storage::Author& author);

 private:
  /// A file whose codes were replaced by their hashes.
  struct Sealed {
    std::vector<storage::RegisterRow> rows;
    std::vector<int> lines;  // of the rows
    std::vector<scoring::LineFault> faults;
  };
  core::Result<Sealed> read(std::string_view csv, core::LocalDate today) const;
  core::Result<Preview> describe(const Sealed& file, core::LocalDate today);
  void unlink_erased(storage::Ledger::Transaction& ledger,
                     const std::vector<storage::RegisterRow>& rows, core::LocalDate today) const;

  storage::Store& store_;
  storage::Ledger ledger_;
  const core::UnitRegister& units_;
  const scoring::ProcedureFields& fields_;
  ingest::SubjectHash subjects_;
  std::filesystem::path keys_;
};

}  // namespace hailong::district::dossiers
