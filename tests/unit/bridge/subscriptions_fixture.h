#pragma once
// A payments bench whose users subscribe: plans of the demo's merchant, and rounds of the
// caretaker.

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bridge/payments/caretaker.h"
#include "bridge/payments/plan_token.h"
#include "bridge/payments/subscriptions.h"
#include "tests/unit/bridge/payments_fixture.h"

namespace kiosk::test {

inline constexpr std::int64_t kOneDayMs = std::int64_t{24} * 3'600'000;

inline nlohmann::json planPayload(const std::string& planId, std::int64_t amountMinor,
                                  const std::string& nonce = "plan-nonce-000000001") {
  return {{"merchantId", "post"},   {"planId", planId},
          {"title", "Parcel Plus"}, {"amountMinor", amountMinor},
          {"currency", "RUB"},      {"period", {{"unit", "months"}, {"count", 1}}},
          {"exp", 4'102'444'800},   {"nonce", nonce}};
}

inline std::string signPlan(const nlohmann::json& payload) {
  return bridge::signJws(payload, bridge::kPlanTokenType, bridge::kDemoMerchantKid,
                         demoMerchantKey());
}

inline std::shared_ptr<Package> makeRecurringPackage(const std::string& appId) {
  auto package = makePackage(appId);
  package->manifest.payments->recurring = true;
  return package;
}

struct SubscriptionsBench : PaymentsBench {
  explicit SubscriptionsBench(bridge::Wallet* hostWallet = nullptr)
      : PaymentsBench(hostWallet),
        subscriptions(*store, hostWallet, keys, receipts, clock, random),
        subscriber(subscriptions, loop) {
    anna = makeSession(makeRecurringPackage("ru.post.parcel"), "anna");
    boris = makeSession(makeRecurringPackage("ru.post.parcel"), "boris");
    vera = makeSession(makeRecurringPackage("ru.post.parcel"), "vera");
  }

  Result<nlohmann::json> subscribe(const SessionInfo& session, const nlohmann::json& plan,
                                   const std::string& key = "sub-1") {
    return subscriber.call("payments.subscribe", session, {{"planToken", signPlan(plan)}}, key);
  }
  /// The id of a subscription that was made.
  std::string subscribed(const SessionInfo& session, const nlohmann::json& plan) {
    auto made = subscribe(session, plan);
    KIOSK_CHECK(made.has_value(), "a test's plan is good");
    return (*made)["subscriptionId"];
  }
  Result<nlohmann::json> cancel(const SessionInfo& session, const std::string& id) {
    return subscriber.call("payments.cancelSubscription", session, {{"subscriptionId", id}});
  }
  void care() {
    bool done = false;
    service.caretaker().round([&done] { done = true; });
    loop.runUntil([&done] { return done; });
  }
  void careAfter(std::int64_t laterMs) {
    clock.nowMs += laterMs;
    care();
  }
  bridge::Subscription find(const std::string& id) {
    return *query<std::optional<bridge::Subscription>>(
        [id](soci::session& s) { return bridge::findSubscription(s, id); });
  }
  std::string stateOf(const std::string& id) {
    return bridge::subscriptionStateName(find(id).state);
  }
  std::int64_t charges() {
    return query<std::int64_t>([](soci::session& s) {
      long long count = 0;
      s << "SELECT COUNT(*) FROM subscription_charges", soci::into(count);
      return std::int64_t{count};
    });
  }
  /// Types of a subscription's events, in their order.
  std::vector<std::string> told(const std::string& id) {
    return query<std::vector<std::string>>([id](soci::session& s) {
      const std::string subject = bridge::subscriptionSubject(id);
      soci::rowset<std::string> rows =
          (s.prepare << "SELECT type FROM outbox_events WHERE subject = :subject ORDER BY seq",
           soci::use(subject, "subject"));
      return std::vector<std::string>(rows.begin(), rows.end());
    });
  }

  bridge::SubscriptionsService subscriptions;
  ServiceCaller subscriber;
  SessionInfo vera;
};

}  // namespace kiosk::test
