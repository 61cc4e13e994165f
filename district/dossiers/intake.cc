#include "district/dossiers/intake.h"

#include <algorithm>

#include "core/dossier_code.h"
#include "district/ingest/eraser.h"
#include "district/ingest/lineage.h"
#include "district/ingest/own_events.h"

namespace hailong::district::dossiers {
namespace {

using core::Failure;
using storage::RegisterRow;

scoring::LineFault no_secret(int line, const std::string& unit) {
  return {line,
          "unit: there is no " + unit +
              ".key in [erasure] dossier_keys, so its dossiers cannot be joined with ratings",
          "đơn vị: máy chủ chưa có khóa mã hồ sơ " + unit +
              ".key (dossier.key của ki-ốt, đặt vào thư mục [erasure] dossier_keys), nên không "
              "ghép được hồ sơ với phiếu đánh giá"};
}

scoring::LineFault held_elsewhere(int line, const std::string& unit) {
  return {line, "dossier: the register holds it for another unit, " + unit,
          "mã hồ sơ: đã có trong sổ của đơn vị khác, " + unit};
}

storage::AuditEntry audit_of(const Preview& preview, const storage::Author& author,
                             const char* action) {
  std::string units;
  for (const auto& [unit, count] : preview.units) {
    units.append(units.empty() ? "" : ", ").append(unit);
  }
  return {author.at_ms, author.who, action, units,
          std::to_string(preview.dossiers) + " hồ sơ, trong đó " + std::to_string(preview.known) +
              " đã có trong sổ; " + std::to_string(preview.faults.size()) + " dòng lỗi"};
}

}  // namespace

core::Result<Intake::Sealed> Intake::read(std::string_view csv, core::LocalDate today) const {
  const auto secrets = ingest::read_dossier_secrets(keys_);
  if (!secrets) return Failure(secrets.error());
  scoring::FileRows<ExportedDossier> exported = parse_export(csv, units_, fields_, today);
  Sealed file{{}, {}, std::move(exported.faults)};
  file.rows.reserve(exported.rows.size());
  file.lines.reserve(exported.rows.size());
  for (ExportedDossier& dossier : exported.rows) {
    const auto secret = secrets->find(dossier.unit_code.value);
    if (secret == secrets->end()) {
      file.faults.push_back(no_secret(dossier.line, dossier.unit_code.value));
      continue;
    }
    dossier.row.key = core::dossier_key(secret->second, dossier.code);
    dossier.row.dossier = subjects_.of_dossier(dossier.code);
    file.rows.push_back(std::move(dossier.row));
    file.lines.push_back(dossier.line);
  }
  return file;
}

core::Result<Preview> Intake::describe(const Sealed& file, core::LocalDate today) {
  Preview preview{0, 0, {}, file.faults};
  std::vector<core::Bytes32> dossiers;
  dossiers.reserve(file.rows.size());
  for (const RegisterRow& row : file.rows) dossiers.push_back(row.dossier);
  const auto held_by = storage::DossierRegister(store_).units_of(dossiers);
  if (!held_by) return Failure(held_by.error());
  for (std::size_t i = 0; i < file.rows.size(); ++i) {
    const std::string& holder = (*held_by)[i];
    const std::string& unit = file.rows[i].unit_id;
    if (!holder.empty() && holder != unit) {
      const auto same = ingest::lineage_of(units_, unit, today);
      if (std::find(same.begin(), same.end(), holder) == same.end()) {
        preview.faults.push_back(held_elsewhere(file.lines[i], holder));
        continue;
      }
    }
    ++preview.dossiers;
    ++preview.units[unit];
    if (!holder.empty()) ++preview.known;
  }
  return preview;
}

core::Result<Preview> Intake::preview(std::string_view csv, const storage::Author& author) {
  const auto file = read(csv, core::local_date(author.at_ms));
  if (!file) return Failure(file.error());
  auto preview = describe(*file, core::local_date(author.at_ms));
  if (!preview) return preview;
  if (auto noted = storage::Audit(store_).add(audit_of(*preview, author, "dossiers-previewed"));
      !noted) {
    return Failure(noted.error());
  }
  return preview;
}

core::Result<Preview> Intake::import(std::string_view csv, const storage::Author& author) {
  const core::LocalDate today = core::local_date(author.at_ms);
  const auto file = read(csv, today);
  if (!file) return Failure(file.error());
  auto preview = describe(*file, today);
  if (!preview) return preview;
  if (!preview->faults.empty()) return scoring::first_fault(preview->faults);
  auto added = ledger_.write([&](storage::Ledger::Transaction& ledger) -> core::Result<void> {
    ledger.add_to_register(file->rows, author);
    unlink_erased(ledger, file->rows, today);
    ledger.audit(audit_of(*preview, author, "dossiers-imported"));
    ledger.revise();
    return {};
  });
  if (!added) return Failure(added.error());
  return preview;
}

void Intake::unlink_erased(storage::Ledger::Transaction& ledger,
                           const std::vector<RegisterRow>& rows, core::LocalDate today) const {
  std::set<core::Bytes32> erased;
  ledger.each_own_event([&](std::string_view bytes) {
    const auto event = ingest::decode_own_event(bytes);
    if (!event) return;
    const auto* erasure = std::get_if<ingest::OwnErasure>(&event->body);
    if (erasure != nullptr && erasure->subject) erased.insert(*erasure->subject);
  });
  for (const RegisterRow& row : rows) {
    if (erased.contains(row.dossier)) ingest::unlink_dossier(ledger, row.dossier, units_, today);
  }
}

}  // namespace hailong::district::dossiers
