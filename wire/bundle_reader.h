#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "wire/json.h"

/// Strict reading of JSON: every key is known, typed and in range, or the first mistake says where
/// and what was expected. For bundle_decoding.cc only.

namespace hailong::wire {

/// The first mistake: "counters[2].name: expected a text of 1 to 400 bytes".
class FirstMistake {
 public:
  void add(const std::string& place, std::string_view expected);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;  // empty: none
};

/// One object. Every getter marks its key as known; what is missing or wrong is noted and comes
/// back empty.
class ObjectReader {
 public:
  ObjectReader(const Json& object, std::string place, FirstMistake& mistake);

  [[nodiscard]] bool has(const char* key) const { return object_.contains(key); }
  std::int64_t number(const char* key, std::int64_t least, std::int64_t most);
  bool boolean(const char* key);
  /// 1 to `most` bytes that can be written on a screen.
  std::string text(const char* key, std::size_t most);
  std::string id(const char* key);
  /// `least` to `most` ids, none twice.
  std::vector<std::string> ids(const char* key, std::size_t least, std::size_t most);
  void object(const char* key, const std::function<void(ObjectReader&)>& read);
  void objects(const char* key, std::size_t most, const std::function<void(ObjectReader&)>& read);
  /// An object whose keys are data.
  void texts(const char* key, std::size_t most, std::size_t most_bytes,
             const std::function<void(const std::string&, std::string)>& take);

  void expected(const char* key, std::string_view what);
  /// After everything was asked for: a key that was not is a mistake.
  void refuse_unknown_keys();

 private:
  const Json* find(const char* key);

  const Json& object_;
  std::string place_;
  FirstMistake& mistake_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace hailong::wire
