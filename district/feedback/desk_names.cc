#include "district/feedback/desk_names.h"

#include "core/csv.h"
#include "core/ids.h"

namespace hailong::district::feedback {
namespace {

constexpr const char* kCounterKind = "counter";
constexpr const char* kOfficerKind = "officer";

core::Failure bad_name(int line, const std::string& reason) {
  return core::fail(core::Fault::kInvalid, "names:" + std::to_string(line) + ": " + reason);
}

std::string with_id(const std::string& name, const std::string& id) {
  return name + " (mã " + id + ")";
}

}  // namespace

core::Result<DeskNames> DeskNames::parse(std::string_view csv) {
  const auto rows = core::parse_csv(csv);
  const std::vector<std::string> heading{"unit", "kind", "id", "name"};
  if (rows.empty() || rows.front().fields != heading) {
    return bad_name(rows.empty() ? 1 : rows.front().line, "expected the heading unit,kind,id,name");
  }
  DeskNames names;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& fields = rows[i].fields;
    if (fields.size() != 4 || fields[0].empty() || fields[3].empty()) {
      return bad_name(rows[i].line, "expected a unit's code, a kind, an id and a name");
    }
    if (fields[1] != kCounterKind && fields[1] != kOfficerKind) {
      return bad_name(rows[i].line, "kind: expected counter or officer");
    }
    if (!core::is_plain_name(fields[2])) {
      return bad_name(rows[i].line, "id: expected 1 to 64 of a-z, 0-9 and '-'");
    }
    if (!names.names_.emplace(std::tuple(fields[0], fields[1], fields[2]), fields[3]).second) {
      return bad_name(rows[i].line, fields[2] + " is there twice");
    }
  }
  return names;
}

std::string DeskNames::counter(std::string_view unit, const std::string& id) const {
  const std::string* name = find(unit, kCounterKind, id);
  return name == nullptr ? "Quầy mã " + id : with_id(*name, id);
}

std::string DeskNames::officer(std::string_view unit, const std::string& id) const {
  const std::string* name = find(unit, kOfficerKind, id);
  return name == nullptr ? "mã " + id : with_id(*name, id);
}

const std::string* DeskNames::find(std::string_view unit, const char* kind,
                                   const std::string& id) const {
  const auto found = names_.find({std::string(unit.substr(0, unit.find('@'))), kind, id});
  return found == names_.end() ? nullptr : &found->second;
}

}  // namespace hailong::district::feedback
