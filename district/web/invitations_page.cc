#include "district/web/invitations_page.h"

#include <qrencode.h>

#include <kainjow/mustache.hpp>
#include <memory>

#include "core/local_date.h"
#include "district/web/figures.h"
#include "district/web/periods.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using kainjow::mustache::data;

constexpr std::size_t kQuietModules = 4;  // around a QR code, as ISO/IEC 18004 wants

/// A QR code as a picture in the page; empty when memory is out. `text` holds no markup.
std::string qr_svg(const std::string& text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  if (!code) return {};
  const std::string side =
      std::to_string(static_cast<std::size_t>(code->width) + 2 * kQuietModules);
  std::string path;
  const auto width = static_cast<std::size_t>(code->width);
  for (std::size_t y = 0; y < width; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      if ((code->data[y * width + x] & 1) == 0) continue;
      path.append("M").append(std::to_string(x + kQuietModules)).append(" ");
      path.append(std::to_string(y + kQuietModules)).append("h1v1h-1z");
    }
  }
  return "<svg class=\"qr\" role=\"img\" aria-label=\"Mã QR của mã đăng ký\" viewBox=\"0 0 " +
         side + " " + side + "\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side +
         "H0z\"/><path d=\"" + path + "\"/></svg>";
}

}  // namespace

std::string invitations_html(const InvitationsView& view) {
  const core::LocalDate today = core::local_date(view.now_ms);
  data rows(data::type::list);
  for (const storage::OpenInvitation& invitation : view.open) {
    const core::Unit* unit = view.units.find(invitation.unit, today);
    data row;
    row.set("device", invitation.device.value);
    row.set("unit", unit == nullptr ? "mã " + invitation.unit.value : unit->full_name());
    row.set("name", invitation.name);
    row.set("until", moment_words(invitation.valid_until, today));
    if (!invitation.replaces.empty()) row.set("replaces", one_text(invitation.replaces.value));
    rows << row;
  }
  data page;
  page.set("rows", rows);
  page.set("any", !view.open.empty());
  page.set("csrf", view.csrf);
  page.set("days", std::to_string(access::kUsualInvitationDays));
  page.set("most_days", std::to_string(access::kLongestInvitationDays));
  return render(templates::k_invitations_mustache, page);
}

std::string invited_html(const access::Invited& invited) {
  data page;
  page.set("device", invited.device.value);
  page.set("code", invited.code.shown());
  page.set("qr", qr_svg(invited.code.text));
  page.set("until", vietnamese_date(core::local_date(invited.valid_until)));
  return render(templates::k_invited_mustache, page);
}

}  // namespace hailong::district::web
