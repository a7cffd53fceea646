#include "sdk/cli/run_command.h"

#include <kiosk/host.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "bridge/bridge.h"
#include "bridge/default_services.h"
#include "bridge/demo_seed.h"
#include "bridge/ui/ui.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/forge_host.h"
#include "sdk/cli/runner.h"
#include "sdk/conformance/forge_run.h"

namespace kiosk::cli {
namespace {

constexpr std::uint32_t kWidthColumnsMax = 100;

/// What the command line asks for, checked; the package joins it once the rest is good.
struct RunPlan {
  std::shared_ptr<const Package> package;  // owners: this plan and the session
  GrantPolicy grant;
  std::optional<std::vector<Step>> steps;
  Limits limits;
  Render render = Render::Text;
  bool interactive = false;
};

/// A grant may name a permission, or a method that asks without one; anything else is a slip.
Result<void> checkNames(const GrantPolicy& policy) {
  if (policy.names.empty()) return {};
  const auto catalogue = bridge::Catalogue::embedded();
  if (!catalogue) return catalogue.error();
  for (const std::string& name : policy.names) {
    if (catalogue->permission(name) == nullptr && catalogue->find(name) == nullptr) {
      return Error{ErrorCode::InvalidParams, "--grant: there is no permission called '" + name +
                                                 "'; ask, all and none are the words beside names"};
    }
  }
  return {};
}

/// A folder or a `.ma`; or what is installed under that id, if there is no such file.
Result<std::shared_ptr<const Package>> packageOf(const RunOptions& options) {
  std::error_code ignored;
  const std::string dataDir = options.dataDir.empty() ? defaultDataDir() : options.dataDir;
  const bool isInstalled =
      !std::filesystem::exists(options.path, ignored) &&
      std::filesystem::exists(dataDir + "/registry/apps/" + options.path + ".json", ignored);
  if (!isInstalled && !options.trustPath) return loadPackage(options.path);
  TrustStore trust;
  const std::string trustPath = options.trustPath.value_or(dataDir + "/trust.txt");
  if (options.trustPath || std::filesystem::exists(trustPath, ignored)) {
    auto read = TrustStore::readFile(trustPath);
    if (!read) return read.error();
    trust = std::move(*read);
  }
  if (!isInstalled) return loadPackage(options.path, trust);
  auto registry = AppRegistry::open(dataDir + "/registry", std::move(trust));
  if (!registry) return registry.error();
  return (*registry)->load(AppId(options.path));
}

Result<RunPlan> planOf(const RunOptions& options) {
  RunPlan plan;
  auto grant = GrantPolicy::parse(options.grant);
  if (!grant) return std::move(grant).error();
  plan.grant = std::move(*grant);
  if (auto known = checkNames(plan.grant); !known) return known.error();
  for (const std::string& limit : options.limits) {
    const auto equals = limit.find('=');
    if (equals == std::string::npos) {
      return Error{ErrorCode::InvalidParams, "--limit takes NAME=VALUE, e.g. heap=64M"};
    }
    auto set = setLimit(plan.limits, limit.substr(0, equals), limit.substr(equals + 1));
    if (!set) return set.error();
  }
  if (!options.stepsPath.empty()) {
    auto steps = readSteps(options.stepsPath);
    if (!steps) return std::move(steps).error();
    plan.steps = std::move(*steps);
  }
  if (options.events && !options.render.empty() && options.render != "none") {
    return Error{ErrorCode::InvalidParams,
                 "--events keeps standard output for events: leave --render out, or say none"};
  }
  if (options.render == "json") plan.render = Render::Json;
  if (options.render == "none" || options.events) plan.render = Render::None;
  plan.interactive =
      !plan.steps && !options.events && isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
  return plan;
}

std::unique_ptr<Reporter> reporterFor(const RunOptions& options, const RunPlan& plan) {
  if (options.events) return eventReporter();
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  TextReporterOptions text;
  text.render = plan.render;
  text.numbers = plan.interactive;
  text.language = options.language;
  text.colour = terminal && std::getenv("NO_COLOR") == nullptr;
  winsize window{};
  if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col >= 40) {
    text.widthColumns = std::min<std::uint32_t>(window.ws_col, kWidthColumnsMax);
  }
  return textReporter(text);
}

void introduce(const RunPlan& plan, Reporter& reporter) {
  const Manifest& manifest = plan.package->manifest;
  reporter.notice(manifest.name + " " + manifest.versionName + " (" + manifest.appId.value + ")");
  if (plan.package->provenance == Provenance::Development) {
    reporter.notice("development: run from a folder, unsigned; users only get signed packages");
  }
  if (plan.interactive) reporter.notice("a number taps, a number and a text types, q leaves");
}

/// Has the app compiled, so that it is opened from its template; says so when it is not.
void prepareTemplate(Host& host, const std::shared_ptr<const Package>& package) {
  std::optional<bool> ready;
  host.prepare(package, [&ready](bool isReady) { ready = isReady; });
  while (!ready) host.runOnce(std::chrono::milliseconds(100));
  if (!*ready) std::fprintf(stderr, "kiosk: no app template, opened from the zygote\n");
}

/// Plays the forged sessions of a conformance case in place of the app.
Result<int> playForgedFile(Host& host, const RunOptions& options, const RunPlan& plan,
                           Reporter& reporter, Interrupt& interrupt) {
  auto sessions = conformance::readForgedSessions(options.forgedPath);
  if (!sessions) return sessions.error();
  ForgeOrder order;
  order.sessions = *std::move(sessions);
  order.timeMax = std::chrono::milliseconds(
      static_cast<std::int64_t>(options.timeoutSeconds.value_or(0) * 1000));
  order.open.user = UserId(options.user);
  order.open.limits = plan.limits;
  order.open.language = options.language;
  return playForgedSessions(host, *plan.package, order, reporter, interrupt);
}

/// The embedded super-app and its host, joined for one session.
Result<int> runPlanned(const RunOptions& options, RunPlan plan, Reporter& reporter,
                       const std::string& dataDir) {
  Interrupt interrupt;  // before the threads of store and audit
  HostSheets sheets(plan.grant, reporter, plan.interactive || plan.steps.has_value());
  bridge::DefaultServicesConfig services;
  services.dataDir = dataDir;
  services.picker = &sheets;
  services.chrome = &sheets;
  auto made = bridge::makeDefaultServices(services);
  if (!made) return std::move(made).error();
  if (auto seeded = bridge::seedDemo(*made->store, systemClock()); !seeded) return seeded.error();
  auto bridge = bridge::Bridge::create({.dataDir = dataDir,
                                        .auditSigner = bridge::auditSigner(*made->keys),
                                        .consentUi = sheets,
                                        .services = std::move(made->services),
                                        .grants = std::move(made->grants),
                                        .launchData = made->launchData});
  if (!bridge) return std::move(bridge).error();

  HostConfig config;
  config.tier = options.tier == "jitless" ? Tier::Jitless : Tier::Jit;
  if (options.allowUnjailed) config.jail = JailPolicy::Disposable;
  config.guestPath = options.forgerPath;
  auto host = Host::create(config, **bridge);
  if (!host) return std::move(host).error();
  if (!options.forgedPath.empty()) {
    return playForgedFile(**host, options, plan, reporter, interrupt);
  }

  if (options.fromTemplate) prepareTemplate(**host, plan.package);

  std::optional<StepRunner> steps;
  RunnerOptions runnerOptions;
  runnerOptions.interactive = plan.interactive;
  runnerOptions.language = options.language;
  runnerOptions.press = [ui = made->ui](const SessionId& session, std::string_view button) {
    return ui->pressed(session, button);
  };
  if (plan.steps) {
    steps.emplace(std::move(*plan.steps), sheets, reporter, options.language, runnerOptions.press);
  }
  if (options.timeoutSeconds) {
    runnerOptions.timeout =
        std::chrono::milliseconds(static_cast<std::int64_t>(*options.timeoutSeconds * 1000));
  }
  OpenOptions open;
  open.user = UserId(options.user);
  open.limits = plan.limits;
  open.language = options.language;
  Runner runner(**host, reporter, sheets, interrupt, steps ? &*steps : nullptr, runnerOptions);
  return runner.run(std::move(plan.package), std::move(open));
}

}  // namespace

