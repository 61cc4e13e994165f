#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/event.h"
#include "core/result.h"
#include "journal/identity.h"

/// The kiosk's append-only store.
///
/// An event is written once, in one transaction with the projection that the views show, and is on
/// the disk when append() returns (WAL, synchronous=FULL): only then may anybody be thanked. Events
/// are numbered without a gap and chained by hash; SQL triggers refuse to change or delete one.
/// Words, contact data and dossier codes lie apart as content that an event commits to by a salted
/// digest, so that they can be erased and the chain still verifies.
///
/// Number and chain head are read inside each transaction, so several processes may append to one
/// journal; they wait for each other up to 5 s.

namespace hailong::journal {

/// The place an event was given.
struct Appended {
  core::Seq seq = 0;
  core::Bytes32 hash{};
};

/// The dossier that a rating is about, as it was scanned.
struct DossierRef {
  std::string code;       // plain; lies apart as content
  core::Bytes32 key{};    // keyed hash of the code, made by whoever holds the unit's secret
  std::string procedure;  // empty when unknown
  core::FieldId field;    // empty when unknown

  bool operator==(const DossierRef&) const = default;
};

/// What is known together with the tap itself.
struct Beside {
  std::optional<core::Bytes32> token_digest;  // of the one-time token that the thank-you shows
  std::optional<DossierRef> dossier;          // scanned before the tap
};

/// A rating as the rules of doubt look at it: the score that was tapped first.
struct RecentRating {
  core::Score score;
  core::Stamp stamp;
  core::Seq seq = 0;  // 0: not in the journal yet

  bool operator==(const RecentRating&) const = default;
};

/// Asked now and then by what takes long: false stops it.
using GoOn = std::function<bool()>;

/// Not thread-safe: one thread at a time.
class Journal {
 public:
  /// Opens the journal in `data_dir`, or makes folder, device key and journal at first start: its
  /// numbers begin with `first` then, which is 1 at least and known from enrolment.
  /// Errors: kInvalid when the journal belongs to another device or a newer program, kCorrupt, kIo,
  /// kFull, kBusy.
  static core::Result<Journal> open(const std::filesystem::path& data_dir,
                                    const core::DeviceId& device, core::Seq first = 1);

  /// Opens the journal that the kiosk made. Errors: kNotFound while there is none yet, and those of
  /// open().
  static core::Result<Journal> open_existing(const std::filesystem::path& data_dir,
                                             const core::DeviceId& device);

  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();

  [[nodiscard]] const Identity& identity() const;

  /// Each of these returns after its events are durable, or leaves nothing behind. All are safe to
  /// repeat after an error: what is in the journal already is found, its place is given, and
  /// nothing is written. Errors: kInvalid (not UTF-8; a rating that does not exist; what is named
  /// below), kFull, kIo, kBusy, kCorrupt. After kFull, kIo and kCorrupt open the journal anew: a
  /// failed commit may still have reached the disk.

  /// The rating with what stands beside it, in one transaction; gives the rating's place. A visit
  /// is appended once: repeating it adds nothing, whatever stands beside it.
  core::Result<Appended> append(const core::Stamp& stamp, const core::Rating& rating,
                                const Beside& beside = {});

  /// A correction may stand in the journal twice; it says the same then.
  core::Result<Appended> append(const core::Stamp& stamp, const core::Correction& correction);

  /// Repeated when the newest answers of the rating are the same. kInvalid also without an answer.
  core::Result<Appended> append(const core::Stamp& stamp, const core::Answers& answers);

  /// Links the rating to a dossier; a later link replaces the earlier one. Repeated when the rating
  /// is linked to that key, procedure and field. kInvalid also without a code.
  core::Result<Appended> append_dossier(const core::Stamp& stamp, core::Seq rating,
                                        const DossierRef& dossier);

  /// Words that the resident left. Repeated when the same words of the rating are there and were
  /// not erased. Contact data are kInvalid here: they need a consent.
  core::Result<Appended> append_feedback(const core::Stamp& stamp, core::Seq rating,
                                         core::FeedbackKind kind, std::string_view text);

