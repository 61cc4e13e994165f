#include <algorithm>
#include <filesystem>

#include "kiosk/machine/chain_check.h"
#include "kiosk/machine/facts.h"
#include "kiosk/staff/listing.h"
#include "kiosk/staff/rooms.h"
#include "kiosk/staff/sight.h"
#include "kiosk/staff/wording.h"
#include "wire/bundle_file.h"

namespace hailong::kiosk::staff {
namespace {

class MachineRoom : public Room {
 public:
  explicit MachineRoom(const Shift& shift) : shift_(shift) {}

  View view() override {
    View view;
    view.title = "Tình trạng máy";
    view.message = message_;
    view.message_tone = tone_;
    if (testing_) {
      view.title = "Kiểm tra thiết bị";
      view.input = Input{
          Input::Kind::kParts, "Vuốt ngón tay qua mọi ô, bấm phím, quét một mã", "", 0, {}, ""};
      view.actions = {{"Xong", {Verb::kBack, 0, ""}, Button::Kind::kPrimary},
                      {"Phát âm thanh", {Verb::kTestSound, 0, ""}, Button::Kind::kPlain}};
      return view;
    }
    if (auto shown = show(view); !shown) say_unread(view, shown.error());
    view.actions = {{"Khóa", {Verb::kLock, 0, ""}, Button::Kind::kPlain},
                    {"Kiểm tra thiết bị", {Verb::kTestParts, 0, ""}, Button::Kind::kPlain},
                    {"Kiểm tra nhật ký", {Verb::kVerify, 0, ""}, Button::Kind::kPlain}};
    return view;
  }

  void take(const Command& command) override {
    message_.clear();
    switch (command.verb) {
      case Verb::kTestParts:
        testing_ = note_test();
        return;
      case Verb::kTestSound:
        return shift_.outside.play_test_sound();
      case Verb::kVerify:
        return verify();
      default:
        testing_ = false;
    }
  }

 private:
  core::Result<void> show(View& view) {
    const auto waiting = shift_.review.waiting();
    if (!waiting) return core::Failure(waiting.error());
    const auto receipt = shift_.review.last_receipt_at();
    if (!receipt) return core::Failure(receipt.error());
    const auto chain = machine::ChainCheck::open(shift_.house.machine.data_dir);
    if (!chain) return core::Failure(chain.error());
    const core::Stamp now = shift_.now();
    auto facts = machine::facts_of(machine::read_state(shift_.house.machine));
    const machine::LocalFaults faults = faults_of(shift_.house);
    for (machine::Fact& fact : machine::facts_of(faults)) facts.push_back(std::move(fact));
    for (const machine::Fact& fact : machine::set_aside_facts(faults)) {
      facts.push_back(for_role(fact));
    }
    facts.push_back(for_role(machine::upload_fact(*waiting, *receipt, now)));
    const auto refused = shift_.house.machine.data_dir / wire::kBundleFaultFile;
    facts.push_back(
        machine::config_fact(shift_.house.published_at_ms, std::filesystem::exists(refused)));
    facts.push_back(for_role(machine::chain_fact(chain->state(), now)));
    view.blocks.emplace_back(facts_block(facts));
    return {};
  }

  /// Numbers of events tell when somebody rated to whoever looks twice: officers get the verdict.
  [[nodiscard]] machine::Fact for_role(machine::Fact fact) const {
    if (sees_growth(shift_.me.role)) return fact;
    switch (fact.verdict) {
      case machine::Verdict::kGood:
        fact.words = "bình thường";
        break;
      case machine::Verdict::kLook:
        fact.words = "cần theo dõi";
        break;
      case machine::Verdict::kAct:
        fact.words = "cần xử lý: xin báo trưởng đơn vị";
        break;
    }
    return fact;
  }

  bool note_test() {
    const auto noted = shift_.book.append(
        shift_.now(), core::StaffAct{shift_.me.id, core::StaffDeed::kTestParts, ""});
    if (!noted) {
      tone_ = Tone::kAlert;
      message_ = fault_words(noted.error());
    }
    return noted.has_value();
  }

  /// From the first event to the last, or until somebody wants something else: what was verified by
  /// then is kept, and the next time goes on there.
  void verify() {
    const auto state = verify_in_steps();
    tone_ = Tone::kAlert;
    if (!state) {
      message_ = fault_words(state.error());
    } else if (state->first_bad) {
      message_ = "Có bản ghi hỏng: giữ nguyên thẻ nhớ và báo bộ phận hỗ trợ.";
    } else if (state->verified < state->last) {
      message_ = "Chưa kiểm tra hết. Lần sau máy kiểm tra tiếp.";
    } else {
      tone_ = Tone::kGood;
      message_ = "Chuỗi sự kiện và nội dung đều nguyên vẹn.";
    }
  }

  core::Result<machine::ChainState> verify_in_steps() {
    auto chain = machine::ChainCheck::open(shift_.house.machine.data_dir);
    if (!chain) return core::Failure(chain.error());
    const machine::ChainState& state = chain->state();
    if (state.verified == state.last) {
      if (auto restarted = chain->restart(); !restarted) return core::Failure(restarted.error());
    }
    for (bool more = true; more && !shift_.outside.is_interrupted();) {
      const auto stepped = chain->step(shift_.now());
      if (!stepped) return core::Failure(stepped.error());
      more = *stepped;
      const auto all = static_cast<float>(std::max<core::Seq>(1, state.last));
      shift_.outside.progress(static_cast<float>(state.verified) / all);
    }
    return state;
  }

  const Shift& shift_;
  bool testing_ = false;
  std::string message_;
  Tone tone_ = Tone::kPlain;
};

}  // namespace

std::unique_ptr<Room> make_machine_room(const Shift& shift) {
  return std::make_unique<MachineRoom>(shift);
}

}  // namespace hailong::kiosk::staff
