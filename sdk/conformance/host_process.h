#pragma once
// Starts the host of one run, this same program, and watches it from outside. The caller's process
// adopts whatever the host leaves (PR_SET_CHILD_SUBREAPER), so the kernel tells whether anything
// outlived it. Used in a process of its own for each run (isolated.h), so it adopts of one run
// only.

#include <kiosk/result.h>

#include <chrono>
#include <string>
#include <vector>

#include "sdk/conformance/oracle.h"

namespace kiosk::conformance {

/// Bytes kept of a host's standard output, and of its standard error.
inline constexpr std::size_t kOutputBytesMax = 8 << 20;
inline constexpr std::size_t kErrorBytesMax = 64 << 10;
/// Time that a case is given to end by itself when it has said its outcome.
inline constexpr std::chrono::milliseconds kSettleTime{500};
/// Time that processes of a run may outlive its host.
inline constexpr std::chrono::milliseconds kOutliveTimeMax{2000};

struct HostLaunch {
  std::string program = "/proc/self/exe";  ///< this same program
  std::vector<std::string> arguments;      ///< after the program's name
  std::chrono::milliseconds timeMax;       ///< the host is killed after it
  bool stopWhenTold = false;               ///< ask it to end once the case has said its outcome
};

/// Runs the host to its end, and ends what it leaves.
///
/// REQUIRES: the calling process has one thread and no other child.
/// Errors: HostError   the program cannot be started.
Result<RunRecord> runHost(const HostLaunch& launch);

}  // namespace kiosk::conformance
