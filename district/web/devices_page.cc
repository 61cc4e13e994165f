#include "district/web/devices_page.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/folding.h"
#include "core/numbers.h"
#include "district/ingest/projection.h"
#include "district/web/figures.h"
#include "district/web/periods.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using core::vietnamese_count;
using kainjow::mustache::data;
using Weight = DeviceConcern::Weight;

/// What the receiver's words for odd events mean; they stand in the store, so they are never
/// reworded.
std::string quarantine_words(const std::string& reason) {
  static const std::map<std::string, std::string, std::less<>> kWords = {
      {"time out of range", "thời gian ngoài phạm vi"},
      {"odd name", "tên không hợp lệ"},
      {"odd flags", "dấu hiệu không hợp lệ"},
      {"refers to no rating", "không thuộc phiếu nào"},
      {"refers to no case", "không thuộc ý kiến nào"},
      {"odd number", "con số không hợp lệ"},
      {"erases nothing", "xóa nội dung không có"},
      {"unknown kind or body", "loại sự kiện chưa biết"}};
  const auto found = kWords.find(reason);
  return found == kWords.end() ? reason : found->second;
}

/// What the receiver's reasons of a conflict mean, likewise, by what is the same in each.
std::string conflict_words(const std::string& reason) {
  using Words = std::pair<std::string_view, const char*>;
  static constexpr std::array kWords = {
      Words{"rolled back or cut", "nhật ký ngắn hơn lúc trước: bị quay lui hoặc bị cắt"},
      Words{"is another one than it had before", "sự kiện cùng số nhưng khác lúc trước"},
      Words{"does not follow what is stored", "không nối tiếp sự kiện đã nhận"},
      Words{"is not the one that is stored", "khác với sự kiện đã nhận"},
      Words{"signed another chain head before", "trước đây kiosk đã ký một chuỗi khác"}};
  const auto* const found = std::find_if(kWords.begin(), kWords.end(), [&](const Words& words) {
    return reason.find(words.first) != std::string::npos;
  });
  return found == kWords.end() ? reason : found->second;
}

std::string unit_id_now(const storage::DeviceState& device, const DevicesView& view) {
  return ingest::unit_id_on(view.units, device.places, core::local_date(view.clock.now_ms));
}

/// Beside what is odd with the kiosk itself: how much its unit has given when nobody knows on which
/// day. That number grows by single ratings, so it stands on no page for those of the unit's staff
/// who must not see these.
std::vector<DeviceConcern> concerns_on_page(const storage::DeviceState& device,
                                            const DevicesView& view) {
  constexpr std::int64_t kMuch = 20;  // one in so many
  auto concerns = concerns_of(device, view.clock);
  const auto found = view.uncertain.find(unit_id_now(device, view));
  if (found == view.uncertain.end()) return concerns;
  const auto& [uncertain, all] = found->second;
  const bool is_much = uncertain * kMuch >= all;
  const DeviceConcern concern{is_much ? Weight::kWarning : Weight::kNote,
                              "Đơn vị có " + vietnamese_count(uncertain) + " trong " +
                                  vietnamese_count(all) + " phiếu chưa chắc ngày (" +
                                  core::percent_words(uncertain, all) + ")"};
  const auto lighter =
      std::find_if(concerns.begin(), concerns.end(),
                   [&](const DeviceConcern& each) { return each.weight < concern.weight; });
  concerns.insert(lighter, concern);
  return concerns;
}

std::string place_words(const storage::DeviceState& device, const DevicesView& view) {
  const core::Unit* unit = view.units.find_id(unit_id_now(device, view));
  return unit == nullptr ? "mã " + device.unit.value : unit->full_name();
}

data told_data(const storage::DeviceState& device, core::LocalDate today) {
  data list(data::type::list);
  for (const ToldFact& fact : told_facts(device, today)) {
    data shown = one_text(fact.words);
    shown.set("label", fact.label);
    list << shown;
  }
  return list;
}

data epochs_data(const storage::DeviceState& device, core::LocalDate today) {
  data list(data::type::list);
  for (const storage::EpochState& epoch : device.epochs) {
    data shown;
    shown.set("epoch", epoch.epoch);
    shown.set("events", vietnamese_count(epoch.events()));
    shown.set("first_seen", moment_words(epoch.first_seen, today));
    shown.set("received", moment_words(epoch.received_at, today));
    shown.set("last_event",
              epoch.last_event_at ? moment_words(*epoch.last_event_at, today) : kNothing);
    std::string odd;
    for (const auto& [reason, count] : epoch.quarantined) {
      odd.append(odd.empty() ? "" : "; ").append(quarantine_words(reason)).append(": ");
      odd.append(vietnamese_count(count));
    }
    if (!odd.empty()) shown.set("odd", one_text(odd));
    if (epoch.first > 1) shown.set("begins", one_text(vietnamese_count(epoch.first)));
    shown.set("renumbers", epoch.renumbers());
    if (epoch.salvaged) {
      data salvaged = one_text(epoch.salvaged->epoch);
      salvaged.set("bad", vietnamese_count(epoch.salvaged->last + 1));
      salvaged.set("why", epoch.salvaged->why);
      shown.set("salvaged", salvaged);
    }
    list << shown;
  }
  return list;
}

