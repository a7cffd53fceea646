#include "sdk/conformance/host_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

#include "runtime/base/fd.h"
#include "runtime/base/json.h"
#include "sdk/conformance/process_table.h"

namespace kiosk::conformance {
namespace {

using WatchClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kLookEvery{50};
constexpr milliseconds kReapEvery{5};
constexpr int kStatusCannotStart = 126;
constexpr JsonBounds kEventBounds{
    .bytesMax = kOutputBytesMax, .depthMax = 32, .valuesMax = 1 << 16};

struct PipeEnds {
  Fd read, write;
};

Result<PipeEnds> makePipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return Error{ErrorCode::HostError, std::string("a pipe: ") + std::strerror(errno)};
  }
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return PipeEnds{Fd(ends[0]), Fd(ends[1])};
}

/// In the new process: becomes the host, with signals as after login and a group of its own.
[[noreturn]] void becomeHost(const char* program, std::vector<char*>& arguments, int output,
                             int errors) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  ::execv(program, arguments.data());
  ::_exit(kStatusCannotStart);
}

void pauseFor(milliseconds time) {
  const timespec pause{0, static_cast<long>(time.count()) * 1'000'000};
  ::nanosleep(&pause, nullptr);
}

/// One host, from its start to its end.
class HostWatch {
 public:
  explicit HostWatch(const HostLaunch& launch) : launch_(launch), began_(WatchClock::now()) {}

  Result<RunRecord> run() {
    if (auto started = start(); !started) return started.error();
    while (!ended_) {
      pollfd watched[] = {{output_.get(), POLLIN, 0}, {errors_.get(), POLLIN, 0}};
      ::poll(watched, 2, static_cast<int>(kLookEvery.count()));
      readOutput();
      readErrors();
      attend();
      reapHost();
    }
    record_.ms = sinceBegan().count();
    readOutput();
    readErrors();
    if (!pending_.empty()) takeLine(pending_);
    reapOthers();
    return std::move(record_);
  }

 private:
  milliseconds sinceBegan() const {
    return std::chrono::duration_cast<milliseconds>(WatchClock::now() - began_);
  }

  Result<void> start() {
    auto output = makePipe(), errors = makePipe();
    if (!output) return output.error();
    if (!errors) return errors.error();
    std::vector<std::string> texts = launch_.arguments;
    texts.insert(texts.begin(), "kiosk");
    std::vector<char*> arguments;
    for (auto& text : texts) arguments.push_back(text.data());
    arguments.push_back(nullptr);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    host_ = ::fork();
    if (host_ < 0) return Error{ErrorCode::HostError, std::strerror(errno)};
    if (host_ == 0) {
      becomeHost(launch_.program.c_str(), arguments, output->write.get(), errors->write.get());
    }
    output_ = std::move(output->read);
    errors_ = std::move(errors->read);
    return {};
  }

  void readOutput() {
    char bytes[65'536];
    for (ssize_t got; (got = ::read(output_.get(), bytes, sizeof bytes)) > 0;) {
      outputBytes_ += static_cast<std::size_t>(got);
      if (outputBytes_ > kOutputBytesMax) record_.outputCut = true;
      if (record_.outputCut) continue;
      pending_.append(bytes, static_cast<std::size_t>(got));
    }
    std::size_t from = 0;
    for (auto end = pending_.find('\n'); end != std::string::npos;
         end = pending_.find('\n', from)) {
      takeLine(std::string_view(pending_).substr(from, end - from));
      from = end + 1;
    }
    pending_.erase(0, from);
  }

  void takeLine(std::string_view line) {
    auto event = parseJson(line, kEventBounds);
    if (!event || !event->is_object() || !event->contains("event")) {
      ++record_.strayLines;
      return;
    }
    if (launch_.stopWhenTold && !told_ && outcomeTold(*event)) told_ = WatchClock::now();
    endTold_ = endTold_ || event->at("event") == "ended";
    record_.events.push_back(*std::move(event));
  }

  void readErrors() {
    char bytes[4096];
    for (ssize_t got; (got = ::read(errors_.get(), bytes, sizeof bytes)) > 0;) {
      const auto room = kErrorBytesMax - std::min(kErrorBytesMax, record_.errorText.size());
      record_.errorText.append(bytes, std::min(room, static_cast<std::size_t>(got)));
    }
  }

  /// Asks the host to end when the case is over and it does not end by itself, and kills it when it
  /// hangs. One that told its end is on its way out, and no signal may meet it there.
  void attend() {
    if (told_ && !endTold_ && !record_.stopped && WatchClock::now() - *told_ >= kSettleTime) {
      record_.stopped = true;
      ::kill(host_, SIGINT);
    }
    if (!record_.timedOut && sinceBegan() > launch_.timeMax) {
      record_.timedOut = true;
      ::kill(host_, SIGKILL);
    }
  }

  void reapHost() {
    int status = 0;
    if (::waitpid(host_, &status, WNOHANG) != host_) return;
    ended_ = true;
    if (WIFSIGNALED(status)) record_.signal = WTERMSIG(status);
    if (WIFEXITED(status)) record_.exitStatus = WEXITSTATUS(status);
  }

  /// Waits until no process of the run is left; names and ends those that stay.
  void reapOthers() {
    const auto until = WatchClock::now() + kOutliveTimeMax;
    while (::waitpid(-1, nullptr, WNOHANG) >= 0 || errno == EINTR) {
      if (WatchClock::now() >= until) {
        for (const auto& child : childrenOf(::getpid())) {
          if (record_.leftBehind.size() < kLeftBehindMax) record_.leftBehind.push_back(child.name);
          ::kill(child.pid, SIGKILL);
        }
        return;
      }
      pauseFor(kReapEvery);
    }
  }

  const HostLaunch& launch_;
  const WatchClock::time_point began_;
  std::optional<WatchClock::time_point> told_;
  RunRecord record_;
  pid_t host_ = -1;
  Fd output_, errors_;
  std::string pending_;
  std::size_t outputBytes_ = 0;
  bool ended_ = false, endTold_ = false;
};

}  // namespace

Result<RunRecord> runHost(const HostLaunch& launch) { return HostWatch(launch).run(); }

}  // namespace kiosk::conformance
