// How a call ends: its answer, its record, those that waited for it; and how sessions come and go.

#include <algorithm>
#include <chrono>

#include "bridge/gate.h"
#include "bridge/schema.h"
#include "runtime/base/guard.h"
#include "runtime/base/log.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kFinishedMax = 256;
constexpr std::chrono::milliseconds kRefusalsEvery{1000};

std::string errorText(const Result<nlohmann::json>& outcome) {
  return outcome ? "ok" : std::string(errorName(outcome.error().code));
}

}  // namespace

Gate::Gate(Parts parts, std::unordered_map<const MethodSpec*, MethodBinding> bindings)
    : parts_(parts), bindings_(std::move(bindings)) {}
Gate::~Gate() {
  // A call holds its session and the session its calls; without this the two would keep each other.
  for (const auto& [live, session] : sessions_) session->pending.clear();
}

Result<std::unique_ptr<Gate>> Gate::create(Parts parts, std::vector<MethodBinding> bindings) {
  std::unordered_map<const MethodSpec*, MethodBinding> byMethod;
  for (auto& binding : bindings) {
    const auto* spec = parts.catalogue.find(binding.method);
    if (spec == nullptr) {
      return Error{ErrorCode::Internal, "a handler without a method: " + binding.method};
    }
    if (!binding.handle) return Error{ErrorCode::Internal, "an empty handler: " + spec->name};
    if (!byMethod.emplace(spec, std::move(binding)).second) {
      return Error{ErrorCode::Internal, "two handlers for one method: " + spec->name};
    }
  }
  for (const auto& method : parts.catalogue.methods()) {
    if (!byMethod.contains(method.get())) {
      return Error{ErrorCode::Internal, "a method without a handler: " + method->name};
    }
  }
  auto gate = std::unique_ptr<Gate>(new Gate(parts, std::move(byMethod)));
  parts.desk.onRevoked = [gate = gate.get(), alive = std::weak_ptr(gate->alive_)](
                             const UserId& user, const AppId& app, const std::string& permission) {
    if (!alive.expired()) gate->revoked(user, app, permission);
  };
  return gate;
}

void Gate::opened(DoorSession& session, std::shared_ptr<const AuditSubject> subject) {
  const auto own = session.info().manifest().budget.callsPerMinute.value_or(UINT32_MAX);
  const auto burst = std::min(parts_.limits.callsBurstMax, own);
  const auto perMinute = std::min(parts_.limits.callsPerMinuteMax, own);
  sessions_.insert_or_assign(
      &session, std::make_shared<GateSession>(
                    session, subject, TokenBucket(burst, perMinute, parts_.clock.monotonicUs())));
  AuditRecord record;
  record.kind = AuditKind::Opened;
  record.timeMs = parts_.clock.wallMs();
  record.subject = std::move(subject);
  parts_.audit.append(std::move(record));
}

void Gate::closed(DoorSession& session, const SessionEnd& end) {
  const auto node = sessions_.extract(&session);
  if (node.empty()) return;
  const auto owner = node.mapped();
  owner->live = nullptr;
  while (!owner->pending.empty()) {
    const auto call = owner->pending.begin()->second;
    answer(call, Error{ErrorCode::Cancelled, "the session has ended"}, "closed");
  }
  if (owner->refusedTimer != 0 && loop_ != nullptr) loop_->cancelTimer(owner->refusedTimer);
  writeRefusals(*owner);
  AuditRecord record;
  record.kind = AuditKind::Closed;
  record.timeMs = parts_.clock.wallMs();
  record.subject = owner->subject;
  record.outcome = endReasonName(end.reason);
  parts_.audit.append(std::move(record));
}

void Gate::cancelled(DoorSession& session, std::uint64_t callId) {
  const auto found = sessions_.find(&session);
  if (found == sessions_.end()) return;
  const auto pending = found->second->pending.find(callId);
  if (pending == found->second->pending.end()) return;
  const auto call = pending->second;
  answer(call, Error{ErrorCode::Cancelled, "the app gave the call up"}, "cancelled");
}

GateSession* Gate::sessionOf(const SessionId& id) {
  for (const auto& [live, state] : sessions_) {
    if (state->info.id == id) return state.get();
  }
  return nullptr;
}

void Gate::closing(const SessionId& session) {
  if (auto* state = sessionOf(session)) state->closing = true;
}

