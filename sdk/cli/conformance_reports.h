#pragma once
// The files of a conformance report: written after a run, checked by `verify`, made again by
// `render`.

#include <kiosk/result.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "runtime/base/crypto.h"

namespace kiosk::cli {

/// Makes the folder `out`, with those above it. Errors: HostError   it cannot be made.
Result<void> makeReportFolder(const std::string& out);

/// Writes `report`, `measured` and what others read into the folder `out`, which is there; with
/// `key` (may be null) the signature too. Errors: HostError   a file cannot be written.
Result<void> writeReport(const std::string& out, const nlohmann::json& report,
                         const std::string& measured, const Ed25519Key* key);

/// kiosk conformance verify: says what of the report at `path` holds; the exit status. `keyPath` is
/// the public key that must have signed it.
int verifyReport(const std::string& path, const std::optional<std::string>& keyPath);

/// kiosk conformance render: junit.xml, report.sarif and report.html of the report at `path`, into
/// the folder `out`; the exit status. A report that is not sound is refused, as by `verify`.
int renderReport(const std::string& path, const std::optional<std::string>& keyPath,
                 const std::string& out);

}  // namespace kiosk::cli
