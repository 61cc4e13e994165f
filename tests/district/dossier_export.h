#pragma once

#include <map>
#include <string>

#include "core/dossier_code.h"
#include "district/dossiers/export_file.h"
#include "tests/district/fake_kiosk.h"
#include "wire/key_file.h"

/// What a one-stop system exports, and the kiosks' secrets by which its dossiers are joined.

namespace hailong::district {

/// A folder with the secret of each unit, made when it is first asked for.
class DossierKeys {
 public:
  explicit DossierKeys(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
  }

  const std::filesystem::path& folder() const { return folder_; }
  core::Bytes32 secret(const std::string& unit) {
    return must(wire::read_or_make_key(folder_ / (unit + ".key"))).seed();
  }
  /// Links a rating to the dossier of this code, as the unit's kiosks do.
  core::Seq link(FakeKiosk& kiosk, core::Seq rating, const std::string& unit,
                 const std::string& code, std::int64_t at_ms = kNoon) {
    return kiosk.append(core::Dossier{rating, core::dossier_key(secret(unit), code),
                                      wire::random_bytes32(), "", core::FieldId{""}},
                        at_ms);
  }

 private:
  std::filesystem::path folder_;
};

struct ExportLine {
  std::string unit = "10750";
  std::string code;
  std::string received_on = "2026-11-02";
  std::string due_on = "2026-11-10";
  std::string returned_on = "2026-11-09";
  std::string complaint = "none";
  std::string exported_on = "2026-11-20";
  std::string field = "ho-tich";
};

inline std::string export_csv(const std::vector<ExportLine>& lines) {
  std::string csv = std::string(dossiers::kExportHeading) + "\n";
  for (const ExportLine& line : lines) {
    for (const std::string* field :
         {&line.unit, &line.code, &line.field, &line.received_on, &line.due_on, &line.returned_on,
          &line.complaint, &line.exported_on}) {
      csv.append(*field).append(",");
    }
    csv.append("Hệ thống một cửa\n");
  }
  return csv;
}

/// "000.00.01.H24-261102-0007"
inline std::string dossier_code(int number) {
  const std::string digits = std::to_string(number);
  return "000.00.01.H24-261102-" + std::string(4 - digits.size(), '0') + digits;
}

}  // namespace hailong::district
