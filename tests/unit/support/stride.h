#pragma once
// How densely tests try what they try at every point: a plain build takes each, a sanitized one,
// where all takes longer, every so many-th.

#include <algorithm>
#include <cstdlib>

namespace kiosk::test {

/// Every how many-th point is tried: KIOSK_FAULTS_EVERY, or each.
inline unsigned faultStride() {
  const char* const every = std::getenv("KIOSK_FAULTS_EVERY");
  return every == nullptr ? 1 : static_cast<unsigned>(std::max(1, std::atoi(every)));
}

}  // namespace kiosk::test
