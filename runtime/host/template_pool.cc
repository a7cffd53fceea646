#include "runtime/host/template_pool.h"

#include <algorithm>
#include <set>

#include "runtime/base/guard.h"
#include "runtime/base/log.h"

namespace kiosk {
namespace {

/// Ends of orphans that are kept until their template's end is seen.
constexpr std::size_t kOrphanExitsMax = 1024;

/// What a template holds follows from the files, the name in their URLs, and the first of them.
/// Empty: the package has no hash, and so no template.
std::string keyOf(const Package& package) {
  if (package.payloadHash.empty()) return {};
  return package.payloadHash + '\n' + package.manifest.appId.value + '\n' + package.manifest.entry;
}

std::int64_t microsOf(std::chrono::milliseconds time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

}  // namespace

struct TemplatePool::Template {
  std::string key;
  State state = State::Making;
  std::uint64_t requestId = 0;
  const jail::ZygoteProcess* zygote = nullptr;  ///< null when it is gone
  std::unique_ptr<jail::ZygoteProcess> process;
  std::unique_ptr<FdWatch> watch;
  Fd pidfd;
  int pid = 0;
  GuestMeter meter;
  bool saidReady = false, condemned = false, gone = false;
  std::int64_t beganUs = 0, usedUs = 0;
  std::int64_t cpuUsSeen = 0;
  std::map<std::uint64_t, std::int64_t> asked;  ///< requests without an answer, and since when
  std::uint32_t forksUnseen = 0;
  std::set<std::uint64_t> refused;  ///< sessions that were taken from it
  std::vector<std::function<void(bool)>> waiting;

