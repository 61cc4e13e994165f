#pragma once

#include <string>
#include <string_view>

namespace hailong::documents {

inline constexpr const char* kXmlHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Any bytes as the text of an XML or HTML element or attribute.
std::string xml_text(std::string_view text);

}  // namespace hailong::documents
