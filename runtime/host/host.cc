#include <fcntl.h>
#include <kiosk/host.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <list>

#include "runtime/base/encoding.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"
#include "runtime/base/log.h"
#include "runtime/host/app_desk.h"
#include "runtime/host/crash_guard.h"
#include "runtime/host/package_images.h"
#include "runtime/host/session_core.h"
#include "runtime/host/template_pool.h"
#include "runtime/host/zygote_pool.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr std::chrono::milliseconds kWatchInterval{100};
constexpr std::size_t kStartParamBytesMax = 512;
constexpr std::size_t kOptionBytesMax = 256;
/// How long a host that goes waits for its guests to go first.
constexpr std::int64_t kFarewellMaxUs = 2'000'000;
Result<std::string> findGuest(const std::string& configured) {
  std::string path = configured;
  if (path.empty()) {
    char self[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", self, sizeof self);
    if (length <= 0) {
      return Error{ErrorCode::HostError, "cannot tell where this program lies; set guestPath"};
    }
    path.assign(self, static_cast<std::size_t>(length));
    path = path.substr(0, path.rfind('/')) + "/kiosk-guest";
  }
  if (access(path.c_str(), X_OK) != 0) {
    return Error{ErrorCode::HostError, "there is no guest program at " + path +
                                           ": build kiosk-guest, or set guestPath to it"};
  }
  return path;
}

std::string newSessionId(Random& random) {
  std::uint8_t bytes[16];
  random.fill(bytes);
  return toHex(bytes);
}

bool isStartParam(std::string_view text) {
  return text.size() <= kStartParamBytesMax && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_' || c == '-';
         });
}

Result<void> checkOptions(const OpenOptions& options) {
  if (!isStartParam(options.startParam)) {
    return Error{ErrorCode::InvalidParams, "a start parameter has at most 512 of [A-Za-z0-9_-]"};
  }
  for (const std::string* text : {&options.entryPoint, &options.chatId, &options.language}) {
    if (text->size() > kOptionBytesMax) {
      return Error{ErrorCode::InvalidParams,
                   "entry point, chat and language have at most 256 bytes each"};
    }
  }
  return checkLimits(options.limits);
}

/// The host's limits, or what the app allows itself where that is less.
Limits limitsFor(const Manifest& manifest, Limits limits) {
  const BudgetDeclaration& own = manifest.budget;
  if (own.cpuMsPerTurn) {
    limits.turnTimeMax = std::min(limits.turnTimeMax, std::chrono::milliseconds(*own.cpuMsPerTurn));
  }
  if (own.heapMiB) {
    limits.heapBytesMax = std::min(limits.heapBytesMax, std::uint64_t{*own.heapMiB} << 20);
  }
  return limits;
}

/// The text that guest_config.h and the web APIs read.
std::string guestConfig(const SessionInfo& info, const Limits& limits) {
  const Manifest& manifest = info.manifest();
  return dumpJson({
      {"app",
       {{"id", manifest.appId.value},
        {"version", manifest.versionName},
        {"name", manifest.name},
        {"entry", manifest.entry}}},
      {"launch", {{"entryPoint", info.entryPoint}, {"startParam", info.startParam}}},
      {"language", info.language},
      {"timeOriginMs", info.openedAtMs},
      {"limits",
       {{"heapBytes", limits.heapBytesMax},
        {"turnMs", limits.turnTimeMax.count()},
        {"loadMs", limits.loadTimeMax.count()},
        {"graceMs", limits.killGraceMax.count()},
        {"messageBytes", limits.messageBytesMax},
        {"messageDepth", limits.messageDepthMax},
        {"messageValues", limits.messageValuesMax},
        {"calls", limits.callsInFlightMax},
        {"timers", limits.timersMax},
        {"logsPerSecond", limits.logLinesPerSecondMax}}},
  });
}

