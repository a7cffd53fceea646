// App templates as a host sees them. Goal: a template serves its own package only, is jailed while
// it takes it in, and its death costs no guest. Method: real templates of jail-probe, whose act
// with the package is what each case tries; every wait on a descriptor.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <optional>
#include <vector>

#include "runtime/jail/guest_jail.h"
#include "tests/unit/jail/zygote_fixture.h"

namespace kiosk::jail {
namespace {

struct Forbidden {
  const char* what;
  std::string call;
};

std::string callOf(long number, std::initializer_list<long> arguments) {
  std::string text = "syscall " + std::to_string(number);
  for (const long argument : arguments) text += " " + std::to_string(argument);
  return text;
}

/// So many descriptors on their way that the kernel lets no template of this user send another.
/// Nothing where this process may not have as many itself.
std::optional<std::array<Fd, 2>> crowdUserDescriptors() {
  constexpr std::size_t kInMessage = 250;
  constexpr rlim_t kOnTheirWay = kTemplateDescriptorsMax + kInMessage;
  rlimit own = {};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &own) == 0);
  own.rlim_cur = std::max(own.rlim_cur, std::min<rlim_t>(own.rlim_max, 4 * kOnTheirWay));
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &own) == 0);
  if (own.rlim_cur < 2 * kOnTheirWay) return std::nullopt;
  std::array<int, 2> ends = {-1, -1};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
  std::array<Fd, 2> crowd = {Fd(ends[0]), Fd(ends[1])};
  std::array<int, kInMessage> fds;
  fds.fill(STDIN_FILENO);
  for (rlim_t sent = 0; sent < kOnTheirWay; sent += kInMessage) {
    char byte = 0;
    iovec part = {&byte, 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof fds)> control = {};
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fds);
    std::memcpy(CMSG_DATA(header), fds.data(), sizeof fds);
    REQUIRE(::sendmsg(crowd[0].get(), &message, MSG_NOSIGNAL) == 1);
  }
  return crowd;
}

}  // namespace

TEST_CASE("template: its guests have its package, and their ends are told as a zygote's") {
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, "serve");
  REQUIRE(made.waitReady());
  CHECK(made.run("package").said == "template's package");
  const ProbeOutcome outcome = made.run("exit 42");
  CHECK(outcome.forked);
  CHECK(outcome.exit.statusKnown);
  CHECK(outcome.exit.exitCode == 42);
  CHECK(outcome.exit.baselineRssKiB > 0);
  CHECK(zygote.run("package").said == "package bytes");
}

TEST_CASE("template: a guest of it has what a zygote's has: filter, limits, timer, one socket") {
  for (const Tier tier : {Tier::Jit, Tier::Jitless}) {
    ZygoteFixture zygote(tier);
    ZygoteFixture made(zygote, "serve");
    CHECK(made.run("allowed").said == "all");
    CHECK(made.run("timer").said == "fired");
    CHECK(made.run("package-write").exit.signal == SIGSEGV);
    GuestLimits limits;
    limits.memoryBytesMax = std::uint64_t{32} << 20;
    const std::string ofTemplate = made.finish(made.begin("allocate", limits)).said;
    const std::string ofZygote = zygote.finish(zygote.begin("allocate", limits)).said;
    INFO(ofTemplate, " and ", ofZygote);
    CHECK(std::abs(std::atoi(ofTemplate.c_str()) - std::atoi(ofZygote.c_str())) <= 1);
    // Calls that the template needs and its guests do not.
    for (const auto& call :
         {callOf(SYS_clone, {CLONE_PIDFD | SIGCHLD}), callOf(SYS_prlimit64, {0, RLIMIT_CORE, 0, 0}),
          callOf(SYS_recvmsg, {3, 0, 0}), callOf(SYS_read, {4, 0, 0})}) {
      INFO(call);
      CHECK(made.run(call).exit.signal == SIGSYS);
    }
  }
}

TEST_CASE("template: abort in a guest of it is a fault, not a refused call") {
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, "serve");
  CHECK(made.run("abort").exit.signal == SIGSEGV);
}

