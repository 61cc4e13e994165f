#include "sync/delivery.h"

#include <sys/stat.h>

#include "sync/problem.h"
#include "wire/key_file.h"
#include "wire/receipt.h"

namespace hailong::sync {
namespace {

using core::Fault;

/// 0 when there is no such file.
ino_t inode_of(const std::filesystem::path& file) {
  struct stat status {};
  return ::stat(file.c_str(), &status) == 0 ? status.st_ino : 0;
}

Outcome no_receipt(const HttpAnswer& answer, const std::string& why) {
  return NoReceipt{describe(answer) + ", but " + why +
                   ": a captive portal or a proxy may answer in the district's place"};
}

Outcome judge(journal::Outbox& outbox, const wire::PublicKey& district, const Sent& sent,
              const HttpAnswer& answer) {
  if (answer.status < 200 || answer.status > 299) return answer;
  const auto receipt = wire::open_receipt(answer.body, district);
  if (!receipt) return no_receipt(answer, receipt.error().message);
  const auto kept = outbox.keep(*receipt, answer.body);
  if (!kept && kept.error().fault == Fault::kConflict) return NeedsPerson{kept.error().message};
  if (!kept) return LocalFailure{kept.error().message};
  if (receipt->last < sent.last) {
    return no_receipt(answer, "its receipt ends at event " + std::to_string(receipt->last) +
                                  ", before the batch's last, " + std::to_string(sent.last));
  }
  return Delivered{receipt->last};
}

}  // namespace

Source::Source(std::filesystem::path file, journal::Outbox outbox, wire::SigningKey key)
    : file_(std::move(file)),
      inode_(inode_of(file_)),
      outbox_(std::move(outbox)),
      key_(std::move(key)) {}

core::Result<Source> Source::open(const std::filesystem::path& data_dir,
                                  const journal::Sharing& sharing) {
  auto outbox = journal::Outbox::open(data_dir, sharing);
  if (!outbox) return core::Failure(outbox.error());
  const std::filesystem::path key_file = data_dir / journal::kDeviceKeyFile;
  auto key = wire::read_key(key_file);
  if (!key) {
    // A journal without its key is no state that passes by waiting for the kiosk.
    const bool lost = key.error().fault == Fault::kNotFound;
    return core::fail(lost ? Fault::kCorrupt : key.error().fault, key.error().message);
  }
  if (key->public_key() != outbox->identity().public_key) {
    return core::fail(Fault::kConflict,
                      key_file.string() + ": is not the key that this journal was made with");
  }
  return Source(data_dir / journal::kJournalFile, std::move(*outbox), std::move(*key));
}

bool Source::is_current() const { return inode_of(file_) == inode_; }

Request batch_request(const core::DeviceId& device, std::string_view bytes) {
  return {"/api/v1/devices/" + device.value + "/batches", "application/vnd.hailong.batch+zstd",
          bytes, ""};
}

Delivery deliver(Source& source, Transport& transport, const wire::PublicKey& district,
                 const Position& position, std::int64_t most_bytes) {
  journal::Outbox& outbox = source.outbox();
  const auto batch = outbox.batch(position.next, position.events, most_bytes);
  if (!batch) return {{}, LocalFailure{batch.error().message}};
  const Sent sent{batch->claim.first, batch->claim.last};
  const auto bytes = wire::seal_batch(*batch, source.key());
  if (!bytes) return {sent, NeedsPerson{bytes.error().message}};

  const Answer answer = transport.send(batch_request(outbox.identity().device, *bytes));
  if (const auto* failure = std::get_if<NetworkFailure>(&answer)) return {sent, *failure};
  return {sent, judge(outbox, district, sent, std::get<HttpAnswer>(answer))};
}

}  // namespace hailong::sync
