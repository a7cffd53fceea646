// Shown, hidden, suspended: what session.h draws.

#include "runtime/host/session_core.h"

namespace kiosk {

using nlohmann::json;

std::string_view sessionStateName(SessionState state) {
  switch (state) {
    case SessionState::Opening:
      return "opening";
    case SessionState::Shown:
      return "shown";
    case SessionState::Hidden:
      return "hidden";
    case SessionState::Suspended:
      return "suspended";
    case SessionState::Ended:
      return "ended";
  }
  return "ended";
}

SessionState SessionCore::state() const {
  if (!running()) return SessionState::Ended;
  if (suspended_) return SessionState::Suspended;
  if (hiddenSinceUs_) return SessionState::Hidden;
  return phase_ == Phase::Opening ? SessionState::Opening : SessionState::Shown;
}

SessionMetrics SessionCore::metrics() const {
  SessionMetrics metrics = counted_;
  metrics.state = state();
  metrics.launch = launch_;
  if (ended_) {  // the owner may be gone by now
    metrics.cpu = std::chrono::milliseconds(ended_->cpuMs);
  } else {
    metrics.openFor = std::chrono::microseconds(owner_.clock().monotonicUs() - openedUs_);
    metrics.cpu = std::chrono::microseconds(meter_.cpuUs().value_or(0));
  }
  if (meter_.last()) metrics.memoryKiB = meter_.last()->privateKiB;
  metrics.callsInFlight = static_cast<std::uint32_t>(inFlight_.size());
  metrics.messages = framesSeen_;
  return metrics;
}

void SessionCore::show() {
  if (!running() || !hiddenSinceUs_) return;
  const auto keepAlive = shared_from_this();
  if (std::exchange(suspended_, false)) continueGuest();
  hiddenSinceUs_.reset();
  sendLifecycle("shown");
  if (owner_.renderer() != nullptr && phase_ == Phase::Running) {
    drawn_ = true;
    owner_.renderer()->draw(info_, tree_.root());
  }
  owner_.visibilityChanged(*this);
  tellState();
}

void SessionCore::hide() {
  if (!running() || hiddenSinceUs_) return;
  const auto keepAlive = shared_from_this();
  hiddenSinceUs_ = owner_.clock().monotonicUs();
  activation_.forget();
  sendLifecycle("hidden");
  clearView();
  tellState();
  // Last: the owner may end or suspend it for want of room.
  if (running() && hiddenSinceUs_) owner_.visibilityChanged(*this);
}

void SessionCore::suspend() {
  const auto keepAlive = shared_from_this();
  hide();
  if (!running() || !hiddenSinceUs_ || std::exchange(suspended_, true)) return;
  ++counted_.suspensions;
  stopGuest();
  tellState();
}

void SessionCore::resume() {
  if (!running() || !std::exchange(suspended_, false)) return;
  const auto keepAlive = shared_from_this();
  continueGuest();
  owner_.visibilityChanged(*this);
  tellState();
}

/// Small, few, and not to be missed: sent however much waits. Before the app runs nothing is said;
/// it hears how it stands when it does.
void SessionCore::sendLifecycle(const char* type, const json& detail) {
  if (phase_ != Phase::Running) return;
  send(notificationMessage("lifecycle", {{"type", type}, {"detail", detail}}));
}

/// What came before it stopped is still read; a guest that is not forked yet is stopped when it is.
void SessionCore::stopGuest() {
  if (!pidfd_ || exit_) return;
  lookAtMemory();
  jail::stopGuest(pidfd_.get());
}

void SessionCore::continueGuest() {
  if (pidfd_ && !exit_) jail::continueGuest(pidfd_.get());
}

void SessionCore::recordPatch() {
  tree_.recordPatch(observer_ != nullptr && observer_->wantsPatches());
}

void SessionCore::tellPatch() {
  if (!tree_.hasPatch() || observer_ == nullptr || !running()) return;
  observer_->viewPatched(tree_.takePatch());
}

/// What the user changed is not told from within the call that says so, and it may be that the app
/// changes nothing upon it.
void SessionCore::tellPatchSoon() {
  if (!tree_.hasPatch() || std::exchange(patchPosted_, true)) return;
  owner_.loop().post([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->patchPosted_ = false;
    self->tellPatch();
  });
}

void SessionCore::tellView() {
  viewDirty_ = false;
  tree_.turnOver();
  tellPatch();
  if (observer_ != nullptr) observer_->viewChanged(tree_.root());
  // The observer may have closed or hidden it.
  if (owner_.renderer() == nullptr || !running() || hiddenSinceUs_) return;
  drawn_ = true;
  owner_.renderer()->draw(info_, tree_.root());
}

void SessionCore::clearView() {
  if (std::exchange(drawn_, false)) owner_.renderer()->clear(info_);
}

void SessionCore::tellState() {
  if (observer_ != nullptr && running()) observer_->stateChanged(state());
}

}  // namespace kiosk
