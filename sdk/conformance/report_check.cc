#include "sdk/conformance/report_check.h"

#include <array>
#include <functional>
#include <set>

#include "bridge/identity/host_keys.h"
#include "runtime/base/json.h"
#include "sdk/conformance/report.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr JsonBounds kReportBounds{
    .bytesMax = kReportBytesMax, .depthMax = 8, .valuesMax = 4'000'000};
constexpr JsonBounds kSignatureBounds{.bytesMax = 4096, .depthMax = 2, .valuesMax = 16};

/// A member of an object, and what it must be.
struct MemberRule {
  const char* name;
  bool (json::*is)() const noexcept;
};
using IsKind = bool (json::*)() const noexcept;
constexpr IsKind kText = &json::is_string, kNumber = &json::is_number_unsigned,
                 kList = &json::is_array, kMap = &json::is_object;

/// Whether `object` has the members of `rules` and no other; but for one more, if `more` is 1.
template <std::size_t N>
bool hasMembers(const json& object, const std::array<MemberRule, N>& rules, std::size_t more = 0) {
  if (!object.is_object() || object.size() != N + more) return false;
  for (const auto& rule : rules) {
    const auto found = object.find(rule.name);
    if (found == object.end() || !((*found).*rule.is)()) return false;
  }
  return true;
}

constexpr std::array<MemberRule, 10> kReportMembers{{{"format", kText},
                                                     {"suite", kMap},
                                                     {"host", kMap},
                                                     {"engine", kMap},
                                                     {"tiers", kList},
                                                     {"seed", kNumber},
                                                     {"level", kNumber},
                                                     {"filter", kText},
                                                     {"totals", kMap},
                                                     {"runs", kList}}};
constexpr std::array<MemberRule, 8> kRunMembers{{{"id", kText},
                                                 {"title", kText},
                                                 {"level", kNumber},
                                                 {"family", kText},
                                                 {"way", kText},
                                                 {"outcome", kText},
                                                 {"verdict", kText},
                                                 {"findings", kList}}};
constexpr std::array<MemberRule, 4> kSignatureMembers{
    {{"report", kText}, {"publicKey", kText}, {"signature", kText}, {"signer", kText}}};

/// What is wrong with one run of a report; empty when nothing is.
std::string runProblem(const json& run, int level) {
  const auto counted = run.is_object() ? run.find("tried") : run.end();
  const bool isCounted = run.is_object() && counted != run.end();
  if (!hasMembers(run, kRunMembers, isCounted ? 1 : 0)) return "a run has not the members of a run";
  const auto id = run["id"].get<std::string>();
  if (run["level"].get<std::uint64_t>() > static_cast<std::uint64_t>(level)) {
    return id + " is above the level of the report";
  }
  for (const auto& finding : run["findings"]) {
    if (!finding.is_string()) return id + " has a finding that is no text";
  }
  const auto verdict = run["verdict"].get<std::string>();
  const bool known = verdict == "pass" || verdict == "fail" || verdict == "known-gap";
  if (!known || (verdict == "pass") != run["findings"].empty()) {
    return id + " has a verdict that does not go with its findings";
  }
  if (!isCounted) return "";
  const auto tried = readTried(*counted);
  if (!tried) return id + " has a count that is none";
  if (verdict == "pass" && !mayPass(*tried)) {
    return id + " passed though not all that it tried went as promised";
  }
  return "";
}

/// What the runs with a count tried together; empty when there is none.
std::string countedLine(const json& runs) {
  std::size_t count = 0, variants = 0;
  for (const auto& run : runs) {
    if (!run.contains("tried")) continue;
    ++count;
    variants += readTried(run["tried"])->count;
  }
  if (count == 0) return "";
  return "what passed went as promised in all variants: " + std::to_string(variants) + " in " +
         std::to_string(count) + " runs";
}

/// The first problem of the form; empty when there is none.
std::string formProblem(const json& report) {
  if (!hasMembers(report, kReportMembers, 1) || !report.contains("levelPassed")) {
    return "it has not the members of a report";
  }
  if (report["format"] != kReportFormat) return "it is of another format";
  if (report["level"].get<std::uint64_t>() > kLevelMax) return "its level is none";
  std::pair<std::string, std::size_t> before;
  std::string way;
  std::set<std::string> ways;
  for (const auto& run : report["runs"]) {
    auto problem = runProblem(run, report["level"].get<int>());
    if (!problem.empty()) return problem;
    const auto id = run["id"].get<std::string>();
    if (id < before.first) return id + " is not in the order of ids";
    if (id != before.first) ways.clear();
    if (!ways.insert(run["way"].get<std::string>()).second) return id + " has a way twice";
    before.first = id;
  }
  return "";
}

/// Checks report.sig.json against the bytes of the report; the problem, or empty with `who`.
std::string signatureProblem(std::string_view report, std::string_view text,
                             const std::optional<std::string>& publicKey, std::string& who) {
  const auto given = parseJson(text, kSignatureBounds);
  if (!given || !hasMembers(*given, kSignatureMembers)) return "the signature is not well-formed";
  const auto hash = sha256Hex(report);
  if ((*given)["report"] != hash) return "the signature is of another report";
  const auto named = fromBase64Url((*given)["publicKey"].get<std::string>());
  const auto signature = fromBase64Url((*given)["signature"].get<std::string>());
  if (!named || !signature) return "the signature is not well-formed";
  if (publicKey && *publicKey != *named) return "it is signed by another key than the one given";
  who = bridge::keyIdOf(*named);
  if ((*given)["signer"] != who) return "the signature names another signer than its key";
  if (!ed25519Verify(bytesOf(*named), bytesOf(signedTextOf(hash)), bytesOf(*signature))) {
    return "the signature does not hold";
  }
  return "";
}

}  // namespace

ReportCheck checkReport(std::string_view report, const std::optional<std::string>& signature,
                        const std::optional<std::string>& publicKey) {
  ReportCheck check;
  const auto parsed = parseJson(report, kReportBounds);
  if (!parsed) return check.problem = "it is not JSON: " + parsed.error().message, check;
  const auto canonical = canonicalJson(*parsed);
  if (!canonical || *canonical != report) {
    return check.problem = "it is not in canonical form (RFC 8785)", check;
  }
  check.held.push_back("canonical form (RFC 8785)");
  if (check.problem = formProblem(*parsed); !check.sound()) return check;
  const auto& runs = (*parsed)["runs"];
  check.held.push_back("each verdict goes with its findings: " + std::to_string(runs.size()) +
                       " runs");
  if (auto line = countedLine(runs); !line.empty()) check.held.push_back(std::move(line));
  if ((*parsed)["totals"] != totalsOf(runs)) {
    return check.problem = "its totals are not those of its runs", check;
  }
  const auto filter = (*parsed)["filter"].get<std::string>();
  if ((*parsed)["levelPassed"] != levelPassedBy(runs, filter)) {
    return check.problem = "the level passed is not that of its runs", check;
  }
  check.held.push_back("totals and level passed, computed again");
  if (!signature) {
    if (publicKey) check.problem = "it is not signed";
    return check;
  }
  std::string who;
  check.problem = signatureProblem(report, *signature, publicKey, who);
  if (!check.sound()) return check;
  check.held.push_back("signature of the key " + who +
                       (publicKey ? ", the one given" : "; nothing says whose key that is"));
  return check;
}

}  // namespace kiosk::conformance
