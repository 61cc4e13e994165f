#pragma once

#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "journal/anchor.h"
#include "journal/reader.h"

/// A journal's chain as a text file that can be verified by itself (docs/formats.md): a line that
/// says where the chain begins, each event as it was chained, a line that says where it ends.

namespace hailong::journal {

/// Puts the lines together.
class ExportFile {
 public:
  using Line = std::function<void(std::string_view)>;  // without its line end

  ExportFile(Line line, const Identity& identity, const Anchor& anchor);

  /// An event, as it was chained.
  void add(std::string_view text);
  /// `last` and `head` as the journal has them.
  void end(core::Seq last, const core::Bytes32& head);

 private:
  Line line_;
  core::Bytes32 digest_{};  // of the lines so far
};

/// Holds every byte of the file against the chain. A finding names the first event that is bad, or
/// 0 for the first line. `district`: the key that must have signed for what was compacted away;
/// nothing: whoever signed is believed.
Verification verify_export(std::istream& file,
                           const std::optional<wire::PublicKey>& district = std::nullopt);

}  // namespace hailong::journal
