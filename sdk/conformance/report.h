#pragma once
// The report: what was run and what came of it, as bytes that a second run of the same suite with
// the same program and seed gives again. docs/conformance.md has an annotated one.
//
//   report.json       RFC 8785 canonical JSON, no line break after it
//   report.sig.json   {"publicKey","report","signature","signer"}, canonical JSON:
//     report          SHA-256 of report.json, hex
//     signature       Ed25519, base64url, over "kiosk conformance report v1\n<report>\n"
//     publicKey       32 bytes, base64url; `signer` is its id, as of a package's signer
//   measured.json     times, memory and what cases said: differs from run to run
//
// report_formats.h makes junit.xml, report.sarif and report.html of it.

#include <kiosk/result.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/crypto.h"
#include "sdk/conformance/case_run.h"

namespace kiosk::conformance {

inline constexpr std::string_view kReportFormat = "kiosk-conformance-report/1";
inline constexpr std::size_t kReportBytesMax = 64 << 20;

/// What a report says of the run as a whole.
struct ReportHead {
  std::string suiteDigest, hostVersion, engineVersion;
  std::size_t suiteCases = 0;
  std::uint64_t seed = 0;  ///< below 2^53
  int level = kLevelMax;   ///< the highest that was asked for
  std::string filter;      ///< empty: none
};

/// The report of `runs`, which are judged finally: known gaps on the day `today`, YYYY-MM-DD.
nlohmann::json reportOf(const ReportHead& head, const std::vector<CaseRun>& runs,
                        const std::vector<KnownGap>& gaps, std::string_view today);

/// The members `totals` and `levelPassed` that go with a report's `runs` and `filter`.
///
/// A level is passed when each run of it and of every level below it passed, and it has one; a
/// report of a part of the suite (a filter) passes none.
/// REQUIRES: the runs have the members of a report's.
nlohmann::json totalsOf(const nlohmann::json& runs);
nlohmann::json levelPassedBy(const nlohmann::json& runs, std::string_view filter);

/// report.sig.json for the bytes of a report.
std::string signReport(std::string_view report, const Ed25519Key& key);

/// measured.json: times, memory and evidence of each run, in the order of the report.
std::string measuredOf(const std::vector<CaseRun>& runs, std::string_view today);

/// What `signReport` signs.
std::string signedTextOf(std::string_view reportHashHex);

}  // namespace kiosk::conformance
