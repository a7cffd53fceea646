// The order of the checks stands here, once.

#include "bridge/gate.h"

#include <algorithm>

#include "bridge/formats.h"
#include "bridge/net/origin_rule.h"
#include "bridge/schema.h"
#include "runtime/base/encoding.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kWaitersMax = 16;
constexpr std::size_t kMethodBytesShown = 80;
constexpr std::size_t kPolicyReasonBytesMax = 200;

/// "key:string value:object": names and types of parameters that passed their schema, so the names
/// are the catalogue's.
std::string shapeOf(const nlohmann::json& params) {
  std::string shape;
  for (const auto& [name, value] : params.items()) {
    if (!shape.empty()) shape += ' ';
    ((shape += name) += ':') += value.type_name();
  }
  return shape;
}

std::string declaredHint(const std::string& permission) {
  return "the manifest does not declare the permission '" + permission +
         "'; add it to req_permissions or opt_permissions";
}

}  // namespace

std::span<const Gate::Step> Gate::steps() {
  // A step may rely on every step above it. docs/gate.md says why each stands where it does.
  static constexpr Step kOrder[] = {
      {"method", &Gate::checkMethod},         // in the catalogue
      {"state", &Gate::checkState},           // open, not revoked
      {"quota", &Gate::checkQuota},           // calls, calls of this method, sheets
      {"schema", &Gate::checkSchema},         // parameters and idempotency key
      {"declared", &Gate::checkDeclared},     // in the manifest; listed, if privileged
      {"policy", &Gate::checkPolicy},         // the operator's word
      {"repeat", &Gate::joinRepeat},          // a used idempotency key
      {"budget", &Gate::checkBudget},         // what the app may learn, and do in a day
      {"activation", &Gate::takeActivation},  // the user's touch
      {"prepare", &Gate::prepare},            // the facts for the sheet
      {"consent", &Gate::getConsent},         // the user's answer
      {"again", &Gate::checkAgain},           // state, policy and grant, after the wait
      {"intent", &Gate::writeIntent},         // on disk before the act
      {"spend", &Gate::spendBudget},          // takes what "budget" found room for
      {"there", &Gate::checkStillThere},      // as "again", after the disk; the consent's hash
      {"handler", &Gate::handOver},           // the act
  };
  return kOrder;
}

std::vector<std::string_view> Gate::order() {
  std::vector<std::string_view> names;
  for (const auto& step : steps()) names.push_back(step.name);
  return names;
}

void Gate::call(DoorSession& session, Call call, Reply reply) {
  const auto found = sessions_.find(&session);
  if (found == sessions_.end()) {
    return reply.error(ErrorCode::Cancelled, "the session has ended");
  }
  const auto& owner = found->second;
  auto pending = std::make_shared<PendingCall>();
  pending->session = owner->info;
  pending->callId = call.id;
  pending->method = std::move(call.method);
  pending->params = std::move(call.params);
  pending->idempotencyKey = std::move(call.idempotencyKey);
  pending->nowMs = parts_.clock.wallMs();
  pending->liveSession = [owner] { return owner->live; };
  pending->owner = owner;
  pending->startUs = parts_.clock.monotonicUs();
  if (!owner->pending.emplace(pending->callId, pending).second) {
    return reply.error(ErrorCode::Internal, "a call with this id is under way");
  }
  pending->reply.emplace(std::move(reply));
  run(pending);
}

void Gate::run(const CallPtr& call) {
  const auto order = steps();
  while (!call->answered && call->step < order.size()) {
    const auto& step = order[call->step++];
    auto went = (this->*step.check)(call);
    if (call->answered) return;
    if (!went) return refuse(call, step.name, std::move(went).error());
    if (*went == Go::Later) return armDeadline(call);
  }
}

/// Runs `start` with a callback that moves the call on, now or later; a second or late answer is
/// ignored.
Result<Gate::Go> Gate::later(const CallPtr& call, const std::function<void(Moved)>& start) {
  const auto wait = ++call->wait;
  call->inStep = true;
  start([this, alive = std::weak_ptr(alive_), call, wait](Result<void> outcome) {
    if (alive.expired() || call->answered || call->wait != wait) return;
    if (call->inStep) {
      if (!call->early) call->early = std::move(outcome);
      return;
    }
    ++call->wait;
    if (!outcome) return refuse(call, steps()[call->step - 1].name, outcome.error());
    run(call);
  });
  call->inStep = false;
  if (!call->early) return Go::Later;
  const auto outcome = *std::exchange(call->early, std::nullopt);
  ++call->wait;
  if (!outcome) return outcome.error();
  return Go::On;
}

Result<Gate::Go> Gate::checkMethod(const CallPtr& call) {
  call->spec = parts_.catalogue.find(call->method);
  if (call->spec == nullptr) {
    return Error{ErrorCode::Unsupported,
                 "there is no method '" + printable(call->method, kMethodBytesShown) +
                     "'; ask host.supports before calling what a host may lack"};
  }
  call->consent = call->spec->consent;
  call->binding = &bindings_.at(call->spec);
  return Go::On;
}

