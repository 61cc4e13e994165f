#include "program/config.h"

#include <toml++/toml.h>

#include <fstream>
#include <set>
#include <sstream>

namespace hailong::program {
namespace {

using core::Fault;

core::Failure mistake_at(const std::string& file, std::uint32_t line, const std::string& text) {
  return core::fail(Fault::kInvalid, file + ":" + std::to_string(line) + ": " + text);
}

}  // namespace

/// What a file's sections share: the text's tree and the first mistake.
struct Shared {
  std::filesystem::path path;
  toml::table tree;
  std::optional<core::Error> mistake;
};

struct Section::Node {
  std::shared_ptr<Shared> shared;
  const toml::table* table = nullptr;  // null for a table that is not in the file
  std::string prefix;                  // "programme." for keys inside [programme]
  std::uint32_t line = 1;              // where the table begins
  std::set<std::string, std::less<>> known;
  std::vector<std::shared_ptr<Node>> children;

  const toml::node* find(std::string_view key) {
    known.emplace(key);
    return table == nullptr ? nullptr : table->get(key);
  }

  void mistake(std::uint32_t at, std::string_view key, const std::string& text) {
    if (shared->mistake) return;
    shared->mistake =
        mistake_at(shared->path.string(), at, prefix + std::string(key) + ": " + text).value();
  }

  void expect(const toml::node& found, std::string_view key, const std::string& what) {
    mistake(found.source().begin.line, key, "expected " + what);
  }

  std::shared_ptr<Node> child(const toml::table* below, std::string_view key) {
    auto node = std::make_shared<Node>();
    node->shared = shared;
    node->table = below;
    node->prefix = prefix + std::string(key) + ".";
    node->line = below == nullptr ? line : below->source().begin.line;
    children.push_back(node);
    return node;
  }

  void report_unknown_keys() {
    if (table != nullptr) {
      for (const auto& [key, value] : *table) {
        if (!known.contains(key.str())) {
          mistake(key.source().begin.line, key.str(), "unknown key; known here: " + known_list());
        }
      }
    }
    for (const auto& below : children) below->report_unknown_keys();
  }

  [[nodiscard]] std::string known_list() const {
    std::string list;
    for (const std::string& key : known) list += (list.empty() ? "" : ", ") + key;
    return list;
  }
};

std::optional<std::string> Section::text(std::string_view key) {
  const toml::node* found = node_->find(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* value = found->as_string()) return value->get();
  node_->expect(*found, key, "a text in quotes");
  return std::nullopt;
}

std::vector<std::string> Section::texts(std::string_view key) {
  const toml::node* found = node_->find(key);
  if (found == nullptr) return {};
  std::vector<std::string> list;
  const auto* values = found->as_array();
  if (values != nullptr) {
    for (const toml::node& value : *values) {
      if (const auto* text = value.as_string()) list.push_back(text->get());
    }
  }
  if (values == nullptr || list.size() != values->size()) {
    node_->expect(*found, key, "a list of texts in quotes");
    return {};
  }
  return list;
}

std::optional<std::int64_t> Section::integer(std::string_view key, std::int64_t least,
                                             std::int64_t most) {
  const toml::node* found = node_->find(key);
  if (found == nullptr) return std::nullopt;
  const auto* value = found->as_integer();
  if (value != nullptr && value->get() >= least && value->get() <= most) return value->get();
  node_->expect(*found, key,
                "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

std::optional<bool> Section::boolean(std::string_view key) {
  const toml::node* found = node_->find(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* value = found->as_boolean()) return value->get();
  node_->expect(*found, key, "true or false");
  return std::nullopt;
}

std::optional<std::filesystem::path> Section::path(std::string_view key) {
  const auto value = text(key);
  if (!value) return std::nullopt;
  if (value->empty()) {
    expected(key, "a path");
    return std::nullopt;
  }
  return node_->shared->path.parent_path() / *value;
}

std::string Section::required_text(std::string_view key) {
  const auto value = text(key);
  if (!value || value->empty()) expected(key, "a text in quotes");
  return value.value_or(std::string());
}

std::filesystem::path Section::required_path(std::string_view key) {
  const auto value = path(key);
  if (!value) expected(key, "a path in quotes");
  return value.value_or(std::filesystem::path());
}

bool Section::has(std::string_view key) const {
  return node_->table != nullptr && node_->table->contains(key);
}

Section Section::table(std::string_view key) {
  const toml::node* found = node_->find(key);
  const toml::table* below = found == nullptr ? nullptr : found->as_table();
  if (found != nullptr && below == nullptr) node_->expect(*found, key, "a table");
  return Section(node_->child(below, key));
}

std::vector<Section> Section::tables(std::string_view key) {
  std::vector<Section> sections;
  const toml::node* found = node_->find(key);
  if (found == nullptr) return sections;
  const toml::array* array = found->as_array();
  if (array == nullptr || !array->is_array_of_tables()) {
    node_->expect(*found, key, "tables, each under [[" + std::string(key) + "]]");
    return sections;
  }
  for (const toml::node& below : *array) {
    sections.push_back(Section(node_->child(below.as_table(), key)));
  }
  return sections;
}

void Section::expected(std::string_view key, std::string_view what) {
  const toml::node* found = node_->find(key);
  if (found != nullptr) {
    node_->expect(*found, key, std::string(what));
  } else {
    node_->mistake(node_->line, key, "missing; expected " + std::string(what));
  }
}

ConfigFile::ConfigFile() = default;
ConfigFile::ConfigFile(ConfigFile&&) noexcept = default;
ConfigFile& ConfigFile::operator=(ConfigFile&&) noexcept = default;
ConfigFile::~ConfigFile() = default;

core::Result<ConfigFile> ConfigFile::read(const std::filesystem::path& path) {
  const auto text = read_text_file(path);
  if (!text) return core::Failure(text.error());
  return parse(*text, path);
}

core::Result<ConfigFile> ConfigFile::parse(std::string_view text,
                                           const std::filesystem::path& path) {
  auto shared = std::make_shared<Shared>();
  shared->path = path;
  try {
    shared->tree = toml::parse(text, path.string());
  } catch (const toml::parse_error& error) {
    return mistake_at(path.string(), error.source().begin.line, std::string(error.description()));
  }
  ConfigFile file;
  file.root_ = std::make_shared<Section::Node>();
  file.root_->table = &shared->tree;
  file.root_->shared = std::move(shared);
  return file;
}

Section ConfigFile::root() { return Section(root_); }

core::Result<void> ConfigFile::finish() {
  root_->report_unknown_keys();
  if (root_->shared->mistake) return core::Failure(*root_->shared->mistake);
  return {};
}

core::Result<std::string> read_text_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    return core::fail(Fault::kNotFound, path.string() + ": cannot be opened for reading");
  }
  std::ostringstream text;
  text << stream.rdbuf();
  if (stream.bad()) return core::fail(Fault::kIo, path.string() + ": cannot be read");
  return text.str();
}

}  // namespace hailong::program
