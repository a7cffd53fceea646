#pragma once
// Installed apps as JSON, the same for the tool's --json and for the C ABI.

#include <kiosk/apps.h>

#include <nlohmann/json.hpp>

namespace kiosk {

/// {appId, name, activeCode, pinned, waitingCode (or null), versions: [{code, name, payloadHash,
/// installedAtMs, rights}]}
nlohmann::ordered_json jsonOf(const InstalledApp& app);

/// {appId, name, outcome, code, payloadHash, newRights}
nlohmann::ordered_json jsonOf(const InstallReport& report);

}  // namespace kiosk