  /// Contact data with the consent to keep them, in one transaction; gives the place of the
  /// feedback event. Repeated as words are. kInvalid also for a consent to keep them less than a
  /// day and for empty contact data.
  core::Result<Appended> append_contact(const core::Stamp& stamp, const core::Consent& consent,
                                        std::string_view contact);

  /// Erases the words, contact data or dossier code of event `seq` and says so in the chain.
  /// Erasing twice is kNotFound.
  core::Result<Appended> erase(const core::Stamp& stamp, core::Seq seq, std::string_view reason);

  /// Erases contact data that were recorded before `wall_ms`, and those whose own consent has run
  /// out at `stamp`, since what the screen promised holds also when the configuration has changed.
  /// Gives how many; all in one transaction.
  ///
  /// A clock that is wrong must not erase early. So nothing is erased while true_time() of `stamp`
  /// is not known; it will be when the kiosk is online again. What was recorded at a time that
  /// nobody knows counts as recorded when the true time was known next: events are in true order,
  /// so it is at least as old as that.
  core::Result<int> erase_contacts_before(const core::Stamp& stamp, std::int64_t wall_ms,
                                          std::string_view reason);

  /// Somebody tells that it is `true_ms` now (milliseconds since 1970 UTC), give or take
  /// `error_ms`; `now` is stamped at the same moment. Appended, so that all of this boot is
  /// corrected, when it tells more than is known. The district's word counts more than a clock, so
  /// each boot notes it once at least; an NTP clock's only while something waits for it. Nothing is
  /// appended, and nothing returned, when it adds nothing. Errors: kInvalid also for a time outside
  /// 1970 to 9999 and an error that is negative.
  core::Result<std::optional<Appended>> learn_time(const core::Stamp& now, std::int64_t true_ms,
                                                   std::int64_t error_ms, core::TimeSource by);

  /// The true time at the stamp, in milliseconds since 1970 UTC and half an hour off at most;
  /// nothing while neither a synced clock nor the district told it. Errors: kIo, kBusy, kCorrupt.
  core::Result<std::optional<std::int64_t>> true_time(const core::Stamp& now);

  /// Keeps beside the database how far its numbers may come within thousands of events, in case
  /// nothing of it can be read one day. Errors: kFull, kIo, kBusy, kCorrupt.
  core::Result<void> bound_numbers();

  /// Whether something can be written now: writes what stands there already. Errors as above.
  core::Result<void> try_to_write();

  /// The last ratings, at most `most`, oldest first. Errors: kIo, kBusy, kCorrupt.
  core::Result<std::vector<RecentRating>> recent_ratings(int most);

  /// Compacts away the events that the district confirmed, by a receipt that `district` signed,
  /// `keep_days` or more before `stamp`. What they came to stays: views, sums, cases and contents
  /// are as they were, and verification goes on from that receipt. Gives how many events are gone;
  /// most days none, since each time costs a copy of all sums. Nothing while true_time() is not
  /// known, nor up to contact data that are still to be erased or words that the district has not
  /// got.
  ///
  /// Takes minutes at worst. Whoever appends meanwhile, with a Journal of their own, waits for a
  /// moment at most. Errors also kRefused: a receipt is not signed by `district`.
  core::Result<std::int64_t> compact(const core::Stamp& stamp, int keep_days,
                                     const wire::PublicKey& district, const GoOn& go_on);

  /// Drops the projections and makes them again from the events.
  core::Result<void> rebuild_projections();

 private:
  friend class StaffBook;
  friend class Review;
  friend class Salvager;
  struct Store;
  explicit Journal(std::unique_ptr<Store> store);
  template <typename Identify>
  static core::Result<Journal> open_file(const std::filesystem::path& file, Identify identify);
  std::unique_ptr<Store> store_;
};

}  // namespace hailong::journal
