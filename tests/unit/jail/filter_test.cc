// The system call filter, from outside. Goal: nothing beyond the table of docs/security/syscalls.md
// is possible, and what the table admits works. Method: each probe is one guest, whose end the host
// sees.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <csignal>
#include <ctime>
#include <fstream>
#include <set>
#include <sstream>

#include "runtime/jail/syscall_table.h"
#include "tests/unit/jail/zygote_fixture.h"

namespace kiosk::jail {
namespace {

constexpr long kPage = 4096;
constexpr long kAnonymous = MAP_PRIVATE | MAP_ANONYMOUS;

struct Call {
  const char* what;
  long number;
  std::vector<long> arguments;
};

std::string asProbe(const Call& call) {
  std::string probe = "syscall " + std::to_string(call.number);
  for (const long argument : call.arguments) probe += " " + std::to_string(argument);
  return probe;
}

void requireKilled(ZygoteFixture& zygote, const Call& call) {
  const ProbeOutcome outcome = zygote.run(asProbe(call));
  INFO(call.what, ": ", outcome.said);
  CHECK(outcome.exit.signal == SIGSYS);
  CHECK(outcome.said.empty());
}

const std::vector<Call> kForbidden = {
    {"open", SYS_openat, {AT_FDCWD, 0, O_RDONLY}},
    {"socket", SYS_socket, {AF_INET, SOCK_STREAM, 0}},
    {"connect", SYS_connect, {0, 0, 0}},
    {"fork", SYS_clone, {SIGCHLD}},
    {"a thread", SYS_clone, {CLONE_VM | CLONE_THREAD | CLONE_SIGHAND}},
    {"clone3", SYS_clone3, {0, 88}},
    {"execve", SYS_execve, {0, 0, 0}},
    {"kill the zygote", SYS_kill, {1, SIGKILL}},
    {"kill all", SYS_kill, {-1, SIGKILL}},
    {"tgkill of the zygote", SYS_tgkill, {1, 1, SIGABRT}},
    {"ptrace", SYS_ptrace, {16, 1, 0, 0}},
    {"process_vm_readv", SYS_process_vm_readv, {1}},
    {"setrlimit", SYS_prlimit64, {0, 2, 0, 0}},
    {"prctl", SYS_prctl, {4, 1}},
    {"io_uring_setup", SYS_io_uring_setup, {8, 0}},
    {"bpf", SYS_bpf, {0, 0, 0}},
    {"userfaultfd", SYS_userfaultfd, {0}},
    {"unshare", SYS_unshare, {CLONE_NEWUSER}},
    {"mount", SYS_mount, {0, 0, 0, 0, 0}},
    {"keyctl", SYS_keyctl, {0}},
    {"memfd_create", SYS_memfd_create, {0, 0}},
    {"dup", SYS_dup, {0}},
    {"fcntl", SYS_fcntl, {0, F_GETFL}},
    {"sendmsg", SYS_sendmsg, {0, 0, 0}},
    {"recvmsg", SYS_recvmsg, {0, 0, 0}},
    {"read of another descriptor", SYS_read, {3, 0, 0}},
    {"write to another descriptor", SYS_write, {3, 0, 0}},
    {"recv with MSG_OOB", SYS_recvfrom, {0, 0, 0, MSG_OOB, 0, 0}},
    {"send with MSG_OOB", SYS_sendto, {0, 0, 0, MSG_OOB, 0, 0}},
    {"sendto with an address", SYS_sendto, {0, 0, 0, 0, 4096, 16}},
    {"poll of two", SYS_poll, {0, 2, 0}},
    {"a futex with priority inheritance", SYS_futex, {0, FUTEX_LOCK_PI, 0}},
    {"a futex requeued", SYS_futex, {0, FUTEX_CMP_REQUEUE, 0}},
    {"shared memory", SYS_mmap, {0, kPage, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1}},
    {"memory of a descriptor", SYS_mmap, {0, kPage, PROT_READ, MAP_PRIVATE, 0, 0}},
    {"memory that grows down",
     SYS_mmap,
     {0, kPage, PROT_READ | PROT_WRITE, kAnonymous | MAP_GROWSDOWN, -1, 0}},
    {"locked memory", SYS_mmap, {0, kPage, PROT_READ, kAnonymous | MAP_LOCKED, -1, 0}},
    {"huge pages", SYS_mmap, {0, kPage, PROT_READ, kAnonymous | MAP_HUGETLB, -1, 0}},
    {"mprotect that grows down", SYS_mprotect, {0, 0, PROT_READ | PROT_GROWSDOWN}},
    {"mremap that keeps the old place", SYS_mremap, {0, kPage, kPage, 4 | 1, 0}},
    {"merging equal pages", SYS_madvise, {0, 0, MADV_MERGEABLE}},
    {"poisoning a page", SYS_madvise, {0, 0, MADV_HWPOISON}},
    {"the clock of another process", SYS_clock_gettime, {~long{1} << 3 | 2, 0}},
    {"a call that does not exist", 9999, {}},
#ifdef __x86_64__
    {"getpid as x32", SYS_getpid | 0x40000000, {}},
#endif
};

/// x86-64 kernels from 6.11 on pass these two by every filter (uretprobe and uprobe: trampolines of
/// a tracer, which outside of one do nothing but fail).
const std::set<int> kNeverFiltered =
#ifdef __x86_64__
    {335, 336};
#else
    {};
#endif

/// Calls that `tier` admits with some arguments.
std::set<int> admitted(GuestTier tier) {
  std::set<int> numbers;
  for (const SyscallEntry& entry : syscallTable(tier)) {
    numbers.insert(seccomp_syscall_resolve_name(entry.name));
  }
  return numbers;
}

}  // namespace

TEST_CASE("filter: every call that the table admits works") {
  for (const Tier tier : {Tier::Jit, Tier::Jitless}) {
    ZygoteFixture zygote(tier);
    const ProbeOutcome outcome = zygote.run("allowed");
    CHECK(outcome.said == "all");
    CHECK(outcome.exit.exitCode == 0);
  }
}

TEST_CASE("filter: calls that would reach out of the guest kill it with SIGSYS") {
  ZygoteFixture zygote;
  for (const Call& call : kForbidden) requireKilled(zygote, call);
}

TEST_CASE("filter: every system call number outside the table kills the guest with SIGSYS") {
  constexpr int kNumbers = 480;
  constexpr std::size_t kAtOnce = 16;
  for (const Tier tier : {Tier::Jit, Tier::Jitless}) {
    const auto known = admitted(tier == Tier::Jit ? GuestTier::Jit : GuestTier::Jitless);
    ZygoteFixture zygote(tier);
    std::deque<std::pair<int, std::uint64_t>> running;
    const auto finishOldest = [&] {
      const auto [number, id] = running.front();
      running.pop_front();
      const ProbeOutcome outcome = zygote.finish(id);
      INFO("system call ", number, ": ", outcome.said);
      if (kNeverFiltered.count(number) != 0 && outcome.exit.signal != SIGSYS) {
        CHECK((outcome.exit.signal == SIGILL || outcome.said.starts_with("returned -1")));
      } else {
        CHECK(outcome.exit.signal == SIGSYS);
      }
    };
    for (int number = 0; number < kNumbers; ++number) {
      if (known.count(number) != 0) continue;
      running.emplace_back(number, zygote.begin(asProbe({"", number, {}})));
      if (running.size() == kAtOnce) finishOldest();
    }
    while (!running.empty()) finishOldest();
  }
}

TEST_CASE("filter: no executable memory can be made in the jitless tier, and it can in the other") {
  const std::vector<Call> executable = {
      {"mmap", SYS_mmap, {0, kPage, PROT_READ | PROT_EXEC, kAnonymous, -1, 0}},
      {"mmap write too",
       SYS_mmap,
       {0, kPage, PROT_READ | PROT_WRITE | PROT_EXEC, kAnonymous, -1, 0}},
      {"mprotect", SYS_mprotect, {0, 0, PROT_EXEC}},
      {"pkey_mprotect", SYS_pkey_mprotect, {0, 0, PROT_READ, 0}},
  };
  ZygoteFixture jitless(Tier::Jitless);
  for (const Call& call : executable) requireKilled(jitless, call);
  CHECK(jitless.run("code").exit.signal == SIGSYS);

  ZygoteFixture jit(Tier::Jit);
  for (const Call& call : executable) {
    const ProbeOutcome outcome = jit.run(asProbe(call));
    INFO(call.what);
    CHECK(outcome.said.starts_with("returned"));
    CHECK(outcome.exit.exitCode == 0);
  }
  CHECK(jit.run("code").said == "code returned 42");
}

#ifdef __x86_64__
TEST_CASE("filter: a 32-bit system call does not return") {
  ZygoteFixture zygote;
  const ProbeOutcome outcome = zygote.run("int80");
  // A kernel without 32-bit calls raises a fault before the filter is asked.
  CHECK((outcome.exit.signal == SIGSYS || outcome.exit.signal == SIGSEGV));
  CHECK(outcome.said.empty());
}
#endif

TEST_CASE("filter: abort ends as SIGABRT, not as a refused call") {
  ZygoteFixture zygote;
  CHECK(zygote.run("abort").exit.signal == SIGABRT);
}

TEST_CASE("filter: a CPU timer made before the filter fires inside") {
  ZygoteFixture zygote;
  CHECK(zygote.run("timer").said == "fired");
}

TEST_CASE("filter: docs/security/syscalls.md holds the table of the filter") {
  std::ifstream file(KIOSK_SOURCE_DIR "/docs/security/syscalls.md");
  if (!file && std::getenv("KIOSK_JAIL_PROBE") != nullptr)
    return;  // run as a user who cannot read it
  std::stringstream page;
  page << file.rdbuf();
  for (const std::string& table : {syscallTableMarkdown(), templateTableMarkdown()}) {
    INFO("expected in the page:\n", table);
    CHECK(page.str().find(table) != std::string::npos);
  }
}

}  // namespace kiosk::jail