/// What the embedder holds. The core lives on until its guest is reaped.
class SessionHandle final : public Session {
 public:
  explicit SessionHandle(std::shared_ptr<SessionCore> core) : core_(std::move(core)) {}
  ~SessionHandle() override { core_->abandon(); }
  const SessionInfo& info() const override { return core_->info(); }
  bool running() const override { return core_->running(); }
  SessionState state() const override { return core_->state(); }
  SessionMetrics metrics() const override { return core_->metrics(); }
  const std::optional<SessionEnd>& end() const override { return core_->endSeen(); }
  void show() override { core_->show(); }
  void hide() override { core_->hide(); }
  void suspend() override { core_->suspend(); }
  void resume() override { core_->resume(); }
  const ViewNode& view() const override { return core_->view(); }
  Result<void> act(ViewNodeId node, const UserAct& act) override { return core_->act(node, act); }
  Result<void> tap(ViewNodeId node) override { return core_->act(node, {"click", std::nullopt}); }
  Result<void> type(ViewNodeId node, std::string_view text) override {
    return core_->act(node, {"input", std::string(text)});
  }
  void sendEvent(const std::string& type, const json& detail) override {
    core_->sendEvent(type, detail);
  }
  void close(EndReason reason) override { core_->close(reason); }
  int guestPid() const override { return core_->guestPid(); }

 private:
  std::shared_ptr<SessionCore>
      core_;  // owners: this handle and the host, until the guest is reaped
};

class HostImpl final : public Host, public SessionOwner, private TemplateOwner {
 public:
  HostImpl(HostConfig config, jail::ZygoteLaunch launch, Door& door)
      : config_(std::move(config)),
        door_(door),
        clock_(config_.clock != nullptr ? *config_.clock : systemClock()),
        random_(config_.random != nullptr ? *config_.random : systemRandom()),
        zygotes_(loop_, std::move(launch),
                 [this](auto& zygote, auto event) { onZygote(zygote, std::move(event)); }),
        templates_(*this,
                   {config_.templatesMax, config_.forksPerZygoteMax, config_.templateIdleMax}),
        apps_(loop_, config_.dataDir, config_.trust, clock_) {}
  ~HostImpl() override;

  Result<void> start() {
    door_.attached(*this);
    return zygotes_.start();
  }

  Result<std::unique_ptr<Session>> open(std::shared_ptr<const Package> package, OpenOptions options,
                                        SessionObserver& observer) override;
  void open(const AppId& app, OpenOptions options, SessionObserver& observer,
            Done<std::unique_ptr<Session>> opened) override;
  void install(const std::string& path, InstallOptions options, Done<InstallReport> done) override {
    apps_.run<InstallReport>([=](AppRegistry& apps) { return apps.install(path, options); }, done);
  }
  void list(Done<std::vector<InstalledApp>> done) override {
    apps_.run<std::vector<InstalledApp>>([](AppRegistry& apps) { return apps.list(); }, done);
  }
  void uninstall(const AppId& app, Done<void> done) override {
    apps_.run<void>([=](AppRegistry& apps) { return apps.uninstall(app); }, done);
  }
  void pin(const AppId& app, std::int64_t versionCode, Done<InstalledApp> done) override {
    apps_.run<InstalledApp>([=](AppRegistry& apps) { return apps.pin(app, versionCode); }, done);
  }
  void unpin(const AppId& app, Done<InstalledApp> done) override {
    apps_.run<InstalledApp>([=](AppRegistry& apps) { return apps.unpin(app); }, done);
  }
  void approve(const AppId& app, Done<InstalledApp> done) override {
    apps_.run<InstalledApp>([=](AppRegistry& apps) { return apps.approve(app); }, done);
  }
  void rollback(const AppId& app, Done<InstalledApp> done) override {
    apps_.run<InstalledApp>([=](AppRegistry& apps) { return apps.rollback(app); }, done);
  }
  void memoryPressure(MemoryPressure pressure) override;
  std::vector<QuarantinedApp> quarantined() const override { return crashes_.quarantined(); }
  void release(const AppId& app) override { crashes_.release(app); }
  void restartZygote(Done<void> done) override { zygotes_.restart(std::move(done)); }

