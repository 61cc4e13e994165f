#pragma once

#include "district/http/message.h"

namespace hailong::district::api {

/// GET /api/v1/openapi.json: what every address below /api/v1 takes and gives (OpenAPI 3.1). For
/// everybody: it holds no figures.
http::Response openapi();

}  // namespace hailong::district::api
