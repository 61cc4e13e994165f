#pragma once

#include "district/web/site.h"

namespace hailong::district::web {

/// Adds the style sheet, the scripts and the icon under /static/: for everybody, and for ever,
/// since their addresses in the pages change with them.
void add_static_files(Site& site);

}  // namespace hailong::district::web
