#include "bridge/consent_desk.h"

#include <algorithm>

#include "bridge/store/new_id.h"
#include "runtime/base/guard.h"
#include "runtime/base/log.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kWaitingMax = 8;
constexpr std::int64_t kBackOffMs = 10'000;
constexpr std::uint32_t kBackOffDoublingsMax = 13;  // 10 s … 23 h
constexpr std::int64_t kKnownUs = 500'000;          // how late another process's revocation is seen

}  // namespace

ConsentDesk::ConsentDesk(Parts parts) : parts_(parts) {}
ConsentDesk::~ConsentDesk() = default;

void ConsentDesk::opened(DoorSession& session, std::shared_ptr<const AuditSubject> subject) {
  const auto& limits = parts_.limits;
  SessionDesk desk{&session,
                   session.info(),
                   std::move(subject),
                   TokenBucket(limits.promptsBurstMax, limits.promptsPerHourMax / 60.0,
                               parts_.clock.monotonicUs()),
                   {},
                   {},
                   {},
                   {},
                   0};
  sessions_.insert_or_assign(session.info().id, std::move(desk));
}

void ConsentDesk::closed(const SessionId& session) {
  const auto node = sessions_.extract(session);
  if (!node.empty() && node.mapped().promptId != 0) parts_.ui.withdraw(node.mapped().promptId);
}

ConsentDesk::SessionDesk* ConsentDesk::deskOf(const SessionId& session) {
  const auto found = sessions_.find(session);
  return found == sessions_.end() ? nullptr : &found->second;
}

const ConsentDesk::SessionDesk* ConsentDesk::deskOf(const SessionId& session) const {
  const auto found = sessions_.find(session);
  return found == sessions_.end() ? nullptr : &found->second;
}

void ConsentDesk::find(const SessionId& session, const std::string& grantName, Answer done) {
  const auto* desk = deskOf(session);
  if (desk == nullptr) return done(Error{ErrorCode::Cancelled, "the session has ended"});
  const auto known = desk->granted.find(grantName);
  if (known != desk->granted.end() && known->second.untilUs > parts_.clock.monotonicUs()) {
    return done(known->second.grant.receiptId);
  }
  state(session, grantName, [done = std::move(done)](Result<State> state) {
    if (!state) return done(state.error());
    done(state->receiptId);
  });
}

void ConsentDesk::state(const SessionId& session, const std::string& grantName,
                        std::function<void(Result<State>)> done) {
  const auto* desk = deskOf(session);
  if (desk == nullptr) return done(Error{ErrorCode::Cancelled, "the session has ended"});
  const auto& info = desk->info;
  parts_.grants.standing(
      info.user, info.manifest().appId, grantName, info.package->payloadHash,
      [this, alive = std::weak_ptr(alive_), session, grantName, before = revocations_,
       done = std::move(done)](Result<Standing> found) mutable {
        if (alive.expired()) return;
        auto* then = deskOf(session);
        if (then == nullptr) return done(Error{ErrorCode::Cancelled, "the session has ended"});
        if (before != revocations_) return state(session, grantName, std::move(done));
        if (!found) return done(found.error());
        State state{"", blockedForMs(found->refusals)};
        if (then->shown && then->shown->what.grantName == grantName) {
          then->shown->refusals = found->refusals;
        }
        if (!found->grant) {
          then->granted.erase(grantName);
          return done(std::move(state));
        }
        state.receiptId = found->grant->receiptId;
        remember(*then, *std::move(found->grant));
        done(std::move(state));
      });
}

void ConsentDesk::remember(SessionDesk& desk, Grant grant) {
  const auto name = grant.permission;
  desk.granted.insert_or_assign(
      name, KnownGrant{std::move(grant), parts_.clock.monotonicUs() + kKnownUs});
}

bool ConsentDesk::stands(const SessionId& session, const std::string& grantName,
                         const std::string& receiptId) const {
  const auto* desk = deskOf(session);
  if (desk == nullptr) return false;
  const auto known = desk->granted.find(grantName);
  return known != desk->granted.end() && known->second.grant.receiptId == receiptId;
}

bool ConsentDesk::redeem(const SessionId& session, const std::string& receiptId,
                         const std::string& consentHash) {
  auto* desk = deskOf(session);
  if (desk == nullptr) return false;
  const auto yes = desk->unspent.extract(receiptId);
  return KIOSK_GUARD("consent.redeem", !yes.empty() && yes.mapped() == consentHash);
}

