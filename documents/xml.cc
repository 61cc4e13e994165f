#include "documents/xml.h"

#include "documents/report.h"

namespace hailong::documents {

std::string xml_text(std::string_view text) {
  std::string xml;
  xml.reserve(text.size());
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        xml += "&amp;";
        break;
      case '<':
        xml += "&lt;";
        break;
      case '>':
        xml += "&gt;";
        break;
      case '"':
        xml += "&quot;";
        break;
      case '\'':
        xml += "&#39;";
        break;
      default:
        xml.push_back(c);
    }
  }
  return xml;
}

}  // namespace hailong::documents
