#include "district/web/layout.h"

#include <kainjow/mustache.hpp>

#include "core/chain.h"
#include "web_static.h"
#include "web_templates.h"

namespace hailong::district::web {

namespace mustache = kainjow::mustache;

std::string in_layout(const std::string& title, const std::string& authority,
                      const std::string& person, const std::string& main) {
  mustache::data data;
  data.set("title", title);
  data.set("authority", authority);
  data.set("assets", assets_version());
  data.set("main", main);
  if (!person.empty()) {
    mustache::data who;
    who.set("name", person);
    data.set("person", who);
  }
  return mustache::mustache(std::string(templates::k_layout_mustache)).render(data);
}

const std::string& assets_version() {
  static const std::string version = [] {
    core::Bytes32 hash{};
    for (const std::string_view text :
         {files::k_hailong_css, files::k_hailong_js, files::k_icon_svg,
          templates::k_layout_mustache, templates::k_dashboard_mustache,
          templates::k_login_mustache}) {
      hash = core::chain_next(hash, text);
    }
    return core::to_hex(std::span(hash).first(8));
  }();
  return version;
}

}  // namespace hailong::district::web