/// How long a question stays unasked after `count` refusals. A clock that steps back cannot make it
/// longer than it was.
std::int64_t ConsentDesk::blockedForMs(const Refusals& refusals) const {
  if (refusals.count == 0) return 0;
  const auto longest = kBackOffMs << std::min(refusals.count - 1, kBackOffDoublingsMax);
  return std::clamp<std::int64_t>(refusals.untilMs - parts_.clock.wallMs(), 0, longest);
}

std::uint32_t ConsentDesk::promptsPerDay(const SessionDesk& desk) const {
  const auto& own = desk.info.manifest().budget.promptsPerDay;
  return std::min(parts_.limits.promptsPerDayMax, own.value_or(parts_.limits.promptsPerDayMax));
}

bool ConsentDesk::promptsExhausted(const SessionId& session) {
  auto* desk = deskOf(session);
  return desk != nullptr && desk->prompts.empty(parts_.clock.monotonicUs());
}

void ConsentDesk::addPrompts(const SessionId& session, QuotaSnapshot& quota) {
  if (auto* desk = deskOf(session)) {
    quota.promptsUsed = desk->prompts.used(parts_.clock.monotonicUs());
    quota.promptsMax = desk->prompts.capacity();
  }
}

ConsentDesk::Ticket ConsentDesk::ask(const SessionId& session, ConsentQuestion question,
                                     Remember remember, Answer answer) {
  auto* desk = deskOf(session);
  const auto ticket = nextTicket_++;
  if (desk == nullptr) {
    answer(Error{ErrorCode::Cancelled, "the session has ended"});
    return ticket;
  }
  if (desk->waiting.size() >= kWaitingMax) {
    answer(Error{ErrorCode::Busy, "too many questions wait for the user; await the earlier ones"});
    return ticket;
  }
  desk->waiting.push_back({ticket, std::move(question), remember, std::move(answer)});
  if (!desk->shown) next(session);
  return ticket;
}

/// Takes the next question to the front and shows it, unless it was answered while it waited.
void ConsentDesk::next(const SessionId& session) {
  auto* desk = deskOf(session);
  if (desk == nullptr || desk->shown || desk->waiting.empty()) return;
  desk->shown = std::move(desk->waiting.front());
  desk->waiting.pop_front();
  const auto name = desk->shown->what.grantName;
  state(session, name, [this, session, name, ticket = desk->shown->ticket](Result<State> state) {
    if (!atFront(session, ticket)) return;
    if (!state) return settle(session, state.error());
    const bool remembered = deskOf(session)->shown->remember == Remember::Yes;
    if (remembered && !state->receiptId.empty()) return settle(session, state->receiptId);
    if (KIOSK_GUARD("consent.blocked", state->blockedForMs == 0)) return show(session);
    settle(session, Error{ErrorCode::PermissionBlocked,
                          "the user refused '" + name + "' a short while ago; ask later",
                          state->blockedForMs});
  });
}

bool ConsentDesk::atFront(const SessionId& session, Ticket ticket) const {
  const auto* desk = deskOf(session);
  return desk != nullptr && desk->shown && desk->shown->ticket == ticket;
}

/// Takes one sheet from the budgets of the session and of the day, and opens it.
void ConsentDesk::show(const SessionId& session) {
  auto* desk = deskOf(session);
  if (!desk->prompts.take(parts_.clock.monotonicUs())) {
    return settle(session, Error{ErrorCode::RateLimited, "the user was asked too often; ask later",
                                 desk->prompts.retryAfterMs()});
  }
  const auto nowMs = parts_.clock.wallMs();
  parts_.grants.takeOfDay(
      desk->info.user, desk->info.manifest().appId, DayBudget::Prompts, dayOf(nowMs),
      promptsPerDay(*desk),
      [this, alive = std::weak_ptr(alive_), session, ticket = desk->shown->ticket,
       retryMs = msToNextDay(nowMs)](Result<bool> taken) {
        if (alive.expired() || !atFront(session, ticket)) return;
        if (!taken) return settle(session, taken.error());
        if (KIOSK_GUARD("consent.day", *taken)) return openSheet(session);
        settle(session, Error{ErrorCode::PermissionBlocked,
                              "the app has asked this user as often as it may in a day", retryMs});
      });
}

