#include "runtime/host/zygote_pool.h"

#include <algorithm>

#include "runtime/base/log.h"

namespace kiosk {
namespace {

constexpr std::chrono::seconds kWarmTimeMax{20};

Error notStarted(const std::string& why) {
  return Error{ErrorCode::HostError, "the guest program did not start: " + why};
}

}  // namespace

ZygotePool::ZygotePool(UvLoop& loop, jail::ZygoteLaunch launch, OnEvent onEvent)
    : loop_(loop), launch_(std::move(launch)), onEvent_(std::move(onEvent)) {}

ZygotePool::~ZygotePool() { clear(); }

void ZygotePool::clear() {
  if (candidateTimer_) loop_.cancelTimer(*candidateTimer_);
  candidateTimer_.reset();
  restarted_.clear();
  candidate_.reset();
  zygotes_.clear();
}

ZygotePool::Binary ZygotePool::binaryNow() const {
  struct stat found {};
  if (::stat(launch_.guestPath.c_str(), &found) != 0) return binary_;
  return {found.st_dev, found.st_ino, found.st_size,
          std::int64_t{found.st_mtim.tv_sec} * 1'000'000'000 + found.st_mtim.tv_nsec};
}

Result<std::unique_ptr<ZygotePool::Zygote>> ZygotePool::launch() {
  binary_ = binaryNow();
  auto process = jail::ZygoteProcess::start(launch_);
  if (!process) return std::move(process).error();
  auto zygote = std::make_unique<Zygote>();
  Zygote& it = *zygote;
  it.process = std::move(*process);
  it.watch = std::make_unique<FdWatch>(loop_, it.process->fd(), [this, &it] { onZygote(it); });
  it.watch->setEvents(it.process->pollEvents());
  return zygote;
}

Result<void> ZygotePool::add() {
  auto zygote = launch();
  if (!zygote) return std::move(zygote).error();
  zygotes_.push_back(*std::move(zygote));
  return {};
}

Result<void> ZygotePool::start() {
  if (auto added = add(); !added) return added;
  const auto deadline = std::chrono::steady_clock::now() + kWarmTimeMax;
  while (!zygotes_.empty() && !zygotes_.back()->process->ready()) {
    if (std::chrono::steady_clock::now() > deadline) {
      return Error{ErrorCode::HostError, "the guest program did not start in 20 s"};
    }
    loop_.runOnce(std::chrono::milliseconds(100));
  }
  if (zygotes_.empty()) return notStarted(goneWhy_);
  layers_ = zygotes_.back()->process->jailLayers();
  const std::string missing = jail::missingRequiredLayers(layers_);
  if (!missing.empty() && launch_.jail == JailPolicy::Required) {
    return Error{ErrorCode::HostError, "the jail lacks " + missing +
                                           " on this machine, so no mini-app is run; "
                                           "`kiosk doctor` tells more"};
  }
  return {};
}

Result<ZygotePool::Zygote*> ZygotePool::current() {
  const bool usable =
      !zygotes_.empty() && !zygotes_.back()->gone && !zygotes_.back()->process->retired();
  if (!usable) {
    if (auto added = add(); !added) return std::move(added).error();
  }
  return zygotes_.back().get();
}

Result<void> ZygotePool::fork(jail::ForkRequest request) {
  lookAtBinary();
  auto zygote = current();
  if (!zygote) return std::move(zygote).error();
  if (auto asked = (*zygote)->process->fork(std::move(request)); !asked) return asked;
  noteAsked(**zygote);
  return {};
}

Result<ZygotePool::MadeTemplate> ZygotePool::makeTemplate(jail::TemplateRequest request) {
  lookAtBinary();
  auto zygote = current();
  if (!zygote) return std::move(zygote).error();
  MadeTemplate made;
  made.zygote = (*zygote)->process.get();
  auto process = (*zygote)->process->makeTemplate(std::move(request));
  if (!process) return std::move(process).error();
  made.process = *std::move(process);
  noteAsked(**zygote);
  return made;
}

void ZygotePool::noteAsked(Zygote& zygote) {
  zygote.watch->setEvents(zygote.process->pollEvents());
  // A successor is warm by the time that it is needed; should it not start, the next open says why.
  if (zygote.process->retired()) (void)add();
}

/// A guest binary that was replaced, by an upgrade, is warmed beside the one that runs.
void ZygotePool::lookAtBinary() {
  if (candidate_ || zygotes_.empty() || binaryNow() == binary_) return;
  restart([](const Result<void>& outcome) {
    if (!outcome) {
      logWarn("the guest program was replaced by one that does not run; the old one goes on: " +
              outcome.error().message);
    }
  });
}

void ZygotePool::restart(Restarted done) {
  restarted_.push_back(std::move(done));
  if (candidate_) return;
  auto launched = launch();
  if (!launched) return finishRestart(launched.error());
  candidate_ = *std::move(launched);
  candidateTimer_ = loop_.after(kWarmTimeMax, [this] {
    candidateTimer_.reset();
    candidateFailed("it took more than 20 s");
  });
}

/// Tells on the loop, and never from within the call that asked.
void ZygotePool::finishRestart(const Result<void>& outcome) {
  loop_.post([waiting = std::exchange(restarted_, {}), outcome, alive = std::weak_ptr(alive_)] {
    if (alive.expired()) return;
    for (const auto& done : waiting) done(outcome);
  });
}

void ZygotePool::candidateReady() {
  const std::string missing = jail::missingRequiredLayers(candidate_->process->jailLayers());
  if (!missing.empty() && launch_.jail == JailPolicy::Required) {
    return candidateFailed("its jail lacks " + missing);
  }
  if (candidateTimer_) loop_.cancelTimer(*candidateTimer_);
  candidateTimer_.reset();
  for (const auto& old : zygotes_) {
    if (old->gone) continue;
    old->process->retire();
    old->watch->setEvents(old->process->pollEvents());
  }
  layers_ = candidate_->process->jailLayers();
  zygotes_.push_back(std::move(candidate_));
  finishRestart({});
}

void ZygotePool::candidateFailed(const std::string& why) {
  if (candidateTimer_) loop_.cancelTimer(*candidateTimer_);
  candidateTimer_.reset();
  candidate_->gone = true;
  zygotes_.push_front(std::move(candidate_));
  dropGone();
  finishRestart(notStarted(why));
}

void ZygotePool::onZygote(Zygote& zygote) {
  const bool isCandidate = candidate_.get() == &zygote;
  for (auto& event : zygote.process->poll()) {
    if (const auto* gone = std::get_if<jail::ZygoteGone>(&event)) {
      zygote.gone = true;
      goneWhy_ = gone->why;
      if (!gone->why.empty()) logWarn("a zygote ended: " + gone->why);
      onEvent_(*zygote.process, std::move(event));
    } else if (std::holds_alternative<jail::ZygoteReady>(event)) {
      if (isCandidate) candidateReady();
    } else {
      onEvent_(*zygote.process, std::move(event));
    }
  }
  if (!zygote.gone) return zygote.watch->setEvents(zygote.process->pollEvents());
  zygote.watch.reset();
  if (candidate_.get() == &zygote) return candidateFailed(goneWhy_);
  dropGone();
}

/// Not within a callback of their own.
void ZygotePool::dropGone() {
  loop_.post([this, alive = std::weak_ptr(alive_)] {
    if (alive.expired()) return;
    std::erase_if(zygotes_, [](const auto& one) { return one->gone; });
  });
}

}  // namespace kiosk
