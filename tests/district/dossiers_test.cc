#include <gtest/gtest.h>

#include "district/dossiers/dossier_figures.h"
#include "district/dossiers/intake.h"
#include "district/ingest/eraser.h"
#include "district/storage/programme_records.h"
#include "tests/district/dossier_export.h"
#include "tests/district/draw.h"
#include "tests/district/sample.h"
#include "tests/property.h"

/// The register of dossiers: what comes in, what is kept of it, and the figures.

namespace hailong::district {
namespace {

using dossiers::DossierFigures;

constexpr const char* kRegisteredUnit = "10750@2025-07-01";
const core::LocalDate kRegisterDay = core::local_date(kNoon);

core::LocalDate on_day(const std::string& text) { return core::parse_date(text).value(); }

/// A store with its register, and one kiosk of xã Phú Thái.
class Register {
 public:
  Register() {
    keys_.secret("10750");
    register_kiosk(reception_.store(), kiosk_, "10750");
  }

  core::Result<dossiers::Preview> import(const std::string& csv) {
    return intake().import(csv, {"can-bo", kNoon});
  }
  core::Result<dossiers::Preview> preview(const std::string& csv) {
    return intake().preview(csv, {"can-bo", kNoon});
  }
  void erase(const std::string& code) {
    must(ingest::Eraser(reception_.store(), units(), key_)
             .erase_dossier(code, must(ingest::read_dossier_secrets(keys_.folder())),
                            {"can-bo", "Theo đơn"}, kNoon));
  }
  DossierFigures figures(const std::string& from, const std::string& to,
                         const std::string& unit = kRegisteredUnit, bool as_now = false) {
    return must(dossiers::FigureReader(reception_.store(), units())
                    .read(unit, on_day(from), on_day(to),
                          as_now ? std::optional(kRegisterDay) : std::nullopt, kRegisterDay));
  }
  core::Seq rate(int score, const std::string& code) {
    const core::Seq rating = kiosk_.rate(score);
    keys_.link(kiosk_, rating, "10750", code);
    return rating;
  }
  void send() {
    if (sent_ == kiosk_.last()) return;
    accepted(reception_.take(kiosk_, kiosk_.sealed(sent_ + 1, kiosk_.last())));
    sent_ = kiosk_.last();
  }

  Reception& reception() { return reception_; }
  FakeKiosk& kiosk() { return kiosk_; }
  DossierKeys& keys() { return keys_; }
  const core::UnitRegister& units() { return reception_.config().rules.units; }

 private:
  dossiers::Intake intake() {
    return {reception_.store(), units(), reception_.config().rules.fields, key_, keys_.folder()};
  }

