#include "runtime/jail/syscall_table.h"

#include <linux/futex.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <cerrno>
#include <initializer_list>
#include <string_view>

#include "runtime/jail/protocol.h"

namespace kiosk::jail {
namespace {

constexpr const char* kTgkill = "tgkill";
/// CPU clocks as libc spells them: ~pid << 3, 2 for CPU time, 4 for a thread's; pid 0 is the
/// caller.
constexpr std::uint32_t kOwnProcessClock = ~0U << 3 | 2, kOwnThreadClock = kOwnProcessClock | 4;
/// Clocks of other processes have higher numbers.
constexpr std::uint32_t kFixedClocks = 15;
constexpr std::uint64_t kLowWord = 0xFFFF'FFFF;

/// Argument `index`, of type int, equals `value`. The kernel ignores the upper half of its
/// register.
scmp_arg_cmp intIs(unsigned index, std::uint32_t value) {
  return {index, SCMP_CMP_MASKED_EQ, kLowWord, value};
}

/// Argument `index`, of type int, has no bit outside `allowed`.
scmp_arg_cmp intWithin(unsigned index, std::uint32_t allowed) {
  return {index, SCMP_CMP_MASKED_EQ, kLowWord & ~std::uint64_t{allowed}, 0};
}

/// Argument `index`, a whole register, has no bit outside `allowed`.
scmp_arg_cmp wordWithin(unsigned index, std::uint64_t allowed) {
  return {index, SCMP_CMP_MASKED_EQ, ~allowed, 0};
}

scmp_arg_cmp isNull(unsigned index) { return {index, SCMP_CMP_EQ, 0, 0}; }
scmp_arg_cmp atMost(unsigned index, std::uint64_t value) { return {index, SCMP_CMP_LE, value, 0}; }

std::vector<ArgumentRule> oneOf(unsigned index, std::initializer_list<std::uint32_t> values) {
  std::vector<ArgumentRule> rules;
  for (const std::uint32_t value : values) rules.push_back({intIs(index, value)});
  return rules;
}

void addSocketCalls(std::vector<SyscallEntry>& table) {
  constexpr std::uint32_t kReceive = MSG_DONTWAIT | MSG_WAITALL | MSG_NOSIGNAL | MSG_TRUNC;
  constexpr std::uint32_t kSend = MSG_DONTWAIT | MSG_NOSIGNAL;
  const std::vector<ArgumentRule> onSocket = {{intIs(0, kSessionSocket)}};
  table.push_back({"read", "fd is 0", "frames from the host", onSocket});
  table.push_back({"recvfrom",
                   "fd is 0, no address, flags of DONTWAIT WAITALL NOSIGNAL TRUNC",
                   "frames from the host without waiting; no MSG_OOB, which has had kernel bugs",
                   {{intIs(0, kSessionSocket), intWithin(3, kReceive), isNull(4)}}});
  table.push_back({"write", "fd is 0, 1 or 2",
                   "frames to the host; 1 and 2 are closed, so that a "
                   "library's last words fail with EBADF and its own end is seen",
                   oneOf(0, {0, 1, 2})});
  table.push_back({"writev", "fd is 0, 1 or 2", "a frame's header and body at once; else as write",
                   oneOf(0, {0, 1, 2})});
  table.push_back({"sendto",
                   "fd is 0, no address, flags of DONTWAIT NOSIGNAL",
                   "frames to the host without waiting",
                   {{intIs(0, kSessionSocket), intWithin(3, kSend), isNull(4)}}});
  table.push_back(
      {"poll", "at most one descriptor", "waiting for the host and for timers", {{atMost(1, 1)}}});
  table.push_back(
      {"ppoll", "at most one descriptor", "poll, on machines without that call", {{atMost(1, 1)}}});
}

void addMemoryCalls(std::vector<SyscallEntry>& table, GuestTier tier) {
  const bool jit = tier == GuestTier::Jit;
  const std::uint64_t protections =
      std::uint64_t{PROT_READ | PROT_WRITE} | (jit ? std::uint64_t{PROT_EXEC} : 0);
  // Anonymous and private, which is what RLIMIT_DATA counts: shared and growing-down memory is not.
  constexpr std::uint64_t kKind = MAP_PRIVATE | MAP_ANONYMOUS;
  constexpr std::uint64_t kFlagsFree = MAP_FIXED | MAP_FIXED_NOREPLACE | MAP_NORESERVE;
  const scmp_arg_cmp anonymousPrivate = {3, SCMP_CMP_MASKED_EQ, ~kFlagsFree, kKind};
  table.push_back({"mmap",
                   "private and anonymous; flags of FIXED FIXED_NOREPLACE NORESERVE besides; "
                   "`jitless`: never PROT_EXEC",
                   "heap pages; shared memory would escape the memory limit",
                   {{wordWithin(2, protections), anonymousPrivate}}});
  table.push_back({"mprotect",
                   "READ, WRITE, EXEC; `jitless`: never PROT_EXEC",
                   "V8 commits and protects its pages",
                   {{wordWithin(2, protections)}}});
  if (jit) {
    table.push_back({"pkey_mprotect",
                     "`jit` only; READ, WRITE, EXEC",
                     "newer V8 guards its code pages by a memory protection key",
                     {{wordWithin(2, protections)}}});
  }
  table.push_back({"munmap", "", "giving heap pages back", {}});
  table.push_back({"mremap",
                   "flags of MAYMOVE FIXED",
                   "realloc of large blocks",
                   {{wordWithin(3, MREMAP_MAYMOVE | MREMAP_FIXED)}}});
  table.push_back({"madvise", "DONTNEED, FREE, DONTFORK, HUGEPAGE, NOHUGEPAGE, DONTDUMP, DODUMP",
                   "giving unused pages back; no MERGEABLE, which leaks what neighbours hold",
                   oneOf(2, {MADV_DONTNEED, MADV_FREE, MADV_DONTFORK, MADV_HUGEPAGE,
                             MADV_NOHUGEPAGE, MADV_DONTDUMP, MADV_DODUMP})});
  table.push_back({"brk", "", "malloc", {}});
}

void addTimeCalls(std::vector<SyscallEntry>& table) {
  table.push_back({"clock_gettime",
                   "a numbered clock, 0 to 15",
                   "CPU time, and the time of day where the vDSO cannot tell it; clocks of other "
                   "processes have other numbers",
                   {{intWithin(0, kFixedClocks)}}});
  table.push_back({"gettimeofday", "", "the time of day where the vDSO cannot tell it", {}});
  table.push_back({"timer_settime", "", "arming the CPU timer made before the filter", {}});
  table.push_back({"restart_syscall", "", "the kernel's own, to go on after a stop", {}});
}

void addProcessCalls(std::vector<SyscallEntry>& table) {
  constexpr std::uint32_t kModifiers = FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME;
  std::vector<ArgumentRule> waitAndWake;
  for (const std::uint32_t operation :
       {FUTEX_WAIT, FUTEX_WAKE, FUTEX_WAIT_BITSET, FUTEX_WAKE_BITSET}) {
    waitAndWake.push_back(
        {{1, SCMP_CMP_MASKED_EQ, kLowWord & ~std::uint64_t{kModifiers}, operation}});
  }
  table.push_back({"futex", "WAIT, WAKE, and their BITSET forms",
                   "locks of libc and V8; requeueing and priority inheritance have had kernel bugs",
                   waitAndWake});
  table.push_back({"getrandom", "", "crypto.getRandomValues and Math.random", {}});
  table.push_back({"getpid", "", "libc; its own number in the zygote's namespace", {}});
  table.push_back({"gettid", "", "libc, in abort", {}});
  table.push_back({"rt_sigprocmask", "", "libc, in abort", {}});
  table.push_back({"rt_sigaction",
                   "signal is SIGABRT",
                   "libc, in abort, where tgkill failed",
                   {{intIs(0, SIGABRT)}}});
  table.push_back({"rt_sigreturn", "", "the end of the CPU timer's signal handler", {}});
  table.push_back({kTgkill,
                   "the guest's own process id, SIGABRT",
                   "abort: so that a bug of a library is not taken for a refused call",
                   {{intIs(0, kOwnPidPlaceholder), intIs(2, SIGABRT)}}});
  table.push_back({"sched_yield", "", "V8's spin locks", {}});
  table.push_back({"exit_group", "", "the end", {}});
}

void addServingCalls(std::vector<SyscallEntry>& table) {
  const std::vector<ArgumentRule> onControl = {{intIs(0, kControlSocket)}};
  table.push_back({"recvmsg", "fd is 3", "requests of the host and session sockets", onControl});
  table.push_back({"sendmsg", "fd is 3", "answers, each with the pidfd of a guest", onControl});
  table.push_back(
      {"poll", "at most two descriptors", "requests and ends of guests", {{atMost(1, 2)}}});
  table.push_back({"ppoll",
                   "at most two descriptors",
                   "poll, on machines without that call",
                   {{atMost(1, 2)}}});
  table.push_back({"read", "fd is 4 or 5", "that a guest ended; records of guests",
                   oneOf(0, {kTemplateSignals, kTemplateRecordsIn})});
  table.push_back({"write", "fd is 6", "a guest's record, before its own filter stands",
                   oneOf(0, {kTemplateRecordsOut})});
  table.push_back(
      {"clone",
       "flags are PIDFD with SIGCHLD, no stack",
       "forking a guest; the pidfd comes with it, as pidfd_open for any process would be "
       "a way to others",
       {{{0, SCMP_CMP_EQ, kForkFlags, 0}, isNull(1)}}});
  table.push_back({"wait4", "", "reaping guests; it knows children only", {}});
  table.push_back({"close", "", "descriptors that were passed on", {}});
}

void addJailingCalls(std::vector<SyscallEntry>& table) {
  const std::vector<ArgumentRule> toSocket = {{intIs(1, kSessionSocket)}};
  table.push_back({"dup2", "to fd 0", "a guest's socket gets its number", toSocket});
  table.push_back({"dup3", "to fd 0", "dup2, on machines without that call", toSocket});
  table.push_back({"close_range", "", "a guest closes all else", {}});
  table.push_back({"prlimit64",
                   "its own (pid 0)",
                   "a guest's limits, which it can only lower",
                   {{intIs(0, 0)}}});
  table.push_back({"rt_sigaction", "", "a guest's handler of its CPU timer", {}});
  table.push_back({"sigaltstack", "", "a stack of its own for a guest's handler of faults", {}});
  table.push_back({"timer_create", "the CPU clock of its own process or thread",
                   "a guest's CPU timer; it signals its maker only",
                   oneOf(0, {kOwnProcessClock, kOwnThreadClock})});
  table.push_back({"getrusage",
                   "its own (RUSAGE_SELF)",
                   "the memory that a guest begins with",
                   {{intIs(0, 0)}}});
  table.push_back({"seccomp",
                   "SET_MODE_FILTER without flags",
                   "a guest's own filter: one more can only forbid more",
                   {{intIs(0, SECCOMP_SET_MODE_FILTER), {1, SCMP_CMP_EQ, 0, 0}}}});
  table.push_back({kTgkill,
                   "never: it fails with EPERM",
                   "a filter cannot know the ids of guests to come, and other processes have ids "
                   "too; abort then ends by SIGSEGV",
                   {},
                   EPERM});
}

std::string markdownOf(const std::vector<SyscallEntry>& table) {
  std::string text = "| call | only if | why |\n|---|---|---|\n";
  for (const SyscallEntry& entry : table) {
    text += std::string("| `") + entry.name + "` | " + entry.onlyIf + " | " + entry.why + " |\n";
  }
  return text;
}

}  // namespace

std::vector<SyscallEntry> templateSyscallTable(GuestTier tier) {
  std::vector<SyscallEntry> table = syscallTable(tier);
  std::erase_if(table,
                [](const SyscallEntry& entry) { return std::string_view(entry.name) == kTgkill; });
  addServingCalls(table);
  addJailingCalls(table);
  return table;
}

std::string templateTableMarkdown() {
  std::vector<SyscallEntry> added;
  addServingCalls(added);
  addJailingCalls(added);
  return markdownOf(added);
}

std::vector<SyscallEntry> syscallTable(GuestTier tier) {
  std::vector<SyscallEntry> table;
  addSocketCalls(table);
  addMemoryCalls(table, tier);
  addTimeCalls(table);
  addProcessCalls(table);
  return table;
}

std::string syscallTableMarkdown() {
  // The table of `jit` holds every call of `jitless`, and conditions name the tier where they
  // differ.
  return markdownOf(syscallTable(GuestTier::Jit));
}

}  // namespace kiosk::jail
