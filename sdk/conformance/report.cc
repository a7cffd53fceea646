#include "sdk/conformance/report.h"

#include <algorithm>
#include <map>
#include <set>

#include "bridge/identity/host_keys.h"
#include "runtime/base/json.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

/// Adds what the known gaps of `today` make of the runs of one case, and sets their verdicts.
void setVerdicts(const std::vector<json*>& runs, const KnownGap* gap, std::string_view today) {
  const bool allPassed = std::all_of(runs.begin(), runs.end(),
                                     [](const json* run) { return (*run)["findings"].empty(); });
  for (json* run : runs) {
    auto& findings = (*run)["findings"];
    std::string verdict = findings.empty() ? "pass" : "fail";
    if (gap != nullptr && allPassed) {
      findings.push_back("it passed, and known-gaps.json says that it does not");
      verdict = "fail";
    } else if (gap != nullptr && gap->until < today) {
      findings.push_back("its known gap was good until " + gap->until);
      verdict = "fail";
    } else if (gap != nullptr && verdict == "fail") {
      verdict = "known-gap";
    }
    (*run)["verdict"] = verdict;
  }
}

json runEntry(const CaseRun& run) {
  json entry = {{"id", run.test->id},
                {"title", run.test->title},
                {"level", run.test->level},
                {"family", run.test->family},
                {"file", run.test->file},
                {"way", run.way.name()},
                {"outcome", run.judgement.outcome},
                {"findings", run.judgement.findings}};
  if (run.judgement.tried) entry["tried"] = triedJson(*run.judgement.tried);
  return entry;
}

json gapEntry(const KnownGap& gap) {
  return {{"id", gap.id}, {"owner", gap.owner}, {"reason", gap.reason}, {"until", gap.until}};
}

json emptyCount() { return {{"pass", 0}, {"fail", 0}, {"knownGap", 0}}; }

void countRun(json& count, const std::string& verdict) {
  auto& member = count[verdict == "known-gap" ? "knownGap" : verdict];
  member = member.get<int>() + 1;
}

}  // namespace

json totalsOf(const json& runs) {
  json all = emptyCount(), families = json::object(), levels = json::array();
  for (int level = 0; level <= kLevelMax; ++level) {
    levels.push_back(emptyCount());
    levels.back()["level"] = level;
  }
  for (const auto& run : runs) {
    const auto verdict = run["verdict"].get<std::string>();
    auto& family = families[run["family"].get<std::string>()];
    if (family.is_null()) family = emptyCount();
    countRun(all, verdict);
    countRun(family, verdict);
    countRun(levels[run["level"].get<std::size_t>()], verdict);
  }
  return {{"all", all}, {"byFamily", families}, {"byLevel", levels}};
}

json levelPassedBy(const json& runs, std::string_view filter) {
  if (!filter.empty()) return nullptr;
  int firstHeldBack = kLevelMax + 1;
  std::set<int> present;
  for (const auto& run : runs) {
    const auto level = run["level"].get<int>();
    present.insert(level);
    if (run["verdict"] != "pass") firstHeldBack = std::min(firstHeldBack, level);
  }
  json passed = nullptr;
  for (const int level : present) {
    if (level < firstHeldBack) passed = level;
  }
  return passed;
}

json reportOf(const ReportHead& head, const std::vector<CaseRun>& runs,
              const std::vector<KnownGap>& gaps, std::string_view today) {
  json entries = json::array();
  std::set<std::string> tiers;
  for (const auto& run : runs) {
    entries.push_back(runEntry(run));
    tiers.insert(run.way.tier);
  }
  std::map<std::string, std::vector<json*>> byId;
  for (auto& entry : entries) byId[entry["id"].get<std::string>()].push_back(&entry);
  json knownGaps = json::array();
  for (auto& [id, ofCase] : byId) {
    const auto gap = std::find_if(gaps.begin(), gaps.end(),
                                  [&, name = id](const KnownGap& one) { return one.id == name; });
    const bool isGap = gap != gaps.end();
    setVerdicts(ofCase, isGap ? &*gap : nullptr, today);
    if (isGap) knownGaps.push_back(gapEntry(*gap));
  }
  return {{"format", kReportFormat},
          {"suite", {{"digest", head.suiteDigest}, {"cases", head.suiteCases}}},
          {"host", {{"name", "kiosk"}, {"version", head.hostVersion}}},
          {"engine", {{"name", "V8"}, {"version", head.engineVersion}}},
          {"tiers", tiers},
          {"seed", head.seed},
          {"level", head.level},
          {"filter", head.filter},
          {"knownGaps", knownGaps},
          {"totals", totalsOf(entries)},
          {"levelPassed", levelPassedBy(entries, head.filter)},
          {"runs", std::move(entries)}};
}

std::string signedTextOf(std::string_view reportHashHex) {
  return "kiosk conformance report v1\n" + std::string(reportHashHex) + "\n";
}

std::string signReport(std::string_view report, const Ed25519Key& key) {
  const auto hash = sha256Hex(report);
  const json signature = {
      {"report", hash},
      {"publicKey", toBase64Url(bytesOf(key.publicKey()))},
      {"signature", toBase64Url(bytesOf(key.sign(bytesOf(signedTextOf(hash)))))},
      {"signer", bridge::keyIdOf(key.publicKey())}};
  return canonicalJson(signature).value();
}

std::string measuredOf(const std::vector<CaseRun>& runs, std::string_view today) {
  json entries = json::array();
  for (const auto& run : runs) {
    entries.push_back({{"id", run.test->id},
                       {"way", run.way.name()},
                       {"ms", run.ms},
                       {"peakKiB", run.peakKiB},
                       {"evidence", run.judgement.evidence}});
  }
  return dumpJson({{"today", today}, {"runs", entries}}) + "\n";
}

}  // namespace kiosk::conformance
