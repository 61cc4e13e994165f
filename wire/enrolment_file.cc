#include "wire/enrolment_file.h"

#include <optional>

#include "wire/private_file.h"
#include "wire/signing.h"

namespace hailong::wire {
namespace {

using core::Fault;

constexpr std::size_t kLongestLine = 128;
constexpr std::string_view kOver = " over";

/// A line "<request id> <rest>".
struct Line {
  std::string id;
  std::string rest;
};

/// Errors: kNotFound, kCorrupt, kRefused, kIo.
core::Result<Line> read_line(const std::filesystem::path& file) {
  auto text = read_private_file(file, kLongestLine);
  if (!text) return core::Failure(text.error());
  if (text->ends_with('\n')) text->pop_back();
  const std::size_t space = text->find(' ');
  if (space == std::string::npos) {
    return core::fail(Fault::kCorrupt, file.string() + ": is not readable; enter the code again");
  }
  return Line{text->substr(0, space), text->substr(space + 1)};
}

core::Result<std::optional<Line>> read_line_if_there(const std::filesystem::path& file) {
  auto line = read_line(file);
  if (line) return std::optional(std::move(*line));
  if (line.error().fault == Fault::kNotFound) return std::nullopt;
  return core::Failure(line.error());
}

EnrolState state_in(std::string rest) {
  const bool is_over = rest.ends_with(kOver);
  if (is_over) rest.resize(rest.size() - kOver.size());
  return {std::move(rest), is_over};
}

}  // namespace

core::Result<Enrolment> read_enrolment(const std::filesystem::path& data_dir) {
  const std::filesystem::path file = data_dir / kEnrolmentFile;
  const auto text = read_private_file(file, kLongestEnrolment);
  if (!text) return core::Failure(text.error());
  auto enrolment = decode_enrolment(*text);
  if (enrolment) return enrolment;
  return core::fail(Fault::kCorrupt,
                    file.string() + ": does not say what this machine is; enrol it again");
}

core::Result<void> write_enrolment(const std::filesystem::path& data_dir,
                                   const Enrolment& enrolment) {
  return write_private_file(data_dir / kEnrolmentFile, encode_enrolment(enrolment) + "\n");
}

core::Result<void> ask_to_enrol(const std::filesystem::path& data_dir, const EnrolmentCode& code) {
  return write_private_file(data_dir / kEnrolRequestFile, random_id() + " " + code.text + "\n");
}

core::Result<void> forget_enrol_request(const std::filesystem::path& data_dir) {
  return remove_private_file(data_dir / kEnrolRequestFile);
}

core::Result<EnrolRequest> asked_to_enrol(const std::filesystem::path& data_dir) {
  const std::filesystem::path file = data_dir / kEnrolRequestFile;
  auto asked = read_line(file);
  if (!asked) return core::Failure(asked.error());
  auto code = read_enrolment_code(asked->rest);
  if (!code) return core::fail(Fault::kCorrupt, file.string() + ": is no enrolment code");
  const auto said = read_line_if_there(data_dir / kEnrolStateFile);
  if (said && *said && (*said)->id == asked->id && state_in((*said)->rest).is_over) {
    return core::fail(Fault::kNotFound, file.string() + ": is answered");
  }
  return EnrolRequest{std::move(asked->id), std::move(*code)};
}

core::Result<void> say_enrol_state(const std::filesystem::path& data_dir,
                                   const EnrolRequest& request, const EnrolState& state) {
  const std::filesystem::path file = data_dir / kEnrolStateFile;
  std::string line = request.id + " " + state.word;
  if (state.is_over) line += kOver;
  auto said = write_private_file(file, line + "\n");
  if (said) return said;
  // An older word must not stand for this one.
  if (auto removed = remove_private_file(file); !removed) return removed;
  return said;
}

core::Result<EnrolState> enrol_state(const std::filesystem::path& data_dir) {
  const auto said = read_line_if_there(data_dir / kEnrolStateFile);
  if (!said) return core::Failure(said.error());
  const auto asked = read_line_if_there(data_dir / kEnrolRequestFile);
  if (!asked) return core::Failure(asked.error());
  if (!*said || (*asked && (*asked)->id != (*said)->id)) return EnrolState{};
  return state_in((*said)->rest);
}

}  // namespace hailong::wire
