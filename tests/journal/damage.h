#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

/// Damages the file of a journal that nobody has open, as a worn card does.

namespace hailong::journal {

constexpr std::size_t kPageSize = 4096;

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// Page 1 is the first.
inline void damage_page(const std::filesystem::path& file, std::size_t page) {
  std::string bytes = bytes_of(file);
  bytes.replace((page - 1) * kPageSize, 64, std::string(64, '\xA5'));
  std::ofstream(file, std::ios::binary) << bytes;
}

/// The page with the event of that visit.
inline void damage_event(const std::filesystem::path& file, const std::string& visit) {
  const std::size_t place = bytes_of(file).find("\"visit\":\"" + visit + "\"");
  if (place == std::string::npos) throw std::runtime_error("no such visit: " + visit);
  damage_page(file, place / kPageSize + 1);
}

}  // namespace hailong::journal
