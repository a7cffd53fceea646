#pragma once
// How a guest's exit status tells why it ended, where it could not or did not say so in a frame.

#include <kiosk/limits.h>

#include <optional>

namespace kiosk::guest {

/// 0 is `closed`; 64 + the number of the reason otherwise. 113 is the jail's own (guest_start.h).
constexpr int exitCodeOf(EndReason reason) {
  return reason == EndReason::Closed ? 0 : 64 + static_cast<int>(reason);
}

constexpr std::optional<EndReason> reasonOfExitCode(int code) {
  if (code == 0) return EndReason::Closed;
  if (code > 64 && code <= 64 + static_cast<int>(EndReason::Killed)) {
    return static_cast<EndReason>(code - 64);
  }
  return std::nullopt;
}

}  // namespace kiosk::guest
