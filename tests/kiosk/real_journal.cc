#include "tests/kiosk/real_journal.h"

#include "journal/reader.h"
#include "tests/kiosk/stage.h"
#include "wire/event_codec.h"

namespace hailong::tests {

namespace flow = kiosk::flow;

namespace {

/// As the shell makes the writer's jobs.
struct JobMaker {
  flow::Ticket ticket;

  using Body = decltype(kiosk::Writer::Job::body);

  static journal::DossierRef reference_to(const flow::Dossier& dossier) {
    core::Bytes32 key{};
    for (std::size_t i = 0; i < dossier.code.size(); ++i) {
      std::uint8_t& place = key[i % key.size()];
      place = static_cast<std::uint8_t>(place * 31 + static_cast<std::uint8_t>(dossier.code[i]));
    }
    return {dossier.code, key, {}, {}};
  }

  Body operator()(const flow::NewRating& what) const {
    kiosk::NewRating job{
        core::Rating{
            RealJournal::visit_of(ticket), what.score, core::CounterId{"q1"}, core::FieldId{}, {}},
        {}};
    if (what.dossier) job.beside.dossier = reference_to(*what.dossier);
    return job;
  }
  Body operator()(const core::Correction& what) const { return what; }
  Body operator()(const core::Answers& what) const { return what; }
  Body operator()(const flow::NewWords& what) const {
    return kiosk::NewWords{what.rating, what.text};
  }
  Body operator()(const flow::NewContact& what) const {
    return kiosk::NewContact{{what.rating, "1", 90}, what.phone + "\n" + what.name};
  }
  Body operator()(const flow::NewDossier& what) const {
    return kiosk::NewDossier{what.rating, reference_to(what.dossier)};
  }
};

}  // namespace

RealJournal::RealJournal()
    : writer_(folder_.path(), core::DeviceId{"kiosk-1"}, outcomes_.collector()) {}

core::VisitId RealJournal::visit_of(flow::Ticket ticket) {
  return core::VisitId{"visit-" + std::to_string(ticket)};
}

void RealJournal::hand_over(const flow::Effect& effect) {
  tickets_.push_back(effect.ticket);
  const auto write = [&]<typename E>(const E& entry) {
    if constexpr (!std::same_as<E, kiosk::staff::Command>) {
      writer_.append({journal::stamp_now(), JobMaker{effect.ticket}(entry), effect.ticket});
    }
  };
  std::visit(write, effect.entry);
}

flow::Event RealJournal::next_outcome() {
  const auto seq = outcomes_.wait_for(told_);
  const flow::Ticket ticket = tickets_[told_++];
  if (!seq) return flow::AppendFailed{ticket};
  return flow::Appended{ticket, *seq};
}

void RealJournal::finish() {
  if (!tickets_.empty()) (void)outcomes_.ticket_of(tickets_.size() - 1);
}

std::filesystem::path RealJournal::file() const { return folder_.path() / "journal.db"; }

std::vector<core::Event> RealJournal::events() const {
  std::vector<core::Event> events;
  wire::EventDecoder decoder;
  must(must(journal::Reader::open(file())).each_event([&](std::string_view line) {
    events.push_back(must(decoder.decode(line)));
  }));
  return events;
}

std::string RealJournal::complaint() const {
  const auto found = must(must(journal::Reader::open(file())).verify());
  if (!found.first_bad) return {};
  return std::to_string(*found.first_bad) + ": " + found.reason;
}

}  // namespace hailong::tests
