#include <iostream>

#include "district/admin/admin.h"
#include "district/clock.h"
#include "district/ingest/eraser.h"
#include "district/ingest/verifier.h"
#include "district/service.h"
#include "district/storage/audit.h"
#include "wire/key_file.h"

/// Erasure, retention and proof, as commands.

namespace hailong::district::admin {
namespace {

void print(const ingest::Erased& erased) {
  std::cout << "erased " << erased.contents << " texts\n";
  for (const storage::HoldingKiosk& kiosk : erased.kiosks) {
    std::cout << "may hold more, to be erased there: " << kiosk.device.value << ", unit "
              << kiosk.unit.value << "\n";
  }
  for (const core::UnitCode& unit : erased.units_without_key) {
    std::cout << "unit " << unit.value << ": looked for plain codes only, as there is no "
              << unit.value << ".key in [erasure] dossier_keys\n";
  }
}

}  // namespace

core::Result<void> Admin::erase(const std::string& code, const std::string& phone,
                                const std::string& reason) {
  const auto key = wire::read_or_make_key(config_.data_dir / kDistrictKeyFile);
  if (!key) return core::Failure(key.error());
  ingest::Eraser eraser(store_, config_.rules.units, *key);
  const ingest::ErasureOrder order{storage::kOperator, reason};
  core::Result<ingest::Erased> erased;
  if (phone.empty()) {
    const auto secrets = ingest::read_dossier_secrets(config_.dossier_keys);
    if (!secrets) return core::Failure(secrets.error());
    erased = eraser.erase_dossier(code, *secrets, order, now_ms());
  } else {
    erased = eraser.erase_phone(phone, order, now_ms());
  }
  if (!erased) return core::Failure(erased.error());
  print(*erased);
  return {};
}

core::Result<void> Admin::erase_outdated() {
  const auto key = wire::read_or_make_key(config_.data_dir / kDistrictKeyFile);
  if (!key) return core::Failure(key.error());
  const auto erased = ingest::Eraser(store_, config_.rules.units, *key)
                          .erase_outdated(config_.retention, {storage::kOperator, now_ms()});
  if (!erased) return core::Failure(erased.error());
  std::cout << "erased " << *erased << " texts\n";
  return {};
}

core::Result<void> Admin::verify() {
  const auto proof = ingest::Verifier(store_).verify();
  if (!proof) return core::Failure(proof.error());
  for (const std::string& fault : proof->faults) std::cout << fault << "\n";
  std::cout << proof->streams << " streams, " << proof->events << " events, " << proof->contents
            << " texts, " << proof->erased
            << " erased: " << (proof->faults.empty() ? "everything holds" : "NOT everything holds")
            << "\n";
  if (proof->faults.empty()) return {};
  return core::fail(core::Fault::kCorrupt,
                    std::to_string(proof->faults.size()) + " faults; keep the store as it is");
}

}  // namespace hailong::district::admin
