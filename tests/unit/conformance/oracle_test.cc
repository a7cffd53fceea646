// Goal: the oracle finds every way in which a run can depart from its promise. Method: recorded
// streams of events that keep it, and each with one departure; a table of them, so that a judge
// that always agrees fails each row.

#include "sdk/conformance/oracle.h"

#include <doctest/doctest.h>

#include <functional>

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr const char* kPaidCase = R"(/*---
id: PAY-901
title: an order is paid when the user agrees
level: 5
grants: ask
steps: [ { tap: Pay }, { consent: grant } ]
expect:
  outcome: ok
  logs: paid
  host: { consentsAsked: 1, paymentsAsked: 1, callsOk: 1, calls: [payments.request ok] }
---*/
)";
constexpr const char* kSpinCase = R"(/*---
id: LIM-901
title: a turn that never ends is ended
level: 3
raw: true
expect: { ended: cpu, detail: spinForEver, withinMs: 5000 }
---*/
)";
constexpr const char* kErrorCase = R"(/*---
id: BRG-901
title: an unknown method is refused
level: 2
expect: { error: method_not_found, view: refused, host: { callsOk: 0 } }
---*/
)";

Case caseOf(const char* text) {
  auto test = readCase("guest/case.js", text);
  REQUIRE_MESSAGE(test, test.error().message);
  return *std::move(test);
}

json logEvent(const std::string& text) { return {{"event", "log"}, {"text", text}}; }
json startEvent() { return {{"event", "started"}}; }
json endEvent(const std::string& reason, const std::string& detail = "") {
  return {{"event", "ended"}, {"reason", reason}, {"detail", detail}};
}

RunRecord recordOf(std::vector<json> events, int status) {
  RunRecord run;
  run.events = std::move(events);
  run.exitStatus = status;
  run.ms = 900;
  return run;
}

RunRecord paidRun() {
  return recordOf({startEvent(),
                   {{"event", "consent"}, {"permission", "payments.charge"}},
                   {{"event", "call"}, {"method", "payments.request"}, {"outcome", "ok"}},
                   logEvent("it is paid"),
                   logEvent("@case ok"),
                   endEvent("closed")},
                  0);
}

RunRecord spinRun() {
  return recordOf({startEvent(), endEvent("cpu", "at spinForEver (app.js:2:3)")}, 1);
}

RunRecord errorRun() {
  return recordOf({startEvent(),
                   {{"event", "view"}, {"text", "it was refused"}},
                   {{"event", "call"}, {"method", "x.y"}, {"outcome", "method_not_found"}},
                   logEvent("@case error method_not_found: there is no such method"),
                   endEvent("closed")},
                  0);
}

/// One way to depart, and what the oracle must find then.
struct Departure {
  const char* what;
  std::function<void(RunRecord&)> depart;
  const char* finding;
};

const std::vector<Departure>& commonDepartures() {
  static const std::vector<Departure> departures = {
      {"no end", [](RunRecord& run) { run.events.pop_back(); }, "told no end"},
      {"two ends", [](RunRecord& run) { run.events.push_back(run.events.back()); }, "one end"},
      {"two starts", [](RunRecord& run) { run.events.insert(run.events.begin(), startEvent()); },
       "one start"},
      {"talk after the end", [](RunRecord& run) { run.events.push_back(logEvent("still here")); },
       "after the end"},
      {"another reason", [](RunRecord& run) { run.events.back()["reason"] = "crashed"; },
       "crashed"},
      {"a dead host",
       [](RunRecord& run) {
         run.exitStatus.reset();
         run.signal = 11;
       },
       "died of signal 11"},
      {"a hung host", [](RunRecord& run) { run.timedOut = true; }, "hung"},
      {"a status of its own", [](RunRecord& run) { run.exitStatus = 3; }, "status 3"},
      {"a process left", [](RunRecord& run) { run.leftBehind = {"kiosk-guest"}; },
       "left behind: kiosk-guest"},
      {"stray output", [](RunRecord& run) { run.strayLines = 1; }, "no events"},
      {"too much output", [](RunRecord& run) { run.outputCut = true; }, "more than is kept"}};
  return departures;
}

bool finds(const Judgement& judgement, const std::string& text) {
  for (const auto& finding : judgement.findings) {
    if (finding.find(text) != std::string::npos) return true;
  }
  return false;
}

