#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/design/icons.h"
#include "kiosk/design/metrics.h"
#include "kiosk/design/skins.h"
#include "kiosk/design/text.h"
#include "kiosk/flow/flow.h"
#include "kiosk/render/renderer.h"

/// A screen as it is drawn: everything on it with its place, worked out once when the screen
/// changes. Drawing it, finding what a finger means, stepping through it with keys, speaking it and
/// testing it are all walks along the same list.

namespace hailong::kiosk::screens {

struct PlacedIcon {
  design::Icon icon;
  design::Colour colour;
  design::Rect rect;
};

enum class Sign { kTick, kAlert };

struct PlacedSign {
  Sign sign;
  design::Rect rect;
};

struct PlacedFace {
  int score = 1;
  design::Rect rect;
};

/// Photos of officers at the renderer, by place in Survey::officers; null: initials stand there.
using Photos = std::vector<render::Texture>;

/// A photo or, without one, the initials of an officer, as a disc.
struct PlacedPhoto {
  std::size_t officer = 0;  // by place in Survey::officers
  design::Rect rect;
};

/// What a finger has to do so that a thing means its event.
enum class Gesture {
  kTap,
  kHold,  // rest on it for kHoldMs, for what nobody should come across; not for keys
  kPass,  // come over it, as often as it likes; not for keys
};
inline constexpr flow::Millis kHoldMs = 3'000;

/// One thing on a page: a button, a face, a line of text, or several of these in one.
struct Item {
  design::Rect rect;                   // what is seen of it
  std::optional<design::Colour> fill;  // a plain rectangle
  std::optional<design::Skin> skin;    // its box
  bool chosen = false;
  bool held = false;  // drawn pressed although no finger is on it
  std::optional<PlacedFace> face;
  std::optional<PlacedIcon> icon;
  std::optional<PlacedSign> sign;
  std::optional<PlacedPhoto> photo;
  std::vector<design::TextBlock> texts;

  // What can be tapped has all of these.
  design::Rect hit;                  // takes the finger; contains `rect` or most of it
  std::optional<flow::Event> event;  // what a tap means
  Gesture gesture = Gesture::kTap;
  std::string spoken;  // key of what is said when a finger rests on it; may be empty
};

/// Dark and light modules of a QR code.
struct PlacedCode {
  design::Rect rect;  // with its quiet zone
  int modules = 0;    // a side
  std::vector<bool> dark;
};

/// A stretch of a line that is neither level nor upright; those are filled rectangles.
struct PlacedLine {
  float from_x = 0;
  float from_y = 0;
  float to_x = 0;
  float to_y = 0;
  float width = 1;
  design::Colour colour;
};

struct Page {
  std::vector<Item> items;
  std::vector<PlacedLine> lines;  // over the items
  std::optional<PlacedCode> code;
  std::vector<std::string> spoken;  // keys of what is said when the page opens
  float veil = 0;                   // 0 to 1: how much a dimmed screen is darkened
};

/// The page's item that takes a finger at a point; null where there is none. Later items lie on
/// top.
const Item* item_at(const Page& page, float x, float y);

/// Whether keys step to it.
bool is_step(const Item& item);

/// Where stepping with keys begins: behind the switches of the header.
std::size_t first_step(const Page& page);

}  // namespace hailong::kiosk::screens
