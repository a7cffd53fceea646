#pragma once
// All packages that differ from a sound one in one small thing, each tried with the reader that
// hosts read packages with, in one process: a package of two thousand bytes has sixteen thousand
// bits, too many for a host each.

#include <kiosk/result.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sdk/conformance/oracle.h"

namespace kiosk::conformance {

/// A package of which every variant is tried is no larger, and so many accepted ones are named.
inline constexpr std::size_t kEveryBytesMax = 64 << 10;
inline constexpr std::size_t kAcceptedNamedMax = 16;

/// Kinds: bitflip (each bit), truncation (each end cut off), beheading (each beginning cut off),
/// insertion (at each place the byte there once more), removal (each byte).
bool isVariantKind(std::string_view kind);

/// Whether a reader accepts a package; the words of its refusal are of no matter here.
using PackageReader = std::function<bool(std::string_view package)>;

/// Tries every variant of `package` of one kind, and the package itself, which must be accepted.
/// The outcome is "refused" when all variants were; each that was not is named by its place.
/// REQUIRES: isVariantKind(kind).
Judgement tryEvery(std::string_view kind, const std::string& package, const PackageReader& accepts);

}  // namespace kiosk::conformance
