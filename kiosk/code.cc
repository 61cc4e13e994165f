#include "kiosk/code.h"

#include <qrencode.h>

#include <memory>
#include <string>

namespace hailong::kiosk {

screens::Code qr_code(std::string_view text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  if (!code) return {};
  screens::Code result{code->width, {}};
  const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  result.dark.reserve(count);
  for (std::size_t i = 0; i < count; ++i) result.dark.push_back((code->data[i] & 1) != 0);
  return result;
}

}  // namespace hailong::kiosk