  void prepare(std::shared_ptr<const Package> package,
               std::function<void(bool ready)> done) override {
    templates_.prepare(package, std::move(done));
  }
  std::vector<JailLayer> jailLayers() const override { return zygotes_.layers(); }
  void run() override { loop_.run(); }
  void stop() override { loop_.stop(); }
  bool runOnce(std::chrono::milliseconds wait) override { return loop_.runOnce(wait); }
  int pollFd() const override { return loop_.pollFd(); }
  void post(std::function<void()> task) override { loop_.post(std::move(task)); }
  TimerId after(std::chrono::milliseconds delay, std::function<void()> task) override {
    return loop_.after(delay, std::move(task));
  }
  void cancelTimer(TimerId id) override { loop_.cancelTimer(id); }

 private:
  using Core = std::shared_ptr<SessionCore>;  // owners: `sessions_`, the embedder's handle

  void onZygote(const jail::ZygoteProcess& zygote, jail::ZygoteEvent event);
  void onGuest(jail::ZygoteEvent event);
  Result<void> makeRoom(const Package& package, const UserId& user);
  SessionInfo infoFor(std::shared_ptr<const Package> package, OpenOptions options);
  SessionCore* coreOf(std::uint64_t requestId);
  std::vector<Core> allCores() const;
  /// Those that are hidden, the one that was hidden first in front.
  std::vector<Core> hiddenCores() const;
  void scheduleWatch();
  void watchHidden();

  // SessionOwner
  UvLoop& loop() override { return loop_; }
  Door& door() override { return door_; }
  Clock& clock() override { return clock_; }
  ViewRenderer* renderer() override { return config_.renderer; }
  std::uint64_t& filesKiBUsual() override { return filesKiBUsual_; }
  void visibilityChanged(SessionCore& core) override;
  void finished(std::uint64_t requestId, const SessionEnd& end) override;

  // TemplateOwner
  std::uint64_t newRequestId() override { return nextRequest_++; }
  Result<ZygotePool::MadeTemplate> askForTemplate(const std::shared_ptr<const Package>& package,
                                                  jail::TemplateRequest request) override;
  void templateTold(jail::ZygoteEvent event) override;

  enum class From : std::uint8_t { TemplateOrZygote, Zygote };
  /// Asks for the guest of a session; our end of its socket.
  Result<Fd> askForGuest(const SessionInfo& info, const Limits& limits, std::uint64_t requestId,
                         From from);

  HostConfig config_;
  Door& door_;
  Clock& clock_;
  Random& random_;
  mutable UvLoop loop_;
  PackageImages images_;
  std::unordered_map<std::uint64_t, Core> sessions_;
  std::unordered_map<std::uint64_t, std::int64_t> suspendAtUs_;  // of hidden apps that still run
  ZygotePool zygotes_;
  TemplatePool templates_;
  AppDesk apps_;
  CrashGuard crashes_;
  std::uint64_t nextRequest_ = 1;
  std::uint64_t filesKiBUsual_ = kFilesKiBAssumed;
  bool closing_ = false;
  std::optional<TimerId> watchTimer_;
};

HostImpl::~HostImpl() {
  KIOSK_CHECK(!loop_.turning(), "a host is not destroyed from within its callbacks");
  closing_ = true;
  const auto cores = allCores();
  for (const auto& core : cores) core->close(EndReason::Closed);
  const auto deadline = systemClock().monotonicUs() + kFarewellMaxUs;
  while (!sessions_.empty() && systemClock().monotonicUs() < deadline) {
    loop_.runOnce(std::chrono::milliseconds(10));
  }
  for (const auto& core : cores) core->forkRefused("the host has ended");
  if (watchTimer_) loop_.cancelTimer(*watchTimer_);
  zygotes_.clear();
  door_.detached();
}

