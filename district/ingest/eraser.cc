#include "district/ingest/eraser.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/dossier_code.h"
#include "core/phone.h"
#include "core/text.h"
#include "district/ingest/lineage.h"
#include "district/ingest/own_stream.h"
#include "wire/event_codec.h"
#include "wire/key_file.h"

namespace hailong::district::ingest {
namespace {

using core::Failure;
using core::Fault;
using storage::HeldContent;
using storage::NamedRating;

constexpr std::size_t kLongestReason = 200;  // characters
constexpr int kErasedAtOnce = 200;           // of what is outdated, in one transaction

core::Result<void> check_reason(const std::string& reason) {
  const std::u32string text = core::code_points(reason);
  const bool one_line = std::all_of(
      text.begin(), text.end(), [](char32_t c) { return c != U'\n' && core::can_be_written(c); });
  if (text.empty() || text.size() > kLongestReason || !one_line) {
    return core::fail(Fault::kInvalid, "the reason must be one line of 1 to 200 characters");
  }
  return {};
}

/// Finds the rating that a piece of content was left with.
class FollowedRating {
 public:
  std::optional<NamedRating> of(const HeldContent& content) {
    by_staff_ = false;
    if (content.place.seq < 0) return of_own(content);
    const auto event = decoder_.decode(content.event);
    if (!event) return std::nullopt;
    if (const auto* feedback = std::get_if<core::Feedback>(&event->body)) {
      return NamedRating{content.device, content.epoch, feedback->rating};
    }
    if (const auto* dossier = std::get_if<core::Dossier>(&event->body)) {
      return NamedRating{content.device, content.epoch, dossier->rating};
    }
    if (const auto* handling = std::get_if<core::Handling>(&event->body)) {
      by_staff_ = true;
      return NamedRating{content.device, content.epoch, handling->rating};
    }
    return std::nullopt;
  }
  /// The content that it was asked about last: in a step of the case, not by the resident.
  [[nodiscard]] bool was_written_by_staff() const { return by_staff_; }

 private:
  static std::optional<NamedRating> of_own(const HeldContent& content) {
    const auto event = decode_own_event(content.event);
    if (!event) return std::nullopt;
    const auto* later = std::get_if<LaterAnswer>(&event->body);
    if (later == nullptr) return std::nullopt;
    return NamedRating{later->device, later->epoch, later->rating};
  }

  wire::EventDecoder decoder_;
  bool by_staff_ = false;
};

bool holds_code(std::string_view text, const std::string& code) {
  return core::dossier_code_in(text, std::nullopt) == code;
}

std::int64_t texts_in(const std::vector<HeldContent>& contents) {
  return std::count_if(contents.begin(), contents.end(),
                       [](const HeldContent& content) { return !content.is_awaited; });
}

/// Neither code nor number: only how many texts, and why.
storage::AuditEntry audit_of(const OwnErasure& erasure, std::int64_t texts,
                             const storage::Author& by) {
  const std::string count = std::to_string(texts) + " nội dung";
  if (!erasure.subject) return {by.at_ms, by.who, "data-outdated", "", count};
  return {by.at_ms, by.who, "data-erased", erasure.about == "phone" ? "số điện thoại" : "mã hồ sơ",
          count + "; lý do: " + erasure.reason};
}

}  // namespace

core::Result<DossierSecrets> read_dossier_secrets(const std::filesystem::path& folder) {
  DossierSecrets secrets;
  if (folder.empty()) return secrets;
  std::error_code error;
  for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    if (file->path().extension() != ".key") continue;
    const auto key = wire::read_key(file->path());
    if (!key) return Failure(key.error());
    secrets.emplace(file->path().stem().string(), key->seed());
  }
  if (error) return core::fail(Fault::kNotFound, folder.string() + ": " + error.message());
  return secrets;
}

void unlink_dossier(storage::Ledger::Transaction& ledger, const core::Bytes32& dossier,
                    const core::UnitRegister& units, core::LocalDate today) {
  for (const storage::LinkedRow& row : ledger.linked_rows(dossier)) {
    ledger.unlink(row, lineage_of(units, row.unit_id, today));
  }
}

Eraser::Eraser(storage::Store& store, const core::UnitRegister& units, const wire::SigningKey& key)
    : ledger_(store), contents_(store), units_(units), subjects_(key) {}

