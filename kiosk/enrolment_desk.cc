#include "kiosk/enrolment_desk.h"

#include <spdlog/spdlog.h>

#include <array>
#include <string_view>
#include <utility>

#include "wire/enrolment_file.h"

namespace hailong::kiosk {
namespace {

using staff::Button;
using staff::Input;
using staff::Tone;
using staff::Verb;

struct StateWords {
  std::string_view state;
  const char* words;
  bool is_trouble;
};
constexpr std::array kStateWords = {
    StateWords{wire::kEnrolAsking, "Đang gửi mã đến máy chủ…", false},
    StateWords{
        wire::kEnrolOffline,
        "Chưa liên lạc được với máy chủ: hãy kiểm tra mạng. Máy tự thử lại và tự mở màn hình "
        "chính.",
        true},
    StateWords{wire::kEnrolFailed,
               "Máy không ghi được dữ liệu đăng ký. Hãy gọi người phụ trách kỹ thuật.", true},
    StateWords{"enrolled", "Đã đăng ký xong. Máy đang mở màn hình chính…", false},
    StateWords{"unknown-code", "Máy chủ không nhận mã này. Hãy xem lại từng ký tự.", true},
    StateWords{"code-used", "Mã này đã được dùng cho máy khác. Hãy xin mã mới.", true},
    StateWords{"code-expired", "Mã này đã hết hạn. Hãy xin mã mới.", true},
    StateWords{"too-many-tries", "Đã nhập sai quá nhiều lần. Máy sẽ tự thử lại sau ít phút.", true},
    StateWords{"key-taken", "Khóa của máy này đã bị thu hồi. Hãy gọi người phụ trách kỹ thuật.",
               true},
    StateWords{"other-device",
               "Thẻ nhớ này đang giữ phiếu của một kiosk khác. Hãy xin mã cho đúng kiosk đó.",
               true},
    StateWords{"other-district",
               "Máy chủ trả lời không phải máy chủ ghi trong cấu hình. Hãy gọi người phụ trách kỹ "
               "thuật.",
               true},
    StateWords{"no-certificate",
               "Máy chủ đòi chứng thư mà máy này chưa có. Hãy gọi người phụ trách kỹ thuật.", true},
};

const StateWords* find_words(std::string_view state) {
  for (const StateWords& known : kStateWords) {
    if (known.state == state) return &known;
  }
  return nullptr;
}

constexpr const char* kNobodyTakesIt =
    "Chương trình gửi dữ liệu chưa nhận mã. Hãy chờ một phút rồi bấm “Xem lại”.";

}  // namespace

std::string enrolment_words(const std::string& state) {
  if (state.empty()) return {};
  if (const StateWords* known = find_words(state)) return known->words;
  return "Máy chủ từ chối (" + state + "). Hãy gọi người phụ trách kỹ thuật.";
}

staff::View enrolment_view(const std::string& state, const std::string& said) {
  staff::View view;
  view.title = "Máy chưa được đăng ký";
  view.input =
      Input{Input::Kind::kCode,
            "Nhập mã dùng một lần mà cơ quan cấp trên đã cấp cho kiosk này, hoặc quét mã QR "
            "của mã đó.",
            "",
            static_cast<int>(wire::kCodeLength),
            {Verb::kEnrol, 0, ""},
            "Đăng ký"};
  view.actions = {{"Xem lại", {Verb::kOpen, 0, ""}, Button::Kind::kPlain}};
  view.message = said.empty() ? enrolment_words(state) : said;
  const StateWords* known = find_words(state);
  const bool is_trouble =
      !said.empty() || (!state.empty() && (known == nullptr || known->is_trouble));
  view.message_tone = is_trouble ? Tone::kAlert : Tone::kPlain;
  return view;
}

EnrolmentDesk::EnrolmentDesk(std::filesystem::path data_dir, Callbacks callbacks, Pace pace)
    : data_dir_(std::move(data_dir)),
      callbacks_(std::move(callbacks)),
      pace_(pace),
      thread_([this] { run(); }) {}

EnrolmentDesk::~EnrolmentDesk() { stop(); }

void EnrolmentDesk::ask(std::uint64_t ticket, staff::Command command) {
  {
    const std::lock_guard lock(mutex_);
    asked_.push_back({ticket, std::move(command)});
  }
  changed_.notify_one();
}

void EnrolmentDesk::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

/// False when the desk has to stop.
bool EnrolmentDesk::rest(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, time, [this] { return stopping_; });
}

bool EnrolmentDesk::is_enrolled() const { return wire::read_enrolment(data_dir_).has_value(); }

std::string EnrolmentDesk::state() const {
  const auto said = wire::enrol_state(data_dir_);
  if (said) return *said;
  spdlog::error("{}", said.error().message);
  return std::string(wire::kEnrolFailed);
}

staff::View EnrolmentDesk::hand_over(const std::string& typed) {
  const auto code = wire::read_enrolment_code(typed);
  if (!code) {
    return enrolment_view("", "Mã này không đúng: có ký tự bị nhập nhầm. Hãy xem lại.");
  }
  std::error_code error;
  std::filesystem::create_directories(data_dir_, error);
  if (const auto asked = wire::ask_to_enrol(data_dir_, *code); !asked) {
    spdlog::error("{}", asked.error().message);
    return enrolment_view(std::string(wire::kEnrolFailed));
  }
  const auto until = std::chrono::steady_clock::now() + pace_.answer;
  std::string now = state();
  while ((now.empty() || now == wire::kEnrolAsking) && !is_enrolled() &&
         std::chrono::steady_clock::now() < until) {
    if (!rest(pace_.look)) break;
    now = state();
  }
  return now.empty() ? enrolment_view("", kNobodyTakesIt) : enrolment_view(now);
}

staff::View EnrolmentDesk::answer(const staff::Command& command) {
  if (command.verb == Verb::kEnrol) return hand_over(command.text);
  return enrolment_view(state());
}

void EnrolmentDesk::run() {
  while (true) {
    std::optional<Asked> next;
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, pace_.idle, [this] { return stopping_ || !asked_.empty(); });
      if (stopping_) return;
      if (!asked_.empty()) {
        next = std::move(asked_.front());
        asked_.pop_front();
      }
    }
    if (next) callbacks_.tell(next->ticket, answer(next->command));
    if (is_enrolled()) return callbacks_.enrolled();
  }
}

}  // namespace hailong::kiosk
