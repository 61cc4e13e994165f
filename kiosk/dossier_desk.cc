#include "kiosk/dossier_desk.h"

#include <spdlog/spdlog.h>

#include "core/csv.h"
#include "core/dossier_code.h"
#include "core/ids.h"
#include "program/config.h"
#include "wire/key_file.h"

namespace hailong::kiosk {
namespace {

void look_up(const std::filesystem::path& list, journal::DossierRef& dossier) {
  const auto text = program::read_text_file(list);
  if (!text) {
    spdlog::warn("the procedure of a scanned dossier is not known: {}", text.error().message);
    return;
  }
  for (const core::CsvRow& row : core::parse_csv(*text)) {
    if (row.fields.size() != 3 || row.fields[0] != dossier.code) continue;
    dossier.procedure = row.fields[1];
    if (core::is_plain_name(row.fields[2])) dossier.field = core::FieldId{row.fields[2]};
    return;
  }
}

}  // namespace

core::Result<void> DossierDesk::complete(journal::DossierRef& dossier) {
  if (!secret_) {
    const auto key = wire::read_or_make_key(data_dir_ / "dossier.key");
    if (!key) return core::Failure(key.error());
    secret_ = key->seed();
  }
  dossier.key = core::dossier_key(*secret_, dossier.code);
  if (!list_.empty()) look_up(list_, dossier);
  return {};
}

}  // namespace hailong::kiosk
