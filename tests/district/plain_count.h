#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "core/units.h"
#include "district/storage/flag_decisions.h"
#include "tests/district/fake_kiosk.h"

/// What kiosks, mergers, moves and decisions amount to, counted in the plainest way: from what was
/// said, all of it each time. The roll-ups must say the same.

namespace hailong::district {

/// Units over a few weeks, made by a row of changes; knows by itself what became of each.
class PlainUnits {
 public:
  static constexpr int kEver = -1000;
  static constexpr int kStill = 1000;
  struct Life {
    std::string code;
    int from = kEver;  // day
    int to = kStill;   // last day
    int next = -1;     // its main successor
  };

  explicit PlainUnits(int codes) {
    for (int code = 0; code < codes; ++code) lives_.push_back({code_of(code)});
  }

  static std::string code_of(int number) { return "u" + std::to_string(number); }

  /// Units a and b become a new one with a's code.
  void merge(int a, int b, int day) {
    const int first = ending(code_of(a), day);
    const int second = ending(code_of(b), day);
    if (first < 0 || second < 0 || first == second) return;
    const int made = begin(code_of(a), day);
    follow(first, made, day);
    follow(second, made, day);
  }
  /// The unit gets another name or another level above.
  void rename(int a, int day) {
    const int old = ending(code_of(a), day);
    if (old >= 0) follow(old, begin(code_of(a), day), day);
  }
  /// The code is given to a territory that has nothing to do with the unit that bore it last.
  void use_again(int a, int day) {
    if (on(code_of(a), day) >= 0 || on(code_of(a), day - 1) >= 0) return;
    begin(code_of(a), day);
  }
  /// The unit ends and goes into b, which goes on.
  void dissolve(int a, int b, int day) {
    const int old = ending(code_of(a), day);
    const int into = on(code_of(b), day);
    if (old < 0 || into < 0 || old == into) return;
    follow(old, into, day);
  }

  /// The life that bears `code` on `day`; -1 when none does.
  [[nodiscard]] int on(const std::string& code, int day) const {
    for (std::size_t i = 0; i < lives_.size(); ++i) {
      if (lives_[i].code == code && lives_[i].from <= day && day <= lives_[i].to) {
        return static_cast<int>(i);
      }
    }
    return -1;
  }
  [[nodiscard]] int became(int life, int day) const {
    while (at(life).to < day && at(life).next >= 0) life = at(life).next;
    return life;
  }
  [[nodiscard]] bool lives_on(int life, int day) const {
    return at(life).from <= day && day <= at(life).to;
  }
  [[nodiscard]] std::string id(int life) const {
    return at(life).code + "@" + (at(life).from == kEver ? "" : date_text(at(life).from));
  }
  [[nodiscard]] const std::vector<Life>& lives() const { return lives_; }

  /// The same as the register is configured.
  [[nodiscard]] core::UnitRegister as_configured() const {
    std::string units = "code,name,kind,parent_code,valid_from,valid_to\n";
    std::string successors = "from_code,to_code,effective,source\n";
    for (const Life& life : lives_) {
      units += life.code + "," + life.code + ",xã,31," +
               (life.from == kEver ? "" : date_text(life.from)) + "," +
               (life.to == kStill ? "" : date_text(life.to)) + "\n";
      if (life.next < 0) continue;
      successors += life.code + "," + at(life.next).code + "," + date_text(life.to + 1) + ",x\n";
    }
    return must(core::UnitRegister::parse(units, successors));
  }

  static core::LocalDate date(int day) { return core::local_date(kNoon + day * kDay); }
  static std::string date_text(int day) { return core::to_string(date(day)); }

 private:
  [[nodiscard]] const Life& at(int life) const { return lives_[static_cast<std::size_t>(life)]; }
  /// The life of `code` that may end on the day before `day`.
  [[nodiscard]] int ending(const std::string& code, int day) const {
    const int life = on(code, day);
    return life >= 0 && at(life).from < day ? life : -1;
  }
  int begin(const std::string& code, int day) {
    const int old = on(code, day);
    if (old >= 0) lives_[static_cast<std::size_t>(old)].to = day - 1;
    lives_.push_back({code, day});
    return static_cast<int>(lives_.size()) - 1;
  }
  void follow(int life, int next, int day) {
    lives_[static_cast<std::size_t>(life)].to = day - 1;
    lives_[static_cast<std::size_t>(life)].next = next;
  }

