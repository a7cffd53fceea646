#include "runtime/host/session_core.h"

#include "runtime/base/encoding.h"
#include "runtime/base/guard.h"
#include "runtime/base/log.h"
#include "runtime/host/view/safe_text.h"
#include "runtime/host/view/user_acts.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr std::size_t kLogTextBytesMax = 4096;
constexpr std::size_t kDetailBytesMax = 4096;
/// CPU time beyond its limits that a guest may use before the watchdog asks whether it still turns.
constexpr std::int64_t kWatchSlackUs = 100'000;
/// Output that is held back while what came is handled; more leaves at once.
constexpr std::size_t kCorkedBytesMax = 256 * 1024;

std::optional<EndReason> reasonOf(const json& name) {
  for (int i = 0; i <= static_cast<int>(EndReason::Killed); ++i) {
    if (name == endReasonName(static_cast<EndReason>(i))) return static_cast<EndReason>(i);
  }
  return std::nullopt;
}

}  // namespace

bool SessionCore::Touch::consume() {
  const auto touched = touchedUs_;
  if (!touched) return false;
  KIOSK_GUARDED("touch.once", touchedUs_.reset());
  const auto activationUs = std::chrono::duration_cast<std::chrono::microseconds>(kActivationTime);
  return KIOSK_GUARD("touch.age", clock_.monotonicUs() - *touched <= activationUs.count());
}

SessionCore::SessionCore(SessionOwner& owner, SessionInfo info, Limits limits,
                         SessionObserver& observer, std::uint64_t requestId)
    : owner_(owner),
      info_(std::move(info)),
      limits_(limits),
      observer_(&observer),
      requestId_(requestId),
      openedUs_(owner.clock().monotonicUs()),
      activation_(owner.clock()),
      tree_(limits.viewNodesMax,
            [this](std::string text) {
              if (observer_ != nullptr) observer_->logged(LogLevel::Warn, text);
            }),
      decoder_(limits.messageBytesMax),
      bytes_(static_cast<double>(limits.bytesPerSecondMax),
             static_cast<double>(limits.bytesPerSecondMax) * 4, openedUs_),
      // Twice the guest's own bound: its count and ours need not agree to the line.
      logs_(2.0 * limits.logLinesPerSecondMax, 4.0 * limits.logLinesPerSecondMax, openedUs_) {}

// Its owner may be gone by now: whatever needs the loop was given up when the session ended.
SessionCore::~SessionCore() = default;

void SessionCore::start(Fd socket) {
  doorOpen_ = true;
  owner_.door().opened(*this);
  if (!running()) return;  // the door has closed it already
  moveTo(std::move(socket));
}

void SessionCore::moveTo(Fd socket) {
  socketEnded_ = false;
  stream_ = std::make_unique<SocketStream>(
      owner_.loop(), std::move(socket),
      SocketStream::Callbacks{[this](std::string_view bytes) { received(bytes); },
                              [this] { socketEnded(); }});
}

void SessionCore::forked(Fd pidfd) {
  pidfd_ = std::move(pidfd);
  guestPid_ = jail::pidOf(pidfd_.get());
  meter_.begin(pidfd_.get(), guestPid_);
  if (running() && !socketEnded_) return suspended_ ? stopGuest() : void();
  if (running()) phase_ = Phase::Ending;
  if (decision_ && decision_->reason != EndReason::Closed) return kill();
  awaitExit();
}

void SessionCore::forkRefused(const std::string& why) {
  if (!decision_) decision_ = SessionEnd{EndReason::Killed, why, 0, 0};
  hangUp();
  exit_ = jail::GuestExited{};
  finishIfOver();
}

void SessionCore::exited(const jail::GuestExited& exit) {
  // Its zygote is gone, and it may not be; and what a template tells need not be so.
  if (!exit.statusKnown || (pidfd_ && !meter_.hasEnded())) kill();
  exit_ = exit;
  guestPid_ = 0;
  // What it said last may still lie in the socket.
  if (stream_) stream_->resumeReading();
  finishIfOver();
}

void SessionCore::socketEnded() {
  const auto keepAlive = shared_from_this();
  // Perhaps its end of the socket went with a template that had not forked it yet. What became of
  // it is told in any case.
  if (untouched()) return hangUp();
  if (running()) phase_ = Phase::Ending;
  hangUp();
  finishIfOver();
  if (phase_ != Phase::Ended) awaitExit();
}

void SessionCore::hangUp() {
  stream_.reset();
  socketEnded_ = true;
}

