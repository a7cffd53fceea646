#pragma once
// What the host tells a guest at its birth, as JSON: the C++ side's share of it. The web APIs read
// theirs from the same text.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/guest/engine/engine.h"

namespace kiosk::guest {

struct GuestConfig {
  std::string appId;
  std::string entry;
  EngineLimits engine;
  std::chrono::milliseconds turnTimeMax{250}, loadTimeMax{1000}, killGraceMax{50};
  std::size_t messageBytesMax = 1u << 20;
  double logLinesPerSecondMax = 100;
};

/// None when the text is not what our host writes.
std::optional<GuestConfig> readGuestConfig(std::string_view json);

}  // namespace kiosk::guest
