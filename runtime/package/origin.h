#pragma once
// Origins that a manifest may name: scheme://host[:port], nothing behind it.

#include <string_view>

namespace kiosk {

/// `https://` or `wss://` and a registered name of at least two lower-case labels, the first of
/// which may be `*` (one level). No IP address in any spelling, no localhost, no path.
bool isPublicOrigin(std::string_view origin);

/// What isPublicOrigin accepts, and for a developer's own machine also `http://`, `ws://`,
/// localhost and IPv4 addresses.
bool isDevelopmentOrigin(std::string_view origin);

/// `https://host[:port][/…]` of printable ASCII, for links that the host shows to people; at most
/// 2048 bytes.
bool isHttpsUrl(std::string_view url);

}  // namespace kiosk