void SessionCore::awaitExit() {
  if (graceTimer_) return;
  graceTimer_ = owner_.loop().after(kCloseGrace, [this] {
    graceTimer_.reset();
    if (!decision_ && pidfd_ && !exit_ && !meter_.hasEnded()) {
      decision_ = SessionEnd{EndReason::Protocol, "the guest closed its socket and went on", 0, 0};
    }
    kill();
  });
}

void SessionCore::received(std::string_view bytes) {
  const auto keepAlive = shared_from_this();
  touched_ = true;
  const std::int64_t waitUs =
      bytes_.spend(static_cast<double>(bytes.size()), owner_.clock().monotonicUs());
  counted_.bytesIn += bytes.size();
  decoder_.feed(bytes);
  corked_ = true;
  while (running()) {
    auto frame = decoder_.next();
    if (!frame) {
      end(EndReason::Protocol, frame.error().message);
      break;
    }
    if (!*frame) break;
    ++framesSeen_;
    auto message = readMessage(
        **frame, {limits_.messageBytesMax, limits_.messageDepthMax, limits_.messageValuesMax});
    if (!message) {
      end(EndReason::Protocol, message.error().message);
      break;
    }
    handle(std::move(*message));
  }
  corked_ = false;
  flush();
  // Early, for a guest that will be gone by the next look, and after the answers, which wait for
  // it.
  if (pidfd_ && !std::exchange(lookedEarly_, true)) lookAtMemory();
  if (viewDirty_ && running()) tellView();
  if (waitUs > 0 && stream_ && !exit_) {
    stream_->pauseReading();
    readTimer_ = owner_.loop().after(std::chrono::milliseconds(waitUs / 1000 + 1), [this] {
      readTimer_.reset();
      if (stream_) stream_->resumeReading();
    });
  }
}

void SessionCore::handle(Incoming message) {
  if (message.kind == Incoming::Kind::Call) {
    handleCall(std::move(message));
  } else {
    handleNotification(std::move(message));
  }
}

void SessionCore::handleCall(Incoming message) {
  if (!KIOSK_GUARD("host.callId", message.id > lastCallId_)) {
    return end(EndReason::Protocol, "a call's id is not above those before it");
  }
  lastCallId_ = message.id;
  ++counted_.calls;
  if (!KIOSK_GUARD("host.reserved", message.method.rfind("$/", 0) != 0)) {
    return end(EndReason::Protocol, "a call of a name that only notifications bear");
  }
  if (!KIOSK_GUARD("host.inFlight", inFlight_.size() < limits_.callsInFlightMax)) {
    ++counted_.callsFailed;
    if (observer_ != nullptr)
      observer_->called(message.method, "busy", std::chrono::microseconds(0));
    return send(errorMessage(message.id, {ErrorCode::Busy, "too many calls are in flight"}));
  }
  inFlight_[message.id] = {message.method, owner_.clock().monotonicUs()};
  Call call;
  call.id = message.id;
  call.method = std::move(message.method);
  call.params = std::move(message.params);
  call.idempotencyKey = std::move(message.idempotencyKey);
  owner_.door().call(*this, std::move(call),
                     Reply([weak = weak_from_this(), id = message.id](Result<json> outcome) {
                       if (const auto self = weak.lock()) self->settle(id, std::move(outcome));
                     }));
}

void SessionCore::settle(std::uint64_t callId, Result<json> outcome) {
  const auto found = inFlight_.find(callId);
  // Calls of a session that is ending are `cancelled`, all together, when it has ended.
  if (found == inFlight_.end() || !running()) return;
  const InFlight call = std::move(found->second);
  inFlight_.erase(found);
  std::string message =
      outcome ? resultMessage(callId, *outcome) : errorMessage(callId, outcome.error());
  std::string_view name = outcome ? "ok" : errorName(outcome.error().code);
  const auto insteadFailWith = [&](ErrorCode code, const char* why) {
    name = errorName(code);
    message = errorMessage(callId, {code, why});
  };
  if (!KIOSK_GUARD("host.answer", message.size() <= limits_.messageBytesMax)) {
    insteadFailWith(ErrorCode::PayloadTooLarge,
                    "the answer is larger than one message may be; ask for less");
  } else if (message.size() > kSmallAnswerBytes && outboundBytes() > kAnswersWaitingMax) {
    insteadFailWith(ErrorCode::Busy, "earlier answers wait to be read; ask for less at once");
  }
  if (name != "ok") ++counted_.callsFailed;
  send(message);
  if (observer_ != nullptr) {
    observer_->called(call.method, name,
                      std::chrono::microseconds(owner_.clock().monotonicUs() - call.startedUs));
  }
}

