#pragma once

#include <string_view>

#include "kiosk/screens/sheet.h"

namespace hailong::kiosk {

/// The QR code of a text (error correction M: one smudge in seven may cover it). No modules when
/// the text is too long for any.
screens::Code qr_code(std::string_view text);

}  // namespace hailong::kiosk
