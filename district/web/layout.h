#pragma once

#include <string>
#include <vector>

/// The frame around every page, and the files it names. Compiled in.

namespace hailong::district::web {

struct SectionLink {
  std::string href;
  std::string label;
  bool current = false;
};

/// What stands around a page's content. All texts are escaped.
struct Frame {
  std::string title;
  std::string authority;
  std::string person;                 // empty: nobody is logged in
  std::string csrf;                   // goes into the form that logs out
  std::vector<SectionLink> sections;  // those that the person may open
  std::string role;                   // of the person, in words
};

/// `main` is HTML. A page with a <figure class="chart"> gets the scripts that draw it.
std::string in_layout(const Frame& frame, const std::string& main);

/// The inside of a page that says one thing only. Both texts are escaped.
std::string message_main(const std::string& heading, const std::string& text);

/// Stands for the present style sheet, scripts, icon and templates: in addresses, so that browsers
/// may keep the files, and in the pages' ETags.
const std::string& assets_version();

}  // namespace hailong::district::web
