#pragma once
// The seccomp program: compiled once in the zygote, installed by each guest with one system call.

#include <linux/filter.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "runtime/jail/zygote.h"

namespace kiosk::jail {

/// Whose system calls a filter admits.
enum class FilterFor : std::uint8_t { Guest, Template };

/// An allow-list whose default is SECCOMP_RET_KILL_PROCESS; so is a call of a foreign architecture
/// (32-bit, x32).
class SyscallFilter {
 public:
  /// Compiles the table of `tier`. None if libseccomp cannot; errno says why.
  static std::optional<SyscallFilter> compile(GuestTier tier, FilterFor use = FilterFor::Guest);

  /// Confines the calling process for ever. Needs no_new_privs. 0, or the errno.
  int install();

  std::size_t instructionCount() const { return program_.size(); }

 private:
  SyscallFilter(std::vector<sock_filter> program, std::optional<std::size_t> ownPidAt)
      : program_(std::move(program)), ownPidAt_(ownPidAt) {}

  std::vector<sock_filter> program_;
  /// The instruction that compares with kOwnPidPlaceholder; a guest's filter has it.
  std::optional<std::size_t> ownPidAt_;
};

}  // namespace kiosk::jail
