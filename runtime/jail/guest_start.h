#pragma once
// What a guest knows when it begins: one socket, the bytes of its package, its configuration.
//
// State of the process when `ZygoteApp::runGuest` is called (the jail is complete):
//   descriptors   the session socket is number 0, blocking or not as the host made it; all others
//                 are closed and none can be made (RLIMIT_NOFILE is 1: poll() takes one entry)
//   memory        the package is mapped read-only; growth over the zygote's is bounded by
//                 RLIMIT_DATA (private writable pages) and RLIMIT_AS (everything)
//   signals       SIGPIPE is ignored, nothing is blocked; handlers and timers must exist by now
//   system calls  those of docs/security/syscalls.md; any other kills the process with SIGSYS.
//                 On the socket: read, recv, write, writev, send. Not recvmsg, not sendmsg.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace kiosk::jail {

/// The session socket's number in every guest.
inline constexpr int kSessionSocket = 0;

/// Bounds that the kernel enforces on one guest from its first instruction in the jail.
struct GuestLimits {
  /// Private writable memory that the guest may add to the zygote's, in bytes; allocation fails
  /// beyond.
  std::uint64_t memoryBytesMax = std::uint64_t{192} << 20;
  /// CPU time of the guest's whole life, in seconds; over it the kernel sends SIGKILL. 0: no bound.
  std::uint64_t cpuSecondsMax = 0;
};

/// Everything that a guest is given. Views stay valid for the life of the guest.
struct GuestStart {
  std::uint64_t requestId = 0;
  /// `kSessionSocket` in `runGuest`; another number in `prepareGuest`.
  int sessionSocket = -1;
  /// Bytes of the package, from a sealed memfd, mapped read-only; empty when none was sent.
  std::span<const std::byte> package;
  /// As the host wrote it (JSON text), at most `kConfigBytesMax` bytes.
  std::string_view config;
  GuestLimits limits;
};

/// Exit status of a guest that could not complete its jail; the host hears of the step besides.
inline constexpr int kExitJailFailed = 113;

}  // namespace kiosk::jail
