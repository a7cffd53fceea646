// junit.xml, the form that build servers read. Texts come from cases and their apps, so all of them
// are escaped.

#include <map>

#include "sdk/conformance/markup.h"
#include "sdk/conformance/report_formats.h"

namespace kiosk::conformance {
namespace {

std::string xmlMember(const nlohmann::json& object, const char* name) {
  return markupText(object[name].get<std::string>());
}

std::string testCase(const nlohmann::json& run) {
  std::string xml = "    <testcase classname=\"" + xmlMember(run, "family") + "\" name=\"" +
                    xmlMember(run, "id") + " " + xmlMember(run, "way") + ": " +
                    xmlMember(run, "title") + "\"";
  if (run["verdict"] == "pass") return xml + "/>\n";
  std::string findings;
  for (const auto& finding : run["findings"]) {
    findings += (findings.empty() ? "" : "; ") + markupText(finding.get<std::string>());
  }
  const std::string element = run["verdict"] == "known-gap" ? "skipped" : "failure";
  return xml + ">\n      <" + element + " message=\"" + findings + "\"/>\n    </testcase>\n";
}

std::string counts(const nlohmann::json& count) {
  const int pass = count["pass"], fail = count["fail"], gap = count["knownGap"];
  return " tests=\"" + std::to_string(pass + fail + gap) + "\" failures=\"" + std::to_string(fail) +
         "\" skipped=\"" + std::to_string(gap) + "\"";
}

}  // namespace

std::string junitOf(const nlohmann::json& report) {
  std::map<std::string, std::string> families;
  for (const auto& run : report["runs"]) {
    families[run["family"].get<std::string>()] += testCase(run);
  }
  const auto& totals = report["totals"];
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"conformance\"" +
                    counts(totals["all"]) + ">\n";
  for (const auto& [family, cases] : families) {
    xml += "  <testsuite name=\"" + markupText(family) + "\"" + counts(totals["byFamily"][family]) +
           ">\n" + cases + "  </testsuite>\n";
  }
  return xml + "</testsuites>\n";
}

}  // namespace kiosk::conformance
