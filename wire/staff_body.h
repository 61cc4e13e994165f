#pragma once

#include <optional>

#include "wire/event_body.h"

/// The bodies of what the commune's staff does (docs/formats.md). For event_body.cc only.

namespace hailong::wire {

void write(Json& json, const core::StaffAccount& account);
void write(Json& json, const core::StaffAct& act);
void write(Json& json, const core::Handling& handling);
void write(Json& json, const core::Served& served);
void write(Json& json, const core::SignOff& sign_off);

std::optional<core::Body> read_staff_account(const simdjson::dom::object& body);
std::optional<core::Body> read_staff_act(const simdjson::dom::object& body);
std::optional<core::Body> read_handling(const simdjson::dom::object& body);
std::optional<core::Body> read_served(const simdjson::dom::object& body);
std::optional<core::Body> read_sign_off(const simdjson::dom::object& body);

}  // namespace hailong::wire
