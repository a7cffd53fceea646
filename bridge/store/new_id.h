#pragma once
// Ids of things the host makes: unguessable, so that knowing one says nothing of another.

#include <kiosk/clock.h>

#include <array>
#include <string>

#include "runtime/base/encoding.h"

namespace kiosk::bridge {

/// 128 random bits in lower-case hex.
inline std::string newId(Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  return toHex(bytes);
}

}  // namespace kiosk::bridge
