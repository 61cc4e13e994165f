#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "district/access/invitation.h"
#include "district/ingest/heartbeats.h"
#include "district/storage/invitations.h"
#include "journal/identity.h"
#include "sync/transport.h"
#include "tests/district/plain_count.h"
#include "tests/district/sample.h"
#include "wire/enrolment.h"
#include "wire/heartbeat.h"
#include "wire/receipt.h"

/// The district of a story in which anything happens (any_history_test.cc), and its true time.

namespace hailong::tests {

using district::kDay;
using district::kNoon;
using district::PlainUnits;

inline constexpr int kUnits = 3;
inline constexpr std::int64_t kMinute = 60'000;

/// True time of the story, which only goes on.
struct Calendar {
  int day = 0;
  int minute = 0;  // since 8:00

  void go_on(int minutes) {
    minute += minutes;
    if (minute < 8 * 60) return;
    minute = 0;
    ++day;
  }
  /// Between ten past and ten to every hour: a time that was repaired may be off by some seconds,
  /// and that must not decide in which hour the model counts.
  [[nodiscard]] std::int64_t now_ms() const {
    const std::int64_t hour = 60 * kMinute;
    return kNoon + day * kDay + (minute / 60 - 4) * hour + hour / 6 +
           minute % 60 * (hour * 2 / 180);
  }
};

/// The district, and the way to it.
class District : public sync::Transport {
 public:
  enum class Way {
    kOpen,
    kClosed,
    kDeaf,  // what is sent arrives, no answer comes back
  };
  /// The events that an epoch added, first and last.
  using Added = std::function<void(const core::EpochId&, core::Seq, core::Seq)>;

  explicit District(const Calendar& calendar) : calendar_(calendar) {
    count_by(PlainUnits(kUnits));
  }

  sync::Answer send(const sync::Request& request) override {
    if (way == Way::kClosed) return sync::NetworkFailure{"no route"};
    const bool is_heartbeat = request.path.ends_with("/heartbeat");
    if (!is_heartbeat && !request.path.ends_with("/batches")) {
      return sync::HttpAnswer{404, {}, "", ""};
    }
    Sent sent{{}, std::string(request.body), is_heartbeat};
    if (is_heartbeat) {
      const auto told = district::must(wire::open_heartbeat(sent.bytes)).heartbeat;
      sent.device = told.device;
      know_of(told.epoch, told.last);
    } else {
      const auto claim = district::must(wire::open_batch(sent.bytes, 1 << 20)).claim;
      sent.device = claim.device;
      know_of(claim.epoch, claim.last);
    }
    sent_.push_back(sent);
    sync::Answer answer = is_heartbeat ? hear(sent) : take(sent);
    if (std::get<sync::HttpAnswer>(answer).status == 400) ADD_FAILURE() << "refused";
    if (way == Way::kDeaf) return sync::NetworkFailure{"no answer"};
    return answer;
  }

  /// Something that was sent long ago arrives once more.
  void repeat(std::uint32_t which) {
    if (sent_.empty()) return;
    const Sent sent = sent_[which % sent_.size()];
    sent.is_heartbeat ? hear(sent) : take(sent);
  }

  /// The units are others from some day on; what is there is counted anew.
  void count_by(const PlainUnits& units) {
    receiver_.reset();
    register_ = units.as_configured();
    receiver_.emplace(
        reception_.store(), register_,
        district::storage::CaseRules{reception_.config().case_limits, reception_.config().calendar},
        8U << 20U);
    district::must(receiver_->rebuild());
  }

  /// A kiosk whose key somebody brought, as they were set up before there were codes.
  void know(const journal::Identity& identity, int unit) {
    district::must(district::storage::Devices(reception_.store())
                       .add({identity.device, core::UnitCode{PlainUnits::code_of(unit)},
                             core::CounterId{"q1"}, "", identity.public_key},
                            {"test", kNoon}));
  }

