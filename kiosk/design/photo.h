#pragma once

#include <filesystem>

#include "core/result.h"
#include "kiosk/design/picture.h"

namespace hailong::kiosk::design {

/// A photo of an officer (PNG) as a disc, `diameter` pixels wide and high; what does not fit the
/// disc is cut off at the sides. Errors: kInvalid (no PNG that can be read).
core::Result<Picture> read_photo(const std::filesystem::path& file, int diameter);

}  // namespace hailong::kiosk::design
