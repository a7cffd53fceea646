// report.sarif, SARIF 2.1.0. Message texts come from cases and their apps: braces would be
// placeholders there (3.11.5) and brackets before a parenthesis links (3.11.6), so both are
// escaped.

#include <map>

#include "runtime/base/encoding.h"
#include "runtime/base/json.h"
#include "sdk/conformance/report_formats.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr std::size_t kSarifTextBytesMax = 4096;

std::string sarifText(const std::string& text) {
  std::string escaped;
  const auto shown = printable(text, kSarifTextBytesMax);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    if (c == '{' || c == '}') escaped += c;
    if (c == ']' && shown.compare(i, 2, "](") == 0) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// `path` as a relative URI (RFC 3986): what is not unreserved is percent-encoded, by bytes.
std::string relativeUri(const std::string& path) {
  constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (kUnreserved.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return uri;
}

json sarifRule(const json& run) {
  return {{"id", run["id"]},
          {"shortDescription", {{"text", sarifText(run["title"].get<std::string>())}}},
          {"properties", {{"level", run["level"]}, {"family", run["family"]}}}};
}

std::string sarifMessage(const json& run) {
  std::string message;
  for (const auto& finding : run["findings"]) {
    message += (message.empty() ? "" : "; ") + sarifText(finding.get<std::string>());
  }
  return message.empty() ? "The promise was kept." : message;
}

json resultOf(const json& run, std::size_t rule, const json* gap) {
  const bool passed = run["verdict"] == "pass";
  const json file = {{"uri", relativeUri(run["file"].get<std::string>())}, {"uriBaseId", "SUITE"}};
  const json place = {{"physicalLocation", {{"artifactLocation", file}}}};
  json result = {{"ruleId", run["id"]},
                 {"ruleIndex", rule},
                 {"kind", passed ? "pass" : "fail"},
                 {"level", passed ? "none" : "error"},
                 {"message", {{"text", sarifMessage(run)}}},
                 {"locations", json::array({place})},
                 {"properties", {{"way", run["way"]}, {"outcome", run["outcome"]}}}};
  if (run.contains("tried")) result["properties"]["tried"] = run["tried"];
  if (run["verdict"] == "known-gap" && gap != nullptr) {
    const auto member = [gap](const char* name) { return (*gap)[name].get<std::string>(); };
    result["suppressions"] =
        json::array({{{"kind", "external"},
                      {"status", "accepted"},
                      {"justification", member("reason")},
                      {"properties", {{"owner", member("owner")}, {"until", member("until")}}}}});
  }
  return result;
}

}  // namespace

std::string sarifOf(const json& report) {
  std::map<std::string, const json*> gaps;
  for (const auto& gap : report["knownGaps"]) gaps[gap["id"].get<std::string>()] = &gap;
  json rules = json::array(), results = json::array();
  for (const auto& run : report["runs"]) {
    if (rules.empty() || rules.back()["id"] != run["id"]) rules.push_back(sarifRule(run));
    const auto gap = gaps.find(run["id"].get<std::string>());
    results.push_back(resultOf(run, rules.size() - 1, gap == gaps.end() ? nullptr : gap->second));
  }
  const json driver = {
      {"name", report["host"]["name"]}, {"version", report["host"]["version"]}, {"rules", rules}};
  json run = {{"tool", {{"driver", driver}}},
              {"automationDetails",
               {{"id", "conformance/" + report["suite"]["digest"].get<std::string>()}}},
              {"originalUriBaseIds",
               {{"SUITE", {{"description", {{"text", "The folder of cases of the suite."}}}}}}},
              {"properties", json::object()},
              {"results", results}};
  for (const char* name : {"engine", "suite", "tiers", "seed", "level", "filter", "levelPassed"}) {
    run["properties"][name] = report[name];
  }
  return dumpJson({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", json::array({run})}}) +
         "\n";
}

}  // namespace kiosk::conformance
