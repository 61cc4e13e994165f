#include "journal/review.h"

#include <nlohmann/json.hpp>

#include "core/folding.h"
#include "journal/case_columns.h"
#include "journal/store.h"
#include "wire/event_codec.h"
#include "wire/step_texts.h"

namespace hailong::journal {
namespace {

using core::Fault;

core::LocalDate date_of(const SQLite::Column& column) {
  return core::parse_date(column.getString()).value_or(core::LocalDate{});
}

constexpr const char* kNamesOfficer =
    "EXISTS (SELECT 1 FROM answer WHERE answer.rating_seq = feedback_case.rating_seq"
    " AND answer.question = 'officer' AND json_array_length(answer.choices) > 0)";

/// Columns of a CaseHead behind those of its state.
std::string head_columns() {
  std::string columns =
      ", feedback_case.rating_seq, rating.recorded_at_ms, rating.score, rating_now.counter,"
      " rating_now.field, rating_now.flagged, feedback_case.alert,"
      " EXISTS (SELECT 1 FROM consent WHERE consent.rating_seq = rating.seq),"
      " feedback_case.last_seq, ";
  return columns.append(kNamesOfficer)
      .append(
          " FROM feedback_case JOIN rating ON rating.seq = feedback_case.rating_seq"
          " JOIN rating_now ON rating_now.seq = rating.seq");
}

CaseHead head_in(SQLite::Statement& row) {
  constexpr int kFirst = kCaseColumnCount;
  CaseHead head;
  head.state = read_case(row, 0);
  head.rating = row.getColumn(kFirst).getInt64();
  head.given_at = row.getColumn(kFirst + 1).getInt64();
  head.score = row.getColumn(kFirst + 2).getInt();
  head.counter = core::CounterId{row.getColumn(kFirst + 3).getString()};
  head.field = core::FieldId{row.getColumn(kFirst + 4).getString()};
  head.flagged = row.getColumn(kFirst + 5).getInt() != 0;
  head.facts = {row.getColumn(kFirst + 6).getInt() != 0, row.getColumn(kFirst + 7).getInt() != 0};
  head.last_seq = row.getColumn(kFirst + 8).getInt64();
  head.names_officer = row.getColumn(kFirst + 9).getInt() != 0;
  return head;
}

/// "chung"* "thuc"*: every word begins one of the text's. Empty for a query without words.
std::string match_of(std::string_view search) {
  const std::string folded = core::fold(search);
  std::string match;
  for (const std::string_view word : core::words(folded)) {
    if (!match.empty()) match += ' ';
    match += '"';
    match += word;
    match += "\"*";
  }
  return match;
}

std::string quoted(const std::string& text) {
  std::string literal = "'";
  for (const char c : text) literal.append(c == '\'' ? 2 : 1, c);
  return literal + "'";
}

/// For a WHERE: without what core::is_restricted() says, petitions about behaviour and what names
/// an officer, unless it may be seen.
std::string scope_of(const CaseScope& scope) {
  std::string where;
  if (!scope.with_restricted) {
    where
        .append(
            " AND NOT (feedback_case.alert OR feedback_case.misconduct"
            " OR feedback_case.subject = 'behaviour' OR feedback_case.class = 'complaint'"
            " OR feedback_case.status = 'passed-on' OR ")
        .append(kNamesOfficer)
        .append(")");
  }
  if (scope.up_to) {
    where.append(" AND feedback_case.rating_seq <= ").append(std::to_string(*scope.up_to));
  }
  if (!scope.not_about.empty()) {
    where +=
        " AND NOT EXISTS (SELECT 1 FROM answer, json_each(answer.choices) AS choice"
        " WHERE answer.rating_seq = feedback_case.rating_seq AND answer.question = 'officer'"
        " AND choice.value IN (";
    for (const std::string& officer : scope.not_about) where.append(quoted(officer)).append(",");
    where.append("''))");
  }
  return where;
}

std::string where_of(const CaseFilter& filter, bool searches) {
  std::string where = " WHERE 1";
  where += scope_of(filter.scope);
  if (filter.status) where += " AND feedback_case.status = :status";
  if (filter.score) where += " AND rating.score = :score";
  if (filter.field) where += " AND rating_now.field = :field";
  if (filter.flagged) where += " AND rating.flags <> ''";
  if (filter.from) where += " AND rating.recorded_at_ms >= :from";
  if (filter.to) where += " AND rating.recorded_at_ms < :to";
  if (searches) {
    if (!filter.scope.with_restricted) where += " AND NOT feedback_case.hidden";
    where +=
        " AND feedback_case.rating_seq IN (SELECT feedback.rating_seq FROM word_index"
        " JOIN feedback ON feedback.seq = word_index.rowid WHERE word_index MATCH :match)";
  }
  return where;
}

core::CaseStep step_in(SQLite::Statement& row, wire::EventDecoder& decoder) {
  const auto event = decoder.decode(sqlite::view_of(row.getColumn(0)));
  const auto* handling = event ? std::get_if<core::Handling>(&event->body) : nullptr;
  if (handling == nullptr) return {};
  core::CaseStep step = handling->step;
  step.at_ms = event->stamp.wall_ms;
  if (const auto texts = wire::decode_step_texts(sqlite::view_of(row.getColumn(1)))) {
    step.note = texts->note;
    step.answer = texts->answer;
  }
  return step;
}

std::vector<Cell> cells_in(SQLite::Statement& query, core::LocalDate from, core::LocalDate to) {
  query.bind(1, core::to_string(from));
  query.bind(2, core::to_string(to));
  std::vector<Cell> cells;
  while (query.executeStep()) {
    Cell cell{date_of(query.getColumn(0)),
              query.getColumn(1).getInt(),
              core::CounterId{query.getColumn(2).getString()},
              core::FieldId{query.getColumn(3).getString()},
              {},
              query.getColumn(9).getInt64(),
              query.getColumn(10).getInt64()};
    for (int i = 0; i < 5; ++i) {
      cell.counts.by_score[static_cast<std::size_t>(i)] = query.getColumn(4 + i).getInt64();
    }
    cells.push_back(std::move(cell));
  }
  return cells;
}

}  // namespace

core::Result<std::vector<Cell>> Review::cells(core::LocalDate from, core::LocalDate to) {
  return sqlite::fenced("reading sums", [&]() -> core::Result<std::vector<Cell>> {
    SQLite::Statement query(*store_.database,
                            "SELECT day, hour, counter, field, n1, n2, n3, n4, n5, flagged,"
                            " superseded FROM cell WHERE day BETWEEN ? AND ?"
                            " AND n1 + n2 + n3 + n4 + n5 + superseded > 0"
                            " ORDER BY day, hour, counter, field");
    return cells_in(query, from, to);
  });
}

core::Result<std::vector<Cell>> Review::five_cells(core::LocalDate from, core::LocalDate to) {
  return sqlite::fenced("reading sums", [&]() -> core::Result<std::vector<Cell>> {
    SQLite::Statement query(*store_.database,
                            "SELECT day, hour, counter, field, n1, n2, n3, n4, n5, 0, 0"
                            " FROM five_cell WHERE day BETWEEN ? AND ?"
                            " AND n1 + n2 + n3 + n4 + n5 > 0"
                            " ORDER BY day, hour, counter, field");
    return cells_in(query, from, to);
  });
}

core::Result<std::optional<LastFive>> Review::last_five() {
  return sqlite::fenced("reading sums", [&]() -> core::Result<std::optional<LastFive>> {
    SQLite::Statement query(*store_.database,
                            "SELECT seq, day FROM rating_now"
                            " WHERE nth = ((SELECT max(nth) FROM rating) - 1) / 5 * 5");
    if (!query.executeStep()) return std::optional<LastFive>();
    return std::optional(LastFive{query.getColumn(0).getInt64(), date_of(query.getColumn(1))});
  });
}

core::Result<std::optional<core::LocalDate>> Review::first_day() {
  return sqlite::fenced("reading sums", [&]() -> core::Result<std::optional<core::LocalDate>> {
    SQLite::Statement query(*store_.database, "SELECT min(day) FROM cell WHERE day <> ''");
    query.executeStep();
    return core::parse_date(query.getColumn(0).getString());
  });
}

core::Result<std::vector<ServedCount>> Review::served(core::LocalDate from, core::LocalDate to) {
  return sqlite::fenced("reading served counts", [&]() -> core::Result<std::vector<ServedCount>> {
    SQLite::Statement query(*store_.database,
                            "SELECT day, field, count, who FROM served WHERE day BETWEEN ? AND ?"
                            " ORDER BY day, field");
    query.bind(1, core::to_string(from));
    query.bind(2, core::to_string(to));
    std::vector<ServedCount> list;
    while (query.executeStep()) {
      list.push_back({date_of(query.getColumn(0)), core::FieldId{query.getColumn(1).getString()},
                      query.getColumn(2).getInt64(), query.getColumn(3).getString()});
    }
    return list;
  });
}

core::Result<std::vector<SignedDay>> Review::signed_days(core::LocalDate from, core::LocalDate to) {
  return sqlite::fenced("reading signed days", [&]() -> core::Result<std::vector<SignedDay>> {
    SQLite::Statement query(*store_.database,
                            "SELECT day, at_ms, who FROM sign_off WHERE day BETWEEN ? AND ?"
                            " ORDER BY seq");
    query.bind(1, core::to_string(from));
    query.bind(2, core::to_string(to));
    std::vector<SignedDay> days;
    while (query.executeStep()) {
      days.push_back({date_of(query.getColumn(0)), query.getColumn(1).getInt64(),
                      query.getColumn(2).getString()});
    }
    return days;
  });
}

/// Whatever residents have left since staff last searched. Erased texts are found by nothing.
void Review::index_words() {
  SQLite::Database& database = *store_.database;
  SQLite::Statement fresh(
      database,
      "SELECT feedback.seq, content.text FROM feedback JOIN content USING (seq)"
      " WHERE feedback.kind = 'words' AND content.text IS NOT NULL"
      " AND feedback.seq > (SELECT ifnull(max(rowid), 0) FROM word_index) ORDER BY feedback.seq");
  SQLite::Statement insert(database, "INSERT INTO word_index (rowid, folded) VALUES (?, ?)");
  std::optional<SQLite::Transaction> transaction;
  while (fresh.executeStep()) {
    if (!transaction) transaction.emplace(database);
    insert.reset();
    insert.bind(1, fresh.getColumn(0).getInt64());
    insert.bind(2, core::fold(sqlite::view_of(fresh.getColumn(1))));
    insert.exec();
  }
  fresh.reset();
  if (transaction) transaction->commit();
}

core::Result<std::vector<CaseHead>> Review::cases(const CaseFilter& filter) {
  return sqlite::fenced("reading cases", [&]() -> core::Result<std::vector<CaseHead>> {
    const std::string match = match_of(filter.search);
    if (!match.empty()) index_words();
    SQLite::Statement query(*store_.database, std::string("SELECT ") + kCaseColumns +
                                                  head_columns() +
                                                  where_of(filter, !match.empty()) +
                                                  " ORDER BY feedback_case.rating_seq DESC");
    if (filter.status) query.bind(":status", std::string(core::word_of(*filter.status)));
    if (filter.score) query.bind(":score", *filter.score);
    if (filter.field) query.bind(":field", filter.field->value);
    if (filter.from) query.bind(":from", core::start_of_day_ms(*filter.from));
    if (filter.to) query.bind(":to", core::start_of_day_ms(core::next_day(*filter.to)));
    if (!match.empty()) query.bind(":match", match);
    std::vector<CaseHead> heads;
    while (query.executeStep()) heads.push_back(head_in(query));
    return heads;
  });
}

core::Result<std::map<core::Seq, std::vector<Words>>> Review::words(
    const std::vector<core::Seq>& cases) {
  using Texts = std::map<core::Seq, std::vector<Words>>;
  return sqlite::fenced("reading words", [&]() -> core::Result<Texts> {
    SQLite::Statement query(*store_.database,
                            "SELECT content.text FROM feedback JOIN content USING (seq)"
                            " WHERE rating_seq = ? AND kind = 'words' ORDER BY seq");
    Texts texts;
    for (const core::Seq rating : cases) {
      query.reset();
      query.bind(1, rating);
      auto& own = texts[rating];
      while (query.executeStep()) {
        own.push_back(query.getColumn(0).isNull()
                          ? Words()
                          : Words(std::string(sqlite::view_of(query.getColumn(0)))));
      }
    }
    return texts;
  });
}

core::Result<CaseFile> Review::case_file(core::Seq rating) {
  return sqlite::fenced("reading a case", [&]() -> core::Result<CaseFile> {
    SQLite::Database& database = *store_.database;
    SQLite::Statement head(database, std::string("SELECT ") + kCaseColumns + head_columns() +
                                         " WHERE feedback_case.rating_seq = ?");
    head.bind(1, rating);
    if (!head.executeStep()) return core::fail(Fault::kNotFound, "Không có ý kiến này.");
    CaseFile file;
    file.head = head_in(head);
    auto texts = words({rating});
    if (!texts) return core::Failure(texts.error());
    file.words = std::move((*texts)[rating]);
    SQLite::Statement answers(database,
                              "SELECT question, choices FROM answer WHERE rating_seq = ?"
                              " AND json_array_length(choices) > 0 ORDER BY question");
    answers.bind(1, rating);
    while (answers.executeStep()) {
      core::Answer answer{answers.getColumn(0).getString(), {}};
      for (const auto& choice :
           nlohmann::json::parse(answers.getColumn(1).getString(), nullptr, false)) {
        if (choice.is_string()) answer.choices.push_back(choice.get<std::string>());
      }
      file.answers.push_back(std::move(answer));
    }
    SQLite::Statement steps(database,
                            "SELECT case_step.bytes, content.text FROM case_step"
                            " LEFT JOIN content USING (seq) WHERE rating_seq = ? ORDER BY seq");
    steps.bind(1, rating);
    wire::EventDecoder decoder;
    while (steps.executeStep()) file.steps.push_back(step_in(steps, decoder));
    return file;
  });
}

core::Result<std::optional<std::string>> Review::contact(core::Seq rating) {
  using Contact = std::optional<std::string>;
  return sqlite::fenced("reading contact data", [&]() -> core::Result<Contact> {
    SQLite::Statement query(*store_.database,
                            "SELECT content.text FROM feedback JOIN content USING (seq)"
                            " WHERE rating_seq = ? AND kind = 'contact' AND text IS NOT NULL"
                            " ORDER BY seq DESC LIMIT 1");
    query.bind(1, rating);
    if (!query.executeStep()) return Contact();
    return Contact(std::string(sqlite::view_of(query.getColumn(0))));
  });
}

core::Result<std::int64_t> Review::unseen(core::LocalDate day, const CaseScope& scope) {
  return sqlite::fenced("reading cases", [&]() -> core::Result<std::int64_t> {
    SQLite::Statement query(
        *store_.database,
        std::string("SELECT count(*) FROM feedback_case"
                    " JOIN rating ON rating.seq = feedback_case.rating_seq"
                    " WHERE status = 'new' AND recorded_at_ms >= ? AND recorded_at_ms < ?") +
            scope_of(scope));
    query.bind(1, core::start_of_day_ms(day));
    query.bind(2, core::start_of_day_ms(core::next_day(day)));
    query.executeStep();
    return query.getColumn(0).getInt64();
  });
}

core::Result<std::vector<core::LocalDate>> Review::days_with_unseen(core::LocalDate from,
                                                                    core::LocalDate to,
                                                                    const CaseScope& scope) {
  using Days = std::vector<core::LocalDate>;
  return sqlite::fenced("reading cases", [&]() -> core::Result<Days> {
    SQLite::Statement query(
        *store_.database,
        std::string("SELECT DISTINCT rating_now.day FROM feedback_case"
                    " JOIN rating_now ON rating_now.seq = feedback_case.rating_seq"
                    " WHERE rating_now.recorded_at_ms >= ? AND rating_now.recorded_at_ms < ?"
                    " AND (feedback_case.status = 'new' OR feedback_case.last_seq >"
                    "  (SELECT max(sign_off.seen) FROM sign_off"
                    "   WHERE sign_off.day = rating_now.day))") +
            scope_of(scope) + " ORDER BY rating_now.day");
    query.bind(1, core::start_of_day_ms(from));
    query.bind(2, core::start_of_day_ms(core::next_day(to)));
    Days days;
    while (query.executeStep()) days.push_back(date_of(query.getColumn(0)));
    return days;
  });
}

core::Result<std::vector<PublicAnswer>> Review::public_answers(int most) {
  using Answers = std::vector<PublicAnswer>;
  return sqlite::fenced("reading what was published", [&]() -> core::Result<Answers> {
    SQLite::Statement query(*store_.database,
                            "SELECT published_at, content.text FROM feedback_case"
                            " JOIN content ON content.seq = feedback_case.answer_seq"
                            " WHERE published_at IS NOT NULL AND content.text IS NOT NULL"
                            " ORDER BY published_at DESC, rating_seq DESC LIMIT ?");
    query.bind(1, most);
    Answers answers;
    while (query.executeStep()) {
      auto texts = wire::decode_step_texts(sqlite::view_of(query.getColumn(1)));
      if (!texts || texts->answer.empty()) continue;
      answers.push_back({query.getColumn(0).getInt64(), std::move(texts->answer)});
    }
    return answers;
  });
}

core::Result<std::vector<DoneAct>> Review::acts(int most) {
  return sqlite::fenced("reading what staff did", [&]() -> core::Result<std::vector<DoneAct>> {
    SQLite::Statement query(
        *store_.database,
        "SELECT at_ms, who, deed, about FROM staff_act ORDER BY seq DESC LIMIT ?");
    query.bind(1, most);
    std::vector<DoneAct> acts;
    while (query.executeStep()) {
      const auto deed = core::staff_deed_of(query.getColumn(2).getString());
      if (!deed) return core::fail(Fault::kCorrupt, "an act of the staff is of no known kind");
      acts.push_back({query.getColumn(0).getInt64(),
                      {query.getColumn(1).getString(), *deed, query.getColumn(3).getString()}});
    }
    return acts;
  });
}

core::Result<std::optional<std::int64_t>> Review::last_receipt_at() {
  return sqlite::fenced("reading receipts", [&]() -> core::Result<std::optional<std::int64_t>> {
    SQLite::Statement query(*store_.database,
                            "SELECT at_ms FROM receipt ORDER BY last DESC LIMIT 1");
    if (!query.executeStep()) return std::nullopt;
    return query.getColumn(0).getInt64();
  });
}

core::Result<core::Seq> Review::last_event() {
  return sqlite::fenced("reading the journal",
                        [&]() -> core::Result<core::Seq> { return store_.last().seq; });
}

core::Result<std::int64_t> Review::waiting() {
  return sqlite::fenced("reading receipts", [&]() -> core::Result<std::int64_t> {
    SQLite::Statement query(*store_.database, "SELECT coalesce(max(last), ?) FROM receipt");
    query.bind(1, store_.beginning.seq);
    query.executeStep();
    return store_.last().seq - query.getColumn(0).getInt64();
  });
}

}  // namespace hailong::journal
