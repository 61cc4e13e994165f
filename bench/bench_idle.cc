#include <gtest/gtest.h>

#include "bench/clocks.h"
#include "bench/report.h"
#include "district/clock.h"
#include "district/storage/devices.h"
#include "sync/journal_watch.h"
#include "sync/loop.h"
#include "tests/district/running_district.h"
#include "tests/fault/backlog.h"
#include "tests/fault/virtual_waiting.h"
#include "wire/key_file.h"

/// What an idle daemon costs: the processor time of its thread over a day in which nothing is
/// tapped, divided by that day. Everything that the daemon does in such a day is done, with a real
/// journal, real sockets and a real district; only the waits in between take no time. Each of them
/// looks once at what the kernel says of the journal's folder, as a real wait does.

namespace {

using namespace hailong;
using std::chrono::hours;
using std::chrono::milliseconds;

double idle_share() {
  district::RunningDistrict district;
  const tests::TempFolder folder;
  const std::int64_t now_ms = district::now_ms();
  tests::write_backlog(folder.path(), core::DeviceId{"kt-1"}, 1000, now_ms - district::kDay,
                       now_ms);
  const auto outbox = district::must(journal::Outbox::open(folder.path()));
  district::must(district::storage::Devices(district.store())
                     .add({outbox.identity().device, core::UnitCode{"10750"}, core::CounterId{"q1"},
                           "", outbox.identity().public_key},
                          {"bench", now_ms}));
  sync::Settings settings;
  settings.data_dir = folder.path();
  settings.district =
      district::must(wire::read_key(district.config().data_dir / district::kDistrictKeyFile))
          .public_key();

  const auto stop = district::must(sync::stop_signals());
  program::Supervisor supervisor;
  const auto watch = district::must(sync::JournalWatch::open(folder.path(), stop, supervisor));
  sync::HttpTransport transport(district.url().substr(0, district.url().size() - 1), {},
                                [] { return false; }, {});
  double begun_ms = 0;
  milliseconds begun{0};
  tests::VirtualWaiting waiting([&](tests::VirtualWaiting& self) {
    watch->for_change(milliseconds(0));
    if (self.waited() < hours(1)) return;  // what was waiting is sent
    if (begun_ms == 0) {
      begun_ms = bench::cpu_ms();
      begun = self.waited();
    }
    if (self.waited() - begun >= hours(24)) self.stop();
  });
  sync::Loop(settings, transport, waiting, [] { return 0.5; }).run();
  const double cpu = bench::cpu_ms() - begun_ms;
  const auto day = static_cast<double>((waiting.waited() - begun).count());
  bench::Report::note("waits in 25 hours", waiting.waits(), "");
  bench::Report::note("processor time in 24 hours", cpu, "ms");
  return 100 * cpu / day;
}

}  // namespace

int main() {
  bench::Report report;
  report.at_most("idle daemon", idle_share(), 0.05, "% of a processor");
  return report.exit_code();
}