void ConsentDesk::openSheet(const SessionId& session) {
  auto* desk = deskOf(session);
  desk->promptId = nextPromptId_++;
  desk->shown->what.prompt.id = desk->promptId;
  // Copies: the answer may come from within `ask` and end the question, or the session.
  const auto info = desk->info;
  const auto prompt = desk->shown->what.prompt;
  parts_.ui.ask(
      info, prompt,
      [this, alive = std::weak_ptr(alive_), session, id = prompt.id](ConsentAnswer answer) {
        if (!alive.expired()) answered(session, id, answer);
      });
}

void ConsentDesk::answered(const SessionId& session, std::uint64_t promptId, ConsentAnswer answer) {
  auto* desk = deskOf(session);
  if (desk == nullptr || desk->promptId != promptId || !desk->shown) return;
  desk->promptId = 0;
  switch (answer) {
    case ConsentAnswer::Granted:
      return granted(session, *desk);
    case ConsentAnswer::Refused:
    case ConsentAnswer::Dismissed:
      return refused(session, *desk);
    case ConsentAnswer::Denied:
      return settle(session, Error{ErrorCode::PermissionDenied,
                                   "'" + desk->shown->what.grantName + "' is not granted"});
  }
}

ReceiptDraft ConsentDesk::draftOf(const SessionDesk& desk, ReceiptKind kind) {
  const auto& what = desk.shown->what;
  ReceiptDraft draft;
  draft.id = newId(parts_.random);
  draft.kind = kind;
  draft.atMs = parts_.clock.wallMs();
  draft.user = desk.info.user;
  draft.app = desk.info.manifest().appId;
  draft.permission = what.grantName;
  draft.body = bodyOf(desk.info, what, parts_.grants.principal(desk.info));
  return draft;
}

void ConsentDesk::granted(const SessionId& session, SessionDesk& desk) {
  auto receipt = draftOf(desk, ReceiptKind::Grant);
  const auto ticket = desk.shown->ticket;
  const auto& what = desk.shown->what;
  if (desk.shown->remember == Remember::No) {
    const auto id = receipt.id;
    return parts_.grants.allowOnce(std::move(receipt),
                                   [this, alive = std::weak_ptr(alive_), session, ticket, id,
                                    hash = what.consentHash](Result<void> stored) {
                                     if (alive.expired() || !atFront(session, ticket)) return;
                                     if (!stored) return settle(session, stored.error());
                                     deskOf(session)->unspent.emplace(id, hash);
                                     settle(session, id);
                                   });
  }
  Grant grant{receipt.id,
              receipt.user,
              receipt.app,
              what.grantName,
              desk.info.package->payloadHash,
              what.consentHash,
              desk.info.language,
              what.prompt.purpose,
              receipt.atMs};
  AuditRecord record;
  record.kind = AuditKind::Granted;
  record.timeMs = grant.grantedAtMs;
  record.subject = desk.subject;
  record.reason = grant.permission;
  record.receipt = grant.receiptId;
  record.consent = grant.consentHash;
  parts_.audit.appendDurable(
      std::move(record),
      [this, alive = std::weak_ptr(alive_), session, ticket, grant = std::move(grant),
       receipt = std::move(receipt)](Result<void> written) mutable {
        if (alive.expired()) return;
        if (written) return store(session, ticket, std::move(grant), std::move(receipt));
        settleTicket(session, ticket, written.error());
      });
}

/// Stores a grant whose record is on disk. The user said yes, so it is stored even if the call has
/// gone.
void ConsentDesk::store(const SessionId& session, Ticket ticket, Grant grant,
                        ReceiptDraft receipt) {
  auto copy = grant;
  parts_.grants.put(
      std::move(copy), std::move(receipt),
      [this, alive = std::weak_ptr(alive_), session, ticket, before = revocations_,
       grant = std::move(grant)](Result<void> stored) mutable {
        if (alive.expired()) return;
        if (!stored) return settleTicket(session, ticket, stored.error());
        if (before != revocations_) return findAgain(session, ticket, grant.permission);
        const auto id = grant.receiptId, name = grant.permission;
        if (auto* desk = deskOf(session)) {
          remember(*desk, std::move(grant));
          desk->live->sendEvent("permissionChanged", {{"name", name}, {"state", "granted"}});
        }
        settleTicket(session, ticket, id);
      });
}

