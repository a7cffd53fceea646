// kiosk conformance: runs the suite and writes a report; its verbs verify and render take one.

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <thread>

#include "runtime/base/encoding.h"
#include "sdk/cli/command_line.h"
#include "sdk/cli/conformance_against.h"
#include "sdk/cli/conformance_reports.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/interrupt.h"
#include "sdk/cli/run_command.h"
#include "sdk/conformance/forge_run.h"
#include "sdk/conformance/isolated.h"
#include "sdk/conformance/report.h"

namespace kiosk::cli {
namespace {

namespace suite = conformance;

/// Above it a number of JSON is not exact.
constexpr std::uint64_t kSeedMax = (std::uint64_t{1} << 53) - 1;

struct ConformanceArguments {
  std::vector<std::string> caseFolders;
  std::string out = "conformance-report", filter, today, report;
  std::optional<std::string> keyPath;
  AgainstArguments against;
  int level = suite::kLevelMax;
  std::uint64_t seed = 0;
  unsigned jobs = std::clamp(std::thread::hardware_concurrency(), 1u, suite::kJobsMax);
};

/// The present day in UTC, YYYY-MM-DD.
std::string presentDay() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  char text[16] = "";
  if (::gmtime_r(&now, &parts) != nullptr) std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

bool isWanted(const suite::Case& test, const ConformanceArguments& given) {
  if (test.level > given.level) return false;
  for (const auto* text : {&test.id, &test.file, &test.title}) {
    if (text->find(given.filter) != std::string::npos) return true;
  }
  return std::find(test.guards.begin(), test.guards.end(), given.filter) != test.guards.end();
}

/// Says how far it is, in a terminal alone.
void showProgress(const suite::CaseRun& run, std::size_t done, std::size_t count) {
  if (isatty(STDOUT_FILENO) == 0) return;
  std::printf("\r\x1b[K%zu of %zu  %s %s", done, count, run.test->id.c_str(),
              run.way.name().c_str());
  if (done == count) std::printf("\r\x1b[K");
  std::fflush(stdout);
}

/// Says whose the known gap of the case `id` is, when there is one.
void printGap(const nlohmann::json& report, const std::string& id) {
  for (const auto& gap : report["knownGaps"]) {
    if (gap["id"] != id) continue;
    const auto text = "known gap of " + gap["owner"].get<std::string>() + " until " +
                      gap["until"].get<std::string>() + ": " + gap["reason"].get<std::string>();
    std::printf("         %s\n", printable(text, 500).c_str());
  }
}

void printFailures(const nlohmann::json& report, const std::vector<suite::CaseRun>& runs) {
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto& entry = report["runs"][i];
    if (entry["verdict"] == "pass") continue;
    const auto& test = *runs[i].test;
    std::printf("%s %s %s: %s\n", entry["verdict"] == "fail" ? "FAILED" : "gap   ", test.id.c_str(),
                runs[i].way.name().c_str(), printable(test.title, 500).c_str());
    for (const auto& finding : entry["findings"]) {
      std::printf("         %s\n", printable(finding.get<std::string>(), 500).c_str());
    }
    printGap(report, test.id);
    for (const auto& evidence : runs[i].judgement.evidence) {
      std::printf("         said: %s\n", evidence.c_str());
    }
  }
}

void printSum(const nlohmann::json& report, std::size_t cases) {
  const auto& all = report["totals"]["all"];
  const auto& level = report["levelPassed"];
  std::printf(
      "conformance: %zu case%s in %zu runs: %d passed, %d failed, %d known gaps; level "
      "passed: %s\n",
      cases, cases == 1 ? "" : "s", report["runs"].size(), all["pass"].get<int>(),
      all["fail"].get<int>(), all["knownGap"].get<int>(),
      level.is_null() ? "none" : level.dump().c_str());
}

Result<int> runSuite(const ConformanceArguments& given) {
  std::optional<Ed25519Key> key;
  if (given.keyPath) {
    auto read = readPrivateKeyFile(*given.keyPath);
    if (!read) return read.error();
    key.emplace(*std::move(read));
  }
  const auto folder = suite::ownSuiteFolder();
  if (!folder) return folder.error();
  auto loaded = suite::loadSuite(*folder, given.caseFolders);
  if (!loaded) return loaded.error();
  const auto parts = suite::makeAppParts(loaded->harness);
  if (!parts) return parts.error();
  std::vector<const suite::Case*> wanted;
  for (const auto& test : loaded->cases) {
    if (isWanted(test, given)) wanted.push_back(&test);
  }
  if (wanted.empty()) return Error{ErrorCode::NotFound, "no case is asked for by that"};
  if (!given.against.opponent.empty()) {
    AgainstArguments against = given.against;
    against.out = given.out;
    against.jobs = given.jobs;
    return tryAgainst(against, *parts, *folder, wanted);
  }
  if (std::any_of(wanted.begin(), wanted.end(),
                  [](auto* test) { return test->forge.has_value(); })) {
    if (const auto forger = suite::forgerProgram(); !forger) return forger.error();
  }
  if (auto made = makeReportFolder(given.out); !made) return made.error();
  Interrupt interrupt;
  const auto runs = suite::runCases(
      wanted, *parts,
      {.jobs = given.jobs, .seed = given.seed, .stopFd = interrupt.fd(), .onDone = showProgress});
  if (!runs) return runs.error();
  const suite::ReportHead head{loaded->digest,       KIOSK_VERSION, KIOSK_V8_VERSION,
                               loaded->cases.size(), given.seed,    given.level,
                               given.filter};
  const auto today = given.today.empty() ? presentDay() : given.today;
  const auto report = suite::reportOf(head, *runs, loaded->gaps, today);
  printFailures(report, *runs);
  printSum(report, wanted.size());
  const auto written =
      writeReport(given.out, report, suite::measuredOf(*runs, today), key ? &*key : nullptr);
  if (!written) return written.error();
  std::printf("wrote %s/report.json, %s\n", given.out.c_str(),
              key ? "signed: report.sig.json" : "not signed (--key FILE signs it)");
  return report["totals"]["all"]["fail"] == 0 ? kExitOk : kExitFailed;
}

/// The options of `--against`.
void addAgainst(CLI::App& command, AgainstArguments& given) {
  std::vector<std::string> names;
  for (const auto& one : suite::kOpponents) names.emplace_back(one.name);
  command.add_option("--against", given.opponent, "try the cases on another host than Kiosk")
      ->check(CLI::IsMember(names));
  command.add_option("--node", given.node, "the Node.js that --against starts")
      ->capture_default_str();
  command.add_option("--modules", given.modules, "the folder whose node_modules --against uses")
      ->capture_default_str();
}

/// `kiosk conformance forge`: the host of a case with `forge`. Hidden, since it is no way to run an
/// app: its guest is forger-guest, and it says so.
int playForgedCase(RunOptions options) {
  const auto forger = suite::forgerProgram();
  if (!forger) return refuse(forger.error());
  options.forgerPath = *forger;
  std::fprintf(stderr, "kiosk: the guest of this run is a forger\n");
  return runCommand(options);
}

void addForge(CLI::App& conformance, Command& chosen) {
  auto options = std::make_shared<RunOptions>();  // owners: CLI11's bindings and the command
  auto* forge = conformance.add_subcommand("forge", "Play forged sessions")->group("");
  forge->add_option("PATH", options->path)->required();
  forge->add_flag("--events", options->events)->required();
  forge->add_option("--grant", options->grant);
  forge->add_option("--tier", options->tier)->check(CLI::IsMember({"jit", "jitless"}));
  forge->add_option("--timeout", options->timeoutSeconds)->required();
  forge->add_option("--data", options->dataDir)->required();
  forge->add_option("--user", options->user);
  forge->add_option("--limit", options->limits)->take_all();
  forge->add_option("--sessions", options->forgedPath)->required();
  forge->callback([options, &chosen] { chosen = [options] { return playForgedCase(*options); }; });
}

}  // namespace

