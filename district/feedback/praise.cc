#include "district/feedback/praise.h"

#include <algorithm>
#include <tuple>

#include "district/feedback/choices.h"

namespace hailong::district::feedback {
namespace {

using PraiseKey = std::tuple<std::string, std::string, std::string>;  // unit, counter, officer

void add(Praised& praised, const storage::PraisedVisit& visit) {
  ++praised.visits;
  for (const std::string& reason : choices_of(visit.reasons)) ++praised.reasons[reason];
  if (visit.hidden) return;
  for (const storage::CaseWords& words : visit.words) {
    if (words.text) praised.words.push_back({visit.id, visit.day, *words.text});
  }
}

}  // namespace

core::Result<std::vector<Praised>> PraiseReader::read(core::LocalDate from, core::LocalDate to) {
  const auto visits = cases_.praised(from, to);
  if (!visits) return core::Failure(visits.error());
  std::map<PraiseKey, Praised> groups;
  for (const storage::PraisedVisit& visit : *visits) {
    const auto officers = choices_of(visit.officers);
    const std::string officer = officers.empty() ? "" : officers.front();
    Praised& praised = groups[{visit.unit_id, visit.counter_id, officer}];
    praised.unit_id = visit.unit_id;
    praised.counter_id = visit.counter_id;
    praised.officer = officer;
    add(praised, visit);
  }
  std::vector<Praised> list;
  list.reserve(groups.size());
  for (auto& [key, praised] : groups) list.push_back(std::move(praised));
  std::stable_sort(list.begin(), list.end(), [](const Praised& a, const Praised& b) {
    return std::tie(a.unit_id, b.visits) < std::tie(b.unit_id, a.visits);
  });
  return list;
}

}  // namespace hailong::district::feedback
