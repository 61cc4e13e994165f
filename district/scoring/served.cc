#include "district/scoring/served.h"

#include <charconv>
#include <optional>
#include <set>
#include <tuple>

#include "core/csv.h"

namespace hailong::district::scoring {
namespace {

using storage::ServedTotal;

std::optional<std::int64_t> count_of(std::string_view text) {
  constexpr std::int64_t kMost = 10'000'000;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > kMost) {
    return std::nullopt;
  }
  return value;
}

class ServedReader {
 public:
  ServedReader(const core::UnitRegister& units, const ProcedureFields& fields,
               core::LocalDate today)
      : units_(units), fields_(fields), today_(today) {}

  void read(const core::CsvRow& row) {
    line_ = row.line;
    if (auto total = total_of(row.fields)) file_.rows.push_back(std::move(*total));
  }
  void refuse(int line, const std::string& english, const std::string& vietnamese) {
    file_.faults.push_back({line, english, vietnamese});
  }
  FileRows<ServedTotal> finish() { return std::move(file_); }

 private:
  std::optional<ServedTotal> total_of(const std::vector<std::string>& fields) {
    if (fields.size() != 6) return bad("expected 6 fields", "cần đủ 6 cột");
    const auto first = core::parse_date(fields[1] + "-01");
    if (!first) return bad("month: expected YYYY-MM", "tháng: cần dạng 2026-10");
    if (today_ < core::next_day(first->year() / first->month() / std::chrono::last)) {
      return bad("month: " + fields[1] + " is not over yet",
                 "tháng: " + fields[1] + " chưa kết thúc");
    }
    const core::Unit* unit = units_.find(core::UnitCode{fields[0]}, *first);
    if (unit == nullptr) {
      return bad("unit: no unit bore the code " + fields[0] + " in that month",
                 "đơn vị: không đơn vị nào mang mã " + fields[0] + " trong tháng đó");
    }
    if (!fields[2].empty() && !fields_.knows(fields[2])) {
      return bad("field: expected an id of fields.csv, or nothing",
                 "lĩnh vực: cần một mã của fields.csv, hoặc để trống");
    }
    const auto received = count_of(fields[3]);
    const auto returned = count_of(fields[4]);
    if (!received || !returned) {
      return bad("received, returned: expected numbers", "tiếp nhận, trả kết quả: cần là số");
    }
    if (fields[5].empty()) return bad("source: expected a text", "nguồn: không được để trống");
    if (!seen_.emplace(unit->id(), fields[1], fields[2]).second) {
      return bad("this unit, month and field is there twice",
                 "đơn vị, tháng, lĩnh vực này đã có ở dòng trên");
    }
    return ServedTotal{unit->id(), fields[1], fields[2], *received, *returned, fields[5], "", 0};
  }

  std::nullopt_t bad(const std::string& english, const std::string& vietnamese) {
    refuse(line_, english, vietnamese);
    return std::nullopt;
  }

  const core::UnitRegister& units_;
  const ProcedureFields& fields_;
  core::LocalDate today_;
  int line_ = 0;
  std::set<std::tuple<std::string, std::string, std::string>> seen_;
  FileRows<ServedTotal> file_;
};

}  // namespace

FileRows<ServedTotal> parse_served(std::string_view csv, const core::UnitRegister& units,
                                   const ProcedureFields& fields, core::LocalDate today) {
  const auto rows = core::parse_csv(csv);
  ServedReader reader(units, fields, today);
  if (rows.empty() || rows.front().fields != core::parse_csv(kServedHeading).front().fields) {
    reader.refuse(rows.empty() ? 1 : rows.front().line,
                  std::string("expected the heading ") + kServedHeading,
                  std::string("dòng đầu phải là ") + kServedHeading);
    return reader.finish();
  }
  for (std::size_t i = 1; i < rows.size(); ++i) reader.read(rows[i]);
  return reader.finish();
}

}  // namespace hailong::district::scoring
