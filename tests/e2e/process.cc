#include "tests/e2e/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/temp_folder.h"

namespace hailong::tests {
namespace {

constexpr std::chrono::seconds kPatience{10};

[[noreturn]] void execute(const std::vector<std::string>& command, const Environment& environment,
                          int input, int output) {
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

pid_t spawn(const std::vector<std::string>& command, const Environment& environment,
            const std::filesystem::path& input, const std::filesystem::path& output) {
  const pid_t pid = ::fork();
  if (pid < 0) throw std::runtime_error("cannot fork");
  if (pid == 0) {
    const int in = ::open(input.c_str(), O_RDONLY);
    const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    execute(command, environment, in, out);
  }
  return pid;
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const std::filesystem::path& log,
                 const Environment& environment)
    : pid_(spawn(command, environment, "/dev/null", log)) {}

Process::~Process() {
  if (!running()) return;
  signal(SIGCONT);
  signal(SIGTERM);
  if (wait(kPatience)) return;
  signal(SIGKILL);
  wait(kPatience);
}

bool Process::running() { return !wait(std::chrono::milliseconds{0}).has_value(); }

void Process::signal(int number) const {
  if (!code_) ::kill(pid_, number);
}

std::optional<int> Process::wait(std::chrono::milliseconds patience) {
  if (code_) return code_;
  const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  pollfd ended{descriptor, POLLIN, 0};
  const int ready = ::poll(&ended, 1, static_cast<int>(patience.count()));
  ::close(descriptor);
  if (ready != 1) return std::nullopt;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return code_;
}

Outcome run(const std::vector<std::string>& command, const Environment& environment,
            const std::string& input) {
  const TempFolder folder;
  std::ofstream(folder.path() / "in") << input;
  const pid_t pid = spawn(command, environment, folder.path() / "in", folder.path() / "out");
  int status = 0;
  ::waitpid(pid, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          text_of(folder.path() / "out")};
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace hailong::tests
