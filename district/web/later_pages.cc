#include "district/web/later_pages.h"

#include <algorithm>

#include "core/text.h"
#include "district/clock.h"
#include "district/http/form.h"
#include "district/web/offered_reasons.h"

namespace hailong::district::web {
namespace {

using ingest::LaterState;

constexpr std::size_t kLaterFormBytes = 16'384;  // 500 characters, percent-encoded, with room

/// What a person typed, in one spelling: line ends as "\n", nothing that cannot be seen, no white
/// space around it.
std::string tidy_words(const std::string& typed) {
  std::u32string text;
  for (const char32_t c : core::code_points(core::to_nfc(typed))) {
    if (c == U'\t') {
      text.push_back(U' ');
    } else if (core::can_be_written(c)) {
      text.push_back(c);
    }
  }
  while (!text.empty() && core::is_white_space(text.back())) text.pop_back();
  const auto begin = std::find_if_not(text.begin(), text.end(), core::is_white_space);
  return core::utf8(std::u32string_view(begin, text.end()));
}

/// The ticked reasons that belong to the chosen face: others were ticked before it was changed.
std::vector<std::string> reasons_in(const http::Fields& fields, core::Score score) {
  std::vector<std::string> reasons;
  for (const std::string& id : offered_reasons().with(score)) {
    const std::pair<std::string, std::string> ticked{"reason", id};
    if (std::find(fields.begin(), fields.end(), ticked) != fields.end()) reasons.push_back(id);
  }
  return reasons;
}

bool tells_of_misconduct(const std::vector<std::string>& reasons) {
  const auto& alerts = offered_reasons().alert;
  return std::any_of(reasons.begin(), reasons.end(), [&](const std::string& id) {
    return std::find(alerts.begin(), alerts.end(), id) != alerts.end();
  });
}

std::optional<core::Score> score_in(const http::Fields& fields) {
  const std::string text = http::first_of(fields, "score").value_or("");
  if (text.size() != 1) return std::nullopt;
  return core::Score::from(text[0] - '0');
}

}  // namespace

void LaterPages::add_to(Site& site) {
  site.open("GET", "/y/{}", [this](const http::Request& request) { return show(request); });
  site.open(
      "POST", "/y/{}", [this](const http::Request& request) { return take(request); },
      kLaterFormBytes,
      [this](const http::Request&) {
        return note(413, "Lời góp ý dài quá",
                    {"Máy chủ chưa nhận được. Xin Ông/Bà quay lại và viết ngắn hơn."});
      });
  site.open("GET", "/static/later.css", [](const http::Request&) {
    return http::Response{200,
                          "text/css; charset=utf-8",
                          std::string(later_style()),
                          {{"Cache-Control", "public, max-age=31536000, immutable"}}};
  });
}

std::optional<http::Response> LaterPages::turned_away(const http::Request& request) {
  const auto wait =
      limiter_.admit(client_address(request, config_), std::chrono::steady_clock::now());
  if (wait == std::chrono::milliseconds::zero()) return std::nullopt;
  http::Response response = note(429, "Xin chờ một lát",
                                 {"Đang có nhiều lượt truy cập. Xin Ông/Bà thử lại sau ít phút."});
  response.headers.emplace_back(
      "Retry-After", std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()));
  return response;
}

http::Response LaterPages::show(const http::Request& request) {
  if (auto away = turned_away(request)) return *away;
  const auto found = answers_.find(request.parameter(), now_ms());
  if (!found) return failed(found.error());
  if (found->state != LaterState::kOpen) return closed(found->state);
  return form(*found, {}, 200);
}

http::Response LaterPages::take(const http::Request& request) {
  if (auto away = turned_away(request)) return *away;
  const std::string& token = request.parameter();
  const auto found = answers_.find(token, now_ms());
  if (!found) return failed(found.error());
  if (found->state != LaterState::kOpen) return closed(found->state);
  const http::Fields fields = http::parse_form(request.body);
  LaterForm filled;
  filled.words = tidy_words(http::first_of(fields, "words").value_or(""));
  const auto score = score_in(fields);
  if (!score) {
    filled.error = "Xin Ông/Bà chọn một khuôn mặt.";
    return form(*found, std::move(filled), 400);
  }
  filled.score = score->value();
  filled.reasons = reasons_in(fields, *score);
  if (core::code_points(filled.words).size() > kMostLaterWords) {
    filled.error = "Lời góp ý dài quá " + std::to_string(kMostLaterWords) +
                   " chữ cái. Xin Ông/Bà viết ngắn hơn.";
    return form(*found, std::move(filled), 400);
  }
  const auto state = answers_.answer(
      token, {*score, filled.reasons, tells_of_misconduct(filled.reasons), filled.words}, now_ms());
  if (!state) return failed(state.error());
  if (*state != LaterState::kOpen) return closed(*state);
  return http::redirect_to("/y/" + token);  // so that a second look does not send it again
}

http::Response LaterPages::form(const ingest::LaterFound& found, LaterForm filled, int status) {
  const core::Unit* unit = config_.rules.units.find_id(found.unit_id);
  filled.authority = config_.authority_name;
  filled.unit_name = unit == nullptr ? "" : unit->full_name();
  filled.day = found.day;
  return {status, kHtml, later_form_page(filled), {}};
}

http::Response LaterPages::closed(LaterState state) {
  if (state == LaterState::kAnswered) {
    return note(200, "Cảm ơn Ông/Bà",
                {"Ý kiến của Ông/Bà đã được ghi nhận.", "Mỗi mã chỉ trả lời được một lần."});
  }
  if (state == LaterState::kOver) {
    return note(410, "Mã đã hết hạn",
                {"Mã này chỉ dùng được trong " + std::to_string(config_.later_days) +
                     " ngày sau khi Ông/Bà đến làm thủ tục.",
                 "Lần chạm của Ông/Bà tại ki-ốt vẫn được tính. Cảm ơn Ông/Bà."});
  }
  return note(404, "Chưa tìm thấy phiếu đánh giá",
              {"Nếu Ông/Bà vừa đánh giá xong, ki-ốt có thể chưa kịp gửi. Xin thử lại sau ít phút.",
               "Nếu vẫn không được, xin quét lại mã hoặc hỏi cán bộ tại quầy."});
}

http::Response LaterPages::failed(const core::Error& error) {
  const http::Response problem = store_failed(error);
  http::Response response =
      note(problem.status, "Chưa thực hiện được",
           {"Máy chủ đang bận hoặc gặp lỗi. Xin Ông/Bà thử lại sau ít phút; mã vẫn dùng được.",
            "Lần chạm của Ông/Bà tại ki-ốt vẫn được tính."});
  response.headers = problem.headers;
  return response;
}

http::Response LaterPages::note(int status, std::string title,
                                std::vector<std::string> paragraphs) {
  return {status,
          kHtml,
          later_note_page({config_.authority_name, std::move(title), std::move(paragraphs)}),
          {}};
}

}  // namespace hailong::district::web
