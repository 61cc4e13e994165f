#pragma once

#include <string>
#include <string_view>

#include "core/chain.h"
#include "core/hex.h"
#include "wire/signing.h"

namespace hailong::district::ingest {

/// What stands for a dossier or a number in the district's own records: a hash that only the holder
/// of its key can repeat, and that tells nothing about it.
class SubjectHash {
 public:
  explicit SubjectHash(const wire::SigningKey& key) {
    const wire::Signature signature = key.sign("erasure subject", "");
    secret_ =
        core::chain_next({}, {reinterpret_cast<const char*>(signature.data()), signature.size()});
  }

  [[nodiscard]] core::Bytes32 of_dossier(std::string_view code) const {
    return of("dossier", code);
  }
  [[nodiscard]] core::Bytes32 of_phone(std::string_view number) const {
    return of("phone", number);
  }

 private:
  [[nodiscard]] core::Bytes32 of(std::string about, std::string_view subject) const {
    return core::content_digest(secret_, about.append("\n").append(subject));
  }

  core::Bytes32 secret_{};
};

}  // namespace hailong::district::ingest
