#include <kiosk/bridge/privacy.h>

#include <algorithm>
#include <map>

namespace kiosk::bridge {
namespace {

int sumOf(const std::vector<PrivacyItem>& items, bool requiredOnly) {
  std::map<std::string, int> byKind;
  for (const auto& item : items) {
    if (requiredOnly && !item.required) continue;
    auto& dearest = byKind[item.kind];
    dearest = std::max(dearest, item.points);
  }
  int sum = 0;
  for (const auto& [kind, points] : byKind) sum += points;
  return sum;
}

}  // namespace

PrivacySummary privacyOf(const Manifest& manifest, const Catalogue& catalogue,
                         std::uint32_t pointsMax) {
  PrivacySummary summary;
  summary.pointsMax = std::min(pointsMax, manifest.budget.privacyPoints.value_or(UINT32_MAX));
  for (const auto* list : {&manifest.requiredPermissions, &manifest.optionalPermissions}) {
    for (const auto& declared : *list) {
      const auto* permission = catalogue.permission(declared.name);
      if (permission == nullptr || permission->privacyPoints == 0) continue;
      summary.items.push_back({permission->name, permission->privacyKind, permission->privacyPoints,
                               list == &manifest.requiredPermissions, permission->data});
    }
  }
  summary.requiredPoints = sumOf(summary.items, true);
  summary.declaredPoints = sumOf(summary.items, false);
  return summary;
}

}  // namespace kiosk::bridge
