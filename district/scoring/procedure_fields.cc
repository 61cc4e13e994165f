#include "district/scoring/procedure_fields.h"

#include "core/csv.h"
#include "core/ids.h"

namespace hailong::district::scoring {
namespace {

core::Failure bad_row(int line, const std::string& reason) {
  return core::fail(core::Fault::kInvalid, "fields.csv:" + std::to_string(line) + ": " + reason);
}

}  // namespace

core::Result<ProcedureFields> ProcedureFields::parse(std::string_view csv) {
  const auto rows = core::parse_csv(csv);
  const std::vector<std::string> heading{"id", "name"};
  if (rows.empty() || rows.front().fields != heading) {
    return bad_row(rows.empty() ? 1 : rows.front().line, "expected the heading id,name");
  }
  ProcedureFields fields;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& row = rows[i];
    if (row.fields.size() != 2 || !core::is_plain_name(row.fields[0]) || row.fields[1].empty()) {
      return bad_row(row.line, "expected an id of a-z, 0-9 and '-', and a name");
    }
    if (!fields.names_.emplace(row.fields[0], row.fields[1]).second) {
      return bad_row(row.line, row.fields[0] + " is there twice");
    }
  }
  return fields;
}

std::string ProcedureFields::name_of(const std::string& id) const {
  if (id.empty()) return "Chưa rõ lĩnh vực";
  const auto found = names_.find(id);
  return found == names_.end() ? id : found->second;
}

}  // namespace hailong::district::scoring