void addConformance(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<ConformanceArguments>();  // owners: CLI11's bindings, the command
  auto* command = app.add_subcommand("conformance", "Try each promise and write a signed report");
  command->require_subcommand(0, 1);
  command->add_option("--cases", given->caseFolders, "folders of cases to add to the suite");
  command->add_option("--out", given->out, "folder for the report")->capture_default_str();
  command->add_option("--level", given->level, "up to this level")
      ->check(CLI::Range(0, suite::kLevelMax))
      ->capture_default_str();
  command
      ->add_option("--filter", given->filter,
                   "only cases with this in id, file or title, or of this guard")
      ->check([](const std::string& text) {
        return isUtf8(text) ? std::string() : "a filter is written in UTF-8";
      });
  command->add_option("--seed", given->seed, "the order in which cases run")
      ->check(CLI::Range(std::uint64_t{0}, kSeedMax))
      ->capture_default_str();
  command->add_option("--jobs", given->jobs, "runs at once")
      ->check(CLI::Range(1u, suite::kJobsMax));
  command->add_option("--key", given->keyPath, "sign the report with this key (see keygen)");
  command->add_option("--today", given->today, "the day known gaps are held against: YYYY-MM-DD")
      ->check([](const std::string& text) {
        return suite::isDay(text) ? std::string() : "a day is written YYYY-MM-DD";
      });
  addAgainst(*command, given->against);
  auto* verify = command->add_subcommand("verify", "Check a report without running anything");
  verify->add_option("REPORT", given->report, "report.json")->required();
  verify->add_option("--key", given->keyPath, "the public key that must have signed it");
  addForge(*command, chosen);
  auto* render = command->add_subcommand("render", "Check a report and make its pages again");
  render->add_option("REPORT", given->report, "report.json")->required();
  render->add_option("--out", given->out, "folder for the pages")->capture_default_str();
  render->add_option("--key", given->keyPath, "the public key that must have signed it");
  command->callback([given, verify, render, &chosen, command] {
    if (command->got_subcommand("forge")) return;
    chosen = [given, isVerify = verify->parsed(), isRender = render->parsed()] {
      if (isVerify) return verifyReport(given->report, given->keyPath);
      if (isRender) return renderReport(given->report, given->keyPath, given->out);
      const auto status = runSuite(*given);
      return status ? *status : refuse(status.error());
    };
  });
}

}  // namespace kiosk::cli
