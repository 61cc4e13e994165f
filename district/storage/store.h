#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/result.h"

namespace hailong::district::storage {

inline constexpr const char* kStoreFile = "district.db";

/// The district's store: an SQLite file with one writer and as many readers as there are at a time,
/// or a PostgreSQL database that several receivers may share. A commit survives a power cut. Any
/// thread may use it; other processes may too (the admin commands do so while the server runs).
class Store {
 public:
  /// Opens the store in `data_dir`, made first if it is not there; with `postgres`, a libpq URL,
  /// the rows are there, and the folder holds the district's key alone. Errors: kInvalid for a
  /// store that a newer program made, kCorrupt, kBusy, kFull, kIo.
  static core::Result<Store> open(const std::filesystem::path& data_dir,
                                  const std::string& postgres = {});

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();

  /// Writes for real, as an ingest would. Errors: kBusy, kFull, kIo, kCorrupt.
  core::Result<void> prove_writable(std::int64_t now_ms);

  /// How many transactions may write at a time.
  [[nodiscard]] std::size_t writers() const;

  /// The connections; see storage/connection.h.
  struct Parts;
  [[nodiscard]] Parts& parts() { return *parts_; }

 private:
  explicit Store(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace hailong::district::storage
