#include "kiosk/dossier_desk.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/temp_folder.h"

namespace hailong::kiosk {
namespace {

class DossierDeskTest : public testing::Test {
 protected:
  journal::DossierRef completed(const std::string& code, const std::filesystem::path& list = {}) {
    journal::DossierRef dossier{code, {}, {}, {}};
    EXPECT_TRUE(DossierDesk(folder_.path(), list).complete(dossier));
    return dossier;
  }

  tests::TempFolder folder_;
  const std::filesystem::path list_ = folder_.path() / "dossiers.csv";
};

TEST_F(DossierDeskTest, GivesOneDossierOneKey) {
  EXPECT_EQ(completed("000.00.01.H23-240814-0001").key, completed("000.00.01.H23-240814-0001").key);
  EXPECT_NE(completed("000.00.01.H23-240814-0001").key, completed("000.00.01.H23-240814-0002").key);
}

TEST_F(DossierDeskTest, KnowsTheProcedureOfADossierOnTodaysList) {
  std::ofstream(list_) << "code,procedure,field\n000.00.01.H23-240814-0001,1.001193,ho-tich\n";
  const auto known = completed("000.00.01.H23-240814-0001", list_);
  EXPECT_EQ(known.procedure, "1.001193");
  EXPECT_EQ(known.field.value, "ho-tich");
  EXPECT_TRUE(completed("000.00.01.H23-240814-0002", list_).procedure.empty());
}

TEST_F(DossierDeskTest, TakesADossierWithoutTheList) {
  EXPECT_TRUE(
      completed("000.00.01.H23-240814-0001", folder_.path() / "none.csv").procedure.empty());
}

TEST_F(DossierDeskTest, SaysWhenTheKeyCannotBeRead) {
  std::ofstream(folder_.path() / "dossier.key") << "no key";
  journal::DossierRef dossier{"000.00.01.H23-240814-0001", {}, {}, {}};
  EXPECT_FALSE(DossierDesk(folder_.path(), {}).complete(dossier));
}

}  // namespace
}  // namespace hailong::kiosk
