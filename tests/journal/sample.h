#pragma once

#include <gtest/gtest.h>

#include <string>

#include "journal/journal.h"

namespace hailong::journal {

inline const core::DeviceId kDevice{"kt-10750-q1"};

/// More events, or bytes of them, than any journal of a test has.
inline constexpr std::int64_t kMany = 1'000'000;

inline core::Stamp stamp_at(std::int64_t wall_ms) {
  return {wall_ms, std::string(32, 'b'), wall_ms / 10, core::ClockState::kSynced};
}

inline core::Rating rating_of(int score, const std::string& visit) {
  return {core::VisitId{visit},
          core::Score::from(score).value(),
          core::CounterId{"q1"},
          core::FieldId{"ho-tich"},
          {}};
}

inline core::Consent consent_for(core::Seq rating, int keep_days = 90) {
  return {rating, "contact-1", keep_days};
}

/// The key is any that tells dossiers apart.
inline DossierRef dossier_ref(const std::string& code, std::uint8_t key) {
  DossierRef dossier;
  dossier.code = code;
  dossier.key.fill(key);
  return dossier;
}

template <typename T>
T must(core::Result<T> result) {
  if (!result) {
    ADD_FAILURE() << result.error().message;
    std::abort();
  }
  return std::move(*result);
}

inline void must(const core::Result<void>& result) {
  ASSERT_TRUE(result.has_value()) << result.error().message;
}

/// A journal with `count` ratings, scores 1, 2, 3, 4, 5, 1 …
inline Journal journal_with(const std::filesystem::path& folder, int count) {
  Journal journal = must(Journal::open(folder, kDevice));
  for (int i = 0; i < count; ++i) {
    must(journal.append(stamp_at(1'795'453'200'000 + i),
                        rating_of(i % 5 + 1, "v" + std::to_string(i))));
  }
  return journal;
}

}  // namespace hailong::journal
