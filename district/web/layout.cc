#include "district/web/layout.h"

#include "core/chain.h"
#include "district/web/figures.h"
#include "web_static.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

kainjow::mustache::data sections_data(const std::vector<SectionLink>& sections) {
  kainjow::mustache::data list(kainjow::mustache::data::type::list);
  for (const SectionLink& section : sections) {
    kainjow::mustache::data link;
    link.set("href", section.href);
    link.set("label", section.label);
    link.set("current", section.current);
    list << link;
  }
  return list;
}

}  // namespace

std::string in_layout(const Frame& frame, const std::string& main) {
  kainjow::mustache::data data;
  data.set("title", frame.title);
  data.set("authority", frame.authority);
  data.set("assets", assets_version());
  data.set("charts", main.find("<figure class=\"chart\"") != std::string::npos);
  data.set("main", main);
  data.set("has_sections", !frame.sections.empty());
  data.set("sections", sections_data(frame.sections));
  if (!frame.person.empty()) {
    kainjow::mustache::data who;
    who.set("name", frame.person);
    who.set("role", frame.role);
    who.set("csrf", frame.csrf);
    data.set("person", who);
  }
  return render(templates::k_layout_mustache, data);
}

std::string message_main(const std::string& heading, const std::string& text) {
  kainjow::mustache::data data;
  data.set("heading", heading);
  data.set("text", text);
  return render(templates::k_message_mustache, data);
}

const std::string& assets_version() {
  static const std::string version = [] {
    core::Bytes32 hash{};
    for (const std::string_view text : files::all) hash = core::chain_next(hash, text);
    for (const std::string_view text : templates::all) hash = core::chain_next(hash, text);
    return core::to_hex(std::span(hash).first(8));
  }();
  return version;
}

}  // namespace hailong::district::web
