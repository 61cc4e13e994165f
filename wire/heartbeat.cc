#include "wire/heartbeat.h"

#include <algorithm>
#include <utility>

#include "wire/json.h"

namespace hailong::wire {
namespace {

using core::Fault;

constexpr const char* kHeartbeatPurpose = "heartbeat";
constexpr const char* kAnswerPurpose = "heartbeat answer";

constexpr std::size_t kMostFaults = 8;
constexpr std::size_t kMostFaultBytes = 300;

bool is_hex_name(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

/// Nothing stands for itself in the text: a key that is left out.
template <typename Value>
void set_if(Json& json, const char* key, const std::optional<Value>& value) {
  if (value) json[key] = *value;
}

/// Bounded, and UTF-8 whatever it was: a broken text must not hide the rest.
std::string cleaned(const std::string& text) {
  const std::string cut = text.substr(0, kMostFaultBytes);
  const std::string quoted = Json(cut).dump(-1, ' ', false, Json::error_handler_t::replace);
  return Json::parse(quoted).get<std::string>();
}

Json heartbeat_json(const Heartbeat& heartbeat) {
  Json json = {{"v", 1},
               {"device", heartbeat.device.value},
               {"epoch", heartbeat.epoch.value},
               {"version", heartbeat.version},
               {"nonce", heartbeat.nonce},
               {"last", heartbeat.last},
               {"head", core::to_hex(heartbeat.head)},
               {"receipted", heartbeat.receipted},
               {"at", heartbeat.now.wall_ms},
               {"boot", heartbeat.now.boot_id},
               {"mono", heartbeat.now.mono_ms},
               {"synced", heartbeat.now.clock == core::ClockState::kSynced}};
  set_if(json, "oldest", heartbeat.oldest_ms);
  set_if(json, "tap", heartbeat.tap_ms);
  set_if(json, "temperature", heartbeat.temperature);
  if (heartbeat.disk) {
    json["disk_free"] = heartbeat.disk->free;
    json["disk_total"] = heartbeat.disk->total;
  }
  if (!heartbeat.bundle.empty()) json["bundle"] = heartbeat.bundle;
  if (!heartbeat.bundle_fault.empty()) json["bundle_fault"] = cleaned(heartbeat.bundle_fault);
  for (std::size_t i = 0; i < std::min(heartbeat.faults.size(), kMostFaults); ++i) {
    json["faults"].push_back(cleaned(heartbeat.faults[i]));
  }
  return json;
}

/// Reads keys of one object and remembers whether any of them was not as it must be.
class Fields {
 public:
  explicit Fields(const Json& json) : json_(json) {}

  std::string name(const char* key) {
    return check(text_of(json_, key), [](const auto& text) { return core::is_plain_name(text); });
  }
  std::string hex(const char* key, std::size_t digits) {
    return check(text_of(json_, key), [&](const auto& text) { return is_hex_name(text, digits); });
  }
  std::int64_t number(const char* key) {
    return check(number_of(json_, key), [](std::int64_t number) { return number >= 0; });
  }
  core::Bytes32 hash(const char* key) {
    return check(bytes32_of(json_, key), [](const auto&) { return true; });
  }
  std::string text(const char* key) { return check(text_of(json_, key), is_short); }
  bool boolean(const char* key) {
    const auto found = json_.find(key);
    if (found != json_.end() && found->is_boolean()) return found->get<bool>();
    bad_ = true;
    return false;
  }
  std::optional<std::int64_t> maybe_number(const char* key) {
    if (!json_.contains(key)) return std::nullopt;
    return number(key);
  }
  std::string maybe_text(const char* key) { return json_.contains(key) ? text(key) : ""; }

  std::optional<int> temperature() {
    if (!json_.contains("temperature")) return std::nullopt;
    constexpr std::int64_t kFarthest = 10'000;
    return static_cast<int>(check(number_of(json_, "temperature"), [](std::int64_t tenths) {
      return tenths > -kFarthest && tenths < kFarthest;
    }));
  }

  std::optional<HeartbeatDisk> disk() {
    if (!json_.contains("disk_free")) return std::nullopt;
    return HeartbeatDisk{number("disk_free"), number("disk_total")};
  }

  std::vector<std::string> faults() {
    const auto found = json_.find("faults");
    std::vector<std::string> faults;
    if (found == json_.end()) return faults;
    bad_ = bad_ || !found->is_array() || found->size() > kMostFaults;
    if (bad_) return faults;
    faults.reserve(found->size());
    for (const Json& fault : *found) {
      const auto text = fault.is_string() ? std::optional(fault.get<std::string>()) : std::nullopt;
      faults.push_back(check(text, is_short));
    }
    return faults;
  }

  [[nodiscard]] bool are_good() const { return !bad_; }

 private:
  /// A replaced byte takes three.
  static bool is_short(const std::string& text) { return text.size() <= 3 * kMostFaultBytes; }

  template <typename Value, typename Good>
  Value check(std::optional<Value> value, const Good& good) {
    if (value && good(*value)) return std::move(*value);
    bad_ = true;
    return {};
  }

  const Json& json_;
  bool bad_ = false;
};

/// The two lines of a sealed text, without their ends; nothing when it is not two lines.
std::optional<std::pair<std::string_view, std::string_view>> two_lines(std::string_view bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == bytes.npos || !bytes.ends_with('\n')) return std::nullopt;
  const std::string_view second = bytes.substr(end + 1, bytes.size() - end - 2);
  if (end + 1 == bytes.size() || second.find('\n') != second.npos) return std::nullopt;
  return std::pair(bytes.substr(0, end), second);
}

core::Failure no_heartbeat(const char* why) {
  return core::fail(Fault::kInvalid, std::string("malformed heartbeat: ") + why);
}

}  // namespace

std::string seal_heartbeat(const Heartbeat& heartbeat, const SigningKey& device) {
  const std::string text =
      heartbeat_json(heartbeat).dump(-1, ' ', false, Json::error_handler_t::replace);
  const Json seal = {{"key", core::to_hex(device.public_key())},
                     {"signature", core::to_hex(device.sign(kHeartbeatPurpose, text))}};
  return text + "\n" + seal.dump() + "\n";
}

core::Result<Heartbeat> parse_heartbeat(std::string_view signed_text) {
  const auto json = parse_object(signed_text);
  if (!json || number_of(*json, "v") != 1) return no_heartbeat("line 1 is none of version 1");
  Fields fields(*json);
  Heartbeat heartbeat;
  heartbeat.device.value = fields.name("device");
  heartbeat.epoch.value = fields.name("epoch");
  heartbeat.version = fields.text("version");
  heartbeat.nonce = fields.hex("nonce", 16);
  heartbeat.last = fields.number("last");
  heartbeat.head = fields.hash("head");
  heartbeat.receipted = fields.number("receipted");
  heartbeat.oldest_ms = fields.maybe_number("oldest");
  heartbeat.tap_ms = fields.maybe_number("tap");
  heartbeat.disk = fields.disk();
  heartbeat.temperature = fields.temperature();
  heartbeat.now = {
      fields.number("at"), fields.hex("boot", 32), fields.number("mono"),
      fields.boolean("synced") ? core::ClockState::kSynced : core::ClockState::kUnsynced};
  heartbeat.bundle = fields.maybe_text("bundle");
  heartbeat.bundle_fault = fields.maybe_text("bundle_fault");
  heartbeat.faults = fields.faults();
  if (!fields.are_good()) return no_heartbeat("line 1 holds what cannot be");
  return heartbeat;
}

core::Result<OpenedHeartbeat> open_heartbeat(std::string_view bytes) {
  if (bytes.size() > kMostHeartbeatBytes) return no_heartbeat("it is too long");
  const auto lines = two_lines(bytes);
  if (!lines) return no_heartbeat("expected two lines");
  const auto seal = parse_object(lines->second);
  const auto key = seal ? bytes32_of(*seal, "key") : std::nullopt;
  const auto hex = seal ? text_of(*seal, "signature") : std::nullopt;
  OpenedHeartbeat opened;
  if (!key || !hex || !core::from_hex(*hex, opened.signature)) {
    return no_heartbeat("line 2 holds no key and signature");
  }
  if (!verify_signature(*key, kHeartbeatPurpose, lines->first, opened.signature)) {
    return core::fail(Fault::kRefused, "the signature does not fit the heartbeat");
  }
  auto heartbeat = parse_heartbeat(lines->first);
  if (!heartbeat) return core::Failure(heartbeat.error());
  opened.heartbeat = std::move(*heartbeat);
  opened.key = *key;
  opened.signed_text = lines->first;
  return opened;
}

std::string seal_heartbeat_answer(const HeartbeatAnswer& answer, const SigningKey& district) {
  Json json = {{"v", 1}, {"nonce", answer.nonce}, {"now", answer.now_ms}};
  if (!answer.bundle.empty()) json["bundle"] = answer.bundle;
  const std::string text = json.dump();
  const Json seal = {{"signature", core::to_hex(district.sign(kAnswerPurpose, text))}};
  return text + "\n" + seal.dump() + "\n";
}

core::Result<HeartbeatAnswer> open_heartbeat_answer(std::string_view bytes,
                                                    const PublicKey& district,
                                                    std::string_view nonce) {
  const auto lines = two_lines(bytes);
  const auto seal = lines ? parse_object(lines->second) : std::nullopt;
  const auto hex = seal ? text_of(*seal, "signature") : std::nullopt;
  Signature signature{};
  if (!hex || !core::from_hex(*hex, signature)) {
    return core::fail(Fault::kInvalid, "the answer is none to a heartbeat");
  }
  if (!verify_signature(district, kAnswerPurpose, lines->first, signature)) {
    return core::fail(Fault::kRefused, "the answer is not signed by the district's key");
  }
  const auto json = parse_object(lines->first);
  if (!json || number_of(*json, "v") != 1) {
    return core::fail(Fault::kInvalid, "the signed text is no answer of version 1");
  }
  Fields fields(*json);
  HeartbeatAnswer answer{fields.hex("nonce", 16), fields.number("now"),
                         fields.maybe_text("bundle")};
  if (!fields.are_good()) {
    return core::fail(Fault::kInvalid, "the signed text is no answer of version 1");
  }
  if (answer.nonce != nonce) {
    return core::fail(Fault::kRefused, "the answer is to another heartbeat: it was played again");
  }
  return answer;
}

}  // namespace hailong::wire
