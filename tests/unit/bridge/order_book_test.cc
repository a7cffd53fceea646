// Goal: an order moves along the arrows of its picture and no others, every move is told once, and
// no refund gives back more than was paid. Method: the books over a real store; all pairs of
// states.

#include "bridge/payments/order_book.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "bridge/payments/outbox.h"
#include "bridge/payments/refund_book.h"
#include "bridge/payments/settlement.h"
#include "bridge/store/new_id.h"
#include "tests/unit/bridge/payments_fixture.h"

namespace kiosk::bridge {
namespace {

using test::codeOf;
using test::PaymentsBench;

struct BookBench : PaymentsBench {
  Result<OrderRow> enter(const std::string& id, std::int64_t amount,
                         std::int64_t exp = 4'102'444'800) {
    auto token = parseOrderToken(order(id, amount, exp));
    KIOSK_CHECK(token.has_value(), "a test's order is one");
    return job<OrderRow>([&](soci::session& s) { return registerOrder(s, *token, clock.nowMs); });
  }
  Result<OrderRow> cancel(const std::string& id) {
    return job<OrderRow>([&](soci::session& s) { return cancelOrder(s, "post", id, clock.nowMs); });
  }
  Result<RefundRow> refund(const std::string& id, std::int64_t amount) {
    return job<RefundRow>([&](soci::session& s) {
      return refundOrder(s, {.merchantId = "post",
                             .orderId = id,
                             .refundId = newId(random),
                             .amountMinor = amount,
                             .reason = "damaged",
                             .nowMs = clock.nowMs});
    });
  }
  OrderRow find(const std::string& id) {
    return query<OrderRow>([&](soci::session& s) { return *findOrder(s, "post", id); });
  }
  std::vector<std::string> told(const std::string& id) {
    std::vector<std::string> types;
    const auto events = query<std::vector<EventRow>>(
        [](soci::session& s) { return listEvents(s, "post", std::nullopt, 0, kEventsPageMax); });
    for (const EventRow& event : events) {
      if (event.subject == id) types.push_back(event.type);
    }
    return types;
  }
  template <class T>
  Result<T> job(std::function<Result<T>(soci::session&)> work) {
    return store->runNow<T>("test.job", std::move(work));
  }
};

using Types = std::vector<std::string>;

TEST_CASE("orders: the arrows are those of the picture, and three states are final") {
  using S = OrderState;
  const S all[] = {S::Created,  S::Authorised, S::Pending, S::Unknown,
                   S::Captured, S::Cancelled,  S::Failed,  S::Expired};
  int arrows = 0;
  for (const S from : all) {
    CHECK(orderStateOf(orderStateName(from)) == from);
    for (const S to : all) arrows += orderMayMove(from, to) ? 1 : 0;
    CHECK(!orderMayMove(from, from));
    CHECK(!orderMayMove(from, S::Created));
  }
  CHECK(arrows == 16);
  for (const S end : {S::Captured, S::Cancelled, S::Expired}) {
    for (const S to : all) CHECK(!orderMayMove(end, to));
  }
  CHECK(!orderStateOf("paid"));
}

TEST_CASE("orders: a registered order is paid by its own token, and the merchant is told once") {
  BookBench bench;
  auto entered = bench.enter("A", 1000);
  REQUIRE(entered);
  CHECK(entered->state == OrderState::Created);
  CHECK(entered->expiresAtMs == 4'102'444'800'000);
  CHECK(bench.enter("A", 1000)->createdAtMs == entered->createdAtMs);
  CHECK(codeOf(bench.enter("A", 1001)) == ErrorCode::DuplicateOrder);
  CHECK(codeOf(bench.pay(bench.anna, bench.order("A", 1001), "k")) == ErrorCode::DuplicateOrder);
  REQUIRE(bench.pay(bench.anna, bench.order("A", 1000), "k"));
  const OrderRow paid = bench.find("A");
  CHECK(paid.state == OrderState::Captured);
  CHECK(paid.payer == bench.keys.pairwiseId(bench.anna.user, *bench.anna.package));
  CHECK(parseJws(paid.receipt, "kiosk-receipt+jwt").has_value());
  CHECK(bench.told("A") == Types{"order.captured"});
  CHECK(bench.audit().sound());
}

TEST_CASE("orders: what is cancelled or expired is not paid, what is paid is not cancelled") {
  BookBench bench;
  REQUIRE(bench.enter("A", 1000));
  CHECK(codeOf(bench.cancel("B")) == ErrorCode::NotFound);
  REQUIRE(bench.cancel("A"));
  CHECK(bench.cancel("A")->state == OrderState::Cancelled);
  CHECK(codeOf(bench.pay(bench.anna, bench.order("A", 1000), "k")) == ErrorCode::OrderInvalid);
  CHECK(bench.told("A") == Types{"order.cancelled"});

  REQUIRE(bench.enter("C", 1000, 1'800'000'010));
  bench.clock.nowMs += 10'000;
  const auto expired = bench.query<std::int64_t>(
      [&](soci::session& s) { return expireOrders(s, bench.clock.nowMs, 10); });
  CHECK(expired == 1);
  CHECK(bench.told("C") == Types{"order.expired"});
  CHECK(codeOf(bench.cancel("C")) == ErrorCode::OrderExpired);
  CHECK(codeOf(bench.pay(bench.anna, bench.order("C", 1000, 1'800'000'010), "k")) ==
        ErrorCode::OrderExpired);
  CHECK(codeOf(bench.enter("D", 1000, 1'800'000'000)) == ErrorCode::OrderExpired);

  REQUIRE(bench.pay(bench.anna, bench.order("E", 1000), "k"));
  CHECK(codeOf(bench.cancel("E")) == ErrorCode::DuplicateOrder);
  CHECK(bench.merchantBalance() == 1000);
}

TEST_CASE("orders: the list goes from new to old, page by page, and knows one merchant") {
  BookBench bench;
  for (const char* id : {"A", "B", "C", "D"}) {
    REQUIRE(bench.enter(id, 100));
    if (*id != 'B') bench.clock.nowMs += 1;  // B and C came in the same millisecond
  }
  const auto page = [&](const std::string& merchant, const std::string& before) {
    auto rows = bench.job<std::vector<OrderRow>>(
        [&](soci::session& s) { return listOrders(s, merchant, before, 2); });
    std::string ids;
    if (rows) {
      for (const OrderRow& row : *rows) ids += row.orderId;
    }
    return ids;
  };
  CHECK(page("post", "") == "DC");
  CHECK(page("post", "C") == "BA");
  CHECK(page("post", "A").empty());
  CHECK(page("shop", "").empty());
  CHECK(page("post", "nothing").empty());
}

TEST_CASE("refunds: parts up to the whole, never more, and the books go on to balance") {
  BookBench bench;
  CHECK(codeOf(bench.refund("A", 1)) == ErrorCode::NotFound);
  REQUIRE(bench.enter("A", 1000));
  CHECK(codeOf(bench.refund("A", 1)) == ErrorCode::OrderInvalid);
  REQUIRE(bench.pay(bench.anna, bench.order("A", 1000), "k"));
  CHECK(codeOf(bench.refund("A", -1)) == ErrorCode::InvalidParams);
  CHECK(codeOf(bench.refund("A", 1001)) == ErrorCode::AmountMismatch);
  auto part = bench.refund("A", 300);
  REQUIRE(part);
  CHECK(part->state == RefundState::Succeeded);
  CHECK(codeOf(bench.refund("A", 701)) == ErrorCode::AmountMismatch);
  CHECK(bench.refund("A", 0)->amountMinor == 700);
  CHECK(codeOf(bench.refund("A", 0)) == ErrorCode::AmountMismatch);
  CHECK(bench.find("A").refundedMinor == 1000);
  CHECK(bench.balance("anna") == 2'500'000);
  CHECK(bench.merchantBalance() == 0);
  CHECK(bench.told("A") == Types{"order.captured", "refund.succeeded", "refund.succeeded"});
  CHECK(bench.audit().sound());
}

TEST_CASE("refunds: a merchant without the money gives none back, and nothing is changed") {
  BookBench bench;
  REQUIRE(bench.pay(bench.anna, bench.order("A", 1000), "k"));
  bench.query<int>([](soci::session& s) {
    const ledger::Entry entries[] = {{{ledger::OwnerKind::Merchant, "post", "RUB"}, -1},
                                     {{ledger::OwnerKind::Host, "payout", "RUB"}, 1}};
    KIOSK_CHECK(ledger::post(s, {.id = "payout", .createdAtMs = 1}, entries).has_value(),
                "a payout is booked");
    return 0;
  });
  CHECK(codeOf(bench.refund("A", 0)) == ErrorCode::InsufficientFunds);
  CHECK(bench.find("A").refundedMinor == 0);
  CHECK(bench.told("A") == Types{"order.captured"});
  CHECK(bench.refund("A", 999)->state == RefundState::Succeeded);
  CHECK(bench.audit().sound());
}

TEST_CASE("payments: the limits of a day hold for a user and for an app, and a new day is new") {
  BookBench bench;
  HostKeys& keys = bench.keys;
  const auto pay = [&](const char* user, const char* app, const char* id, std::int64_t amount) {
    PaymentCall call;
    call.user = UserId(user);
    call.app = AppId(app);
    call.idempotencyKey = id;
    call.order = parseOrderToken(bench.order(id, amount))->order;
    call.kid = kDemoMerchantKid;
    call.tokenHash = id;
    call.paymentId = newId(bench.random);
    call.nowMs = bench.clock.nowMs;
    return codeOf(bench.job<PayAnswer>([&](soci::session& s) {
      return payByLedger(s, call, keys, bench.receipts,
                         {.userDayMinorMax = 1000, .appDayMinorMax = 1500});
    }));
  };
  CHECK(!pay("anna", "ru.a", "A", 1000));
  CHECK(pay("anna", "ru.b", "B", 1) == ErrorCode::LimitExceeded);
  CHECK(!pay("boris", "ru.a", "C", 500));
  CHECK(pay("boris", "ru.a", "D", 1) == ErrorCode::LimitExceeded);
  CHECK(!pay("boris", "ru.b", "E", 1));
  bench.clock.nowMs += 24 * 3'600'000;
  CHECK(!pay("anna", "ru.a", "F", 1000));
  CHECK(bench.audit().sound());
}

}  // namespace
}  // namespace kiosk::bridge
