#include "district/web/static_files.h"

#include "web_static.h"

namespace hailong::district::web {
namespace {

http::Handler kept_file(const char* type, std::string_view text) {
  return [type, text](const http::Request&) {
    return http::Response{
        200, type, std::string(text), {{"Cache-Control", "public, max-age=31536000, immutable"}}};
  };
}

}  // namespace

void add_static_files(Site& site) {
  const char* style = "text/css; charset=utf-8";
  const char* script = "text/javascript; charset=utf-8";
  site.open("GET", "/static/hailong.css", kept_file(style, files::k_hailong_css));
  site.open("GET", "/static/hailong.js", kept_file(script, files::k_hailong_js));
  site.open("GET", "/static/hailong-charts.js", kept_file(script, files::k_hailong_charts_js));
  site.open("GET", "/static/chart.min.js", kept_file(script, files::k_chart_min_js));
  site.open("GET", "/static/icon.svg", kept_file("image/svg+xml", files::k_icon_svg));
}

}  // namespace hailong::district::web
