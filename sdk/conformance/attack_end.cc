// What a run on another host says of a case: whether it succeeded as an attack.

#include <algorithm>

#include "sdk/conformance/against.h"

namespace kiosk::conformance {
namespace {

constexpr auto kEngineFamilies =
    std::to_array<std::string_view>({"cpu", "mem", "stack", "realm", "time"});
/// Ends by which a host says that it enforced a limit.
constexpr auto kLimitEnds =
    std::to_array<std::string_view>({"ended cpu", "ended heap", "ended memory", "ended timeout"});
constexpr std::string_view kBroken = "error AssertionFailed";

bool toldEnd(const RunRecord& run) {
  return std::any_of(run.events.begin(), run.events.end(), [](const auto& event) {
    const auto name = event.find("event");
    return name != event.end() && *name == "ended";
  });
}

/// A finding about the host's side: a fact, or a log line that is not as promised.
bool isOfHost(const std::string& finding) {
  return isHostFact(finding.substr(0, finding.find(' '))) || finding.starts_with("nothing in log");
}

}  // namespace

std::string_view attackEndName(AttackEnd end) {
  switch (end) {
    case AttackEnd::Succeeded:
      return "succeeded";
    case AttackEnd::Held:
      return "held";
    case AttackEnd::Unclear:
      break;
  }
  return "unclear";
}

AttackEnd attackEnd(const Case& test, const RunRecord& run) {
  // Without a word of the end the app has hung its host, killed it or left in its name; only that
  // of a driver which was not given the time for it nothing is known.
  if (!toldEnd(run)) return run.timedOut ? AttackEnd::Unclear : AttackEnd::Succeeded;
  const auto judgement = judge(test, Way{}, run);
  const auto& outcome = judgement.outcome;
  const auto& expect = test.expect;
  const auto kind = expect.kind;
  const bool asPromised =
      kind == Expectation::Kind::Ok
          ? outcome == "ok"
          : outcome == (kind == Expectation::Kind::Error ? "error " : "ended ") + expect.what;
  if (asPromised) {
    const auto& findings = judgement.findings;
    return std::any_of(findings.begin(), findings.end(), isOfHost) ? AttackEnd::Succeeded
                                                                   : AttackEnd::Held;
  }
  if (kind == Expectation::Kind::Ended) {
    if (outcome == "ended closed") return AttackEnd::Succeeded;
    const bool isLimit =
        std::find(kLimitEnds.begin(), kLimitEnds.end(), outcome) != kLimitEnds.end();
    return isLimit ? AttackEnd::Held : AttackEnd::Unclear;
  }
  const bool done = kind == Expectation::Kind::Ok ? outcome == kBroken : outcome == "ok";
  return done ? AttackEnd::Succeeded : AttackEnd::Unclear;
}

bool isTried(const Case& test, const Opponent& opponent) {
  if (opponent.proves) return test.naiveControl;
  return std::find(kEngineFamilies.begin(), kEngineFamilies.end(), test.family) !=
         kEngineFamilies.end();
}

}  // namespace kiosk::conformance