  tests::TempFolder folder_;
  DossierKeys keys_{folder_.path() / "keys"};
  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
  wire::SigningKey key_ = wire::SigningKey::generate();
  core::Seq sent_ = 0;
};

std::vector<ExportLine> lines_of(int first, int number, const ExportLine& like) {
  std::vector<ExportLine> lines(static_cast<std::size_t>(number), like);
  for (ExportLine& line : lines) line.code = dossier_code(first++);
  return lines;
}

/// The worked example of measurement-rules.md 3: 400 dossiers, 20 overdue, 8 disliked, 5 with a
/// complaint; two are late and disliked, one is disliked and complained of.
TEST(DossierRegister, GivesTheRatioOfTheWorkedExample) {
  Register held;
  ExportLine late;
  late.returned_on = "2026-11-12";
  ExportLine complained;
  complained.complaint = "other";
  std::vector<ExportLine> all = lines_of(0, 20, late);
  for (const auto& [first, number, like] :
       {std::tuple(20, 5, complained), std::tuple(25, 375, ExportLine{})}) {
    const auto more = lines_of(first, number, like);
    all.insert(all.end(), more.begin(), more.end());
  }
  EXPECT_EQ(must(held.import(export_csv(all))).dossiers, 400);
  for (const int disliked : {0, 1, 20, 100, 101, 102, 103, 104}) {
    held.rate(1 + disliked % 2, dossier_code(disliked));
  }
  held.rate(3, dossier_code(200));
  held.send();
  const DossierFigures figures = held.figures("2026-11-01", "2026-11-30");
  EXPECT_EQ(figures.with(scoring::kUnsatisfied), 8);
  EXPECT_EQ(figures.with(scoring::kComplained), 5);
  EXPECT_EQ(figures.with(scoring::kOverdue), 20);
  EXPECT_EQ(figures.ratio_words(),
            "92,50 % (370/400 hồ sơ không có lỗi, tính theo hợp các tập), 6,00/6 điểm");
  EXPECT_EQ(figures.conduct, (scoring::ConductFacts{380, 0, 20, 0}));
}

TEST(DossierRegister, CountsADossierOnTheDayWhenItWasReturnedOrBecameLate) {
  Register held;
  ExportLine open;
  open.returned_on = "";
  open.due_on = "2026-11-19";
  ExportLine not_due = open;
  not_due.due_on = "2026-11-20";  // the day of the export: it may still be returned in time
  auto all = lines_of(0, 6, open);
  const auto more = lines_of(10, 7, not_due);
  all.insert(all.end(), more.begin(), more.end());
  must(held.import(export_csv(all)));
  EXPECT_EQ(held.figures("2026-11-01", "2026-11-30").dossiers(), 6);
  EXPECT_EQ(held.figures("2026-11-19", "2026-11-19").with(scoring::kOverdue), 6);

  for (ExportLine& line : all) {
    line.returned_on = "2026-11-22";
    line.exported_on = "2026-11-23";
  }
  must(held.import(export_csv(all)));
  EXPECT_EQ(held.figures("2026-11-19", "2026-11-19").with(scoring::kOverdue), 6);
  EXPECT_EQ(held.figures("2026-11-20", "2026-11-20").with(scoring::kOverdue), 7);
  EXPECT_EQ(held.figures("2026-11-21", "2026-11-30").dossiers(), 0);
}

TEST(DossierRegister, GoesByTheLatestExportInWhateverOrderTheyCome) {
  ExportLine older;
  older.returned_on = "2026-11-12";
  ExportLine newer;
  newer.complaint = "conduct";
  newer.exported_on = "2026-11-23";
  for (const bool newer_first : {false, true}) {
    Register held;
    for (const ExportLine& like : {newer_first ? newer : older, newer_first ? older : newer}) {
      must(held.import(export_csv(lines_of(0, 5, like))));
    }
    const DossierFigures figures = held.figures("2026-11-01", "2026-11-30");
    EXPECT_EQ(figures.dossiers(), 5);
    EXPECT_EQ(figures.with(scoring::kOverdue), 0);
    EXPECT_EQ(figures.conduct, (scoring::ConductFacts{0, 0, 0, 5}));
    EXPECT_EQ(held.reception().peek().number("SELECT count(*) FROM register_row"), 10);
  }
}

TEST(DossierRegister, TakesAComplaintThatWasProvenFalseIntoTheRatioOnly) {
  Register held;
  ExportLine unfounded;
  unfounded.complaint = "unfounded";
  must(held.import(export_csv(lines_of(0, 5, unfounded))));
  const DossierFigures figures = held.figures("2026-11-01", "2026-11-30");
  EXPECT_EQ(figures.with(scoring::kComplained), 5);
  EXPECT_EQ(figures.conduct_words(), "2,0/2 (5 hồ sơ được chấm)");
}

TEST(DossierRegister, ShowsNothingOfFewerThanFiveDossiersOrOfSingleDays) {
  Register held;
  must(held.import(export_csv(lines_of(0, 4, {}))));
  const DossierFigures few = held.figures("2026-11-01", "2026-11-30");
  EXPECT_EQ(few.ratio_words().rfind("dưới 5 hồ sơ", 0), 0U);
  EXPECT_EQ(few.conduct_words().rfind("dưới 5 hồ sơ", 0), 0U);
  EXPECT_EQ(held.figures("2026-10-01", "2026-10-31").ratio_words(), "không đủ dữ liệu");

  must(held.import(export_csv(lines_of(0, 6, {}))));
  EXPECT_EQ(held.figures("2026-11-01", "2026-11-09").ratio_words().rfind("chỉ tính theo tháng", 0),
            0U);
  EXPECT_TRUE(held.figures("2026-11-02", "2026-11-30").hidden());
  EXPECT_FALSE(held.figures("2026-11-01", "2026-11-30").hidden());
  EXPECT_FALSE(held.figures("2026-10-01", "2026-11-23").hidden()) << "staff see it until yesterday";
}

TEST(DossierRegister, FindsTheRatingOfADossierAfterItsUnitMerged) {
  Register held;
  FakeKiosk kiosk("kt-2");
  register_kiosk(held.reception().store(), kiosk, "10756");
  ExportLine before;
  before.unit = "10756";
  before.received_on = "2025-06-27";
  before.due_on = before.returned_on = "2025-07-02";
  held.keys().link(kiosk, kiosk.rate(1, kNoon), "10756", dossier_code(2));
  accepted(held.reception().take(kiosk));
  must(held.import(export_csv(lines_of(0, 5, before))));
  EXPECT_EQ(
      held.figures("2025-07-01", "2025-07-31", "10756@2024-12-01").with(scoring::kUnsatisfied), 1);
  EXPECT_EQ(held.figures("2025-07-01", "2025-07-31", "10756@2025-07-01").dossiers(), 0);
  EXPECT_EQ(held.figures("2025-07-01", "2025-07-31", "10756@2025-07-01", true)
                .with(scoring::kUnsatisfied),
            1);
}

TEST(DossierRegister, NamesEveryLineThatCannotBeTakenAndThenTakesNone) {
  Register held;
  std::vector<ExportLine> lines(11);
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].code = dossier_code(static_cast<int>(i));
  lines[1].code = "không phải mã";
  lines[2].unit = "99999";
  lines[3].field = "la-lung";
  lines[4].returned_on = "09/11/2026";
  lines[5].due_on = "2026-11-01";
  lines[6].returned_on = "2026-11-21";
  lines[7].exported_on = "2026-11-25";
  lines[8].complaint = "có";
  lines[9].code = lines[0].code;
  lines[10].unit = "10792";  // there is no 10792.key
  const auto found = must(held.preview(export_csv(lines)));
  std::vector<int> bad;
  bad.reserve(found.faults.size());
  for (const scoring::LineFault& fault : found.faults) {
    bad.push_back(fault.line);
    EXPECT_FALSE(fault.vietnamese.empty());
    EXPECT_EQ(fault.english.find("H24-2611"), std::string::npos) << "a code is a pseudonym";
  }
  EXPECT_EQ(bad, (std::vector<int>{3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
  EXPECT_EQ(found.dossiers, 1);
  const auto refused = held.import(export_csv(lines));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, core::Fault::kInvalid);
  EXPECT_EQ(refused.error().message, "line 3: dossier: this is no dossier code; 9 more bad lines");
  EXPECT_EQ(held.reception().peek().number("SELECT count(*) FROM register_row"), 0);
  EXPECT_FALSE(must(held.preview("unit,dossier\n")).faults.empty());
  EXPECT_FALSE(must(held.preview("")).faults.empty());
}

TEST(DossierRegister, TakesNoDossierFromAnotherUnit) {
  Register held;
  held.keys().secret("10756");
  must(held.import(export_csv(lines_of(0, 2, {}))));
  ExportLine elsewhere;
  elsewhere.unit = "10756";
  const auto found = must(held.preview(export_csv(lines_of(1, 2, elsewhere))));
  ASSERT_EQ(found.faults.size(), 1U);
  EXPECT_EQ(found.faults[0].line, 2);
  EXPECT_EQ(found.faults[0].english,
            "dossier: the register holds it for another unit, 10750@2025-07-01");
  EXPECT_FALSE(held.import(export_csv(lines_of(1, 2, elsewhere))));
  EXPECT_EQ(held.reception().peek().number("SELECT count(*) FROM register_row"), 2);
}

TEST(DossierRegister, PreviewsWithoutChangingAnything) {
  Register held;
  must(held.import(export_csv(lines_of(0, 3, {}))));
  auto before = held.reception().peek().counts();
  const auto found = must(held.preview(export_csv(lines_of(1, 4, {}))));
  EXPECT_EQ(found.dossiers, 4);
  EXPECT_EQ(found.known, 2);
  EXPECT_EQ(found.units, (std::map<std::string, std::int64_t>{{kRegisteredUnit, 4}}));
  ++before.at("audit");  // somebody looked at it
  EXPECT_EQ(held.reception().peek().counts(), before);
}

TEST(DossierRegister, KeepsNoCode) {
  Register held;
  must(held.import(export_csv(lines_of(7, 1, {}))));
  auto peek = held.reception().peek();
  EXPECT_EQ(peek.number("SELECT count(*) FROM register_row WHERE source LIKE '%H24%' "
                        "OR who LIKE '%H24%' OR field_id LIKE '%H24%'"),
            0);
  EXPECT_EQ(peek.dump("SELECT who, action, subject, detail FROM audit "
                      "WHERE action LIKE 'dossiers-%' ORDER BY seq"),
            "can-bo|dossiers-imported|10750@2025-07-01|1 hồ sơ, trong đó 0 đã có trong sổ; 0 dòng "
            "lỗi\n");
  EXPECT_FALSE(peek.execute("UPDATE register_row SET complaint = 'other'"));
  EXPECT_FALSE(peek.execute("DELETE FROM register_row"));
}

TEST(DossierRegister, ForgetsTheLinkOfADossierOnRequestAndKeepsTheSums) {
  Register held;
  must(held.import(export_csv(lines_of(0, 6, {}))));
  const core::Seq rating = held.rate(2, dossier_code(3));
  held.send();
  const DossierFigures before = held.figures("2026-11-01", "2026-11-30");
  ASSERT_EQ(before.with(scoring::kUnsatisfied), 1);
  held.erase(dossier_code(3));
  held.erase(dossier_code(9));  // not in the register yet
  EXPECT_EQ(held.reception().peek().number("SELECT count(*) FROM register_row WHERE key IS NULL"),
            1);
  EXPECT_EQ(held.figures("2026-11-01", "2026-11-30"), before);

  held.kiosk().append(core::Correction{rating, *core::Score::from(5)});
  held.send();
  EXPECT_EQ(held.figures("2026-11-01", "2026-11-30"), before) << "nothing leads there any more";

  auto again = lines_of(0, 10, {});
  must(held.import(export_csv(again)));
  EXPECT_EQ(held.reception().peek().number(
                "SELECT count(*) FROM register_row WHERE key IS NULL AND latest = 1"),
            2);
  EXPECT_EQ(held.figures("2026-11-01", "2026-11-30").dossiers(), 10);
}

std::string november(int number) {
  return std::string("2026-11-") + (number < 10 ? "0" : "") + std::to_string(number);
}

/// What was said and exported, counted in the plainest way beside the register.
class RegisterStory {
 public:
  void happen(std::uint32_t number) {
    Draw draw(number);
    const int code = draw.below(kStoryCodes);
    switch (draw.below(8)) {
      case 0:
      case 1:
        rate(code, draw);
        break;
      case 2:
        correct(draw);
        break;
      case 3:
        link(code, draw);
        break;
      case 4:
      case 5:
        import(code, draw);
        break;
      case 6:
        decide(draw);
        break;
      default:
        if (draw.below(2) == 0) {
          erase(code);
        } else {
          must(held_.reception().receiver().rebuild());
        }
    }
    held_.send();
  }

  DossierFigures counted(int from, int to) const {
    std::vector<storage::DossierGroup> groups;
    groups.reserve(exported_.size());
    for (const auto& [code, rows] : exported_) {
      const PlainRow& row = latest(rows);
      const int on = row.returned > 0 ? std::min(row.returned, row.due) : row.due;
      if (row.returned == 0 && row.due >= row.exported) continue;
      if (on < from || on > to) continue;
      storage::DossierGroup group;
      group.unsatisfied = row.kept.value_or(is_unsatisfied(code));
      group.complaint = row.complaint;
      group.time = row.returned == 0 || row.returned > row.due ? storage::ReturnTime::kLate
                   : row.returned < row.due                    ? storage::ReturnTime::kEarly
                                                               : storage::ReturnTime::kOnTime;
      group.n = 1;
      groups.push_back(group);
    }
    return dossiers::figures_of(groups);
  }
  DossierFigures read(int from, int to) { return held_.figures(november(from), november(to)); }

 private:
  static constexpr std::uint32_t kStoryCodes = 6;
  struct PlainRow {
    int due = 0;
    int returned = 0;  // 0: not yet
    int exported = 0;
    storage::Complaint complaint = storage::Complaint::kNone;
    std::optional<bool> kept;  // what ratings said when it was erased
  };
  struct PlainRating {
    int score = 0;
    bool doubtful = false;
    int code = -1;
  };

  static const PlainRow& latest(const std::vector<PlainRow>& rows) {
    const PlainRow* found = &rows.front();
    for (const PlainRow& row : rows) {
      if (row.exported >= found->exported) found = &row;
    }
    return *found;
  }
  [[nodiscard]] bool is_unsatisfied(int code) const {
    const PlainRating* last = nullptr;
    for (const auto& [seq, rating] : ratings_) {
      if (rating.code == code) last = &rating;
    }
    return last != nullptr && last->score <= 2 && !(last->doubtful && leaves_out_);
  }

  void rate(int code, Draw& draw) {
    PlainRating rating{draw.below(5) + 1, draw.below(3) == 0, code};
    const core::Seq seq = held_.kiosk().rate(
        rating.score, kNoon, "ho-tich", "q1",
        rating.doubtful ? std::vector<std::string>{"burst"} : std::vector<std::string>{});
    held_.keys().link(held_.kiosk(), seq, "10750", dossier_code(code));
    ratings_[seq] = rating;
  }
  std::pair<const core::Seq, PlainRating>* any_rating(Draw& draw) {
    if (ratings_.empty()) return nullptr;
    auto at = ratings_.begin();
    std::advance(at, draw.below(static_cast<std::uint32_t>(ratings_.size())));
    return &*at;
  }
  void correct(Draw& draw) {
    auto* rating = any_rating(draw);
    if (rating == nullptr) return;
    rating->second.score = draw.below(5) + 1;
    held_.kiosk().append(core::Correction{rating->first, *core::Score::from(rating->second.score)});
  }
  void link(int code, Draw& draw) {
    auto* rating = any_rating(draw);
    if (rating == nullptr) return;
    rating->second.code = code;
    held_.keys().link(held_.kiosk(), rating->first, "10750", dossier_code(code));
  }
  void import(int code, Draw& draw) {
    PlainRow row;
    row.due = 4 + draw.below(14);
    row.returned = draw.below(3) == 0 ? 0 : 4 + draw.below(14);
    row.exported = 18 + draw.below(6);
    if (row.returned == 0) row.exported -= draw.below(12);
    row.complaint = static_cast<storage::Complaint>(draw.below(4));
    ExportLine line;
    line.code = dossier_code(code);
    line.due_on = november(row.due);
    line.returned_on = row.returned == 0 ? "" : november(row.returned);
    line.exported_on = november(row.exported);
    line.complaint = word_of(row.complaint);
    must(held_.import(export_csv({line})));
    if (erased_.contains(code)) row.kept = is_unsatisfied(code);
    exported_[code].push_back(row);
  }
  void decide(Draw& draw) {
    storage::FlagDecision decision;
    decision.unit_id = kRegisteredUnit;
    decision.from = on_day("2026-11-01");
    decision.to = on_day("2026-11-30");
    decision.reasons = {"burst"};
    decision.leaves_out = leaves_out_ = draw.below(2) == 0;
    decision.why = "Kẹt nút";
    decision.who = "can-bo";
    decision.at_ms = kNoon;
    must(held_.reception().receiver().decide(decision, {}));
  }
  void erase(int code) {
    held_.erase(dossier_code(code));
    erased_.insert(code);
    for (PlainRow& row : exported_[code]) {
      if (!row.kept) row.kept = is_unsatisfied(code);
    }
    if (exported_[code].empty()) exported_.erase(code);
  }

  Register held_;
  std::map<core::Seq, PlainRating> ratings_;
  std::map<int, std::vector<PlainRow>> exported_;
  std::set<int> erased_;
  bool leaves_out_ = false;
};

TEST(DossierRegister, EqualsAPlainRecountWhateverHappened) {
  HAILONG_PROPERTY("figures of the register", [](const std::vector<std::uint32_t>& events) {
    RegisterStory story;
    for (const std::uint32_t number : events) story.happen(number);
    for (const auto& [from, to] : {std::pair(1, 30), std::pair(5, 9), std::pair(10, 17)}) {
      const DossierFigures read = story.read(from, to);
      RC_ASSERT(read.faults == story.counted(from, to).faults);
      RC_ASSERT(read.conduct == story.counted(from, to).conduct);
    }
  });
}

/// "unit month received returned"
std::string months_of(Register& held) {
  return held.reception().peek().dump(
      "SELECT unit_id, month, received, returned FROM register_month ORDER BY 1, 2");
}

TEST(DossierRegister, KnowsAMonthOnceAnExportWasMadeAfterIt) {
  Register held;
  ExportLine october;
  october.received_on = "2026-10-20";
  october.due_on = october.returned_on = "2026-10-30";
  october.exported_on = "2026-10-31";
  must(held.import(export_csv(lines_of(0, 3, october))));
  EXPECT_EQ(months_of(held), "");
  october.exported_on = "2026-11-01";
  auto lines = lines_of(0, 4, october);
  lines[3].returned_on = "";
  lines[3].field = "";
  must(held.import(export_csv(lines)));
  EXPECT_EQ(months_of(held), "10750@2025-07-01|2026-10|4|3\n");

  storage::ProgrammeRecords records(held.reception().store());
  const auto facts = must(records.facts("2026-10", "2026-10", held.reception().config().calendar));
  ASSERT_EQ(facts.served.size(), 1U);
  EXPECT_EQ(facts.served[0].returned, 3);
  must(records.add_served({{kRegisteredUnit, "2026-10", "", 9, 8, "Báo cáo", "can-bo", kNoon}}));
  const auto entered =
      must(records.facts("2026-10", "2026-10", held.reception().config().calendar));
  ASSERT_EQ(entered.served.size(), 1U) << "what was entered counts, and not both";
  EXPECT_EQ(entered.served[0].returned, 8);
}

}  // namespace
}  // namespace hailong::district
