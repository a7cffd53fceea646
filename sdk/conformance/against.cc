#include "sdk/conformance/against.h"

#include <kiosk/bridge/catalogue.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "runtime/base/encoding.h"
#include "runtime/base/json.h"
#include "sdk/conformance/host_process.h"
#include "sdk/conformance/isolated.h"
#include "sdk/conformance/scratch_folder.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;
namespace filesystem = std::filesystem;

constexpr std::size_t kSaidBytesMax = 1000;

/// The program called `name`: itself when it is a path, else the first of PATH; "" without one.
std::string programCalled(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    return ::access(name.c_str(), X_OK) == 0 ? name : std::string();
  }
  const char* const path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const auto folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    const auto program = std::string(folder) + "/" + name;
    if (!folder.empty() && ::access(program.c_str(), X_OK) == 0) return program;
  }
  return {};
}

/// Starts of one driver: what they have in common.
class Driver {
 public:
  /// Errors: as runAttacks.
  static Result<Driver> find(const AttackPlan& plan) {
    Driver driver(plan);
    driver.node_ = programCalled(plan.node);
    if (driver.node_.empty()) {
      return Error{ErrorCode::NotFound, "there is no " + plan.node +
                                            ": --against needs Node.js 18 or newer (--node PATH)"};
    }
    driver.file_ = plan.suiteFolder + "/control/" + std::string(plan.opponent->driver);
    std::error_code problem;
    if (!filesystem::is_regular_file(driver.file_, problem)) {
      return Error{ErrorCode::NotFound,
                   "the controls are not installed: there is no " + driver.file_};
    }
    return driver;
  }

  /// What starts it for the app in `folder`, or with "" to say whether it has what it needs.
  HostLaunch launch(const std::string& folder) const {
    std::vector<std::string> arguments = {"--experimental-vm-modules", "--no-node-snapshot",
                                          "--no-warnings", "--max-old-space-size=64", file_};
    arguments.insert(arguments.end(), {"--modules", plan_.modules});
    if (!plan_.opponent->argument.empty()) arguments.emplace_back(plan_.opponent->argument);
    arguments.push_back(folder.empty() ? "--check" : folder);
    return {.program = node_, .arguments = std::move(arguments), .timeMax = kDriverTimeMax};
  }

  /// "" when the driver can work, else what it lacks.
  std::string lacks() const {
    const auto run = runHost(launch(""));
    if (!run) return run.error().message;
    if (run->exitStatus == 0) return {};
    const auto said = printable(run->errorText, kSaidBytesMax);
    if (plan_.opponent->package.empty()) return node_ + " cannot run " + file_ + ": " + said;
    const std::string package(plan_.opponent->package);
    return node_ + " finds no " + package + " in " + plan_.modules + ": npm install " + package +
           " in a folder, and name it by --modules (" + said + ")";
  }

 private:
  explicit Driver(const AttackPlan& plan) : plan_(plan) {}

  const AttackPlan& plan_;
  std::string node_, file_;
};

/// Asks the driver, in a process of its own, whether it can work.
Result<void> examine(const Driver& driver, int stopFd) {
  std::optional<std::string> lacking;
  runIsolated({.count = 1,
               .jobs = 1,
               .stopFd = stopFd,
               .work = [&](std::size_t) { return driver.lacks(); },
               .done = [&](std::size_t,
                           std::optional<std::string> answer) { lacking = std::move(answer); }});
  if (!lacking) return Error{ErrorCode::HostError, "stopped before the end"};
  if (!lacking->empty()) return Error{ErrorCode::NotFound, *lacking};
  return {};
}

/// The names of the catalogue's methods, for drivers: a JSON list.
Result<std::string> methodNames() {
  const auto catalogue = bridge::Catalogue::embedded();
  if (!catalogue) return catalogue.error();
  json names = json::array();
  for (const auto& method : catalogue->methods()) names.push_back(method->name);
  return dumpJson(names);
}

/// In a process of its own: tries one case; the answer is JSON.
std::string attack(const Case& test, const AppParts& parts, const Driver& driver,
                   const std::string& methods, const std::string& folder) {
  std::error_code problem;
  filesystem::create_directories(folder + "/app", problem);
  const auto written = writeCaseApp(test, parts, folder + "/app");
  std::ofstream(folder + "/methods.json", std::ios::binary) << methods;
  const auto run = written ? runHost(driver.launch(folder)) : Result<RunRecord>(written.error());
  json answer = {{"end", AttackEnd::Unclear}, {"outcome", "nothing"}, {"evidence", ""}};
  if (run) {
    const auto judgement = judge(test, Way{}, *run);
    std::string said;
    for (const auto& line : judgement.findings) said += line + "; ";
    for (const auto& line : judgement.evidence) said += line + "; ";
    answer = {{"end", attackEnd(test, *run)},
              {"outcome", judgement.outcome},
              {"evidence", printable(said, kSaidBytesMax)}};
  }
  filesystem::remove_all(folder, problem);
  return dumpJson(answer);
}

void takeAttack(const std::optional<std::string>& answer, Attack& attack) {
  const auto read = answer ? parseJson(*answer) : Result<json>(Error{});
  if (!read) return;
  attack.end = read->at("end").get<AttackEnd>();
  attack.outcome = read->at("outcome").get<std::string>();
  attack.evidence = read->at("evidence").get<std::string>();
}

}  // namespace

Result<std::vector<Attack>> runAttacks(const std::vector<const Case*>& cases, const AppParts& parts,
                                       const AttackPlan& plan) {
  const auto driver = Driver::find(plan);
  if (!driver) return driver.error();
  if (auto good = examine(*driver, plan.stopFd); !good) return good.error();
  const auto methods = methodNames();
  if (!methods) return methods.error();
  const ScratchFolder scratch;
  if (scratch.path().empty()) return Error{ErrorCode::HostError, "there is no temporary folder"};
  std::vector<Attack> attacks;
  for (const auto* test : cases) attacks.push_back({test, AttackEnd::Unclear, "nothing", ""});
  std::size_t done = 0;
  const bool whole =
      runIsolated({.count = attacks.size(),
                   .jobs = plan.jobs,
                   .stopFd = plan.stopFd,
                   .work =
                       [&](std::size_t at) {
                         return attack(*attacks[at].test, parts, *driver, *methods,
                                       scratch.path() + "/" + std::to_string(at));
                       },
                   .done =
                       [&](std::size_t at, const std::optional<std::string>& answer) {
                         takeAttack(answer, attacks[at]);
                         plan.onDone(attacks[at], ++done, attacks.size());
                       }});
  if (!whole) return Error{ErrorCode::HostError, "stopped before the end"};
  return attacks;
}

}  // namespace kiosk::conformance