void HostImpl::onZygote(const jail::ZygoteProcess& zygote, jail::ZygoteEvent event) {
  if (std::holds_alternative<jail::ZygoteGone>(event)) return templates_.zygoteGone(zygote);
  if (!templates_.takes(zygote, event)) onGuest(std::move(event));
}

void HostImpl::onGuest(jail::ZygoteEvent event) {
  if (auto* forked = std::get_if<jail::GuestForked>(&event)) {
    if (auto* core = coreOf(forked->requestId)) core->forked(std::move(forked->pidfd));
  } else if (auto* exited = std::get_if<jail::GuestExited>(&event)) {
    if (auto* core = coreOf(exited->requestId)) core->exited(*exited);
  } else if (auto* refused = std::get_if<jail::ForkRefused>(&event)) {
    if (auto* core = coreOf(refused->requestId)) core->forkRefused(refused->why);
  }
}

/// Whether one more session may be: of this user, of this app, of all.
Result<void> HostImpl::makeRoom(const Package& package, const UserId& user) {
  const auto& rules = config_.lifecycle;
  std::uint32_t all = 0, ofUser = 0, ofApp = 0;
  for (const auto& [id, core] : sessions_) {
    if (!core->running()) continue;
    ++all;
    if (core->info().user == user) ++ofUser;
    if (core->info().manifest().appId == package.manifest.appId) ++ofApp;
  }
  const auto full = [](const char* whose, std::uint32_t max) {
    return Error{ErrorCode::LimitExceeded,
                 std::string(whose) + std::to_string(max) + " sessions already; close one first"};
  };
  if (!KIOSK_GUARD("host.sessionsOfUser", ofUser < rules.sessionsPerUserMax))
    return full("this user has ", rules.sessionsPerUserMax);
  if (!KIOSK_GUARD("host.sessionsOfApp", ofApp < rules.sessionsPerAppMax))
    return full("this app has ", rules.sessionsPerAppMax);
  if (KIOSK_GUARD("host.sessions", all < config_.sessionsMax)) return {};
  const auto hidden = hiddenCores();
  if (hidden.empty()) return full("this host runs ", config_.sessionsMax);
  hidden.front()->close(EndReason::Evicted);
  return {};
}

SessionInfo HostImpl::infoFor(std::shared_ptr<const Package> package, OpenOptions options) {
  SessionInfo info;
  info.id = SessionId(newSessionId(random_));
  info.user = std::move(options.user);
  info.package = std::move(package);
  info.entryPoint = std::move(options.entryPoint);
  info.startParam = std::move(options.startParam);
  info.chatId = std::move(options.chatId);
  info.language = std::move(options.language);
  info.openedAtMs = clock_.wallMs();
  return info;
}

Result<std::unique_ptr<Session>> HostImpl::open(std::shared_ptr<const Package> package,
                                                OpenOptions options, SessionObserver& observer) {
  if (closing_) return Error{ErrorCode::NotReady, "this host is going"};
  if (auto valid = checkOptions(options); !valid) return std::move(valid).error();
  if (package->provenance == Provenance::Signed) {
    auto sound = crashes_.mayOpen(*package, options.user, clock_.monotonicUs());
    if (!sound) return std::move(sound).error();
  }
  if (auto room = makeRoom(*package, options.user); !room) return std::move(room).error();
  const Limits limits = limitsFor(package->manifest, options.limits);
  const SessionInfo info = infoFor(std::move(package), std::move(options));
  const std::uint64_t requestId = nextRequest_++;
  auto socket = askForGuest(info, limits, requestId, From::TemplateOrZygote);
  if (!socket) return std::move(socket).error();
  auto core = std::make_shared<SessionCore>(*this, info, limits, observer, requestId);
  // What is answered is taken on the loop: it comes once, and the session must be known by then.
  sessions_.emplace(requestId, core);
  core->start(std::move(*socket));
  scheduleWatch();
  templates_.opened(info.package);
  return std::unique_ptr<Session>(std::make_unique<SessionHandle>(std::move(core)));
}

