#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hailong::district::scoring {

/// A unit that is to be ranked by its satisfied share.
struct Contender {
  std::string name;
  std::int64_t satisfied = 0;
  std::int64_t n = 0;
  bool enough = false;  // its sample is large enough to be ranked
};

struct Place {
  std::optional<std::size_t> rank;  // from 1; nothing for a sample that is too small
  std::vector<std::size_t> tied;    // others with the very same share, as positions
  std::vector<std::size_t> close;   // others whose intervals overlap this one's
};

/// A place for each contender, in the order given. Equal shares, compared exactly, share a rank,
/// and the next rank leaves room for them (1, 1, 3). `close` holds those of another rank from which
/// the figures do not tell this one apart: their 95 % Wilson intervals overlap.
std::vector<Place> rank(const std::vector<Contender>& contenders);

/// "Hạng 2/4, đồng hạng với xã An Thành; không khác biệt rõ với xã Kim Thành", or
/// "Chưa xếp hạng (chưa đủ mẫu)". Of many units that are close only some are named.
std::string place_words(const std::vector<Contender>& contenders, const std::vector<Place>& places,
                        std::size_t position);

}  // namespace hailong::district::scoring
