#pragma once

#include <vector>

#include "district/dossiers/dossier_figures.h"
#include "district/storage/roll_ups.h"
#include "district/web/unit_page.h"

/// What the kept sums of hours and answers say on a commune's page. Rows of several units are added
/// up: a commune shown as it is now has those of its predecessors.

namespace hailong::district::web {

/// "7–8 giờ" …, the first hour first.
std::vector<Group> hour_groups(const std::vector<storage::HourRow>& rows);

/// Reasons given at the kiosk or from home, the most frequent first. `hides_small`: counts below
/// five are not shown to this reader.
std::vector<AnswerLine> reason_lines(const std::vector<storage::AnswerRow>& rows, bool hides_small);

/// Indices 1, 3 and 4 of TT 01/2018 as far as anybody answered; likewise.
std::vector<FigureLine> index_lines(const std::vector<storage::AnswerRow>& rows, bool hides_small);

/// Index 7, from the register; nothing while that holds no dossier of the period.
std::optional<FigureLine> conduct_line(const dossiers::DossierFigures& figures);

/// The dossier ratio of QĐ 766/QĐ-TTg. `hides_small`: how many dossiers have which fault is not for
/// this reader, who may know the dossiers.
DossierPanel dossier_panel(const dossiers::DossierFigures& figures, bool hides_small);

}  // namespace hailong::district::web