std::string defaultDataDir() {
  if (const char* xdg = std::getenv("XDG_DATA_HOME"); xdg != nullptr && *xdg == '/') {
    return std::string(xdg) + "/kiosk";
  }
  const char* home = std::getenv("HOME");
  return std::string(home != nullptr ? home : ".") + "/.local/share/kiosk";
}

int usageError(const std::string& message) {
  std::fprintf(stderr, "kiosk: %s\n", message.c_str());
  return kExitUsage;
}

int runCommand(const RunOptions& options) {
  auto plan = planOf(options);
  if (!plan) return usageError(plan.error().message);
  auto package = packageOf(options);
  if (!package) {
    if (options.events) tellRefused(package.error());
    return refuse(package.error());
  }
  plan->package = std::move(*package);
  const std::string dataDir = options.dataDir.empty() ? defaultDataDir() : options.dataDir;
  std::error_code problem;
  std::filesystem::create_directories(dataDir, problem);
  if (problem)
    return usageError("cannot make the data folder " + dataDir + ": " + problem.message());
  const auto reporter = reporterFor(options, *plan);
  introduce(*plan, *reporter);
  const auto status = runPlanned(options, std::move(*plan), *reporter, dataDir);
  if (!status) return usageError(status.error().message);
  return *status;
}

}  // namespace kiosk::cli
