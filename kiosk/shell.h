#pragma once

#include <memory>
#include <optional>

#include "core/result.h"
#include "kiosk/design/metrics.h"
#include "kiosk/shown.h"

namespace hailong::program {
class Supervisor;
}

namespace hailong::kiosk {

/// The running kiosk: window, events, the loop, and the writer beside it. It draws when something
/// has happened or is due, and sleeps otherwise. A configuration bundle that comes is shown as soon
/// as it is nobody's turn.
class Shell {
 public:
  enum class Use {
    kRate,   // the kiosk
    kStaff,  // staff mode alone, on an office computer
    kEnrol,  // before the kiosk is a device of the district: asks for its code
  };

  /// `own`: by the kiosk's own files. Opens a window of that size, or fills the screen.
  /// `supervisor`, which must outlive the shell, hears of the first picture that was shown and then
  /// that the loop goes round. Errors: kIo (no display), kNotFound and kInvalid (fonts).
  static core::Result<Shell> start(Shown own, std::optional<design::Size> windowed, Use use,
                                   program::Supervisor& supervisor);

  Shell(Shell&&) noexcept;
  Shell& operator=(Shell&&) noexcept;
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;
  ~Shell();

  /// Returns when the kiosk that was to enrol is enrolled, or when the program is asked to end
  /// (SIGTERM, SIGINT, window closed) and everything that
  /// was tapped is on the disk. Errors: kIo when the screen was lost for good.
  core::Result<void> run();

 private:
  class Loop;
  explicit Shell(std::unique_ptr<Loop> loop);
  std::unique_ptr<Loop> loop_;
};

}  // namespace hailong::kiosk
