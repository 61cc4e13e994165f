#include "wire/compression.h"

#include <zstd.h>

#include <algorithm>
#include <memory>
#include <new>

namespace hailong::wire {
namespace {

using core::Fault;

constexpr int kLevel = 9;          // a batch is small: the ratio matters more than the time
constexpr int kMaxWindowLog = 23;  // 8 MiB: what a decoder may be asked to remember

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

std::string compress(std::string_view text) {
  std::string frame(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size =
      ZSTD_compress(frame.data(), frame.size(), text.data(), text.size(), kLevel);
  if (ZSTD_isError(size) != 0U) throw std::bad_alloc();  // the only way to fail with room enough
  frame.resize(size);
  return frame;
}

core::Result<std::string> decompress(std::string_view frame, std::size_t limit) {
  const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kMaxWindowLog);

  std::string text;
  ZSTD_inBuffer in{frame.data(), frame.size(), 0};
  std::size_t more = 1;  // what zstd still expects; 0 at the end of the frame
  while (more != 0) {
    // One byte beyond the limit is enough to know that it was passed.
    const std::size_t step = std::min(ZSTD_DStreamOutSize(), limit + 1 - text.size());
    const std::size_t before = text.size();
    text.resize(before + step);
    ZSTD_outBuffer out{text.data() + before, step, 0};
    more = ZSTD_decompressStream(context.get(), &out, &in);
    text.resize(before + out.pos);
    if (ZSTD_isError(more) != 0U) {
      return core::fail(Fault::kInvalid, std::string("not zstd: ") + ZSTD_getErrorName(more));
    }
    if (text.size() > limit) {
      return core::fail(Fault::kFull, "unpacks to more than " + std::to_string(limit) + " bytes");
    }
    if (more != 0 && in.pos == in.size && out.pos < step) {
      return core::fail(Fault::kInvalid, "the zstd frame ends too early");
    }
  }
  if (in.pos != in.size) return core::fail(Fault::kInvalid, "bytes follow the zstd frame");
  return text;
}

}  // namespace hailong::wire
