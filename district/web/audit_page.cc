#include "district/web/audit_page.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>

#include "core/csv.h"
#include "district/clock.h"
#include "district/http/form.h"
#include "district/web/doubt_words.h"
#include "district/web/figures.h"
#include "district/web/periods.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using MustacheData = kainjow::mustache::data;

constexpr int kLinesOfAPage = 100;
constexpr int kLinesOfAFile = 100'000;
constexpr std::int64_t kAuditDayMs = 86'400'000;

struct ActionName {
  std::string_view word;
  const char* label;
};
constexpr std::array kActionNames = {
    ActionName{"login", "Đăng nhập"},
    ActionName{"login-failed", "Đăng nhập sai"},
    ActionName{"logout", "Đăng xuất"},
    ActionName{"logout-everywhere", "Đăng xuất ở mọi máy"},
    ActionName{"password-changed", "Đổi mật khẩu"},
    ActionName{"password-reset", "Cấp mật khẩu mới"},
    ActionName{"account-added", "Thêm tài khoản"},
    ActionName{"account-changed", "Đổi vai trò, đơn vị"},
    ActionName{"account-disabled", "Khóa tài khoản"},
    ActionName{"account-enabled", "Mở khóa tài khoản"},
    ActionName{"token-added", "Cấp mã truy cập"},
    ActionName{"token-revoked", "Thu hồi mã truy cập"},
    ActionName{"flags-decided", "Quyết định về phiếu bất thường"},
    ActionName{"device-added", "Đăng ký thiết bị"},
    ActionName{"config-published", "Công bố cấu hình cho kiosk"},
    ActionName{"device-key-added", "Thêm khóa cho thiết bị"},
    ActionName{"device-invited", "Mời thiết bị đăng ký"},
    ActionName{"invitation-withdrawn", "Thu hồi mã mời"},
    ActionName{"device-renamed", "Đổi ghi chú thiết bị"},
    ActionName{"device-keys-revoked", "Thu hồi khóa thiết bị"},
    ActionName{"device-moved", "Chuyển thiết bị"},
    ActionName{"device-suspended", "Dừng nhận thiết bị"},
    ActionName{"device-resumed", "Nhận lại thiết bị"},
    ActionName{"point-added", "Thêm điểm tiếp nhận"},
    ActionName{"point-closed", "Đóng điểm tiếp nhận"},
    ActionName{"figures-rebuilt", "Tính lại toàn bộ số liệu"},
    ActionName{"store-backed-up", "Sao lưu kho dữ liệu"},
    ActionName{"store-restored", "Phục hồi kho dữ liệu"},
    ActionName{"store-migrated", "Chuyển kho dữ liệu sang PostgreSQL"},
    ActionName{"audit-downloaded", "Tải nhật ký"},
    ActionName{"case-read", "Xem lời của người dân"},
    ActionName{"case-praise-read", "Xem lời khen"},
    ActionName{"case-see", "Ý kiến: đã xem"},
    ActionName{"case-classify", "Ý kiến: phân loại"},
    ActionName{"case-start", "Ý kiến: bắt đầu xử lý"},
    ActionName{"case-ask-for-more", "Ý kiến: yêu cầu bổ sung"},
    ActionName{"case-receive-more", "Ý kiến: đã nhận bổ sung"},
    ActionName{"case-handle", "Ý kiến: trả lời"},
    ActionName{"case-offer-publication", "Ý kiến: trình công khai"},
    ActionName{"case-publish", "Ý kiến: công khai"},
    ActionName{"case-close", "Ý kiến: đóng"},
    ActionName{"case-decline", "Ý kiến: từ chối"},
    ActionName{"case-transfer", "Ý kiến: chuyển cơ quan khác"},
    ActionName{"case-pass-on", "Ý kiến: chuyển tiếp công dân"},
    ActionName{"case-reopen", "Ý kiến: mở lại"},
    ActionName{"case-note", "Ý kiến: ghi chú"},
    ActionName{"case-ask-unit", "Ý kiến: yêu cầu đơn vị trả lời"},
    ActionName{"case-reply", "Ý kiến: trả lời cấp trên"},
    ActionName{"case-hide", "Ý kiến: ẩn nội dung"},
    ActionName{"case-show", "Ý kiến: hiện lại nội dung"},
    ActionName{"data-erased", "Xóa dữ liệu theo yêu cầu"},
    ActionName{"data-outdated", "Xóa dữ liệu hết thời hạn"},
    ActionName{"programme-confirmed", "Xác nhận tiêu chí"},
    ActionName{"served-entered", "Nhập số hồ sơ đã trả"},
    ActionName{"served-previewed", "Xem trước số hồ sơ sẽ nhập"},
    ActionName{"dossiers-imported", "Nhập sổ hồ sơ"},
    ActionName{"dossiers-previewed", "Xem trước sổ hồ sơ sẽ nhập"},
    ActionName{"appraisal-proposed", "Đề xuất điểm năm"},
    ActionName{"appraisal-confirmed", "Xã xác nhận điểm năm"},
    ActionName{"appraisal-commented", "Xã có ý kiến về điểm năm"},
    ActionName{"appraisal-appraised", "Thẩm định điểm năm"},
    ActionName{"appraisal-ranked", "Xếp loại năm"},
    ActionName{"appraisal-recognised", "Nhập quyết định công nhận"},
};

