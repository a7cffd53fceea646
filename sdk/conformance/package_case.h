#pragma once
// A case about a package, made ready: the package on disk, the keys that the host trusts, what is
// installed before, and the host's arguments.

#include <kiosk/result.h>

#include <string>
#include <vector>

#include "sdk/conformance/case_file.h"
#include "sdk/conformance/oracle.h"

namespace kiosk::conformance {

/// Makes the package of `test` of the mini-app in `folder`/app and puts it where its door is; the
/// host's arguments for it, made of those for the app's folder.
///
/// REQUIRES: `test` has a package that is one.
/// Errors:
///   InvalidParams   a change does not fit the package.
///   HostError       something cannot be written.
///   package.*       what is to be installed before cannot be.
Result<std::vector<std::string>> preparePackage(const Case& test, const std::string& folder,
                                                const std::vector<std::string>& arguments);

/// What is installed below the data folder `folder`/data: a text that changes when any of it does.
std::string installedIn(const std::string& folder);

/// Tries every variant of the package of `test`, in this process.
/// REQUIRES: `test` has a package of which every variant is to be tried.
Judgement tryEveryPackage(const Case& test, const std::string& folder);

}  // namespace kiosk::conformance
