// kiosk conformance: runs the suite and writes a report; kiosk conformance verify checks one.

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <thread>

#include "runtime/base/encoding.h"
#include "runtime/base/files.h"
#include "runtime/base/json.h"
#include "sdk/cli/command_line.h"
#include "sdk/cli/conformance_against.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/interrupt.h"
#include "sdk/conformance/isolated.h"
#include "sdk/conformance/report.h"
#include "sdk/conformance/report_check.h"

namespace kiosk::cli {
namespace {

namespace suite = conformance;

/// Above it a number of JSON is not exact.
constexpr std::uint64_t kSeedMax = (std::uint64_t{1} << 53) - 1;
constexpr std::size_t kSignatureBytesMax = 4096;

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
  return false;
}

/// Says how far it is, in a terminal alone.
void showProgress(const suite::CaseRun& run, std::size_t done, std::size_t count) {
  if (isatty(STDOUT_FILENO) == 0) return;
  std::printf("\r\x1b[K%zu of %zu  %s %s", done, count, run.test->id.c_str(),
              run.way.name().c_str());
  if (done == count) std::printf("\r\x1b[K");
  std::fflush(stdout);
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

/// Makes the folder `out`, with those above it.
Result<void> makeOut(const std::string& out) {
  std::error_code problem;
  std::filesystem::create_directories(out, problem);
  if (problem) return Error{ErrorCode::HostError, out + ": " + problem.message()};
  return {};
}

/// Writes the report and what goes with it into the folder `out`, which is there.
Result<void> writeReport(const std::string& out, const nlohmann::json& report,
                         const std::string& measured, const Ed25519Key* key) {
  const auto bytes = canonicalJson(report);
  if (!bytes) return bytes.error();
  const auto signaturePath = out + "/report.sig.json";
  // An older signature must not stand beside a newer report.
  if (auto removed = removeFileDurably(signaturePath); !removed) return removed;
  if (auto one = replaceFileDurably(out + "/report.json", *bytes); !one) return one;
  if (auto one = replaceFileDurably(out + "/measured.json", measured); !one) return one;
  if (auto one = replaceFileDurably(out + "/junit.xml", suite::junitOf(report)); !one) return one;
  if (key == nullptr) return {};
  return replaceFileDurably(signaturePath, suite::signReport(*bytes, *key));
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
  if (auto made = makeOut(given.out); !made) return made.error();
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

/// The signature beside `report`: "x/report.json" has "x/report.sig.json".
std::string signaturePathOf(const std::string& report) {
  return std::filesystem::path(report).replace_extension(".sig.json").string();
}

int verifyReport(const ConformanceArguments& given) {
  std::optional<std::string> key, signature;
  if (given.keyPath) {
    auto read = readPublicKeyFile(*given.keyPath);
    if (!read) return refuse(read.error());
    key = *std::move(read);
  }
  const auto report = readFileWhole(given.report, suite::kReportBytesMax);
  if (!report) return refuse(report.error());
  auto beside = readFileWhole(signaturePathOf(given.report), kSignatureBytesMax);
  if (!beside && beside.error().code != ErrorCode::NotFound) return refuse(beside.error());
  if (beside) signature = *std::move(beside);
  const auto check = suite::checkReport(*report, signature, key);
  for (const auto& what : check.held) std::printf("  holds: %s\n", what.c_str());
  if (!check.sound()) {
    std::printf("report: NOT sound: %s\n", printable(check.problem, 500).c_str());
    return kExitFailed;
  }
  std::printf("report: sound, %s; SHA-256 %s\n", signature ? "signed" : "not signed",
              sha256Hex(*report).c_str());
  return kExitOk;
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
  command->add_option("--filter", given->filter, "only cases with this in id, file or title")
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
  command->callback([given, verify, &chosen] {
    chosen = [given, isVerify = verify->parsed()] {
      if (isVerify) return verifyReport(*given);
      const auto status = runSuite(*given);
      return status ? *status : refuse(status.error());
    };
  });
}

}  // namespace kiosk::cli