TEST_CASE("template: calls that would reach out of it kill it before it serves") {
  ZygoteFixture zygote;
  REQUIRE(zygote.waitReady());
  const long self = ::getpid();
  const std::vector<Forbidden> calls = {
      {"open", callOf(SYS_openat, {AT_FDCWD, 0, O_RDONLY})},
      {"socket", callOf(SYS_socket, {AF_UNIX, SOCK_STREAM, 0})},
      {"execve", callOf(SYS_execve, {0, 0, 0})},
      {"kill", callOf(SYS_kill, {self, 0})},
      {"kill all", callOf(SYS_kill, {-1, SIGKILL})},
      {"a pidfd of another process", callOf(SYS_pidfd_open, {self, 0})},
      {"a signal by pidfd", callOf(SYS_pidfd_send_signal, {4, SIGKILL, 0, 0})},
      {"a descriptor of another process", callOf(SYS_pidfd_getfd, {4, 0, 0})},
      {"a thread", callOf(SYS_clone, {CLONE_VM | CLONE_THREAD | CLONE_SIGHAND})},
      {"a fork without pidfd", callOf(SYS_clone, {SIGCHLD})},
      {"a fork in new namespaces", callOf(SYS_clone, {CLONE_PIDFD | CLONE_NEWUSER | SIGCHLD})},
      {"clone3", callOf(SYS_clone3, {0, 88})},
      {"limits of another process", callOf(SYS_prlimit64, {self, RLIMIT_CORE, 0, 0})},
      {"prctl", callOf(SYS_prctl, {4, 1})},
      {"the zygote's socket", callOf(SYS_sendmsg, {7, 0, 0})},
      {"a socket of its own making", callOf(SYS_recvmsg, {0, 0, 0})},
      {"writing to another descriptor", callOf(SYS_write, {3, 0, 0})},
      {"fcntl", callOf(SYS_fcntl, {3, F_GETFL})},
      {"ptrace", callOf(SYS_ptrace, {16, 1, 0, 0})},
      {"shared memory",
       callOf(SYS_mmap, {0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0})},
      {"a filter that would let go", callOf(SYS_seccomp, {0, 0, 0})},
  };
  for (const Forbidden& one : calls) {
    ZygoteFixture made(zygote, one.call);
    CHECK(made.waitGone());
    INFO(one.what, ": ", made.goneWhy());
    CHECK(made.goneWhy() == "the template died");
    CHECK(zygote.finish(made.idInParent()).exit.signal == SIGSYS);
  }
}

TEST_CASE("template: tgkill fails, whomever it is meant for") {
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, callOf(SYS_tgkill, {1, 1, SIGKILL}));
  CHECK(made.waitGone());
  CHECK(made.goneWhy() == "returned -1 errno 1");
}

TEST_CASE("template: it keeps its own seven descriptors and none of the zygote's") {
  ZygoteFixture zygote;
  // fcntl, by which the probe looks, is not among its calls.
  ZygoteFixture made(zygote, "descriptors");
  CHECK(made.waitGone());
  CHECK(zygote.finish(made.idInParent()).exit.signal == SIGSYS);
}

TEST_CASE("template: one that does not take its package in says why, in words fit for a log") {
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, "refuse");
  CHECK(made.waitGone());
  CHECK(made.goneWhy() == "this app?is not for templates");
  CHECK(zygote.finish(made.idInParent()).exit.exitCode == kExitJailFailed);
  CHECK(zygote.run("exit 0").exit.exitCode == 0);
}

TEST_CASE("template: taking the package in is bounded in memory and CPU time") {
  ZygoteFixture zygote;
  GuestLimits limits;
  limits.memoryBytesMax = std::uint64_t{24} << 20;
  ZygoteFixture greedy(zygote, "allocate", limits);
  CHECK(greedy.waitGone());
  const int got = std::atoi(greedy.goneWhy().c_str());
  INFO(greedy.goneWhy());
  CHECK(got > 15);
  CHECK(got <= 24);
  limits.cpuSecondsMax = 1;
  ZygoteFixture busy(zygote, "hang", limits);
  CHECK(busy.waitGone());
  CHECK(zygote.finish(busy.idInParent()).exit.signal == SIGXCPU);
}

TEST_CASE("template: its bound on CPU time is not its guests'") {
  ZygoteFixture zygote;
  GuestLimits limits;
  limits.cpuSecondsMax = 1;
  ZygoteFixture made(zygote, "serve", limits);
  REQUIRE(made.waitReady());
  CHECK(made.run("spin 1300").exit.exitCode == 0);
}

TEST_CASE("template: killed, its guests live on, and the zygote tells their ends") {
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, "serve");
  const std::uint64_t first = made.begin("wait"), second = made.begin("exit 42");
  REQUIRE(made.hear(first) == "waiting");
  REQUIRE(made.finish(second).exit.exitCode == 42);
  const int pidfd = zygote.pidfdOf(made.idInParent());
  REQUIRE(pidfd >= 0);
  killGuest(pidfd);
  CHECK(made.waitGone());
  CHECK(made.goneWhy() == "the template died");
  const pid_t orphan = made.orphanedPid(first);
  REQUIRE(orphan > 0);
  CHECK(zygote.finish(made.idInParent()).exit.signal == SIGKILL);
  CHECK(zygote.run("exit 0").exit.exitCode == 0);
  made.hangUp(first);
  const auto end = zygote.orphanExit(orphan);
  REQUIRE(end.has_value());
  CHECK(end->statusKnown);
  CHECK(end->exitCode == 0);
}

TEST_CASE("template: a zygote that has retired waits for guests whose template is gone") {
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, "serve");
  const std::uint64_t id = made.begin("wait");
  REQUIRE(made.hear(id) == "waiting");
  zygote.zygote().retire();
  made.destroy();
  CHECK(zygote.finish(made.idInParent()).exit.exitCode == 0);
  made.hangUp(id);
  CHECK(zygote.waitGone());
  CHECK(zygote.goneWhy().empty());
}

