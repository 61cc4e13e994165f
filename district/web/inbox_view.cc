
#include "core/numbers.h"
#include "core/text.h"
#include "district/feedback/sight.h"
#include "district/http/form.h"
#include "district/web/feedback_views.h"
#include "district/web/figures.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

namespace mustache = kainjow::mustache;
using feedback::InboxFilter;
using feedback::InboxRow;

constexpr std::size_t kExcerpt = 90;  // characters

mustache::data inbox_object(const std::string& name, const std::string& value) {
  mustache::data object;
  object.set(name, value);
  return object;
}

/// The first line or so, cut between characters.
std::string excerpt_of(const InboxRow& row) {
  for (const storage::CaseWords& words : row.row.words) {
    if (!words.text) continue;
    std::u32string text = core::code_points(*words.text);
    if (text.size() > kExcerpt) {
      text.resize(kExcerpt);
      text += U"…";
    }
    return core::utf8(text);
  }
  if (row.row.words.empty()) return "Không có lời";
  return row.row.standing.hidden ? "Nội dung đã ẩn" : "Mở để xem nội dung";
}

mustache::data inbox_row(const InboxView& view, const InboxRow& row) {
  mustache::data shown;
  shown.set("id", to_string(row.row.head.id));
  shown.set("excerpt", excerpt_of(row));
  shown.set("unit", unit_words(view.config, row.row.head.unit_id));
  shown.set("given", feedback::half_day_words(row.row.head.given_at));
  shown.set("class", std::string(core::name_of(row.row.standing.classed)));
  shown.set("status", std::string(core::name_of(row.row.standing.status)));
  shown.set("alert", row.row.head.facts.alert || row.row.standing.misconduct);
  shown.set("news", row.news);
  shown.set("late", row.overdue);
  if (row.due_at) {
    shown.set("due", inbox_object("text", day_words(core::local_date(*row.due_at - 1))));
  }
  if (row.row.standing.reply_due) {
    shown.set("reply_due", day_words(core::local_date(*row.row.standing.reply_due - 1)));
    shown.set("reply_late", *row.row.standing.reply_due <= view.now_ms);
  }
  return shown;
}

mustache::data inbox_rows(const InboxView& view, const std::vector<InboxRow>& rows) {
  mustache::data list(mustache::data::type::list);
  for (const InboxRow& row : rows) list << inbox_row(view, row);
  return list;
}

mustache::data chip(const std::string& label, std::int64_t count, const InboxFilter& filter,
                    bool current) {
  mustache::data shown;
  shown.set("label", label);
  shown.set("count", core::vietnamese_count(count));
  shown.set("href", inbox_address(filter));
  shown.set("current", current);
  return shown;
}

/// One for all, one for each status that has cases, then what waits.
mustache::data chips_of(const InboxView& view) {
  mustache::data list(mustache::data::type::list);
  InboxFilter filter = view.filter;
  filter.status.reset();
  filter.overdue = false;
  filter.asked = false;
  const bool all = !view.filter.status && !view.filter.overdue && !view.filter.asked;
  std::int64_t sum = 0;
  for (const auto& [status, count] : view.inbox.counts.by_status) sum += count;
  list << chip("Tất cả", sum, filter, all);
  filter.overdue = true;
  list << chip("Có việc quá hạn", view.inbox.counts.overdue, filter, view.filter.overdue);
  filter.overdue = false;
  if (view.inbox.counts.asked > 0 || view.filter.asked) {
    filter.asked = true;
    list << chip("Cấp trên hỏi", view.inbox.counts.asked, filter, view.filter.asked);
    filter.asked = false;
  }
  for (const auto& [status, count] : view.inbox.counts.by_status) {
    filter.status = status;
    list << chip(std::string(core::name_of(status)), count, filter, view.filter.status == status);
  }
  return list;
}

mustache::data inbox_option(const std::string& value, const std::string& label, bool chosen) {
  mustache::data shown;
  shown.set("value", value);
  shown.set("label", label);
  shown.set("chosen", chosen);
  return shown;
}

mustache::data class_options(const InboxFilter& filter) {
  mustache::data list(mustache::data::type::list);
  for (std::size_t i = 0; i < core::kCaseClasses; ++i) {
    const auto classed = static_cast<core::CaseClass>(i);
    list << inbox_option(std::string(core::word_of(classed)), std::string(core::name_of(classed)),
                         filter.classed == classed);
  }
  return list;
}

mustache::data unit_options(const InboxView& view) {
  mustache::data options(mustache::data::type::list);
  for (const auto& [id, name] : view.units)
    options << inbox_option(id, name, view.filter.unit_id == id);
  mustache::data shown;
  shown.set("options", options);
  return shown;
}

/// What the filter form must not forget.
mustache::data kept_fields(const InboxFilter& filter) {
  mustache::data list(mustache::data::type::list);
  const auto keep = [&](const char* name, const std::string& value) {
    mustache::data field = inbox_object("name", name);
    field.set("value", value);
    list << field;
  };
  if (filter.status) keep("status", std::string(core::word_of(*filter.status)));
  if (filter.overdue) keep("overdue", "1");
  if (filter.asked) keep("asked", "1");
  return list;
}

}  // namespace

std::string inbox_address(const InboxFilter& filter, const std::optional<storage::CaseId>& after) {
  std::string query;
  const auto add = [&](const char* name, std::string_view value) {
    query.append(query.empty() ? "?" : "&").append(name).append("=").append(http::escaped(value));
  };
  if (filter.status) add("status", core::word_of(*filter.status));
  if (filter.classed) add("class", core::word_of(*filter.classed));
  if (filter.unit_id) add("unit", *filter.unit_id);
  if (filter.overdue) add("overdue", "1");
  if (filter.asked) add("asked", "1");
  if (filter.from) add("from", core::to_string(*filter.from));
  if (filter.to) add("to", core::to_string(*filter.to));
  if (!filter.search.empty()) add("q", filter.search);
  if (after) add("after", to_string(*after));
  return "/feedback" + query;
}

std::string inbox_main(const InboxView& view) {
  mustache::data shown;
  shown.set("when", "Đến hết ngày " + day_words(core::local_date(view.now_ms)));
  if (!view.error.empty()) shown.set("error", inbox_object("text", view.error));
  shown.set("chips", chips_of(view));
  shown.set("kept", kept_fields(view.filter));
  shown.set("search", view.filter.search);
  if (!view.units.empty()) shown.set("units", unit_options(view));
  shown.set("classes", class_options(view.filter));
  shown.set("from", view.filter.from ? core::to_string(*view.filter.from) : "");
  shown.set("to", view.filter.to ? core::to_string(*view.filter.to) : "");
  if (!view.inbox.asked.empty()) {
    mustache::data asked;
    asked.set("rows", inbox_rows(view, view.inbox.asked));
    shown.set("asked", asked);
  }
  shown.set("any", !view.inbox.rows.empty());
  shown.set("rows", inbox_rows(view, view.inbox.rows));
  if (view.paged) shown.set("first", inbox_object("href", inbox_address(view.filter)));
  if (view.inbox.next) {
    shown.set("next", inbox_object("href", inbox_address(view.filter, view.inbox.next)));
  }
  return render(templates::k_inbox_mustache, shown);
}

std::string unit_words(const Config& config, const std::string& unit_id) {
  const core::Unit* unit = config.rules.units.find_id(unit_id);
  return unit == nullptr ? unit_id : unit->full_name();
}

std::string day_words(core::LocalDate day) {
  const std::string text = core::to_string(day);
  return text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4);
}

}  // namespace hailong::district::web
