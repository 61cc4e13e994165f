#include "district/web/static_files.h"

#include "district/web/gzip.h"
#include "web_static.h"

namespace hailong::district::web {
namespace {

http::Handler kept_file(const char* type, std::string_view text) {
  return [type, text, packed = gzipped(text)](const http::Request& request) {
    const std::string accepted = request.header("accept-encoding").value_or("");
    const bool as_gzip = accepted.find("gzip") != std::string::npos;
    http::Response response{200, type, as_gzip ? packed : std::string(text), {}};
    response.headers = {{"Cache-Control", "public, max-age=31536000, immutable"},
                        {"Vary", "Accept-Encoding"}};
    if (as_gzip) response.headers.emplace_back("Content-Encoding", "gzip");
    return response;
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
