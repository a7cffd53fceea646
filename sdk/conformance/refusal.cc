#include "sdk/conformance/refusal.h"

#include "runtime/base/encoding.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr std::size_t kRefusalCodeBytesMax = 64;
/// Of a host that refused a package: docs/conformance.md.
constexpr int kRefusedStatus = 2;

}  // namespace

std::optional<std::string> refusedCode(const RunRecord& run) {
  for (const auto& event : run.events) {
    if (eventText(event, "event") != "refused") continue;
    return printable(eventText(event, "code"), kRefusalCodeBytesMax);
  }
  return std::nullopt;
}

std::vector<std::string> refusalFindings(const Expectation& expect, const RunRecord& run) {
  std::vector<std::string> findings;
  std::size_t told = 0;
  bool worded = !expect.detail.has_value(), more = false;
  for (const auto& event : run.events) {
    if (eventText(event, "event") != "refused") {
      more = true;
      continue;
    }
    ++told;
    worded = worded || eventText(event, "detail").find(*expect.detail) != std::string::npos;
  }
  if (told == 0) findings.push_back("the host told no refusal");
  if (told > 1) findings.push_back("the host told more than one refusal");
  if (more) findings.push_back("the host told something besides the refusal");
  if (!worded) findings.push_back("the refusal's detail lacks \"" + *expect.detail + "\"");
  if (run.exitStatus && *run.exitStatus != kRefusedStatus) {
    findings.push_back("the host left with status " + std::to_string(*run.exitStatus) +
                       " and not that of a refusal");
  }
  if (run.installedChanged) findings.push_back("what is installed has changed");
  return findings;
}

}  // namespace kiosk::conformance
