#pragma once
// Names of the files in a package: relative paths in UTF-8 with `/`.
//
// A package is never unpacked by the host, but partners, reviewers and stores do unpack it, on
// every system there is; so a name is refused that any of them would read differently, or not at
// all.

#include <kiosk/result.h>

#include <string>
#include <string_view>

namespace kiosk {

constexpr std::size_t kNameBytesMax = 255;

/// Checks one name: UTF-8, at most 255 bytes, segments that are not empty and neither start with
/// `.` nor end with `.` or a space, no drive, no backslash, none of the code points that W3C
/// MiniApp Packaging forbids, no combining marks (a name has one spelling: composed), no device
/// names. Errors: PackageBadZip   the message says which rule, and what to do.
Result<void> checkName(std::string_view name);

/// What two names share when a file system that ignores case takes them for one. `name` passed
/// checkName.
std::string foldedName(std::string_view name);

}  // namespace kiosk
