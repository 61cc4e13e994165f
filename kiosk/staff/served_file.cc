#include "kiosk/staff/served_file.h"

#include <algorithm>
#include <fstream>
#include <map>

#include "core/csv.h"
#include "core/folding.h"
#include "core/local_date.h"
#include "core/numbers.h"
#include "wire/event_codec.h"

namespace hailong::kiosk::staff {
namespace {

using core::Fault;

constexpr std::size_t kColumns = 3;
constexpr std::size_t kMostFiles = 50;
constexpr const char* kColumnNames = "ngày, lĩnh vực, số lượng";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What stands in a message: not more of it than fits a line.
std::string in_quotes(std::string_view text) {
  constexpr std::size_t kMost = 40;
  const std::u32string points = core::code_points(text);
  const bool fits = points.size() <= kMost;
  return "“" + core::utf8(points.substr(0, kMost)) + (fits ? "”" : "…”");
}

/// "YYYY-MM-DD" or "DD/MM/YYYY".
std::optional<core::LocalDate> date_of(std::string_view text) {
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return core::parse_date(text);
  std::string iso(text.substr(6));
  iso.append("-").append(text.substr(3, 2)).append("-").append(text.substr(0, 2));
  return core::parse_date(iso);
}

/// Reads the lines below the heading.
class ServedReader {
 public:
  ServedReader(const std::vector<flow::Field>& fields, core::LocalDate today) : today_(today) {
    for (const flow::Field& field : fields) by_name_.emplace(core::fold(field.name), field.id);
    // An id wins over another field's name.
    for (const flow::Field& field : fields) by_name_.insert_or_assign(field.id.value, field.id);
  }

  ServedPreview read(const std::vector<core::CsvRow>& rows) {
    for (std::size_t i = 1; i < rows.size(); ++i) take(rows[i]);
    refuse_doubles();
    return std::move(preview_);
  }

 private:
  void take(const core::CsvRow& row) {
    core::Served served;
    std::string why = fill(served, row.fields);
    if (why.empty()) {
      preview_.right.push_back({row.line, std::move(served)});
    } else {
      preview_.wrong.push_back({row.line, std::move(why)});
    }
  }

  /// Why the row is wrong; empty when it is right.
  std::string fill(core::Served& served, const std::vector<std::string>& columns) {
    if (columns.size() != kColumns) {
      return "Có " + std::to_string(columns.size()) + " cột; cần đúng 3 cột: " + kColumnNames + ".";
    }
    std::string why = fill_day(served, trimmed(columns[0]));
    if (why.empty()) why = fill_field(served, trimmed(columns[1]));
    if (why.empty()) why = fill_count(served, trimmed(columns[2]));
    return why;
  }

  std::string fill_day(core::Served& served, std::string_view text) {
    if (text.empty()) return "Thiếu ngày.";
    const auto day = date_of(text);
    if (!day) {
      return in_quotes(text) + " không phải là ngày; hãy ghi như 26/11/2026 hoặc 2026-11-26.";
    }
    if (*day > today_) return "Ngày " + std::string(text) + " chưa tới.";
    served.day = *day;
    return {};
  }

  std::string fill_field(core::Served& served, std::string_view text) {
    if (text.empty()) return "Thiếu lĩnh vực.";
    const auto found = by_name_.find(core::fold(text));
    if (found == by_name_.end()) return "Không có lĩnh vực " + in_quotes(text) + ".";
    served.field = found->second;
    return {};
  }

  static std::string fill_count(core::Served& served, std::string_view text) {
    if (text.empty()) return "Thiếu số lượng.";
    if (text.front() == '-' && is_digits(text.substr(1))) {
      return "Số lượng " + in_quotes(text) + " nhỏ hơn 0.";
    }
    if (!is_digits(text)) {
      return in_quotes(text) + " không phải là số nguyên; chỉ ghi chữ số, không có dấu chấm, phẩy.";
    }
    served.count = 0;
    for (const char c : text) {
      served.count = served.count * 10 + (c - '0');
      if (served.count > kMostServed) {
        return "Số lượng " + in_quotes(text) + " lớn hơn " + core::vietnamese_count(kMostServed) +
               ".";
      }
    }
    return {};
  }

  /// Which of two lines for one field and day is meant, nobody can know: neither is right.
  void refuse_doubles() {
    std::map<std::pair<core::LocalDate, core::FieldId>, std::vector<int>> lines;
    for (const ServedLine& each : preview_.right) {
      lines[{each.served.day, each.served.field}].push_back(each.line);
    }
    const auto lines_of = [&](const ServedLine& each) -> const std::vector<int>& {
      return lines.find({each.served.day, each.served.field})->second;
    };
    for (const ServedLine& each : preview_.right) {
      const std::vector<int>& same = lines_of(each);
      if (same.size() == 1) continue;
      const int other = same.front() == each.line ? same[1] : same.front();
      preview_.wrong.push_back(
          {each.line, "Trùng ngày và lĩnh vực với dòng " + std::to_string(other) + "."});
    }
    std::erase_if(preview_.right,
                  [&](const ServedLine& each) { return lines_of(each).size() > 1; });
    std::sort(preview_.wrong.begin(), preview_.wrong.end(),
              [](const WrongLine& a, const WrongLine& b) { return a.line < b.line; });
  }

