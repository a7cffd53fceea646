// What an app may learn of a user, and what it may do to them in a day: looked at before the user
// is troubled, taken before the act.

#include <algorithm>

#include "bridge/gate.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

Error learntEnough(std::uint32_t max) {
  return {ErrorCode::QuotaExceeded, "the app may spend " + std::to_string(max) +
                                        " privacy points on this user, and this would be more"};
}

Error enoughForToday(DayBudget budget, std::int64_t nowMs) {
  return {ErrorCode::PermissionBlocked,
          "the app has used up its " + std::string(dayBudgetName(budget)) + " of the day",
          msToNextDay(nowMs)};
}

}  // namespace

std::uint32_t Gate::dayMax(const PendingCall& call, DayBudget budget) const {
  if (KIOSK_GUARD("budget.day", false)) return UINT32_MAX;
  const auto& own = call.session.manifest().budget;
  switch (budget) {
    case DayBudget::Prompts:
      return std::min(parts_.limits.promptsPerDayMax, own.promptsPerDay.value_or(UINT32_MAX));
    case DayBudget::Notifications:
      return std::min(parts_.limits.notificationsPerDayMax,
                      own.notificationsPerDay.value_or(UINT32_MAX));
    case DayBudget::Badges:
      return parts_.limits.badgesPerDayMax;
  }
  return 0;
}

std::uint32_t Gate::privacyMax(const PendingCall& call) const {
  if (KIOSK_GUARD("budget.privacy", false)) return UINT32_MAX;
  return std::min(parts_.limits.privacyPointsMax,
                  call.session.manifest().budget.privacyPoints.value_or(UINT32_MAX));
}

/// Whether the call would tell the app something that was not paid for yet.
bool Gate::costsPrivacy(const PendingCall& call) const {
  const auto* permission = call.spec->permission;
  if (permission == nullptr || permission->privacyPoints == 0) return false;
  const auto known = call.owner->learnt.find(permission->privacyKind);
  return known == call.owner->learnt.end() || known->second < permission->privacyPoints;
}

Result<Gate::Go> Gate::checkBudget(const CallPtr& call) {
  if (!call->spec->dayBudget && !costsPrivacy(*call)) return Go::On;
  return later(call, [this, &call](Moved moved) {
    const auto& session = call->session;
    parts_.grants.spent(
        session.user, session.manifest().appId, dayOf(call->nowMs),
        [this, alive = std::weak_ptr(alive_), call, moved = std::move(moved)](Result<Spent> spent) {
          if (alive.expired()) return;
          if (!spent) return moved(spent.error());
          const auto& spec = *call->spec;
          if (spec.dayBudget && spent->today[static_cast<std::size_t>(*spec.dayBudget)] >=
                                    dayMax(*call, *spec.dayBudget)) {
            return moved(enoughForToday(*spec.dayBudget, call->nowMs));
          }
          if (costsPrivacy(*call) &&
              !addPrivacy(spent->privacy, spec.permission->privacyKind,
                          spec.permission->privacyPoints, privacyMax(*call))) {
            return moved(learntEnough(privacyMax(*call)));
          }
          moved({});
        });
  });
}

Result<Gate::Go> Gate::spendBudget(const CallPtr& call) {
  if (!call->spec->dayBudget && !costsPrivacy(*call)) return Go::On;
  return later(call, [this, &call](Moved moved) {
    if (!call->spec->dayBudget) return spendPrivacy(call, std::move(moved));
    const auto budget = *call->spec->dayBudget;
    const auto nowMs = parts_.clock.wallMs();
    parts_.grants.takeOfDay(call->session.user, call->session.manifest().appId, budget,
                            dayOf(nowMs), dayMax(*call, budget),
                            [this, alive = std::weak_ptr(alive_), call, budget, nowMs,
                             moved = std::move(moved)](Result<bool> taken) mutable {
                              if (alive.expired()) return;
                              if (!taken) return moved(taken.error());
                              if (!*taken) return moved(enoughForToday(budget, nowMs));
                              if (!costsPrivacy(*call)) return moved({});
                              spendPrivacy(call, std::move(moved));
                            });
  });
}

void Gate::spendPrivacy(const CallPtr& call, Moved moved) {
  const auto& permission = *call->spec->permission;
  parts_.grants.spendPrivacy(
      call->session.user, call->session.manifest().appId, permission.privacyKind,
      permission.privacyPoints, privacyMax(*call),
      [this, alive = std::weak_ptr(alive_), call, moved = std::move(moved)](Result<bool> spent) {
        if (alive.expired()) return;
        if (!spent) return moved(spent.error());
        if (!*spent) return moved(learntEnough(privacyMax(*call)));
        const auto& paid = *call->spec->permission;
        auto& known = call->owner->learnt[paid.privacyKind];
        known = std::max(known, paid.privacyPoints);
        moved({});
      });
}

}  // namespace kiosk::bridge
