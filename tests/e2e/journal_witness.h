#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "core/ids.h"

namespace hailong::tests {

/// Looks into the journal of a running kiosk from beside.
class JournalWitness {
 public:
  explicit JournalWitness(std::filesystem::path journal) : journal_(std::move(journal)) {}

  /// Waits until event `seq` is there: the event as it was chained. Throws when it does not come.
  [[nodiscard]] nlohmann::json event(core::Seq seq) const;
  /// Kind and body of an event, e.g. {"correction":{"rating":1,"score":4}}: what a test compares.
  [[nodiscard]] nlohmann::json said(core::Seq seq) const;

  /// Number of the newest event; 0 while there is none.
  [[nodiscard]] core::Seq last() const;
  /// The words, contact data or dossier code that event `seq` commits to.
  [[nodiscard]] std::string content(core::Seq seq) const;

 private:
  [[nodiscard]] std::string text(const std::string& sql) const;

  std::filesystem::path journal_;
};

}  // namespace hailong::tests
