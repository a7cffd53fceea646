// Goal: a mandate charges what the user saw, each period at most once and never early, whatever
// the clock, the merchant or the wallet does; and it ends when the user says so. Method: the
// service and the caretaker over a real store, with a clock that a test moves.

#include "bridge/payments/subscriptions.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

#include "bridge/payments/mandate.h"
#include "bridge/shell/shell_rows.h"
#include "tests/unit/bridge/subscriptions_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::codeOf;
using test::kOneDayMs;
using test::planPayload;
using test::signPlan;
using test::SubscriptionsBench;

constexpr std::int64_t kFee = 19'900;

std::int64_t msOf(int year, unsigned month, unsigned day) {
  using namespace std::chrono;
  return sys_time<milliseconds>(
             sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)))
      .time_since_epoch()
      .count();
}

TEST_CASE(
    "subscribe: the sheet shows payee, sum, period, first charge and end; the first is paid") {
  SubscriptionsBench bench;
  const std::string token = signPlan(planPayload("PLUS", kFee));
  const auto context = bench.subscriber.context(bench.anna, {{"planToken", token}}, "sub-1");
  auto prepared = bench.subscriber.prepare("payments.subscribe", context);
  REQUIRE_MESSAGE(prepared, bench.subscriber.lastMessage);
  CHECK(prepared->facts[0].value == "Post Office (customs)");
  CHECK(prepared->facts[1].value == "Parcel Plus");
  CHECK(prepared->facts[2].value == "RUB\u00a0199.00");
  CHECK(prepared->facts[3].value == "every month");
  CHECK(prepared->facts[4].value == "today");
  CHECK(prepared->facts[5].value == "when you cancel");
  CHECK(prepared->facts[6].value.find("at any time") == 0);
  CHECK(prepared->bound["amountMinor"] == kFee);
  CHECK(prepared->bound["tokenHash"] == sha256Hex(token));
  CHECK(bench.charges() == 0);
  auto made = bench.subscribe(bench.anna, planPayload("PLUS", kFee));
  REQUIRE(made);
  CHECK((*made)["status"] == "active");
  CHECK((*made)["nextChargeAt"].get<std::int64_t>() > bench.clock.nowMs + 27 * kOneDayMs);
  const json& receipt = (*made)["receipt"];
  CHECK(receipt["amountMinor"] == kFee);
  CHECK(receipt["payer"] == bench.keys.pairwiseId(bench.anna.user, *bench.anna.package));
  auto jws = parseJws(receipt["token"].get<std::string>(), kMandateTokenType);
  REQUIRE(jws);
  CHECK(verifyJws(*jws, bytesOf(bench.keys.signing().publicKey())));
  CHECK(jws->payload["planTokenHash"] == sha256Hex(token));
  CHECK(jws->payload["period"] == json{{"unit", "months"}, {"count", 1}});
  CHECK(bench.merchantBalance() == kFee);
  CHECK(bench.audit().sound());
  CHECK(bench.told((*made)["subscriptionId"]) ==
        std::vector<std::string>{"subscription.created", "subscription.charged"});
}

TEST_CASE("subscription: each period is charged once, in full, not a millisecond early") {
  SubscriptionsBench bench;
  bench.clock.nowMs = msOf(2027, 1, 31);
  const std::string id = bench.subscribed(bench.anna, planPayload("PLUS", kFee));
  for (const std::int64_t due : {msOf(2027, 2, 28), msOf(2027, 3, 31), msOf(2027, 4, 30)}) {
    CHECK(bench.find(id).nextChargeAtMs == due);
    const std::int64_t before = bench.merchantBalance();
    bench.clock.nowMs = due - 1;
    bench.care();
    CHECK(bench.merchantBalance() == before);
    bench.clock.nowMs = due;
    for (int again = 0; again < 3; ++again) bench.care();
    CHECK(bench.merchantBalance() == before + kFee);
  }
  CHECK(bench.charges() == 4);
  CHECK(bench.audit().sound());
  const auto wallet = bench.query<long long>([](soci::session& s) {
    long long count = 0;
    s << "SELECT COUNT(*) FROM receipts WHERE kind = 'payment'", soci::into(count);
    return count;
  });
  CHECK(wallet == 4);
}