void Gate::revoked(const UserId& user, const AppId& app, const std::string& permission) {
  std::vector<CallPtr> resting;
  for (const auto& [live, session] : sessions_) {
    if (session->info.user != user || session->info.manifest().appId != app) continue;
    for (const auto& [id, call] : session->pending) {
      const bool rests = call->consent == ConsentClass::Once && !call->receiptId.empty() &&
                         call->spec->grantName() == permission;
      if (rests && !(call->handed && call->spec->value)) resting.push_back(call);
    }
  }
  for (const auto& call : resting) {
    if (KIOSK_GUARD("consent.inFlight", false)) continue;
    answer(call,
           Error{ErrorCode::PermissionDenied, "the permission '" + permission + "' was revoked"},
           "revoked");
  }
}

QuotaSnapshot Gate::quota(const SessionId& session) {
  QuotaSnapshot quota;
  if (auto* state = sessionOf(session)) {
    quota.callsUsed = state->calls.used(parts_.clock.monotonicUs());
    quota.callsMax = state->calls.capacity();
  }
  parts_.desk.addPrompts(session, quota);
  return quota;
}

void Gate::armDeadline(const CallPtr& call) {
  if (call->answered || call->deadline != 0 || loop_ == nullptr) return;
  call->deadline = loop_->after(
      std::chrono::milliseconds(call->spec->timeoutMs),
      [this, alive = std::weak_ptr(alive_), call] {
        if (alive.expired() || call->answered) return;
        call->deadline = 0;
        const auto hint = call->spec->value && call->handed
                              ? "; repeat it with the same idempotencyKey to learn how it ended"
                              : "";
        answer(call,
               Error{ErrorCode::Timeout, call->method + " took over " +
                                             std::to_string(call->spec->timeoutMs) + " ms" + hint},
               "deadline");
      });
}

Result<ConsentQuestion> Gate::questionOf(const PendingCall& call) {
  const auto& spec = *call.spec;
  QuestionSource source;
  source.method = spec.name;
  source.grantName = spec.grantName();
  source.title =
      (spec.prompt.empty() ? HostWords{spec.summary, ""} : spec.prompt).in(call.session.language);
  source.facts = call.prep.facts;
  source.everyTime = call.consent == ConsentClass::Each;
  source.bound = call.prep.bound;
  if (source.everyTime) source.params = call.params;
  source.principal = parts_.desk.principal(call.session);
  if (spec.permission != nullptr) source.dataCategories = spec.permission->data;
  return askFor(call.session, std::move(source));
}

void Gate::askUser(const CallPtr& call, Moved moved) {
  if (call->owner->live == nullptr || !call->owner->live->shown()) {
    return moved(Error{ErrorCode::BackgroundForbidden,
                       call->method + " would ask the user, who does not see the app now"});
  }
  auto question = questionOf(*call);
  if (!question) return moved(question.error());
  call->consentHash = question->consentHash;
  const auto remember = call->consent == ConsentClass::Once ? Remember::Yes : Remember::No;
  const auto wait = call->wait;
  auto asked = parts_.desk.ask(
      call->session.id, *std::move(question), remember,
      [alive = std::weak_ptr(alive_), call, moved = std::move(moved)](Result<std::string> receipt) {
        if (alive.expired() || call->answered) return;
        call->ticket = 0;
        if (!receipt) return moved(receipt.error());
        call->receiptId = *std::move(receipt);
        call->asked = true;
        moved({});
      });
  // Answered from within `ask`: there is no open question any more.
  if (!call->answered && call->wait == wait && !call->early) call->ticket = asked;
}

void Gate::handled(const CallPtr& call, Result<nlohmann::json> outcome) {
  if (outcome) {
    if (auto fits = call->spec->resultSchema->check(*outcome, "result");
        !KIOSK_GUARD("gate.result", fits)) {
      logError(call->method + ": the handler's result breaks its schema: " + fits.error().message);
      outcome = Error{ErrorCode::Internal, "the host made an answer that it must not send"};
    }
  }
  endFlight(call, outcome);
  if (call->answered) {
    if (!call->needsIntent()) return;
    auto record = recordOf(*call, AuditKind::Late);
    record.outcome = errorText(outcome);
    return parts_.audit.append(std::move(record));
  }
  answer(call, std::move(outcome), call->handed ? "" : "replay");
}

