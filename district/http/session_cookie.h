#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "district/http/message.h"

namespace hailong::district::http {

/// By HTTPS the cookie's name makes browsers refuse one that another host or plain HTTP has set.
inline const char* session_cookie(bool secure) {
  return secure ? "__Host-hailong_session" : "hailong_session";
}

inline std::optional<std::string> session_secret(const Request& request, bool secure) {
  return first_of(request.cookies, session_cookie(secure));
}

/// A header that gives the browser its session, or with an empty secret takes it away. The cookie
/// is for this site's own pages only and out of reach of scripts; `secure` keeps it to HTTPS.
inline std::pair<std::string, std::string> session_header(const std::string& secret,
                                                          std::chrono::seconds length,
                                                          bool secure) {
  return {"Set-Cookie", std::string(session_cookie(secure)) + "=" + secret +
                            "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" +
                            std::to_string(length.count()) + (secure ? "; Secure" : "")};
}

}  // namespace hailong::district::http