void SessionCore::handleNotification(Incoming message) {
  const json& params = message.params;
  if (message.method == "ui.commit") {
    commit(params);
  } else if (message.method == "$/log") {
    logLine(params);
  } else if (message.method == "$/started" && phase_ == Phase::Opening) {
    phase_ = Phase::Running;
    launch_ = std::chrono::microseconds(owner_.clock().monotonicUs() - openedUs_);
    sendLifecycle("launched", {{"entryPoint", info_.entryPoint}, {"startParam", info_.startParam}});
    sendLifecycle(hiddenSinceUs_ ? "hidden" : "shown");
    if (observer_ != nullptr) observer_->started(launch_);
  } else if (message.method == "$/cancel" && params.value("id", json()).is_number_unsigned()) {
    const auto id = params["id"].get<std::uint64_t>();
    const auto found = inFlight_.find(id);
    if (found == inFlight_.end()) return;  // settled while the request was on its way
    const InFlight call = std::move(found->second);
    inFlight_.erase(found);
    owner_.door().cancelled(*this, id);
    if (observer_ != nullptr) {
      observer_->called(call.method, errorName(ErrorCode::Cancelled),
                        std::chrono::microseconds(owner_.clock().monotonicUs() - call.startedUs));
    }
  } else if (message.method == "$/end") {
    noteClaim(params);
  } else if (message.method != "$/pong") {
    end(EndReason::Protocol, "a notification that is not known");
  }
}

void SessionCore::commit(const json& params) {
  const auto records = params.find("records");
  if (records == params.end()) return end(EndReason::Protocol, "ui.commit: no records");
  recordPatch();
  if (const auto applied = tree_.apply(*records); !applied) {
    return end(EndReason::Protocol, applied.error().message);
  }
  viewDirty_ = true;
}

void SessionCore::logLine(const json& params) {
  const auto level = params.find("level"), text = params.find("text");
  if (level == params.end() || !level->is_number_unsigned() || level->get<std::uint64_t>() > 3 ||
      text == params.end() || !text->is_string()) {
    return end(EndReason::Protocol, "$/log: a level from 0 to 3 and a text");
  }
  if (!KIOSK_GUARD("host.logs", logs_.take(1, owner_.clock().monotonicUs()))) return;
  if (observer_ == nullptr) return;
  observer_->logged(static_cast<LogLevel>(level->get<int>()),
                    printable(text->get_ref<const std::string&>(), kLogTextBytesMax));
}

void SessionCore::noteClaim(const json& params) {
  const auto reason = params.find("reason"), detail = params.find("detail");
  const auto known = reason == params.end() ? std::nullopt : reasonOf(*reason);
  if (!known || !KIOSK_GUARD("host.claim", isGuestsToGive(*known)) || detail == params.end() ||
      !detail->is_string()) {
    return end(EndReason::Protocol, "$/end: a reason that is a guest's to give, and a detail");
  }
  claim_ = EndClaim{*known, printableText(detail->get_ref<const std::string&>(), kDetailBytesMax)};
}

Result<void> SessionCore::act(ViewNodeId id, const UserAct& act) {
  if (!running()) return Error{ErrorCode::NotFound, "the app does not run any more"};
  auto effect = effectOf(tree_, id, act);
  if (!effect) return std::move(effect).error();
  if (hiddenSinceUs_) return Error{ErrorCode::NotReady, "the app is not shown"};
  const std::string event =
      effect->event.is_null() ? std::string() : notificationMessage("ui.event", effect->event);
  if (event.size() > limits_.messageBytesMax) {
    return Error{ErrorCode::InvalidParams, "the text is larger than one message may be"};
  }
  if (effect->activates) activation_.note();
  recordPatch();
  for (const auto& [node, property, value] : effect->changes) {
    tree_.setByUser(node, property, value);
  }
  tellPatchSoon();
  if (!event.empty()) send(event);
  return {};
}

void SessionCore::sendEvent(const std::string& type, const json& detail) {
  if (!running()) return;
  const std::string event = notificationMessage("lifecycle", {{"type", type}, {"detail", detail}});
  if (event.size() > limits_.messageBytesMax) {
    return logWarn("an event for a mini-app is larger than one message may be: " + type);
  }
  const bool tooMuchWaits = outboundBytes() > kAnswersWaitingMax;
  if (tooMuchWaits && !std::exchange(dropsEvents_, true)) {
    logWarn("a mini-app does not take its events, so they are dropped from here on: " + type);
  }
  if (tooMuchWaits) return;
  dropsEvents_ = false;
  send(event);
}

