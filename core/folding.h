#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"

/// Search that does not ask for diacritics: "khai sinh" finds "Đăng ký khai sinh", "chung thuc"
/// finds "Chứng thực bản sao".

namespace hailong::core {

/// What is compared: lower case, no diacritics, đ as d, every run of white space one space and none
/// at the ends. Equal for composed and decomposed text. Bytes that are no UTF-8 become U+FFFD.
std::string fold(std::string_view text);

/// True when every word of the query begins some word of the text, in any order; one word of the
/// text may answer for several of the query. Words are runs of letters and digits, so punctuation
/// on either side does not matter. A query without words matches everything. Both folded before.
bool matches(std::string_view folded_text, std::string_view folded_query);

/// The words of folded text, in order; views into it.
std::vector<std::string_view> words(std::string_view folded);

}  // namespace hailong::core
