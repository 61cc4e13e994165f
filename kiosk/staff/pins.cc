#include "kiosk/staff/pins.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace hailong::kiosk::staff {
namespace {

/// 123456, 987654: every digit follows the one before by the same step of 1 or -1.
bool is_run(std::string_view pin) {
  for (const int by : {1, -1}) {
    bool follows = true;
    for (std::size_t i = 1; i < pin.size(); ++i) follows = follows && pin[i] - pin[i - 1] == by;
    if (follows) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> fault_of_pin(std::string_view pin) {
  const bool digits =
      std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || pin.size() < kShortestPin || pin.size() > kLongestPin) {
    return "Mã PIN cần từ 6 đến 12 chữ số.";
  }
  const bool alike = std::all_of(pin.begin(), pin.end(), [&](char c) { return c == pin.front(); });
  if (alike || is_run(pin)) return "Mã PIN này quá dễ đoán. Xin chọn mã khác.";
  return std::nullopt;
}

core::Result<std::string> hash_pin(std::string_view pin) {
  if (sodium_init() < 0) return core::fail(core::Fault::kIo, "Máy không tạo được số ngẫu nhiên.");
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), pin.data(), pin.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return core::fail(core::Fault::kIo,
                      "Máy không đủ bộ nhớ để lưu mã PIN. Xin khởi động lại máy.");
  }
  return std::string(hash.data());
}

bool is_right_pin(std::string_view hash, std::string_view pin) {
  return crypto_pwhash_str_verify(std::string(hash).c_str(), pin.data(), pin.size()) == 0;
}

core::Bytes32 setup_code_digest(std::string_view code) {
  constexpr std::string_view kPurpose = "hailong setup code 1\n";
  const std::string text = std::string(kPurpose) + std::string(code);
  core::Bytes32 digest{};
  crypto_generichash(digest.data(), digest.size(),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
  return digest;
}

std::int64_t wait_after(int wrong) {
  constexpr int kFree = 2;
  constexpr std::int64_t kFirst = 30'000;
  constexpr std::int64_t kMost = 3'600'000;
  if (wrong <= kFree) return 0;
  const int doublings = std::min(wrong - kFree - 1, 10);
  return std::min(kFirst << doublings, kMost);
}

std::int64_t wait_left(const journal::PinTries& tries, const core::Stamp& now) {
  const std::int64_t began = tries.boot_id == now.boot_id ? tries.mono_ms : 0;
  return std::max<std::int64_t>(0, began + wait_after(tries.wrong) - now.mono_ms);
}

}  // namespace hailong::kiosk::staff
