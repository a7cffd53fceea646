#pragma once
// Reads and checks manifest.json. docs/manifest.md is its reference for people.

#include <kiosk/package.h>

#include "runtime/package/archive.h"

namespace kiosk {

/// The API level that this host implements; a manifest that asks for more is refused.
constexpr std::int64_t kPlatformCode = 1;

enum class ManifestRules : std::uint8_t {
  Published,    ///< everything that docs/manifest.md demands
  Development,  ///< the same, but `operator` and `icons` may be absent
};

/// Reads `manifest.json` of `files` and holds what it says against them.
///
/// Errors: PackageManifestInvalid   each mistake as `/path/of/field: what is wrong; what is
/// allowed`, up
///                                  to 10 of them divided by `; and `.
///         VersionTooOld            `platform_version.min_code` is beyond what this host
///         implements.
Result<Manifest> parseManifest(const FileMap& files, ManifestRules rules);

}  // namespace kiosk
