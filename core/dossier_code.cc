#include "core/dossier_code.h"

#include <sodium.h>

#include <algorithm>

#include "core/bytes.h"
#include "core/numbers.h"

namespace hailong::core {
namespace {

constexpr std::string_view kDomain = "hailong dossier 1\n";

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

/// Characters that would make a code part of something longer.
bool goes_on(char c) { return is_digit(c) || is_letter(c); }

/// "%2D" as '-', '+' as a space, small letters as capitals. An encoded "%25" is decoded once more,
/// since some portals encode an address within an address.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    Bytes32 byte{};
    if (text[i] == '%' && from_hex(text.substr(i + 1, 2), std::span(byte).first(1))) {
      out.push_back(static_cast<char>(byte[0]));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

std::string tidied(std::string_view scanned) {
  std::string text = decoded(decoded(scanned));
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

/// Reads along a text as long as it fits.
class Reader {
 public:
  Reader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  [[nodiscard]] std::size_t at() const { return at_; }

  /// One character of a kind.
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take_letter() {
    if (at_ >= text_.size() || !is_letter(text_[at_])) return false;
    ++at_;
    return true;
  }
  /// As many digits as there are, up to `most`; false and back again when fewer than `least`.
  bool take_digits(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    while (count < most && at_ + count < text_.size() && is_digit(text_[at_ + count])) ++count;
    if (count < least) return false;
    at_ += count;
    return true;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

std::optional<LocalDate> date_of(std::string_view yymmdd) {
  const std::string date = "20" + std::string(yymmdd.substr(0, 2)) + "-" +
                           std::string(yymmdd.substr(2, 2)) + "-" +
                           std::string(yymmdd.substr(4, 2));
  return parse_date(date);
}

bool is_believable(std::string_view yymmdd, std::optional<LocalDate> today) {
  const auto date = date_of(yymmdd);
  return date && (!today || *date <= next_day(*today));
}

/// The code that begins exactly at `start`.
std::optional<std::string> code_at(std::string_view text, std::size_t start,
                                   std::optional<LocalDate> today) {
  Reader reader(text, start);
  if (reader.take_digits(3, 3)) {
    for (int i = 0; i < 2; ++i) {
      if (!reader.take('.') || !reader.take_digits(2, 2)) return std::nullopt;
    }
    if (!reader.take('.')) return std::nullopt;
  }
  if (!reader.take_letter() || !reader.take_digits(2, 2)) return std::nullopt;
  for (int i = 0; i < 4 && reader.take('.'); ++i) {
    if (!reader.take_digits(2, 3)) return std::nullopt;
  }
  if (!reader.take('-')) return std::nullopt;
  const std::size_t date = reader.at();
  if (!reader.take_digits(6, 6) || !is_believable(text.substr(date, 6), today)) return std::nullopt;
  if (!reader.take('-') || !reader.take_digits(4, 7)) return std::nullopt;
  const std::string_view rest = text.substr(reader.at());
  if (!rest.empty() && (goes_on(rest[0]) || rest[0] == '-')) return std::nullopt;
  return std::string(text.substr(start, reader.at() - start));
}

std::optional<std::string> first_code(std::string_view text, std::optional<LocalDate> today) {
  for (std::size_t start = 0; start < text.size(); ++start) {
    if (start > 0 && (goes_on(text[start - 1]) || text[start - 1] == '.')) continue;
    if (auto code = code_at(text, start, today)) return code;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> dossier_code_in(std::string_view scanned,
                                           std::optional<LocalDate> today) {
  std::string text = tidied(scanned);
  // First as it stands, so that a word in front of the code stays apart from it.
  if (auto code = first_code(text, today)) return code;
  std::erase_if(text, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
  return first_code(text, today);
}

Bytes32 dossier_key(const Bytes32& secret, std::string_view code) {
  crypto_generichash_state state;
  Bytes32 hash{};
  crypto_generichash_init(&state, secret.data(), secret.size(), hash.size());
  crypto_generichash_update(&state, bytes_of(kDomain), kDomain.size());
  crypto_generichash_update(&state, bytes_of(code), code.size());
  crypto_generichash_final(&state, hash.data(), hash.size());
  return hash;
}

std::string masked_dossier(std::string_view code) {
  constexpr std::size_t kShown = 4;
  const std::string_view end = code.substr(code.size() - std::min(kShown, code.size()));
  const bool whole_number = code.size() > kShown && code[code.size() - kShown - 1] == '-';
  return std::string(whole_number ? "…-" : "…") + std::string(end);
}

}  // namespace hailong::core