TEST_CASE("subscription: a clock that leaps charges one period, and none when it is set back") {
  SubscriptionsBench bench;
  bench.clock.nowMs = msOf(2027, 1, 15);
  const std::string id = bench.subscribed(bench.anna, planPayload("PLUS", kFee));
  bench.clock.nowMs = msOf(2027, 12, 20);
  for (int again = 0; again < 3; ++again) bench.care();
  CHECK(bench.merchantBalance() == 2 * kFee);
  CHECK(bench.find(id).nextChargeAtMs == msOf(2028, 1, 15));
  bench.clock.nowMs = msOf(2027, 2, 1);
  for (int again = 0; again < 3; ++again) bench.care();
  CHECK(bench.merchantBalance() == 2 * kFee);
  CHECK(bench.audit().sound());
}

TEST_CASE("subscription: a failed charge is tried after 1, 3 and 7 days, then it is over") {
  SubscriptionsBench bench;
  bench.fund("vera", kFee);
  const std::string id = bench.subscribed(bench.vera, planPayload("PLUS", kFee));
  bench.clock.nowMs = bench.find(id).nextChargeAtMs;
  const std::int64_t due = bench.clock.nowMs;
  bench.care();
  CHECK(bench.stateOf(id) == "past_due");
  SUBCASE("money that comes in time sets it right, and the days go on from the anchor") {
    CHECK(bench.find(id).nextChargeAtMs == due + kOneDayMs);
    bench.fund("vera", kFee * 2);
    bench.careAfter(kOneDayMs - 1);
    CHECK(bench.charges() == 1);
    bench.careAfter(1);
    CHECK(bench.stateOf(id) == "active");
    CHECK(bench.charges() == 2);
    CHECK(bench.find(id).failures == 0);
    CHECK(bench.find(id).nextChargeAtMs > due + 27 * kOneDayMs);
    CHECK(bench.find(id).nextChargeAtMs <= due + 31 * kOneDayMs);
  }
  SUBCASE("nothing comes: it ends, and the merchant hears of each step") {
    for (const std::int64_t days : {1, 3, 7}) {
      CHECK(bench.stateOf(id) == "past_due");
      CHECK(bench.find(id).nextChargeAtMs == due + days * kOneDayMs);
      bench.clock.nowMs = due + days * kOneDayMs;
      bench.care();
    }
    CHECK(bench.stateOf(id) == "ended");
    CHECK(bench.find(id).reason == "unpaid");
    // The first two events are older than events are kept.
    CHECK(bench.told(id) ==
          std::vector<std::string>{"subscription.past_due", "subscription.past_due",
                                   "subscription.past_due", "subscription.ended"});
    bench.fund("vera", kFee * 2);
    bench.careAfter(60 * kOneDayMs);
    CHECK(bench.charges() == 1);
  }
  CHECK(bench.audit().sound());
}

TEST_CASE("subscription: a trial charges nothing before its end, a last charge is the last") {
  SubscriptionsBench bench;
  json plan = planPayload("TRIAL", kFee);
  plan["trialDays"] = 14;
  plan["maxCharges"] = 2;
  plan["period"] = {{"unit", "weeks"}, {"count", 2}};
  const auto context = bench.subscriber.context(bench.anna, {{"planToken", signPlan(plan)}}, "k");
  auto prepared = bench.subscriber.prepare("payments.subscribe", context);
  REQUIRE(prepared);
  CHECK(prepared->facts[3].value == "every 2 weeks");
  CHECK(prepared->facts[4].value == dayWords(bench.clock.nowMs + 14 * kOneDayMs, "en"));
  CHECK(prepared->facts[5].value == "after 2 charges");
  const std::string id = bench.subscribed(bench.anna, plan);
  bench.careAfter(14 * kOneDayMs - 1);
  CHECK(bench.charges() == 0);
  bench.careAfter(1);
  CHECK(bench.charges() == 1);
  bench.careAfter(14 * kOneDayMs);
  CHECK(bench.charges() == 2);
  CHECK(bench.stateOf(id) == "ended");
  CHECK(bench.find(id).reason == "complete");
  bench.careAfter(14 * kOneDayMs);
  CHECK(bench.charges() == 2);
  CHECK(bench.told(id).back() == "subscription.ended");
}

