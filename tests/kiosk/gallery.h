#pragma once

#include <string>
#include <vector>

#include "kiosk/flow/flow.h"

namespace hailong::tests {

/// A screen worth looking at, with a name for its picture.
struct Exhibit {
  std::string name;
  kiosk::flow::Screen screen;
  int press = 0;  // the score whose card is under a finger; 0: none
};

/// Every screen that a resident can meet, in each of its states that look different.
std::vector<Exhibit> gallery(const kiosk::flow::Survey& survey);

}  // namespace hailong::tests