Result<Fd> HostImpl::askForGuest(const SessionInfo& info, const Limits& limits,
                                 std::uint64_t requestId, From from) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return Error{ErrorCode::HostError, "the process has no descriptor left"};
  }
  Fd ours(ends[0]);
  jail::ForkRequest request;
  request.requestId = requestId;
  request.sessionSocket = Fd(ends[1]);
  request.config = guestConfig(info, limits);
  request.limits.memoryBytesMax = limits.memoryBytesMax;
  if (from == From::TemplateOrZygote && templates_.fork(*info.package, request)) return ours;
  auto image = images_.of(info.package);
  if (!image) return std::move(image).error();
  request.package = std::move(*image);
  if (auto asked = zygotes_.fork(std::move(request)); !asked) return std::move(asked).error();
  return ours;
}

Result<ZygotePool::MadeTemplate> HostImpl::askForTemplate(
    const std::shared_ptr<const Package>& package, jail::TemplateRequest request) {
  auto image = images_.of(package);
  if (!image) return std::move(image).error();
  SessionInfo info;
  info.package = package;
  request.config = guestConfig(info, Limits{});
  request.package = std::move(*image);
  return zygotes_.makeTemplate(std::move(request));
}

void HostImpl::templateTold(jail::ZygoteEvent event) {
  auto* refused = std::get_if<jail::ForkRefused>(&event);
  if (refused == nullptr) return onGuest(std::move(event));
  SessionCore* core = coreOf(refused->requestId);
  if (core == nullptr || !core->untouched()) return onGuest(std::move(event));
  auto socket = askForGuest(core->info(), core->limits(), refused->requestId, From::Zygote);
  if (!socket) return core->forkRefused(socket.error().message);
  core->moveTo(std::move(*socket));
}

void HostImpl::open(const AppId& app, OpenOptions options, SessionObserver& observer,
                    Done<std::unique_ptr<Session>> opened) {
  using Loaded = std::shared_ptr<const Package>;
  apps_.run<Loaded>([app](AppRegistry& apps) { return apps.load(app); },
                    [this, options = std::move(options), &observer,
                     opened = std::move(opened)](Result<Loaded> package) {
                      if (!package) return opened(std::move(package).error());
                      opened(open(std::move(*package), options, observer));
                    });
}

void HostImpl::memoryPressure(MemoryPressure pressure) {
  const bool critical = pressure == MemoryPressure::Critical;
  for (const auto& core : hiddenCores()) {
    if (critical) {
      core->close(EndReason::Evicted);
    } else {
      core->suspend();
    }
  }
  for (const auto& core : allCores()) {
    if (core->state() != SessionState::Shown) continue;
    core->sendEvent("memoryWarning", {{"level", critical ? "critical" : "moderate"}});
  }
}

SessionCore* HostImpl::coreOf(std::uint64_t requestId) {
  const auto found = sessions_.find(requestId);
  return found == sessions_.end() ? nullptr : found->second.get();
}

std::vector<HostImpl::Core> HostImpl::allCores() const {
  std::vector<Core> cores;
  for (const auto& [id, core] : sessions_) cores.push_back(core);
  return cores;
}

std::vector<HostImpl::Core> HostImpl::hiddenCores() const {
  std::vector<Core> cores;
  for (const auto& [id, core] : sessions_) {
    if (core->running() && core->hiddenSinceUs()) cores.push_back(core);
  }
  std::sort(cores.begin(), cores.end(), [](const Core& a, const Core& b) {
    return std::pair(*a->hiddenSinceUs(), a->requestId()) <
           std::pair(*b->hiddenSinceUs(), b->requestId());
  });
  return cores;
}

