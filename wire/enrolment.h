#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/hex.h"
#include "core/ids.h"
#include "core/result.h"
#include "wire/signing.h"

/// How a machine becomes a device of the district (docs/formats.md).
///
/// Both sides know the secret of a one-time code (wire/enrolment_code.h), which never travels. The
/// machine's request bears its MAC and the signature of the machine's own key; the district's
/// answer bears its MAC and the signature of the district's key, and repeats the request's nonce.
/// So whoever breaks TLS can neither enrol a key of their own nor put their key in the district's
/// place.

namespace hailong::wire {

/// No request and no answer is longer.
inline constexpr std::size_t kLongestEnrolment = 4096;

struct EnrolmentRequest {
  std::string invitation;   // its name, the first four characters of the code
  PublicKey key{};          // of the machine
  core::Bytes32 nonce{};    // random, new for each request
  core::DeviceId device{};  // whose journal is on the machine already; empty: none
  PublicKey district{};     // the only one that it takes an answer from; zeros: any

  bool operator==(const EnrolmentRequest&) const = default;
};

/// The bytes to send; `key` is the machine's, which becomes the request's.
std::string seal_enrolment_request(const EnrolmentRequest& request, const core::Bytes32& secret,
                                   const SigningKey& key);

/// A request whose signature holds. Whether whoever sent it knew the code is not said yet.
struct ReceivedEnrolment {
  EnrolmentRequest request;
  std::string text;     // as it was signed
  core::Bytes32 mac{};  // over the same

  /// Takes as long for a wrong secret as for a right one.
  [[nodiscard]] bool knows(const core::Bytes32& secret) const;
};

/// Errors: kInvalid (no request of version 1), kRefused (the signature is not its key's).
core::Result<ReceivedEnrolment> receive_enrolment_request(std::string_view bytes);

/// What the district says that the machine is from now on.
struct Enrolment {
  core::DeviceId device;
  core::UnitCode unit;
  std::string point;        // reception point; empty: not said
  core::CounterId counter;  // empty: not said
  core::Seq first = 1;      // the number that a new journal begins with
  PublicKey district{};     // whose receipts count

  bool operator==(const Enrolment&) const = default;
};

/// As text, and back. Errors: kInvalid when it does not say what a machine is.
std::string encode_enrolment(const Enrolment& enrolment);
core::Result<Enrolment> decode_enrolment(std::string_view text);

/// The answer to `request`; `district` is the district's key, which becomes the enrolment's.
std::string seal_enrolment(const Enrolment& enrolment, const EnrolmentRequest& request,
                           const core::Bytes32& secret, const SigningKey& district);

/// Errors: kInvalid when it is no answer at all, kRefused when it was not made by one who knows the
/// code, for this request, with the key that it names.
core::Result<Enrolment> open_enrolment(std::string_view bytes, const EnrolmentRequest& request,
                                       const core::Bytes32& secret);

}  // namespace hailong::wire
