#include <algorithm>
#include <map>

#include "district/storage/device_states.h"

/// The lives of a card, and what they took with them.

namespace hailong::district::storage {
namespace {

/// One life, by all that came of it. An event that was set aside is at hand still.
struct Life {
  std::string epoch;
  std::int64_t began = 0;  // by the receiver's clock, likewise `heard`
  std::int64_t heard = 0;  // of it last
  core::Seq told = 0;      // its highest event, as far as it ever said
  core::Seq here = 0;      // the last one that is stored; what was before it where none is
  bool sent = false;
  const SalvageState* salvaged = nullptr;  // the life that it took over from
};

Life& life_of(std::vector<Life>& lives, const std::string& epoch) {
  const auto known = std::find_if(lives.begin(), lives.end(),
                                  [&](const Life& life) { return life.epoch == epoch; });
  if (known != lives.end()) return *known;
  lives.push_back({epoch, 0, 0, 0, 0, false, nullptr});
  return lives.back();
}

void heard_between(Life& life, std::int64_t first, std::int64_t last) {
  life.began = life.heard == 0 ? first : std::min(life.began, first);
  life.heard = std::max(life.heard, last);
}

/// In the order in which they began.
std::vector<Life> lives_of(const DeviceState& device) {
  std::vector<Life> lives;
  for (const EpochState& epoch : device.epochs) {
    Life& life = life_of(lives, epoch.epoch);
    heard_between(life, epoch.first_seen, epoch.received_at);
    life.told = epoch.told;
    life.here = epoch.last;
    life.sent = true;
    if (epoch.salvaged) life.salvaged = &*epoch.salvaged;
  }
  for (const ToldState& state : device.heartbeats) {
    Life& life = life_of(lives, state.told.epoch.value);
    heard_between(life, state.first_seen, state.received_at);
    life.told = std::max(life.told, state.most);
  }
  std::stable_sort(lives.begin(), lives.end(),
                   [](const Life& a, const Life& b) { return a.began < b.began; });
  core::Seq before = 0;
  for (Life& life : lives) {
    // A new life goes on behind the highest number; one with lower numbers began again.
    if (!life.sent && life.told >= before) life.here = before;
    before = std::max(before, life.told);
  }
  return lives;
}

/// Up to which event the card holds what earlier lives left, beginning with that of `life`.
void add_kept(const std::vector<Life>& lives, const Life* life,
              std::map<std::string, core::Seq>& kept) {
  while (life != nullptr && life->salvaged != nullptr) {
    const SalvageState& salvaged = *life->salvaged;
    if (!kept.emplace(salvaged.epoch, salvaged.last).second) return;
    const auto before = std::find_if(
        lives.begin(), lives.end(), [&](const Life& each) { return each.epoch == salvaged.epoch; });
    life = before == lives.end() ? nullptr : &*before;
  }
}

/// The one that began last. What was set aside can be heard of first after what took its place.
const Life& present_of(const std::vector<Life>& lives) {
  const auto gave_way = [&](const Life& life) {
    return std::any_of(lives.begin(), lives.end(), [&](const Life& other) {
      return other.salvaged != nullptr && other.salvaged->epoch == life.epoch;
    });
  };
  const auto found = std::find_if_not(lives.rbegin(), lives.rend(), gave_way);
  return found == lives.rend() ? lives.back() : *found;  // nonsense: each in another's place
}

}  // namespace

core::Seq DeviceState::lost() const {
  const std::vector<Life> lives = lives_of(*this);
  if (lives.empty()) return 0;
  const Life& present = present_of(lives);
  const auto speaking = std::max_element(
      lives.begin(), lives.end(), [](const Life& a, const Life& b) { return a.heard < b.heard; });
  std::map<std::string, core::Seq> kept;
  add_kept(lives, &present, kept);
  add_kept(lives, &*speaking, kept);
  core::Seq sum = 0;
  for (const Life& life : lives) {
    const auto set_aside = kept.find(life.epoch);
    if (set_aside != kept.end()) {
      sum += std::max<core::Seq>(life.told - std::max(life.here, set_aside->second), 0);
    } else if (&life != &present && &life != &*speaking) {
      sum += life.told - life.here;
    }
  }
  return sum;
}

std::optional<SalvageState> DeviceState::salvaged() const {
  const std::vector<Life> lives = lives_of(*this);
  if (lives.empty() || present_of(lives).salvaged == nullptr) return std::nullopt;
  return *present_of(lives).salvaged;
}

}  // namespace hailong::district::storage
