#pragma once
// Subscriptions as the store keeps them: the mandates that users gave, and what was charged by
// them.
//
//   (none) ──► pending ──► active | ended       the host's wallet has not decided the first charge
//      └─────► active ──► past_due              a charge failed; tried again 1, 3 and 7 days later
//                ▲  │        │  │
//                └──┼────────┘  ├──► ended      the last retry failed
//                   ├──────►────┼──► cancelled  by the user or the merchant, at any time
//                   └──► ended ◄┘               all charges made, or user, app or host ended it
//
// cancelled and ended are final: nothing more is charged. A charge that the wallet has begun by
// then may still come through.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/ids.h>
#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bridge/payments/period.h"

namespace kiosk::bridge {

/// Subscriptions that one call reads or ends.
inline constexpr std::int64_t kSubscriptionsPageMax = 100;
/// Of one user in one app that are not at their end.
inline constexpr std::int64_t kSubscriptionsLiveMax = 100;

enum class SubscriptionState : std::uint8_t { Pending, Active, PastDue, Cancelled, Ended };

/// "pending", "active", "past_due", "cancelled", "ended".
const char* subscriptionStateName(SubscriptionState state);

/// Whether something may still be charged.
inline bool isLive(SubscriptionState state) {
  return state != SubscriptionState::Cancelled && state != SubscriptionState::Ended;
}

struct Subscription {
  std::string id;  ///< 32 hex digits, unguessable
  std::string merchantId, planId, title;
  std::string payee;  ///< the merchant's registered name, as the user saw it
  UserId user;
  AppId app;
  std::string payer;  ///< pairwise id; empty for an erased user
  std::string currency;
  std::int64_t amountMinor = 0;  ///< of each period
  Period period;
  std::int64_t periodsMax = kPeriodsMax;  ///< periods 0..periodsMax-1 may be charged
  SubscriptionState state = SubscriptionState::Active;
  std::string reason;               ///< why it is at its end: a word; empty before
  std::int64_t anchorMs = 0;        ///< when period 0 begins
  std::int64_t nextPeriod = 0;      ///< the one that is charged next
  std::int64_t nextChargeAtMs = 0;  ///< never before nextPeriod begins
  std::int64_t failures = 0;        ///< since the last charge that came through
  std::string openPayment;          ///< that the wallet has not decided; empty when none
  std::string consentId;            ///< receipt of the user's yes
  std::string mandate;              ///< JWS by the host; empty for an erased user
  std::int64_t createdAtMs = 0, updatedAtMs = 0;
};

/// What a subscription is made by, beside what its row says.
struct SubscriptionOrigin {
  std::string planNonce, tokenHash, idempotencyKey, paramsHash;
};

/// As the partner API and the events show it, never the user's own id.
nlohmann::json subscriptionJson(const Subscription& subscription);

/// The subject of its events: an order's id that no merchant can take.
std::string subscriptionSubject(const std::string& id);

/// Writes `subscription` and its event. Refused by the database when plan or key are used.
void insertSubscription(soci::session& sql, const Subscription& subscription,
                        const SubscriptionOrigin& origin);

std::optional<Subscription> findSubscription(soci::session& sql, const std::string& id);

/// The subscription that was made by `origin` already, of the same user in the same app.
/// Errors: InvalidParams    the idempotency key was used with other parameters.
///         DuplicateOrder   the plan's token, or its nonce, was used otherwise.
Result<std::optional<Subscription>> findByOrigin(soci::session& sql, const Subscription& draft,
                                                 const SubscriptionOrigin& origin);

/// Of `user`, newest first, at most kSubscriptionsPageMax; of one app when `app` is not empty.
std::vector<Subscription> subscriptionsOf(soci::session& sql, const UserId& user, const AppId& app);

/// How many of the user's in the app are not at their end.
std::int64_t liveSubscriptions(soci::session& sql, const UserId& user, const AppId& app);

/// Newest first; those that are older than `beforeId` when that is not empty.
/// Errors: NotFound   `beforeId` is not a subscription of the merchant.
Result<std::vector<Subscription>> listSubscriptions(soci::session& sql,
                                                    const std::string& merchantId,
                                                    const std::string& beforeId,
                                                    std::int64_t countMax);

/// Takes `subscription` to `Cancelled` or `Ended` and tells the merchant; one that is at its end
/// already stays as it is. Answers what it is now.
Subscription endSubscription(soci::session& sql, const Subscription& subscription,
                             SubscriptionState to, const std::string& reason, std::int64_t nowMs);

/// Ends what `user` has in `app`, each when it is not empty; not both are. For a user or an app
/// that goes. Answers how many.
std::int64_t endSubscriptions(soci::session& sql, const UserId& user, const AppId& app,
                              const std::string& reason, std::int64_t nowMs);

/// Writes the members that a charge changes: state, reason, nextPeriod, nextChargeAtMs, failures,
/// openPayment, updatedAtMs.
void saveSubscription(soci::session& sql, const Subscription& subscription);

/// Writes the event `type` ("charged" is subscription.charged) with the subscription, and `extra`
/// beside it.
void tellSubscription(soci::session& sql, const Subscription& subscription, const std::string& type,
                      const nlohmann::json& extra);

/// Gives plan and idempotency key free: the first charge failed, and nothing was moved.
void releaseOrigin(soci::session& sql, const std::string& id);

/// Live ones that are due and wait for no wallet, the longest due first.
std::vector<Subscription> dueSubscriptions(soci::session& sql, std::int64_t nowMs,
                                           std::int64_t countMax);

/// Those whose open payment is decided by now.
std::vector<Subscription> decidedSubscriptions(soci::session& sql, std::int64_t countMax);

}  // namespace kiosk::bridge