void HostImpl::visibilityChanged(SessionCore& core) {
  if (!core.hiddenSinceUs()) {
    suspendAtUs_.erase(core.requestId());
    return;
  }
  const auto grace = std::chrono::microseconds(config_.lifecycle.hiddenGrace).count();
  suspendAtUs_[core.requestId()] = clock_.monotonicUs() + grace;
  auto hidden = hiddenCores();
  const std::size_t max = config_.lifecycle.hiddenSessionsMax;
  if (hidden.size() <= max) return;
  hidden.resize(hidden.size() - max);
  for (const auto& one : hidden) one->close(EndReason::Evicted);
}

void HostImpl::finished(std::uint64_t requestId, const SessionEnd& end) {
  suspendAtUs_.erase(requestId);
  const auto found = sessions_.find(requestId);
  if (found == sessions_.end()) return;
  const SessionInfo& info = found->second->info();
  if (info.package->provenance == Provenance::Signed && !closing_) {
    crashes_.ended(*info.package, info.user, end.reason,
                   std::chrono::microseconds(found->second->metrics().openFor).count(),
                   clock_.monotonicUs());
  }
  // Not within a callback of its own.
  post([this, core = std::move(found->second)]() mutable {
    core.reset();
    images_.dropUnused();
  });
  sessions_.erase(found);
}

void HostImpl::scheduleWatch() {
  if (watchTimer_ || sessions_.empty()) return;
  watchTimer_ = loop_.after(kWatchInterval, [this] {
    watchTimer_.reset();
    for (const auto& core : allCores()) core->watch();
    watchHidden();
    scheduleWatch();
  });
}

/// Hidden apps whose time to run, or to be kept, is over.
void HostImpl::watchHidden() {
  const std::int64_t nowUs = clock_.monotonicUs();
  const auto keptUs = std::chrono::microseconds(config_.lifecycle.hiddenTimeMax).count();
  for (const auto& core : hiddenCores()) {
    if (nowUs - *core->hiddenSinceUs() >= keptUs) {
      core->close(EndReason::Evicted);
      continue;
    }
    const auto due = suspendAtUs_.find(core->requestId());
    if (due == suspendAtUs_.end() || nowUs < due->second) continue;
    suspendAtUs_.erase(due);
    core->suspend();
  }
}

/// Errors: InvalidParams   a rule is out of its range.
Result<void> checkRules(const LifecycleRules& rules) {
  using std::chrono::hours;
  using std::chrono::milliseconds;
  const bool sound = rules.hiddenGrace >= milliseconds(0) && rules.hiddenGrace <= hours(1) &&
                     rules.hiddenTimeMax >= milliseconds(1000) &&
                     rules.hiddenTimeMax <= hours(7 * 24) && rules.sessionsPerUserMax > 0 &&
                     rules.sessionsPerAppMax > 0;
  if (sound) return {};
  return Error{ErrorCode::InvalidParams,
               "lifecycle: hiddenGrace is 0 to 1 h, hiddenTimeMax 1 s to 7 days, and a user and an "
               "app may have at least one session"};
}

}  // namespace

std::string_view tierName(Tier tier) { return tier == Tier::Jit ? "jit" : "jitless"; }

std::string_view logLevelName(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return "debug";
    case LogLevel::Info:
      return "info";
    case LogLevel::Warn:
      return "warn";
    case LogLevel::Error:
      return "error";
  }
  return "info";
}

Result<std::unique_ptr<Host>> Host::create(HostConfig config, Door& door) {
  auto guest = findGuest(config.guestPath);
  if (!guest) return std::move(guest).error();
  if (auto sound = checkRules(config.lifecycle); !sound) return std::move(sound).error();
  jail::ZygoteLaunch launch;
  launch.guestPath = std::move(*guest);
  launch.tier = config.tier;
  launch.jail = config.jail;
  launch.dumpable = config.dumpable;
  launch.forksMax = config.forksPerZygoteMax;
  auto host = std::make_unique<HostImpl>(std::move(config), std::move(launch), door);
  if (auto started = host->start(); !started) return started.error();
  return std::unique_ptr<Host>(std::move(host));
}

}  // namespace kiosk
