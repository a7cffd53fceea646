#pragma once
// The mini-app that a case is made of: a folder that `kiosk run` opens.

#include <kiosk/result.h>

#include <string>
#include <vector>

#include "sdk/conformance/case_file.h"

namespace kiosk::conformance {

/// What a case with steps shows when it has said how it ended.
inline constexpr std::string_view kSettledMark = "@case settled";

/// Files and bytes that the `files` of one case may hold.
inline constexpr std::size_t kCaseFilesMax = 64;

/// What all cases share.
struct AppParts {
  std::string harness;                           ///< harness.js of the suite
  std::string orders;                            ///< orders.js: one good order of the demo's
  std::vector<std::string> ordinaryPermissions;  ///< those an app may declare without leave
};

/// Errors: as Catalogue::embedded.
Result<AppParts> makeAppParts(std::string harness);

/// Writes `test` as a mini-app into `folder`, which is there and empty.
///
/// Errors:
///   InvalidParams   a path in `files` leads out of the folder, or there are too many.
///   HostError       a file cannot be written.
Result<void> writeCaseApp(const Case& test, const AppParts& parts, const std::string& folder);

/// The steps of `test` and, unless it is raw, one more that waits for its outcome; JSON lines.
/// REQUIRES: it has steps.
std::string stepsOf(const Case& test);

}  // namespace kiosk::conformance
