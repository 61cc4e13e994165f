#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

/// Strict reading of TOML configuration: every key is known, typed and in range, or the program
/// says file, line, key and what was expected, and does not start.
///
///   auto file = ConfigFile::read(path);
///   Section root = file->root();
///   config.port = root.integer("port", 1, 65535).value_or(8480);
///   if (auto done = file->finish(); !done) return Failure(done.error());

namespace hailong::program {

class ConfigFile;

/// One table of a file. Every getter marks its key as known; the first mistake found anywhere in
/// the file is reported by ConfigFile::finish(). Lives no longer than its file.
class Section {
 public:
  /// Nothing when the key is absent.
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<bool> boolean(std::string_view key);
  /// A list of texts; empty when the key is absent.
  std::vector<std::string> texts(std::string_view key);
  /// Path; one that is not absolute is taken from the file's own folder.
  std::optional<std::filesystem::path> path(std::string_view key);

  /// As above, but absence is a mistake; the value is then empty.
  std::string required_text(std::string_view key);
  std::filesystem::path required_path(std::string_view key);

  /// Whether the key is there; says nothing of whether it is known.
  [[nodiscard]] bool has(std::string_view key) const;

  /// A [table]; empty (all its keys absent) when it is not there.
  Section table(std::string_view key);
  /// The tables of an [[array]]; none when it is not there.
  std::vector<Section> tables(std::string_view key);

  /// Reports a mistake of the caller's own finding, e.g. a text that is no device id.
  void expected(std::string_view key, std::string_view what);

 private:
  friend class ConfigFile;
  struct Node;
  explicit Section(std::shared_ptr<Node> node) : node_(std::move(node)) {}

  std::shared_ptr<Node> node_;
};

class ConfigFile {
 public:
  /// Errors: kNotFound, kInvalid (not TOML), with file and line.
  static core::Result<ConfigFile> read(const std::filesystem::path& path);
  static core::Result<ConfigFile> parse(std::string_view text, const std::filesystem::path& path);

  ConfigFile(ConfigFile&&) noexcept;
  ConfigFile& operator=(ConfigFile&&) noexcept;
  ConfigFile(const ConfigFile&) = delete;
  ConfigFile& operator=(const ConfigFile&) = delete;
  ~ConfigFile();

  Section root();

  /// Errors: kInvalid for the first mistake: a getter's, or else a key that nobody asked for.
  core::Result<void> finish();

 private:
  ConfigFile();
  std::shared_ptr<Section::Node> root_;
};

/// The whole text of a file. Errors: kNotFound, kIo.
core::Result<std::string> read_text_file(const std::filesystem::path& path);

}  // namespace hailong::program
