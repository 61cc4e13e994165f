#include "kiosk/design/icons.h"

#include "kiosk/design/icon_pen.h"

namespace hailong::kiosk::design {
namespace {

using Pen = IconPen;

void text_size(Pen& pen) {
  pen.lines({{1.4, 19.5}, {4.6, 11.2}, {7.8, 19.5}});
  pen.line({2.5, 17}, {6.7, 17});
  pen.lines({{9.2, 19.5}, {15.9, 3.5}, {22.6, 19.5}});
  pen.line({11.5, 14.4}, {20.3, 14.4});
}

void contrast(Pen& pen) {
  pen.ring({12, 12}, 9.5);
  pen.width(0.5);
  pen.solid({{12, 5.2},
             {14.6, 5.7},
             {16.8, 7.2},
             {18.3, 9.4},
             {18.8, 12},
             {18.3, 14.6},
             {16.8, 16.8},
             {14.6, 18.3},
             {12, 18.8}});
}

void language(Pen& pen) {
  pen.ring({12, 12}, 9.5);
  pen.oval({12, 12}, 4.2, 9.5);
  pen.line({2.5, 12}, {21.5, 12});
}

void speaker_body(Pen& pen) {
  pen.solid({{2.5, 9.4}, {6.4, 9.4}, {11, 5.4}, {11, 18.6}, {6.4, 14.6}, {2.5, 14.6}});
}

void speaker(Pen& pen) {
  speaker_body(pen);
  pen.arc({11, 12}, 5.2, -0.5, 0.5);
  pen.arc({11, 12}, 9.8, -0.5, 0.5);
}

void speaker_off(Pen& pen) {
  speaker_body(pen);
  pen.line({15.4, 9}, {21.4, 15});
  pen.line({21.4, 9}, {15.4, 15});
}

void wheelchair(Pen& pen) {
  pen.dot({9.3, 3.4}, 2.1);
  pen.lines({{9.3, 7.6}, {9.3, 13.8}, {15.6, 13.8}, {18.4, 20.2}, {21, 19.2}});
  pen.line({9.3, 10.4}, {14.6, 10.4});
  pen.arc({9.8, 16.1}, 5.5, 0.32, 2.62);
}

void back(Pen& pen) {
  pen.line({3.2, 12}, {21, 12});
  pen.lines({{10.4, 4.8}, {3.2, 12}, {10.4, 19.2}});
}

void forward(Pen& pen) {
  pen.line({3, 12}, {20.8, 12});
  pen.lines({{13.6, 4.8}, {20.8, 12}, {13.6, 19.2}});
}

void up(Pen& pen) { pen.lines({{3.2, 16.4}, {12, 7.6}, {20.8, 16.4}}); }

void down(Pen& pen) { pen.lines({{3.2, 7.6}, {12, 16.4}, {20.8, 7.6}}); }

void tick(Pen& pen) {
  pen.width(2.8);
  pen.lines({{3.6, 12.8}, {9.4, 18.6}, {20.4, 6.2}});
}

void empty_box(Pen& pen) { pen.box({3.5, 3.5}, {20.5, 20.5}, 3); }

void info(Pen& pen) {
  pen.ring({12, 12}, 9.5);
  pen.line({12, 11.4}, {12, 16.6});
  pen.dot({12, 7.5}, 1.4);
}

void backspace(Pen& pen) {
  pen.shape({{8.4, 4.8}, {21.6, 4.8}, {21.6, 19.2}, {8.4, 19.2}, {2.2, 12}});
  pen.line({11.6, 9}, {17.6, 15});
  pen.line({17.6, 9}, {11.6, 15});
}

void shift(Pen& pen) {
  pen.shape({{12, 3}, {21, 12.4}, {16.2, 12.4}, {16.2, 20.6}, {7.8, 20.6}, {7.8, 12.4}, {3, 12.4}});
}

/// A handset, leaning; filled, for its outline alone would be all corners.
void phone(Pen& pen) {
  pen.solid({{3.4, 5.4}, {6.2, 2.8}, {10, 7.4}, {6.4, 10.4}});
  pen.solid({{18.6, 20.6}, {21.2, 17.8}, {16.6, 14}, {13.6, 17.6}});
  pen.width(4.4);
  pen.curve({5.6, 7.4}, {7.2, 12.4}, {11.6, 16.8}, {16.6, 18.4});
}

void pen_and_line(Pen& pen) {
  pen.shape({{3.4, 16.6}, {15.6, 4.4}, {19.6, 8.4}, {7.4, 20.6}, {2.8, 21.2}});
  pen.line({12.6, 7.4}, {16.6, 11.4});
  pen.line({14, 21.2}, {21.2, 21.2});
}

void dossier(Pen& pen) {
  pen.shape({{14, 2.4}, {4.8, 2.4}, {4.8, 21.6}, {19.2, 21.6}, {19.2, 7.6}});
  pen.lines({{14, 2.4}, {14, 7.6}, {19.2, 7.6}});
  pen.line({8.6, 12.4}, {15.4, 12.4});
  pen.line({8.6, 16.8}, {15.4, 16.8});
}

void counter(Pen& pen) {
  pen.ring({12, 5.8}, 3.4);
  pen.curve({5.6, 16}, {5.6, 10.6}, {18.4, 10.6}, {18.4, 16});
  pen.line({1.8, 16}, {22.2, 16});
  pen.lines({{4.4, 16}, {4.4, 21.6}, {19.6, 21.6}, {19.6, 16}});
}

void coin(Pen& pen) {
  pen.ring({12, 12}, 10);
  pen.width(1.7);
  pen.ring({11.3, 12.8}, 2.7);
  pen.line({14, 6.4}, {14, 15.5});
  pen.line({11.4, 8}, {16.2, 8});
  pen.line({8.6, 18}, {14.4, 18});
}

void two_people(Pen& pen) {
  pen.ring({8.4, 6.8}, 3.5);
  pen.curve({1.8, 20.4}, {1.8, 11.2}, {15, 11.2}, {15, 20.4});
  pen.curve({15.2, 3.6}, {18.9, 3.9}, {18.9, 9.7}, {15.2, 10});
  pen.curve({17.4, 13.4}, {20.4, 14}, {22.2, 16.4}, {22.2, 20.4});
}

void magnifier(Pen& pen) {
  pen.ring({10, 10}, 7);
  pen.width(2.6);
  pen.line({15.4, 15.4}, {21.2, 21.2});
}

void clock(Pen& pen) {
  pen.ring({12, 12}, 9.5);
  pen.lines({{12, 6.4}, {12, 12.2}, {16, 14.6}});
}

void reasons(Pen& pen) {
  pen.shape({{4.6, 3.2},
             {19.4, 3.2},
             {21.6, 5.4},
             {21.6, 14.8},
             {19.4, 17},
             {11.6, 17},
             {6.8, 21.6},
             {6.8, 17},
             {4.6, 17},
             {2.4, 14.8},
             {2.4, 5.4}});
  pen.line({7, 8.2}, {17, 8.2});
  pen.line({7, 12.2}, {13.6, 12.2});
}

void question(Pen& pen) {
  pen.ring({12, 12}, 9.5);
  pen.curve({9, 9.5}, {9, 5.4}, {15.2, 5.4}, {15.2, 9.4});
  pen.curve({15.2, 9.4}, {15.2, 11.8}, {12, 11.6}, {12, 14});
  pen.dot({12, 17.4}, 1.4);
}

void draw(Pen& pen, Icon icon) {
  switch (icon) {
    case Icon::kText:
      return text_size(pen);
    case Icon::kContrast:
      return contrast(pen);
    case Icon::kLanguage:
      return language(pen);
    case Icon::kSpeaker:
      return speaker(pen);
    case Icon::kSpeakerOff:
      return speaker_off(pen);
    case Icon::kLower:
      return wheelchair(pen);
    case Icon::kBack:
      return back(pen);
    case Icon::kForward:
      return forward(pen);
    case Icon::kUp:
      return up(pen);
    case Icon::kDown:
      return down(pen);
    case Icon::kTick:
      return tick(pen);
    case Icon::kBox:
      return empty_box(pen);
    case Icon::kInfo:
      return info(pen);
    case Icon::kBackspace:
      return backspace(pen);
    case Icon::kShift:
      return shift(pen);
    case Icon::kPhone:
      return phone(pen);
    case Icon::kPen:
      return pen_and_line(pen);
    case Icon::kDossier:
      return dossier(pen);
    case Icon::kCounter:
      return counter(pen);
    case Icon::kCoin:
      return coin(pen);
    case Icon::kHelpingHand:
      return two_people(pen);
    case Icon::kSearch:
      return magnifier(pen);
    case Icon::kClock:
      return clock(pen);
    case Icon::kReasons:
      return reasons(pen);
    case Icon::kQuestion:
      return question(pen);
  }
}

}  // namespace

Picture paint_icon(Icon icon, int size) {
  return paint(size, size, [&](cairo_t* to) {
    IconPen pen(to, size);
    draw(pen, icon);
  });
}

}  // namespace hailong::kiosk::design
