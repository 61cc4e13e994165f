#include "district/web/gzip.h"

#include <zlib.h>

#include <cstdlib>

namespace hailong::district::web {
namespace {

constexpr int kGzipFormat = 16;  // added to the window's bits: gzip instead of zlib

}  // namespace

std::string gzipped(std::string_view text) {
  z_stream stream{};
  const int level = Z_BEST_COMPRESSION;
  if (deflateInit2(&stream, level, Z_DEFLATED, MAX_WBITS + kGzipFormat, MAX_MEM_LEVEL,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    std::abort();  // no memory at the start
  }
  std::string packed(deflateBound(&stream, text.size()), '\0');
  // zlib only reads its input, but does not say so.
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) std::abort();  // it fits by deflateBound()
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace hailong::district::web
