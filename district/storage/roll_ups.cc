#include "district/storage/roll_ups.h"

#include <chrono>
#include <tuple>
#include <utility>

#include "district/storage/connection.h"
#include "district/storage/roll_up_changes.h"

namespace hailong::district::storage {
namespace {

using sql::Connection;
using Key = std::tuple<std::string, std::string, std::string, std::string>;

std::int64_t revision_of(Connection& c) {
  return c.query("SELECT coalesce(sum(n), 0) FROM revision")[0].integer(0);
}

constexpr const char* kSums =
    "sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), sum(x1), sum(x2), sum(x3), sum(x4), sum(x5), "
    "sum(flagged), sum(left_out), sum(linked), sum(later) ";
constexpr const char* kEach =
    "n1, n2, n3, n4, n5, x1, x2, x3, x4, x5, flagged, left_out, linked, later ";

/// The roll-up of days or of months: where it stands, and by what it is told apart.
struct Source {
  const char* cells;
  const char* flags;  // joined to the cells
  const char* time;   // its column of days or months
  const char* month;
};
constexpr Source kDays{"cell", "cell JOIN cell_flag ON cell.id = cell_flag.cell_id", "day",
                       "substr(day, 1, 7)"};
constexpr Source kMonths{"month_cell", "month_flag", "month", "month"};
constexpr Source kUnitMonths{"unit_month", "unit_month_flag", "month", "month"};  // without fields
constexpr Source kHeld{"held_cell", "held_flag", "day", "substr(day, 1, 7)"};     // not to be shown

constexpr const char* kHoursInFives =
    "(SELECT unit_id, day, hour, n1, n2, n3, n4, n5 FROM hour_cell UNION ALL "
    "SELECT unit_id, day, hour, -n1, -n2, -n3, -n4, -n5 FROM held_hour) AS shown ";
constexpr const char* kAnswersInFives =
    "(SELECT unit_id, day, question, choice, n FROM answer_cell UNION ALL "
    "SELECT unit_id, day, question, choice, -n FROM held_answer) AS shown ";

/// The part of a range that one source answers: days, or months "YYYY-MM", both included.
struct Part {
  const Source* source;
  std::string from;
  std::string to;
};

std::string month_text(std::chrono::year_month month) {
  return core::to_string(month / std::chrono::day{1}).substr(0, 7);
}

/// Whole months, and the days before and after them.
std::vector<Part> parts_of(core::LocalDate from, core::LocalDate to, const Grouping& grouping) {
  using std::chrono::months;
  const auto month_of = [](core::LocalDate day) { return day.year() / day.month(); };
  const auto first_day = [](std::chrono::year_month month) {
    return core::LocalDate{month / std::chrono::day{1}};
  };
  const auto day_before = [](core::LocalDate day) {
    return core::LocalDate{std::chrono::sys_days{day} - std::chrono::days{1}};
  };
  const auto first =
      first_day(month_of(from)) == from ? month_of(from) : month_of(from) + months{1};
  const auto after = month_of(core::next_day(to));  // the month after the last whole one
  if (grouping.by_counter || after <= first) {
    return {{&kDays, core::to_string(from), core::to_string(to)}};
  }
  std::vector<Part> parts{{grouping.by_field ? &kMonths : &kUnitMonths, month_text(first),
                           month_text(after - months{1})}};
  if (from < first_day(first)) {
    parts.push_back({&kDays, core::to_string(from), core::to_string(day_before(first_day(first)))});
  }
  if (first_day(after) <= to) {
    parts.push_back({&kDays, core::to_string(first_day(after)), core::to_string(to)});
  }
  return parts;
}

/// "WHERE time BETWEEN $1 AND $2 [AND unit_id IN ($3, …)]" with its values, which are views.
class Where {
 public:
  Where(const char* time, const std::string& from, const std::string& to,
        const std::vector<std::string>& unit_ids)
      : text_(std::string("WHERE ") + time + " BETWEEN $1 AND $2 "), values_{from, to} {
    for (const std::string& unit : unit_ids) {
      values_.emplace_back(unit);
      text_.append(values_.size() == 3 ? "AND unit_id IN ($" : ", $");
      text_.append(std::to_string(values_.size()));
    }
    if (!unit_ids.empty()) text_.append(") ");
  }

