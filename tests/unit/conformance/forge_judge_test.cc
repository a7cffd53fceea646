// Goal: the oracle finds every way in which a run of forged sessions can depart from its promise.
// Method: a recorded run that keeps it, and each departure from it; a judge that always agrees
// fails each row.

#include "sdk/conformance/forge_judge.h"

#include <doctest/doctest.h>

#include <functional>

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr const char* kForgedCase = R"(/*---
id: PROTO-902
title: two forgeries end their guests
level: 2
forge: { each: [{ json: 1 }, { name: second, acts: { json: 2 }, detail: object }] }
expect: { ended: protocol, detail: message }
---*/
)";

json forgedEvent(const std::string& name, const std::string& detail) {
  return {{"event", "forged"}, {"name", name},     {"reason", "protocol"},
          {"detail", detail},  {"answered", true}, {"descriptors", 12U}};
}

RunRecord goodRun() {
  RunRecord run;
  run.events = {{{"event", "call"}, {"method", "host.info"}, {"outcome", "ok"}},
                forgedEvent("1", "a message"),
                forgedEvent("second", "a message is an object"),
                {{"event", "neighbour"}, {"reason", "closed"}, {"detail", ""}},
                {{"event", "ended"}, {"reason", "protocol"}, {"detail", "a message"}}};
  run.exitStatus = 1;
  return run;
}

Judgement judged(const RunRecord& run) {
  const auto test = readCase("proto/case.js", kForgedCase);
  REQUIRE_MESSAGE(test, test.error().message);
  auto judgement = judge(*test, {"jit", false}, run);
  judgeForged(*test, forgedSessions(*test->forge, "jit"), run, judgement);
  return judgement;
}

struct ForgedDeparture {
  const char* name;
  std::function<void(RunRecord&)> change;
  const char* finding;
  std::size_t asPromised;
};

const std::vector<ForgedDeparture>& forgedDepartures() {
  static const std::vector<ForgedDeparture> table = {
      {"another reason", [](RunRecord& run) { run.events[1]["reason"] = "killed"; },
       "session 1: ended protocol wanted, but: ended killed", 1},
      {"it lived on", [](RunRecord& run) { run.events[2]["reason"] = "timeout"; },
       "session second: ended protocol wanted, but: ended timeout", 1},
      {"another detail", [](RunRecord& run) { run.events[2]["detail"] = "a message"; },
       "session second: the end's detail lacks \"object\"", 1},
      {"not the case's detail", [](RunRecord& run) { run.events[1]["detail"] = ""; },
       "session 1: the end's detail lacks \"message\"", 1},
      {"the good one had no answer", [](RunRecord& run) { run.events[1]["answered"] = false; },
       "session 1: the good session had no answer after it", 1},
      {"nobody looked at the good one", [](RunRecord& run) { run.events[2].erase("answered"); },
       "session second: the good session had no answer after it", 1},
      {"the good one ended", [](RunRecord& run) { run.events[3]["reason"] = "protocol"; },
       "the good session ended protocol", 2},
      {"nothing was told of the good one",
       [](RunRecord& run) { run.events.erase(run.events.begin() + 3); },
       "the host did not tell one end of the good session", 2},
      {"a descriptor stayed", [](RunRecord& run) { run.events[2]["descriptors"] = 13U; },
       "session second: the host holds another number of descriptors than after the first", 1},
      {"descriptors were not counted", [](RunRecord& run) { run.events[1].erase("descriptors"); },
       "session 1: the host did not count its descriptors", 1},
      {"it was heard afterwards",
       [](RunRecord& run) {
         const json heard = {
             {"event", "call"}, {"method", "after.forgery"}, {"outcome", "unsupported"}};
         run.events.insert(run.events.begin() + 2, heard);
       },
       "session second: the host heard what came after the forgery", 1},
      {"a session too few", [](RunRecord& run) { run.events.erase(run.events.begin() + 2); },
       "the host told of 1 forged sessions, not of 2", 1},
      {"a session too many",
       [](RunRecord& run) { run.events.insert(run.events.begin() + 2, run.events[1]); },
       "the host told of 3 forged sessions, not of 2", 1},
      {"another session", [](RunRecord& run) { run.events[1]["name"] = "0"; },
       "session 1: the host told of another one", 1},
      {"the whole ended otherwise", [](RunRecord& run) { run.events[4]["reason"] = "cpu"; },
       "ended protocol wanted, but: ended cpu", 2},
      {"another status", [](RunRecord& run) { run.exitStatus = 0; },
       "the host left with status 0 after protocol", 2},
      {"the host died", [](RunRecord& run) { run.exitStatus.reset(), run.signal = 11; },
       "the host died of signal 11", 2},
      {"a process stayed", [](RunRecord& run) { run.leftBehind.push_back("forger-guest"); },
       "a process was left behind: forger-guest", 2},
  };
  return table;
}

}  // namespace

TEST_CASE("oracle: a run of forged sessions that keeps its promise has no finding, and counts") {
  const auto judgement = judged(goodRun());
  CHECK(judgement.outcome == "ended protocol");
  CHECK(judgement.findings.empty());
  REQUIRE(judgement.tried);
  CHECK(judgement.tried->count == 2);
  CHECK(judgement.tried->asPromised == 2);
}

TEST_CASE("oracle: each departure of a forged session is found, and counted as not as promised") {
  for (const auto& departure : forgedDepartures()) {
    CAPTURE(std::string(departure.name));
    RunRecord run = goodRun();
    departure.change(run);
    const auto judgement = judged(run);
    const auto found = std::find(judgement.findings.begin(), judgement.findings.end(),
                                 std::string(departure.finding));
    CHECK_MESSAGE(found != judgement.findings.end(), json(judgement.findings).dump());
    CHECK(judgement.tried->count == 2);
    CHECK(judgement.tried->asPromised == departure.asPromised);
  }
}

}  // namespace kiosk::conformance