/// Something was revoked while a grant went to disk; the store knows which of the two came last.
void ConsentDesk::findAgain(const SessionId& session, Ticket ticket, const std::string& grantName) {
  find(session, grantName, [this, session, ticket](Result<std::string> receipt) {
    if (receipt && receipt->empty()) {
      receipt = Error{ErrorCode::PermissionDenied, "the permission was revoked while it was given"};
    }
    settleTicket(session, ticket, std::move(receipt));
  });
}

void ConsentDesk::settleTicket(const SessionId& session, Ticket ticket,
                               Result<std::string> outcome) {
  const auto* desk = deskOf(session);
  if (desk != nullptr && desk->shown && desk->shown->ticket == ticket) {
    settle(session, std::move(outcome));
  }
}

/// Answers the question at the front and turns to the next.
void ConsentDesk::settle(const SessionId& session, Result<std::string> outcome) {
  auto* desk = deskOf(session);
  auto answer = std::move(desk->shown->answer);
  desk->shown.reset();
  answer(std::move(outcome));
  next(session);
}

/// A no ends the call even when it could not be stored; then the app may ask again sooner.
void ConsentDesk::refused(const SessionId& session, SessionDesk& desk) {
  auto refusals = desk.shown->refusals;
  refusals.untilMs =
      parts_.clock.wallMs() + (kBackOffMs << std::min(refusals.count, kBackOffDoublingsMax));
  ++refusals.count;
  auto receipt = draftOf(desk, ReceiptKind::Refusal);
  Error error{ErrorCode::UserRefused, "the user refused '" + receipt.permission + "'"};
  parts_.grants.refuse(refusals, std::move(receipt),
                       [this, alive = std::weak_ptr(alive_), session, ticket = desk.shown->ticket,
                        error = std::move(error)](Result<void> stored) {
                         if (alive.expired()) return;
                         if (!stored)
                           logWarn("a refusal was not stored: " + stored.error().message);
                         settleTicket(session, ticket, error);
                       });
}

void ConsentDesk::withdraw(const SessionId& session, Ticket ticket) {
  auto* desk = deskOf(session);
  if (desk == nullptr) return;
  std::erase_if(desk->waiting, [&](const Question& one) { return one.ticket == ticket; });
  if (!desk->shown || desk->shown->ticket != ticket) return;
  const auto promptId = std::exchange(desk->promptId, 0);
  desk->shown.reset();
  if (promptId != 0) parts_.ui.withdraw(promptId);
  next(session);
}

void ConsentDesk::revoke(const UserId& user, const AppId& app, const std::string& permission,
                         CollectionMethod method, std::function<void(Result<bool>)> done) {
  // Forgotten here before it is off the disk: no call may rest on it from this moment on.
  ++revocations_;
  std::vector<SessionId> told;
  for (auto& [id, desk] : sessions_) {
    if (desk.info.user == user && desk.info.manifest().appId == app &&
        desk.granted.erase(permission) > 0) {
      told.push_back(id);
    }
  }
  if (onRevoked) onRevoked(user, app, permission);
  for (const auto& id : told) {
    if (auto* desk = deskOf(id)) {
      desk->live->sendEvent("permissionChanged", {{"name", permission}, {"state", "prompt"}});
    }
  }
  ReceiptDraft receipt;
  receipt.id = newId(parts_.random);
  receipt.kind = ReceiptKind::Revocation;
  receipt.atMs = parts_.clock.wallMs();
  receipt.user = user;
  receipt.app = app;
  receipt.permission = permission;
  receipt.body = revocationBody(method);
  AuditRecord record;
  record.kind = AuditKind::Revoked;
  record.timeMs = receipt.atMs;
  record.reason = permission;
  record.receipt = receipt.id;
  auto subject = std::make_shared<AuditSubject>();
  subject->app = app.value;
  subject->user = user.value;
  record.subject = std::move(subject);
  parts_.grants.revoke(std::move(receipt),
                       [this, alive = std::weak_ptr(alive_), record = std::move(record),
                        done = std::move(done)](Result<bool> revoked) mutable {
                         if (alive.expired()) return;
                         ++revocations_;
                         if (revoked && *revoked) parts_.audit.append(std::move(record));
                         done(std::move(revoked));
                       });
}

}  // namespace kiosk::bridge
