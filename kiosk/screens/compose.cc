#include "kiosk/screens/compose.h"

#include <algorithm>

namespace hailong::kiosk::screens {
namespace {

Page page_of(const flow::Home& screen, const View& view) { return compose_home(screen, view); }
Page page_of(const flow::Saving& screen, const View& view) { return compose_saving(screen, view); }
Page page_of(const flow::Thanks& screen, const View& view) { return compose_thanks(screen, view); }
Page page_of(const flow::ChooseAgain& screen, const View& view) {
  return compose_again(screen, view);
}
Page page_of(const flow::Sorry& screen, const View& view) { return compose_sorry(screen, view); }
Page page_of(const flow::Reasons& screen, const View& view) {
  return compose_reasons(screen, view);
}
Page page_of(const flow::More& screen, const View& view) { return compose_more(screen, view); }
Page page_of(const flow::Purpose& screen, const View& view) {
  return compose_purpose(screen, view);
}
Page page_of(const flow::Questions& screen, const View& view) {
  return compose_questions(screen, view);
}
Page page_of(const flow::Fields& screen, const View& view) { return compose_fields(screen, view); }
Page page_of(const flow::Procedures& screen, const View& view) {
  return compose_procedures(screen, view);
}
Page page_of(const flow::Search& screen, const View& view) { return compose_search(screen, view); }
Page page_of(const flow::Counters& screen, const View& view) {
  return compose_counters(screen, view);
}
Page page_of(const flow::ExtraPayment& screen, const View& view) {
  return compose_extra_payment(screen, view);
}
Page page_of(const flow::Words& screen, const View& view) { return compose_words(screen, view); }
Page page_of(const flow::Contact& screen, const View& view) {
  return compose_contact(screen, view);
}
Page page_of(const flow::Complaints& screen, const View& view) {
  return compose_complaints(screen, view);
}
Page page_of(const flow::Staff& screen, const View& view) { return compose_staff(screen, view); }
/// For the moment that saving takes, what was on the way out stays as it is.
Page page_of(const flow::SavingMore& screen, const View& view) {
  Page page = compose_more(screen, view);
  for (Item& item : page.items) item.event.reset();
  return page;
}

}  // namespace

const Item* item_at(const Page& page, float x, float y) {
  for (auto item = page.items.rbegin(); item != page.items.rend(); ++item) {
    if (item->event && item->hit.contains(x, y)) return &*item;
  }
  return nullptr;
}

bool is_step(const Item& item) { return item.event && item.gesture == Gesture::kTap; }

std::size_t first_step(const Page& page) {
  const auto first = std::find_if(page.items.begin(), page.items.end(), [](const Item& item) {
    return is_step(item) && !std::holds_alternative<flow::PreferenceTapped>(*item.event);
  });
  return static_cast<std::size_t>(first - page.items.begin());
}

Page compose(const flow::Screen& screen, const View& view) {
  return std::visit([&view](const auto& shown) { return page_of(shown, view); }, screen);
}

}  // namespace hailong::kiosk::screens
