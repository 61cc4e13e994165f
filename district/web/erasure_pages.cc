#include "district/web/erasure_pages.h"

#include "core/dossier_code.h"
#include "core/phone.h"
#include "core/text.h"
#include "district/clock.h"

namespace hailong::district::web {
namespace {

constexpr std::size_t kErasureFormBytes = 4096;

/// What the person has to mend; empty when nothing. The eraser refuses all of it too.
std::string fault_of_request(bool by_dossier, const std::string& subject, const std::string& reason,
                             bool sure) {
  if (by_dossier) {
    const auto code = core::dossier_code_in(subject, std::nullopt);
    if (!code) return "Mã hồ sơ chưa đúng, ví dụ 000.00.01.H24-261120-0001.";
    if (core::dossier_code_in(reason, std::nullopt) == code)
      return "Lý do không được chứa mã hồ sơ.";
  } else {
    const auto phone = core::vietnamese_phone(subject);
    if (!phone) return "Số điện thoại chưa đúng, ví dụ 0912 345 678.";
    if (core::holds_phone(reason, *phone)) return "Lý do không được chứa số điện thoại.";
  }
  if (reason.empty()) return "Xin ghi lý do, căn cứ.";
  if (!sure) return "Xin xác nhận đã hiểu nội dung xóa không lấy lại được.";
  return {};
}

}  // namespace

void ErasurePages::add_to(Site& site) {
  site.get("/erasure", access::Right::kEraseData,
           [this, &site](const http::Request&, const access::Principal& person) {
             return site.page(person, "erasure", "Xóa dữ liệu", erasure_html(view(person)));
           });
  site.post(
      "/erasure", access::Right::kEraseData,
      [this, &site](const http::Request& request, const access::Principal& person) {
        return erase(site, request, person);
      },
      kErasureFormBytes);
}

ErasureView ErasurePages::view(const access::Principal& person) const {
  return {person.csrf,
          "",
          std::nullopt,
          true,
          "",
          core::local_date(now_ms()),
          config_.rules.units,
          config_.retention.words_days,
          config_.retention.words_days_after_close};
}

http::Response ErasurePages::erase(const Site& site, const http::Request& request,
                                   const access::Principal& person) {
  const auto field = [&](const char* name) {
    return http::first_of(request.form, name).value_or("");
  };
  ErasureView shown = view(person);
  shown.by_dossier = field("about") == "dossier";
  shown.reason = core::to_nfc(field("reason"));
  shown.error =
      fault_of_request(shown.by_dossier, field("subject"), shown.reason, field("sure") == "yes");
  if (shown.error.empty()) {
    auto done = erased(shown.by_dossier, field("subject"), {person.name, shown.reason});
    if (done) {
      shown.erased = std::move(*done);
      shown.reason.clear();
    } else if (done.error().fault == core::Fault::kInvalid) {
      shown.error = "Lý do phải là một dòng, nhiều nhất 200 chữ cái.";
    } else {
      return store_failed(done.error());
    }
  }
  http::Response response = site.page(person, "erasure", "Xóa dữ liệu", erasure_html(shown));
  if (!shown.error.empty()) response.status = 400;
  return response;
}

core::Result<ingest::Erased> ErasurePages::erased(bool by_dossier, const std::string& subject,
                                                  const ingest::ErasureOrder& order) {
  if (!by_dossier) return eraser_.erase_phone(subject, order, now_ms());
  const auto secrets = ingest::read_dossier_secrets(config_.dossier_keys);
  if (!secrets) return core::Failure(secrets.error());
  return eraser_.erase_dossier(subject, *secrets, order, now_ms());
}

}  // namespace hailong::district::web
