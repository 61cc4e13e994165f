#include "kiosk/staff/served_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/csv.h"
#include "program/config.h"
#include "tests/temp_folder.h"

namespace hailong::kiosk::staff {
namespace {

using core::FieldId;
using std::chrono::year;

constexpr core::LocalDate kToday = year{2026} / 11 / 26;

const std::vector<flow::Field> kFields = {{FieldId{"ho-tich"}, "Hộ tịch"},
                                          {FieldId{"chung-thuc"}, "Chứng thực"},
                                          {FieldId{"dat-dai"}, "Đất đai"}};

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

ServedPreview preview_of(const std::string& text) {
  auto preview = parse_served(text, kFields, kToday);
  EXPECT_TRUE(preview) << preview.error().message;
  return preview ? *preview : ServedPreview{};
}

/// What is right, a line each: "2: 2026-11-25 ho-tich 12".
std::string right(const ServedPreview& preview) {
  std::string lines;
  for (const ServedLine& each : preview.right) {
    lines.append(std::to_string(each.line))
        .append(": ")
        .append(core::to_string(each.served.day))
        .append(" ")
        .append(each.served.field.value)
        .append(" ")
        .append(std::to_string(each.served.count))
        .append("\n");
  }
  return lines;
}

/// Why a single line below the heading is wrong.
std::string why(const std::string& line) {
  const ServedPreview preview = preview_of("day,field,count\n" + line + "\n");
  EXPECT_TRUE(preview.right.empty());
  if (preview.wrong.size() != 1) return std::to_string(preview.wrong.size()) + " wrong lines";
  EXPECT_EQ(preview.wrong[0].line, 2);
  return preview.wrong[0].why;
}

std::string refusal(const std::string& text) {
  const auto preview = parse_served(text, kFields, kToday);
  return preview ? "" : preview.error().message;
}

TEST(ServedFile, ReadsDaysFieldsAndCounts) {
  EXPECT_EQ(right(preview_of("day,field,count\n2026-11-25,ho-tich,12\n2026-11-26,dat-dai,0\n")),
            "2: 2026-11-25 ho-tich 12\n3: 2026-11-26 dat-dai 0\n");
}

TEST(ServedFile, ReadsWhatAVietnameseSpreadsheetWrites) {
  EXPECT_EQ(right(preview_of("\xEF\xBB\xBFNgày;Lĩnh vực;Số lượng\r\n25/11/2026;Hộ tịch;12\r\n"
                             "\"26/11/2026\"; CHỨNG THỰC ;10000\r\n;;\r\n")),
            "2: 2026-11-25 ho-tich 12\n3: 2026-11-26 chung-thuc 10000\n");
}

TEST(ServedFile, FindsAFieldByItsNameWithoutAccents) {
  EXPECT_EQ(right(preview_of("ngày,lĩnh vực,số lượng\n26/11/2026,dat  dai,3")),
            "2: 2026-11-26 dat-dai 3\n");
}

TEST(ServedFile, CountsLinesAsAnEditorDoes) {
  EXPECT_EQ(right(preview_of("# tháng 11\n\nday,field,count\n\n2026-11-25,ho-tich,12")),
            "5: 2026-11-25 ho-tich 12\n");
}

TEST(ServedFile, NamesNobody) {
  EXPECT_EQ(preview_of("day,field,count\n2026-11-25,ho-tich,12").right[0].served.who, "");
}

TEST(ServedFile, SaysWhatIsWrongWithADay) {
  EXPECT_EQ(why(",ho-tich,1"), "Thiếu ngày.");
  EXPECT_EQ(why("2026-11-27,ho-tich,1"), "Ngày 2026-11-27 chưa tới.");
  EXPECT_EQ(why("27/11/2026,ho-tich,1"), "Ngày 27/11/2026 chưa tới.");
  for (const char* day : {"30/02/2026", "11/26/2026", "2026/11/26", "hôm nay", "26-11-2026"}) {
    EXPECT_EQ(
        why(std::string(day) + ",ho-tich,1"),
        "“" + std::string(day) + "” không phải là ngày; hãy ghi như 26/11/2026 hoặc 2026-11-26.");
  }
}

TEST(ServedFile, SaysWhatIsWrongWithAField) {
  EXPECT_EQ(why("2026-11-26,,1"), "Thiếu lĩnh vực.");
  EXPECT_EQ(why("2026-11-26,Giao thông,1"), "Không có lĩnh vực “Giao thông”.");
}

TEST(ServedFile, SaysWhatIsWrongWithACount) {
  EXPECT_EQ(why("2026-11-26,ho-tich,"), "Thiếu số lượng.");
  EXPECT_EQ(why("2026-11-26,ho-tich,-1"), "Số lượng “-1” nhỏ hơn 0.");
  EXPECT_EQ(why("2026-11-26,ho-tich,10001"), "Số lượng “10001” lớn hơn 10.000.");
  EXPECT_EQ(why("2026-11-26,ho-tich," + std::string(30, '9')),
            "Số lượng “" + std::string(30, '9') + "” lớn hơn 10.000.");
  for (const char* count : {"1.000", "mười", "+1", "1 2", "0x10"}) {
    EXPECT_EQ(why("2026-11-26,ho-tich," + std::string(count)),
              "“" + std::string(count) +
                  "” không phải là số nguyên; chỉ ghi chữ số, không có dấu chấm, phẩy.");
  }
}

TEST(ServedFile, SaysWhenColumnsAreTooManyOrTooFew) {
  EXPECT_EQ(why("2026-11-26,ho-tich,1,2"), "Có 4 cột; cần đúng 3 cột: ngày, lĩnh vực, số lượng.");
  EXPECT_EQ(why("2026-11-26"), "Có 1 cột; cần đúng 3 cột: ngày, lĩnh vực, số lượng.");
}

TEST(ServedFile, ShowsNoMoreThanTheBeginningOfALongText) {
  EXPECT_EQ(why("2026-11-26," + repeated("ư", 500) + ",1"),
            "Không có lĩnh vực “" + repeated("ư", 40) + "…”.");
}

TEST(ServedFile, TakesNeitherOfTwoLinesForOneFieldAndDay) {
  const ServedPreview preview = preview_of(
      "day,field,count\n2026-11-25,ho-tich,1\n2026-11-25,dat-dai,5\n25/11/2026,Hộ tịch,2\n"
      "2026-11-26,ho-tich,x\n2026-11-25,ho-tich,1\n");
  EXPECT_EQ(right(preview), "3: 2026-11-25 dat-dai 5\n");
  ASSERT_EQ(preview.wrong.size(), 4U);
  EXPECT_EQ(preview.wrong[0], (WrongLine{2, "Trùng ngày và lĩnh vực với dòng 4."}));
  EXPECT_EQ(preview.wrong[1], (WrongLine{4, "Trùng ngày và lĩnh vực với dòng 2."}));
  EXPECT_EQ(preview.wrong[2].line, 5);
  EXPECT_EQ(preview.wrong[3], (WrongLine{6, "Trùng ngày và lĩnh vực với dòng 2."}));
}

TEST(ServedFile, RefusesWhatIsNoSuchList) {
  EXPECT_EQ(refusal(""), "Dòng đầu của tệp phải là tên ba cột: ngày, lĩnh vực, số lượng.");
  EXPECT_EQ(refusal("2026-11-25,ho-tich,12\n"), refusal(""));
  EXPECT_EQ(refusal("code,procedure,field\n"), refusal(""));
  EXPECT_EQ(refusal("day,field,count\n2026-11-25,h\xF4 t\xED"
                    "ch,12\n"),
            "Tệp không ở dạng UTF-8: trong Excel, hãy lưu lại thành “CSV UTF-8”.");
}

TEST(ServedFile, RefusesMoreThanItsBounds) {
  const std::string heading = "day,field,count\n";
  EXPECT_EQ(refusal(heading + repeated("x,y,z\n", kMostServedLines)), "");
  EXPECT_EQ(refusal(heading + repeated("x,y,z\n", kMostServedLines + 1)),
            "Tệp quá lớn: hơn 10.000 dòng; hãy chia thành nhiều tệp.");
  EXPECT_EQ(refusal(heading + std::string(kMostServedBytes, '\n')),
            "Tệp quá lớn: hơn 1 MB; hãy chia thành nhiều tệp.");
}

TEST(ServedFile, KnowsWhichDaysItIsAbout) {
  EXPECT_FALSE(days_of(ServedPreview{}).has_value());
  const auto days = days_of(preview_of(
      "day,field,count\n2026-11-25,ho-tich,1\n2026-10-01,ho-tich,1\n2026-11-20,ho-tich,1\n"));
  ASSERT_TRUE(days.has_value());
  EXPECT_EQ(core::to_string(days->first), "2026-10-01");
  EXPECT_EQ(core::to_string(days->second), "2026-11-25");
}

TEST(ServedFile, TellsNewLinesFromChangesAndFromWhatStandsThere) {
  const ServedPreview preview = preview_of(
      "day,field,count\n2026-11-25,ho-tich,1\n2026-11-25,dat-dai,5\n2026-11-26,ho-tich,7\n");
  const auto changes = compare(preview, {{year{2026} / 11 / 25, FieldId{"ho-tich"}, 1, "hoa"},
                                         {year{2026} / 11 / 25, FieldId{"dat-dai"}, 4, "hoa"},
                                         {year{2026} / 11 / 24, FieldId{"ho-tich"}, 9, "hoa"}});
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_FALSE(changes[0].changes());
  EXPECT_FALSE(changes[0].is_new());
  EXPECT_TRUE(changes[1].changes());
  EXPECT_EQ(changes[1].before, 4);
  EXPECT_EQ(changes[1].line.served.count, 5);
  EXPECT_TRUE(changes[2].changes());
  EXPECT_TRUE(changes[2].is_new());
}

class ServedFiles : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& name, int hours_ago = 0) {
    auto path = folder_.path() / name;
    std::ofstream(path) << "day,field,count\n2026-11-25,ho-tich,12\n";
    last_write_time(path, std::filesystem::last_write_time(path) - std::chrono::hours(hours_ago));
    return path;
  }
  std::vector<std::string> listed() {
    std::vector<std::string> names;
    const auto files = served_files_in(folder_.path());
    EXPECT_TRUE(files);
    if (!files) return names;
    names.reserve(files->size());
    for (const auto& path : *files) names.push_back(path.filename().string());
    return names;
  }

