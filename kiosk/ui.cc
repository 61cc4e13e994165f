#include "kiosk/ui.h"

#include <imgui.h>
#include <malloc.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "kiosk/design/photo.h"
#include "kiosk/screens/compose.h"

namespace hailong::kiosk {
namespace {

// Characters that stand in no text: the seconds, the end of what was cut, what joins names.
constexpr std::string_view kDrawnByUs = "0123456789… ·A+/|";
// Characters that nobody types and staff mode shows.
constexpr std::string_view kShownToStaff = "•°−×≤≥→±";

/// ImGui wants to have fonts at any time; these are none.
ImFontAtlas& no_fonts() {
  static ImFontAtlas atlas;
  return atlas;
}

constexpr flow::Millis kVeilMs = 150;
constexpr float kVeilAtFirst = 0.8F;  // the new screen shows in its first frame already

design::Contrast contrast_of(const flow::Preferences& preferences) {
  return preferences.contrast == flow::Contrast::kHigh ? design::Contrast::kHigh
                                                       : design::Contrast::kNormal;
}

design::TextSize text_size_of(const flow::Preferences& preferences) {
  switch (preferences.text) {
    case flow::TextSize::kLarge:
      return design::TextSize::kAPlus;
    case flow::TextSize::kLargest:
      return design::TextSize::kAPlusPlus;
    case flow::TextSize::kNormal:
      break;
  }
  return design::TextSize::kA;
}

float pixels_per_mm(design::Size window, double diagonal_inches) {
  constexpr double kMillimetresPerInch = 25.4;
  const double pixels = std::hypot(window.width, window.height);
  return static_cast<float>(pixels / (diagonal_inches * kMillimetresPerInch));
}

template <typename S>
constexpr std::size_t index_of() {
  return flow::Screen(std::in_place_type<S>).index();
}

/// Screens of one look need no fade between them: what is being saved looks like where it was
/// tapped.
std::size_t look_of(const flow::Screen& screen) {
  if (const auto* saving = std::get_if<flow::Saving>(&screen)) {
    return saving->correcting ? index_of<flow::ChooseAgain>() : index_of<flow::Home>();
  }
  return screen.index();
}

/// The first thing that can be tapped and for which `wanted` holds, by its place in the page's
/// items.
template <typename Wanted>
std::optional<std::size_t> find_place(const screens::Page& page, const Wanted& wanted) {
  const auto found =
      std::find_if(page.items.begin(), page.items.end(),
                   [&wanted](const screens::Item& item) { return item.event && wanted(item); });
  if (found == page.items.end()) return std::nullopt;
  return static_cast<std::size_t>(found - page.items.begin());
}

bool needs_refit(const flow::Preferences& before, const flow::Preferences& after) {
  return before.text != after.text || before.contrast != after.contrast ||
         before.lower != after.lower;
}

}  // namespace

Ui::Ui(const Contents& contents)
    : contents_(contents), context_(ImGui::CreateContext(&no_fonts())) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  ImGui::GetStyle().AntiAliasedFill = false;  // nothing round is drawn by ImGui
}

Ui::~Ui() {
  release();
  ImGui::DestroyContext(context_);
}

const Texts& Ui::texts() const {
  return preferences_.language == flow::Language::kEnglish ? contents_.english
                                                           : contents_.vietnamese;
}

const design::Theme& Ui::theme() const { return design::theme(contrast_of(preferences_)); }

design::Colour Ui::background() const { return theme().background; }

core::Result<void> Ui::fit(design::Size window, render::Renderer& renderer) {
  release();
  renderer_ = &renderer;
  window_ = window;
  completed_ = false;
  return fit_preferences(preferences_);
}

void Ui::release() {
  page_ = {};  // its texts name fonts
  let_go();
  focus_.reset();
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().Fonts = &no_fonts();
  fonts_.reset();
  pictures_.reset();
  photos_.clear();  // the renderer ends, and they with it
}

/// Photos look alike in every theme. One that cannot be read is logged, and initials stand in.
void Ui::load_photos() {
  if (!photos_.empty()) return;
  for (const flow::Officer& officer : contents_.survey.officers) {
    photos_.push_back(nullptr);
    if (officer.photo.empty()) continue;
    const auto photo = design::read_photo(officer.photo, static_cast<int>(metrics_.photo));
    const auto texture = photo ? renderer_->add(*photo) : core::Failure(photo.error());
    if (texture) {
      photos_.back() = *texture;
    } else {
      spdlog::warn("no photo of officer {}: {}", officer.id, texture.error().message);
    }
  }
}

core::Result<void> Ui::complete() {
  completed_ = true;
  load_photos();
  return fit_preferences(preferences_);
}

