#include "kiosk/ui.h"

#include <imgui.h>

#include <cfloat>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/design/fonts.h"
#include "kiosk/design/tokens.h"
#include "kiosk/screens/screens.h"

namespace hailong::kiosk {
namespace {

// Characters that stand in no text: the seconds, the end of what was cut, the space between words.
constexpr std::string_view kDrawnByUs = "0123456789… ";

constexpr flow::Millis kVeilMs = 150;
constexpr float kVeilAtFirst = 0.8F;  // the new screen shows in its first frame already

const ImVec2 kNowhere{-FLT_MAX, -FLT_MAX};  // ImGui 1.86: no pointer

/// The atlas as a picture in white, so that text takes the colour it is drawn in.
design::Picture picture_of(ImFontAtlas& atlas) {
  design::Picture picture;
  unsigned char* alpha = nullptr;
  atlas.GetTexDataAsAlpha8(&alpha, &picture.width, &picture.height);
  const auto count =
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  picture.pixels.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    picture.pixels.push_back(std::uint32_t{alpha[i]} << 24 | 0x00FFFFFF);
  }
  atlas.ClearTexData();
  return picture;
}

/// Screens of one look need no fade between them: what is being saved looks like where it was
/// tapped.
std::size_t look_of(const flow::Screen& screen) {
  if (const auto* saving = std::get_if<flow::Saving>(&screen)) {
    return saving->correcting ? flow::Screen(flow::ChooseAgain{}).index()
                              : flow::Screen(flow::Home{}).index();
  }
  return screen.index();
}

}  // namespace

Ui::Ui(Texts texts, screens::Place place, std::filesystem::path assets_dir, bool motion)
    : texts_(std::move(texts)),
      place_(std::move(place)),
      assets_dir_(std::move(assets_dir)),
      motion_(motion),
      context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.MousePos = kNowhere;
  ImGuiStyle& style = ImGui::GetStyle();
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.AntiAliasedFill = false;  // nothing round is drawn by ImGui
}

Ui::~Ui() { ImGui::DestroyContext(context_); }

core::Result<void> Ui::fit(design::Size window, render::Renderer& renderer) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  const design::Metrics metrics = design::metrics_for(window);
  std::vector<std::string_view> texts = texts_.all();
  texts.insert(texts.end(), {place_.unit, place_.place, place_.counter, kDrawnByUs});
  const auto fonts = design::load_fonts(*io.Fonts, assets_dir_, metrics, texts);
  if (!fonts) return core::Failure(fonts.error());
  const auto atlas = renderer.add(picture_of(*io.Fonts));
  if (!atlas) return core::Failure(atlas.error());
  io.Fonts->SetTexID(*atlas);
  io.DisplaySize = {static_cast<float>(window.width), static_cast<float>(window.height)};
  layout_ = screens::lay_out(metrics, *fonts, texts_, place_);
  sprites_ = {};
  return screens::paint_first(layout_, renderer, sprites_);
}

core::Result<void> Ui::complete(render::Renderer& renderer) {
  return screens::paint_rest(layout_, renderer, sprites_);
}

void Ui::point(const input::Step& step) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  const bool cancelled = step.action == input::Action::kCancel;
  io.MousePos = cancelled ? kNowhere : ImVec2{step.at.x, step.at.y};
  io.MouseDown[0] = step.action == input::Action::kDown || step.action == input::Action::kMove;
  released_ = step.action == input::Action::kUp;
}

std::optional<flow::Event> Ui::frame(const flow::Screen& screen, flow::Millis now) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = 1.0F / 60;  // nothing on our screens asks ImGui for the time
  ImGui::NewFrame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(io.DisplaySize);
  constexpr ImGuiWindowFlags kPlain = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav |
                                      ImGuiWindowFlags_NoSavedSettings |
                                      ImGuiWindowFlags_NoScrollWithMouse;
  ImGui::Begin("kiosk", nullptr, kPlain);
  const auto event = screens::draw(screen, {layout_, sprites_});
  draw_veil(screen, now);
  ImGui::End();
  ImGui::Render();
  if (released_) io.MousePos = kNowhere;
  released_ = false;
  return event;
}

const ImDrawData& Ui::picture() const {
  ImGui::SetCurrentContext(context_);
  return *ImGui::GetDrawData();
}

/// A new screen comes out from behind a veil of the background's colour.
void Ui::draw_veil(const flow::Screen& screen, flow::Millis now) {
  const std::size_t look = look_of(screen);
  if (look != std::exchange(last_look_, look) && motion_) veil_until_ = now + kVeilMs;
  moving_ = now < veil_until_;
  if (!moving_) return;
  const float share = static_cast<float>(veil_until_ - now) / kVeilMs;
  const auto alpha = static_cast<int>(255 * kVeilAtFirst * share);
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  constexpr design::Colour kVeil = design::kBackground;
  ImGui::GetWindowDrawList()->AddRectFilled({0, layout_.header.bottom()}, size,
                                            IM_COL32(kVeil.red, kVeil.green, kVeil.blue, alpha));
}

}  // namespace hailong::kiosk