  tests::TempFolder folder_;
};

TEST_F(ServedFiles, AreReadAsTheirTextIs) {
  const auto preview = read_served(file("a.csv"), kFields, kToday);
  ASSERT_TRUE(preview);
  EXPECT_EQ(right(*preview), "2: 2026-11-25 ho-tich 12\n");
}

TEST_F(ServedFiles, ThatWentAwayAreSaidToBeGone) {
  const auto gone = read_served(folder_.path() / "a.csv", kFields, kToday);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().fault, core::Fault::kNotFound);
  EXPECT_EQ(gone.error().message, "Không còn thấy a.csv: USB còn cắm không?");
}

TEST_F(ServedFiles, ThatAreNoFilesAreNotRead) {
  create_directory(folder_.path() / "a.csv");
  const auto folder = read_served(folder_.path() / "a.csv", kFields, kToday);
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().fault, core::Fault::kIo);
}

TEST_F(ServedFiles, ThatAreTooLargeAreNotReadToTheirEnd) {
  const auto path = folder_.path() / "a.csv";
  std::ofstream(path) << "day,field,count\n";
  resize_file(path, std::uintmax_t{1} << 40U);  // a hole
  const auto large = read_served(path, kFields, kToday);
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().message, "Tệp quá lớn: hơn 1 MB; hãy chia thành nhiều tệp.");
}