void Gate::refuse(const CallPtr& call, std::string_view step, Error error) {
  const auto code = error.code;
  // Refusals that cost the caller nothing are counted, not recorded one by one: a flood must not
  // fill the disk.
  const bool cheap = step == "method" || step == "state" || code == ErrorCode::RateLimited;
  if (!cheap) return answer(call, std::move(error), step);
  countRefusal(call->owner, step);
  answer(call, std::move(error), "");
}

/// Settles the call, once, with its record. An empty `reason` after a refusal means: counted
/// already.
void Gate::answer(const CallPtr& call, Result<nlohmann::json> outcome, std::string_view reason) {
  if (call->answered) return;
  call->answered = true;
  call->owner->pending.erase(call->callId);
  if (call->deadline != 0 && loop_ != nullptr) loop_->cancelTimer(call->deadline);
  if (call->ticket != 0) {
    parts_.desk.withdraw(call->session.id, std::exchange(call->ticket, 0));
  }
  if (!call->handed) endFlight(call, outcome);
  const bool counted = !call->handed && !outcome && reason.empty();
  if (!counted) {
    auto record = recordOf(*call, AuditKind::Call);
    record.decision = call->handed || outcome ? "allowed" : "refused";
    record.reason = withNote(withPolicy(reason, call->policyReason), call->auditNote);
    record.outcome = errorText(outcome);
    record.durationUs = parts_.clock.monotonicUs() - call->startUs;
    parts_.audit.append(std::move(record));
  }
  auto reply = std::move(*call->reply);
  call->reply.reset();
  reply.settle(std::move(outcome));
}

/// Gives the answer of the first call to those with the same key, and keeps a good one for later
/// repeats.
void Gate::endFlight(const CallPtr& call, const Result<nlohmann::json>& outcome) {
  const auto flight = std::exchange(call->flight, nullptr);
  if (!flight) return;
  const auto waiters = std::exchange(flight->waiters, {});
  auto key = flightKey(*call);
  if (outcome) {
    flight->result = *outcome;
    if (finished_.size() < kFinishedMax) {
      finished_.push_back({std::move(key), flight});
    } else {
      auto& oldest = finished_[finishedNext_];
      finishedNext_ = (finishedNext_ + 1) % kFinishedMax;
      flights_.erase(oldest.key);
      oldest = {std::move(key), flight};
    }
  } else {
    flights_.erase(key);
  }
  const auto code = outcome ? ErrorCode::Internal : outcome.error().code;
  const bool gaveUp = code == ErrorCode::Cancelled || code == ErrorCode::Timeout;
  for (const auto& waiter : waiters) {
    if (!outcome && gaveUp) {
      answer(waiter, Error{ErrorCode::Busy, "the first call with this key was given up; repeat it"},
             "repeat");
    } else {
      answer(waiter, outcome, "repeat");
    }
  }
}

Gate::FlightKey Gate::flightKey(const PendingCall& call) const {
  return {call.session.user.value, call.session.manifest().appId.value, call.method,
          call.idempotencyKey};
}

AuditRecord Gate::recordOf(const PendingCall& call, AuditKind kind) {
  AuditRecord record;
  record.kind = kind;
  record.timeMs = kind == AuditKind::Call ? call.nowMs : parts_.clock.wallMs();
  record.subject = call.owner->subject;
  record.call = call.callId;
  if (call.spec != nullptr) record.method = call.spec->name;
  record.params = call.paramsText;
  record.shape = call.shape;
  record.receipt = call.receiptId;
  return record;
}

void Gate::countRefusal(const std::shared_ptr<GateSession>& session, std::string_view reason) {
  ++session->refusedCount;
  session->refusedReason = reason;
  if (session->refusedTimer != 0 || loop_ == nullptr) return;
  session->refusedTimer = loop_->after(
      kRefusalsEvery, [this, alive = std::weak_ptr(alive_), held = std::weak_ptr(session)] {
        const auto state = held.lock();
        if (alive.expired() || !state) return;
        state->refusedTimer = 0;
        writeRefusals(*state);
      });
}

void Gate::writeRefusals(GateSession& session) {
  if (session.refusedCount == 0) return;
  AuditRecord record;
  record.kind = AuditKind::Refused;
  record.timeMs = parts_.clock.wallMs();
  record.subject = session.subject;
  record.reason = session.refusedReason;
  record.count = std::exchange(session.refusedCount, 0);
  parts_.audit.append(std::move(record));
}

}  // namespace kiosk::bridge
