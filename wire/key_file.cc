#include "wire/key_file.h"

#include <sodium.h>

#include <string>
#include <string_view>

#include "wire/private_file.h"

namespace hailong::wire {
namespace {

using core::Fault;

constexpr std::size_t kDigits = 2 * SigningKey::kSeedSize;

core::Result<void> write_key(const std::filesystem::path& file, const SigningKey& key) {
  std::string text = core::to_hex(key.seed()) + "\n";
  auto written = write_private_file(file, text);
  sodium_memzero(text.data(), text.size());
  return written;
}

}  // namespace

core::Result<SigningKey> read_key(const std::filesystem::path& file) {
  auto text = read_private_file(file, kDigits + 1);
  if (!text && text.error().fault != Fault::kCorrupt) return core::Failure(text.error());
  core::Bytes32 seed{};
  std::string_view digits = text ? std::string_view(*text) : std::string_view();
  if (digits.ends_with('\n')) digits.remove_suffix(1);
  if (!core::from_hex(digits, seed)) {
    return core::fail(Fault::kCorrupt, file.string() + ": is not a key of 64 hex digits");
  }
  SigningKey key = SigningKey::from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  sodium_memzero(text->data(), text->size());
  return key;
}

core::Result<SigningKey> read_or_make_key(const std::filesystem::path& file) {
  auto key = read_key(file);
  if (key || key.error().fault != Fault::kNotFound) return key;
  const SigningKey made = SigningKey::generate();
  if (auto written = write_key(file, made); !written) return core::Failure(written.error());
  return made;
}

}  // namespace hailong::wire
