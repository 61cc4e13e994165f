#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kiosk/screens/sheet.h"

/// What the pages of choices are made of; for this folder's .cc files only.

namespace hailong::kiosk::screens {

inline const std::array kBack = {
    Sheet::Action{"buttons.back", flow::BackTapped{}, design::Skin::kButton, design::Icon::kBack}};
inline const std::array kDone = {
    Sheet::Action{"buttons.done", flow::DoneTapped{}, design::Skin::kPrimary, design::Icon::kTick}};

/// One cell of a page of choices.
struct Cell {
  std::string text;
  flow::Event event;
  std::string spoken;  // key; empty for names of the configuration
  bool chosen = false;
  std::optional<design::Icon> icon;
  std::optional<std::size_t> officer;  // by place in Survey::officers: shown with a face
};

/// Tiles in one text size.
void put(Sheet& sheet, const std::vector<Rect>& places, std::span<const Cell> cells);

/// Puts cells as tiles into the middle of `area`, as many columns as look best.
void tiles(Sheet& sheet, const Rect& area, const std::vector<Cell>& cells);

/// A list that may be longer than the page: rows of cells, turned by buttons, no scrolling.
void list(Sheet& sheet, Rect area, const std::vector<Cell>& cells, int page);

bool has_chosen(const flow::Visit& visit, std::string_view question, std::string_view choice);
bool has_answered(const flow::Visit& visit, std::string_view question);

}  // namespace hailong::kiosk::screens
