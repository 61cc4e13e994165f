#include "wire/step_texts.h"

#include "wire/event_codec.h"
#include "wire/json.h"

namespace hailong::wire {

std::optional<std::string> encode_step_texts(const StepTexts& texts) {
  if (!is_utf8(texts.note) || !is_utf8(texts.answer)) return std::nullopt;
  Json json;
  json["note"] = texts.note;
  json["answer"] = texts.answer;
  return json.dump();
}

std::optional<StepTexts> decode_step_texts(std::string_view content) {
  const auto json = parse_object(content);
  if (!json) return std::nullopt;
  auto note = text_of(*json, "note");
  auto answer = text_of(*json, "answer");
  if (!note || !answer) return std::nullopt;
  return StepTexts{std::move(*note), std::move(*answer)};
}

}  // namespace hailong::wire
