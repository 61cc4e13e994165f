#include "kiosk/staff/case_desk.h"
#include "kiosk/staff/inbox_list.h"
#include "kiosk/staff/listing.h"
#include "kiosk/staff/rooms.h"

namespace hailong::kiosk::staff {
namespace {

class InboxRoom : public Room {
 public:
  explicit InboxRoom(const Shift& shift) : shift_(shift), list_(shift) {}

  View view() override {
    auto view = desk_ ? desk_->view() : list_.view();
    if (view) return std::move(*view);
    View failed;
    failed.title = "Ý kiến của người dân";
    say_unread(failed, view.error());
    failed.actions = {{"Quay lại", {Verb::kBack, 0, ""}, Button::Kind::kPlain}};
    return failed;
  }

  void take(const Command& command) override {
    if (command.verb == Verb::kOpenCase) {
      desk_.emplace(shift_, command.number);
    } else if (desk_) {
      desk_->take(command);
      if (desk_->is_left()) desk_.reset();
    } else {
      list_.take(command);
      note_search(command);
    }
  }

 private:
  /// That somebody searched is kept, what for is not: it may be a resident's name.
  void note_search(const Command& command) {
    if (command.verb != Verb::kSearch || command.text.empty()) return;
    // A search that cannot be noted changes nothing that matters; the journal's next write says so.
    (void)shift_.book.append(shift_.now(),
                             core::StaffAct{shift_.me.id, core::StaffDeed::kSearch, ""});
  }

  const Shift& shift_;
  InboxList list_;
  std::optional<CaseDesk> desk_;
};

}  // namespace

std::unique_ptr<Room> make_inbox_room(const Shift& shift) {
  return std::make_unique<InboxRoom>(shift);
}

}  // namespace hailong::kiosk::staff
