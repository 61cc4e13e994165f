#include "district/api/openapi.h"

#include "api_documents.h"

namespace hailong::district::api {

http::Response openapi() {
  return {200, "application/json", std::string(embedded::k_openapi_json), {}};
}

}  // namespace hailong::district::api
