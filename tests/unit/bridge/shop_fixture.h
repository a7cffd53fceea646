#pragma once
// A host that takes payments over a database that outlives it, and what must hold in that database
// however the host ended.

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "tests/unit/bridge/payments_fixture.h"
#include "tests/unit/support/stride.h"

namespace kiosk::test {

/// A payments service over the database in `folder`, seeded when it is new.
struct Shop {
  static constexpr std::int64_t kAmount = 1000;
  static std::string orderId(int index) { return "ORDER-" + std::to_string(index); }
  static std::string keyOf(int index) { return "key-" + std::to_string(index); }

  explicit Shop(const std::string& folder)
      : store(openSeeded(folder + "/kiosk.db", clock)),
        keys(std::string(32, 'k'), Ed25519Key::generate(random)),
        receipts(bridge::ed25519Signer(keys.signing(), keys.signingKeyId()), {}),
        service(*store, nullptr, keys, receipts, clock, random),
        caller(service, loop) {
    store->attached(loop);
    // Payment ids must differ between two processes over one database.
    systemRandom().fill(
        std::span<std::uint8_t>(reinterpret_cast<std::uint8_t*>(&seed), sizeof seed));
    random = SeededRandom(seed);
  }

  /// The call that pays order `index`, ready to be handled.
  bridge::ContextPtr prepare(int index) {
    auto context = caller.context(anna, {{"orderToken", token(index)}}, keyOf(index));
    auto prepared = caller.prepare("payments.request", context);
    KIOSK_CHECK(prepared.has_value(), "a good order is not refused");
    return context;
  }
  std::string token(int index) const { return signOrder(orderPayload(orderId(index), kAmount)); }

  std::int64_t count(const std::string& query) {
    auto value = store->runNow<std::int64_t>("test.count", [query](soci::session& sql) {
      long long number = 0;
      sql << query, soci::into(number);
      return Result<std::int64_t>(number);
    });
    REQUIRE(value);
    return *value;
  }

  /// What was acknowledged is there, nothing is half done, and the money is all there.
  void checkSurvived(const std::set<std::string>& acknowledged) {
    for (const std::string& id : acknowledged) {
      CHECK(count("SELECT COUNT(*) FROM orders WHERE state = 'captured' AND order_id = '" + id +
                  "'") == 1);
    }
    const auto paid = count("SELECT COUNT(*) FROM payments");
    CHECK(paid >= static_cast<std::int64_t>(acknowledged.size()));
    checkBooks(paid);
  }

  void checkBooks(std::int64_t paid) {
    auto audit = store->runNow<bridge::ledger::Audit>("test.audit", [](soci::session& sql) {
      return Result<bridge::ledger::Audit>(bridge::ledger::audit(sql));
    });
    REQUIRE(audit);
    CHECK(audit->sound());
    CHECK(count("SELECT COUNT(*) FROM payments WHERE state = 'captured'") == paid);
    CHECK(count("SELECT COUNT(*) FROM payments WHERE state <> 'captured'") == 0);
    CHECK(count("SELECT COUNT(*) FROM idempotency_keys") == paid);
    CHECK(count("SELECT COUNT(*) FROM receipts r JOIN payments p ON p.id = r.id"
                " WHERE r.kind = 'payment'") == paid);
    CHECK(count("SELECT COUNT(*) FROM receipts") == paid);
    CHECK(count("SELECT COUNT(*) FROM receipt_tokens") == paid);
    const auto refunded = count("SELECT COALESCE(SUM(amount_minor), 0) FROM refunds");
    CHECK(count("SELECT balance_minor FROM accounts WHERE id = 'user:RUB:anna'") ==
          2'500'000 - paid * kAmount + refunded);
  }

  /// The same calls under the same keys, as an app that never heard an answer repeats them.
  void payAgain(int orders) {
    for (int i = 0; i < orders; ++i) {
      auto repeated = caller.call("payments.request", anna, {{"orderToken", token(i)}}, keyOf(i));
      REQUIRE(repeated);
      CHECK((*repeated)["status"] == "paid");
    }
    checkBooks(orders);
  }

  std::uint64_t seed = 0;
  HandClock clock;
  SeededRandom random{1};
  HandLoop loop;
  std::unique_ptr<bridge::Store> store;
  bridge::HostKeys keys;
  bridge::ReceiptBook receipts;
  bridge::PaymentsService service;
  ServiceCaller caller;
  SessionInfo anna = makeSession(makePackage("ru.post.parcel"), "anna");
};

}  // namespace kiosk::test