core::Result<void> Ui::fit_preferences(const flow::Preferences& preferences) {
  ImGui::SetCurrentContext(context_);
  preferences_ = preferences;
  const float density = pixels_per_mm(window_, contents_.diagonal_inches);
  metrics_ = design::metrics_for(window_, text_size_of(preferences), density, preferences.lower);
  const auto characters = completed_ ? all_characters() : first_characters();
  auto fonts = design::FontSet::load(contents_.assets_dir, metrics_, characters, *renderer_);
  if (!fonts) return core::Failure(fonts.error());
  auto pictures = design::Pictures::load_first(theme(), metrics_, *renderer_);
  if (!pictures) return core::Failure(pictures.error());
  if (completed_) {
    if (auto rest = (*pictures)->load_rest(); !rest) return rest;
  }
  ImGuiIO& io = ImGui::GetIO();
  fonts_ = std::move(*fonts);
  pictures_ = std::move(*pictures);
  io.Fonts = &fonts_->atlas();
  io.DisplaySize = {static_cast<float>(window_.width), static_cast<float>(window_.height)};
  compose();
  // What the look was made with, and the one before: 6 MiB that would stay with the program.
  if (completed_) malloc_trim(0);
  return {};
}

/// What an untouched home screen says.
std::vector<std::string_view> Ui::first_characters() const {
  std::vector<std::string_view> list = {kDrawnByUs, contents_.place.unit, contents_.place.place,
                                        contents_.place.counter};
  for (const char* key :
       {"question.text", "question.hint", "question.closed", "scale.score_1", "scale.score_2",
        "scale.score_3", "scale.score_4", "scale.score_5", "more.complaints", "switches.text",
        "switches.contrast", "switches.language", "switches.sound", "switches.lower"}) {
    list.emplace_back(contents_.vietnamese[key]);
  }
  return list;
}

std::vector<std::string_view> Ui::all_characters() const {
  std::vector<std::string_view> list = contents_.vietnamese.all();
  const auto add = [&list](std::string_view text) { list.push_back(text); };
  for (const std::string_view text : contents_.english.all()) add(text);
  for (const auto& text : {kDrawnByUs, kShownToStaff, design::all_typable()}) add(text);
  const flow::Survey& survey = contents_.survey;
  for (const std::string* text :
       {&contents_.place.unit, &contents_.place.place, &contents_.place.counter,
        &survey.complaints.place, &survey.complaints.hours, &survey.complaints.phone}) {
    add(*text);
  }
  for (const flow::Field& field : survey.fields) add(field.name);
  for (const flow::Procedure& procedure : survey.procedures) add(procedure.name);
  for (const flow::Counter& counter : survey.counters) add(counter.name);
  for (const flow::Officer& officer : survey.officers) add(officer.name);
  return list;
}

core::Result<void> Ui::show(const flow::Screen& screen, const flow::Preferences& preferences,
                            bool open, flow::Millis now) {
  const bool other_look = look_of(screen) != look_of(screen_);
  if (other_look) {
    ++page_number_;
    let_go();
    focus_.reset();
    if (contents_.motion) veil_until_ = now + kVeilMs;
  }
  const bool changed = screen != screen_ || open != open_;
  if (changed) screen_ = screen;
  open_ = open;
  if (needs_refit(preferences_, preferences)) return fit_preferences(preferences);
  if (changed || preferences != preferences_) {
    preferences_ = preferences;
    compose();
  }
  return {};
}

void Ui::show_later(screens::Code code) { later_ = std::move(code); }

void Ui::compose() {
  ImGui::SetCurrentContext(context_);
  const screens::Page before = std::exchange(
      page_, screens::compose(screen_, {metrics_, theme(), *fonts_, texts(), contents_.survey,
                                        contents_.place, preferences_, photos_, later_, open_}));
  keep_touched(before);
}

/// Finger and focus stay on what they were on, wherever it stands in the list now. A finger that
/// has something else under it was not meant for that.
void Ui::keep_touched(const screens::Page& before) {
  if (held_) {
    held_ = find_place(page_, [&event = before.items[*held_].event](const screens::Item& item) {
      return item.event == event;
    });
    if (!held_) may_tap_ = false;
    if (pressed_) pressed_ = held_;
  }
  if (focus_) {
    const screens::Item& last = before.items[*focus_];
    focus_ = find_place(page_, [&last](const auto& item) { return item.event == last.event; });
    if (!focus_ && !last.spoken.empty()) {  // turning pages, the button now means the next one
      focus_ = find_place(page_, [&last](const auto& item) { return item.spoken == last.spoken; });
    }
  }
}

void Ui::let_go() {
  held_.reset();
  pressed_.reset();
  may_tap_ = false;
}

std::optional<std::size_t> Ui::place_at(float x, float y) const {
  const screens::Item* item = screens::item_at(page_, x, y);
  if (item == nullptr) return std::nullopt;
  return static_cast<std::size_t>(item - page_.items.data());
}

