#include "sdk/conformance/package_spec.h"

#include "sdk/conformance/package_changes.h"
#include "sdk/conformance/package_every.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

/// Reads the member `name`; what is wrong with it, or empty.
std::string readSpecMember(const std::string& name, const json& value, PackageSpec& spec) {
  if (name == "change") return spec.changes = value, changesProblem(value);
  if (name == "door") {
    if (value != "run" && value != "install" && value != "load") {
      return "has a door other than run, install and load";
    }
    spec.door = value == "run"    ? PackageDoor::Run
                : value == "load" ? PackageDoor::Load
                                  : PackageDoor::Install;
    return "";
  }
  if (name == "trust") {
    if (!value.is_array()) return "has a trust that is no list of keys";
    spec.trust.clear();
    for (const auto& key : value) spec.trust.push_back(scalarText(key).value_or(""));
    return "";
  }
  if (name == "installed") {
    spec.installed = value;
    if (!value.is_object()) return "has an installed that is no map";
    for (const auto& [key, member] : value.items()) {
      const bool known =
          (key == "manifest" && member.is_object()) || (key == "key" && member.is_string());
      if (!known) return "has an installed of more than a manifest and a key";
    }
    return "";
  }
  if (name != "every") return "knows no \"" + name + "\"";
  spec.every = scalarText(value).value_or("");
  return isVariantKind(spec.every) ? "" : "has an every that is none of its kinds";
}

}  // namespace

std::optional<PackageSpec> readPackageSpec(CaseFields& fields) {
  if (fields.find("package") == nullptr) return std::nullopt;
  PackageSpec spec;
  const auto given = fields.map("package");
  for (const auto& [name, value] : given.items()) {
    const auto problem = readSpecMember(name, value, spec);
    if (!problem.empty()) fields.fail("package", problem);
  }
  if (!spec.installed.is_null() && spec.door == PackageDoor::Run) {
    fields.fail("package", "has something installed, and a door that does not look there");
  }
  return spec;
}

}  // namespace kiosk::conformance
