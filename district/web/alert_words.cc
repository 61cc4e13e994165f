#include "district/web/alert_words.h"

#include <array>
#include <string_view>

#include "core/numbers.h"

namespace hailong::district::web {
namespace {

using core::vietnamese_count;

/// Answers that raise an alert, by the ids of assets/survey.toml.
struct AlertName {
  std::string_view question;
  std::string_view choice;
  const char* name;
};
constexpr std::array kAlertNames = {
    AlertName{"reasons", "extra-money", "Thu thêm tiền ngoài quy định"},
    AlertName{"later-reasons", "extra-money", "Thu thêm tiền ngoài quy định, nói sau ở nhà"},
    AlertName{"extra-payment", "yes", "Phải trả thêm khoản tiền ngoài niêm yết"}};

}  // namespace

std::string alert_words(const storage::UnitAlerts& alerts) {
  std::string named;
  for (const AlertName& known : kAlertNames) {
    const auto found =
        alerts.answers.find({std::string(known.question), std::string(known.choice)});
    if (found == alerts.answers.end()) continue;
    named.append(named.empty() ? "" : "; ").append(known.name).append(": ");
    named.append(vietnamese_count(found->second));
  }
  const std::string count = "Cảnh báo: " + vietnamese_count(alerts.ratings) + " phiếu";
  return named.empty() ? count : count + " (" + named + ")";
}

}  // namespace hailong::district::web
