#include "sync/bundle_fetch.h"

#include <optional>

#include "program/config.h"
#include "sync/problem.h"
#include "wire/bundle_file.h"
#include "wire/private_file.h"

namespace hailong::sync {
namespace {

using core::Fault;

constexpr int kOk = 200;
constexpr int kNotModified = 304;
constexpr int kNoneThere = 404;

/// The bundle on the disk, and why there is none where one should be.
struct Kept {
  std::optional<wire::OpenedBundle> bundle;
  std::string fault;
  std::optional<wire::OpenedBundle> newest;  // that ever was, as far as that can be read
};

Kept kept_in(const std::filesystem::path& data_dir, const wire::PublicKey& district,
             const core::DeviceId& device) {
  Kept kept;
  if (auto newest = wire::read_bundle_file(data_dir / wire::kNewestBundleFile, district, device)) {
    kept.newest = std::move(*newest);
  }
  const auto file = data_dir / wire::kBundleFile;
  auto read = wire::read_bundle_file(file, district, device);
  if (!read) {
    if (read.error().fault != Fault::kNotFound) kept.fault = read.error().message;
  } else if (kept.newest && !read->may_follow(*kept.newest)) {
    kept.fault = file.string() + ": bundle " + read->id + " is older than " + kept.newest->id;
  } else {
    kept.bundle = std::move(*read);
  }
  return kept;
}

/// Why `fetched` must not take the place of `kept`; empty when it may.
std::string objection(const wire::OpenedBundle& fetched, const Kept& kept) {
  const auto& newest = kept.bundle ? kept.bundle : kept.newest;
  if (!newest || fetched.may_follow(*newest)) return {};
  return "the district's configuration bundle " + fetched.id + " is not newer than " + newest->id +
         ", which was in use: publish it again at the district";
}

class Fetch {
 public:
  Fetch(const std::filesystem::path& data_dir, const std::string& named, Kept kept)
      : data_dir_(data_dir), named_(named), kept_(std::move(kept)) {}

  core::Result<BundleState> judge(const HttpAnswer& answer, const wire::PublicKey& district,
                                  const core::DeviceId& device) const {
    const bool known = answer.status == kNotModified && kept_.bundle;
    if (known || answer.status == kNoneThere) return stands(kept_.fault);
    if (answer.status != kOk) {
      return core::fail(Fault::kOffline,
                        "asking for the configuration bundle: " + describe(answer));
    }
    const auto fetched = wire::open_bundle(answer.body, district, device);
    if (!fetched) return stands(fetched.error().message);
    if (fetched->id != named_) {
      return core::fail(Fault::kOffline, "asking for the configuration bundle: " + fetched->id +
                                             " came, but the district named " + named_);
    }
    if (std::string why = objection(*fetched, kept_); !why.empty()) return stands(std::move(why));
    for (const char* name : {wire::kNewestBundleFile, wire::kBundleFile}) {
      if (auto written = wire::write_private_file(data_dir_ / name, answer.body); !written) {
        return core::Failure(written.error());
      }
    }
    if (auto cleared = note(""); !cleared) return core::Failure(cleared.error());
    return BundleState{fetched->id, {}, true};
  }

 private:
  /// The disk stays as it is, but for the fault file.
  [[nodiscard]] core::Result<BundleState> stands(std::string fault) const {
    if (auto noted = note(fault); !noted) return core::Failure(noted.error());
    return BundleState{kept_.bundle ? kept_.bundle->id : std::string(), std::move(fault), false};
  }

  [[nodiscard]] core::Result<void> note(const std::string& fault) const {
    const auto file = data_dir_ / wire::kBundleFaultFile;
    if (fault.empty()) return wire::remove_private_file(file);
    const auto noted = program::read_text_file(file);
    if (noted && *noted == fault + "\n") return {};
    return wire::write_private_file(file, fault + "\n");
  }

  const std::filesystem::path& data_dir_;
  const std::string& named_;
  const Kept kept_;
};

}  // namespace

BundleState bundle_on_disk(const core::DeviceId& device, const wire::PublicKey& district,
                           const std::filesystem::path& data_dir) {
  const Kept kept = kept_in(data_dir, district, device);
  return {kept.bundle ? kept.bundle->id : std::string(), kept.fault, false};
}

core::Result<BundleState> fetch_bundle(Transport& transport, const core::DeviceId& device,
                                       const std::string& named, const wire::PublicKey& district,
                                       const std::filesystem::path& data_dir) {
  Kept kept = kept_in(data_dir, district, device);
  Request request;
  request.path = "/api/v1/devices/" + device.value + "/config";
  if (kept.bundle) request.known_etag = "\"" + kept.bundle->id + "\"";
  request.most_answer_bytes = wire::kMostSealedBundleBytes;
  const Answer answer = transport.send(request);
  if (const auto* failure = std::get_if<NetworkFailure>(&answer)) {
    return core::fail(Fault::kOffline, "asking for the configuration bundle: " + failure->text);
  }
  const Fetch fetch(data_dir, named, std::move(kept));
  return fetch.judge(std::get<HttpAnswer>(answer), district, device);
}

}  // namespace hailong::sync
