#pragma once
// What an app can learn of a user at most: for the install screen of a host, and for reviewers.

#include <kiosk/bridge/catalogue.h>
#include <kiosk/package.h>

#include <cstdint>
#include <string>
#include <vector>

namespace kiosk::bridge {

/// One declared permission that discloses data.
struct PrivacyItem {
  std::string permission;
  std::string kind;  ///< permissions of one kind cost as much as the dearest
  int points = 0;
  bool required = false;          ///< launch is refused without it
  std::vector<std::string> data;  ///< categories of data
};

struct PrivacySummary {
  std::vector<PrivacyItem> items;  ///< in the order of the manifest; only those that cost points
  int requiredPoints = 0;          ///< of what the app needs to start
  int declaredPoints = 0;          ///< of all that it declares
  /// What the gate lets it spend: the lower of its manifest's budget and the host's.
  std::uint32_t pointsMax = 0;

  /// Whether the app can ever have what it says it needs.
  bool requiredFits() const { return requiredPoints <= static_cast<std::int64_t>(pointsMax); }
};

/// `pointsMax` is the host's own (`GateLimits::privacyPointsMax`). Permissions that the catalogue
/// does not know cost nothing, for no method is behind them.
PrivacySummary privacyOf(const Manifest& manifest, const Catalogue& catalogue,
                         std::uint32_t pointsMax);

}  // namespace kiosk::bridge