  std::vector<Life> lives_;
};

struct PlainRating {
  int day = 0;
  int hour = 0;
  int minute = 0;
  int score = 0;
  std::string field;
  std::string counter;
  std::set<std::string> flags;
  int dossier = -1;
  std::string dossier_field;
  std::map<std::string, std::set<std::string>> answers;

  [[nodiscard]] std::int64_t at_ms() const {
    return kNoon + day * kDay + (hour - 12) * 3'600'000LL + minute * 60'000LL;
  }
  [[nodiscard]] std::string field_now() const {
    const auto answered = answers.find("field");
    if (answered != answers.end() && !answered->second.empty()) return *answered->second.begin();
    return dossier_field.empty() ? field : dossier_field;
  }
};

class PlainCount {
 public:
  struct Place {
    int from = 0;
    std::string code;
  };
  struct Kiosk {
    std::vector<Place> places;
    std::map<core::Seq, PlainRating> ratings;
  };

  PlainCount(const PlainUnits& units, std::vector<Kiosk> kiosks)
      : units_(units), kiosks_(std::move(kiosks)) {}

  Kiosk& kiosk(std::size_t number) { return kiosks_[number]; }
  void decide(storage::FlagDecision decision) { decisions_.push_back(std::move(decision)); }

  /// What is counted of one rating, and where.
  struct Counted {
    std::string day, unit, field, counter;
    int hour = 0;
    int score = 0;
    bool superseded = false, excluded = false, linked = false;
    std::set<std::string> reasons;
    std::map<std::string, std::set<std::string>> answers;
  };
  [[nodiscard]] std::vector<Counted> all() const {
    std::vector<Counted> all;
    for (std::size_t k = 0; k < kiosks_.size(); ++k) {
      for (const auto& [seq, rating] : kiosks_[k].ratings) {
        Counted one{PlainUnits::date_text(rating.day),
                    unit_of(kiosks_[k], rating.day),
                    rating.field_now(),
                    rating.counter,
                    rating.hour,
                    rating.score,
                    !is_the_one(k, seq),
                    false,
                    rating.dossier >= 0,
                    rating.flags,
                    rating.answers};
        one.excluded = is_left_out(one);
        if (one.superseded) one.reasons.insert("superseded");
        all.push_back(std::move(one));
      }
    }
    return all;
  }

  /// As Peek::roll_ups() and Peek::kept_sums() write it.
  [[nodiscard]] std::string roll_ups() const {
    std::map<std::string, std::array<std::int64_t, 6>> cells;
    std::map<std::string, std::array<std::int64_t, 7>> excluded;
    std::map<std::string, std::array<std::int64_t, 14>> months, unit_months;
    std::map<std::string, std::int64_t> left_out, flags, month_flags, unit_month_flags, answers;
    std::map<std::tuple<std::string, std::string, int>, std::array<std::int64_t, 5>> hours;
    for (const Counted& one : all()) {
      const std::string cell = joined({one.day, one.unit, one.field, one.counter});
      const std::string month = joined({one.unit, one.day.substr(0, 7), one.field});
      const std::string unit_month = joined({one.unit, one.day.substr(0, 7)});
      const auto add_to_months = [&](std::size_t column) {
        ++months[month][column];
        ++unit_months[unit_month][column];
      };
      const auto score = static_cast<std::size_t>(one.score - 1);
      for (const std::string& reason : one.reasons) {
        ++flags[joined({cell, reason})];
        ++month_flags[joined({month, reason})];
        ++unit_month_flags[joined({unit_month, reason})];
      }
      cells[cell][5] += one.reasons.empty() ? 0 : 1;
      if (!one.reasons.empty()) add_to_months(10);
      if (one.superseded) {
        ++left_out[joined({cell, "left out"})];
        add_to_months(11);
        continue;
      }
      ++cells[cell][score];
      add_to_months(score);
      ++hours[{one.unit, one.day, one.hour}][score];
      if (one.excluded) {
        ++excluded[cell][score];
        add_to_months(5 + score);
      }
      if (one.linked) {
        ++excluded[cell][5];
        add_to_months(12);
      }
      for (const auto& [question, choices] : one.answers) {
        for (const std::string& choice : choices) {
          ++answers[joined({one.unit, one.day, question, choice})];
        }
      }
    }
    std::ostringstream text;
    const auto write = [&](const auto& table) {
      for (const auto& [key, n] : table) {
        text << key;
        for (const std::int64_t count : n) text << "|" << count;
        text << "\n";
      }
    };
    const auto write_single = [&](const auto& table) {
      for (const auto& [key, n] : table) text << key << "|" << n << "\n";
    };
    write(cells);
    write_single(flags);
    write_single(left_out);
    write(excluded);
    write(months);
    write_single(month_flags);
    write(unit_months);
    write_single(unit_month_flags);
    for (const auto& [key, n] : hours) {
      const auto& [unit, day, hour] = key;
      text << unit << "|" << day << "|" << hour;
      for (const std::int64_t count : n) text << "|" << count;
      text << "\n";
    }
    write_single(answers);
    std::string all_text = text.str();
    std::replace(all_text.begin(), all_text.end(), kBetween, '|');
    return all_text;
  }

