#pragma once
// The permissions that a manifest may declare. What each means to a user (title, consent, points)
// stands in bridge/permissions.json; a test holds the two lists together.

#include <span>
#include <string_view>

namespace kiosk {

/// All names, sorted. Besides these there is `net:<origin>`, one for each origin of
/// `network.domains`.
std::span<const std::string_view> permissionNames();

/// Whether `name` is in the list.
bool isPermissionName(std::string_view name);

}  // namespace kiosk
