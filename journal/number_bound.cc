#include "journal/number_bound.h"

#include <charconv>
#include <string>

#include "wire/private_file.h"

namespace hailong::journal {
namespace {

namespace fs = std::filesystem;

constexpr core::Seq kAhead = 20'000;  // events; no kiosk writes a fourth of it in a day
constexpr core::Seq kAtLeast = 10'000;
constexpr std::size_t kLongestNumber = 20;

fs::path bound_file(const fs::path& data_dir) { return data_dir / "journal.numbers"; }

}  // namespace

core::Result<void> keep_number_bound(const fs::path& data_dir, core::Seq last) {
  if (number_bound(data_dir) >= last + kAtLeast) return {};
  return wire::write_private_file(bound_file(data_dir), std::to_string(last + kAhead) + "\n");
}

core::Seq number_bound(const fs::path& data_dir) {
  const auto text = wire::read_private_file(bound_file(data_dir), kLongestNumber);
  if (!text) return 0;
  core::Seq bound = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, bound);
  const bool is_number = error == std::errc() && std::string_view(stop, end) == "\n";
  return is_number && bound > 0 && bound < core::kLastSeq ? bound : 0;
}

}  // namespace hailong::journal
