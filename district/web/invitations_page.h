#pragma once

#include <string>
#include <vector>

#include "core/units.h"
#include "district/access/invitation.h"
#include "district/storage/invitations.h"

namespace hailong::district::web {

struct InvitationsView {
  std::int64_t now_ms = 0;
  std::vector<storage::OpenInvitation> open;
  const core::UnitRegister& units;
  std::string csrf;
};

/// What stands below the kiosks: codes that nobody has used yet, and the form for another one.
std::string invitations_html(const InvitationsView& view);

/// The code with its QR, shown once.
std::string invited_html(const access::Invited& invited);

}  // namespace hailong::district::web
