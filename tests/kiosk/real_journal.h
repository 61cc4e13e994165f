#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "core/event.h"
#include "kiosk/flow/flow.h"
#include "kiosk/writer.h"
#include "tests/kiosk/outcomes.h"
#include "tests/temp_folder.h"

namespace hailong::tests {

/// A journal in a folder of its own with the thread that writes it, as the kiosk has them; its
/// outcomes are told when the test asks for them, so that a run is the same every time.
class RealJournal {
 public:
  RealJournal();

  void hand_over(const kiosk::flow::Effect& effect);

  /// How many outcomes have not been told yet.
  [[nodiscard]] std::size_t waiting() const { return tickets_.size() - told_; }
  /// The next outcome, as the flow hears of it; waits for it.
  kiosk::flow::Event next_outcome();
  /// Waits until everything that was handed over has an outcome, told or not.
  void finish();

  /// Ends the thread. Nothing can be handed over any more.
  void close() { writer_.stop(); }

  /// From the file: every event, in order.
  [[nodiscard]] std::vector<core::Event> events() const;
  /// What the auditors' verification says; empty when all is well.
  [[nodiscard]] std::string complaint() const;

  [[nodiscard]] std::filesystem::path file() const;
  /// The visit that a ticket was given to.
  [[nodiscard]] static core::VisitId visit_of(kiosk::flow::Ticket ticket);

 private:
  TempFolder folder_;
  Outcomes outcomes_;
  std::vector<kiosk::flow::Ticket> tickets_;
  std::size_t told_ = 0;
  kiosk::Writer writer_;
};

}  // namespace hailong::tests