TEST_F(ServedFiles, AreListedNewestFirst) {
  file("b.csv", 2);
  file("c.CSV", 1);
  file("a.csv", 3);
  EXPECT_EQ(listed(), (std::vector<std::string>{"c.CSV", "b.csv", "a.csv"}));
}

TEST_F(ServedFiles, AreNotWhatEndsOtherwiseOrIsHiddenOrAFolder) {
  file("so-lieu.csv");
  file("so-lieu.xlsx");
  file("._so-lieu.csv");
  create_directories(folder_.path() / "folder.csv");
  std::ofstream(folder_.path() / "folder.csv" / "deep.csv") << "x";
  EXPECT_EQ(listed(), (std::vector<std::string>{"so-lieu.csv"}));
}

TEST_F(ServedFiles, AreListedUpToFifty) {
  for (int i = 0; i < 53; ++i) file(std::to_string(i) + ".csv", i);
  const auto names = listed();
  ASSERT_EQ(names.size(), 50U);
  EXPECT_EQ(names.back(), "49.csv");
}

TEST_F(ServedFiles, OfAFolderThatIsGoneAreAnError) {
  const auto files = served_files_in(folder_.path() / "pulled");
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().message, "Không đọc được pulled: USB còn cắm không?");
}

TEST(ServedExample, IsRightInEveryLine) {
  const auto text = program::read_text_file(HAILONG_CONFIG "/kim-thanh/fields.csv");
  ASSERT_TRUE(text);
  std::vector<flow::Field> fields;
  for (const core::CsvRow& row : core::parse_csv(*text)) {
    fields.push_back({FieldId{row.fields[0]}, row.fields[1]});
  }
  const auto preview = read_served(HAILONG_CONFIG "/kim-thanh/served-example.csv", fields, kToday);
  ASSERT_TRUE(preview) << preview.error().message;
  EXPECT_GT(preview->right.size(), 5U);
  EXPECT_TRUE(preview->wrong.empty()) << preview->wrong.front().why;
}

}  // namespace
}  // namespace hailong::kiosk::staff