/// "26/11/2026 09:05:07"
std::string audit_time(std::int64_t at_ms) {
  const core::LocalDate day = core::local_date(at_ms);
  const std::int64_t seconds = (at_ms - core::start_of_day_ms(day)) / 1000;
  const auto two = [](std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  return vietnamese_date(day) + " " + two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" +
         two(seconds % 60);
}

std::string quoted(const std::string& name) { return "“" + name + "”"; }

/// What a word or day in an entry's detail is called by people; nothing for one that is text as it
/// is.
std::optional<std::string> word_for_people(std::string_view action, const std::string& word) {
  if (const auto day = core::parse_date(word)) return vietnamese_date(*day);
  if (action.starts_with("account-")) {
    if (const auto role = access::role_of(word)) return std::string(name_of(*role));
  }
  if (action.starts_with("token-")) {
    if (const auto scope = access::scope_of(word)) return quoted(std::string(name_of(*scope)));
  }
  if (action == "flags-decided") {
    const std::string doubt = doubt_words(word);
    if (doubt != word) return quoted(doubt);
  }
  return std::nullopt;
}

AuditQuery audit_query(const http::Request& request) {
  const auto text = [&](std::string_view name) {
    return http::first_of(request.query, name).value_or("");
  };
  AuditQuery query{text("from"), text("to"), text("who"), text("action"), text("subject"), {}};
  const std::string before = text("before");
  std::int64_t seq = 0;
  const auto [end, fault] = std::from_chars(before.data(), before.data() + before.size(), seq);
  if (fault == std::errc() && end == before.data() + before.size()) query.before = seq;
  return query;
}

storage::AuditFilter audit_filter(const AuditQuery& query) {
  storage::AuditFilter filter{0, INT64_MAX, query.who, query.action, query.subject, query.before};
  if (const auto from = core::parse_date(query.from)) filter.from_ms = core::start_of_day_ms(*from);
  if (const auto to = core::parse_date(query.to)) {
    filter.until_ms = core::start_of_day_ms(*to) + kAuditDayMs;
  }
  return filter;
}

/// "?from=…&before=…" with what was asked for.
std::string audit_address(const AuditQuery& query, std::optional<std::int64_t> before) {
  const std::array<std::pair<const char*, const std::string*>, 5> fields = {
      {{"from", &query.from},
       {"to", &query.to},
       {"who", &query.who},
       {"action", &query.action},
       {"subject", &query.subject}}};
  std::string address;
  for (const auto& [name, value] : fields) {
    if (value->empty()) continue;
    address.append(address.empty() ? "?" : "&").append(name).append("=");
    address.append(http::escaped(*value));
  }
  if (before) {
    address.append(address.empty() ? "?" : "&").append("before=").append(std::to_string(*before));
  }
  return address;
}

MustacheData audit_actions(const std::string& chosen) {
  MustacheData actions(MustacheData::type::list);
  for (const auto& [word, label] : kActionNames) {
    MustacheData option{"word", std::string(word)};
    option.set("label", label);
    option.set("chosen", word == chosen);
    actions << option;
  }
  return actions;
}

}  // namespace

