#include "district/dossiers/intake.h"

#include "core/dossier_code.h"
#include "district/ingest/eraser.h"
#include "district/ingest/own_events.h"

namespace hailong::district::dossiers {
namespace {

using core::Failure;
using scoring::FileRows;
using storage::RegisterRow;

scoring::LineFault no_secret(int line, const std::string& unit) {
  return {line,
          "unit: there is no " + unit +
              ".key in [erasure] dossier_keys, so its dossiers cannot be joined with ratings",
          "đơn vị: máy chủ chưa có khóa mã hồ sơ " + unit +
              ".key (dossier.key của ki-ốt, đặt vào thư mục [erasure] dossier_keys), nên không "
              "ghép được hồ sơ với phiếu đánh giá"};
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

core::Result<FileRows<RegisterRow>> Intake::read(std::string_view csv,
                                                 core::LocalDate today) const {
  const auto secrets = ingest::read_dossier_secrets(keys_);
  if (!secrets) return Failure(secrets.error());
  FileRows<ExportedDossier> exported = parse_export(csv, units_, fields_, today);
  FileRows<RegisterRow> file{{}, std::move(exported.faults)};
  file.rows.reserve(exported.rows.size());
  for (ExportedDossier& dossier : exported.rows) {
    const auto secret = secrets->find(dossier.unit_code.value);
    if (secret == secrets->end()) {
      file.faults.push_back(no_secret(dossier.line, dossier.unit_code.value));
      continue;
    }
    dossier.row.key = core::dossier_key(secret->second, dossier.code);
    dossier.row.dossier = subjects_.of_dossier(dossier.code);
    file.rows.push_back(std::move(dossier.row));
  }
  return file;
}

core::Result<Preview> Intake::describe(const FileRows<RegisterRow>& file) {
  Preview preview{static_cast<std::int64_t>(file.rows.size()), 0, {}, file.faults};
  std::vector<core::Bytes32> dossiers;
  dossiers.reserve(file.rows.size());
  for (const RegisterRow& row : file.rows) {
    ++preview.units[row.unit_id];
    dossiers.push_back(row.dossier);
  }
  const auto known = storage::DossierRegister(store_).known(dossiers);
  if (!known) return Failure(known.error());
  preview.known = *known;
  return preview;
}

core::Result<Preview> Intake::preview(std::string_view csv, const storage::Author& author) {
  const auto file = read(csv, core::local_date(author.at_ms));
  if (!file) return Failure(file.error());
  auto preview = describe(*file);
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
  if (!file->faults.empty()) return scoring::first_fault(file->faults);
  auto preview = describe(*file);
  if (!preview) return preview;
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
