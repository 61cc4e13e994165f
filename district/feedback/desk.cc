#include "district/feedback/desk.h"

#include <algorithm>

#include "district/feedback/sight.h"
#include "district/feedback/timeliness.h"
#include "district/storage/case_standing.h"

namespace hailong::district::feedback {
namespace {

using access::Principal;
using storage::CaseFile;
using storage::CaseRow;

constexpr int kMostAsked = 20;

bool has_words(const CaseRow& row) {
  return std::any_of(row.words.begin(), row.words.end(),
                     [](const auto& words) { return words.text.has_value(); });
}

/// Whom the audit log names, and what was looked at.
storage::AuditEntry look(const Principal& principal, std::string subject, std::int64_t now_ms) {
  return {now_ms, principal.name, "case-read", std::move(subject), "Xem nội dung ý kiến"};
}

void forget_words(CaseRow& row) {
  for (storage::CaseWords& words : row.words) words.text.reset();
}

storage::CaseQuery narrowed(storage::CaseQuery query, const InboxFilter& filter) {
  if (filter.unit_id) {
    std::vector<std::string> wanted = filter.unit_history;
    wanted.push_back(*filter.unit_id);
    if (query.unit_ids) {
      std::erase_if(wanted, [&](const std::string& id) {
        return std::find(query.unit_ids->begin(), query.unit_ids->end(), id) ==
               query.unit_ids->end();
      });
    }
    query.unit_ids = std::move(wanted);
  }
  query.status = filter.status;
  query.classed = filter.classed;
  query.overdue = filter.overdue;
  query.asked = filter.asked;
  query.from = filter.from;
  query.to = filter.to;
  query.search = filter.search;
  return query;
}

/// The cases of which the page shows words.
std::string read_in(const Inbox& inbox) {
  std::string ids;
  for (const auto* rows : {&inbox.asked, &inbox.rows}) {
    for (const InboxRow& each : *rows) {
      if (!has_words(each.row)) continue;
      ids.append(ids.empty() ? "" : " ").append(to_string(each.row.head.id));
    }
  }
  return ids;
}

}  // namespace

InboxRow Desk::inbox_row(const Principal& principal, CaseRow row, bool with_words,
                         std::int64_t now_ms) const {
  InboxRow shown;
  shown.due_at = row.standing.due_at;
  if (row.standing.steps == 0) {
    shown.due_at = core::next_due({}, row.head.given_at, limits_, calendar_)->at_ms;
  }
  shown.overdue = shown.due_at && *shown.due_at <= now_ms;
  shown.news = row.standing.steps > 0 && row.head.last_seq != row.standing.seen;
  blur(principal, row);
  // What is restricted is opened on its own, never read in passing.
  core::CaseState state;
  state.status = row.standing.status;
  state.classed = row.standing.classed;
  state.misconduct = row.standing.misconduct;
  if (!with_words || core::is_restricted(state, row.head.facts)) forget_words(row);
  shown.row = std::move(row);
  return shown;
}

core::Result<Inbox> Desk::inbox(const Principal& principal, const InboxFilter& filter,
                                std::optional<storage::CaseId> after, int limit, bool with_words,
                                std::int64_t now_ms) {
  const storage::CaseCutoffs cutoffs = cutoffs_at(now_ms, limits_, calendar_);
  const storage::CaseQuery query = narrowed(cases_for(principal), filter);
  Inbox inbox;
  auto counts = cases_.count(query, cutoffs);
  if (!counts) return core::Failure(counts.error());
  inbox.counts = std::move(*counts);
  auto rows = cases_.list(query, cutoffs, after, limit + 1);
  if (!rows) return core::Failure(rows.error());
  if (static_cast<int>(rows->size()) > limit) {
    rows->pop_back();
    inbox.next = rows->back().head.id;
  }
  const auto show = [&](std::vector<CaseRow>& from, std::vector<InboxRow>& to) {
    to.reserve(from.size());
    for (CaseRow& row : from)
      to.push_back(inbox_row(principal, std::move(row), with_words, now_ms));
  };
  show(*rows, inbox.rows);
  if (inbox.counts.asked > 0 && !filter.asked && !after) {
    storage::CaseQuery asked = query;
    asked.asked = true;
    auto first = cases_.list(asked, cutoffs, std::nullopt, kMostAsked);
    if (!first) return core::Failure(first.error());
    show(*first, inbox.asked);
  }
  const std::string read = read_in(inbox);
  if (!read.empty()) {
    if (auto noted = audit_.add(look(principal, read, now_ms)); !noted) {
      return core::Failure(noted.error());
    }
  }
  return inbox;
}

core::Result<OpenedCase> Desk::open(const Principal& person, const storage::CaseId& id,
                                    std::int64_t now_ms) {
  auto file = cases_.read(id);
  if (!file) return core::Failure(file.error());
  if (!may_see(person, file->row)) {
    return core::fail(core::Fault::kNotFound, "no such case: " + to_string(id));
  }
  auto state = storage::state_of(*file);
  if (!state) return core::Failure(state.error());
  if (state->status == core::CaseStatus::kNew && access::belongs_to_commune(person.role) &&
      may_take(person, *file, *state, core::CaseAction::kSee)) {
    core::CaseStep seen;
    seen.action = core::CaseAction::kSee;
    if (auto taken = take(person, id, seen, state->steps, now_ms); !taken) {
      if (taken.error().fault != core::Fault::kConflict) return core::Failure(taken.error());
    }
    return open(person, id, now_ms);
  }
  OpenedCase opened;
  opened.dues = core::dues(*state, file->row.head.given_at, limits_, calendar_);
  for (std::size_t i = 0; i < core::kCaseActions; ++i) {
    const auto action = static_cast<core::CaseAction>(i);
    if (core::fits(*state, action, file->row.head.facts) &&
        may_take(person, *file, *state, action)) {
      opened.actions.push_back(action);
    }
  }
  opened.details = sees_details(person);
  blur(person, *file);
  if (!sees_officers(person)) state->officer.clear();
  opened.file = std::move(*file);
  opened.state = std::move(*state);
  if (has_words(opened.file.row)) {
    if (auto noted = audit_.add(look(person, to_string(id), now_ms)); !noted) {
      return core::Failure(noted.error());
    }
  }
  return opened;
}

core::Result<storage::CaseChange> Desk::change_of(const Principal& person, const CaseFile& file,
                                                  core::CaseStep step, std::int64_t now_ms) const {
  const auto state = storage::state_of(file);
  if (!state) return core::Failure(state.error());
  if (auto allowed = may_take(person, file, *state, step.action); !allowed) {
    return core::Failure(allowed.error());
  }
  step.at_ms = now_ms;
  step.who = person.name;
  step.role = std::string(access::word_of(person.role));
  step.seen = file.row.head.last_seq;
  const auto next = core::after(*state, step, file.row.head.facts);
  if (!next) return core::Failure(next.error());
  return storage::CaseChange{
      step,
      standing_after(file, *state, *next, {limits_, calendar_}),
      {now_ms, person.name, "case-" + std::string(core::word_of(step.action)),
       to_string(file.row.head.id), std::string(core::name_of(step.action))}};
}

core::Result<void> Desk::take(const Principal& person, const storage::CaseId& id,
                              const core::CaseStep& step, int known_steps, std::int64_t now_ms) {
  const auto quicker = [] {
    return core::fail(core::Fault::kConflict,
                      "Có người vừa cập nhật ý kiến này. Xin xem lại rồi làm tiếp.");
  };
  auto taken = cases_.change(id, [&](const CaseFile& file) -> core::Result<storage::CaseChange> {
    if (!may_see(person, file.row)) {
      return core::fail(core::Fault::kNotFound, "no such case: " + to_string(id));
    }
    if (file.row.standing.steps != known_steps) return quicker();
    return change_of(person, file, step, now_ms);
  });
  // The store says so itself where the other one came while this one was being written.
  if (!taken && taken.error().fault == core::Fault::kConflict) return quicker();
  return taken;
}

}  // namespace hailong::district::feedback
