#include "sdk/conformance/isolated.h"

#include <fcntl.h>
#include <kiosk/check.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <vector>

#include "runtime/base/fd.h"

namespace kiosk::conformance {
namespace {

/// A piece at work.
struct Piece {
  std::size_t index = 0;
  pid_t pid = -1;
  Fd answer;
  std::string text;
};

[[noreturn]] void workAndLeave(const IsolatedWork& work, std::size_t index, int to) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const auto answer = work.work(index);
  std::size_t at = 0;
  while (at < answer.size()) {
    const auto put = ::write(to, answer.data() + at, answer.size() - at);
    if (put < 0 && errno != EINTR) ::_exit(1);
    if (put > 0) at += static_cast<std::size_t>(put);
  }
  ::_exit(0);
}

/// Starts piece `index`; false when no process can be made.
bool startPiece(const IsolatedWork& work, std::size_t index, std::vector<Piece>& running) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  Fd read(ends[0]);
  const Fd write(ends[1]);
  std::fflush(nullptr);
  const pid_t pid = ::fork();
  if (pid < 0) return false;
  if (pid == 0) workAndLeave(work, index, write.get());
  running.push_back({index, pid, std::move(read), {}});
  return true;
}

/// Takes what `piece` answers; true when it has ended, and its answer is in `good`, if it has one.
bool takeAnswer(Piece& piece, std::optional<std::string>& good) {
  char bytes[65'536];
  const auto got = ::read(piece.answer.get(), bytes, sizeof bytes);
  if (got < 0 && errno == EINTR) return false;
  if (got > 0) {
    piece.text.append(bytes, static_cast<std::size_t>(got));
    if (piece.text.size() <= kAnswerBytesMax) return false;
    ::kill(piece.pid, SIGKILL);
  }
  int status = 0;
  while (::waitpid(piece.pid, &status, 0) < 0 && errno == EINTR) continue;
  if (status == 0) good = std::move(piece.text);
  return true;
}

void endAll(const std::vector<Piece>& running) {
  for (const auto& piece : running) ::kill(piece.pid, SIGKILL);
  for (const auto& piece : running) ::waitpid(piece.pid, nullptr, 0);
}

}  // namespace

bool runIsolated(const IsolatedWork& work) {
  KIOSK_CHECK(work.jobs >= 1 && work.jobs <= kJobsMax, "a number of jobs out of range");
  std::vector<Piece> running;
  std::size_t next = 0;
  while (next < work.count || !running.empty()) {
    while (next < work.count && running.size() < work.jobs) {
      if (!startPiece(work, next++, running)) return endAll(running), false;
    }
    std::vector<pollfd> watched{{work.stopFd, POLLIN, 0}};
    for (const auto& piece : running) watched.push_back({piece.answer.get(), POLLIN, 0});
    if (::poll(watched.data(), watched.size(), -1) < 0) continue;
    if (watched[0].revents != 0) return endAll(running), false;
    for (std::size_t i = running.size(); i-- > 0;) {
      if (watched[i + 1].revents == 0) continue;
      std::optional<std::string> answer;
      if (!takeAnswer(running[i], answer)) continue;
      const auto index = running[i].index;
      running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
      work.done(index, std::move(answer));
    }
  }
  return true;
}

}  // namespace kiosk::conformance
