// Hosts that are not arranged for us. Goal: a host may die, ignore signals, reap every child or
// have closed its standard streams, and guests are neither lost nor left behind. Method: each host
// is a child process of the test, which tells by its exit status or through a pipe.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "tests/unit/jail/zygote_fixture.h"

namespace kiosk::jail {
namespace {

/// Runs `host` in a process of its own; its exit status, or -signal.
template <class Host>
int inOtherProcess(Host host) {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(host());
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// 0 when a guest of a fresh zygote is opened, heard, and ends with its status known.
int openOneGuest() {
  ZygoteFixture zygote;
  const ProbeOutcome outcome = zygote.run("exit 7");
  if (!outcome.exit.statusKnown || outcome.exit.exitCode != 7) return 1;
  return zygote.run("package").said == "package bytes" ? 0 : 2;
}

enum class Kernel { WithoutSeccomp, IgnoringFilters };

/// From here on this process and its children see such a kernel.
bool pretend(Kernel kernel) {
  scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
  const bool ignoring = kernel == Kernel::IgnoringFilters;
  // A filter that is accepted and forgotten; libseccomp's own question has no filter with it.
  const scmp_arg_cmp hasFilter = SCMP_A2(SCMP_CMP_NE, 0);
  const int rule = seccomp_rule_add_array(context, SCMP_ACT_ERRNO(ignoring ? 0 : ENOSYS),
                                          SCMP_SYS(seccomp), ignoring ? 1 : 0, &hasFilter);
  const bool done = rule == 0 && seccomp_load(context) == 0;
  seccomp_release(context);
  return done;
}

/// 0 when a zygote on `kernel` knows that it lacks the filter, and forks for Disposable only.
int openWithoutFilter(Kernel kernel) {
  if (!pretend(kernel)) return 1;
  const std::string forbidden = "syscall " + std::to_string(SYS_getppid);
  ZygoteFixture strict;
  if (!strict.waitReady()) return 2;
  if (missingRequiredLayers(strict.zygote().jailLayers()) != "seccomp") return 3;
  const ProbeOutcome refused = strict.run(forbidden);
  if (refused.forked) return 4;
  if (refused.refusedWhy != "a required layer of the jail is missing") return 5;
  ZygoteLaunch launch;
  launch.jail = JailPolicy::Disposable;
  ZygoteFixture disposable(launch);
  const ProbeOutcome ran = disposable.run(forbidden);
  return ran.forked && ran.said.starts_with("returned ") ? 0 : 6;
}

}  // namespace

TEST_CASE("jail: without a filter that works, guests are forked for a disposable host only") {
  CHECK(inOtherProcess([] { return openWithoutFilter(Kernel::WithoutSeccomp); }) == 0);
  CHECK(inOtherProcess([] { return openWithoutFilter(Kernel::IgnoringFilters); }) == 0);
}

TEST_CASE("embedder: one that ignores SIGCHLD and SIGPIPE and blocks all signals is served") {
  CHECK(inOtherProcess([] {
          ::signal(SIGCHLD, SIG_IGN);
          ::signal(SIGPIPE, SIG_IGN);
          sigset_t all;
          ::sigfillset(&all);
          ::sigprocmask(SIG_BLOCK, &all, nullptr);
          return openOneGuest();
        }) == 0);
}

TEST_CASE(
    "embedder: one that reaps every child does not disturb exit statuses, nor is it blocked") {
  CHECK(inOtherProcess([] {
          struct sigaction reapAll = {};
          reapAll.sa_handler = [](int) {
            while (::waitpid(-1, nullptr, WNOHANG) > 0) continue;
          };
          ::sigaction(SIGCHLD, &reapAll, nullptr);
          return openOneGuest();
        }) == 0);
}

TEST_CASE("embedder: one without standard streams is served") {
  CHECK(inOtherProcess([] {
          ::close(0);
          ::close(1);
          ::close(2);
          return openOneGuest();
        }) == 0);
}

TEST_CASE("embedder: guests do not outlive a host that is killed") {
  std::array<int, 2> pipe = {-1, -1};
  REQUIRE(::pipe2(pipe.data(), O_CLOEXEC) == 0);
  const Fd in(pipe[0]);
  const Fd out(pipe[1]);
  const pid_t host = ::fork();
  if (host == 0) {
    ZygoteFixture zygote;
    const std::uint64_t id = zygote.begin("hang");
    const std::array<pid_t, 2> pids = {pidOf(zygote.pidfdOf(id)), zygote.zygote().pid()};
    if (zygote.hear(id) != "spinning") ::_exit(1);
    if (::write(out.get(), pids.data(), sizeof pids) < 0) ::_exit(1);
    for (;;) ::pause();
  }
  std::array<pid_t, 2> pids = {0, 0};
  REQUIRE(::read(in.get(), pids.data(), sizeof pids) == sizeof pids);
  for (const pid_t pid : pids) REQUIRE(pid > 0);
  const Fd guest(static_cast<int>(::syscall(SYS_pidfd_open, pids[0], 0)));
  const Fd zygote(static_cast<int>(::syscall(SYS_pidfd_open, pids[1], 0)));
  REQUIRE(guest);
  REQUIRE(zygote);
  ::kill(host, SIGKILL);
  REQUIRE(::waitpid(host, nullptr, 0) == host);
  for (const int pidfd : {guest.get(), zygote.get()}) {
    pollfd watched = {pidfd, POLLIN, 0};
    CHECK(::poll(&watched, 1, 5000) == 1);
  }
}

}  // namespace kiosk::jail
