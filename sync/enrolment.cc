#include "sync/enrolment.h"

#include "sync/delivery.h"
#include "sync/problem.h"
#include "wire/enrolment_file.h"
#include "wire/key_change.h"
#include "wire/key_file.h"
#include "wire/private_file.h"

namespace hailong::sync {
namespace {

using core::Fault;

constexpr const char* kKeyTaken = "key-taken";
constexpr int kTooMany = 429;
constexpr int kTimedOut = 408;

NotEnrolled failed_here(const core::Error& error) {
  return {std::string(wire::kEnrolFailed), error};
}

/// The machine's key and whether it still has to take its place.
struct OwnKey {
  wire::SigningKey key;
  bool is_next = false;
};

core::Result<OwnKey> own_key(const std::filesystem::path& data_dir) {
  auto key = wire::read_key(data_dir / journal::kDeviceKeyFile);
  if (key) return OwnKey{std::move(*key), false};
  if (key.error().fault != Fault::kNotFound) return core::Failure(key.error());
  auto next = wire::read_or_make_key(data_dir / journal::kNextKeyFile);
  if (!next) return core::Failure(next.error());
  return OwnKey{std::move(*next), true};
}

/// The journal goes by the key before the key takes its place: Source::open ends what is cut here.
/// Nobody makes a journal meanwhile, by the key whose place is taken. Errors: kConflict when the
/// journal is another device's.
core::Result<void> adopt(const std::filesystem::path& data_dir, const core::DeviceId& device,
                         const OwnKey& own) {
  const auto alone = journal::Gate::alone(data_dir);
  if (!alone) return core::Failure(alone.error());
  auto outbox = journal::Outbox::open_alone(data_dir, *alone);
  if (!outbox && outbox.error().fault != Fault::kNotFound) return core::Failure(outbox.error());
  if (outbox && outbox->identity().device != device) {
    return core::fail(Fault::kConflict, "the journal here is of device " +
                                            outbox->identity().device.value + ", the code is for " +
                                            device.value + "; ask for a code for the former");
  }
  if (outbox && outbox->identity().public_key != own.key.public_key()) {
    if (auto set = outbox->set_public_key(own.key.public_key()); !set) return set;
  }
  if (!own.is_next) return {};
  return wire::move_private_file(data_dir / journal::kNextKeyFile,
                                 data_dir / journal::kDeviceKeyFile);
}

/// Waits pass by themselves; all other refusals are for whoever gave the code.
NotEnrolled refused(const HttpAnswer& answer) {
  const std::string kind = problem_kind(answer.body);
  const bool passes = kind.empty() || answer.status >= 500 || answer.status == kTooMany ||
                      answer.status == kTimedOut;
  if (passes) {
    const bool rests = answer.status == kTooMany && !kind.empty();
    return {rests ? kind : std::string(wire::kEnrolOffline), {Fault::kOffline, describe(answer)}};
  }
  return {kind, {Fault::kRefused, describe(answer)}};
}

/// The key first: by enrolment.json the kiosk begins.
EnrolmentOutcome keep_enrolment(const std::filesystem::path& data_dir,
                                const wire::Enrolment& enrolment, const OwnKey& own) {
  if (auto adopted = adopt(data_dir, enrolment.device, own); !adopted) {
    if (adopted.error().fault != Fault::kConflict) return failed_here(adopted.error());
    return NotEnrolled{"other-device", adopted.error()};
  }
  if (auto kept = wire::write_enrolment(data_dir, enrolment); !kept) {
    return failed_here(kept.error());
  }
  return enrolment;
}

/// Empty: there is no journal yet.
core::Result<core::DeviceId> device_here(const std::filesystem::path& data_dir) {
  const auto outbox = journal::Outbox::open(data_dir);
  if (outbox) return outbox->identity().device;
  if (outbox.error().fault == Fault::kNotFound) return core::DeviceId();
  return core::Failure(outbox.error());
}

/// One request with that key. It says what the machine could not go by, so that the district
/// refuses before the code is used.
EnrolmentOutcome present(const std::filesystem::path& data_dir, const wire::EnrolmentCode& code,
                         const wire::PublicKey& expected, const OwnKey& own, Transport& transport) {
  const auto device = device_here(data_dir);
  if (!device) return failed_here(device.error());
  const core::Bytes32 secret = code.secret();
  const wire::EnrolmentRequest request{code.invitation(), own.key.public_key(),
                                       wire::random_bytes32(), *device, expected};
  const std::string bytes = wire::seal_enrolment_request(request, secret, own.key);
  const Answer answer = transport.send({"/api/v1/enrol", "application/json", bytes, ""});
  if (const auto* failure = std::get_if<NetworkFailure>(&answer)) {
    return NotEnrolled{std::string(wire::kEnrolOffline), {Fault::kOffline, failure->text}};
  }
  const auto& http = std::get<HttpAnswer>(answer);
  if (http.status != 200) return refused(http);
  const auto enrolment = wire::open_enrolment(http.body, request, secret);
  if (!enrolment) {
    return NotEnrolled{std::string(wire::kEnrolOffline),
                       {Fault::kOffline, describe(http) + ", but " + enrolment.error().message}};
  }
  if (expected != wire::PublicKey{} && expected != enrolment->district) {
    return NotEnrolled{
        "other-district",
        {Fault::kConflict, "the district that answered is not the one of [district] public_key"}};
  }
  return keep_enrolment(data_dir, *enrolment, own);
}

}  // namespace

EnrolmentOutcome enrol(const std::filesystem::path& data_dir, const wire::EnrolmentCode& code,
                       const wire::PublicKey& expected, Transport& transport) {
  std::error_code ignored;  // what is missing shows when the key is made
  std::filesystem::create_directories(data_dir, ignored);
  auto own = own_key(data_dir);
  if (!own) return failed_here(own.error());
  EnrolmentOutcome outcome = present(data_dir, code, expected, *own, transport);
  const auto* refused = std::get_if<NotEnrolled>(&outcome);
  if (refused == nullptr || refused->state != kKeyTaken || own->is_next) return outcome;
  // The key was revoked, or copied with the card: only a new one can go on.
  auto next = wire::read_or_make_key(data_dir / journal::kNextKeyFile);
  if (!next) return failed_here(next.error());
  return present(data_dir, code, expected, {std::move(*next), true}, transport);
}

core::Result<wire::PublicKey> rotate_key(const std::filesystem::path& data_dir,
                                         const wire::PublicKey& district, Transport& transport) {
  auto source = Source::open(data_dir);
  if (!source) return core::Failure(source.error());
  auto next = wire::read_or_make_key(data_dir / journal::kNextKeyFile);
  if (!next) return core::Failure(next.error());
  const core::DeviceId& device = source->outbox().identity().device;
  const wire::KeyChange change{device, source->key().public_key(), next->public_key()};
  const std::string bytes = wire::seal_key_change(device, source->key(), *next);
  const Answer answer =
      transport.send({"/api/v1/devices/" + device.value + "/keys", "application/json", bytes, ""});
  if (const auto* failure = std::get_if<NetworkFailure>(&answer)) {
    return core::fail(Fault::kOffline, failure->text);
  }
  const auto& http = std::get<HttpAnswer>(answer);
  if (http.status != 200) {
    const NotEnrolled why = refused(http);
    return core::Failure(why.error);
  }
  if (auto checked = wire::check_key_answer(http.body, change, district); !checked) {
    return core::fail(Fault::kOffline, describe(http) + ", but " + checked.error().message);
  }
  if (auto adopted = adopt(data_dir, device, {*next, true}); !adopted) {
    return core::Failure(adopted.error());
  }
  return next->public_key();
}

}  // namespace hailong::sync
