#pragma once
// How much the gate lets one session ask for.

#include <cstdint>

namespace kiosk::bridge {

/// Budgets of one session; the operator may change each.
struct GateLimits {
  /// Calls at once, and how many come back each minute. Measured: a call with its audit record
  /// costs the host some microseconds, so the sustained rate is well below one hundredth of a core.
  std::uint32_t callsBurstMax = 2'000;
  std::uint32_t callsPerMinuteMax = 12'000;
  /// Consent sheets at once, and how many come back each hour.
  std::uint32_t promptsBurstMax = 20;
  std::uint32_t promptsPerHourMax = 60;
  /// Consent sheets of one app to one user in a day (UTC), over all sessions.
  std::uint32_t promptsPerDayMax = 60;
  /// Notifications and badges of one app to one user in a day (UTC).
  std::uint32_t notificationsPerDayMax = 10;
  std::uint32_t badgesPerDayMax = 100;
  /// Privacy points that one app may spend on one user, for ever: see docs/privacy.md.
  std::uint32_t privacyPointsMax = 20;
};

}  // namespace kiosk::bridge
