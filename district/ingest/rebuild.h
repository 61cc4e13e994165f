#pragma once

#include "core/result.h"
#include "core/units.h"
#include "district/storage/case_standing.h"
#include "district/storage/ledger.h"

namespace hailong::district::ingest {

/// Drops everything derived and makes it again from the stored events: first when they happened is
/// worked out from all of them, then each is applied. Errors: kCorrupt, naming the event.
core::Result<void> project_anew(storage::Ledger::Transaction& ledger,
                                const core::UnitRegister& units,
                                const storage::CaseRules& case_rules);

}  // namespace hailong::district::ingest
