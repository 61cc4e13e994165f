#include "wire/enrolment_code.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "core/bytes.h"

namespace hailong::wire {
namespace {

constexpr std::size_t kGroup = 4;

core::Bytes32 code_hash(std::string_view purpose, std::string_view text) {
  std::string hashed = "hailong enrolment ";
  hashed.append(purpose).append(" 1\n").append(text);
  core::Bytes32 hash{};
  crypto_generichash(hash.data(), hash.size(), core::bytes_of(hashed), hashed.size(), nullptr, 0);
  return hash;
}

/// What stands behind the first nineteen.
char check_of(std::string_view text) {
  return kCodeAlphabet[code_hash("check", text)[0] % kCodeAlphabet.size()];
}

/// The character of the alphabet that somebody meant; '\0' for none.
char meant_by(char typed) {
  if (typed >= 'a' && typed <= 'z') typed = static_cast<char>(typed - 'a' + 'A');
  if (typed == 'O') return '0';
  if (typed == 'I' || typed == 'L') return '1';
  return kCodeAlphabet.find(typed) == std::string_view::npos ? '\0' : typed;
}

}  // namespace

core::Bytes32 EnrolmentCode::secret() const { return code_hash("code", text); }

std::string EnrolmentCode::shown() const {
  std::string groups;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % kGroup == 0) groups += '-';
    groups += text[i];
  }
  return groups;
}

EnrolmentCode new_enrolment_code() {
  std::array<std::uint8_t, kCodeLength - 1> random{};
  randombytes_buf(random.data(), random.size());
  EnrolmentCode code;
  for (const std::uint8_t byte : random) code.text += kCodeAlphabet[byte % kCodeAlphabet.size()];
  sodium_memzero(random.data(), random.size());
  code.text += check_of(code.text);
  return code;
}

std::optional<EnrolmentCode> read_enrolment_code(std::string_view typed) {
  EnrolmentCode code;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    const char meant = meant_by(c);
    if (meant == '\0' || code.text.size() == kCodeLength) return std::nullopt;
    code.text += meant;
  }
  if (code.text.size() != kCodeLength) return std::nullopt;
  if (check_of(code.text.substr(0, kCodeLength - 1)) != code.text.back()) return std::nullopt;
  return code;
}

bool is_invitation_name(std::string_view text) {
  return text.size() == kInvitationNameLength && std::all_of(text.begin(), text.end(), [](char c) {
           return kCodeAlphabet.find(c) != std::string_view::npos;
         });
}

}  // namespace hailong::wire