  /// A card that presents a code; the number with which it begins.
  core::Seq enrol(const std::string& device, int unit, const wire::SigningKey& key) {
    const std::int64_t now_ms = calendar_.now_ms();
    district::access::InvitationForm form;
    form.device = device;
    const bool is_known = district::must(
        district::storage::Invitations(reception_.store()).is_known(core::DeviceId{device}));
    if (!is_known) {
      form.unit = PlainUnits::code_of(unit);
      form.counter = "q1";
    }
    const auto invited = std::get<district::access::Invited>(district::must(
        district::access::invite(reception_.store(), register_, form, {"test", now_ms})));
    const wire::EnrolmentRequest request{
        invited.code.invitation(), key.public_key(), wire::random_bytes32(), {}, {}};
    const auto received = district::must(wire::receive_enrolment_request(
        wire::seal_enrolment_request(request, invited.code.secret(), key)));
    const auto enrolled =
        district::must(district::storage::Invitations(reception_.store()).enrol(received, now_ms));
    return std::get<district::storage::Enrolled>(enrolled).enrolment.first;
  }

  [[nodiscard]] std::string counted() {
    auto peek = reception_.peek();
    return peek.roll_ups() + peek.kept_sums();
  }
  [[nodiscard]] bool has_words(const std::string& text) {
    return reception_.peek().number("SELECT count(*) FROM content WHERE CAST(text AS TEXT) = '" +
                                    text + "'") > 0;
  }
  [[nodiscard]] wire::PublicKey key() const { return key_.public_key(); }
  /// The highest event of an epoch that the district has ever seen a sign of.
  [[nodiscard]] core::Seq known_of(const core::EpochId& epoch) const {
    const auto found = known_.find(epoch.value);
    return found == known_.end() ? 0 : found->second;
  }

  Way way = Way::kOpen;
  std::map<std::string, Added> added;  // by device
  std::set<std::string> accused;       // devices of which something contradicts what is known

 private:
  struct Sent {
    core::DeviceId device;
    std::string bytes;
    bool is_heartbeat = false;
  };

  void know_of(const core::EpochId& epoch, core::Seq last) {
    core::Seq& known = known_[epoch.value];
    known = std::max(known, last);
  }

  sync::Answer take(const Sent& sent) {
    const auto answer =
        district::must(receiver_->receive(sent.device, sent.bytes, calendar_.now_ms()));
    if (const auto* refused = std::get_if<district::ingest::Refused>(&answer)) {
      if (refused->why != district::ingest::Refusal::kConflict) {
        return sync::HttpAnswer{400, {}, "", ""};
      }
      accused.insert(sent.device.value);
      return sync::HttpAnswer{409, {}, "", ""};
    }
    const auto& accepted = std::get<district::ingest::Accepted>(answer);
    const wire::Receipt& receipt = accepted.receipt;
    if (accepted.added > 0) {
      added[sent.device.value](receipt.epoch, receipt.last - accepted.added + 1, receipt.last);
    }
    return sync::HttpAnswer{200, {}, "application/json", wire::seal_receipt(receipt, key_)};
  }

  sync::Answer hear(const Sent& sent) {
    const std::int64_t now_ms = calendar_.now_ms();
    const auto outcome = district::must(
        district::ingest::Heartbeats(reception_.store()).take(sent.device, sent.bytes, now_ms));
    const auto* taken = std::get_if<district::ingest::TakenHeartbeat>(&outcome);
    if (taken == nullptr) return sync::HttpAnswer{400, {}, "", ""};
    if (!taken->contradiction.empty()) accused.insert(sent.device.value);
    return sync::HttpAnswer{200,
                            {},
                            "application/json",
                            wire::seal_heartbeat_answer({taken->told.nonce, now_ms, ""}, key_)};
  }

  const Calendar& calendar_;
  district::Reception reception_;
  core::UnitRegister register_;
  std::optional<district::ingest::Receiver> receiver_;
  wire::SigningKey key_ = wire::SigningKey::from_seed(core::Bytes32{9});
  std::vector<Sent> sent_;
  std::map<std::string, core::Seq> known_;  // by epoch
};

}  // namespace hailong::tests
