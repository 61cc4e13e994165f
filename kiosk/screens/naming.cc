#include <array>

#include "kiosk/screens/cells.h"

/// The pages on which a procedure, a counter or an officer is named.

namespace hailong::kiosk::screens {
namespace {

const std::array kSearchAndDone = {Sheet::Action{"buttons.search", flow::SearchTapped{},
                                                 design::Skin::kButton, design::Icon::kSearch},
                                   kDone.front()};

}  // namespace

Page compose_fields(const flow::Fields& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  Rect area = sheet.areas().body;
  sheet.title("procedures.fields_title", area);
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < view.survey.fields.size(); ++i) {
    const flow::Field& field = view.survey.fields[i];
    cells.push_back({view.texts.glued(field.name),
                     flow::ChoiceTapped{static_cast<int>(i)},
                     {},
                     has_chosen(screen.visit, "field", field.id.value),
                     {},
                     {}});
  }
  list(sheet, area, cells, screen.page);
  sheet.footer(kBack, screen.stay, kSearchAndDone);
  return sheet.take();
}

Page compose_procedures(const flow::Procedures& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  Rect area = sheet.areas().body;
  sheet.title("procedures.title", area);
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < view.survey.procedures.size(); ++i) {
    const flow::Procedure& procedure = view.survey.procedures[i];
    if (procedure.field != screen.field) continue;
    cells.push_back({view.texts.glued(procedure.name),
                     flow::ChoiceTapped{static_cast<int>(i)},
                     {},
                     has_chosen(screen.visit, "procedure", procedure.code),
                     {},
                     {}});
  }
  list(sheet, area, cells, screen.page);
  sheet.footer(kBack, screen.stay, kSearchAndDone);
  return sheet.take();
}

Page compose_counters(const flow::Counters& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  Rect area = sheet.areas().body;
  sheet.title("counters.title", area);
  std::vector<Cell> cells;
  const auto& survey = view.survey;
  for (std::size_t i = 0; i < survey.counters.size(); ++i) {
    const flow::Counter& counter = survey.counters[i];
    cells.push_back({counter.name,
                     flow::ChoiceTapped{static_cast<int>(i)},
                     {},
                     has_chosen(screen.visit, "counter", counter.id.value),
                     design::Icon::kCounter,
                     {}});
  }
  for (std::size_t i = 0; i < survey.officers.size(); ++i) {
    const flow::Officer& officer = survey.officers[i];
    Cell cell{officer.name, flow::ChoiceTapped{static_cast<int>(survey.counters.size() + i)},
              {},           has_chosen(screen.visit, "officer", officer.id),
              {},           i};
    cells.push_back(std::move(cell));
  }
  list(sheet, area, cells, screen.page);
  sheet.footer(kBack, screen.stay, kDone);
  return sheet.take();
}

}  // namespace hailong::kiosk::screens