std::string action_label(const std::string& action) {
  const auto* found = std::find_if(kActionNames.begin(), kActionNames.end(),
                                   [&](const ActionName& each) { return each.word == action; });
  return found == kActionNames.end() ? action : found->label;
}

std::string detail_for_people(const storage::AuditEntry& entry) {
  std::string text;
  std::string_view rest = entry.detail;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" ,;"), rest.size());
    const std::string word(rest.substr(0, end));
    text.append(word_for_people(entry.action, word).value_or(word));
    text.append(rest.substr(end, 1));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return text;
}

std::string audit_main(const AuditView& view) {
  MustacheData lines(MustacheData::type::list);
  for (const auto& [seq, entry] : view.lines) {
    MustacheData line{"seq", std::to_string(seq)};
    line.set("at", audit_time(entry.at_ms));
    line.set("who", entry.who.empty() ? "(không rõ)" : entry.who);
    line.set("action", action_label(entry.action));
    line.set("subject", entry.subject);
    line.set("detail", detail_for_people(entry));
    lines << line;
  }
  MustacheData page;
  page.set("from", view.query.from);
  page.set("to", view.query.to);
  page.set("who", view.query.who);
  page.set("subject", view.query.subject);
  page.set("actions", audit_actions(view.query.action));
  page.set("any", !view.lines.empty());
  page.set("lines", lines);
  page.set("csv", "/audit.csv" + audit_address(view.query, std::nullopt));
  if (view.more) {
    const std::string older = "/audit" + audit_address(view.query, view.lines.back().seq);
    page.set("older", MustacheData{"href", older});
  }
  return render(templates::k_audit_mustache, page);
}

std::string audit_csv(const std::vector<storage::AuditLine>& lines) {
  std::string csv = "\xEF\xBB\xBFSố,Lúc,Tài khoản,Việc,Đối tượng,Chi tiết\r\n";
  for (const auto& [seq, entry] : lines) {
    csv.append(std::to_string(seq)).append(",").append(audit_time(entry.at_ms));
    for (const std::string& text :
         {entry.who, action_label(entry.action), entry.subject, detail_for_people(entry)}) {
      csv.append(",").append(core::csv_field(text));
    }
    csv.append("\r\n");
  }
  return csv;
}

void AuditPage::add_to(Site& site) {
  site.get("/audit", access::Right::kSeeAudit,
           [this, &site](const http::Request& request, const access::Principal& person) {
             return show(site, request, person);
           });
  site.get("/audit.csv", access::Right::kSeeAudit,
           [this](const http::Request& request, const access::Principal& person) {
             return download(request, person);
           });
}

http::Response AuditPage::show(const Site& site, const http::Request& request,
                               const access::Principal& person) {
  AuditView view{audit_query(request), {}, false};
  auto lines = audit_.read(audit_filter(view.query), kLinesOfAPage + 1);
  if (!lines) return store_failed(lines.error());
  view.lines = std::move(*lines);
  view.more = view.lines.size() > static_cast<std::size_t>(kLinesOfAPage);
  if (view.more) view.lines.pop_back();
  return site.page(person, "audit", "Nhật ký", audit_main(view));
}

http::Response AuditPage::download(const http::Request& request, const access::Principal& person) {
  const auto lines = audit_.read(audit_filter(audit_query(request)), kLinesOfAFile);
  if (!lines) return store_failed(lines.error());
  const auto noted = audit_.add({now_ms(), person.name, "audit-downloaded", "", ""});
  if (!noted) return store_failed(noted.error());
  return {200,
          "text/csv; charset=utf-8",
          audit_csv(*lines),
          {{"Content-Disposition", "attachment; filename=\"nhat-ky.csv\""}}};
}

}  // namespace hailong::district::web