TEST_CASE("subscription: cancelled by its user it charges no more; others cannot cancel it") {
  SubscriptionsBench bench;
  const std::string id = bench.subscribed(bench.anna, planPayload("PLUS", kFee));
  CHECK(codeOf(bench.cancel(bench.boris, id)) == ErrorCode::NotFound);
  const auto elsewhere = test::makeSession(test::makeRecurringPackage("ru.shop.other"), "anna");
  CHECK(codeOf(bench.cancel(elsewhere, id)) == ErrorCode::NotFound);
  CHECK(bench.stateOf(id) == "active");
  for (int again = 0; again < 2; ++again) {
    auto cancelled = bench.cancel(bench.anna, id);
    REQUIRE(cancelled);
    CHECK((*cancelled)["status"] == "cancelled");
  }
  bench.careAfter(400 * kOneDayMs);
  CHECK(bench.charges() == 1);
  CHECK(bench.told(id).back() == "subscription.cancelled");
  auto listed = bench.subscriber.call("payments.subscriptions", bench.anna, json::object());
  REQUIRE(listed);
  REQUIRE((*listed)["subscriptions"].size() == 1);
  CHECK((*listed)["subscriptions"][0]["status"] == "cancelled");
  CHECK_FALSE((*listed)["subscriptions"][0].contains("nextChargeAt"));
  auto others = bench.subscriber.call("payments.subscriptions", bench.boris, json::object());
  REQUIRE(others);
  CHECK((*others)["subscriptions"].empty());
}

