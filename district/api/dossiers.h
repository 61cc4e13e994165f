#pragma once

#include "district/access/principal.h"
#include "district/config.h"
#include "district/dossiers/dossier_figures.h"
#include "district/http/message.h"
#include "district/scoring/score_query.h"
#include "district/storage/roll_ups.h"

namespace hailong::district::api {

/// GET /api/v1/dossiers: the official logics that go by dossiers and not by ratings, QĐ 766/QĐ-TTg
/// 5.4 and the component indices of TT 01/2018/TT-VPCP. Any thread.
class DossierEndpoint {
 public:
  DossierEndpoint(storage::Store& store, const Config& config)
      : roll_ups_(store), figures_(store, config.rules.units), config_(config) {}

  /// Rows of the communes that `reader` may see.
  http::Response get(const http::Request& request, const access::Principal& reader);

 private:
  core::Result<std::string> json_of(const scoring::ScoreQuery& query, core::LocalDate today,
                                    const access::Principal& reader);

  storage::RollUpReader roll_ups_;
  dossiers::FigureReader figures_;
  const Config& config_;
};

}  // namespace hailong::district::api