void checkEach(const char* text, const RunRecord& right, const std::vector<Departure>& more) {
  const Case test = caseOf(text);
  const Way way{"jit", false};
  const auto kept = judge(test, way, right);
  REQUIRE_MESSAGE(kept.findings.empty(), kept.findings.front());
  for (const auto* departures : {&commonDepartures(), &more}) {
    for (const auto& departure : *departures) {
      CAPTURE(departure.what);
      RunRecord run = right;
      departure.depart(run);
      CHECK(finds(judge(test, way, run), departure.finding));
    }
  }
}

TEST_CASE("oracle: each single departure from a kept promise of an outcome is found") {
  checkEach(
      kPaidCase, paidRun(),
      {{"no consent", [](RunRecord& run) { run.events.erase(run.events.begin() + 1); },
        "consentsAsked is 0, not 1"},
       {"asked twice",
        [](RunRecord& run) { run.events.insert(run.events.begin() + 1, run.events[1]); },
        "consentsAsked is 2, not 1"},
       {"no payment", [](RunRecord& run) { run.events[2]["outcome"] = "permission_denied"; },
        "paymentsAsked is 0, not 1"},
       {"another call", [](RunRecord& run) { run.events[2]["method"] = "payments.refund"; },
        "calls is [\"payments.refund ok\"]"},
       {"a call more",
        [](RunRecord& run) { run.events.insert(run.events.begin() + 2, run.events[2]); },
        "callsOk is 2, not 1"},
       {"no log", [](RunRecord& run) { run.events[3]["text"] = "nothing"; }, "nothing in logs"},
       {"no word of the case", [](RunRecord& run) { run.events.erase(run.events.begin() + 4); },
        "ok wanted, but: nothing"},
       {"an assertion",
        [](RunRecord& run) { run.events[4]["text"] = "@case error AssertionFailed: no"; },
        "ok wanted, but: error AssertionFailed"},
       {"a step undone", [](RunRecord& run) { run.exitStatus = 1; }, "status 1 after closed"}});
}

TEST_CASE("oracle: each single departure from a promised end is found") {
  checkEach(kSpinCase, spinRun(),
            {{"another function", [](RunRecord& run) { run.events.back()["detail"] = "at once"; },
              "lacks \"spinForEver\""},
             {"too late", [](RunRecord& run) { run.ms = 5001; }, "longer than 5000 ms"},
             {"a good status", [](RunRecord& run) { run.exitStatus = 0; }, "status 0 after cpu"}});
}

TEST_CASE("oracle: each single departure from a promised error is found") {
  checkEach(
      kErrorCase, errorRun(),
      {{"another code", [](RunRecord& run) { run.events[3]["text"] = "@case error timeout: late"; },
        "error method_not_found wanted, but: error timeout"},
       {"no error", [](RunRecord& run) { run.events[3]["text"] = "@case ok"; }, "but: ok"},
       {"carried out", [](RunRecord& run) { run.events[2]["outcome"] = "ok"; },
        "callsOk is 1, not 0"},
       {"not shown", [](RunRecord& run) { run.events[1]["text"] = ""; }, "nothing in view"}});
}

TEST_CASE("oracle: a case that says ok proves nothing when its host tells no end") {
  const auto judgement =
      judge(caseOf(kPaidCase), {"jit", false}, recordOf({logEvent("@case ok")}, 0));
  CHECK(judgement.outcome == "ok");
  CHECK(finds(judgement, "told no end"));
}

TEST_CASE("oracle: a run from a template that there was none of is found, but for broken apps") {
  RunRecord run = errorRun();
  run.errorText = "kiosk: no app template, opened from the zygote\n";
  CHECK(finds(judge(caseOf(kErrorCase), {"jit", true}, run), "not opened from a template"));
  CHECK(judge(caseOf(kErrorCase), {"jit", false}, run).findings.empty());
}

TEST_CASE("oracle: findings hold no times, so that two runs give the same text") {
  RunRecord run = spinRun();
  run.ms = 7000;
  const auto first = judge(caseOf(kSpinCase), {"jit", false}, run);
  run.ms = 8123;
  CHECK(judge(caseOf(kSpinCase), {"jit", false}, run).findings == first.findings);
}

}  // namespace
}  // namespace kiosk::conformance
