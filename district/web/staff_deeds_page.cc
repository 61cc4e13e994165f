#include "district/web/staff_deeds_page.h"

#include "district/web/figures.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using core::StaffDeed;
using kainjow::mustache::data;
using storage::KioskAccount;
using storage::KioskDeed;

/// "Nguyễn Thị Lan (lan)"; the account alone where the kiosk never named it.
std::string person_words(const std::string& account, const StaffDeedsView& view) {
  if (account.empty()) return "chưa đăng nhập";
  const auto found = view.found.people.find(account);
  return found == view.found.people.end() ? account : found->second.name + " (" + account + ")";
}

std::string account_words(const KioskAccount& account) {
  return account.name + " (" + account.id + "), " + std::string(core::name_of(account.role)) +
         (account.active ? "" : ", đã ngừng");
}

/// What the deed was about; empty when there is nothing to say.
std::string about_words(StaffDeed what, const KioskDeed& deed, const StaffDeedsView& view) {
  switch (what) {
    case StaffDeed::kWrongPin:
    case StaffDeed::kLockOut:
    case StaffDeed::kGivePin:
      return person_words(deed.about, view);
    case StaffDeed::kReadCase:
    case StaffDeed::kSeeContact:
      return "ý kiến " + std::to_string(deed.stream) + "-" + deed.about;
    default:
      return deed.about;
  }
}

const char* deed_badge(const KioskDeed& deed) {
  if (deed.deed == StaffDeed::kLockOut) return "bad";
  return deed.deed == StaffDeed::kWrongPin ? "warn" : nullptr;
}

data deed_data(const KioskDeed& deed, const StaffDeedsView& view) {
  data line;
  line.set("when", moment_words(deed.at_ms, view.today));
  line.set("who", person_words(deed.who, view));
  if (deed.deed) {
    line.set("what", std::string(core::name_of(*deed.deed)));
    line.set("about", about_words(*deed.deed, deed, view));
  }
  if (deed.account) {
    line.set("what", "Lập hoặc sửa tài khoản");
    line.set("about", account_words(*deed.account));
  }
  const char* badge = deed_badge(deed);
  line.set("plain", badge == nullptr);
  if (badge != nullptr) line.set("odd", one_text(badge));
  return line;
}

}  // namespace

std::string staff_deeds_html(const StaffDeedsView& view) {
  data page;
  page.set("device", view.device.value);
  page.set("most", std::to_string(kMostDeeds));
  data list(data::type::list);
  for (const KioskDeed& deed : view.found.deeds) list << deed_data(deed, view);
  page.set("lines", list);
  page.set("any", !view.found.deeds.empty());
  return render(templates::k_staff_deeds_mustache, page);
}

}  // namespace hailong::district::web