TEST_CASE("subscribe: a plan is refused that is not signed, declared, live or well-formed") {
  SubscriptionsBench bench;
  const json good = planPayload("PLUS", kFee);
  json plan = good;
  const auto refused = [&] { return codeOf(bench.subscribe(bench.anna, plan)); };
  SUBCASE("another merchant") {
    plan["merchantId"] = "shop";
    CHECK(refused() == ErrorCode::NotDeclared);
  }
  SUBCASE("no recurring payments in the manifest") {
    bench.anna = test::makeSession(test::makePackage("ru.post.parcel"), "anna");
    CHECK(refused() == ErrorCode::NotDeclared);
  }
  SUBCASE("another key") {
    test::SeededRandom other(99);
    const auto token = signJws(plan, kPlanTokenType, kDemoMerchantKid, Ed25519Key::generate(other));
    CHECK(codeOf(bench.subscriber.call("payments.subscribe", bench.anna, {{"planToken", token}},
                                       "k")) == ErrorCode::SignatureInvalid);
  }
  SUBCASE("an order's token") {
    CHECK(codeOf(bench.subscriber.call("payments.subscribe", bench.anna,
                                       {{"planToken", bench.order("O1", 100)}}, "k")) ==
          ErrorCode::OrderInvalid);
  }
  SUBCASE("expired") {
    plan["exp"] = bench.clock.nowMs / 1000;
    CHECK(refused() == ErrorCode::OrderExpired);
  }
  SUBCASE("a currency that is not declared") {
    plan["currency"] = "USD";
    CHECK(refused() == ErrorCode::OrderInvalid);
  }
  SUBCASE("members out of their range") {
    const std::vector<std::pair<const char*, json>> bad = {
        {"amountMinor", 0},
        {"amountMinor", 1.5},
        {"period", {{"unit", "months"}, {"count", 13}}},
        {"period", {{"unit", "hours"}, {"count", 1}}},
        {"period", {{"unit", "days"}, {"count", 1}, {"more", 1}}},
        {"trialDays", 0},
        {"trialDays", 367},
        {"maxCharges", 10'001},
        {"nonce", "short"},
        {"title", ""},
        {"planId", "a b"},
        {"discount", 1}};
    for (const auto& [name, value] : bad) {
      CAPTURE(name);
      plan = good;
      plan[name] = value;
      CHECK(refused() == ErrorCode::OrderInvalid);
    }
  }
  CHECK(bench.payments() == 0);
}

TEST_CASE("subscribe: a repeat answers the first subscription, and a token makes one alone") {
  SubscriptionsBench bench;
  auto first = bench.subscribe(bench.anna, planPayload("PLUS", kFee), "key-1");
  REQUIRE(first);
  for (const char* key : {"key-1", "key-2"}) {
    auto again = bench.subscribe(bench.anna, planPayload("PLUS", kFee), key);
    REQUIRE(again);
    CHECK((*again)["subscriptionId"] == (*first)["subscriptionId"]);
  }
  CHECK(codeOf(bench.subscribe(bench.anna, planPayload("PLUS", kFee, "plan-nonce-000000002"),
                               "key-1")) == ErrorCode::InvalidParams);
  CHECK(codeOf(bench.subscribe(bench.boris, planPayload("PLUS", kFee))) ==
        ErrorCode::DuplicateOrder);
  CHECK(codeOf(bench.subscribe(bench.anna, planPayload("PLUS", 1), "key-3")) ==
        ErrorCode::DuplicateOrder);
  CHECK(bench.merchantBalance() == kFee);
}

TEST_CASE("subscribe: without the money for the first charge nothing is left behind") {
  SubscriptionsBench bench;
  CHECK(codeOf(bench.subscribe(bench.vera, planPayload("PLUS", kFee))) ==
        ErrorCode::InsufficientFunds);
  CHECK(bench.payments() == 0);
  bench.fund("vera", kFee);
  CHECK(bench.subscribe(bench.vera, planPayload("PLUS", kFee)));
  CHECK(bench.audit().sound());
}

TEST_CASE("subscription: a row that says other than the signed mandate charges nobody") {
  SubscriptionsBench bench;
  json plan = planPayload("PLUS", kFee);
  plan["maxCharges"] = 3;
  const std::string id = bench.subscribed(bench.anna, plan);
  const auto set = [&](const std::string& what) {
    bench.sql("UPDATE subscriptions SET " + what + " WHERE id = '" + id + "'");
  };
  SUBCASE("more money") {
    set("amount_minor = 1000000");
    bench.careAfter(40 * kOneDayMs);
    CHECK(bench.find(id).reason == "mandate");
  }
  SUBCASE("an earlier day") {
    const std::int64_t due = bench.find(id).nextChargeAtMs;
    set("next_charge_at_ms = 0");
    bench.care();
    CHECK(bench.find(id).nextChargeAtMs == due);
    CHECK(bench.stateOf(id) == "active");
  }
  SUBCASE("a period after the last") {
    set("next_period = 3, next_charge_at_ms = 0");
    bench.careAfter(200 * kOneDayMs);
    CHECK(bench.find(id).reason == "complete");
  }
  SUBCASE("a period that was charged") {
    set("next_period = 0, next_charge_at_ms = 0");
    bench.care();
    CHECK(bench.find(id).nextPeriod == 1);
  }
  CHECK(bench.merchantBalance() == kFee);
  CHECK(bench.payments() == 1);
}

TEST_CASE("subscription: a charge that was planned before the end comes to nothing") {
  SubscriptionsBench bench;
  const std::string id = bench.subscribed(bench.anna, planPayload("PLUS", kFee));
  REQUIRE(bench.cancel(bench.anna, id));
  bench.clock.nowMs += 40 * kOneDayMs;
  const CollectParts parts{bench.keys, bench.receipts};
  const auto now = bench.clock.nowMs;
  auto state = bench.query<std::string>([&](soci::session& s) {
    return subscriptionStateName(collect(s, id, std::string(32, 'a'), parts, now).is->state);
  });
  CHECK(state == "cancelled");
  CHECK(bench.charges() == 1);
}

TEST_CASE("subscription: the audit names a charge that no mandate allows") {
  SubscriptionsBench bench;
  const std::string id = bench.subscribed(bench.anna, planPayload("PLUS", kFee));
  CHECK(bench.audit().wrongMandates == 0);
  SUBCASE("above the mandate") { bench.sql("UPDATE subscriptions SET amount_minor = 1"); }
  SUBCASE("of nobody's period") { bench.sql("DELETE FROM subscription_charges"); }
  SUBCASE("of another period") { bench.sql("UPDATE subscription_charges SET period = 7"); }
  SUBCASE("after the last") {
    bench.sql(
        "UPDATE subscriptions SET periods_max = 1, anchor_ms = 1,"
        " next_period = 1");
    bench.sql("UPDATE subscription_charges SET period = 1");
  }
  CHECK(bench.audit().wrongMandates > 0);
  CHECK_FALSE(bench.audit().sound());
}

TEST_CASE("order token: ids that begin like the host's own orders are refused") {
  SubscriptionsBench bench;
  const std::string id = bench.subscribed(bench.anna, planPayload("PLUS", kFee));
  CHECK(codeOf(bench.pay(bench.anna, bench.order(periodOrderId(id, 1), kFee), "k")) ==
        ErrorCode::OrderInvalid);
  bench.careAfter(40 * kOneDayMs);
  CHECK(bench.charges() == 2);
}

TEST_CASE("subscription: of a user, an app or both that go, nothing more is charged") {
  SubscriptionsBench bench;
  const std::string id = bench.subscribed(bench.anna, planPayload("PLUS", kFee));
  const std::string other =
      bench.subscribed(bench.boris, planPayload("PLUS", kFee, "plan-nonce-000000002"));
  const auto now = bench.clock.nowMs;
  const auto end = [&](const UserId& user, const AppId& app) {
    return bench.query<std::int64_t>(
        [&](soci::session& s) { return endSubscriptions(s, user, app, "app", now); });
  };
  CHECK(end(UserId("anna"), AppId("ru.shop.other")) == 0);
  CHECK(end(UserId("anna"), AppId("ru.post.parcel")) == 1);
  CHECK(bench.stateOf(id) == "ended");
  CHECK(bench.stateOf(other) == "active");
  CHECK(end(UserId(), AppId("ru.post.parcel")) == 1);
  CHECK(bench.stateOf(other) == "ended");
}

TEST_CASE("shell: a user sees and ends their own subscriptions, and nobody else's") {
  SubscriptionsBench bench;
  const std::string id = bench.subscribed(bench.anna, planPayload("PLUS", kFee));
  const auto now = bench.clock.nowMs;
  const auto seenBy = [&](const char* user) {
    return bench.query<std::vector<SubscriptionEntry>>(
        [user](soci::session& s) { return readSubscriptions(s, UserId(user)); });
  };
  const auto cancelledBy = [&](const char* user) {
    return bench.query<bool>(
        [&, user](soci::session& s) { return cancelByUser(s, UserId(user), id, now).has_value(); });
  };
  REQUIRE(seenBy("anna").size() == 1);
  CHECK(seenBy("anna")[0].title == "Parcel Plus");
  CHECK(seenBy("anna")[0].nextChargeAtMs > now);
  CHECK(seenBy("boris").empty());
  CHECK_FALSE(cancelledBy("boris"));
  CHECK(bench.stateOf(id) == "active");
  CHECK(cancelledBy("anna"));
  CHECK(bench.stateOf(id) == "cancelled");
  CHECK(seenBy("anna")[0].nextChargeAtMs == 0);
}

TEST_CASE("subscription: the day's limit fails a charge, and a later day makes it") {
  SubscriptionsBench bench;
  const std::string id = bench.subscribed(bench.anna, planPayload("PLUS", kFee));
  bench.clock.nowMs = bench.find(id).nextChargeAtMs;
  const auto day = std::to_string(bench.clock.nowMs / kOneDayMs);
  bench.sql("UPDATE spend_days SET spent_minor = 100000000000, day = " + day +
            " WHERE user_id = 'anna'");
  bench.care();
  CHECK(bench.stateOf(id) == "past_due");
  bench.careAfter(kOneDayMs);
  CHECK(bench.stateOf(id) == "active");
  CHECK(bench.charges() == 2);
}

/// A bank that charges without its user, and answers as it is told.
class RecurringWallet final : public Wallet {
 public:
  std::vector<std::string> methods() const override { return {"sbp"}; }
  bool canRecur() const override { return recurs; }
  void charge(const WalletCharge& charge, std::function<void(ChargeAnswer)> done) override {
    charges.push_back(charge);
    if (!holds) return done(says);
    pending = std::move(done);
  }
  void lookup(const std::string&, std::function<void(ChargeAnswer)> done) override { done(later); }

  bool recurs = true;
  bool holds = false;  ///< a charge waits for `pending`
  std::function<void(ChargeAnswer)> pending;
  ChargeOutcome says = ChargeOutcome::Paid, later = ChargeOutcome::Paid;
  std::vector<WalletCharge> charges;
};

TEST_CASE("subscription by a host's wallet: an answer that comes after the services finds nobody") {
  RecurringWallet wallet;
  wallet.holds = true;
  SubscriptionsBench bench;
  auto service = std::make_unique<SubscriptionsService>(*bench.store, &wallet, bench.keys,
                                                        bench.receipts, bench.clock, bench.random);
  test::ServiceCaller caller(*service, bench.loop);
  const auto context = caller.context(
      bench.anna, {{"planToken", test::signPlan(planPayload("PLUS", kFee))}}, "sub-1");
  REQUIRE(caller.prepare("payments.subscribe", context));
  const auto outcome = std::make_shared<test::Outcome>();
  caller.start("payments.subscribe", context, outcome);
  bench.loop.runUntil([&] { return !wallet.charges.empty(); });
  service.reset();
  wallet.pending(ChargeOutcome::Paid);
  CHECK(bench.charges() == 0);
}

TEST_CASE("subscription by a host's wallet: charged by the mandate's id, each period once") {
  RecurringWallet wallet;
  SubscriptionsBench bench(&wallet);
  const std::string id = bench.subscribed(bench.anna, planPayload("PLUS", kFee));
  CHECK(bench.stateOf(id) == "active");
  REQUIRE(wallet.charges.size() == 1);
  CHECK(wallet.charges[0].subscriptionId == id);
  CHECK(wallet.charges[0].amountMinor == kFee);
  bench.careAfter(32 * kOneDayMs);
  bench.care();
  CHECK(wallet.charges.size() == 2);
  CHECK(bench.charges() == 2);
  SUBCASE("no answer: the period waits for what the wallet says later, and is not charged anew") {
    wallet.says = ChargeOutcome::Unknown;
    wallet.later = ChargeOutcome::Unknown;
    bench.careAfter(32 * kOneDayMs);
    for (int again = 0; again < 5; ++again) bench.careAfter(kCareAfterMs);
    CHECK(wallet.charges.size() == 3);
    CHECK(bench.charges() == 2);
    wallet.later = ChargeOutcome::Paid;
    for (int again = 0; again < 2; ++again) bench.careAfter(kCareAfterMs);
    CHECK(wallet.charges.size() == 3);
    CHECK(bench.charges() == 3);
  }
  SUBCASE("declined: it is past due, and asked again as another payment") {
    wallet.says = ChargeOutcome::Declined;
    bench.careAfter(32 * kOneDayMs);
    CHECK(bench.stateOf(id) == "past_due");
    wallet.says = ChargeOutcome::Paid;
    bench.careAfter(kOneDayMs);
    CHECK(bench.stateOf(id) == "active");
    REQUIRE(wallet.charges.size() == 4);
    CHECK(wallet.charges[2].orderId == wallet.charges[3].orderId);
    CHECK(wallet.charges[2].paymentId != wallet.charges[3].paymentId);
  }
  SUBCASE("declined while the clock was set back: not tried before the period begins anew") {
    wallet.says = ChargeOutcome::Unknown;
    wallet.later = ChargeOutcome::Declined;
    bench.careAfter(32 * kOneDayMs);
    const std::int64_t due = bench.find(id).nextChargeAtMs;
    bench.careAfter(-60 * kOneDayMs);
    bench.care();
    CHECK(bench.stateOf(id) == "past_due");
    CHECK(bench.find(id).nextChargeAtMs == due + kOneDayMs);
  }
  SUBCASE("a wallet that charges its users only with them fails each charge") {
    wallet.recurs = false;
    bench.careAfter(32 * kOneDayMs);
    CHECK(bench.stateOf(id) == "past_due");
    CHECK(wallet.charges.size() == 2);
  }
  CHECK(bench.audit().sound());
}

TEST_CASE("subscribe by a host's wallet: pending until it decided, gone when it declined") {
  RecurringWallet wallet;
  SubscriptionsBench bench(&wallet);
  SUBCASE("declined: the same plan may be tried again") {
    wallet.says = ChargeOutcome::InsufficientFunds;
    CHECK(codeOf(bench.subscribe(bench.anna, planPayload("PLUS", kFee))) ==
          ErrorCode::InsufficientFunds);
    wallet.says = ChargeOutcome::Paid;
    CHECK(bench.subscribe(bench.anna, planPayload("PLUS", kFee)));
  }
  SUBCASE("pending") {
    wallet.says = ChargeOutcome::Pending;
    auto made = bench.subscribe(bench.anna, planPayload("PLUS", kFee));
    REQUIRE(made);
    CHECK((*made)["status"] == "pending");
    const std::string id = (*made)["subscriptionId"];
    bench.careAfter(kCareAfterMs);
    CHECK(bench.stateOf(id) == "active");
    CHECK(bench.charges() == 1);
    CHECK(wallet.charges.size() == 1);
  }
  SUBCASE("a wallet that cannot charge without its user") {
    wallet.recurs = false;
    for (const auto& binding : bench.subscriptions.bindings()) {
      CHECK(binding.unsupported.empty() == (binding.method != "payments.subscribe"));
    }
  }
  CHECK(bench.audit().sound());
}

TEST_CASE("periods: months are clamped to their last day, each from the anchor") {
  const Period monthly{PeriodUnit::Months, 1}, yearly{PeriodUnit::Months, 12};
  CHECK(periodStartMs(msOf(2024, 1, 31) + 5, monthly, 1) == msOf(2024, 2, 29) + 5);
  CHECK(periodStartMs(msOf(2024, 1, 31), monthly, 2) == msOf(2024, 3, 31));
  CHECK(periodStartMs(msOf(2024, 1, 31), monthly, 13) == msOf(2025, 2, 28));
  CHECK(periodStartMs(msOf(2024, 2, 29), yearly, 1) == msOf(2025, 2, 28));
  CHECK(periodStartMs(msOf(2024, 2, 29), yearly, 4) == msOf(2028, 2, 29));
  for (const PeriodUnit unit : {PeriodUnit::Days, PeriodUnit::Weeks, PeriodUnit::Months}) {
    const Period period{unit, periodCountMax(unit)};
    std::int64_t before = 0;
    for (std::int64_t index = 0; index <= kPeriodsMax; index += 7) {
      const std::int64_t start = periodStartMs(1, period, index);
      CHECK(start > before);
      CHECK(periodAt(1, period, 0, start) == index);
      if (index > 0) CHECK(periodAt(1, period, 0, start - 1) == index - 1);
      before = start;
    }
  }
}

}  // namespace
}  // namespace kiosk::bridge
