#include "district/storage/cases.h"

#include <charconv>

#include "district/storage/case_query.h"
#include "district/storage/connection.h"
#include "district/storage/revision.h"
#include "wire/step_texts.h"

namespace hailong::district::storage {
namespace {

constexpr std::string_view kRowColumns =
    "SELECT c.stream_id, c.rating_seq, c.unit_id, c.day, c.given_at, c.alert, c.last_seq, "
    "cell.field_id, cell.counter_id, r.score, "
    "(SELECT count(*) FROM consent WHERE consent.stream_id = c.stream_id "
    "AND consent.rating_seq = c.rating_seq), "
    "s.status, s.classed, s.misconduct, s.hidden, s.due_at, s.answer_due, s.settled_at, "
    "s.reply_due, s.seen, s.steps";

/// The store was written by this program: another word or day is corruption.
template <typename T>
T known(const std::optional<T>& value, const char* what) {
  if (!value) throw sql::Exception({core::Fault::kCorrupt, std::string("unknown ") + what});
  return *value;
}

CaseStanding standing_of(const sql::Row& row) {
  CaseStanding standing;
  if (row.is_null(11)) return standing;
  standing.status = known(core::case_status_of(row.text(11)), "status of a case");
  standing.classed = known(core::case_class_of(row.text(12)), "class of a case");
  standing.misconduct = row.integer(13) != 0;
  standing.hidden = row.integer(14) != 0;
  standing.due_at = row.maybe_integer(15);
  standing.answer_due = row.maybe_integer(16);
  standing.settled_at = row.maybe_integer(17);
  standing.reply_due = row.maybe_integer(18);
  standing.seen = row.integer(19);
  standing.steps = static_cast<int>(row.integer(20));
  return standing;
}

CaseHead head_of(const sql::Row& row) {
  CaseHead head;
  head.id = {row.integer(0), row.integer(1)};
  head.unit_id = row.text(2);
  head.day = known(core::parse_date(row.text(3)), "day of a case");
  head.given_at = row.integer(4);
  head.facts = {row.integer(5) != 0, row.integer(10) > 0};
  head.last_seq = row.integer(6);
  head.field_id = row.text(7);
  head.counter_id = row.text(8);
  head.score = static_cast<int>(row.integer(9));
  return head;
}

std::vector<CaseWords> words_of(sql::Connection& connection, const CaseId& id) {
  std::vector<CaseWords> list;
  const auto rows = connection.query(
      "SELECT w.seq, content.text, w.seq > stream.contents AND content.erased_by IS NULL "
      "AND content.erased_own IS NULL FROM case_words w "
      "JOIN stream ON stream.id = w.stream_id LEFT JOIN content "
      "ON content.stream_id = w.stream_id AND content.seq = w.seq "
      "WHERE w.stream_id = $1 AND w.rating_seq = $2 ORDER BY w.seq",
      id.stream, id.rating);
  list.reserve(rows.size());
  for (const sql::Row row : rows) {
    CaseWords words{row.integer(0), std::nullopt, row.integer(2) != 0};
    if (!row.is_null(1)) words.text = row.bytes(1);
    list.push_back(std::move(words));
  }
  return list;
}

CaseRow row_of(sql::Connection& connection, const sql::Row& row) {
  CaseRow found{head_of(row), standing_of(row), {}};
  found.words = words_of(connection, found.head.id);
  return found;
}

std::vector<CaseAnswer> answers_of(sql::Connection& connection, const CaseId& id) {
  std::vector<CaseAnswer> list;
  const auto rows = connection.query(
      "SELECT question, choices, alert FROM answer WHERE stream_id = $1 AND rating_seq = $2 "
      "ORDER BY question",
      id.stream, id.rating);
  list.reserve(rows.size());
  for (const sql::Row row : rows) list.push_back({row.text(0), row.text(1), row.integer(2) != 0});
  return list;
}

/// What was written at the kiosk. Whatever else lies there is shown as it is.
void add_texts(core::CaseStep& step, const std::string& content) {
  auto texts = wire::decode_step_texts(content);
  if (!texts) texts = wire::StepTexts{content, ""};
  step.note = std::move(texts->note);
  step.answer = std::move(texts->answer);
}

TakenStep step_of(const sql::Row& row) {
  TakenStep step;
  step.action = known(core::case_action_of(row.text(0)), "action on a case");
  step.at_ms = row.integer(1);
  step.who = row.text(2);
  step.role = row.text(3);
  step.classed = known(core::case_class_of(row.text(4)), "class of a case");
  step.subject = known(core::petition_subject_of(row.text(5)), "subject of a petition");
  step.misconduct = row.integer(6) != 0;
  step.officer = row.text(7);
  step.note = row.text(8);
  step.answer = row.text(9);
  step.receiver = row.text(10);
  if (const auto day = row.maybe_text(11)) step.due = known(core::parse_date(*day), "due day");
  step.seen = row.integer(12);
  step.moved = row.integer(13) != 0;
  if (!row.is_null(14)) add_texts(step, row.bytes(14));
  return step;
}

std::vector<TakenStep> steps_of(sql::Connection& connection, const CaseId& id) {
  std::vector<TakenStep> list;
  const auto rows = connection.query(
      "SELECT t.action, t.at_ms, t.who, t.role, t.classed, t.subject, t.misconduct, t.officer, "
      "t.note, t.answer, t.receiver, t.due_day, t.seen, t.moved, content.text "
      "FROM case_step t LEFT JOIN content ON content.stream_id = t.stream_id "
      "AND content.seq = t.event_seq WHERE t.stream_id = $1 AND t.rating_seq = $2 "
      "ORDER BY t.number",
      id.stream, id.rating);
  list.reserve(rows.size());
  for (const sql::Row row : rows) list.push_back(step_of(row));
  return list;
}

core::Result<CaseFile> file_of(sql::Connection& connection, const CaseId& id) {
  CaseStatement statement{std::string(kRowColumns)};
  statement.add(kCaseTables).add(" WHERE c.stream_id = ").number(id.stream);
  statement.add(" AND c.rating_seq = ").number(id.rating);
  const auto rows = statement.run(connection);
  if (rows.empty()) return core::fail(core::Fault::kNotFound, "no such case: " + to_string(id));
  return CaseFile{row_of(connection, rows[0]), answers_of(connection, id),
                  steps_of(connection, id)};
}

void set_standing(sql::Connection& connection, const CaseId& id, const CaseStanding& standing) {
  connection.execute(
      "INSERT INTO case_state (stream_id, rating_seq, status, classed, misconduct, hidden, due_at, "
      "answer_due, settled_at, reply_due, seen, steps) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
      "ON CONFLICT (stream_id, rating_seq) DO UPDATE SET status = excluded.status, "
      "classed = excluded.classed, misconduct = excluded.misconduct, hidden = excluded.hidden, "
      "due_at = excluded.due_at, answer_due = excluded.answer_due, "
      "settled_at = excluded.settled_at, reply_due = excluded.reply_due, seen = excluded.seen, "
      "steps = excluded.steps",
      id.stream, id.rating, core::word_of(standing.status), core::word_of(standing.classed),
      standing.misconduct, standing.hidden, standing.due_at, standing.answer_due,
      standing.settled_at, standing.reply_due, standing.seen, standing.steps);
  copy_standing(connection, id);
}

}  // namespace

core::Result<CaseFile> read_to_handle(sql::Connection& connection, const CaseId& id) {
  connection.lock("case " + to_string(id));
  return file_of(connection, id);
}

void add_step(sql::Connection& connection, const CaseId& id, const core::CaseStep& step,
              const CaseStanding& standing, const std::optional<KioskStep>& from_kiosk) {
  std::optional<std::string> due;
  if (step.due) due = core::to_string(*step.due);
  std::optional<core::Seq> event;
  if (from_kiosk) event = from_kiosk->event;
  connection.execute(
      "INSERT INTO case_step (stream_id, rating_seq, number, action, at_ms, who, role, classed, "
      "subject, misconduct, officer, note, answer, receiver, due_day, seen, event_seq, moved) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
      id.stream, id.rating, standing.steps, core::word_of(step.action), step.at_ms, step.who,
      step.role, core::word_of(step.classed), core::word_of(step.subject), step.misconduct,
      step.officer, step.note, step.answer, step.receiver, due, step.seen, event,
      !from_kiosk || from_kiosk->moved);
  set_standing(connection, id, standing);
}

void copy_standing(sql::Connection& connection, const CaseId& id) {
  connection.execute(
      "UPDATE feedback_case SET (status, classed, misconduct, hidden, due_at, answer_due, "
      "settled_at, reply_due, steps) = (SELECT status, classed, misconduct, hidden, due_at, "
      "answer_due, settled_at, reply_due, steps FROM case_state "
      "WHERE stream_id = $1 AND rating_seq = $2) WHERE stream_id = $1 AND rating_seq = $2 "
      "AND EXISTS (SELECT 1 FROM case_state WHERE stream_id = $1 AND rating_seq = $2)",
      id.stream, id.rating);
}

std::string to_string(const CaseId& id) {
  return std::to_string(id.stream) + "-" + std::to_string(id.rating);
}

std::optional<CaseId> parse_case_id(std::string_view text) {
  CaseId id;
  const char* const end = text.data() + text.size();
  const auto stream = std::from_chars(text.data(), end, id.stream);
  if (stream.ec != std::errc{} || stream.ptr == end || *stream.ptr != '-') return std::nullopt;
  const auto rating = std::from_chars(stream.ptr + 1, end, id.rating);
  if (rating.ec != std::errc{} || rating.ptr != end) return std::nullopt;
  if (to_string(id) != text) return std::nullopt;  // one spelling each
  return id;
}

core::Result<std::vector<CaseRow>> CaseStore::list(const CaseQuery& query,
                                                   const CaseCutoffs& cutoffs,
                                                   std::optional<CaseId> after, int limit) {
  using List = std::vector<CaseRow>;
  return reading(store_, "listing cases", [&](sql::Connection& connection) -> core::Result<List> {
    CaseStatement statement{std::string(kRowColumns)};
    statement.add(kCaseTables).add(" WHERE 1 = 1");
    statement.add_filters(query, cutoffs);
    if (after) {
      statement.add(
          " AND (c.given_at, c.stream_id, c.rating_seq) < "
          "(SELECT given_at, stream_id, rating_seq FROM feedback_case WHERE stream_id = ");
      statement.number(after->stream).add(" AND rating_seq = ").number(after->rating).add(")");
    }
    statement.add(" ORDER BY c.given_at DESC, c.stream_id DESC, c.rating_seq DESC LIMIT ");
    statement.number(limit);
    const auto rows = statement.run(connection);
    List list;
    list.reserve(rows.size());
    for (const sql::Row row : rows) list.push_back(row_of(connection, row));
    return list;
  });
}

core::Result<CaseFile> CaseStore::read(const CaseId& id) {
  return reading(store_, "reading a case",
                 [&](sql::Connection& connection) { return file_of(connection, id); });
}

core::Result<void> CaseStore::change(
    const CaseId& id, const std::function<core::Result<CaseChange>(const CaseFile&)>& work) {
  return writing(store_, "handling a case", [&](sql::Connection& connection) -> core::Result<void> {
    const auto file = read_to_handle(connection, id);
    if (!file) return core::Failure(file.error());
    const auto change = work(*file);
    if (!change) return core::Failure(change.error());
    add_step(connection, id, change->step, change->standing, std::nullopt);
    raise_revision(connection);  // scores depend on timeliness
    add_audit(connection, change->audit);
    return {};
  });
}

}  // namespace hailong::district::storage
