#include "sdk/conformance/case_run.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "runtime/base/json.h"
#include "sdk/conformance/forge_judge.h"
#include "sdk/conformance/forge_run.h"
#include "sdk/conformance/host_process.h"
#include "sdk/conformance/isolated.h"
#include "sdk/conformance/package_case.h"
#include "sdk/conformance/scratch_folder.h"

namespace kiosk::conformance {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Arguments of `kiosk run` for the mini-app of `run` in `folder`/app.
Result<std::vector<std::string>> argumentsFor(const CaseRun& run, const std::string& folder) {
  const Case& test = *run.test;
  std::vector<std::string> arguments = {
      "run",        folder + "/app", "--events",
      "--grant",    test.grants,     "--tier",
      run.way.tier, "--timeout",     std::to_string(test.timeoutSeconds),
      "--data",     folder + "/data"};
  if (run.way.fromTemplate) arguments.push_back("--template");
  if (test.user) arguments.insert(arguments.end(), {"--user", *test.user});
  for (const auto& limit : test.budget) arguments.insert(arguments.end(), {"--limit", limit});
  if (test.forge) {
    const auto path = folder + "/sessions.jsonl";
    auto written = writeForgedSessions(forgedSessions(*test.forge, run.way.tier), path);
    if (!written) return written.error();
    playForged(arguments, path);
  }
  if (test.steps) {
    const auto path = folder + "/steps.jsonl";
    std::ofstream file(path, std::ios::binary);
    file << stepsOf(test);
    file.close();
    if (!file) return Error{ErrorCode::HostError, "the steps cannot be written"};
    arguments.insert(arguments.end(), {"--steps", path});
  }
  return test.package ? preparePackage(test, folder, arguments) : arguments;
}

/// What stands for a run that could not be made.
Judgement unrunnable(const std::string& why) { return {"nothing", {why}, {}}; }

/// The guest's peak of memory, as the host told it with the end; 0 when it did not.
std::int64_t peakOf(const RunRecord& record) {
  if (record.events.empty()) return 0;
  const auto found = record.events.back().find("peakKiB");
  const bool told = found != record.events.back().end() && found->is_number_integer();
  return told ? found->get<std::int64_t>() : 0;
}

/// In a process of its own: runs and judges; the answer is JSON.
std::string workOff(CaseRun run, const AppParts& parts, const std::string& folder) {
  std::error_code problem;
  fs::create_directories(folder + "/app", problem);
  fs::create_directories(folder + "/data", problem);
  // What the host would keep for its user; a run has no past.
  ::setenv("XDG_DATA_HOME", (folder + "/data").c_str(), 1);
  const auto written = writeCaseApp(*run.test, parts, folder + "/app");
  const bool isEvery = run.test->package && !run.test->package->every.empty();
  const auto arguments = isEvery ? Result(std::vector<std::string>()) : argumentsFor(run, folder);
  if (!written) {
    run.judgement = unrunnable(written.error().message);
  } else if (isEvery) {
    ::alarm(static_cast<unsigned>(run.test->timeoutSeconds));  // this process ends when it hangs
    run.judgement = tryEveryPackage(*run.test, folder);
    ::alarm(0);
  } else if (!arguments) {
    run.judgement = unrunnable(arguments.error().message);
  } else {
    const HostLaunch launch{
        .arguments = *arguments,
        .timeMax = std::chrono::seconds(run.test->timeoutSeconds) + kOverTimeMax,
        .stopWhenTold = run.test->expect.kind != Expectation::Kind::Ended};
    const auto installedBefore = installedIn(folder);
    auto record = runHost(launch);
    if (record) record->installedChanged = installedIn(folder) != installedBefore;
    run.judgement =
        record ? judge(*run.test, run.way, *record) : unrunnable("the host could not be started");
    if (record && run.test->forge) {
      judgeForged(*run.test, forgedSessions(*run.test->forge, run.way.tier), *record,
                  run.judgement);
    }
    if (record) run.ms = record->ms;
    if (record) run.peakKiB = peakOf(*record);
  }
  fs::remove_all(folder, problem);
  return dumpJson({{"outcome", run.judgement.outcome},
                   {"findings", run.judgement.findings},
                   {"evidence", run.judgement.evidence},
                   {"tried", run.judgement.tried ? triedJson(*run.judgement.tried) : json()},
                   {"ms", run.ms},
                   {"peakKiB", run.peakKiB}});
}

/// Puts the answer of `workOff` into `run`.
void takeResult(const std::optional<std::string>& answer, CaseRun& run) {
  const auto read = answer ? parseJson(*answer) : Result<json>(Error{});
  if (!read) {
    run.judgement = unrunnable("the run could not be judged");
    return;
  }
  run.judgement = {
      read->at("outcome").get<std::string>(), read->at("findings").get<std::vector<std::string>>(),
      read->at("evidence").get<std::vector<std::string>>(), readTried(read->at("tried"))};
  run.ms = read->at("ms").get<std::int64_t>();
  run.peakKiB = read->at("peakKiB").get<std::int64_t>();
}

}  // namespace

Result<std::vector<CaseRun>> runCases(const std::vector<const Case*>& cases, const AppParts& parts,
                                      const RunPlan& plan) {
  std::vector<CaseRun> runs;
  for (const auto* test : cases) {
    for (auto& way : waysOf(*test)) runs.push_back({test, std::move(way), {}, 0, 0});
  }
  const ScratchFolder scratch;
  if (scratch.path().empty()) return Error{ErrorCode::HostError, "there is no temporary folder"};
  const auto order = shuffledOrder(runs.size(), plan.seed);
  std::size_t done = 0;
  const bool whole = runIsolated(
      {.count = runs.size(),
       .jobs = plan.jobs,
       .stopFd = plan.stopFd,
       .work =
           [&](std::size_t at) {
             return workOff(runs[order[at]], parts, scratch.path() + "/" + std::to_string(at));
           },
       .done =
           [&](std::size_t at, const std::optional<std::string>& answer) {
             takeResult(answer, runs[order[at]]);
             plan.onDone(runs[order[at]], ++done, runs.size());
           }});
  if (!whole) return Error{ErrorCode::HostError, "stopped before the end; there is no report"};
  return runs;
}

}  // namespace kiosk::conformance