std::optional<flow::Event> Ui::point(const input::Step& step, flow::Millis now) {
  const auto under = place_at(step.at.x, step.at.y);
  switch (step.action) {
    case input::Action::kDown:
      focus_.reset();
      held_ = pressed_ = under;
      held_since_ = now;
      may_tap_ = true;
      return passed(under);
    case input::Action::kMove:
      if (auto event = passed(under)) return event;
      if (preferences_.sound && under != held_) {  // listening: what the finger slides over
        held_ = under;
        held_since_ = now - kListenMs;
        may_tap_ = false;
      }
      pressed_ = under == held_ ? held_ : std::nullopt;
      return std::nullopt;
    case input::Action::kCancel:
      let_go();
      return std::nullopt;
    case input::Action::kUp:
      break;
  }
  const bool is_tap = may_tap_ && under == held_;
  const auto gesture = under ? page_.items[*under].gesture : screens::Gesture::kPass;
  let_go();
  if (is_tap && gesture == screens::Gesture::kHold && now - held_since_ >= screens::kHoldMs) {
    return page_.items[*under].event;
  }
  if (preferences_.sound && now - held_since_ >= kListenMs) return flow::Stirred{};
  if (!is_tap) return std::nullopt;
  return gesture == screens::Gesture::kTap ? page_.items[*under].event : flow::ElsewhereTapped{};
}

/// What it means that a finger comes over a thing.
std::optional<flow::Event> Ui::passed(std::optional<std::size_t> under) const {
  if (!under || page_.items[*under].gesture != screens::Gesture::kPass) return std::nullopt;
  return page_.items[*under].event;
}

std::optional<flow::Event> Ui::press_digit(int digit) {
  const bool rates = std::holds_alternative<flow::Home>(screen_) ||
                     std::holds_alternative<flow::ChooseAgain>(screen_);
  if (rates) {
    const auto score = core::Score::from(digit);
    if (!score) return std::nullopt;
    return flow::FaceTapped{*score};
  }
  switch (digit) {
    case 1:
      step(-1);
      return flow::Stirred{};
    case 2:
      step(1);
      return flow::Stirred{};
    case 3:
      return press_enter();
    case 4:
      ++page_number_;  // said again
      return flow::Stirred{};
    default:
      break;
  }
  // The way on is the last thing of a page of the follow-up.
  for (auto item = page_.items.rbegin(); item != page_.items.rend(); ++item) {
    if (!item->event) continue;
    const bool leads_on = std::holds_alternative<flow::DoneTapped>(*item->event) ||
                          std::holds_alternative<flow::NextTapped>(*item->event) ||
                          std::holds_alternative<flow::LineTapped>(*item->event);
    return leads_on ? item->event : flow::ElsewhereTapped{};
  }
  return flow::ElsewhereTapped{};
}

std::optional<flow::Event> Ui::press_enter() {
  if (!focus_) {
    step(1);
    return flow::Stirred{};
  }
  return page_.items[*focus_].event;
}

void Ui::step(int by) {
  const auto count = page_.items.size();
  if (count == 0) return;
  // Begins behind the header: the page itself is what people came for.
  std::size_t place =
      focus_.value_or(by > 0 ? screens::first_step(page_) + count - 1 : screens::first_step(page_));
  for (std::size_t i = 0; i < count; ++i) {
    place = (place + count + static_cast<std::size_t>(by + static_cast<int>(count))) % count;
    if (screens::is_step(page_.items[place])) {
      focus_ = place;
      return;
    }
  }
}

std::string_view Ui::touched() const {
  const auto& place = focus_ ? focus_ : held_;
  return place && *place < page_.items.size() ? std::string_view(page_.items[*place].spoken)
                                              : std::string_view();
}

void Ui::draw(flow::Millis now) {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().DeltaTime = 1.0F / 60;  // nothing on our screens asks ImGui for the time
  ImGui::NewFrame();
  screens::draw(*ImGui::GetBackgroundDrawList(), page_, *pictures_, *fonts_, photos_, theme(),
                {pressed_, focus_});
  draw_veil(now);
  ImGui::Render();
}

const ImDrawData& Ui::picture() const {
  ImGui::SetCurrentContext(context_);
  return *ImGui::GetDrawData();
}

/// A new page comes out from behind a veil of the background's colour.
void Ui::draw_veil(flow::Millis now) {
  moving_ = now < veil_until_;
  if (!moving_) return;
  const float share = static_cast<float>(veil_until_ - now) / kVeilMs;
  const auto alpha = static_cast<int>(255 * kVeilAtFirst * share);
  const design::Colour veil = theme().background;
  const design::Rect& stage = metrics_.stage;
  const float top = stage.y > 0 ? 0 : metrics_.header;
  const float bottom = stage.y > 0 ? stage.bottom() - metrics_.header : stage.bottom();
  ImGui::GetBackgroundDrawList()->AddRectFilled({0, top}, {stage.width, bottom},
                                                IM_COL32(veil.red, veil.green, veil.blue, alpha));
}

}  // namespace hailong::kiosk
