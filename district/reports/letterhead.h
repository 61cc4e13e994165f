#pragma once

#include <string>
#include <vector>

namespace hailong::district::reports {

/// What the configuration says of the documents that the authority issues.
struct Letterhead {
  std::string superior;  // the body above, over the issuer's name; empty: none is named
  std::string issuer;    // the authority
  std::string symbol;    // "BC-UBND", after the number
  std::string place;     // before the date
  std::vector<std::string> addressees;
  std::vector<std::string> recipients;  // "Nơi nhận"
  std::vector<std::string> signature;   // authority and office of who signs, a line each
};

}  // namespace hailong::district::reports
