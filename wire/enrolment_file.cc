#include "wire/enrolment_file.h"

#include "wire/json.h"
#include "wire/private_file.h"

namespace hailong::wire {
namespace {

constexpr std::size_t kLongestLine = 64;

std::optional<Enrolment> read_fields(std::string_view text) {
  const auto json = parse_object(text);
  if (!json || number_of(*json, "v") != 1) return std::nullopt;
  const auto device = text_of(*json, "device");
  const auto unit = text_of(*json, "unit");
  const auto point = text_of(*json, "point");
  const auto counter = text_of(*json, "counter");
  const auto first = number_of(*json, "first");
  const auto district = bytes32_of(*json, "district");
  if (!device || !unit || !point || !counter || !first || !district) return std::nullopt;
  if (!core::is_plain_name(*device) || *first < 1 || *first > core::kLastSeq) return std::nullopt;
  return Enrolment{core::DeviceId{*device},
                   core::UnitCode{*unit},
                   *point,
                   core::CounterId{*counter},
                   *first,
                   *district};
}

}  // namespace

core::Result<Enrolment> read_enrolment(const std::filesystem::path& data_dir) {
  const std::filesystem::path file = data_dir / kEnrolmentFile;
  const auto text = read_private_file(file, kLongestEnrolment);
  if (!text) return core::Failure(text.error());
  auto enrolment = read_fields(*text);
  if (!enrolment) {
    return core::fail(core::Fault::kCorrupt,
                      file.string() + ": does not say what this machine is; enrol it again");
  }
  return std::move(*enrolment);
}

core::Result<void> write_enrolment(const std::filesystem::path& data_dir,
                                   const Enrolment& enrolment) {
  const Json json = {{"v", 1},
                     {"device", enrolment.device.value},
                     {"unit", enrolment.unit.value},
                     {"point", enrolment.point},
                     {"counter", enrolment.counter.value},
                     {"first", enrolment.first},
                     {"district", core::to_hex(enrolment.district)}};
  return write_private_file(data_dir / kEnrolmentFile, json.dump() + "\n");
}

core::Result<void> ask_to_enrol(const std::filesystem::path& data_dir, const EnrolmentCode& code) {
  if (auto removed = remove_private_file(data_dir / kEnrolStateFile); !removed) return removed;
  return write_private_file(data_dir / kEnrolRequestFile, code.text + "\n");
}

core::Result<EnrolmentCode> asked_to_enrol(const std::filesystem::path& data_dir) {
  const std::filesystem::path file = data_dir / kEnrolRequestFile;
  auto text = read_private_file(file, kLongestLine);
  if (!text) return core::Failure(text.error());
  if (text->ends_with('\n')) text->pop_back();
  auto code = read_enrolment_code(*text);
  if (!code) return core::fail(core::Fault::kCorrupt, file.string() + ": is no enrolment code");
  return std::move(*code);
}

core::Result<void> say_enrol_state(const std::filesystem::path& data_dir, std::string_view state,
                                   bool done) {
  const std::filesystem::path file = data_dir / kEnrolStateFile;
  // The request goes first: that needs no room on the disk.
  if (done) {
    if (auto removed = remove_private_file(data_dir / kEnrolRequestFile); !removed) return removed;
  }
  auto said = write_private_file(file, std::string(state) + "\n");
  if (said) return said;
  // An older word must not stand for this one.
  if (auto removed = remove_private_file(file); !removed) return removed;
  return said;
}

core::Result<std::string> enrol_state(const std::filesystem::path& data_dir) {
  auto text = read_private_file(data_dir / kEnrolStateFile, kLongestLine);
  if (!text && text.error().fault == core::Fault::kNotFound) return std::string();
  if (text && text->ends_with('\n')) text->pop_back();
  return text;
}

}  // namespace hailong::wire
