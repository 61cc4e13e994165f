#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"

namespace hailong::documents {

struct DocumentProperties {
  std::string title;
  std::string author;
  core::LocalDate date;
};

/// Packs the parts of a Word document (path, XML) with what ties them together (ECMA-376, part 2).
/// Everything is dated with the document's date. Errors: kIo.
core::Result<std::string> pack_docx(std::vector<std::pair<std::string, std::string>> parts,
                                    const DocumentProperties& properties);

}  // namespace hailong::documents