data keys_data(const storage::DeviceState& device) {
  data list(data::type::list);
  for (const storage::KeyState& key : device.keys) {
    data shown;
    shown.set("key", key.public_key.substr(0, 16) + "…");
    shown.set("added", vietnamese_date(core::local_date(key.added_at)));
    if (key.revoked_at) {
      shown.set("revoked", one_text(vietnamese_date(core::local_date(*key.revoked_at))));
    }
    list << shown;
  }
  return list;
}

data conflicts_data(const storage::DeviceState& device, core::LocalDate today) {
  data list(data::type::list);
  for (const storage::ConflictState& conflict : device.conflicts) {
    data shown;
    shown.set("epoch", conflict.epoch);
    std::string range = vietnamese_count(conflict.first);
    if (conflict.last != conflict.first) {
      range.append("–").append(vietnamese_count(conflict.last));
    }
    shown.set("range", range);
    shown.set("reason", conflict_words(conflict.reason));
    shown.set("received", moment_words(conflict.received_at, today));
    list << shown;
  }
  return list;
}

/// Which configuration was published, and whether the kiosk's last rating was given under it.
std::string config_words(const storage::DeviceState& device, core::LocalDate today) {
  const std::string shown = device.epochs.empty() ? "" : device.epochs.front().bundle;
  std::string words = device.config ? "bản " + device.config->id + " công bố " +
                                          moment_words(device.config->published_at, today)
                                    : "chưa công bố; kiosk dùng tệp của mình";
  if (device.epochs.empty()) return words;
  if (device.config && shown == device.config->id) return words + ", phiếu gần nhất theo bản này";
  return words + (shown.empty() ? ", phiếu gần nhất chưa theo bản nào"
                                : ", phiếu gần nhất theo bản " + shown);
}

data device_data(const storage::DeviceState& device, const DevicesView& view) {
  const core::LocalDate today = core::local_date(view.clock.now_ms);
  const auto sign = device.last_sign();
  const auto concerns = concerns_on_page(device, view);
  data shown;
  shown.set("id", device.device.value);
  shown.set("unit", place_words(device, view));
  if (!device.counter.value.empty()) shown.set("counter", one_text(device.counter.value));
  if (!device.note.empty()) shown.set("note", one_text(device.note));
  shown.set("received", sign ? moment_words(*sign, today) : "chưa lần nào");
  shown.set("events", vietnamese_count(device.events()));
  shown.set("concerns", concerns_data(concerns));
  shown.set("well", concerns.empty());
  shown.set("told", told_data(device, today));
  shown.set("epochs", epochs_data(device, today));
  shown.set("config", config_words(device, today));
  shown.set("keys", keys_data(device));
  shown.set("has_conflicts", !device.conflicts.empty());
  shown.set("conflicts", conflicts_data(device, today));
  shown.set("may_manage", view.may_manage);
  shown.set("suspended", device.suspended_at.has_value());
  shown.set("has_key", has_key(device));
  if (!device.replaces.empty()) shown.set("replaces", one_text(device.replaces));
  return shown;
}

constexpr std::array kDeviceColumns = {ListColumn{"name", "Kiosk"}, ListColumn{"unit", "Nơi đặt"},
                                       ListColumn{"received", "Liên lạc cuối", true, true},
                                       ListColumn{"events", "Sự kiện", true, true},
                                       ListColumn{"concerns", "Tình trạng", false, true}};

SortKey device_key(const storage::DeviceState& device, const DevicesView& view) {
  const std::string& column = view.list.sort;
  if (column == "unit") return {0, core::fold(place_words(device, view))};
  if (column == "received") return {device.last_sign().value_or(0), ""};
  if (column == "events") return {device.events(), ""};
  if (column == "concerns") {
    const auto concerns = concerns_on_page(device, view);
    return {concerns.empty() ? 0 : static_cast<int>(concerns.front().weight) + 1, ""};
  }
  return {0, device.device.value};  // as when nothing is asked for
}

ListPart devices_to_show(const DevicesView& view) {
  std::vector<ListRow> rows;
  rows.reserve(view.devices.size());
  for (const storage::DeviceState& device : view.devices) {
    rows.push_back({device.device.value + " " + device.note + " " + place_words(device, view),
                    device_key(device, view)});
  }
  return part_of(rows, view.list);
}

nlohmann::json maybe(const std::optional<std::int64_t>& number) {
  return number ? nlohmann::json(*number) : nlohmann::json(nullptr);
}

