#pragma once
// The system calls of a guest: which, under what condition, and why. The filter is built from this
// table, and docs/security/syscalls.md holds the same table for people (a test compares the two).

#include <sched.h>
#include <seccomp.h>

#include <csignal>
#include <string>
#include <vector>

#include "runtime/jail/zygote.h"

namespace kiosk::jail {

/// Conditions on the arguments of one call; all must hold.
using ArgumentRule = std::vector<scmp_arg_cmp>;

struct SyscallEntry {
  const char* name;
  /// The condition for people; empty: any arguments.
  const char* onlyIf;
  const char* why;
  /// Any one of them admits the call; empty: any arguments.
  std::vector<ArgumentRule> alternatives;
  /// Not admitted, but failed with this errno where it would else kill; 0: admitted.
  std::uint16_t failsWith = 0;
};

/// The templates' descriptors besides 0, 1 and 2, which are /dev/null, and the control socket.
inline constexpr int kTemplateSignals = 4;
inline constexpr int kTemplateRecordsIn = 5;
inline constexpr int kTemplateRecordsOut = 6;

/// The flags with which processes are forked: the only ones that a template may give to clone.
inline constexpr std::uint32_t kForkFlags = CLONE_PIDFD | SIGCHLD;

/// Stands in the filter where a guest's own process id belongs; each guest writes its own there.
inline constexpr std::uint32_t kOwnPidPlaceholder = 0x4B696F73;

/// The calls that guests of `tier` may make. Names that this architecture lacks are among them.
std::vector<SyscallEntry> syscallTable(GuestTier tier);

/// The calls that templates of `tier` may make: what their guests may, for a guest inherits this
/// filter under its own, and what serving forks takes.
std::vector<SyscallEntry> templateSyscallTable(GuestTier tier);

/// What templateSyscallTable adds to syscallTable, as Markdown with the same columns.
std::string templateTableMarkdown();

/// Both tiers' tables as one Markdown table with the columns call, condition, reason.
std::string syscallTableMarkdown();

}  // namespace kiosk::jail
