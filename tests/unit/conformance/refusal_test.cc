// Goal: a refusal is believed only when the host tells it, once, with the promised code, and does
// nothing else. Method: one record that keeps the promise, and each with one departure.

#include "sdk/conformance/refusal.h"

#include <doctest/doctest.h>

#include <functional>

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr const char* kRefusedCase = R"(/*---
id: SIG-901
title: an unsigned package is refused
level: 0
package: { change: [ block: { form: none } ] }
expect: { refused: package.unsigned, detail: not signed }
---*/
)";

json refusedEvent(const std::string& code) {
  return {{"event", "refused"}, {"code", code}, {"detail", "the package is not signed"}};
}

RunRecord refusedRun() {
  RunRecord run;
  run.events = {refusedEvent("package.unsigned")};
  run.exitStatus = 2;
  return run;
}

/// The findings of a run that departs from a refusal as `depart` makes it, in one text.
std::string findingsOf(const std::function<void(RunRecord&)>& depart) {
  const auto test = readCase("sig/case.js", kRefusedCase);
  REQUIRE_MESSAGE(test, test.error().message);
  RunRecord run = refusedRun();
  depart(run);
  std::string text;
  for (const auto& finding : judge(*test, waysOf(*test).front(), run).findings) {
    text += finding + "\n";
  }
  return text;
}

bool refusalFinds(const std::function<void(RunRecord&)>& depart, const std::string& finding) {
  return findingsOf(depart).find(finding) != std::string::npos;
}

TEST_CASE("refusal: each single departure from a promised refusal is found") {
  CHECK(findingsOf([](RunRecord&) {}).empty());
  CHECK(refusalFinds([](RunRecord& run) { run.events.clear(); }, "told no refusal"));
  CHECK(refusalFinds([](RunRecord& run) { run.events.clear(); }, "wanted, but: nothing"));
  CHECK(refusalFinds([](RunRecord& run) { run.events.push_back(run.events[0]); }, "more than one"));
  CHECK(refusalFinds([](RunRecord& run) { run.events[0]["code"] = "package.bad_zip"; },
                     "refused package.unsigned wanted, but: refused package.bad_zip"));
  CHECK(
      refusalFinds([](RunRecord& run) { run.events[0]["detail"] = "no"; }, "lacks \"not signed\""));
  for (const char* other : {"started", "ended", "call", "log"}) {
    CHECK(refusalFinds(
        [&](RunRecord& run) {
          run.events.push_back({{"event", other}});
        },
        "besides"));
  }
  CHECK(refusalFinds([](RunRecord& run) { run.exitStatus = 0; }, "status 0"));
  CHECK(refusalFinds([](RunRecord& run) { run.exitStatus = 1; }, "status 1"));
  CHECK(refusalFinds([](RunRecord& run) { run.installedChanged = true; }, "installed has changed"));
  CHECK(refusalFinds([](RunRecord& run) { run.leftBehind = {"kiosk-guest"}; }, "left behind"));
  CHECK(refusalFinds([](RunRecord& run) { run.strayLines = 1; }, "no events"));
  CHECK(refusalFinds([](RunRecord& run) { run.timedOut = true; }, "hung"));
  CHECK(refusalFinds([](RunRecord& run) { run.signal = 6, run.exitStatus.reset(); }, "signal 6"));
}

TEST_CASE("refusal: an app that runs in spite of a promised refusal is told as what it did") {
  const auto test = readCase("sig/case.js", kRefusedCase);
  REQUIRE(test);
  RunRecord run;
  run.events = {{{"event", "started"}},
                {{"event", "log"}, {"text", "@case ok"}},
                {{"event", "ended"}, {"reason", "closed"}}};
  run.exitStatus = 0;
  const auto judgement = judge(*test, waysOf(*test).front(), run);
  CHECK(judgement.outcome == "ok");
  CHECK_FALSE(judgement.findings.empty());
}

TEST_CASE("refusal: a case that promises none fails when its app is refused") {
  const auto test =
      readCase("guest/a.js", "/*---\nid: A-001\ntitle: x\nlevel: 0\nexpect: ok\n---*/\n");
  REQUIRE(test);
  const auto judgement = judge(*test, {"jit", false}, refusedRun());
  CHECK(judgement.outcome == "refused package.unsigned");
  CHECK_FALSE(judgement.findings.empty());
}

}  // namespace
}  // namespace kiosk::conformance
