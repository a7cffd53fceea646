#pragma once
// What a case says about the package that a host is given of its app.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sdk/conformance/case_fields.h"

namespace kiosk::conformance {

/// How the host comes to the package.
enum class PackageDoor : std::uint8_t {
  Run,      ///< `kiosk run FILE`
  Install,  ///< `kiosk install FILE`, over what is installed before
  Load,     ///< `kiosk run APP`: it lies where the installed package of that app did
};

/// The map `package` of a case.
struct PackageSpec {
  PackageDoor door = PackageDoor::Run;
  nlohmann::json changes = nlohmann::json::array();  ///< one that changesProblem accepts
  std::vector<std::string> trust = {"developer"};    ///< keys that the host trusts
  /// What is installed before: `manifest` has members over the case's own, `key` signs it. Null:
  /// nothing, but for the door Load, which has the case's own package installed.
  nlohmann::json installed;
  std::string every;  ///< a kind of package_every.h that is tried whole; empty: one package
};

/// Reads the key `package` of a case; none when it is absent. Problems are noted in `fields`.
std::optional<PackageSpec> readPackageSpec(CaseFields& fields);

}  // namespace kiosk::conformance
