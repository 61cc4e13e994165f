#include <algorithm>
#include <array>

#include "core/numbers.h"
#include "kiosk/staff/figures.h"
#include "kiosk/staff/listing.h"
#include "kiosk/staff/period.h"
#include "kiosk/staff/rooms.h"
#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {
namespace {

constexpr const char* kTooFew = "dưới 5 phiếu, chưa hiện";

enum Split : std::uint8_t { kByScore, kByDay, kByField, kByCounter, kByHour };
constexpr std::array kSplitNames = {"Mức đánh giá", "Từng ngày", "Lĩnh vực", "Quầy", "Giờ"};

double percent(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

/// "42,86 %"; whole > 0.
std::string share_words(std::int64_t part, std::int64_t whole) {
  return percent_words(core::share_basis_points(part, whole).value_or(0));
}

/// Beside the figures before: "90,20 % (n = 51), không khác rõ rệt".
std::string compared(const core::Counts& now, const Sum& before) {
  if (before.hidden) return kTooFew;
  std::string was = percent_words(core::satisfied_basis_points(before.counts).value_or(0)) +
                    " (n = " + count_words(before.counts.n()) + ")";
  if (now.n() == 0) return was;
  const core::Interval change =
      core::difference95(before.counts.satisfied(), before.counts.n(), now.satisfied(), now.n());
  if (change.low > 0) return was + ", nay cao hơn rõ rệt";
  if (change.high < 0) return was + ", nay thấp hơn rõ rệt";
  return was + ", không khác rõ rệt";
}

std::string coverage_words(const Figures& figures) {
  if (!figures.served) return "không đủ dữ liệu: chưa nhập số hồ sơ đã giải quyết";
  if (*figures.served == 0) return "không có hồ sơ nào được giải quyết";
  if (figures.rated_of_served < kLeastSum) {
    return std::string(kTooFew) + " / " + count_words(*figures.served) + " hồ sơ";
  }
  std::string words = share_words(figures.rated_of_served, *figures.served) + " (" +
                      count_words(figures.rated_of_served) + " phiếu / " +
                      count_words(*figures.served) + " hồ sơ)";
  if (figures.days_without_served > 0) {
    words += ", còn " + count_words(figures.days_without_served) + " ngày chưa nhập";
  }
  return words;
}

/// 100, or what shares of a percentage need less.
Chart bars(std::string title, std::string unit, double top) {
  Chart chart;
  chart.kind = Chart::Kind::kBars;
  chart.title = std::move(title);
  chart.unit = std::move(unit);
  chart.top = top;
  return chart;
}

class TodayRoom : public Room {
 public:
  explicit TodayRoom(const Shift& shift) : shift_(shift), period_(shift.today()) {}

  View view() override {
    View view;
    view.title = period_.words();
    if (auto input = period_.input()) {
      view.input = std::move(input);
      view.message = period_.fault();
      view.message_tone = Tone::kAlert;
      view.actions = {{"Quay lại", {Verb::kBack, 0, ""}, Button::Kind::kPlain}};
      return view;
    }
    const auto figures = figures_of(shift_.review, shift_.me.role, period_.range());
    if (!figures) {
      say_unread(view, figures.error());
    } else {
      show(view, *figures);
    }
    view.actions = {{"Khóa", {Verb::kLock, 0, ""}, Button::Kind::kPlain}};
    return view;
  }

  void take(const Command& command) override {
    if (period_.take(command)) return;
    if (command.verb == Verb::kSplit) split_ = static_cast<Split>(command.number);
  }

 private:
  void show(View& view, const Figures& figures) {
    if (shift_.now().clock == core::ClockState::kUnsynced) {
      view.message = "Đồng hồ của máy chưa được đồng bộ: ngày giờ dưới đây có thể sai.";
      view.message_tone = Tone::kAlert;
    }
    view.blocks.emplace_back(period_.choices());
    view.blocks.emplace_back(facts(figures));
    Choices splits;
    for (std::size_t i = 0; i < kSplitNames.size(); ++i) {
      splits.choices.push_back({kSplitNames[i],
                                {Verb::kSplit, static_cast<std::int64_t>(i), ""},
                                split_ == static_cast<Split>(i)});
    }
    view.blocks.emplace_back(std::move(splits));
    show_split(view, figures);
    view.blocks.emplace_back(
        Text{"Tỷ lệ hài lòng tại quầy: người đánh giá tự nguyện, không phải mẫu ngẫu nhiên.",
             Text::Size::kSmall, Tone::kMuted});
  }

  [[nodiscard]] Facts facts(const Figures& figures) const {
    Facts facts;
    const Sum& sum = figures.sum;
    const auto add = [&](std::string label, std::string value, Tone tone = Tone::kPlain) {
      facts.facts.push_back({std::move(label), std::move(value), tone});
    };
    if (sum.hidden) {
      add("Số phiếu", sum.counts.n() == 0 && sees_growth(shift_.me.role) ? "chưa có" : kTooFew,
          Tone::kMuted);
    } else {
      add("Số phiếu", count_words(sum.counts.n()));
      add("Hài lòng", satisfied_words(sum.counts) + ", n = " + count_words(sum.counts.n()));
      add("Độ phủ", coverage_words(figures));
      if (figures.flagged > 0) {
        add("Cần xem lại", count_words(figures.flagged) + " phiếu có dấu hiệu bất thường",
            Tone::kAlert);
      }
    }
    const core::Counts none;
    add("7 ngày trước", compared(sum.hidden ? none : sum.counts, figures.week_before));
    add("30 ngày trước", compared(sum.hidden ? none : sum.counts, figures.month_before));
    if (figures.in_fives) add("Cách tính", "từng nhóm đủ 5 phiếu, theo thứ tự nhận", Tone::kMuted);
    return facts;
  }

  void show_split(View& view, const Figures& figures) const {
    switch (split_) {
      case kByScore:
        return show_scores(view, figures.sum);
      case kByDay:
        return show_days(view, figures.trend);
      case kByField:
        return show_parts(
            view, figures, figures.by_field, "Hài lòng theo lĩnh vực",
            [&](const std::string& id) { return field_name(shift_.house, core::FieldId{id}); });
      case kByCounter:
        return show_parts(
            view, figures, figures.by_counter, "Hài lòng theo quầy",
            [&](const std::string& id) { return counter_name(shift_.house, core::CounterId{id}); });
      case kByHour:
        return show_hours(view, figures);
    }
  }

  static void show_nothing(View& view) {
    view.blocks.emplace_back(
        Text{"Chưa đủ 5 phiếu để hiện số liệu.", Text::Size::kBody, Tone::kMuted});
  }

  static void show_scores(View& view, const Sum& sum) {
    if (sum.hidden) return show_nothing(view);
    Chart chart = bars("Phân bố mức đánh giá", "%", 100);
    const std::int64_t n = sum.counts.n();
    for (std::size_t i = 0; i < kScoreNames.size(); ++i) {
      const std::int64_t count = sum.counts.by_score[i];
      chart.points.push_back({kScoreNames[i], percent(count, n),
                              count_words(count) + " (" + share_words(count, n) + ")",
                              static_cast<int>(i) + 1});
    }
    view.blocks.emplace_back(std::move(chart));
  }

  static void show_days(View& view, const std::vector<DayPoint>& trend) {
    Chart chart;
    chart.kind = Chart::Kind::kLine;
    chart.title = "Tỷ lệ hài lòng từng ngày";
    chart.unit = "%";
    chart.top = 100;
    bool any = false;
    for (const DayPoint& point : trend) {
      const core::Counts& counts = point.sum.counts;
      if (point.sum.hidden) {
        chart.points.push_back({short_date_words(point.day), std::nullopt, "", 0});
        continue;
      }
      any = true;
      chart.points.push_back({short_date_words(point.day), percent(counts.satisfied(), counts.n()),
                              percent_words(core::satisfied_basis_points(counts).value_or(0)), 0});
    }
    if (!any) return show_nothing(view);
    view.blocks.emplace_back(std::move(chart));
  }

  static void say_period(View& view, const Figures& figures) {
    if (!figures.split || *figures.split == figures.range) return;
    view.blocks.emplace_back(
        Text{"Tính cho tháng đã hết: " + range_words(figures.split->from, figures.split->to) +
                 ", để không lộ từng phiếu.",
             Text::Size::kSmall, Tone::kMuted});
  }

  void show_parts(View& view, const Figures& figures, const std::vector<Part>& parts,
                  const char* title,
                  const std::function<std::string(const std::string&)>& name_of_part) const {
    say_period(view, figures);
    Table table;
    table.columns = {{title, 4, false}, {"Số phiếu", 1, true}, {"Hài lòng", 2, true}};
    table.nothing = "Chưa có số liệu.";
    for (const Part& part : parts) {
      const std::string name = name_of_part(part.id);
      if (part.hidden) {
        table.rows.push_back({{name, "ẩn", "ẩn"}, std::nullopt, Tone::kMuted});
      } else {
        table.rows.push_back({{name, count_words(part.counts.n()), satisfied_words(part.counts)},
                              std::nullopt,
                              Tone::kPlain});
      }
    }
    view.blocks.emplace_back(std::move(table));
  }

  void show_hours(View& view, const Figures& figures) const {
    say_period(view, figures);
    if (figures.by_hour.empty()) return show_nothing(view);
    Chart chart = bars("Số phiếu theo giờ", "phiếu", 0);
    for (const Part& part : figures.by_hour) {
      const auto n = static_cast<double>(part.counts.n());
      Chart::Point point{part.id + " giờ", n, count_words(part.counts.n()), 0};
      if (part.hidden) {
        point.value.reset();
        point.text = "ẩn";
      } else {
        chart.top = std::max(chart.top, n);
      }
      chart.points.push_back(std::move(point));
    }
    view.blocks.emplace_back(std::move(chart));
  }

  const Shift& shift_;
  Period period_;
  Split split_ = kByScore;
};

}  // namespace

std::unique_ptr<Room> make_today_room(const Shift& shift) {
  return std::make_unique<TodayRoom>(shift);
}

}  // namespace hailong::kiosk::staff
