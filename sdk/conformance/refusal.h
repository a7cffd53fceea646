#pragma once
// The oracle's part for apps that a host does not take in: it says so, once, with a stable code,
// and nothing else happens.

#include <optional>
#include <string>
#include <vector>

#include "sdk/conformance/oracle.h"

namespace kiosk::conformance {

/// The code of the refusal that the host told, made printable; none when it told none.
std::optional<std::string> refusedCode(const RunRecord& run);

/// What departs from a refusal as `expect` promises it, but for its code: the host told no or more
/// than one, or anything besides (a start, a call, an end), in other words than promised, left with
/// another status than that of a refusal, or what is installed has changed.
std::vector<std::string> refusalFindings(const Expectation& expect, const RunRecord& run);

}  // namespace kiosk::conformance
