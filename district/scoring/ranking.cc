#include "district/scoring/ranking.h"

#include <algorithm>

#include "core/scoring.h"

namespace hailong::district::scoring {
namespace {

__extension__ using Product = __int128;

/// Negative when `a` has the smaller share, 0 for equal shares.
int compare_shares(const Contender& a, const Contender& b) {
  const Product left = Product{a.satisfied} * b.n;
  const Product right = Product{b.satisfied} * a.n;
  return left < right ? -1 : (left > right ? 1 : 0);
}

bool intervals_overlap(const Contender& a, const Contender& b) {
  const core::Interval first = core::wilson95(a.satisfied, a.n);
  const core::Interval second = core::wilson95(b.satisfied, b.n);
  return first.low <= second.high && second.low <= first.high;
}

bool is_ranked(const Contender& contender) { return contender.enough && contender.n > 0; }

/// All of them, or of more than five the first three and how many others.
std::string names(const std::vector<Contender>& contenders,
                  const std::vector<std::size_t>& positions) {
  constexpr std::size_t kMost = 5;
  constexpr std::size_t kFirst = 3;
  const std::size_t named = positions.size() > kMost ? kFirst : positions.size();
  std::string list;
  for (std::size_t i = 0; i < named; ++i) {
    list.append(i == 0 ? "" : ", ").append(contenders[positions[i]].name);
  }
  if (named == positions.size()) return list;
  return list.append(" và ")
      .append(std::to_string(positions.size() - named))
      .append(" đơn vị khác");
}

}  // namespace

std::vector<Place> rank(const std::vector<Contender>& contenders) {
  std::vector<Place> places(contenders.size());
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    if (!is_ranked(contenders[i])) continue;
    std::size_t better = 0;
    for (std::size_t other = 0; other < contenders.size(); ++other) {
      if (other == i || !is_ranked(contenders[other])) continue;
      const int order = compare_shares(contenders[other], contenders[i]);
      if (order > 0) ++better;
      if (order == 0) {
        places[i].tied.push_back(other);
      } else if (intervals_overlap(contenders[i], contenders[other])) {
        places[i].close.push_back(other);
      }
    }
    places[i].rank = better + 1;
  }
  return places;
}

std::string place_words(const std::vector<Contender>& contenders, const std::vector<Place>& places,
                        std::size_t position) {
  const Place& place = places[position];
  if (!place.rank) return "Chưa xếp hạng (chưa đủ mẫu)";
  const auto ranked = std::count_if(contenders.begin(), contenders.end(), is_ranked);
  std::string text = "Hạng " + std::to_string(*place.rank) + "/" + std::to_string(ranked);
  if (!place.tied.empty()) text.append(", đồng hạng với ").append(names(contenders, place.tied));
  if (!place.close.empty()) {
    text.append("; không khác biệt rõ với ").append(names(contenders, place.close));
  }
  return text;
}

}  // namespace hailong::district::scoring
