#pragma once
// The files of a folder that go into a package.

#include <string>

#include "runtime/package/archive.h"

namespace kiosk {

/// Reads every file below `directory` but those whose name starts with a dot, `node_modules` and
/// `*.ma`. Reading stops at the first bound that is passed.
/// Errors: NotFound         no such folder.
///         PackageBadZip    a link, a device, or a name that a package may not have.
///         PackageTooLarge  more files or bytes than a package may have.
///         PolicyRefused    a file is a private key of `kiosk keygen`.
///         HostError        a file cannot be read.
Result<FileMap> readFolder(const std::string& directory);

}  // namespace kiosk
