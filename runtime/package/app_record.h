#pragma once
// The record of one installed app as it lies on disk:
//
//   {"format":1, "appId", "name", "developerKey", "highestCode", "activeCode", "pinned",
//    "waitingCode" (0: none),
//    "versions":[{"name","code","payloadHash","fileHash","installedAtMs","title","rights":[…]}]}

#include <kiosk/apps.h>

#include <map>
#include <string>

namespace kiosk {

/// An app's record: what embedders see of it, and what only the registry needs.
struct AppRecord {
  InstalledApp app;
  /// No older version is installed again, not even when the newest was rolled back.
  std::int64_t highestCode = 0;
  std::map<std::int64_t, std::string> fileHashes;  ///< by version code: the package's file
  std::map<std::int64_t, std::string> titles;      ///< by version code: the app's name then

  void activate(std::int64_t code);
};

/// What `manifest` lets the app ask its users for; sorted.
std::vector<std::string> rightsOf(const Manifest& manifest);

/// Those of `rights` that are not in `before`; both sorted.
std::vector<std::string> rightsBeyond(const std::vector<std::string>& rights,
                                      const std::vector<std::string>& before);

std::string writeAppRecord(const AppRecord& record);
/// Errors: HostError   it is damaged, or of a newer form.
Result<AppRecord> readAppRecord(std::string_view text);

}  // namespace kiosk