  std::uint64_t baselineKiB() const { return meter.last() ? meter.last()->privateKiB : 0; }
};

TemplatePool::TemplatePool(TemplateOwner& owner, TemplateBounds bounds)
    : owner_(owner), bounds_(bounds) {}

TemplatePool::~TemplatePool() {
  if (watchTimer_) owner_.loop().cancelTimer(*watchTimer_);
}

std::size_t TemplatePool::size() const {
  return static_cast<std::size_t>(
      std::count_if(templates_.begin(), templates_.end(),
                    [](const auto& one) { return one->state != State::Leaving && !one->gone; }));
}

bool TemplatePool::App::mayHaveOne() const {
  return KIOSK_GUARD("template.failures", failures < kTemplateFailuresMax);
}

TemplatePool::App& TemplatePool::appOf(const std::string& key) {
  const auto found =
      std::find_if(apps_.begin(), apps_.end(), [&](const App& app) { return app.key == key; });
  if (found != apps_.end()) {
    apps_.splice(apps_.begin(), apps_, found);
  } else {
    apps_.push_front(App{key});
    if (apps_.size() > kAppsRememberedMax) apps_.pop_back();
  }
  return apps_.front();
}

TemplatePool::Template* TemplatePool::find(const std::string& key) {
  for (const auto& one : templates_) {
    if (one->key == key && one->state != State::Leaving && !one->gone) return one.get();
  }
  return nullptr;
}

bool TemplatePool::fork(const Package& package, jail::ForkRequest& request) {
  if (templates_.empty() || request.limits.memoryBytesMax > kTemplateMemoryBytesMax) return false;
  Template* it = find(keyOf(package));
  if (it == nullptr || it->state != State::Ready) return false;
  // Guests of a zygote share its layout, and those of its templates too: they go together.
  if (it->process->retired() || it->zygote == nullptr || it->zygote->retired()) {
    leave(*it);
    return false;
  }
  const std::uint64_t id = request.requestId;
  if (!it->process->fork(std::move(request))) return false;
  it->usedUs = owner_.clock().monotonicUs();
  it->asked[id] = it->usedUs;
  ++it->forksUnseen;
  it->watch->setEvents(it->process->pollEvents());
  return true;
}

void TemplatePool::opened(const std::shared_ptr<const Package>& package) {
  const std::string key = keyOf(*package);
  if (bounds_.templatesMax == 0 || key.empty()) return;
  App& app = appOf(key);
  ++app.opens;
  if (app.opens >= 2 && app.mayHaveOne() && find(key) == nullptr) {
    begin(package, key);
  }
}

void TemplatePool::prepare(const std::shared_ptr<const Package>& package,
                           std::function<void(bool)> done) {
  const std::string key = keyOf(*package);
  if (bounds_.templatesMax == 0 || key.empty()) return done(false);
  Template* it = find(key);
  if (it != nullptr && it->state == State::Ready) return done(true);
  if (it == nullptr) {
    if (!appOf(key).mayHaveOne() || !begin(package, key)) return done(false);
    it = templates_.back().get();
  }
  it->waiting.push_back(std::move(done));
}

bool TemplatePool::makeRoom() {
  while (size() >= bounds_.templatesMax) {
    Template* oldest = nullptr;
    for (const auto& one : templates_) {
      const bool candidate = one->state == State::Ready && !one->gone;
      if (candidate && (oldest == nullptr || one->usedUs < oldest->usedUs)) oldest = one.get();
    }
    if (oldest == nullptr) return false;
    leave(*oldest);
  }
  return true;
}

bool TemplatePool::begin(const std::shared_ptr<const Package>& package, const std::string& key) {
  if (!makeRoom()) return false;
  jail::TemplateRequest request;
  request.requestId = owner_.newRequestId();
  request.limits = {kTemplateMemoryBytesMax, kTemplateCpuSecondsMax};
  request.forksMax = bounds_.forksMax;
  auto it = std::make_unique<Template>();
  it->key = key;
  it->requestId = request.requestId;
  it->beganUs = it->usedUs = owner_.clock().monotonicUs();
  auto made = owner_.askForTemplate(package, std::move(request));
  if (!made) {
    logWarn("no app template can be made: " + made.error().message);
    return false;
  }
  it->process = std::move(made->process);
  it->zygote = made->zygote;
  it->watch = std::make_unique<FdWatch>(owner_.loop(), it->process->fd(),
                                        [this, raw = it.get()] { onTemplate(*raw); });
  it->watch->setEvents(it->process->pollEvents());
  templates_.push_back(std::move(it));
  scheduleWatch();
  return true;
}

void TemplatePool::onTemplate(Template& it) {
  for (auto& event : it.process->poll()) take(it, event);
  if (it.gone) return;
  it.watch->setEvents(it.process->pollEvents());
  if (it.state == State::Ready && it.process->retired()) leave(it);
  if (it.state == State::Leaving && it.process->guestCount() == 0) drop(it);
}

void TemplatePool::take(Template& it, jail::ZygoteEvent& event) {
  if (auto* orphaned = std::get_if<jail::GuestOrphaned>(&event)) {
    if (it.refused.count(orphaned->requestId) == 0) takeOrphaned(it, *orphaned);
  } else if (auto* gone = std::get_if<jail::ZygoteGone>(&event)) {
    const bool early = it.state != State::Leaving;
    if (early) ++appOf(it.key).failures;
    if (early && it.state == State::Making) logInfo("an app has no template: " + gone->why);
    if (early && it.state == State::Ready) logWarn("an app template ended: " + gone->why);
    drop(it);
  } else if (auto* refused = std::get_if<jail::ForkRefused>(&event)) {
    it.asked.erase(refused->requestId);
    if (it.refused.count(refused->requestId) == 0) owner_.templateTold(std::move(event));
  } else if (it.condemned) {
    return;
  } else if (std::holds_alternative<jail::ZygoteReady>(event)) {
    it.saidReady = true;
    becomeReady(it);
  } else if (auto* forked = std::get_if<jail::GuestForked>(&event)) {
    takeForked(it, *forked);
  } else if (std::holds_alternative<jail::GuestExited>(event)) {
    owner_.templateTold(std::move(event));
  }
}

void TemplatePool::takeForked(Template& it, jail::GuestForked& forked) {
  it.asked.erase(forked.requestId);
  if (!KIOSK_GUARD("template.process", jail::isPidfd(forked.pidfd.get()))) {
    it.refused.insert(forked.requestId);
    condemn(it, "it passed on what is no process");
    return owner_.templateTold(jail::ForkRefused{forked.requestId, true, "its template was ended"});
  }
  owner_.templateTold(std::move(forked));
}

void TemplatePool::takeOrphaned(Template& it, const jail::GuestOrphaned& orphaned) {
  jail::GuestExited exited;
  const Place place(it.zygote, orphaned.pid);
  if (const auto early = orphanExits_.find(place); early != orphanExits_.end()) {
    exited = early->second;
    exited.baselineRssKiB = it.baselineKiB();
    orphanExits_.erase(early);
  } else if (it.zygote != nullptr) {
    orphans_[place] = {orphaned.requestId, it.baselineKiB()};
    return;
  }
  exited.requestId = orphaned.requestId;
  owner_.templateTold(std::move(exited));
}

bool TemplatePool::takes(const jail::ZygoteProcess& zygote, jail::ZygoteEvent& event) {
  if (const auto* orphan = std::get_if<jail::OrphanExited>(&event)) {
    return takeOrphanExit(zygote, *orphan);
  }
  std::uint64_t id = 0;
  if (const auto* forked = std::get_if<jail::GuestForked>(&event)) id = forked->requestId;
  if (const auto* exited = std::get_if<jail::GuestExited>(&event)) id = exited->requestId;
  if (const auto* refused = std::get_if<jail::ForkRefused>(&event)) id = refused->requestId;
  const auto found = std::find_if(templates_.begin(), templates_.end(),
                                  [id](const auto& one) { return one->requestId == id; });
  if (id == 0 || found == templates_.end()) return false;
  Template& it = **found;
  if (auto* forked = std::get_if<jail::GuestForked>(&event)) {
    it.pidfd = std::move(forked->pidfd);
    it.pid = jail::pidOf(it.pidfd.get());
    it.meter.begin(it.pidfd.get(), it.pid);
    if (it.condemned) jail::killGuest(it.pidfd.get());
    becomeReady(it);
  }
  // Its end, and that there was none, is seen at its own socket too.
  return true;
}

bool TemplatePool::takeOrphanExit(const jail::ZygoteProcess& zygote,
                                  const jail::OrphanExited& orphan) {
  const Place place(&zygote, orphan.pid);
  if (const auto found = orphans_.find(place); found != orphans_.end()) {
    jail::GuestExited exited = orphan.exit;
    exited.requestId = found->second.requestId;
    exited.baselineRssKiB = found->second.baselineKiB;
    orphans_.erase(found);
    owner_.templateTold(std::move(exited));
  } else if (orphanExits_.size() < kOrphanExitsMax) {
    orphanExits_[place] = orphan.exit;
  }
  return true;
}

void TemplatePool::zygoteGone(const jail::ZygoteProcess& zygote) {
  for (const auto& one : templates_) {
    if (one->zygote == &zygote) one->zygote = nullptr;
  }
  std::erase_if(orphanExits_, [&](const auto& exit) { return exit.first.first == &zygote; });
  std::vector<std::uint64_t> lost;
  std::erase_if(orphans_, [&](const auto& orphan) {
    if (orphan.first.first != &zygote) return false;
    lost.push_back(orphan.second.requestId);
    return true;
  });
  for (const std::uint64_t id : lost) {
    jail::GuestExited exited;
    exited.requestId = id;
    owner_.templateTold(std::move(exited));
  }
}

void TemplatePool::becomeReady(Template& it) {
  if (it.state != State::Making || !it.saidReady || !it.pidfd || it.condemned) return;
  it.state = State::Ready;
  it.usedUs = owner_.clock().monotonicUs();
  it.meter.sample();
  it.cpuUsSeen = it.meter.cpuUs().value_or(0);
  answer(it, true);
}

void TemplatePool::answer(Template& it, bool ready) {
  for (auto& done : std::exchange(it.waiting, {})) done(ready);
}

void TemplatePool::leave(Template& it) {
  it.state = State::Leaving;
  it.process->retire();
  it.watch->setEvents(it.process->pollEvents());
  if (it.process->guestCount() == 0) drop(it);
}

void TemplatePool::condemn(Template& it, const char* why) {
  logWarn(std::string("an app template was ended: ") + why);
  it.condemned = true;
  ++appOf(it.key).failures;
  it.state = State::Leaving;
  if (it.pidfd) jail::killGuest(it.pidfd.get());
}

void TemplatePool::drop(Template& it) {
  if (it.gone) return;
  it.gone = true;
  it.watch.reset();
  if (it.pidfd) jail::killGuest(it.pidfd.get());
  answer(it, false);
  // Not within a callback of its own.
  owner_.loop().post([this, dead = std::weak_ptr<bool>(alive_)] {
    if (dead.expired()) return;
    std::erase_if(templates_, [](const auto& one) { return one->gone; });
  });
}

void TemplatePool::scheduleWatch() {
  if (watchTimer_ || templates_.empty()) return;
  const auto interval = std::min(kTemplateWatchInterval, bounds_.idleMax);
  watchTimer_ = owner_.loop().after(interval, [this] {
    watchTimer_.reset();
    for (const auto& one : templates_) watch(*one);
    scheduleWatch();
  });
}

void TemplatePool::watch(Template& it) {
  if (it.gone) return;
  const std::int64_t now = owner_.clock().monotonicUs();
  if (it.state == State::Making) {
    if (now - it.beganUs > microsOf(kTemplateMakingMax)) condemn(it, "it took too long");
    return;
  }
  const std::int64_t cpu = it.meter.cpuUs().value_or(it.cpuUsSeen);
  const std::int64_t explained =
      microsOf(kTemplateIdleCpuMax) + it.forksUnseen * microsOf(kTemplateForkCpuMax);
  const bool busy = cpu - it.cpuUsSeen > explained;
  it.cpuUsSeen = cpu;
  it.forksUnseen = 0;
  if (!KIOSK_GUARD("template.busy", !busy || it.condemned))
    return condemn(it, "it used CPU time for no guest");
  const bool silent = std::any_of(it.asked.begin(), it.asked.end(), [now](const auto& request) {
    return now - request.second > microsOf(kTemplateAnswerMax);
  });
  if (!KIOSK_GUARD("template.silent", !silent || it.condemned)) {
    return condemn(it, "it did not answer");
  }
  if (it.state != State::Ready) return;
  const bool zygoteRetired = it.zygote == nullptr || it.zygote->retired();
  if (zygoteRetired || now - it.usedUs > microsOf(bounds_.idleMax)) leave(it);
}

}  // namespace kiosk