nlohmann::json salvaged_json(const std::optional<storage::SalvageState>& salvaged) {
  if (!salvaged) return nullptr;
  return {{"epoch", salvaged->epoch}, {"first_bad", salvaged->last + 1}, {"why", salvaged->why}};
}

nlohmann::json epoch_json(const storage::EpochState& epoch) {
  return {{"epoch", epoch.epoch},
          {"events", epoch.events()},
          {"first", epoch.first},
          {"renumbers", epoch.renumbers()},
          {"first_seen", epoch.first_seen},
          {"received_at", epoch.received_at},
          {"last_event_at", maybe(epoch.last_event_at)},
          {"clock_synced", epoch.clock_synced},
          {"bundle", epoch.bundle},
          {"quarantined", epoch.quarantined},
          {"salvaged", salvaged_json(epoch.salvaged)}};
}

nlohmann::json heartbeat_json(const storage::ToldState& state) {
  const wire::Heartbeat& told = state.told;
  nlohmann::json json = {{"received_at", state.received_at},
                         {"epoch", told.epoch.value},
                         {"version", told.version},
                         {"last", told.last},
                         {"unsent", std::max<std::int64_t>(told.last - told.receipted, 0)},
                         {"oldest_unsent_ms", maybe(told.oldest_ms)},
                         {"last_tap_ms", maybe(told.tap_ms)},
                         {"disk_free", nullptr},
                         {"disk_total", nullptr},
                         {"temperature", nullptr},
                         {"clock", told.now.wall_ms},
                         {"clock_synced", told.now.clock == core::ClockState::kSynced},
                         {"bundle", told.bundle},
                         {"bundle_fault", told.bundle_fault},
                         {"faults", told.faults}};
  if (told.disk) {
    json["disk_free"] = told.disk->free;
    json["disk_total"] = told.disk->total;
  }
  if (told.temperature) json["temperature"] = *told.temperature / 10.0;
  return json;
}

nlohmann::json device_json(const storage::DeviceState& device, const DevicesView& view) {
  nlohmann::json json = {{"id", device.device.value},
                         {"unit", device.unit.value},
                         {"counter", device.counter.value},
                         {"note", device.note},
                         {"added_at", device.added_at},
                         {"suspended_at", maybe(device.suspended_at)},
                         {"received_at", maybe(device.received_at())},
                         {"config", nullptr},
                         {"last_sign_at", maybe(device.last_sign())},
                         {"silent", is_silent(device, view.clock)},
                         {"heartbeat", nullptr},
                         {"events", device.events()},
                         {"replaces", nullptr},
                         {"lost", device.lost()},
                         {"epochs", nlohmann::json::array()},
                         {"keys", nlohmann::json::array()},
                         {"conflicts", nlohmann::json::array()},
                         {"concerns", nlohmann::json::array()}};
  for (const auto& epoch : device.epochs) json["epochs"].push_back(epoch_json(epoch));
  for (const auto& key : device.keys) {
    json["keys"].push_back({{"public_key", key.public_key},
                            {"added_at", key.added_at},
                            {"revoked_at", maybe(key.revoked_at)}});
  }
  for (const auto& conflict : device.conflicts) {
    json["conflicts"].push_back({{"epoch", conflict.epoch},
                                 {"first", conflict.first},
                                 {"last", conflict.last},
                                 {"reason", conflict.reason},
                                 {"received_at", conflict.received_at}});
  }
  if (!device.replaces.empty()) json["replaces"] = device.replaces;
  if (device.config) json["config"] = device.config->id;
  if (!device.heartbeats.empty()) json["heartbeat"] = heartbeat_json(device.heartbeats.front());
  for (const auto& concern : concerns_on_page(device, view)) {
    json["concerns"].push_back(concern.words);
  }
  return json;
}

}  // namespace

std::string devices_html(const DevicesView& view) {
  data page;
  data rows(data::type::list);
  std::int64_t troubled = 0;
  for (const storage::DeviceState& device : view.devices) {
    const auto concerns = concerns_on_page(device, view);
    if (!concerns.empty() && concerns.front().weight != Weight::kNote) ++troubled;
  }
  const ListPart part = devices_to_show(view);
  for (const std::size_t i : part.rows) rows << device_data(view.devices[i], view);
  page.set("rows", rows);
  page.set("heads", list_heads_html(kDeviceColumns, view.list));
  set_list_tools(page, view.list, part);
  page.set("csrf", view.csrf);
  page.set("all", vietnamese_count(static_cast<std::int64_t>(view.devices.size())));
  page.set("troubled", vietnamese_count(troubled));
  page.set("empty", view.devices.empty());
  page.set("any", !view.devices.empty());
  return render(templates::k_devices_mustache, page);
}

std::string devices_json(const DevicesView& view) {
  nlohmann::json devices = nlohmann::json::array();
  for (const auto& device : view.devices) devices.push_back(device_json(device, view));
  return nlohmann::json{{"devices", devices}}.dump();
}

}  // namespace hailong::district::web
