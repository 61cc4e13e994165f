#include "kiosk/enrolment_desk.h"

#include <spdlog/spdlog.h>

#include <array>
#include <string_view>
#include <utility>

#include "wire/enrolment_file.h"

namespace hailong::kiosk {
namespace {

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
    "Chương trình gửi dữ liệu chưa nhận mã. Máy vẫn chờ; nếu sau vài phút vẫn vậy, hãy gọi người "
    "phụ trách kỹ thuật.";

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
            "Nhập mã dùng một lần mà cơ quan cấp trên đã cấp cho máy này, hoặc quét mã QR in kèm.",
            "",
            static_cast<int>(wire::kCodeLength),
            {Verb::kEnrol, 0, ""},
            "Đăng ký"};
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

bool EnrolmentDesk::is_enrolled() const { return wire::read_enrolment(data_dir_).has_value(); }

void EnrolmentDesk::log(const core::Error& error) {
  if (logged_ != error.message) spdlog::error("{}", error.message);
  logged_ = error.message;
}

staff::View EnrolmentDesk::view() {
  waits_ = false;
  if (!said_.empty()) return enrolment_view("", said_);
  const auto state = wire::enrol_state(data_dir_);
  if (!state) {
    log(state.error());
    return enrolment_view(std::string(wire::kEnrolFailed));
  }
  const std::string& word = state->word;
  if (state->is_over) {
    if (auto gone = wire::forget_enrol_request(data_dir_); !gone) log(gone.error());
    return enrolment_view(word);
  }
  waits_ = (word.empty() || word == wire::kEnrolAsking) && wire::asked_to_enrol(data_dir_);
  if (!word.empty() || !waits_) return enrolment_view(word);
  const bool is_taken_late = std::chrono::steady_clock::now() - asked_at_ >= pace_.answer;
  return is_taken_late ? enrolment_view("", kNobodyTakesIt)
                       : enrolment_view(std::string(wire::kEnrolAsking));
}

void EnrolmentDesk::hand_over(const std::string& typed) {
  said_.clear();
  asked_at_ = std::chrono::steady_clock::now();
  const auto code = wire::read_enrolment_code(typed);
  if (!code) {
    said_ = "Mã này không đúng: có ký tự bị nhập nhầm. Hãy xem lại.";
    return;
  }
  std::error_code error;  // a folder that cannot be made takes no file either
  std::filesystem::create_directories(data_dir_, error);
  if (const auto asked = wire::ask_to_enrol(data_dir_, *code); !asked) {
    spdlog::error("{}", asked.error().message);
    said_ = enrolment_words(std::string(wire::kEnrolFailed));
  }
}

std::optional<EnrolmentDesk::Asked> EnrolmentDesk::next() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, waits_ ? pace_.look : pace_.idle,
                    [this] { return stopping_ || !asked_.empty(); });
  if (asked_.empty()) return std::nullopt;
  Asked first = std::move(asked_.front());
  asked_.pop_front();
  return first;
}

bool EnrolmentDesk::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void EnrolmentDesk::run() {
  std::uint64_t ticket = 0;
  std::optional<staff::View> told;
  while (!is_stopping()) {
    if (const auto asked = next()) {
      ticket = asked->ticket;
      told.reset();
      if (asked->command.verb == Verb::kEnrol) hand_over(asked->command.text);
    }
    staff::View now = view();
    if (ticket != 0 && told != now) {
      told = now;
      callbacks_.tell(ticket, std::move(now));
    }
    if (is_enrolled()) return callbacks_.enrolled();
  }
}

}  // namespace hailong::kiosk
