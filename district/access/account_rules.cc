#include "district/access/account_rules.h"

#include <algorithm>
#include <vector>

#include "core/text.h"

namespace hailong::district::access {
namespace {

bool is_one_line(std::string_view text) {
  const std::u32string points = core::code_points(text);
  return std::all_of(points.begin(), points.end(), [](char32_t c) {
    // U+FFFD stands for bytes that are no text.
    return c != U'\n' && c != U'\uFFFD' && core::can_be_written(c);
  });
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  words.reserve(kScopes.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" ,"), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace

std::string_view in_english(Mistake mistake) {
  switch (mistake) {
    case Mistake::kName:
      return "expected a name of 1 to 64 bytes, in one line";
    case Mistake::kShownName:
      return "expected a shown name of at most 64 bytes, in one line";
    case Mistake::kRole:
      return "--role: expected administrator, district-officer, supervisor, auditor, commune-head "
             "or commune-staff";
    case Mistake::kUnitNeeded:
      return "--unit: this role needs the code of its commune";
    case Mistake::kUnitTooMuch:
      return "--unit: this role is for the whole authority";
    case Mistake::kUnitUnknown:
      return "--unit: no unit bears this code today; see: admin unit list";
    case Mistake::kPassword:
      return "expected a password of at least 10 characters, at most 200 bytes";
    case Mistake::kOwnAccount:
      return "nobody changes the own role or disables the own account";
    case Mistake::kScope:
      return "--scope: expected scores, feedback, words or devices";
  }
  return {};
}

std::string_view in_vietnamese(Mistake mistake) {
  switch (mistake) {
    case Mistake::kName:
      return "Tên đăng nhập không được để trống, không quá dài và phải viết trên một dòng.";
    case Mistake::kShownName:
      return "Họ tên không được quá dài và phải viết trên một dòng.";
    case Mistake::kRole:
      return "Xin chọn một vai trò trong danh sách.";
    case Mistake::kUnitNeeded:
      return "Vai trò cấp xã cần có mã của xã, phường.";
    case Mistake::kUnitTooMuch:
      return "Vai trò này xem toàn bộ đơn vị nên không ghi mã xã.";
    case Mistake::kUnitUnknown:
      return "Hiện không có đơn vị nào mang mã này.";
    case Mistake::kPassword:
      return "Mật khẩu phải có ít nhất 10 ký tự và không quá dài.";
    case Mistake::kOwnAccount:
      return "Không ai tự đổi vai trò hoặc tự khóa tài khoản của mình.";
    case Mistake::kScope:
      return "Xin chọn ít nhất một phạm vi.";
  }
  return {};
}

std::optional<Mistake> mistake_in_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || !is_one_line(name)) return Mistake::kName;
  return std::nullopt;
}

std::optional<Mistake> mistake_in_password(std::string_view password) {
  const bool short_one = core::code_points(password).size() < kShortestPassword;
  if (short_one || password.size() > kLongestPassword) return Mistake::kPassword;
  return std::nullopt;
}

std::optional<Mistake> mistake_in_unit(const std::string& code, const core::UnitRegister& units,
                                       core::LocalDate today) {
  if (units.find(core::UnitCode{code}, today) == nullptr) return Mistake::kUnitUnknown;
  return std::nullopt;
}

std::optional<Mistake> mistake_in(const AccountForm& form, const core::UnitRegister& units,
                                  core::LocalDate today) {
  if (auto mistake = mistake_in_name(form.name)) return mistake;
  if (form.shown_name.size() > kLongestName || !is_one_line(form.shown_name)) {
    return Mistake::kShownName;
  }
  const auto role = role_of(form.role);
  if (!role) return Mistake::kRole;
  if (!belongs_to_commune(*role)) {
    return form.unit.empty() ? std::nullopt : std::optional(Mistake::kUnitTooMuch);
  }
  if (form.unit.empty()) return Mistake::kUnitNeeded;
  return mistake_in_unit(form.unit, units, today);
}

std::optional<Mistake> mistake_in_scopes(std::string_view scopes) {
  const auto words = words_of(scopes);
  const bool known = std::all_of(words.begin(), words.end(),
                                 [](std::string_view word) { return scope_of(word).has_value(); });
  if (words.empty() || !known) return Mistake::kScope;
  return std::nullopt;
}

std::string unit_id_of(const std::string& code, const core::UnitRegister& units,
                       core::LocalDate today) {
  const core::Unit* unit = code.empty() ? nullptr : units.find(core::UnitCode{code}, today);
  return unit == nullptr ? std::string() : unit->id();
}

std::string normal_scopes(std::string_view scopes) {
  const auto words = words_of(scopes);
  std::string normal;
  for (const Scope scope : kScopes) {
    if (std::find(words.begin(), words.end(), word_of(scope)) == words.end()) continue;
    normal.append(normal.empty() ? "" : " ").append(word_of(scope));
  }
  return normal;
}

}  // namespace hailong::district::access
