#pragma once

#include <chrono>

#include "core/resident_texts.h"
#include "wire/bundle.h"

namespace hailong::tests {

/// A bundle with every part. No real people.
inline wire::Bundle full_bundle(const core::DeviceId& device,
                                std::int64_t number = 1'795'453'201'000) {
  using namespace std::chrono_literals;
  wire::Bundle bundle;
  bundle.device = device;
  bundle.number = number;
  bundle.unit = wire::UnitNames{"UBND xã Phú Thái", "Bộ phận Một cửa"};
  bundle.thank_you_seconds = 7;
  core::Questionnaire questionnaire;
  questionnaire.low = {{"long-wait", false}, {"extra-money", true}};
  questionnaire.middle = {{"long-wait", false}};
  questionnaire.high = {{"greeted", false}};
  questionnaire.purposes = {{"submit", false}, {"result", false}};
  questionnaire.official = {{"tt01-1", {{"2", false}, {"0", false}}, {"result"}}};
  questionnaire.statements = {core::statement_of("clean")};
  questionnaire.extra_payment = core::extra_payment_of({{"no", false}, {"yes", true}});
  for (const std::string& key : core::text_keys_of(questionnaire)) {
    bundle.texts["vi"][key] = "Lời của " + key;
    bundle.texts["en"][key] = "Words of " + key;
  }
  bundle.questionnaire = std::move(questionnaire);
  bundle.texts["vi"]["question.text"] = "Hôm nay Ông/Bà hài lòng thế nào?";
  bundle.fields = {{core::FieldId{"ho-tich"}, "Hộ tịch"}};
  bundle.procedures = {{"1.001193", core::FieldId{"ho-tich"}, "Đăng ký khai sinh"}};
  bundle.counters = {{core::CounterId{"q1"}, "Quầy số 1"}, {core::CounterId{"q2"}, "Quầy số 2"}};
  bundle.officers = {{"cb-01", "Nguyễn Văn A", core::CounterId{"q1"}, {}},
                     {"cb-02", "Nguyễn Văn B", {}, {}}};
  bundle.opening = {{"mon-fri", "07:30", "17:00"}};
  bundle.holidays = core::WorkingCalendar::of({{2026y / 1 / 1, {false, "Tết Dương lịch", true, {}}},
                                               {2026y / 1 / 10, {true, "Làm bù", false, {}}}})
                        .value();
  return bundle;
}

}  // namespace hailong::tests
