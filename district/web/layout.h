#pragma once

#include <string>

/// The frame around every page, and the files it names. Compiled in.

namespace hailong::district::web {

/// `main` is HTML; the other texts are not.
std::string in_layout(const std::string& title, const std::string& authority,
                      const std::string& person, const std::string& main);

/// Stands for the present style sheet, script, icon and templates: in addresses, so that browsers
/// may keep the files, and in the pages' ETags.
const std::string& assets_version();

}  // namespace hailong::district::web
