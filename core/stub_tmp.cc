#include "core/dossier_code.h"
#include "core/phone.h"
namespace hailong::core {
std::optional<std::string> dossier_code_in(std::string_view t) { return std::string(t); }
std::string masked_dossier(std::string_view c) { return std::string(c); }
Bytes32 dossier_key(const Bytes32& k, std::string_view) { return k; }
std::optional<std::string> vietnamese_phone(std::string_view t) {
  std::string d;
  for (char c : t)
    if (c >= '0' && c <= '9') d += c;
  if (d.size() != 10) return std::nullopt;
  return d;
}
}  // namespace hailong::core