 private:
  static constexpr char kBetween = '\1';  // sorts before everything, as the end of a column does

  static std::string joined(const std::vector<std::string>& columns) {
    std::string key;
    for (const std::string& column : columns) {
      if (&column != &columns.front()) key.push_back(kBetween);
      key.append(column);
    }
    return key;
  }

  [[nodiscard]] std::string unit_of(const Kiosk& kiosk, int day) const {
    const Place* place = nullptr;
    for (const Place& each : kiosk.places) {
      if (each.from <= day) place = &each;
    }
    const std::string code = place == nullptr ? kiosk.places.front().code : place->code;
    int life = place == nullptr ? -1 : units_.on(code, place->from);
    life = life < 0 ? units_.on(code, day) : units_.became(life, day);
    return life < 0 || !units_.lives_on(life, day) ? "?" + code : units_.id(life);
  }

  [[nodiscard]] core::Seq last_of(std::size_t kiosk, int dossier, const std::string& unit) const {
    core::Seq last = 0;
    for (const auto& [seq, rating] : kiosks_[kiosk].ratings) {
      if (rating.dossier == dossier && unit_of(kiosks_[kiosk], rating.day) == unit) last = seq;
    }
    return last;
  }

  /// Of one dossier of a unit, a kiosk's last rating, and of kiosks the one given last.
  [[nodiscard]] bool is_the_one(std::size_t kiosk, core::Seq seq) const {
    const PlainRating& rating = kiosks_[kiosk].ratings.at(seq);
    if (rating.dossier < 0) return true;
    const std::string unit = unit_of(kiosks_[kiosk], rating.day);
    std::pair<std::int64_t, std::size_t> best{-1, 0};
    for (std::size_t k = 0; k < kiosks_.size(); ++k) {
      const core::Seq last = last_of(k, rating.dossier, unit);
      if (last > 0) best = std::max(best, {kiosks_[k].ratings.at(last).at_ms(), k});
    }
    return best.second == kiosk && last_of(kiosk, rating.dossier, unit) == seq;
  }

  [[nodiscard]] bool is_left_out(const Counted& one) const {
    for (const std::string& flag : one.reasons) {
      bool left_out = false;
      for (const storage::FlagDecision& decision : decisions_) {
        const auto& reasons = decision.reasons;
        if (decision.unit_id == one.unit && core::to_string(decision.from) <= one.day &&
            one.day <= core::to_string(decision.to) &&
            std::find(reasons.begin(), reasons.end(), flag) != reasons.end()) {
          left_out = decision.leaves_out;
        }
      }
      if (left_out) return true;
    }
    return false;
  }

  const PlainUnits& units_;
  std::vector<Kiosk> kiosks_;
  std::vector<storage::FlagDecision> decisions_;
};

}  // namespace hailong::district
