#include "kiosk/input/touch_screens.h"

#include <SDL.h>
#include <libudev.h>

#include <memory>
#include <string_view>

namespace hailong::kiosk::input {
namespace {

struct Release {
  void operator()(udev* context) const { udev_unref(context); }
  void operator()(udev_enumerate* list) const { udev_enumerate_unref(list); }
  void operator()(udev_device* device) const { udev_device_unref(device); }
};

std::string text_of(const char* text) { return text == nullptr ? "" : text; }

/// SDL knows the devices by the names that the kernel gives them.
std::string name_of(std::int64_t device) {
  for (int i = 0; i < SDL_GetNumTouchDevices(); ++i) {
    if (SDL_GetTouchDevice(i) == device) return text_of(SDL_GetTouchName(i));
  }
  return "";
}

}  // namespace

std::vector<TouchScreen> touch_screens() {
  std::vector<TouchScreen> screens;
  const std::unique_ptr<udev, Release> context(udev_new());
  if (!context) return screens;
  const std::unique_ptr<udev_enumerate, Release> list(udev_enumerate_new(context.get()));
  if (!list) return screens;
  udev_enumerate_add_match_subsystem(list.get(), "input");
  udev_enumerate_add_match_sysname(list.get(), "event*");
  udev_enumerate_add_match_property(list.get(), "ID_INPUT_TOUCHSCREEN", "1");
  udev_enumerate_scan_devices(list.get());
  udev_list_entry* entry = nullptr;
  udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(list.get())) {
    const std::unique_ptr<udev_device, Release> device(
        udev_device_new_from_syspath(context.get(), udev_list_entry_get_name(entry)));
    if (!device) continue;
    udev_device* parent = udev_device_get_parent(device.get());  // belongs to the device
    screens.push_back(
        {parent == nullptr ? "" : text_of(udev_device_get_sysattr_value(parent, "name")),
         text_of(udev_device_get_property_value(device.get(), "LIBINPUT_CALIBRATION_MATRIX"))});
  }
  return screens;
}

Matrix calibration_of(std::int64_t device) { return matrix_for(name_of(device), touch_screens()); }

}  // namespace hailong::kiosk::input
