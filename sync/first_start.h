#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "sync/outlook.h"
#include "sync/settings.h"
#include "sync/transport.h"
#include "sync/waiting.h"
#include "wire/enrolment_file.h"

namespace hailong::sync {

/// What the daemon does before there is anything to send: it waits until this machine is a device
/// of the district, and enrols it with the code that somebody enters at the kiosk. One thread.
class FirstStart {
 public:
  /// All arguments must outlive it; `chance` is even in [0, 1); `say` hears how things stand while
  /// it waits.
  FirstStart(Settings& settings, Transport& transport, Waiting& waiting,
             std::function<double()> chance, Saying say = {})
      : settings_(settings),
        transport_(transport),
        waiting_(waiting),
        chance_(std::move(chance)),
        say_(std::move(say)) {}

  /// Returns when the district's key is known and the machine is enrolled or has a journal, or
  /// when the daemon has to stop. Outlives every trouble.
  void wait_until_enrolled();

 private:
  bool is_ready();
  void try_to_enrol();
  void answer(const wire::EnrolRequest& request);
  void say(const wire::EnrolRequest& request, wire::EnrolState state);
  std::chrono::milliseconds wait_to_enrol();
  void tell(const std::string& trouble);
  void say_waiting(const std::string& trouble);

  Settings& settings_;
  Transport& transport_;
  Waiting& waiting_;
  std::function<double()> chance_;
  Saying say_;
  int attempt_ = 0;
  /// What could not be said yet of a request that is over.
  struct Unsaid {
    wire::EnrolRequest request;
    wire::EnrolState state;
  };
  std::optional<Unsaid> unsaid_;
  std::string told_;        // what the log says already
  std::string unreadable_;  // why it is not known what this machine is; empty: it is, or it is none
};

}  // namespace hailong::sync