  core::LocalDate today_;
  std::map<std::string, core::FieldId> by_name_;  // names folded, and ids
  ServedPreview preview_;
};

/// Rows in which something stands; spreadsheets write empty ones below a table.
std::vector<core::CsvRow> filled_rows(std::string_view text, char separator) {
  std::vector<core::CsvRow> rows = core::parse_csv(text, separator);
  std::erase_if(rows, [](const core::CsvRow& row) {
    return std::all_of(row.fields.begin(), row.fields.end(),
                       [](const std::string& field) { return trimmed(field).empty(); });
  });
  return rows;
}

bool is_heading(const core::CsvRow& row) {
  std::vector<std::string> names;
  names.reserve(row.fields.size());
  for (const std::string& field : row.fields) names.push_back(core::fold(field));
  return names == std::vector<std::string>{"day", "field", "count"} ||
         names == std::vector<std::string>{"ngay", "linh vuc", "so luong"};
}

std::string too_large(const std::string& what) {
  return "Tệp quá lớn: " + what + "; hãy chia thành nhiều tệp.";
}

core::Failure unreadable(const std::filesystem::path& path) {
  return core::fail(Fault::kIo,
                    "Không đọc được " + path.filename().string() + ": USB còn cắm không?");
}

bool is_csv(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  return !name.starts_with('.') && core::fold(path.extension().string()) == ".csv";
}

}  // namespace

core::Result<ServedPreview> parse_served(std::string_view text,
                                         const std::vector<flow::Field>& fields,
                                         core::LocalDate today) {
  if (text.size() > kMostServedBytes) return core::fail(Fault::kInvalid, too_large("hơn 1 MB"));
  if (!wire::is_utf8(text)) {
    return core::fail(Fault::kInvalid,
                      "Tệp không ở dạng UTF-8: trong Excel, hãy lưu lại thành “CSV UTF-8”.");
  }
  auto rows = filled_rows(text, ',');
  if (rows.empty() || !is_heading(rows.front())) rows = filled_rows(text, ';');
  if (rows.empty() || !is_heading(rows.front())) {
    return core::fail(Fault::kInvalid,
                      std::string("Dòng đầu của tệp phải là tên ba cột: ") + kColumnNames + ".");
  }
  if (rows.size() - 1 > kMostServedLines) {
    return core::fail(
        Fault::kInvalid,
        too_large("hơn " + core::vietnamese_count(std::int64_t{kMostServedLines}) + " dòng"));
  }
  return ServedReader(fields, today).read(rows);
}

core::Result<ServedPreview> read_served(const std::filesystem::path& file,
                                        const std::vector<flow::Field>& fields,
                                        core::LocalDate today) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return core::fail(Fault::kNotFound,
                      "Không còn thấy " + file.filename().string() + ": USB còn cắm không?");
  }
  // Nothing that never ends.
  if (error || !std::filesystem::is_regular_file(status)) return unreadable(file);
  std::ifstream stream(file, std::ios::binary);
  std::string text(kMostServedBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream.is_open() || stream.bad()) return unreadable(file);
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return parse_served(text, fields, today);
}

std::optional<std::pair<core::LocalDate, core::LocalDate>> days_of(const ServedPreview& preview) {
  if (preview.right.empty()) return std::nullopt;
  const auto [first, last] = std::minmax_element(
      preview.right.begin(), preview.right.end(),
      [](const ServedLine& a, const ServedLine& b) { return a.served.day < b.served.day; });
  return std::pair(first->served.day, last->served.day);
}

std::vector<ServedChange> compare(const ServedPreview& preview,
                                  const std::vector<journal::ServedCount>& existing) {
  std::map<std::pair<core::LocalDate, core::FieldId>, std::int64_t> counts;
  for (const journal::ServedCount& each : existing) counts[{each.day, each.field}] = each.count;
  std::vector<ServedChange> changes;
  changes.reserve(preview.right.size());
  for (const ServedLine& line : preview.right) {
    ServedChange change{line, std::nullopt};
    const auto found = counts.find({line.served.day, line.served.field});
    if (found != counts.end()) change.before = found->second;
    changes.push_back(std::move(change));
  }
  return changes;
}

core::Result<std::vector<std::filesystem::path>> served_files_in(
    const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (!is_csv(entry->path())) continue;
    std::error_code gone;  // a file that went away meanwhile is not listed
    if (!entry->is_regular_file(gone)) continue;
    const auto written = entry->last_write_time(gone);
    if (!gone) found.emplace_back(written, entry->path());
  }
  if (error) return unreadable(folder);
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (found.size() > kMostFiles) found.resize(kMostFiles);
  std::vector<fs::path> files;
  files.reserve(found.size());
  for (auto& [written, path] : found) files.push_back(std::move(path));
  return files;
}

}  // namespace hailong::kiosk::staff
