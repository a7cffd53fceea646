#pragma once
// Why a session ended, from what is known of its guest. The guest's own word counts only for
// reasons that are its to give, and only where its exit status says the same.

#include <kiosk/limits.h>

#include <optional>
#include <string>

#include "runtime/jail/zygote_client.h"

namespace kiosk {

/// What a guest said last.
struct EndClaim {
  EndReason reason = EndReason::Closed;
  std::string detail;
};

/// Whether a guest may give `reason`: closed, error, cpu, heap or memory.
bool isGuestsToGive(EndReason reason);

/// Reason and detail of the end of a guest that the host did not end.
SessionEnd verdictOf(const jail::GuestExited& exit, const std::optional<EndClaim>& claim);

}  // namespace kiosk