core::Result<Erased> Eraser::erase_dossier(const std::string& typed, const DossierSecrets& secrets,
                                           const ErasureOrder& order, std::int64_t now_ms) {
  const auto code = core::dossier_code_in(typed, std::nullopt);
  if (!code)
    return core::fail(Fault::kInvalid,
                      "expected the code of a dossier, e.g. 000.00.01.H24-261120-0001");
  if (auto good = check_reason(order.reason); !good) return Failure(good.error());
  if (holds_code(order.reason, *code)) {
    return core::fail(Fault::kInvalid, "the reason must not hold the code: it is kept for ever");
  }
  std::set<NamedRating> ratings;
  for (const auto& [unit, secret] : secrets) {
    const auto linked = contents_.ratings_of_dossier(core::dossier_key(secret, *code));
    if (!linked) return Failure(linked.error());
    ratings.insert(linked->begin(), linked->end());
  }
  FollowedRating followed;
  auto read = contents_.each([&](const HeldContent& content) {
    const auto rating = followed.of(content);
    if (rating && content.text == *code) ratings.insert(*rating);
  });
  if (!read) return Failure(read.error());
  std::vector<HeldContent> found;
  read = contents_.each([&](const HeldContent& content) {
    const auto rating = followed.of(content);
    if ((rating && ratings.contains(*rating)) || holds_code(content.text, *code)) {
      found.push_back(content);
    }
  });
  if (!read) return Failure(read.error());
  const core::Bytes32 dossier = subjects_.of_dossier(*code);
  if (auto done = erase(
          {order.by, order.reason, "dossier", dossier, {}}, found, {order.by, now_ms},
          [&](std::string_view note) { return holds_code(note, *code); }, dossier);
      !done) {
    return Failure(done.error());
  }
  return with_kiosks_of(ratings, secrets, texts_in(found));
}

core::Result<Erased> Eraser::with_kiosks_of(const std::set<NamedRating>& ratings,
                                            const DossierSecrets& secrets, std::int64_t contents) {
  const auto kiosks = contents_.kiosks();
  if (!kiosks) return Failure(kiosks.error());
  Erased erased{contents, {}, {}};
  std::set<core::UnitCode> without_key;
  for (const storage::HoldingKiosk& kiosk : *kiosks) {
    if (!secrets.contains(kiosk.unit.value)) without_key.insert(kiosk.unit);
    const bool rated = std::any_of(ratings.begin(), ratings.end(), [&](const NamedRating& rating) {
      return rating.device == kiosk.device;
    });
    if (rated) erased.kiosks.push_back(kiosk);
  }
  erased.units_without_key.assign(without_key.begin(), without_key.end());
  return erased;
}

core::Result<Erased> Eraser::erase_phone(const std::string& typed, const ErasureOrder& order,
                                         std::int64_t now_ms) {
  const auto phone = core::vietnamese_phone(typed);
  if (!phone)
    return core::fail(Fault::kInvalid, "expected a Vietnamese telephone number, e.g. 0912 345 678");
  if (auto good = check_reason(order.reason); !good) return Failure(good.error());
  if (core::holds_phone(order.reason, *phone)) {
    return core::fail(Fault::kInvalid, "the reason must not hold the number: it is kept for ever");
  }
  FollowedRating followed;
  std::set<NamedRating> ratings;
  auto read = contents_.each([&](const HeldContent& content) {
    const auto rating = followed.of(content);
    if (rating && !followed.was_written_by_staff() && core::holds_phone(content.text, *phone)) {
      ratings.insert(*rating);
    }
  });
  if (!read) return Failure(read.error());
  std::vector<HeldContent> found;
  read = contents_.each([&](const HeldContent& content) {
    const auto rating = followed.of(content);
    // What staff wrote at the kiosk may quote what is erased, as notes here may.
    const bool quotes = rating && ratings.contains(*rating) && followed.was_written_by_staff();
    if (quotes || core::holds_phone(content.text, *phone)) found.push_back(content);
  });
  if (!read) return Failure(read.error());
  if (auto done = erase({order.by, order.reason, "phone", subjects_.of_phone(*phone), {}}, found,
                        {order.by, now_ms},
                        [&](std::string_view note) { return core::holds_phone(note, *phone); });
      !done) {
    return Failure(done.error());
  }
  auto kiosks = contents_.kiosks_with_contacts(core::local_date(now_ms));
  if (!kiosks) return Failure(kiosks.error());
  return Erased{texts_in(found), std::move(*kiosks), {}};
}

core::Result<std::int64_t> Eraser::erase_outdated(const storage::Retention& rule,
                                                  const storage::Author& by) {
  std::int64_t erased = 0;
  for (;;) {
    const auto found = contents_.outdated(rule, by.at_ms, kErasedAtOnce);
    if (!found) return Failure(found.error());
    if (found->empty()) return erased;
    const OwnErasure erasure{"retention", "retention", "", std::nullopt, {}};
    if (auto done = erase(erasure, *found, by, {}); !done) return Failure(done.error());
    erased += static_cast<std::int64_t>(found->size());
  }
}

core::Result<void> Eraser::erase(OwnErasure erasure, const std::vector<HeldContent>& contents,
                                 const storage::Author& by, const ChooseNotes& notes,
                                 const std::optional<core::Bytes32>& dossier) {
  erasure.contents.reserve(contents.size());
  for (const HeldContent& content : contents) {
    erasure.contents.push_back({content.device, content.epoch, content.place.seq, content.digest});
  }
  return ledger_.write([&](storage::Ledger::Transaction& ledger) -> core::Result<void> {
    OwnStream(ledger, units_).append(erasure, by.at_ms);
    ledger.audit(audit_of(erasure, texts_in(contents), by));
    if (notes) ledger.erase_notes(notes);
    if (dossier) unlink_dossier(ledger, *dossier, units_, core::local_date(by.at_ms));
    return {};
  });
}

}  // namespace hailong::district::ingest
