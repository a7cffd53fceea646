#include "runtime/host/end_verdict.h"

#include <csignal>

#include "runtime/guest/exit_codes.h"

namespace kiosk {

bool isGuestsToGive(EndReason reason) {
  switch (reason) {
    case EndReason::Closed:
    case EndReason::Error:
    case EndReason::Cpu:
    case EndReason::Heap:
    case EndReason::Memory:
      return true;
    case EndReason::Syscall:
    case EndReason::Protocol:
    case EndReason::Timeout:
    case EndReason::Killed:
    case EndReason::Evicted:
      return false;
  }
  return false;
}

SessionEnd verdictOf(const jail::GuestExited& exit, const std::optional<EndClaim>& claim) {
  const auto because = [](EndReason reason, std::string detail) {
    return SessionEnd{reason, std::move(detail), 0, 0};
  };
  if (!exit.statusKnown) return because(EndReason::Killed, "its zygote ended before it");
  if (!exit.jailFailure.empty()) {
    return because(EndReason::Killed, "the jail could not be completed: " + exit.jailFailure);
  }
  switch (exit.signal) {
    case 0:
      break;
    case SIGSYS:
      return because(EndReason::Syscall, "the jail refused a system call");
    case SIGTRAP:
    case SIGILL:
      return because(EndReason::Memory,
                     "V8 gave up: an allocation or a size that it does not survive");
    case SIGKILL:
      return because(EndReason::Killed, "killed from outside, perhaps for want of memory");
    default:
      return because(EndReason::Killed, "died of signal " + std::to_string(exit.signal));
  }
  if (claim && guest::exitCodeOf(claim->reason) == exit.exitCode) {
    return because(claim->reason, claim->detail);
  }
  const auto reason = guest::reasonOfExitCode(exit.exitCode);
  if (reason && isGuestsToGive(*reason)) return because(*reason, "");
  return because(EndReason::Killed, "ended with exit status " + std::to_string(exit.exitCode));
}

}  // namespace kiosk