TEST_CASE("template: destroying the zygote ends templates, their guests, and their orphans") {
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, "serve"), other(zygote, "serve");
  const std::uint64_t child = made.begin("hang"), orphan = other.begin("hang");
  std::array<Fd, 2> ends = {Fd(::fcntl(made.pidfdOf(child), F_DUPFD_CLOEXEC, 0)),
                            Fd(::fcntl(other.pidfdOf(orphan), F_DUPFD_CLOEXEC, 0))};
  REQUIRE(made.hear(child) == "spinning");
  REQUIRE(other.hear(orphan) == "spinning");
  other.destroy();
  REQUIRE(zygote.finish(other.idInParent()).exit.exitCode == 0);
  zygote.destroy();
  for (const Fd& pidfd : ends) {
    pollfd watched = {pidfd.get(), POLLIN, 0};
    CHECK(::poll(&watched, 1, 5000) == 1);
  }
}

TEST_CASE("template: it retires by its number of forks, and makes no template itself") {
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, "serve", {}, 2);
  const std::uint64_t first = made.begin("exit 1"), second = made.begin("exit 2");
  CHECK(made.zygote().retired());
  CHECK(made.finish(first).exit.exitCode == 1);
  CHECK(made.finish(second).exit.exitCode == 2);
  CHECK(made.waitGone());
  CHECK(made.goneWhy().empty());

  ZygoteFixture parent(zygote, "serve");
  REQUIRE(parent.waitReady());
  ZygoteFixture grandchild(parent, "serve");
  CHECK(grandchild.waitGone());
  CHECK(parent.waitGone());
}

TEST_CASE("template: a burst of requests, all on their way at once, loses none") {
  constexpr int kBurst = 100;
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, "serve");
  REQUIRE(made.waitReady());
  std::vector<std::uint64_t> asked;
  for (int i = 0; i < kBurst; ++i) asked.push_back(made.begin("exit 3"));
  for (const std::uint64_t id : asked) {
    const ProbeOutcome outcome = made.finish(id);
    INFO(id, ": ", outcome.refusedWhy, made.goneWhy());
    REQUIRE(outcome.exit.exitCode == 3);
  }
}

TEST_CASE("template: what it may not send yet, it sends later") {
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, "serve");
  REQUIRE(made.waitReady());
  auto crowd = crowdUserDescriptors();
  if (!crowd) return;
  const std::uint64_t first = made.begin("exit 4"), second = made.begin("wait");
  CHECK(made.hear(second) == "waiting");
  crowd.reset();
  CHECK(made.finish(first).exit.exitCode == 4);
  REQUIRE(made.pidfdOf(second) >= 0);
  CHECK(::syscall(SYS_pidfd_send_signal, made.pidfdOf(second), SIGKILL, nullptr, 0) == 0);
  CHECK(made.finish(second).exit.signal == SIGKILL);
}

TEST_CASE("template: with many words that it may not send, it refuses, and then goes on") {
  constexpr int kAsked = 300;
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, "serve");
  REQUIRE(made.waitReady());
  auto crowd = crowdUserDescriptors();
  if (!crowd) return;
  const std::uint64_t first = made.begin("wait");
  CHECK(made.hear(first) == "waiting");
  // Where guests are another user's, nothing holds the template back.
  if (!made.zygote().poll().empty()) return;
  std::vector<std::uint64_t> asked;
  for (int i = 0; i < kAsked; ++i) asked.push_back(made.begin("exit 5"));
  while (made.zygote().pollEvents() != POLLIN) REQUIRE(made.zygote().poll().empty());
  CHECK(made.hear(asked.back()).empty());  // it ran, or was closed with its refusal
  crowd.reset();
  int ran = 0, refused = 0;
  for (const std::uint64_t id : asked) {
    const ProbeOutcome outcome = made.finish(id);
    if (outcome.exit.exitCode == 5) ++ran;
    if (outcome.refusedWhy == "too many descriptors of this user are on their way") ++refused;
  }
  CHECK(ran + refused == kAsked);
  CHECK(refused > 0);
  CHECK(made.run("exit 6").exit.exitCode == 6);
}

TEST_CASE("template: a guest that brings a package is refused") {
  ZygoteFixture zygote;
  ZygoteFixture made(zygote, "serve");
  REQUIRE(made.waitReady());
  std::array<int, 2> ends = {-1, -1};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
  const Fd ours(ends[0]);
  ForkRequest request;
  request.requestId = 77;
  request.sessionSocket = Fd(ends[1]);
  request.config = "package";
  constexpr std::string_view kOther = "another package";
  request.package = std::move(makeSealedMemory(std::as_bytes(std::span(kOther)))).value();
  REQUIRE(made.zygote().fork(std::move(request)).has_value());
  CHECK(made.finish(77).refusedWhy == "the request carried no session socket");
}

}  // namespace kiosk::jail
