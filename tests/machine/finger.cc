// A touch screen with one finger, made by /dev/uinput: the kernel, udev and SDL take it for a real
// one.
//   hailong-finger FIFO     reads lines "tap X Y" (0 to 1 of the panel's width and height) from
//   FIFO until it is killed
#include <fcntl.h>
#include <linux/uinput.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

namespace {

constexpr int kMost = 4095;                            // of both axes
constexpr auto kDown = std::chrono::milliseconds(80);  // how long a tap rests on the glass

void need(bool done, const char* what) {
  if (done) return;
  std::perror(what);
  std::exit(1);
}

class Finger {
 public:
  Finger() : file_(open("/dev/uinput", O_WRONLY | O_CLOEXEC)) {
    need(file_ >= 0, "/dev/uinput");
    for (const int type : {EV_SYN, EV_KEY, EV_ABS}) {
      need(ioctl(file_, UI_SET_EVBIT, type) == 0, "UI_SET_EVBIT");
    }
    need(ioctl(file_, UI_SET_KEYBIT, BTN_TOUCH) == 0, "UI_SET_KEYBIT");
    need(ioctl(file_, UI_SET_PROPBIT, INPUT_PROP_DIRECT) == 0, "UI_SET_PROPBIT");
    for (const auto& [axis, most] :
         {std::pair(ABS_X, kMost), std::pair(ABS_Y, kMost), std::pair(ABS_MT_SLOT, 1),
          std::pair(ABS_MT_TRACKING_ID, 65535), std::pair(ABS_MT_POSITION_X, kMost),
          std::pair(ABS_MT_POSITION_Y, kMost)}) {
      uinput_abs_setup setup{};
      setup.code = static_cast<__u16>(axis);
      setup.absinfo.maximum = most;
      need(ioctl(file_, UI_ABS_SETUP, &setup) == 0, "UI_ABS_SETUP");
    }
    uinput_setup device{};
    device.id.bustype = BUS_USB;
    std::snprintf(device.name, sizeof device.name, "Test touch screen");
    need(ioctl(file_, UI_DEV_SETUP, &device) == 0, "UI_DEV_SETUP");
    need(ioctl(file_, UI_DEV_CREATE) == 0, "UI_DEV_CREATE");
  }

  void tap(double x, double y) {
    // No hand hits the same point twice, and the kernel does not repeat a value: a program that was
    // started since the last tap would not learn where this one is.
    const int sway = touch_ % 2;
    const int across = static_cast<int>(x * kMost) + sway;
    const int down = static_cast<int>(y * kMost) + sway;
    send(EV_ABS, ABS_MT_SLOT, 0);
    send(EV_ABS, ABS_MT_TRACKING_ID, ++touch_);
    send(EV_ABS, ABS_MT_POSITION_X, across);
    send(EV_ABS, ABS_MT_POSITION_Y, down);
    send(EV_KEY, BTN_TOUCH, 1);
    send(EV_ABS, ABS_X, across);
    send(EV_ABS, ABS_Y, down);
    send(EV_SYN, SYN_REPORT, 0);
    std::this_thread::sleep_for(kDown);
    send(EV_ABS, ABS_MT_SLOT, 0);
    send(EV_ABS, ABS_MT_TRACKING_ID, -1);
    send(EV_KEY, BTN_TOUCH, 0);
    send(EV_SYN, SYN_REPORT, 0);
  }

 private:
  void send(int type, int code, int value) {
    input_event event{};
    event.type = static_cast<__u16>(type);
    event.code = static_cast<__u16>(code);
    event.value = value;
    need(write(file_, &event, sizeof event) == sizeof event, "/dev/uinput");
  }

  int file_;
  int touch_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "hailong-finger FIFO\n");
    return 2;
  }
  unlink(argv[1]);
  need(mkfifo(argv[1], 0600) == 0, argv[1]);
  Finger finger;
  for (;;) {
    std::ifstream lines(argv[1]);  // waits for a writer
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string word;
      double x = 0;
      double y = 0;
      if (words >> word >> x >> y && word == "tap") finger.tap(x, y);
    }
  }
}
