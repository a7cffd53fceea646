#pragma once
// What the host app says of itself to mini-apps.

#include <string>

namespace kiosk::bridge {

/// What the host app says of itself and of the device in `host.info`. Coarse on purpose: the same
/// for many users.
struct HostFacts {
  std::string name = "Kiosk";           ///< at most 64 characters
  std::string version = "0.1.0";        ///< at most 64 characters
  std::string platform = "linux";       ///< at most 32 characters
  std::string deviceClass = "desktop";  ///< phone, tablet, desktop or kiosk
  std::string timezone = "UTC";         ///< IANA name
};

}  // namespace kiosk::bridge
