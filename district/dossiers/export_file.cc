#include "district/dossiers/export_file.h"

#include <map>
#include <optional>

#include "core/csv.h"
#include "core/dossier_code.h"

namespace hailong::district::dossiers {
namespace {

class ExportReader {
 public:
  ExportReader(const core::UnitRegister& units, const scoring::ProcedureFields& fields,
               core::LocalDate today)
      : units_(units), fields_(fields), today_(today) {}

  void read(const core::CsvRow& row) {
    line_ = row.line;
    if (auto dossier = dossier_of(row.fields)) file_.rows.push_back(std::move(*dossier));
  }
  void refuse(int line, const std::string& english, const std::string& vietnamese) {
    file_.faults.push_back({line, english, vietnamese});
  }
  scoring::FileRows<ExportedDossier> finish() { return std::move(file_); }

 private:
  std::optional<ExportedDossier> dossier_of(const std::vector<std::string>& fields) {
    if (fields.size() != 9) return bad("expected 9 fields", "cần đủ 9 cột");
    ExportedDossier dossier;
    dossier.line = line_;
    if (!take_dates(fields, dossier.row)) return std::nullopt;
    dossier.unit_code = core::UnitCode{fields[0]};
    const core::Unit* unit = units_.find(dossier.unit_code, dossier.row.received_on);
    if (unit == nullptr) {
      return bad("unit: no unit bore the code " + fields[0] + " on the day of receipt",
                 "đơn vị: không đơn vị nào mang mã " + fields[0] + " vào ngày tiếp nhận");
    }
    dossier.row.unit_id = unit->id();
    if (!take_code(fields[1], dossier)) return std::nullopt;
    if (!fields[2].empty() && !fields_.knows(fields[2])) {
      return bad("field: expected an id of fields.csv, or nothing",
                 "lĩnh vực: cần một mã của fields.csv, hoặc để trống");
    }
    dossier.row.field_id = fields[2];
    const auto complaint = storage::complaint_of(fields[6]);
    if (!complaint) {
      return bad("complaint: expected none, conduct, unfounded or other",
                 "phản ánh: cần là none, conduct, unfounded hoặc other");
    }
    dossier.row.complaint = *complaint;
    if (fields[8].empty()) return bad("source: expected a text", "nguồn: không được để trống");
    dossier.row.source = fields[8];
    return dossier;
  }

  /// The error must not repeat the code.
  bool take_code(const std::string& text, ExportedDossier& dossier) {
    const auto code = core::dossier_code_in(text, today_);
    if (!code) {
      bad("dossier: this is no dossier code", "mã hồ sơ: không đúng mẫu");
      return false;
    }
    const auto [first, is_new] = seen_.try_emplace(*code, line_);
    if (!is_new) {
      const std::string line = std::to_string(first->second);
      bad("dossier: the same as in line " + line, "mã hồ sơ: đã có ở dòng " + line);
      return false;
    }
    dossier.code = *code;
    return true;
  }

  bool take_dates(const std::vector<std::string>& fields, storage::RegisterRow& row) {
    const auto received = core::parse_date(fields[3]);
    const auto due = core::parse_date(fields[4]);
    const auto exported = core::parse_date(fields[7]);
    row.returned_on = core::parse_date(fields[5]);
    if (!received || !due || !exported || (!row.returned_on && !fields[5].empty())) {
      bad("received_on, due_on, returned_on, exported_on: expected YYYY-MM-DD",
          "ngày tiếp nhận, hẹn trả, trả kết quả, xuất dữ liệu: cần dạng 2026-10-31");
      return false;
    }
    row.received_on = *received;
    row.due_on = *due;
    row.exported_on = *exported;
    if (today_ < *exported) {
      bad("exported_on: lies in the future", "ngày xuất dữ liệu: ở tương lai");
      return false;
    }
    if (*due < *received || (row.returned_on && *row.returned_on < *received)) {
      bad("due_on, returned_on: before the day of receipt",
          "ngày hẹn trả, trả kết quả: trước ngày tiếp nhận");
      return false;
    }
    if (*exported < *received || (row.returned_on && *exported < *row.returned_on)) {
      bad("received_on, returned_on: after the day of the export",
          "ngày tiếp nhận, trả kết quả: sau ngày xuất dữ liệu");
      return false;
    }
    return true;
  }

  std::nullopt_t bad(const std::string& english, const std::string& vietnamese) {
    refuse(line_, english, vietnamese);
    return std::nullopt;
  }

  const core::UnitRegister& units_;
  const scoring::ProcedureFields& fields_;
  core::LocalDate today_;
  int line_ = 0;
  std::map<std::string, int> seen_;  // code: line
  scoring::FileRows<ExportedDossier> file_;
};

}  // namespace

scoring::FileRows<ExportedDossier> parse_export(std::string_view csv,
                                                const core::UnitRegister& units,
                                                const scoring::ProcedureFields& fields,
                                                core::LocalDate today) {
  const auto rows = core::parse_csv(csv);
  ExportReader reader(units, fields, today);
  if (rows.empty() || rows.front().fields != core::parse_csv(kExportHeading).front().fields) {
    reader.refuse(rows.empty() ? 1 : rows.front().line,
                  std::string("expected the heading ") + kExportHeading,
                  std::string("dòng đầu phải là ") + kExportHeading);
    return reader.finish();
  }
  for (std::size_t i = 1; i < rows.size(); ++i) reader.read(rows[i]);
  return reader.finish();
}

}  // namespace hailong::district::dossiers
