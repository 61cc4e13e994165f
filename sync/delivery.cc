#include "sync/delivery.h"

#include <sys/stat.h>

#include <algorithm>

#include "journal/set_aside.h"
#include "sync/problem.h"
#include "wire/key_file.h"
#include "wire/private_file.h"
#include "wire/receipt.h"

namespace hailong::sync {
namespace {

using core::Fault;

constexpr int kGap = 409;

/// 0 when there is no such file.
ino_t inode_of(const std::filesystem::path& file) {
  struct stat status {};
  return ::stat(file.c_str(), &status) == 0 ? status.st_ino : 0;
}

/// The journal's key. When it goes by the next one already, that one only has to take its place.
core::Result<wire::SigningKey> key_of_journal(const std::filesystem::path& data_dir,
                                              const wire::PublicKey& journals) {
  const std::filesystem::path file = data_dir / journal::kDeviceKeyFile;
  auto key = wire::read_key(file);
  if (key && key->public_key() == journals) return key;
  const std::filesystem::path next_file = data_dir / journal::kNextKeyFile;
  auto next = wire::read_key(next_file);
  if (next && next->public_key() == journals) {
    if (auto moved = wire::move_private_file(next_file, file); !moved) {
      return core::Failure(moved.error());
    }
    return next;
  }
  if (key) {
    return core::fail(Fault::kConflict,
                      file.string() + ": is not the key that this journal was made with");
  }
  // A journal without its key is no state that passes by waiting for the kiosk.
  const bool lost = key.error().fault == Fault::kNotFound;
  return core::fail(lost ? Fault::kCorrupt : key.error().fault, key.error().message);
}

/// The kiosk may never come across what is damaged there.
core::Error with_report(const std::filesystem::path& folder, core::Error error) {
  if (error.fault != Fault::kCorrupt) return error;
  if (const auto told = journal::report_damage(folder); !told) {
    error.message += "; and the kiosk cannot be told: " + told.error().message;
  }
  return error;
}

Outcome no_receipt(const HttpAnswer& answer, const std::string& why) {
  return NoReceipt{describe(answer) + ", but " + why +
                   ": a captive portal or a proxy may answer in the district's place"};
}

/// A district that asks for what is no longer here cannot be followed: nobody signed that answer.
Outcome judge_refusal(journal::Outbox& outbox, const HttpAnswer& answer) {
  const auto expected = answer.status == kGap ? expected_seq(answer.body) : std::nullopt;
  if (!expected) return answer;
  const auto asked_for =
      outbox.batch(std::max(*expected, outbox.identity().first), 1, 1, std::nullopt);
  if (asked_for || asked_for.error().fault != Fault::kConflict) return answer;
  return NeedsPerson{describe(answer) + ": " + asked_for.error().message};
}

/// Up to which event the district has the contents when its receipt does not say: it takes them as
/// they come. `before`: up to which it had them already.
core::Seq brought_up_to(const wire::BatchClaim& claim, core::Seq before) {
  const wire::ContentsClaim brought = wire::contents_of(claim);
  return brought.after <= before ? std::max(before, brought.last) : before;
}

Outcome judge(journal::Outbox& outbox, const wire::PublicKey& district,
              const wire::BatchClaim& sent, core::Seq contents, const HttpAnswer& answer) {
  if (answer.status < 200 || answer.status > 299) return judge_refusal(outbox, answer);
  auto receipt = wire::open_receipt(answer.body, district);
  if (!receipt) return no_receipt(answer, receipt.error().message);
  if (!receipt->contents) receipt->contents = brought_up_to(sent, contents);
  const auto kept = outbox.keep(*receipt, answer.body);
  if (!kept && kept.error().fault == Fault::kConflict) return NeedsPerson{kept.error().message};
  if (!kept) return LocalFailure{kept.error().message};
  if (receipt->last < sent.last) {
    return no_receipt(answer, "its receipt ends at event " + std::to_string(receipt->last) +
                                  ", before the batch's last, " + std::to_string(sent.last));
  }
  return Delivered{receipt->last, *receipt->contents};
}

}  // namespace

Source::Source(const std::filesystem::path& data_dir, journal::Outbox outbox, wire::SigningKey key)
    : journal_file_(data_dir / journal::kJournalFile),
      key_file_(data_dir / journal::kDeviceKeyFile),
      journal_inode_(inode_of(journal_file_)),
      key_inode_(inode_of(key_file_)),
      outbox_(std::move(outbox)),
      key_(std::move(key)) {}

core::Result<Source> Source::open(const std::filesystem::path& data_dir,
                                  const journal::Sharing& sharing) {
  auto outbox = journal::Outbox::open(data_dir, sharing);
  if (!outbox) return core::Failure(with_report(data_dir, outbox.error()));
  auto key = key_of_journal(data_dir, outbox->identity().public_key);
  if (!key) return core::Failure(key.error());
  return Source(data_dir, std::move(*outbox), std::move(*key));
}

core::Result<Source> Source::open_aside(const std::filesystem::path& folder,
                                        const wire::SigningKey& key,
                                        const journal::Sharing& sharing) {
  auto outbox = journal::Outbox::open(folder, sharing);
  if (!outbox) return core::Failure(outbox.error());
  return Source(folder, std::move(*outbox), key);
}

bool Source::is_current() const {
  return inode_of(journal_file_) == journal_inode_ && inode_of(key_file_) == key_inode_;
}

Request batch_request(const core::DeviceId& device, std::string_view bytes) {
  return {"/api/v1/devices/" + device.value + "/batches", "application/vnd.hailong.batch+zstd",
          bytes, ""};
}

Delivery deliver(Source& source, Transport& transport, const wire::PublicKey& district,
                 const Position& position, std::int64_t most_bytes, bool with_words) {
  journal::Outbox& outbox = source.outbox();
  // A district that knows nothing of this epoch asks for its first event, whose number it ignores.
  const core::Seq from = std::max(position.next, outbox.identity().first);
  const auto batch = outbox.batch(from, position.events, most_bytes,
                                  with_words ? std::optional(position.contents) : std::nullopt);
  if (!batch && batch.error().fault == Fault::kConflict) {
    return {{}, NeedsPerson{batch.error().message}};
  }
  if (!batch) return {{}, LocalFailure{with_report(source.folder(), batch.error()).message}};
  const Sent sent{batch->claim.first, batch->claim.last};
  const auto bytes = wire::seal_batch(*batch, source.key());
  if (!bytes) return {sent, NeedsPerson{bytes.error().message}};

  const Answer answer = transport.send(batch_request(outbox.identity().device, *bytes));
  if (const auto* failure = std::get_if<NetworkFailure>(&answer)) return {sent, *failure};
  const auto& http = std::get<HttpAnswer>(answer);
  Outcome outcome = judge(outbox, district, batch->claim, position.contents, http);
  const auto* delivered = std::get_if<Delivered>(&outcome);
  const bool only_words = sent.last < position.next;
  if (delivered != nullptr && only_words && delivered->contents == position.contents) {
    outcome = no_receipt(http, "its receipt confirms none of the words");
  }
  return {sent, std::move(outcome)};
}

}  // namespace hailong::sync
