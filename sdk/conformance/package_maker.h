#pragma once
// Makes the signed package of a case, spoilt as the case says. All of it is written here, by no
// function that a host reads packages with, so that what a host refuses can be made at all. The
// same files and changes give the same bytes: keys, time and form are fixed, nothing is packed
// unless a change says so.

#include <kiosk/result.h>

#include <nlohmann/json.hpp>
#include <string>

#include "runtime/package/archive.h"

namespace kiosk::conformance {

/// The `.ma` of `files`, with `changes` (a list that changesProblem accepts).
/// Errors: InvalidParams   a change does not fit the package.
Result<std::string> makePackage(const FileMap& files, const nlohmann::json& changes);

}  // namespace kiosk::conformance
