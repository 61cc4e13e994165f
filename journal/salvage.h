#pragma once

#include <filesystem>
#include <optional>

#include "core/event.h"
#include "core/result.h"

namespace hailong::journal {

/// Looks through the journal of `data_dir` and, when it is damaged, sets it aside whole and puts a
/// new one in its place, which begins a new epoch behind the highest number that is known of the
/// old one, `first` at least, and says so in its first event, which is given. Where that number
/// cannot be read, the bound that was kept beside it counts (journal/number_bound.h).
///
/// What verified of the old one stays in a journal of its own (journal/set_aside.h), from which the
/// daemon goes on sending under the old epoch: all events from the first that is held up to the
/// last that verifies, with their contents and the district's receipts. Where damage lies among
/// events that the district has receipted already, it begins behind the receipt instead, so that
/// nothing is lost that is not there. The new journal begins with the accounts and PINs of staff.
/// Not taken over: cases, served counts and sign-offs, which the district has or gets. Contact data
/// are in neither, since nobody would erase them there.
///
/// Nothing when the journal is whole: then nothing was touched. `stamp`: now. A power cut at any
/// moment leaves the old journal or the new one, and what was begun is finished by whoever opens
/// the journal next. Only the program that owns the journal calls it, with its own journal closed;
/// others that have it open find out by their next write. Takes seconds. Errors: kBusy, kIo, kFull,
/// kInvalid when the journal is another device's.
core::Result<std::optional<core::Salvage>> salvage(const std::filesystem::path& data_dir,
                                                   const core::DeviceId& device,
                                                   const core::Stamp& stamp, core::Seq first);

}  // namespace hailong::journal
