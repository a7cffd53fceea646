#pragma once
// kiosk conformance --against HOST: the suite's cases on another host.

#include <string>
#include <vector>

#include "sdk/conformance/against.h"
#include "sdk/conformance/suite.h"

namespace kiosk::cli {

/// What `--against` is given.
struct AgainstArguments {
  std::string opponent;  ///< a name of conformance::kOpponents
  std::string node = "node";
  std::string modules = ".";
  std::string out;  ///< folder for against.json, with those above it
  unsigned jobs = 1;
};

/// Tries those of `wanted`, cases of the suite in `folder`, that `given.opponent` takes; prints a
/// table by family and writes against.json.
///
/// Returns kExitFailed when the opponent proves the suite's controls and one of them did not
/// succeed as an attack.
/// Errors: as conformance::runAttacks, and NotFound when no case is tried.
Result<int> tryAgainst(const AgainstArguments& given, const conformance::AppParts& parts,
                       const std::string& folder,
                       const std::vector<const conformance::Case*>& wanted);

}  // namespace kiosk::cli
