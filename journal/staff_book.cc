#include "journal/staff_book.h"

#include "core/chain.h"
#include "journal/case_columns.h"
#include "journal/store.h"
#include "wire/signing.h"
#include "wire/step_texts.h"

namespace hailong::journal {
namespace {

using core::Fault;

Person person_in(SQLite::Statement& row) {
  return {row.getColumn(0).getString(), row.getColumn(1).getString(),
          core::staff_role_of(row.getColumn(2).getString()).value_or(core::StaffRole::kOfficer),
          row.getColumn(3).getInt() != 0};
}

std::optional<Person> find_person(SQLite::Database& database, std::string_view id) {
  SQLite::Statement query(database, "SELECT id, name, role, active FROM person WHERE id = ?");
  query.bind(1, std::string(id));
  if (!query.executeStep()) return std::nullopt;
  return person_in(query);
}

bool has_other_head(SQLite::Database& database, std::string_view than) {
  SQLite::Statement query(
      database, "SELECT 1 FROM person WHERE role = 'head' AND active = 1 AND id <> ? LIMIT 1");
  query.bind(1, std::string(than));
  return query.executeStep();
}

void keep_pin(SQLite::Database& database, std::string_view person, std::string_view hash,
              bool given) {
  SQLite::Statement keep(database, "INSERT OR REPLACE INTO pin VALUES (?, ?, ?)");
  keep.bind(1, std::string(person));
  keep.bind(2, std::string(hash));
  keep.bind(3, given ? 1 : 0);
  keep.exec();
}

void forget_tries(SQLite::Database& database, std::string_view who) {
  SQLite::Statement forget(database, "DELETE FROM pin_tries WHERE who = ?");
  forget.bind(1, std::string(who));
  forget.exec();
}

core::Failure taken() { return core::fail(Fault::kConflict, "Đã có tài khoản mang tên này."); }
core::Failure unknown() { return core::fail(Fault::kNotFound, "Không có tài khoản này."); }

}  // namespace

core::Result<std::vector<Person>> StaffBook::people() {
  return sqlite::fenced("reading the accounts", [&]() -> core::Result<std::vector<Person>> {
    SQLite::Statement query(*store_.database,
                            "SELECT id, name, role, active FROM person ORDER BY name, id");
    std::vector<Person> people;
    while (query.executeStep()) people.push_back(person_in(query));
    return people;
  });
}

core::Result<std::optional<Pin>> StaffBook::pin(std::string_view person) {
  return sqlite::fenced("reading a PIN", [&]() -> core::Result<std::optional<Pin>> {
    SQLite::Statement query(*store_.database, "SELECT hash, given FROM pin WHERE person = ?");
    query.bind(1, std::string(person));
    if (!query.executeStep()) return std::nullopt;
    return Pin{query.getColumn(0).getString(), query.getColumn(1).getInt() != 0};
  });
}

core::Result<PinTries> StaffBook::tries(std::string_view who) {
  return sqlite::fenced("reading wrong tries", [&]() -> core::Result<PinTries> {
    SQLite::Statement query(*store_.database,
                            "SELECT wrong, boot_id, mono_ms FROM pin_tries WHERE who = ?");
    query.bind(1, std::string(who));
    if (!query.executeStep()) return PinTries{};
    return PinTries{query.getColumn(0).getInt(), query.getColumn(1).getString(),
                    query.getColumn(2).getInt64()};
  });
}

core::Result<Appended> StaffBook::add_wrong_try(const core::Stamp& stamp, std::string_view who,
                                                bool locks) {
  return store_.in_transaction("counting a wrong try", [&]() -> core::Result<Appended> {
    SQLite::Statement count(*store_.database,
                            "INSERT INTO pin_tries VALUES (?1, 1, ?2, ?3) ON CONFLICT DO UPDATE"
                            " SET wrong = wrong + 1, boot_id = ?2, mono_ms = ?3");
    count.bind(1, std::string(who));
    count.bind(2, stamp.boot_id);
    count.bind(3, stamp.mono_ms);
    count.exec();
    auto place =
        store_.add(stamp, core::StaffAct{"", core::StaffDeed::kWrongPin, std::string(who)});
    if (!place || !locks) return place;
    return store_.add(stamp, core::StaffAct{"", core::StaffDeed::kLockOut, std::string(who)});
  });
}

core::Result<Appended> StaffBook::sign_in(const core::Stamp& stamp, std::string_view who) {
  return store_.in_transaction("signing in", [&]() -> core::Result<Appended> {
    forget_tries(*store_.database, who);
    return store_.add(stamp, core::StaffAct{std::string(who), core::StaffDeed::kSignIn, ""});
  });
}

core::Result<bool> StaffBook::is_used(const core::Bytes32& code) {
  return sqlite::fenced("reading the used codes", [&]() -> core::Result<bool> {
    SQLite::Statement query(*store_.database, "SELECT 1 FROM used_setup_code WHERE digest = ?");
    sqlite::bind_blob(query, 1, code);
    return query.executeStep();
  });
}

core::Result<Appended> StaffBook::set_up(const core::Stamp& stamp, const core::Bytes32& code,
                                         const core::StaffAccount& account,
                                         std::string_view pin_hash) {
  return store_.in_transaction("setting up staff mode", [&]() -> core::Result<Appended> {
    const auto used = is_used(code);
    if (!used) return core::Failure(used.error());
    if (*used) return core::fail(Fault::kRefused, "Mã thiết lập này đã được dùng.");
    if (find_person(*store_.database, account.id)) return taken();
    SQLite::Statement use(*store_.database, "INSERT INTO used_setup_code VALUES (?)");
    sqlite::bind_blob(use, 1, code);
    use.exec();
    keep_pin(*store_.database, account.id, pin_hash, false);
    forget_tries(*store_.database, "");
    auto place = store_.add(stamp, core::StaffAct{account.id, core::StaffDeed::kSetUp, ""});
    if (!place) return place;
    return store_.add(stamp, account);
  });
}

core::Result<Appended> StaffBook::add(const core::Stamp& stamp, const core::StaffAccount& account,
                                      std::string_view pin_hash) {
  return store_.in_transaction("adding an account", [&]() -> core::Result<Appended> {
    if (find_person(*store_.database, account.id)) return taken();
    keep_pin(*store_.database, account.id, pin_hash, true);
    return store_.add(stamp, account);
  });
}

core::Result<Appended> StaffBook::change(const core::Stamp& stamp,
                                         const core::StaffAccount& account) {
  return store_.in_transaction("changing an account", [&]() -> core::Result<Appended> {
    if (!find_person(*store_.database, account.id)) return unknown();
    const bool stays_head = account.active && account.role == core::StaffRole::kHead;
    if (!stays_head && !has_other_head(*store_.database, account.id)) {
      return core::fail(Fault::kRefused, "Phải còn ít nhất một trưởng đơn vị.");
    }
    return store_.add(stamp, account);
  });
}

core::Result<Appended> StaffBook::set_pin(const core::Stamp& stamp, std::string_view who,
                                          std::string_view person, std::string_view pin_hash) {
  return store_.in_transaction("keeping a PIN", [&]() -> core::Result<Appended> {
    if (!find_person(*store_.database, person)) return unknown();
    const bool own = who == person;
    keep_pin(*store_.database, person, pin_hash, !own);
    forget_tries(*store_.database, person);
    const auto deed = own ? core::StaffDeed::kChangePin : core::StaffDeed::kGivePin;
    return store_.add(
        stamp, core::StaffAct{std::string(who), deed, own ? std::string() : std::string(person)});
  });
}

core::Result<Appended> StaffBook::append(const core::Stamp& stamp, const core::StaffAct& act) {
  return store_.in_transaction("noting what was done", [&] { return store_.add(stamp, act); });
}

core::Result<Appended> StaffBook::append(const core::Stamp& stamp, const core::Served& served) {
  return store_.in_transaction("keeping a served count",
                               [&] { return store_.add_served(stamp, served); });
}

core::Result<void> StaffBook::append(const core::Stamp& stamp,
                                     const std::vector<core::Served>& served) {
  return store_.in_transaction("keeping served counts", [&]() -> core::Result<void> {
    for (const core::Served& each : served) {
      if (auto place = store_.add_served(stamp, each); !place) return core::Failure(place.error());
    }
    return {};
  });
}

core::Result<Appended> StaffBook::append(const core::Stamp& stamp, const core::SignOff& sign_off) {
  return store_.in_transaction("signing a day off", [&] { return store_.add(stamp, sign_off); });
}

core::Result<Appended> StaffBook::append(const core::Stamp& stamp, core::Seq rating,
                                         const core::CaseStep& step, int known_steps) {
  const auto content = wire::encode_step_texts({step.note, step.answer});
  if (!content) return core::fail(Fault::kInvalid, "the note or answer is not valid UTF-8");
  return store_.in_transaction("dealing with a case", [&]() -> core::Result<Appended> {
    const auto standing = standing_case(*store_.database, rating);
    if (!standing) return core::fail(Fault::kNotFound, "Không có ý kiến này.");
    if (standing->state.steps != known_steps || step.seen < standing->last_seq) {
      return core::fail(Fault::kConflict, "Ý kiến vừa thay đổi. Xin xem lại trước khi xử lý.");
    }
    core::CaseStep dated = step;
    dated.at_ms = stamp.wall_ms;
    if (const auto next = core::after(standing->state, dated, standing->facts); !next) {
      return core::Failure(next.error());
    }
    const core::Bytes32 salt = wire::random_bytes32();
    core::Handling handling{rating, step, core::content_digest(salt, *content)};
    handling.step.at_ms = 0;
    handling.step.note.clear();
    handling.step.answer.clear();
    auto place = store_.add(stamp, handling);
    if (place) store_.keep_content(place->seq, handling.content, salt, *content);
    return place;
  });
}

}  // namespace hailong::journal
