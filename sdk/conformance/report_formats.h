#pragma once
// What is made of a report for others to read, beside report.json. Each is a function of the
// report and of who signed it, so `render` makes the same bytes again.
//
//   junit.xml      for build servers
//   report.sarif   SARIF 2.1.0, for code scanning and its viewers
//   report.html    for people: one page, no script, nothing loaded, English and Russian

#include <nlohmann/json.hpp>
#include <string>

namespace kiosk::conformance {

/// Which bytes a report has, and who signed them.
struct ReportSeal {
  std::string hash;    ///< SHA-256 of report.json, hex
  std::string signer;  ///< id of the key that signed it; empty: it is not signed
};

/// junit.xml. REQUIRES, here and below: `report` was made by `reportOf` or found sound.
std::string junitOf(const nlohmann::json& report);

/// report.sarif: one rule for each case, one result for each run; a known gap is a suppression.
std::string sarifOf(const nlohmann::json& report);

/// report.html.
std::string htmlOf(const nlohmann::json& report, const ReportSeal& seal);

}  // namespace kiosk::conformance