  [[nodiscard]] sql::Rows select(Connection& c, const std::string& what,
                                 const std::string& grouped) const {
    return c.query_values("SELECT " + what + text_ + grouped, values_);
  }

 private:
  std::string text_;
  std::vector<sql::Value> values_;
};

/// The four columns of the key, those not grouped by being empty, and what groups by them. Empty
/// ones are left out of that, so that the order of the table serves.
struct KeyColumns {
  std::string selected = "unit_id";
  std::string grouped = "GROUP BY unit_id";
};

KeyColumns key_columns(const Source& source, const Grouping& grouping) {
  KeyColumns key;
  const auto add = [&](bool wanted, const char* column) {
    key.selected.append(", ").append(wanted ? column : "''");
    if (wanted) key.grouped.append(", ").append(column);
  };
  add(grouping.by_month, source.month);
  add(grouping.by_field, "field_id");
  add(grouping.by_counter, "counter_id");  // of days alone
  return key;
}

Key key_of(const sql::Row& row) { return {row.text(0), row.text(1), row.text(2), row.text(3)}; }

void add_counts(core::Counts& counts, const sql::Row& row, std::size_t first, int times = 1) {
  for (std::size_t i = 0; i < 5; ++i) counts.by_score[i] += times * row.integer(first + i);
}

/// Adds the part, or takes it away (`times` is -1).
void add_part(Connection& c, const Part& part, const Grouping& grouping,
              const std::vector<std::string>& unit_ids, std::map<Key, RollUp>& by_key,
              int times = 1) {
  const Source& source = *part.source;
  const Where where(source.time, part.from, part.to, unit_ids);
  const KeyColumns key = key_columns(source, grouping);
  // Months are kept as they are asked for: nothing is to be added up.
  const bool as_kept = grouping.by_month && (&source == &kMonths || &source == &kUnitMonths);
  for (const sql::Row row : where.select(
           c, key.selected + ", " + (as_kept ? kEach : kSums) + "FROM " + source.cells + " ",
           as_kept ? "" : key.grouped)) {
    RollUp& sum = by_key[key_of(row)];
    add_counts(sum.counts, row, 4, times);
    add_counts(sum.excluded, row, 9, times);
    sum.flagged += times * row.integer(14);
    sum.left_out += times * row.integer(15);
    sum.linked += times * row.integer(16);
    sum.later += times * row.integer(17);
  }
  for (const sql::Row row : where.select(
           c,
           key.selected + ", reason, " + (as_kept ? "n" : "sum(n)") + " FROM " + source.flags + " ",
           as_kept ? "" : key.grouped + ", reason")) {
    if (row.integer(5) == 0) continue;
    auto& reasons = by_key[key_of(row)].reasons;
    const auto reason = reasons.try_emplace(row.text(4)).first;
    reason->second += times * row.integer(5);
    if (reason->second == 0) reasons.erase(reason);
  }
}

void add_uncertain(Connection& c, const Grouping& grouping,
                   const std::vector<std::string>& unit_ids, std::map<Key, RollUp>& by_key) {
  const KeyColumns key = key_columns(kDays, grouping);
  for (const sql::Row row :
       Where("day", kUncertainDay, kUncertainDay, unit_ids)
           .select(c, key.selected + ", sum(n1 + n2 + n3 + n4 + n5) FROM cell ", key.grouped)) {
    if (row.integer(4) != 0) by_key[key_of(row)].uncertain_day = row.integer(4);
  }
}

}  // namespace

core::Result<RollUps> RollUpReader::read(core::LocalDate from, core::LocalDate to,
                                         const Grouping& grouping,
                                         const std::vector<std::string>& unit_ids) {
  return reading(store_, "reading roll-ups", [&](Connection& c) -> core::Result<RollUps> {
    RollUps roll_ups{revision_of(c), {}};
    std::map<Key, RollUp> by_key;
    for (const Part& part : parts_of(from, to, grouping)) {
      add_part(c, part, grouping, unit_ids, by_key);
    }
    if (shown_ == Shown::kInFives) {
      const Part held{&kHeld, core::to_string(from), core::to_string(to)};
      add_part(c, held, grouping, unit_ids, by_key, -1);
    } else if (!grouping.by_month) {
      add_uncertain(c, grouping, unit_ids, by_key);
    }
    for (auto& [key, row] : by_key) {
      if (row.counts.n() == 0 && row.flagged == 0 && row.uncertain_day == 0) continue;
      std::tie(row.unit_id, row.month, row.field_id, row.counter_id) = key;
      roll_ups.rows.push_back(std::move(row));
    }
    return roll_ups;
  });
}

core::Result<std::vector<HourRow>> RollUpReader::hours(core::LocalDate from, core::LocalDate to,
                                                       const std::vector<std::string>& unit_ids) {
  using Hours = std::vector<HourRow>;
  return reading(store_, "reading hours", [&](Connection& c) -> core::Result<Hours> {
    const std::string first = core::to_string(from);
    const std::string last = core::to_string(to);
    const sql::Rows rows =
        Where("day", first, last, unit_ids)
            .select(
                c,
                std::string("unit_id, hour, sum(n1), sum(n2), sum(n3), sum(n4), sum(n5) FROM ") +
                    (shown_ == Shown::kInFives ? kHoursInFives : "hour_cell "),
                "GROUP BY 1, 2 ORDER BY 1, 2");
    Hours hours;
    hours.reserve(rows.size());
    for (const sql::Row row : rows) {
      HourRow hour{row.text(0), static_cast<int>(row.integer(1)), {}};
      add_counts(hour.counts, row, 2);
      if (hour.counts.n() > 0) hours.push_back(std::move(hour));
    }
    return hours;
  });
}

core::Result<std::vector<AnswerRow>> RollUpReader::answers(
    core::LocalDate from, core::LocalDate to, const std::vector<std::string>& unit_ids) {
  using Answers = std::vector<AnswerRow>;
  return reading(store_, "reading answers", [&](Connection& c) -> core::Result<Answers> {
    const std::string first = core::to_string(from);
    const std::string last = core::to_string(to);
    const sql::Rows rows =
        Where("day", first, last, unit_ids)
            .select(c,
                    std::string("unit_id, question, choice, sum(n) FROM ") +
                        (shown_ == Shown::kInFives ? kAnswersInFives : "answer_cell "),
                    "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3");
    Answers answers;
    answers.reserve(rows.size());
    for (const sql::Row row : rows) {
      if (row.integer(3) == 0) continue;
      answers.push_back({row.text(0), row.text(1), row.text(2), row.integer(3)});
    }
    return answers;
  });
}

core::Result<std::int64_t> RollUpReader::revision() {
  return reading(store_, "reading the revision",
                 [](Connection& c) { return core::Result<std::int64_t>(revision_of(c)); });
}

core::Result<Totals> RollUpReader::totals() {
  return reading(store_, "reading totals", [](Connection& c) -> core::Result<Totals> {
    const auto number = [&](const char* sql) { return c.query(sql)[0].integer(0); };
    return Totals{number("SELECT count(*) FROM device WHERE unit_code <> ''"),
                  number("SELECT count(*) FROM stream WHERE id <> 0"),
                  number("SELECT coalesce(sum(position), 0) FROM stream WHERE id <> 0"),
                  number("SELECT count(*) FROM quarantine"),
                  number("SELECT count(*) FROM conflict")};
  });
}

core::Result<std::vector<LastArrival>> RollUpReader::last_received() {
  using Latest = std::vector<LastArrival>;
  return reading(store_, "reading arrivals", [](Connection& c) -> core::Result<Latest> {
    auto places = places_by_device(c);
    const sql::Rows rows =
        c.query("SELECT device_id, max(received_at) FROM stream WHERE id <> 0 GROUP BY device_id");
    Latest arrivals;
    arrivals.reserve(rows.size());
    for (const sql::Row row : rows) {
      arrivals.push_back({std::move(places.at(row.text(0))), row.integer(1)});
    }
    return arrivals;
  });
}

}  // namespace hailong::district::storage
