#include "district/web/programme_pages.h"

#include "district/clock.h"
#include "district/scoring/programme_progress.h"
#include "district/web/programme_view.h"

namespace hailong::district::web {
namespace {

using access::Principal;
using access::Right;

constexpr const char* kProgrammeSection = "programme";
constexpr std::size_t kLongestDocument = 800;  // bytes; the form takes 200 characters

}  // namespace

void ProgrammePages::add_to(Site& site) {
  site.get("/programme", Right::kSeeProgramme,
           [this, &site](const http::Request& request, const Principal& person) {
             return show(site, request, person);
           });
  site.post("/programme/confirm", Right::kConfirmProgramme,
            [this, &site](const http::Request& request, const Principal& person) {
              return confirm(site, request, person);
            });
}

http::Response ProgrammePages::show(const Site& site, const http::Request& request,
                                    const Principal& person) {
  const core::LocalDate today = access::last_day_shown(person, core::local_date(now_ms()));
  const auto asked = http::first_of(request.query, "year");
  const auto year =
      asked ? scoring::parse_year(*asked) : std::optional<int>(static_cast<int>(today.year()));
  if (!year) return site.not_found(person);
  auto roll_ups = roll_ups_.seen(access::works_at_counter(person) ? storage::Shown::kInFives
                                                                  : storage::Shown::kAll);
  auto progress = scoring::programme_progress(roll_ups, appraisals_, config_.rules, *year, today);
  if (!progress) return store_failed(progress.error());
  // Communes see the sums, and of the units only their own.
  scoring::keep_units(*progress,
                      [&](std::string_view id) { return access::may_see_unit(person, id); });
  const ProgrammeView view{today, std::move(*progress),
                           access::may(person, Right::kConfirmProgramme), person.csrf,
                           list_asked_of(request, std::array{"year"})};
  return site.page(person, kProgrammeSection, "Chương trình năm " + std::to_string(*year),
                   programme_main(view));
}

http::Response ProgrammePages::confirm(const Site& site, const http::Request& request,
                                       const Principal& person) {
  const std::string document = http::first_of(request.form, "document").value_or("");
  if (document.find_first_not_of(" \t\r\n") == std::string::npos ||
      document.size() > kLongestDocument) {
    return site.refused(person, kProgrammeSection, "Phải nêu văn bản xác nhận.");
  }
  const std::string digest = http::first_of(request.form, "digest").value_or("");
  for (const scoring::Programme& programme : config_.rules.programmes.all()) {
    if (core::to_hex(programme.digest()) != digest) continue;
    const auto done =
        records_.confirm({programme.year, programme.digest(), document, person.name, now_ms()});
    if (!done) return store_failed(done.error());
    return http::redirect_to("/programme?year=" + std::to_string(programme.year));
  }
  return site.refused(person, kProgrammeSection,
                      "Các giá trị đã thay đổi từ khi mở trang; xin xem lại rồi xác nhận.");
}

}  // namespace hailong::district::web
