#pragma once

#include <filesystem>
#include <fstream>
#include <string>

/// A district with so many communes, for measuring.

namespace hailong::bench {

/// Codes from "20000" on.
inline std::string commune_code(int number) { return std::to_string(20000 + number); }

/// Writes a district.toml in `folder`, with its units; everything else is the sample's.
inline std::filesystem::path write_district_of(int communes, const std::filesystem::path& folder) {
  std::ofstream units(folder / "units.csv");
  units << "code,name,kind,parent_code,valid_from,valid_to\n1,Bench,tỉnh,,,\n";
  for (int i = 0; i < communes; ++i) units << commune_code(i) << ",Xã " << i << ",xã,1,,\n";
  std::ofstream(folder / "successors.csv") << "from_code,to_code,effective,source\n";
  const std::string samples = std::string(HAILONG_SAMPLE_CONFIG) + "/../";
  std::filesystem::path file = folder / "district.toml";
  std::ofstream(file) << "port = 0\ndata_dir = \"data\"\nlog_level = \"warn\"\n"
                      << "units = \"units.csv\"\nsuccessors = \"successors.csv\"\nfields = \""
                      << HAILONG_SAMPLE_CONFIG << "/fields.csv\"\nprogramme = \"" << samples
                      << "programme.toml\"\nholidays = \"" << samples
                      << "public-holidays.csv\"\nfeedback = \"" << samples
                      << "feedback.toml\"\n[authority]\nname = \"Bench\"\ncode = \"1\"\n";
  return file;
}

}  // namespace hailong::bench
