#pragma once
// The payments service over a seeded store, and a merchant that signs whatever a test wants.

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "bridge/demo_seed.h"
#include "bridge/payments/demo_merchant.h"
#include "bridge/payments/ledger.h"
#include "bridge/payments/payments.h"
#include "tests/unit/bridge/service_fixture.h"

namespace kiosk::test {

inline Ed25519Key demoMerchantKey() {
  auto key = Ed25519Key::fromSeed(bytesOf(bridge::kDemoMerchantSeed));
  KIOSK_CHECK(key.has_value(), "the demo's seed is a seed");
  return std::move(*key);
}

inline nlohmann::json orderPayload(const std::string& orderId, std::int64_t amountMinor,
                                   std::int64_t exp = 4'102'444'800) {
  return {
      {"merchantId", "post"},
      {"orderId", orderId},
      {"amountMinor", amountMinor},
      {"currency", "RUB"},
      {"items", nlohmann::json::array(
                    {{{"title", "Customs duty"}, {"quantity", 1}, {"amountMinor", amountMinor}}})},
      {"exp", exp},
      {"nonce", "00000000000000000000000000000001"}};
}

inline std::string signOrder(const nlohmann::json& payload) {
  return bridge::signJws(payload, bridge::kOrderTokenType, bridge::kDemoMerchantKid,
                         demoMerchantKey());
}

inline std::unique_ptr<bridge::Store> openSeeded(const std::string& path, Clock& clock) {
  auto store = bridge::Store::open({.path = path});
  KIOSK_CHECK(store.has_value(), "a test's store opens");
  auto seeded = bridge::seedDemo(**store, clock);
  KIOSK_CHECK(seeded.has_value(), "a test's store is seeded");
  return std::move(*store);
}

/// anna has 2'500'000 kopecks, boris 100'000, vera none.
struct PaymentsBench {
  explicit PaymentsBench(bridge::Wallet* wallet = nullptr)
      : store(openSeeded((folder.path() / "kiosk.db").string(), clock)),
        keys(std::string(32, 'k'), Ed25519Key::generate(random)),
        receipts(bridge::ed25519Signer(keys.signing(), keys.signingKeyId()), {}),
        service(*store, wallet, keys, receipts, clock, random),
        caller(service, loop) {
    store->attached(loop);
  }

  Ed25519Key merchantKey() const { return demoMerchantKey(); }
  nlohmann::json payload(const std::string& id, std::int64_t amount) const {
    return orderPayload(id, amount);
  }
  std::string sign(const nlohmann::json& payload) const { return signOrder(payload); }
  std::string order(const std::string& id, std::int64_t amount,
                    std::int64_t exp = 4'102'444'800) const {
    return signOrder(orderPayload(id, amount, exp));
  }
  std::string signWith(const Ed25519Key& key, const std::string& kid) const {
    return bridge::signJws(payload("CUSTOMS-1", 1000), bridge::kOrderTokenType, kid, key);
  }

  Result<nlohmann::json> pay(const SessionInfo& session, const std::string& token,
                             const std::string& key) {
    return caller.call("payments.request", session, {{"orderToken", token}}, key);
  }

  template <class T>
  T query(std::function<T(soci::session&)> read) {
    auto value =
        store->runNow<T>("test.query", [read](soci::session& s) { return Result<T>(read(s)); });
    KIOSK_CHECK(value.has_value(), "a test's query works");
    return std::move(*value);
  }
  void sql(const std::string& statement) {
    query<int>([statement](soci::session& s) {
      s << statement;
      return 0;
    });
  }
  std::int64_t balance(const std::string& user) {
    return query<std::int64_t>([user](soci::session& s) {
      return bridge::ledger::balance(s, {bridge::ledger::OwnerKind::User, user, "RUB"});
    });
  }
  std::int64_t merchantBalance() {
    return query<std::int64_t>([](soci::session& s) {
      return bridge::ledger::balance(s, {bridge::ledger::OwnerKind::Merchant, "post", "RUB"});
    });
  }
  std::int64_t payments() {
    return query<std::int64_t>([](soci::session& s) {
      long long count = 0;
      s << "SELECT COUNT(*) FROM payments", soci::into(count);
      return std::int64_t{count};
    });
  }
  bridge::ledger::Audit audit() {
    return query<bridge::ledger::Audit>([](soci::session& s) { return bridge::ledger::audit(s); });
  }
  void fund(const std::string& user, std::int64_t amount) {
    using bridge::ledger::OwnerKind;
    const std::string funding = "fund-" + user + "-" + std::to_string(++fundings);
    query<int>([user, amount, funding](soci::session& s) {
      const bridge::ledger::Entry entries[] = {{{OwnerKind::Host, "funding", "RUB"}, -amount},
                                               {{OwnerKind::User, user, "RUB"}, amount}};
      auto posted = bridge::ledger::post(s, {.id = funding, .createdAtMs = 1}, entries);
      KIOSK_CHECK(posted.has_value(), "a test's funding is booked");
      return 0;
    });
  }

  int fundings = 0;
  TempFolder folder;
  HandClock clock;
  SeededRandom random{7};
  HandLoop loop;
  std::unique_ptr<bridge::Store> store;
  bridge::HostKeys keys;
  bridge::ReceiptBook receipts;
  bridge::PaymentsService service;
  ServiceCaller caller;
  std::vector<bridge::ContextPtr> prepared;
  SessionInfo anna = makeSession(makePackage("ru.post.parcel"), "anna");
  SessionInfo boris = makeSession(makePackage("ru.post.parcel"), "boris");
};

}  // namespace kiosk::test
