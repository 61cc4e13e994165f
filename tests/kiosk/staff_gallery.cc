#include "tests/kiosk/staff_gallery.h"

#include <cmath>
#include <utility>

#include "core/text.h"
#include "kiosk/enrolment_desk.h"
#include "kiosk/machine/facts.h"
#include "kiosk/machine/local_faults.h"
#include "kiosk/staff/shift.h"

namespace hailong::tests {

using namespace kiosk::staff;
namespace flow = kiosk::flow;

namespace {

Command command(Verb verb, std::int64_t number = 0) { return {verb, number, {}}; }

std::vector<Choices::Choice> rooms(Verb chosen) {
  std::vector<Choices::Choice> tabs;
  for (const auto& [text, verb] :
       {std::pair("Hôm nay", Verb::kToday), std::pair("Góp ý", Verb::kInbox),
        std::pair("Lượt phục vụ", Verb::kServed), std::pair("Ký xác nhận ngày", Verb::kSignOff),
        std::pair("Báo cáo", Verb::kReports), std::pair("Tình trạng máy", Verb::kMachine),
        std::pair("Nhân sự", Verb::kPeople)}) {
    tabs.push_back({text, command(verb), verb == chosen});
  }
  return tabs;
}

View room(Verb verb, std::string title) {
  View view;
  view.title = std::move(title);
  view.who = "Nguyễn Văn A, thủ trưởng đơn vị";
  view.tabs = rooms(verb);
  return view;
}

Choices choices(std::string label, const std::vector<std::string>& texts, std::size_t chosen,
                Verb verb) {
  Choices block{std::move(label), {}};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    block.choices.push_back({texts[i], command(verb, static_cast<std::int64_t>(i)), i == chosen});
  }
  return block;
}

Chart by_score() {
  Chart chart{Chart::Kind::kBars, "Phân bố mức hài lòng", "phiếu", 60, {}};
  const char* labels[] = {"Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng",
                          "Rất hài lòng"};
  const int counts[] = {3, 6, 11, 43, 57};
  for (int i = 0; i < 5; ++i) {
    chart.points.push_back({labels[i], counts[i], std::to_string(counts[i]), i + 1});
  }
  return chart;
}

Chart by_day() {
  Chart chart{Chart::Kind::kLine, "Tỷ lệ hài lòng 30 ngày qua", "%", 100, {}};
  for (int day = 1; day <= 30; ++day) {
    const std::string label = std::to_string(day) + "/7";
    if (day % 7 == 6 || day % 7 == 0) {
      chart.points.push_back({label, std::nullopt, "", 0});
      continue;
    }
    const double value = 84 + 9 * std::sin(day * 0.7);
    chart.points.push_back({label, value, std::to_string(static_cast<int>(value)), 0});
  }
  return chart;
}

Chart by_hour() {
  Chart chart{Chart::Kind::kBars, "Số phiếu theo giờ", "phiếu", 0, {}};
  for (int hour = 7; hour <= 17; ++hour) {
    const int count = hour == 12 ? 0 : (hour * 37) % 19 + 2;
    chart.points.push_back({std::to_string(hour) + " giờ", count, std::to_string(count), 0});
  }
  return chart;
}

Chart by_field() {
  Chart chart{Chart::Kind::kBars, "Tỷ lệ hài lòng theo lĩnh vực", "%", 100, {}};
  const std::pair<const char*, double> fields[] = {
      {"Hộ tịch", 91.2},
      {"Chứng thực", 88.4},
      {"Đất đai và quản lý trật tự xây dựng đô thị", 61.5},
      {"Bảo trợ xã hội, người có công và trẻ em", 83},
      {"Thành lập và hoạt động của hộ kinh doanh", 79.9}};
  for (const auto& [name, value] : fields) {
    std::string text = std::to_string(static_cast<int>(value * 10));
    text.insert(text.size() - 1, ",");
    chart.points.push_back({name, value, text + " %", 0});
  }
  chart.points.push_back({"Giáo dục và đào tạo", std::nullopt, "dưới 5 phiếu", 0});
  return chart;
}

View door() {
  View view;
  view.title = "Chế độ cán bộ";
  view.blocks = {
      Text{"Ai đang ở quầy?", Text::Size::kHeading, Tone::kPlain},
      choices("", {"Nguyễn Văn A", "Trần Thị B", "Lê Văn C", "Phạm Thị D", "Hoàng Văn E"}, 9,
              Verb::kChooseMe),
      Text{"Mọi thao tác ở đây đều được ghi lại cùng tên và thời điểm.", Text::Size::kSmall,
           Tone::kMuted}};
  return view;
}

View pin() {
  View view;
  view.title = "Nhập PIN";
  view.blocks = {Text{"Trần Thị B", Text::Size::kHeading, Tone::kPlain},
                 Text{"Còn 2 lần thử. Sau đó máy khoá tài khoản này 15 phút.", Text::Size::kBody,
                      Tone::kPlain}};
  view.input = Input{Input::Kind::kPin, "PIN của Ông/Bà", {}, 8, command(Verb::kPin), "Đăng nhập"};
  view.actions = {{"Quay lại", command(Verb::kBack), Button::Kind::kPlain}};
  view.message = "PIN không đúng.";
  view.message_tone = Tone::kAlert;
  return view;
}

View today() {
  View view = room(Verb::kToday, "Hôm nay, thứ Tư 14/08/2024");
  view.blocks = {Text{"86,50 % hài lòng", Text::Size::kFigure, Tone::kPlain},
                 Facts{{{"Số phiếu", "120 phiếu", Tone::kPlain},
                        {"Khoảng tin cậy 95 %", "80,1–91,2 %, n = 120", Tone::kPlain},
                        {"Số phiếu trên lượt phục vụ", "120/410 = 29,27 %", Tone::kPlain},
                        {"So với 7 ngày trước", "cao hơn 2,30 điểm %", Tone::kGood},
                        {"So với 30 ngày trước", "thấp hơn 0,85 điểm %", Tone::kAlert}}},
                 by_score(), by_hour()};
  view.actions = {{"Chọn ngày khác", command(Verb::kPeriod), Button::Kind::kPlain},
                  {"Chia theo quầy", command(Verb::kSplit, 1), Button::Kind::kPlain},
                  {"Chia theo lĩnh vực", command(Verb::kSplit, 2), Button::Kind::kPlain}};
  return view;
}

View trend() {
  View view = room(Verb::kToday, "30 ngày qua, đến thứ Tư 14/08/2024");
  view.blocks = {choices("Khoảng thời gian",
                         {"Hôm nay", "7 ngày", "30 ngày", "Quý này", "Năm nay", "Chọn ngày…"}, 2,
                         Verb::kPeriod),
                 by_day(), by_field()};
  return view;
}

View no_data() {
  View view = room(Verb::kToday, "Chủ Nhật 18/08/2024");
  view.blocks = {Text{"Chưa đủ 5 phiếu để hiện tỷ lệ.", Text::Size::kBody, Tone::kMuted},
                 Chart{Chart::Kind::kBars,
                       "Số phiếu theo giờ",
                       "phiếu",
                       0,
                       {{"7 giờ", std::nullopt, "", 0}, {"8 giờ", std::nullopt, "", 0}}}};
  return view;
}

Table::Row feedback(std::string number, std::string when, std::string about, std::string state,
                    std::string due, Tone tone) {
  return {{std::move(number), std::move(when), std::move(about), std::move(state), std::move(due)},
          command(Verb::kOpenCase, 12),
          tone};
}

View inbox() {
  View view = room(Verb::kInbox, "Góp ý");
  view.blocks = {
      choices("Tình trạng", {"Tất cả", "Mới", "Đang xử lý", "Quá hạn", "Nhạy cảm"}, 0,
              Verb::kFilter),
      choices("Mức hài lòng", {"1–2", "3", "4–5"}, 0, Verb::kFilter),
      Table{{{"Số", 1, true},
             {"Thời gian", 1.8F, false},
             {"Nội dung", 4.5F, false},
             {"Tình trạng", 1.8F, false},
             {"Hạn", 1.4F, true}},
            {feedback("4711", "sáng 14/08", "Chờ lâu quá, từ 7 giờ đến 10 giờ mới được gọi số",
                      "Mới", "16/08", Tone::kPlain),
             feedback("4708", "chiều 13/08", "Cán bộ hướng dẫn tận tình, xin cảm ơn", "Đã xem",
                      "15/08", Tone::kPlain),
             feedback("4699", "sáng 12/08", "Hồ sơ đất đai trả kết quả trễ hẹn ba lần",
                      "Chờ bổ sung", "quá hạn 2 ngày", Tone::kAlert),
             feedback("4685", "sáng 12/08", "Ghế ngồi chờ ít, người già phải đứng", "Đang xử lý",
                      "22/08", Tone::kPlain),
             feedback("4682", "chiều 09/08", "(không có lời, 2 lý do)", "Đã phân loại", "20/08",
                      Tone::kPlain),
             feedback("4660", "sáng 08/08", "Máy lấy số hỏng", "Đã xử lý", "—", Tone::kGood),
             feedback("4655", "sáng 08/08", "Nội dung chuyển tiếp công dân", "Đã chuyển", "—",
                      Tone::kMuted)},
            "Không có góp ý nào."}};
  view.page = 1;
  view.pages = 12;
  view.actions = {{"Tìm kiếm", command(Verb::kSearch), Button::Kind::kPlain},
                  {"Lọc theo lĩnh vực", command(Verb::kFilter, 9), Button::Kind::kPlain}};
  return view;
}

View case_detail() {
  View view = room(Verb::kInbox, "Góp ý số 4699");
  view.blocks = {
      Text{"Hồ sơ đất đai của gia đình tôi hẹn trả ngày 05/08 nhưng đến hôm nay là lần thứ ba vẫn "
           "chưa có kết quả. Mỗi lần đến lại được hẹn thêm, không ai nói rõ vướng mắc ở đâu. Đề "
           "nghị cho biết hồ sơ đang nằm ở khâu nào và khi nào thì xong.",
           Text::Size::kBody, Tone::kPlain},
      Facts{{{"Nhận", "sáng 12/08/2024", Tone::kPlain},
             {"Mức hài lòng", "Không hài lòng", Tone::kPlain},
             {"Lý do", "Trả kết quả trễ hẹn; Phải đi lại nhiều lần", Tone::kPlain},
             {"Lĩnh vực", "Đất đai và quản lý trật tự xây dựng đô thị", Tone::kPlain},
             {"Liên hệ", "09•• ••• 678 (đồng ý cho liên hệ)", Tone::kPlain},
             {"Người phụ trách", "Lê Văn C", Tone::kPlain},
             {"Hạn trả lời", "14/08/2024, quá hạn 2 ngày làm việc", Tone::kAlert}}},
      Text{"Lịch sử xử lý", Text::Size::kHeading, Tone::kPlain},
      Table{{{"Thời gian", 1.5F, false},
             {"Bước", 1.6F, false},
             {"Người thực hiện", 2, false},
             {"Ghi chú", 3, false}},
            {{{"12/08 09:14", "Mới", "", ""}, {}, Tone::kPlain},
             {{"12/08 16:40", "Đã xem", "Trần Thị B", ""}, {}, Tone::kPlain},
             {{"13/08 08:05", "Đã phân loại", "Nguyễn Văn A",
               "Phản ánh, kiến nghị; giao bộ phận địa chính"},
              {},
              Tone::kPlain},
             {{"13/08 10:20", "Chờ bổ sung", "Lê Văn C", "Chờ văn phòng đăng ký đất đai trả lời"},
              {},
              Tone::kPlain}},
            "Chưa có bước nào."}};
  view.actions = {{"Quay lại", command(Verb::kBack), Button::Kind::kPlain},
                  {"Xem liên hệ", command(Verb::kContact), Button::Kind::kPlain},
                  {"Từ chối xử lý", command(Verb::kStep, 9), Button::Kind::kDanger},
                  {"Tiếp tục xử lý", command(Verb::kStep, 4), Button::Kind::kPrimary}};
  return view;
}

View answer() {
  View view = room(Verb::kInbox, "Trả lời công khai cho góp ý số 4685");
  view.blocks = {Text{"Ghế ngồi chờ ít, người già phải đứng", Text::Size::kBody, Tone::kMuted}};
  view.input = Input{Input::Kind::kWords,
                     "Câu trả lời này hiện trên màn hình chờ: “Bạn góp ý, chúng tôi đã làm”",
                     "Đã kê thêm 12 ghế ở sảnh chờ từ ngày 15/08.",
                     300,
                     command(Verb::kText),
                     "Lưu trả lời"};
  view.actions = {{"Quay lại", command(Verb::kBack), Button::Kind::kPlain}};
  return view;
}

View search() {
  View view = room(Verb::kInbox, "Tìm góp ý");
  view.input = Input{Input::Kind::kLine,
                     "Tìm trong lời góp ý, gõ có dấu hay không dấu đều được",
                     "cho lau",
                     60,
                     command(Verb::kSearch),
                     "Tìm"};
  view.actions = {{"Quay lại", command(Verb::kBack), Button::Kind::kPlain}};
  return view;
}

View served() {
  View view = room(Verb::kServed, "Lượt phục vụ, thứ Tư 14/08/2024");
  view.blocks = {Table{{{"Lĩnh vực", 3, false}, {"Đã nhập", 1, true}},
                       {{{"Hộ tịch", "38"}, command(Verb::kServedField, 1), Tone::kPlain},
                        {{"Chứng thực", "1.204"}, command(Verb::kServedField, 2), Tone::kPlain},
                        {{"Đất đai và quản lý trật tự xây dựng đô thị", "chưa nhập"},
                         command(Verb::kServedField, 3),
                         Tone::kMuted},
                        {{"Thành lập và hoạt động của hộ kinh doanh", "7"},
                         command(Verb::kServedField, 4),
                         Tone::kPlain}},
                       ""}};
  view.input = Input{Input::Kind::kNumber,
                     "Chứng thực: số thủ tục đã giải quyết trong ngày",
                     "1204",
                     5,
                     command(Verb::kServedCount),
                     "Ghi số"};
  view.actions = {{"Lấy từ tệp CSV", command(Verb::kServedFiles), Button::Kind::kPlain}};
  view.message = "Đã ghi 38 thủ tục hộ tịch.";
  view.message_tone = Tone::kGood;
  return view;
}

View date() {
  View view = room(Verb::kToday, "Từ ngày");
  view.input = Input{
      Input::Kind::kDate, "Ngày đầu của khoảng thời gian", "140", 8, command(Verb::kPeriodFrom),
      "Tiếp tục"};
  view.actions = {{"Quay lại", command(Verb::kBack), Button::Kind::kPlain}};
  return view;
}

View sign_off() {
  View view = room(Verb::kSignOff, "Ký xác nhận ngày");
  view.blocks = {
      Text{"Tôi đã xem hết ý kiến trong ngày 14/08/2024.", Text::Size::kBody, Tone::kPlain},
      Table{{{"Ngày", 2, false}, {"Ý kiến", 1, true}, {"Chưa xem", 1, true}},
            {{{"thứ Hai 12/08", "14", "0"}, command(Verb::kSignDay, 1), Tone::kAlert},
             {{"thứ Ba 13/08", "9", "3"}, command(Verb::kSignDay, 2), Tone::kAlert}},
            "Không có ngày nào bị bỏ sót."}};
  view.actions = {{"Xác nhận đã xem hết", command(Verb::kSignDay), Button::Kind::kPrimary}};
  return view;
}

View reports() {
  View view = room(Verb::kReports, "Báo cáo");
  view.blocks = {choices("Khoảng thời gian", {"Hôm nay", "Tuần này", "Tháng này", "Chọn ngày…"}, 2,
                         Verb::kPeriod),
                 choices("Định dạng", {"PDF", "XLSX"}, 0, Verb::kReportFormat),
                 choices("Lưu vào", {"USB “KINGSTON” (còn 3,1 GB)", "Thư mục bao-cao trên máy này"},
                         0, Verb::kReportPlace)};
  view.actions = {{"Lưu báo cáo", command(Verb::kReportSave), Button::Kind::kPrimary}};
  view.progress = 0.45F;
  view.message = "Đang ghi báo cáo tháng 8. Xin đừng rút USB.";
  return view;
}

/// A machine that has seen much, in the order and words of its room.
std::vector<kiosk::machine::Fact> machine_facts() {
  namespace machine = kiosk::machine;
  constexpr std::int64_t kNow = 1'723'629'000'000;  // 16:50 of 14/08/2024
  constexpr std::int64_t kHour = 3'600'000;
  const core::Stamp now{kNow, std::string(32, 'a'), 76 * kHour, core::ClockState::kSynced};
  const machine::Power power{false, true, false, false};
  auto facts = machine::facts_of(machine::MachineState{
      now, 712, machine::Disk{11'800'000'000, 29'100'000'000, false}, power, {}, "0.1.0"});
  machine::LocalFaults faults;
  faults.recording = {{core::Fault::kFull, ""}, now};
  faults.key = machine::KeyState::kLost;
  faults.set_aside = {{104'233, 12}};
  faults.second_kiosk = kNow - 5 * kHour;
  for (machine::Fact& fact : machine::facts_of(faults)) facts.push_back(std::move(fact));
  for (machine::Fact& fact : machine::set_aside_facts(faults)) facts.push_back(std::move(fact));
  facts.push_back(machine::upload_fact(1'204, kNow - 30 * kHour, now));
  facts.push_back(machine::config_fact(kNow - 50 * kHour, true));
  machine::ChainState chain;
  chain.verified = 104'233;
  chain.last = 105'437;
  chain.began_ms = kNow - kHour;
  chain.verified_ms = kNow - kHour / 2;
  facts.push_back(machine::chain_fact(chain, now));
  return facts;
}

View machine() {
  View view = room(Verb::kMachine, "Tình trạng máy");
  view.blocks = {facts_block(machine_facts())};
  view.actions = {{"Kiểm tra thiết bị", command(Verb::kTestParts), Button::Kind::kPlain},
                  {"Kiểm tra nhật ký", command(Verb::kVerify), Button::Kind::kPlain}};
  return view;
}

core::Draft with_text(const Input& input) {
  core::Draft draft(core::TypingMethod::kLetters, core::TonePlacement::kOld, input.longest);
  for (const char32_t character : core::code_points(input.start)) draft.type(character);
  draft.use(core::TypingMethod::kTelex);
  return draft;
}

flow::Staff told(View view) {
  flow::Staff screen{std::move(view),
                     false,
                     1,
                     0,
                     {},
                     core::Draft(core::TypingMethod::kTelex, core::TonePlacement::kOld),
                     {},
                     {},
                     {0, 60'000, 0}};
  if (!screen.view.input) return screen;
  const Input& input = *screen.view.input;
  if (input.kind == Input::Kind::kPin) {
    screen.digits = "1234";
  } else if (input.kind == Input::Kind::kNumber || input.kind == Input::Kind::kDate) {
    screen.digits = input.start;
  } else if (input.kind != Input::Kind::kParts) {
    screen.draft = with_text(input);
  }
  return screen;
}

flow::Staff parts() {
  View view = room(Verb::kMachine, "Thử màn hình, phím và máy quét");
  view.input = Input{Input::Kind::kParts,
                     "Vuốt ngón tay qua mọi ô, bấm các phím và quét một mã.",
                     {},
                     0,
                     command(Verb::kBack),
                     {}};
  view.actions = {{"Thử loa", command(Verb::kTestSound), Button::Kind::kPlain},
                  {"Xong", command(Verb::kBack), Button::Kind::kPrimary}};
  flow::Staff screen = told(std::move(view));
  for (std::size_t i = 0; i < 21; ++i) screen.parts.touched[i] = true;
  screen.parts.keys = {"1", "5", "Enter", "a", "Xoá lùi", "dấu cách", "trái", "phải"};
  screen.parts.scanned = 25;
  return screen;
}

flow::Staff enrolment() {
  flow::Staff screen = told(kiosk::enrolment_view("offline"));
  screen.digits = "K7QDM2XF4H9";
  return screen;
}

flow::Staff about_to_lock() {
  flow::Staff screen = told(sign_off());
  screen.stay.seconds_left = 9;
  return screen;
}

}  // namespace

std::vector<Exhibit> staff_gallery() {
  return {{"staff-door", told(door())},
          {"staff-pin", told(pin())},
          {"staff-today", told(today())},
          {"staff-trend", told(trend())},
          {"staff-no-data", told(no_data())},
          {"staff-inbox", told(inbox())},
          {"staff-case", told(case_detail())},
          {"staff-answer", told(answer())},
          {"staff-search", told(search())},
          {"staff-served", told(served())},
          {"staff-date", told(date())},
          {"staff-sign-off", about_to_lock()},
          {"staff-reports", told(reports())},
          {"staff-machine", told(machine())},
          {"staff-parts", parts()},
          {"staff-enrolment", enrolment()}};
}

}  // namespace hailong::tests