Result<Gate::Go> Gate::checkState(const CallPtr& call) {
  if (!KIOSK_GUARD("gate.state", call->owner->live != nullptr && !call->owner->closing)) {
    return Error{ErrorCode::Cancelled, "the session is closing"};
  }
  if (!KIOSK_GUARD("gate.revoked", !parts_.policy.revoked(call->session))) {
    return Error{ErrorCode::Revoked, "this app was revoked by the operator"};
  }
  const auto& spec = *call->spec;
  if (!call->owner->live->shown() &&
      (spec.activation || spec.value || call->consent == ConsentClass::Each)) {
    return Error{ErrorCode::BackgroundForbidden,
                 call->method + " needs the user, who does not see the app now"};
  }
  return Go::On;
}

Result<Gate::Go> Gate::checkQuota(const CallPtr& call) {
  auto& owner = *call->owner;
  const auto nowUs = call->startUs;
  if (!KIOSK_GUARD("gate.rate", owner.calls.take(nowUs))) {
    return Error{ErrorCode::RateLimited, "the session calls too often", owner.calls.retryAfterMs()};
  }
  if (call->spec->perMinuteMax) {
    const double perMinute = *call->spec->perMinuteMax;
    auto& bucket =
        owner.perMethod.try_emplace(call->spec, perMinute, perMinute, nowUs).first->second;
    if (!KIOSK_GUARD("gate.methodRate", bucket.take(nowUs))) {
      return Error{ErrorCode::RateLimited, call->method + " is called too often",
                   bucket.retryAfterMs()};
    }
  }
  if (call->consent == ConsentClass::Each &&
      !KIOSK_GUARD("gate.promptRate", !parts_.desk.promptsExhausted(call->session.id))) {
    return Error{ErrorCode::RateLimited, "the user was asked too often; ask later", 60'000};
  }
  return Go::On;
}

Result<Gate::Go> Gate::checkSchema(const CallPtr& call) {
  if (auto done = call->spec->paramsSchema->check(call->params, "params");
      !KIOSK_GUARD("gate.schema", done)) {
    return done.error();
  }
  const bool hasKey = !call->idempotencyKey.empty();
  if (!KIOSK_GUARD("gate.key", !call->spec->value || hasKey)) {
    return Error{ErrorCode::InvalidParams, "idempotencyKey is missing; " + call->method +
                                               " needs one that is new for each act"};
  }
  if (hasKey && !findFormat("identifier")->check(call->idempotencyKey)) {
    return Error{ErrorCode::InvalidParams, "idempotencyKey is not allowed; allowed is " +
                                               std::string(findFormat("identifier")->allowed)};
  }
  if (!call->params.empty()) {
    call->paramsText = dumpJson(call->params);
    call->shape = shapeOf(call->params);
  }
  return Go::On;
}

Result<Gate::Go> Gate::checkDeclared(const CallPtr& call) {
  if (auto done = checkOrigin(call); !done) return done;
  const auto* permission = call->spec->permission;
  if (permission == nullptr) return Go::On;
  if (!KIOSK_GUARD("gate.declared",
                   call->session.manifest().declared(permission->name) != nullptr)) {
    return Error{ErrorCode::NotDeclared, declaredHint(permission->name)};
  }
  if (call->spec->privileged &&
      !KIOSK_GUARD("gate.privileged", parts_.policy.mayUsePrivileged(call->session, *permission))) {
    return Error{ErrorCode::PermissionDenied,
                 "'" + permission->name + "' is for apps that the operator lists"};
  }
  return Go::On;
}

/// Of a method that calls out: the manifest declares where to.
Result<Gate::Go> Gate::checkOrigin(const CallPtr& call) {
  if (call->spec->originParam.empty()) return Go::On;
  const auto url = parseNetUrl(call->params[call->spec->originParam].get<std::string>());
  if (!url) return url.error();
  call->auditNote = url->origin();
  if (auto declared = checkDeclaredOrigin(*call->session.package, *url);
      !KIOSK_GUARD("net.origin", declared)) {
    return declared.error();
  }
  return Go::On;
}

Result<Gate::Go> Gate::checkPolicy(const CallPtr& call) {
  const auto decision = parts_.policy.decide(call->session, *call->spec, call->params);
  call->policyReason = printable(decision.reason, kPolicyReasonBytesMax);
  if (!KIOSK_GUARD("gate.policy", decision.verdict != PolicyVerdict::Deny)) {
    return Error{ErrorCode::PolicyRefused,
                 "the operator of this host does not allow " + call->method};
  }
  if (decision.verdict == PolicyVerdict::Ask) call->consent = ConsentClass::Each;
  return Go::On;
}

Result<Gate::Go> Gate::joinRepeat(const CallPtr& call) {
  if (!call->spec->value) return Go::On;
  auto key = flightKey(*call);
  const auto found = flights_.find(key);
  if (found == flights_.end()) {
    call->flight = std::make_shared<Flight>();
    call->flight->paramsText = call->paramsText;
    flights_.emplace(std::move(key), call->flight);
    return Go::On;
  }
  auto& flight = *found->second;
  if (!KIOSK_GUARD("gate.sameKey", flight.paramsText == call->paramsText)) {
    return Error{ErrorCode::InvalidParams,
                 "idempotencyKey was used with other params; a new act needs a new key"};
  }
  if (flight.result) {
    answer(call, *flight.result, "repeat");
    return Go::Later;
  }
  if (!KIOSK_GUARD("gate.repeats", flight.waiters.size() < kWaitersMax)) {
    return Error{ErrorCode::Busy, "the same call is under way already, too many times"};
  }
  flight.waiters.push_back(call);
  return Go::Later;
}

Result<Gate::Go> Gate::takeActivation(const CallPtr& call) {
  if (call->spec->activation &&
      !KIOSK_GUARD("gate.activation", call->owner->live->activation().consume())) {
    return Error{ErrorCode::ActivationRequired,
                 call->method + " may only follow a touch of the user's, within five seconds"};
  }
  return Go::On;
}

Result<Gate::Go> Gate::prepare(const CallPtr& call) {
  if (!call->binding->prepare) return Go::On;
  return later(call, [&call](Moved moved) {
    // What the user is shown must not change afterwards, so that a second answer is not looked at.
    call->binding->prepare(
        call, [call, wait = call->wait, moved = std::move(moved)](Result<Prepared> prepared) {
          if (call->answered || call->wait != wait || call->early) return;
          if (!prepared) return moved(prepared.error());
          call->prep = *std::move(prepared);
          moved({});
        });
  });
}

Result<Gate::Go> Gate::getConsent(const CallPtr& call) {
  if (call->prep.replay) {
    handled(call, std::move(*call->prep.replay));
    return Go::Later;
  }
  if (KIOSK_GUARD("gate.consent", call->consent == ConsentClass::None)) return Go::On;
  return later(call, [this, &call](Moved moved) {
    if (call->consent == ConsentClass::Each) return askUser(call, std::move(moved));
    parts_.desk.find(call->session.id, call->spec->grantName(),
                     [this, alive = std::weak_ptr(alive_), call,
                      moved = std::move(moved)](Result<std::string> receipt) mutable {
                       if (alive.expired() || call->answered) return;
                       if (!receipt) return moved(receipt.error());
                       if (receipt->empty()) return askUser(call, std::move(moved));
                       call->receiptId = *std::move(receipt);
                       moved({});
                     });
  });
}

/// What may have changed while the user thought, or while `prepare` waited.
Result<Gate::Go> Gate::checkAgain(const CallPtr& call) {
  if (call->wait == 0) return Go::On;  // nothing waited: the first answers are the present ones
  if (auto state = checkState(call); !state) return state;
  auto decision = parts_.policy.decide(call->session, *call->spec, call->params);
  const auto verdict = decision.verdict;
  const bool allowed =
      verdict == PolicyVerdict::Allow || (verdict == PolicyVerdict::Ask && call->asked);
  if (!KIOSK_GUARD("gate.policyAgain", allowed)) {
    call->policyReason = printable(decision.reason, kPolicyReasonBytesMax);
    return Error{ErrorCode::PolicyRefused,
                 "the operator of this host does not allow " + call->method + " any more"};
  }
  if (call->consent == ConsentClass::Once &&
      !KIOSK_GUARD("gate.grantAgain", parts_.desk.stands(call->session.id, call->spec->grantName(),
                                                         call->receiptId))) {
    return Error{ErrorCode::PermissionDenied,
                 "the permission '" + call->spec->grantName() + "' was revoked"};
  }
  return Go::On;
}

Result<Gate::Go> Gate::writeIntent(const CallPtr& call) {
  if (KIOSK_GUARD("gate.intent", !call->needsIntent())) return Go::On;
  return later(call, [this, &call](Moved moved) {
    auto record = recordOf(*call, AuditKind::Intent);
    record.consent = call->consentHash;
    record.decision = "allowed";
    record.reason = withPolicy("", call->policyReason);
    parts_.audit.appendDurable(std::move(record), std::move(moved));
  });
}

/// The disk took its time: the session may be gone, or the permission. And the last look at the
/// consent: the user said yes to exactly what the handler is about to get.
Result<Gate::Go> Gate::checkStillThere(const CallPtr& call) {
  auto there = checkAgain(call);
  if (!there || !call->asked) return there;
  const auto question = questionOf(*call);
  if (!question) return question.error();
  const bool unchanged = question->consentHash == call->consentHash;
  const bool stillGood =
      call->consent == ConsentClass::Once ||
      parts_.desk.redeem(call->session.id, call->receiptId, question->consentHash);
  if (!KIOSK_GUARD("consent.bound", unchanged && stillGood)) {
    return Error{ErrorCode::PermissionDenied,
                 "the user agreed to something else than " + call->method + " would do"};
  }
  return Go::On;
}

Result<Gate::Go> Gate::handOver(const CallPtr& call) {
  call->handed = true;
  if (call->flight) call->flight->started = true;
  Reply reply([this, alive = std::weak_ptr(alive_), call](Result<nlohmann::json> outcome) {
    if (!alive.expired()) handled(call, std::move(outcome));
  });
  call->binding->handle(call, std::move(reply));
  return Go::Later;
}

}  // namespace kiosk::bridge