void SessionCore::send(std::string_view message) {
  if (!stream_) return;
  appendFrame(outbound_, message);
  if (!corked_ || outbound_.size() > kCorkedBytesMax) flush();
}

std::size_t SessionCore::outboundBytes() const {
  return outbound_.size() + (stream_ ? stream_->waitingBytes() : 0);
}

void SessionCore::flush() {
  if (outbound_.empty() || !stream_) return;
  touched_ = true;
  counted_.bytesOut += outbound_.size();
  stream_->write(outbound_);
  outbound_.clear();
  if (!KIOSK_GUARD("host.unread", stream_->waitingBytes() <= kOutboundBytesMax)) {
    end(EndReason::Protocol, "the guest does not read what it asked for");
  }
}

void SessionCore::close(EndReason reason) {
  if (!running()) return;
  const auto keepAlive = shared_from_this();
  lookAtMemory();
  sendLifecycle("unloaded");
  // A stopped guest cannot hear that its socket ended.
  if (std::exchange(suspended_, false)) continueGuest();
  flush();
  if (!running()) return;  // it did not read, and was ended for that
  decision_ = SessionEnd{reason, "", 0, 0};
  phase_ = Phase::Ending;
  hangUp();
  if (reason != EndReason::Closed) return kill();
  // A guest that is at rest sees the end of its socket and goes; one that is busy is helped.
  awaitExit();
}

void SessionCore::abandon() {
  observer_ = nullptr;
  close(EndReason::Closed);
}

void SessionCore::end(EndReason reason, std::string detail) {
  if (!running()) return;
  decision_ = SessionEnd{reason, std::move(detail), 0, 0};
  phase_ = Phase::Ending;
  hangUp();
  kill();
}

void SessionCore::kill() {
  if (pidfd_ && !exit_) jail::killGuest(pidfd_.get());
}

void SessionCore::finishIfOver() {
  if (!exit_ || !socketEnded_ || phase_ == Phase::Ended) return;
  const auto keepAlive = shared_from_this();
  phase_ = Phase::Ended;
  for (auto* timer : {&graceTimer_, &readTimer_}) {
    if (*timer) owner_.loop().cancelTimer(**timer);
    timer->reset();
  }
  const SessionEnd how = howItEnded();
  pidfd_.reset();
  const auto unanswered = std::exchange(inFlight_, {});
  for (const auto& [id, call] : unanswered) {
    if (observer_ == nullptr) break;
    observer_->called(call.method, errorName(ErrorCode::Cancelled),
                      std::chrono::microseconds(owner_.clock().monotonicUs() - call.startedUs));
  }
  if (std::exchange(doorOpen_, false)) owner_.door().closed(*this, how);
  clearView();
  ended_ = how;
  counted_.openFor = std::chrono::microseconds(owner_.clock().monotonicUs() - openedUs_);
  if (observer_ != nullptr) observer_->ended(how);
  owner_.finished(requestId_, how);
}

SessionEnd SessionCore::howItEnded() const {
  SessionEnd how = decision_ ? *decision_ : verdictOf(*exit_, claim_);
  how.cpuMs = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(exit_->userTime + exit_->systemTime)
          .count());
  how.peakKiB = meter_.peakKiB(*exit_, owner_.filesKiBUsual());
  return how;
}

void SessionCore::lookAtMemory() {
  if (!pidfd_) return;
  meter_.sample();
  if (meter_.last()) owner_.filesKiBUsual() = meter_.last()->filesKiB;
}

void SessionCore::watch() {
  const auto cpu = running() && !suspended_ ? meter_.cpuUs() : std::nullopt;
  if (!cpu) return;
  lookAtMemory();
  const std::int64_t allowance =
      std::chrono::duration_cast<std::chrono::microseconds>(
          std::max(limits_.loadTimeMax, limits_.turnTimeMax) + limits_.killGraceMax)
          .count() +
      kWatchSlackUs;
  if (framesSeen_ != framesAtWatch_) {
    framesAtWatch_ = framesSeen_;
    cpuUsAtHeard_ = *cpu;
    pinged_ = false;
  } else if (!KIOSK_GUARD("host.watch", *cpu - cpuUsAtHeard_ <= allowance)) {
    if (pinged_) return end(EndReason::Cpu, "the guest used CPU time and did not answer");
    // Many short turns look like a long one from here; a turn that ends lets this be answered.
    pinged_ = true;
    cpuUsAtHeard_ = *cpu;
    send(notificationMessage("$/ping", json::object()));
  }
}

}  // namespace kiosk
