#include "runtime/package/app_json.h"

namespace kiosk {

using nlohmann::ordered_json;

ordered_json jsonOf(const InstalledApp& app) {
  auto versions = ordered_json::array();
  for (const AppVersion& version : app.versions) {
    versions.push_back({{"code", version.versionCode},
                        {"name", version.versionName},
                        {"payloadHash", version.payloadHash},
                        {"installedAtMs", version.installedAtMs},
                        {"rights", version.rights}});
  }
  return {{"appId", app.id.value},
          {"name", app.name},
          {"activeCode", app.activeCode},
          {"pinned", app.pinned},
          {"waitingCode", app.waitingCode ? ordered_json(*app.waitingCode) : ordered_json()},
          {"versions", std::move(versions)}};
}

ordered_json jsonOf(const InstallReport& report) {
  return {{"appId", report.id.value},
          {"name", report.name},
          {"outcome", installOutcomeName(report.outcome)},
          {"code", report.version.versionCode},
          {"payloadHash", report.version.payloadHash},
          {"newRights", report.newRights}};
}

}  // namespace kiosk
