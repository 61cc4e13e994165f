#include "wire/staff_body.h"

#include <string>
#include <utility>

namespace hailong::wire {
namespace {

using StaffBody = simdjson::dom::object;

/// False where nothing is written; nothing when something else stands in its place.
std::optional<bool> optional_flag_at(const StaffBody& body, std::string_view key) {
  bool flag = false;
  const auto error = body[key].get(flag);
  if (error == simdjson::NO_SUCH_FIELD) return false;
  return error == simdjson::SUCCESS ? std::optional(flag) : std::nullopt;
}

std::optional<core::LocalDate> date_at(const StaffBody& body, std::string_view key) {
  const auto text = text_at(body, key);
  return text ? core::parse_date(*text) : std::nullopt;
}

/// What only some steps carry. False when something else stands in its place.
bool read_step_details(const StaffBody& body, core::CaseStep& step) {
  auto officer = optional_text_at(body, "officer");
  auto receiver = optional_text_at(body, "receiver");
  const auto misconduct = optional_flag_at(body, "misconduct");
  const auto classed = optional_text_at(body, "class");
  const auto subject = optional_text_at(body, "subject");
  const auto due = optional_text_at(body, "due");
  if (!officer || !receiver || !misconduct || !classed || !subject || !due) return false;
  step.officer = std::move(*officer);
  step.receiver = std::move(*receiver);
  step.misconduct = *misconduct;
  if (!classed->empty()) {
    const auto known = core::case_class_of(*classed);
    if (!known) return false;
    step.classed = *known;
  }
  if (!subject->empty()) {
    const auto known = core::petition_subject_of(*subject);
    if (!known) return false;
    step.subject = *known;
  }
  if (!due->empty()) step.due = core::parse_date(*due);
  return due->empty() || step.due.has_value();
}

}  // namespace

void write(Json& json, const core::StaffAccount& account) {
  json["who"] = account.who;
  json["id"] = account.id;
  json["name"] = account.name;
  json["role"] = core::word_of(account.role);
  json["active"] = account.active;
}

void write(Json& json, const core::StaffAct& act) {
  if (!act.who.empty()) json["who"] = act.who;
  json["deed"] = core::word_of(act.deed);
  if (!act.about.empty()) json["about"] = act.about;
}

void write(Json& json, const core::Handling& handling) {
  const core::CaseStep& step = handling.step;
  json["rating"] = handling.rating;
  json["who"] = step.who;
  json["role"] = step.role;
  json["action"] = core::word_of(step.action);
  if (step.classed != core::CaseClass::kNone) json["class"] = core::word_of(step.classed);
  if (step.subject != core::PetitionSubject::kNone) json["subject"] = core::word_of(step.subject);
  if (step.misconduct) json["misconduct"] = true;
  if (!step.officer.empty()) json["officer"] = step.officer;
  if (!step.receiver.empty()) json["receiver"] = step.receiver;
  if (step.due) json["due"] = core::to_string(*step.due);
  json["seen"] = step.seen;
  json["content"] = core::to_hex(handling.content);
}

void write(Json& json, const core::Served& served) {
  json["who"] = served.who;
  json["field"] = served.field.value;
  json["day"] = core::to_string(served.day);
  json["count"] = served.count;
}

void write(Json& json, const core::SignOff& sign_off) {
  json["who"] = sign_off.who;
  json["day"] = core::to_string(sign_off.day);
  json["seen"] = sign_off.seen;
}

std::optional<core::Body> read_staff_account(const StaffBody& body) {
  const auto who = text_at(body, "who");
  const auto id = text_at(body, "id");
  const auto name = text_at(body, "name");
  const auto role = text_at(body, "role");
  const auto known_role = role ? core::staff_role_of(*role) : std::nullopt;
  bool active = false;
  if (!who || !id || id->empty() || !name || !known_role ||
      body["active"].get(active) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return core::StaffAccount{std::string(*who), std::string(*id), std::string(*name), *known_role,
                            active};
}

std::optional<core::Body> read_staff_act(const StaffBody& body) {
  auto who = optional_text_at(body, "who");
  auto about = optional_text_at(body, "about");
  const auto deed = text_at(body, "deed");
  const auto known_deed = deed ? core::staff_deed_of(*deed) : std::nullopt;
  if (!who || !about || !known_deed) return std::nullopt;
  return core::StaffAct{std::move(*who), *known_deed, std::move(*about)};
}

std::optional<core::Body> read_handling(const StaffBody& body) {
  const auto rating = number_at(body, "rating");
  const auto who = text_at(body, "who");
  const auto role = text_at(body, "role");
  const auto action = text_at(body, "action");
  const auto known_action = action ? core::case_action_of(*action) : std::nullopt;
  const auto seen = number_at(body, "seen");
  const auto content = bytes32_at(body, "content");
  if (!rating || !who || !role || !known_action || !seen || !content) return std::nullopt;
  core::Handling handling{*rating, {}, *content};
  handling.step.action = *known_action;
  handling.step.who = *who;
  handling.step.role = *role;
  handling.step.seen = *seen;
  if (!read_step_details(body, handling.step)) return std::nullopt;
  return handling;
}

std::optional<core::Body> read_served(const StaffBody& body) {
  const auto who = text_at(body, "who");
  const auto field = text_at(body, "field");
  const auto day = date_at(body, "day");
  const auto count = number_at(body, "count");
  if (!who || !field || !day || !count || *count < 0) return std::nullopt;
  return core::Served{std::string(*who), core::FieldId{std::string(*field)}, *day, *count};
}

std::optional<core::Body> read_sign_off(const StaffBody& body) {
  const auto who = text_at(body, "who");
  const auto day = date_at(body, "day");
  const auto seen = number_at(body, "seen");
  if (!who || !day || !seen) return std::nullopt;
  return core::SignOff{std::string(*who), *day, *seen};
}

}  // namespace hailong::wire
