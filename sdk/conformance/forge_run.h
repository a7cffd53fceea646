#pragma once
// From a case with `forge` to the host that plays it: `kiosk conformance forge`, which is not for
// people. It reads the sessions from a file of JSON lines, {"name","program"}.

#include <kiosk/result.h>

#include <string>
#include <vector>

#include "sdk/conformance/forge_case.h"

namespace kiosk::conformance {

/// Bytes of a file of sessions.
inline constexpr std::size_t kForgedFileBytesMax = 64 << 20;

/// The guest of such a case: libexec/kiosk/forger-guest beside the folder of the program. Hosts
/// never look there by themselves.
/// Errors: NotFound   there is none; the message says where it was sought.
Result<std::string> forgerProgram();

/// Writes `sessions` into the file `path`.
/// Errors: HostError   it cannot be written.
Result<void> writeForgedSessions(const std::vector<ForgedSession>& sessions,
                                 const std::string& path);

/// Reads them back; `detail` is not among what is written.
/// Errors: as readFileWhole; InvalidParams   a line is none of the above.
Result<std::vector<ForgedSession>> readForgedSessions(const std::string& path);

/// Makes of `arguments`, those of `kiosk run`, those of a host that plays the sessions in `path`.
void playForged(std::vector<std::string>& arguments, const std::string& path);

}  // namespace kiosk::conformance
