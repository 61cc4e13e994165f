#include "kiosk/staff/shift.h"

#include <algorithm>

#include "core/folding.h"
#include "kiosk/staff/sight.h"

namespace hailong::kiosk::staff {
namespace {

template <typename Named, typename NamedId>
std::string name_among(const std::vector<Named>& list, const NamedId& id, const std::string& text) {
  if (text.empty()) return "Chưa rõ";
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Named& each) { return each.id == id; });
  return found == list.end() ? text : found->name;
}

}  // namespace

std::vector<std::string> officers_named(const House& house, const std::string& name) {
  std::vector<std::string> ids;
  for (const flow::Officer& officer : house.officers) {
    if (core::fold(officer.name) == core::fold(name)) ids.push_back(officer.id);
  }
  return ids;
}

core::Result<journal::CaseScope> scope_of(const Shift& shift) {
  return case_scope(shift.review, shift.me.role, shift.my_officers);
}

machine::LocalFaults faults_of(const House& house) {
  return machine::find_faults(house.machine.data_dir,
                              house.recording ? house.recording() : std::nullopt);
}

Facts facts_block(const std::vector<machine::Fact>& facts) {
  Facts block;
  block.facts.reserve(facts.size());
  for (const machine::Fact& fact : facts) {
    const bool is_pressing = fact.verdict == machine::Verdict::kAct;
    block.facts.push_back({fact.label, fact.words, is_pressing ? Tone::kAlert : Tone::kPlain});
  }
  return block;
}

std::string field_name(const House& house, const core::FieldId& id) {
  return name_among(house.fields, id, id.value);
}

std::string counter_name(const House& house, const core::CounterId& id) {
  return name_among(house.counters, id, id.value);
}

std::string officer_name(const House& house, const std::string& id) {
  return name_among(house.officers, id, id);
}

}  // namespace hailong::kiosk::staff
