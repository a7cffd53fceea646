#pragma once
// The way of a fork child from the zygote into its jail.

#include "runtime/base/fd.h"
#include "runtime/jail/guest_jail.h"
#include "runtime/jail/layer_report.h"
#include "runtime/jail/zygote.h"

namespace kiosk::jail {

/// What a guest is forked from.
enum class Parent : std::uint8_t {
  Zygote,    ///< its guests end with it
  Template,  ///< its guests live on, as children of the zygote
};

/// What every guest takes from its zygote, or from its template.
struct GuestHeritage {
  ZygoteApp& app;
  /// Null where the kernel has no seccomp; guests are then forked with MissingLayer::Accept only.
  SyscallFilter* filter;
  MissingLayer missingLayer;
  MemoryFloor floor;
  /// The zygote's /proc/self/statm, opened while there was a /proc; -1 where there was none.
  int memoryFigures;
  /// Write end of the pipe on which guests leave their GuestRecord.
  int recordPipe;
  Parent parent = Parent::Zygote;
  /// The template's package, mapped; empty in a zygote, whose guests bring their own.
  std::span<const std::byte> package = {};
};

/// A guest's word to its zygote, written once, before the jail closes. Small enough to be atomic in
/// a pipe.
struct GuestRecord {
  std::int32_t pid = 0;
  JailStep failedStep = JailStep::None;
  std::uint16_t error = 0;
  /// Private resident memory that the fork brought along.
  std::uint64_t baselineRssKiB = 0;
};

/// Completes the jail and runs the app. `start.sessionSocket` and `package` are filled from the
/// descriptors.
///
/// Only system calls of the template's filter may be made on this way.
[[noreturn]] void becomeGuest(const GuestHeritage& heritage, GuestStart start, Fd sessionSocket,
                              Fd package);

/// Maps `package`, a memfd, read-only. 0, or the errno.
int mapPackage(int package, std::span<const std::byte>& bytes);

/// Forks the calling process. In the parent, the child's pid and pidfd; in the child 0; -1 with
/// errno. The kernel's fork, without libc's: no handler of pthread_atfork runs, and the pidfd
/// cannot be another process's.
pid_t forkWithPidfd(Fd& pidfd);

/// Forks a child that jails itself and makes a forbidden call, and reports the layers `Seccomp` and
/// `ResourceLimits` by what became of it: some kernels and emulators accept a filter and never run
/// it. Does not judge the filter when there is none.
void proveJail(SyscallFilter* filter, const MemoryFloor& floor, LayerReport& report);

}  // namespace kiosk::jail
