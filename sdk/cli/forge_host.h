#pragma once
// The host of a conformance case with `forge`: its guest program is forger-guest. It opens the
// case's sessions one after the other, each in a guest of its own, and beside them a good session,
// which must have an answer after each.

#include <kiosk/host.h>

#include <string>
#include <vector>

#include "sdk/cli/interrupt.h"
#include "sdk/cli/reporter.h"
#include "sdk/conformance/forge_case.h"

namespace kiosk::cli {

/// Time that the good session is given for an answer, and to come and to go.
inline constexpr std::chrono::milliseconds kNeighbourTimeMax{5000};

struct ForgeOrder {
  std::vector<conformance::ForgedSession> sessions;
  /// Of all together; the session that runs then ends `timeout`, and no other is opened.
  std::chrono::milliseconds timeMax{};
  OpenOptions open;
};

/// Plays `order` with the manifest of `app`, tells each end, and at last one end for all: that of
/// the first session that ended for another reason than the first one, or else the first one's.
/// Returns the exit status that goes with it.
///
/// Errors: as Host::open; NotReady   the good session did not come up.
Result<int> playForgedSessions(Host& host, const Package& app, const ForgeOrder& order,
                               Reporter& reporter, Interrupt& interrupt);

}  // namespace kiosk::cli
