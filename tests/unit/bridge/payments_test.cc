// Goal: a signed order is paid once, for exactly what was shown, whatever is repeated, raced,
// forged or lost. Method: the service over a real store, called as the gate calls it; a wallet that
// remembers.

#include "bridge/payments/payments.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "bridge/demo_seed.h"
#include "bridge/payments/amount.h"
#include "bridge/payments/ledger.h"
#include "bridge/payments/receipt.h"
#include "runtime/base/json.h"
#include "tests/unit/bridge/payments_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::codeOf;
using test::makePackage;
using test::makeSession;
using test::Outcome;
using test::PaymentsBench;

TEST_CASE(
    "payments.request: an order is paid, booked and receipted; the sheet shows payee and amount") {
  PaymentsBench bench;
  const std::string token = bench.order("CUSTOMS-1", 125000);
  const auto context = bench.caller.context(bench.anna, {{"orderToken", token}}, "key-1");
  auto prepared = bench.caller.prepare("payments.request", context);
  REQUIRE_MESSAGE(prepared, bench.caller.lastMessage);
  CHECK(prepared->facts[0].value == "Post Office (customs)");
  CHECK(prepared->facts[1].value == "RUB\u00a01,250.00");
  CHECK(prepared->facts[2].value == "CUSTOMS-1");
  CHECK(prepared->facts[3].value == "1");
  CHECK(prepared->bound == json{{"merchantId", "post"},
                                {"orderId", "CUSTOMS-1"},
                                {"amountMinor", 125000},
                                {"currency", "RUB"},
                                {"tokenHash", sha256Hex(token)}});
  auto outcome = std::make_shared<Outcome>();
  bench.caller.start("payments.request", context, outcome);
  bench.loop.runUntil([&] { return outcome->has_value(); });
  REQUIRE(**outcome);
  const json& result = ***outcome;
  CHECK(result["status"] == "paid");
  const json& receipt = result["receipt"];
  CHECK(receipt["amountMinor"] == 125000);
  CHECK(receipt["payee"] == "Post Office (customs)");
  CHECK(receipt["payer"] == bench.keys.pairwiseId(bench.anna.user, *bench.anna.package));
  auto jws = parseJws(receipt["token"].get<std::string>(), kReceiptTokenType);
  REQUIRE(jws);
  CHECK(verifyJws(*jws, bytesOf(bench.keys.signing().publicKey())));
  CHECK(jws->kid == bench.keys.signingKeyId());
  CHECK(jws->payload["paymentId"] == result["paymentId"]);
  CHECK(jws->payload["merchantId"] == "post");
  CHECK(bench.balance("anna") == 2'500'000 - 125'000);
  CHECK(bench.merchantBalance() == 125'000);
  CHECK(bench.audit().sound());
}

TEST_CASE(
    "payments.request: a thousand handlers under one key make one debit and identical answers") {
  PaymentsBench bench;
  const std::string token = bench.order("CUSTOMS-1", 1000);
  std::vector<std::shared_ptr<Outcome>> outcomes;
  for (int i = 0; i < 1000; ++i) {
    const auto context = bench.caller.context(bench.anna, {{"orderToken", token}}, "key-1");
    auto prepared = bench.caller.prepare("payments.request", context);
    REQUIRE(prepared);
    REQUIRE(!prepared->replay);  // none was carried out yet: all of them race
    outcomes.push_back(std::make_shared<Outcome>());
    context->params["racer"] = i;  // not looked at again: what was prepared is what is paid
    bench.prepared.push_back(context);
  }
  for (int i = 0; i < 1000; ++i) {
    bench.caller.start("payments.request", bench.prepared[i], outcomes[i]);
  }
  bench.loop.runUntil([&] {
    return std::all_of(outcomes.begin(), outcomes.end(),
                       [](const auto& o) { return o->has_value(); });
  });
  for (const auto& outcome : outcomes) {
    REQUIRE(**outcome);
    CHECK((***outcome).dump() == (***outcomes[0]).dump());
  }
  CHECK(bench.merchantBalance() == 1000);
  CHECK(bench.payments() == 1);
  CHECK(bench.audit().sound());
}

TEST_CASE("payments.request: a repeat answers the first result without asking, days later too") {
  PaymentsBench bench;
  const std::string token = bench.order("CUSTOMS-1", 1000, 1'800'000'100);
  auto first = bench.pay(bench.anna, token, "key-1");
  REQUIRE(first);
  bench.clock.nowMs += 25 * 3'600'000;  // the token has expired meanwhile
  const auto context = bench.caller.context(bench.anna, {{"orderToken", token}}, "key-1");
  auto repeat = bench.caller.prepare("payments.request", context);
  REQUIRE(repeat);
  REQUIRE(repeat->replay);
  CHECK(repeat->replay->dump() == first->dump());
  SUBCASE("the same token under another key is the same order") {
    auto other = bench.pay(bench.anna, token, "key-2");
    REQUIRE(other);
    CHECK(other->dump() == first->dump());
  }
  SUBCASE("the same key with other parameters is a mistake of the app") {
    CHECK(codeOf(bench.pay(bench.anna, bench.order("CUSTOMS-2", 1000), "key-1")) ==
          ErrorCode::InvalidParams);
  }
  CHECK(bench.merchantBalance() == 1000);
}

TEST_CASE("payments.request: keys of other users and other apps are other keys") {
  PaymentsBench bench;
  const auto otherApp = makeSession(makePackage("ru.other"), "anna");
  CHECK(bench.pay(bench.anna, bench.order("A", 100), "key").has_value());
  CHECK(bench.pay(bench.boris, bench.order("B", 100), "key").has_value());
  CHECK(bench.pay(otherApp, bench.order("C", 100), "key").has_value());
  CHECK(bench.merchantBalance() == 300);
}

TEST_CASE("payments.request: an order that is paid cannot be paid by another user, app or token") {
  PaymentsBench bench;
  const std::string token = bench.order("CUSTOMS-1", 1000);
  REQUIRE(bench.pay(bench.anna, token, "key-1"));
  CHECK(codeOf(bench.pay(bench.boris, token, "key-2")) == ErrorCode::DuplicateOrder);
  CHECK(codeOf(bench.pay(makeSession(makePackage("ru.other"), "anna"), token, "key-3")) ==
        ErrorCode::DuplicateOrder);
  CHECK(codeOf(bench.pay(bench.anna, bench.order("CUSTOMS-1", 2000), "key-4")) ==
        ErrorCode::DuplicateOrder);
  CHECK(bench.merchantBalance() == 1000);
}

TEST_CASE("payments.request: of several sheets that were up for one order, one pays it") {
  PaymentsBench bench;
  const std::string token = bench.order("CUSTOMS-1", 1000);
  const auto confirm = [&](const SessionInfo& session, const std::string& key) {
    const auto context = bench.caller.context(session, {{"orderToken", token}}, key);
    auto prepared = bench.caller.prepare("payments.request", context);
    REQUIRE(prepared);
    REQUIRE(!prepared->replay);
    return context;
  };
  const ContextPtr contexts[] = {confirm(bench.anna, "key-1"), confirm(bench.anna, "key-2"),
                                 confirm(bench.boris, "key-3")};
  std::shared_ptr<Outcome> outcomes[3];
  for (int i = 0; i < 3; ++i) {
    outcomes[i] = std::make_shared<Outcome>();
    bench.caller.start("payments.request", contexts[i], outcomes[i]);
  }
  bench.loop.runUntil([&] { return outcomes[2]->has_value(); });
  REQUIRE(**outcomes[0]);
  REQUIRE(**outcomes[1]);
  CHECK((***outcomes[0]).dump() == (***outcomes[1]).dump());
  CHECK(codeOf(**outcomes[2]) == ErrorCode::DuplicateOrder);
  CHECK(bench.merchantBalance() == 1000);
  CHECK(bench.balance("boris") == 100'000);
}

TEST_CASE(
    "payments.request: two orders that race under one key: the second is a mistake of the app") {
  PaymentsBench bench;
  std::vector<std::shared_ptr<Outcome>> outcomes;
  for (const char* id : {"CUSTOMS-1", "CUSTOMS-2"}) {
    bench.prepared.push_back(
        bench.caller.context(bench.anna, {{"orderToken", bench.order(id, 1000)}}, "key-1"));
    REQUIRE(bench.caller.prepare("payments.request", bench.prepared.back()));
    outcomes.push_back(std::make_shared<Outcome>());
  }
  for (int i = 0; i < 2; ++i) {
    bench.caller.start("payments.request", bench.prepared[i], outcomes[i]);
  }
  bench.loop.runUntil([&] { return outcomes[1]->has_value(); });
  CHECK((**outcomes[0]).has_value());
  CHECK(codeOf(**outcomes[1]) == ErrorCode::InvalidParams);
  CHECK(bench.merchantBalance() == 1000);
}

TEST_CASE("payments.request: of a thousand parallel submissions of one key one has an effect") {
  constexpr std::size_t kSubmissions = 1'000;
  const char* const asked = std::getenv("KIOSK_SUBMISSION_ROUNDS");
  const int rounds = asked == nullptr ? 5 : std::atoi(asked);
  PaymentsBench bench;
  for (int round = 1; round <= rounds; ++round) {
    CAPTURE(round);
    const std::string name = std::to_string(round);
    const std::string token = bench.order("ORDER-" + name, 100);
    std::vector<ContextPtr> contexts;
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (std::size_t i = 0; i < kSubmissions; ++i) {
      contexts.push_back(bench.caller.context(bench.anna, {{"orderToken", token}}, "key-" + name));
      REQUIRE(bench.caller.prepare("payments.request", contexts.back()));
      outcomes.push_back(std::make_shared<Outcome>());
    }
    for (std::size_t i = 0; i < kSubmissions; ++i) {
      bench.caller.start("payments.request", contexts[i], outcomes[i]);
    }
    bench.loop.runUntil([&] {
      return std::all_of(outcomes.begin(), outcomes.end(),
                         [](const auto& o) { return o->has_value(); });
    });
    REQUIRE(**outcomes.front());
    const std::string first = (***outcomes.front()).dump();
    const auto alike = std::count_if(outcomes.begin(), outcomes.end(), [&](const auto& outcome) {
      return **outcome && (***outcome).dump() == first;
    });
    CHECK(alike == static_cast<std::ptrdiff_t>(kSubmissions));
    CHECK(bench.payments() == round);
    CHECK(bench.merchantBalance() == round * 100);
  }
  CHECK(bench.audit().sound());
}

TEST_CASE("payments.request: of a hundred parallel spends of the last rouble one succeeds") {
  PaymentsBench bench;
  REQUIRE(bench.pay(bench.boris, bench.order("ALL-BUT-ONE", 100'000 - 100), "key"));
  std::vector<std::shared_ptr<Outcome>> outcomes;
  for (int i = 0; i < 100; ++i) {
    const auto context = bench.caller.context(
        bench.boris, {{"orderToken", bench.order("O" + std::to_string(i), 100)}},
        "key-" + std::to_string(i));
    REQUIRE(bench.caller.prepare("payments.request", context));
    bench.prepared.push_back(context);
    outcomes.push_back(std::make_shared<Outcome>());
  }
  for (int i = 0; i < 100; ++i) {
    bench.caller.start("payments.request", bench.prepared[i], outcomes[i]);
  }
  bench.loop.runUntil([&] {
    return std::all_of(outcomes.begin(), outcomes.end(),
                       [](const auto& o) { return o->has_value(); });
  });
  int paid = 0, refused = 0;
  for (const auto& outcome : outcomes) {
    if (**outcome) {
      ++paid;
    } else if ((**outcome).error().code == ErrorCode::InsufficientFunds) {
      ++refused;
    }
  }
  CHECK(paid == 1);
  CHECK(refused == 99);
  CHECK(bench.balance("boris") == 0);
  CHECK(bench.audit().sound());
}

TEST_CASE("payments.request: after insufficient funds the same key and order may be tried again") {
  PaymentsBench bench;
  const auto vera = makeSession(bench.anna.package, "vera");
  const std::string token = bench.order("CUSTOMS-1", 500);
  CHECK(codeOf(bench.pay(vera, token, "key-1")) == ErrorCode::InsufficientFunds);
  auto failed = bench.caller.call("payments.status", vera, {{"orderId", "CUSTOMS-1"}});
  REQUIRE(failed);
  CHECK((*failed)["status"] == "failed");
  bench.fund("vera", 500);
  auto paid = bench.pay(vera, token, "key-1");
  REQUIRE(paid);
  CHECK((*paid)["status"] == "paid");
  CHECK((*paid)["paymentId"] != (*failed)["paymentId"]);
  CHECK(bench.balance("vera") == 0);
  CHECK(bench.audit().sound());
}

TEST_CASE(
    "payments.request: what is not the app's signed, live, declared order is refused unasked") {
  PaymentsBench bench;
  const std::string good = bench.order("CUSTOMS-1", 1000);
  const auto refusal = [&](const SessionInfo& session, const std::string& token) {
    return codeOf(bench.caller.prepare(
        "payments.request", bench.caller.context(session, {{"orderToken", token}}, "key")));
  };
  const auto with = [&](const std::function<void(json&)>& change) {
    json payload = bench.payload("CUSTOMS-1", 1000);
    change(payload);
    return bench.sign(payload);
  };
  CHECK(refusal(bench.anna, good.substr(0, good.size() - 2) + "AA") != std::nullopt);
  CHECK(refusal(bench.anna, bench.signWith(Ed25519Key::generate(bench.random), "demo-1")) ==
        ErrorCode::SignatureInvalid);
  CHECK(refusal(bench.anna, bench.signWith(bench.merchantKey(), "demo-2")) ==
        ErrorCode::SignatureInvalid);
  CHECK(refusal(makeSession(makePackage("ru.other", "shop"), "anna"), good) ==
        ErrorCode::NotDeclared);
  CHECK(refusal(makeSession(makePackage("ru.ghost", "ghost"), "anna"),
                with([](json& p) { p["merchantId"] = "ghost"; })) == ErrorCode::MerchantUnknown);
  CHECK(refusal(bench.anna, with([](json& p) { p["currency"] = "USD"; })) ==
        ErrorCode::OrderInvalid);
  CHECK(refusal(bench.anna, with([](json& p) { p["payee"] = "Pоst Office (customs)"; })) ==
        ErrorCode::OrderInvalid);
  CHECK(refusal(bench.anna, with([](json& p) { p["exp"] = 1'800'000'000; })) ==
        ErrorCode::OrderExpired);
  CHECK(!refusal(bench.anna, with([](json& p) { p["payee"] = "Post Office (customs)"; })));
  auto capped = makePackage("ru.post.parcel");
  capped->manifest.payments->maxAmountMinor = 999;
  CHECK(refusal(makeSession(capped, "anna"), good) == ErrorCode::LimitExceeded);
  auto without = makePackage("ru.post.parcel");
  without->manifest.payments.reset();
  CHECK(refusal(makeSession(without, "anna"), good) == ErrorCode::NotDeclared);
  for (const std::string& key :
       {std::string(), std::string(129, 'k'), std::string("a b"), std::string("ключ")}) {
    CHECK(codeOf(bench.caller.prepare(
              "payments.request", bench.caller.context(bench.anna, {{"orderToken", good}}, key))) ==
          ErrorCode::InvalidParams);
  }
  CHECK(bench.payments() == 0);
}

TEST_CASE(
    "payments.request: a key withdrawn, or an order expired, while the sheet was up is not paid") {
  PaymentsBench bench;
  const auto context = bench.caller.context(
      bench.anna, {{"orderToken", bench.order("CUSTOMS-1", 1000, 1'800'000'030)}}, "key");
  REQUIRE(bench.caller.prepare("payments.request", context));
  std::optional<ErrorCode> expected;
  SUBCASE("the key") {
    bench.sql("UPDATE merchant_keys SET revoked = 1");
    expected = ErrorCode::SignatureInvalid;
  }
  SUBCASE("the order") {
    bench.clock.nowMs += 31'000;
    expected = ErrorCode::OrderExpired;
  }
  auto outcome = std::make_shared<Outcome>();
  bench.caller.start("payments.request", context, outcome);
  bench.loop.runUntil([&] { return outcome->has_value(); });
  CHECK(codeOf(**outcome) == expected);
  CHECK(bench.payments() == 0);
  CHECK(bench.balance("anna") == 2'500'000);
}

TEST_CASE("payments.request: a handler whose call was not prepared pays nothing") {
  PaymentsBench bench;
  const auto context =
      bench.caller.context(bench.anna, {{"orderToken", bench.order("X", 1)}}, "key");
  auto outcome = std::make_shared<Outcome>();
  bench.caller.start("payments.request", context, outcome);
  bench.loop.runUntil([&] { return outcome->has_value(); });
  CHECK(codeOf(**outcome) == ErrorCode::Internal);
  CHECK(bench.payments() == 0);
}

TEST_CASE("payments.status: own payments only; what is another's looks like what is not there") {
  PaymentsBench bench;
  auto paid = bench.pay(bench.anna, bench.order("CUSTOMS-1", 1000), "key");
  REQUIRE(paid);
  const json byId = {{"paymentId", (*paid)["paymentId"]}}, byOrder = {{"orderId", "CUSTOMS-1"}};
  for (const json& params : {byId, byOrder}) {
    auto own = bench.caller.call("payments.status", bench.anna, params);
    REQUIRE(own);
    CHECK((*own)["status"] == "paid");
    CHECK((*own)["amountMinor"] == 1000);
    const auto absent =
        bench.caller.call("payments.status", bench.anna, {{"paymentId", std::string(32, '0')}});
    for (const auto& session : {bench.boris, makeSession(makePackage("ru.other"), "anna")}) {
      auto foreign = bench.caller.call("payments.status", session, params);
      REQUIRE(!foreign);
      CHECK(foreign.error().code == ErrorCode::NotFound);
      CHECK(foreign.error().message == absent.error().message);
    }
  }
}

TEST_CASE("payments.canPay: what the host offers, the manifest declares and the app asks for") {
  PaymentsBench bench;
  CHECK((*bench.caller.call("payments.canPay", bench.anna, json::object()))["methods"] ==
        json::array({"wallet"}));
  CHECK((*bench.caller.call("payments.canPay", bench.anna, {{"methods", {"card"}}}))["methods"] ==
        json::array());
  auto without = makePackage("ru.none");
  without->manifest.payments.reset();
  CHECK((*bench.caller.call("payments.canPay", makeSession(without, "anna"),
                            json::object()))["methods"] == json::array());
}

/// Answers when the test says so, and remembers what it was asked.
class HandWallet final : public Wallet {
 public:
  std::vector<std::string> methods() const override { return {"sbp", "wallet"}; }
  void charge(const WalletCharge& charge, std::function<void(ChargeAnswer)> done) override {
    charges.push_back(charge);
    pending = std::move(done);
  }
  void lookup(const std::string&, std::function<void(ChargeAnswer)> done) override {
    ++lookups;
    done(found);
  }
  std::vector<WalletCharge> charges;
  std::function<void(ChargeAnswer)> pending;
  ChargeOutcome found = ChargeOutcome::Unknown;
  int lookups = 0;
};

TEST_CASE("payments with a host's wallet: calls that race share one charge and one answer") {
  HandWallet wallet;
  PaymentsBench bench(&wallet);
  const std::string token = bench.order("CUSTOMS-1", 1000);
  std::vector<std::shared_ptr<Outcome>> outcomes;
  for (int i = 0; i < 50; ++i) {
    const auto context = bench.caller.context(bench.anna, {{"orderToken", token}}, "key-1");
    REQUIRE(bench.caller.prepare("payments.request", context));
    bench.prepared.push_back(context);
    outcomes.push_back(std::make_shared<Outcome>());
  }
  for (int i = 0; i < 50; ++i) {
    bench.caller.start("payments.request", bench.prepared[i], outcomes[i]);
  }
  bench.loop.runUntil([&] { return !wallet.charges.empty(); });
  CHECK(bench.payments() == 1);
  wallet.pending(ChargeOutcome::Paid);
  bench.loop.runUntil([&] {
    return std::all_of(outcomes.begin(), outcomes.end(),
                       [](const auto& o) { return o->has_value(); });
  });
  for (const auto& outcome : outcomes) {
    REQUIRE(**outcome);
    CHECK((***outcome).dump() == (***outcomes[0]).dump());
  }
  CHECK((***outcomes[0])["status"] == "paid");
  REQUIRE(wallet.charges.size() == 1);
  CHECK(wallet.charges[0].amountMinor == 1000);
  CHECK(wallet.charges[0].user.value == "anna");
  CHECK(wallet.charges[0].merchantId == "post");
  CHECK(bench.balance("anna") == 2'500'000);  // the ledger is not this wallet's
}

TEST_CASE("payments with a host's wallet: an answer that comes after the services finds nobody") {
  HandWallet wallet;
  PaymentsBench bench;
  auto service = std::make_unique<PaymentsService>(*bench.store, &wallet, bench.keys,
                                                   bench.receipts, bench.clock, bench.random);
  test::ServiceCaller caller(*service, bench.loop);
  const auto context =
      caller.context(bench.anna, {{"orderToken", bench.order("CUSTOMS-1", 1000)}}, "key-1");
  REQUIRE(caller.prepare("payments.request", context));
  const auto outcome = std::make_shared<Outcome>();
  caller.start("payments.request", context, outcome);
  bench.loop.runUntil([&] { return !wallet.charges.empty(); });
  service.reset();
  wallet.pending(ChargeOutcome::Paid);
  // The caretaker of the next services asks the wallet again.
  CHECK(bench.query<std::string>([](soci::session& sql) {
    std::string state;
    sql << "SELECT state FROM payments", soci::into(state);
    return state;
  }) == "authorised");
}

TEST_CASE(
    "payments with a host's wallet: a refusal frees key and order, an open outcome is looked up") {
  HandWallet wallet;
  PaymentsBench bench(&wallet);
  const std::string token = bench.order("CUSTOMS-1", 1000);
  const auto start = [&](const std::string& key) {
    const auto context = bench.caller.context(bench.anna, {{"orderToken", token}}, key);
    auto prepared = bench.caller.prepare("payments.request", context);
    REQUIRE(prepared);
    REQUIRE(!prepared->replay);
    auto outcome = std::make_shared<Outcome>();
    const std::size_t before = wallet.charges.size();
    bench.caller.start("payments.request", context, outcome);
    bench.loop.runUntil([&] { return wallet.charges.size() == before + 1; });
    return outcome;
  };
  auto declined = start("key-1");
  wallet.pending(ChargeOutcome::Declined);
  bench.loop.runUntil([&] { return declined->has_value(); });
  CHECK(codeOf(**declined) == ErrorCode::Declined);

  auto unknown = start("key-1");
  wallet.pending(ChargeOutcome::Unknown);
  bench.loop.runUntil([&] { return unknown->has_value(); });
  CHECK((***unknown)["status"] == "unknown");
  CHECK(wallet.charges[0].paymentId != wallet.charges[1].paymentId);

  const json params = {{"orderId", "CUSTOMS-1"}};
  CHECK((*bench.caller.call("payments.status", bench.anna, params))["status"] == "unknown");
  wallet.found = ChargeOutcome::Paid;
  CHECK((*bench.caller.call("payments.status", bench.anna, params))["status"] == "paid");
  const int lookups = wallet.lookups;
  CHECK((*bench.caller.call("payments.status", bench.anna, params))["status"] == "paid");
  CHECK(wallet.lookups == lookups);  // the books know it now
  auto repeat = bench.pay(bench.anna, token, "key-1");
  REQUIRE(repeat);
  CHECK((*repeat)["status"] == "paid");
  CHECK(repeat->contains("receipt"));
  CHECK(wallet.charges.size() == 2);
}

TEST_CASE(
    "payments with a host's wallet: an open outcome is asked about though the clock goes back") {
  HandWallet wallet;
  PaymentsBench bench(&wallet);
  const auto context =
      bench.caller.context(bench.anna, {{"orderToken", bench.order("CUSTOMS-1", 1000)}}, "key-1");
  REQUIRE(bench.caller.prepare("payments.request", context));
  auto outcome = std::make_shared<Outcome>();
  bench.caller.start("payments.request", context, outcome);
  bench.loop.runUntil([&] { return wallet.charges.size() == 1; });
  wallet.pending(ChargeOutcome::Unknown);
  bench.loop.runUntil([&] { return outcome->has_value(); });
  wallet.found = ChargeOutcome::Paid;
  const auto care = [&] {
    bool done = false;
    bench.service.caretaker().round([&] { done = true; });
    bench.loop.runUntil([&] { return done; });
    return wallet.lookups;
  };
  CHECK(care() == 0);  // it was changed a moment ago
  bench.clock.nowMs -= 40LL * 86'400'000;
  CHECK(care() == 1);
  CHECK(care() == 1);
}

}  // namespace
}  // namespace kiosk::bridge
