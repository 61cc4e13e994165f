#include "wire/bundle_reader.h"

#include <algorithm>
#include <utility>

#include "core/ids.h"
#include "core/text.h"

namespace hailong::wire {
namespace {

/// What the kiosk's font may draw: Latin letters with every Vietnamese one, punctuation, signs.
bool is_for_screens(char32_t c) {
  return core::can_be_written(c) && c != U'\n' && (c < 0x250 || (c >= 0x1E00 && c < 0x2300));
}

/// Nothing for what is no text, is empty or too long, or holds what no screen can show.
std::optional<std::string> written_text(const Json& json, std::size_t most) {
  if (!json.is_string()) return std::nullopt;
  auto text = json.get<std::string>();
  const std::u32string points = core::code_points(text);
  const bool written = std::all_of(points.begin(), points.end(), is_for_screens);
  if (text.empty() || text.size() > most || !written || core::to_nfc(text) != text) {
    return std::nullopt;
  }
  return text;
}

std::string text_of_bytes(std::size_t most) {
  return "a text of 1 to " + std::to_string(most) +
         " bytes, on one line, in composed (NFC) letters of Vietnamese";
}

}  // namespace

void FirstMistake::add(const std::string& place, std::string_view expected) {
  if (text_.empty()) text_.append(place).append(": expected ").append(expected);
}

ObjectReader::ObjectReader(const Json& object, std::string place, FirstMistake& mistake)
    : object_(object), place_(std::move(place)), mistake_(mistake) {}

const Json* ObjectReader::find(const char* key) {
  known_.emplace(key);
  const auto found = object_.find(key);
  return found == object_.end() ? nullptr : &*found;
}

void ObjectReader::expected(const char* key, std::string_view what) {
  mistake_.add(place_ + key, what);
}

std::int64_t ObjectReader::number(const char* key, std::int64_t least, std::int64_t most) {
  known_.emplace(key);
  const auto found = number_of(object_, key);
  if (found && *found >= least && *found <= most) return *found;
  expected(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return least;
}

bool ObjectReader::boolean(const char* key) {
  const Json* found = find(key);
  if (found != nullptr && found->is_boolean()) return found->get<bool>();
  expected(key, "true or false");
  return false;
}

std::string ObjectReader::text(const char* key, std::size_t most) {
  const Json* found = find(key);
  auto text = found == nullptr ? std::nullopt : written_text(*found, most);
  if (text) return std::move(*text);
  expected(key, text_of_bytes(most));
  return {};
}

std::string ObjectReader::id(const char* key) {
  known_.emplace(key);
  auto found = text_of(object_, key);
  if (found && core::is_plain_name(*found)) return std::move(*found);
  expected(key, "a name of a-z, 0-9 and '-', at most 64 characters");
  return {};
}

std::vector<std::string> ObjectReader::ids(const char* key, std::size_t least, std::size_t most) {
  const Json* found = find(key);
  std::vector<std::string> list;
  if (found != nullptr && found->is_array() && found->size() <= most) {
    list.reserve(found->size());
    for (const Json& each : *found) {
      if (!each.is_string()) break;
      auto id = each.get<std::string>();
      const bool twice = std::find(list.begin(), list.end(), id) != list.end();
      if (twice || !core::is_plain_name(id)) break;
      list.push_back(std::move(id));
    }
    if (list.size() == found->size() && list.size() >= least) return list;
  }
  expected(key, std::to_string(least) + " to " + std::to_string(most) +
                    " names of a-z, 0-9 and '-', none twice");
  return {};
}

void ObjectReader::object(const char* key, const std::function<void(ObjectReader&)>& read) {
  const Json* found = find(key);
  if (found == nullptr || !found->is_object()) return expected(key, "an object");
  ObjectReader below(*found, place_ + key + ".", mistake_);
  read(below);
  below.refuse_unknown_keys();
}

void ObjectReader::objects(const char* key, std::size_t most,
                           const std::function<void(ObjectReader&)>& read) {
  const Json* found = find(key);
  if (found == nullptr || !found->is_array() || found->size() > most) {
    return expected(key, "a list of at most " + std::to_string(most) + " objects");
  }
  for (std::size_t i = 0; i < found->size(); ++i) {
    const std::string place = place_ + key + "[" + std::to_string(i) + "]";
    if (!(*found)[i].is_object()) return mistake_.add(place, "an object");
    ObjectReader below((*found)[i], place + ".", mistake_);
    read(below);
    below.refuse_unknown_keys();
  }
}

void ObjectReader::texts(const char* key, std::size_t most, std::size_t most_bytes,
                         const std::function<void(const std::string&, std::string)>& take) {
  const Json* found = find(key);
  if (found == nullptr || !found->is_object() || found->size() > most) {
    return expected(key, "an object of at most " + std::to_string(most) + " texts");
  }
  for (const auto& [name, value] : found->items()) {
    auto text = written_text(value, most_bytes);
    if (!text) return mistake_.add(place_ + key + "." + name, text_of_bytes(most_bytes));
    take(name, std::move(*text));
  }
}

void ObjectReader::refuse_unknown_keys() {
  for (const auto& [key, value] : object_.items()) {
    if (!known_.contains(key)) mistake_.add(place_ + key, "no such key");
  }
}

}  // namespace hailong::wire
