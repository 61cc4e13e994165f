#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "district/scoring/service_indices.h"
#include "district/storage/roll_ups.h"

namespace hailong::district::scoring {

/// The component indices of TT 01/2018 that residents answer at the kiosk: 1, 3 and 4.
struct AskedIndex {
  int number;
  const char* question;  // of assets/survey.toml
  const char* name;
};
inline constexpr std::array kAskedIndices = {
    AskedIndex{1, "tt01-1", "Chỉ số 1: thời gian giải quyết so với thời gian cho phép"},
    AskedIndex{3, "tt01-3", "Chỉ số 3: số lần phải liên hệ để hoàn thiện hồ sơ"},
    AskedIndex{4, "tt01-4", "Chỉ số 4: số cơ quan phải liên hệ để hoàn thiện hồ sơ"}};

/// Index 7 follows time and complaints: it comes from the register of dossiers.
inline constexpr const char* kConductIndexName =
    "Chỉ số 7: thái độ, theo thời hạn trả kết quả và phản ánh, kiến nghị";

/// How the question was answered; rows of several units are added up.
DossierScores asked_scores(const std::vector<storage::AnswerRow>& rows, std::string_view question);

}  // namespace hailong::district::scoring
