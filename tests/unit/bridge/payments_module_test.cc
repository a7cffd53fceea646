// Goal: a host without mini-apps charges what its user confirmed, once, and finds it again after a
// restart. Method: kiosk::Payments over a real store, with its own thread, and a wallet that
// answers on it.

#include <doctest/doctest.h>
#include <kiosk/payments.h>

#include <optional>
#include <string>

#include "bridge/payments/jws.h"
#include "tests/unit/bridge/payments_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::demoMerchantKey;
using test::orderPayload;
using test::signOrder;

constexpr std::int64_t kModuleFunds = 100'000;

/// The errors' code; Internal stands for "none" here.
template <class T>
ErrorCode refusalOf(const Result<T>& result) {
  return result ? ErrorCode::Internal : result.error().code;
}

/// Answers each charge with `outcome`, at once or never.
class ModuleWallet final : public Wallet {
 public:
  std::vector<std::string> methods() const override { return {"wallet"}; }
  void charge(const WalletCharge& charge, std::function<void(ChargeAnswer)> done) override {
    last = charge;
    ++charges;
    if (outcome) {
      done(*outcome);
    } else {
      held = std::move(done);
    }
  }
  void lookup(const std::string&, std::function<void(ChargeAnswer)> done) override {
    done(ChargeOutcome::Paid);
  }
  void refund(const WalletRefund&, std::function<void(RefundOutcome)> done) override {
    done(RefundOutcome::Succeeded);
  }

  std::optional<ChargeOutcome> outcome = ChargeOutcome::Paid;
  std::function<void(ChargeAnswer)> held;
  WalletCharge last;
  int charges = 0;
};

/// A wall clock that a test moves.
class ModuleClock final : public Clock {
 public:
  std::int64_t wallMs() const override { return nowMs; }
  std::int64_t monotonicUs() const override { return nowMs * 1000; }
  std::int64_t nowMs = 1'800'000'000'000;
};

struct ModuleBench {
  explicit ModuleBench(Wallet* given = nullptr) : wallet(given) {
    start();
    REQUIRE(payments->registerMerchant(
        {"post", "Post Office", std::string(kDemoMerchantKid), demoMerchantKey().publicKey()}));
    if (wallet == nullptr) REQUIRE(payments->fund(anna, "RUB", kModuleFunds, "first"));
  }

  void start() {
    payments.reset();
    PaymentsConfig config;
    config.dataDir = (folder.path() / "data").string();
    config.wallet = wallet;
    config.clock = &clock;
    config.answerTimeMax = answerTimeMax;
    auto opened = Payments::open(std::move(config));
    REQUIRE(opened);
    payments = std::move(*opened);
  }

  static PayRequest request(const std::string& orderId, std::int64_t amount,
                            const std::string& key) {
    return {signOrder(orderPayload(orderId, amount)),
            UserId("anna"),
            key,
            {amount, "RUB", "Post Office"}};
  }
  Result<PayOutcome> pay(const std::string& orderId, std::int64_t amount, const std::string& key) {
    return payments->pay(request(orderId, amount, key));
  }
  std::int64_t balance() { return payments->balance(anna, "RUB").value(); }
  std::int64_t merchants() { return payments->merchantBalance("post", "RUB").value(); }
  std::string state(const std::string& orderId) {
    return payments->order("post", orderId).value()["state"];
  }

  test::TempFolder folder;
  ModuleClock clock;
  Wallet* wallet;
  std::chrono::milliseconds answerTimeMax{30'000};
  UserId anna{"anna"};
  std::unique_ptr<Payments> payments;
};

TEST_CASE("payments module: what is charged is what the user confirmed, and nothing else") {
  ModuleBench bench;
  const auto good = ModuleBench::request("A-1", 1000, "key-1");
  const auto shown = bench.payments->read(good.orderToken, "de");
  REQUIRE(shown);
  CHECK(shown->payee == "Post Office");
  CHECK(shown->amountText == "10,00\u00a0RUB");
  CHECK(shown->items == std::vector<std::string>{"Customs duty"});
  const Confirmation others[] = {
      {999, "RUB", "Post Office"}, {1000, "USD", "Post Office"}, {1000, "RUB", "Somebody"}, {}};
  for (const Confirmation& other : others) {
    auto wrong = good;
    wrong.confirmed = other;
    CHECK(refusalOf(bench.payments->pay(wrong)) == ErrorCode::AmountMismatch);
  }
  CHECK(bench.balance() == kModuleFunds);
  CHECK(refusalOf(bench.payments->order("post", "A-1")) == ErrorCode::NotFound);

  const auto paid = bench.payments->pay(good);
  REQUIRE(paid);
  CHECK(paid->status == PayStatus::Paid);
  CHECK(paid->receipt["amountMinor"] == 1000);
  CHECK(paid->receipt["payee"] == "Post Office");
  CHECK(parseJws(paid->receipt["token"].get<std::string>(), "kiosk-receipt+jwt"));
  CHECK(bench.balance() == kModuleFunds - 1000);
  CHECK(bench.merchants() == 1000);

  auto wrong = good;  // an answer that is kept is for who confirmed it, too
  wrong.confirmed.amountMinor = 1;
  CHECK(refusalOf(bench.payments->pay(wrong)) == ErrorCode::AmountMismatch);
}

TEST_CASE("payments module: an order is paid once, and a key answers the same after a restart") {
  ModuleBench bench;
  const auto request = ModuleBench::request("A-1", 1000, "key-1");
  const auto first = bench.payments->pay(request);
  REQUIRE(first);
  bench.start();
  const auto again = bench.payments->pay(request);
  REQUIRE(again);
  CHECK(again->paymentId == first->paymentId);
  CHECK(again->receipt.dump() == first->receipt.dump());
  auto otherKey = request;
  otherKey.idempotencyKey = "key-2";
  const auto byOrder = bench.payments->pay(otherKey);
  REQUIRE(byOrder);
  CHECK(byOrder->paymentId == first->paymentId);
  auto otherUser = request;
  otherUser.user = UserId("boris");
  CHECK(refusalOf(bench.payments->pay(otherUser)) == ErrorCode::DuplicateOrder);
  CHECK(refusalOf(bench.pay("A-2", 500, "key-1")) == ErrorCode::InvalidParams);
  CHECK(bench.balance() == kModuleFunds - 1000);
}

TEST_CASE("payments module: orders that nobody may collect are refused, and nothing is moved") {
  ModuleBench bench;
  auto forged = ModuleBench::request("A-1", 1000, "key-1");
  forged.orderToken = signJws(orderPayload("A-1", 1000), kOrderTokenType, kDemoMerchantKid,
                              Ed25519Key::generate(systemRandom()));
  CHECK(refusalOf(bench.payments->pay(forged)) == ErrorCode::SignatureInvalid);
  CHECK(refusalOf(bench.payments->registerOrder(forged.orderToken)) == ErrorCode::SignatureInvalid);
  auto late = ModuleBench::request("A-1", 1000, "key-1");
  late.orderToken = signOrder(orderPayload("A-1", 1000, bench.clock.nowMs / 1000));
  CHECK(refusalOf(bench.payments->pay(late)) == ErrorCode::OrderExpired);
  CHECK(refusalOf(bench.pay("A-1", kModuleFunds + 1, "key-1")) == ErrorCode::InsufficientFunds);
  CHECK(refusalOf(bench.pay("A-1", 1000, "")) == ErrorCode::InvalidParams);
  CHECK(bench.balance() == kModuleFunds);
}

TEST_CASE("payments module: an order that is registered can be cancelled and then not be paid") {
  ModuleBench bench;
  const auto request = ModuleBench::request("A-1", 1000, "key-1");
  REQUIRE(bench.payments->registerOrder(request.orderToken));
  CHECK(bench.state("A-1") == "created");
  REQUIRE(bench.payments->cancel("post", "A-1"));
  CHECK(bench.state("A-1") == "cancelled");
  CHECK(refusalOf(bench.payments->pay(request)) == ErrorCode::OrderInvalid);
  CHECK(bench.balance() == kModuleFunds);
}

TEST_CASE("payments module: a refund is made once for its key, and never more than is left") {
  ModuleBench bench;
  REQUIRE(bench.pay("A-1", 1000, "key-1"));
  const RefundRequest part{"post", "A-1", "return-1", 300, "damaged"};
  const auto first = bench.payments->refund(part);
  REQUIRE(first);
  CHECK((*first)["state"] == "succeeded");
  bench.start();
  const auto again = bench.payments->refund(part);
  REQUIRE(again);
  CHECK((*again)["refundId"] == (*first)["refundId"]);
  CHECK(bench.balance() == kModuleFunds - 700);
  CHECK(refusalOf(bench.payments->refund({"post", "A-1", "return-1", 301, "damaged"})) ==
        ErrorCode::InvalidParams);
  CHECK(refusalOf(bench.payments->refund({"post", "A-1", "return-2", 701, ""})) ==
        ErrorCode::AmountMismatch);
  REQUIRE(bench.payments->refund({"post", "A-1", "return-3", 0, ""}));
  CHECK(bench.balance() == kModuleFunds);
  CHECK(bench.merchants() == 0);
}

TEST_CASE("payments module: a funding is booked once for its reference") {
  ModuleBench bench;
  REQUIRE(bench.payments->fund(bench.anna, "RUB", 500, "statement-1"));
  REQUIRE(bench.payments->fund(bench.anna, "RUB", 500, "statement-1"));
  CHECK(bench.balance() == kModuleFunds + 500);
  CHECK(refusalOf(bench.payments->fund(bench.anna, "RUB", 501, "statement-1")) ==
        ErrorCode::InvalidParams);
  CHECK(refusalOf(bench.payments->fund(bench.anna, "RUB", 0, "statement-2")) ==
        ErrorCode::InvalidParams);
}

TEST_CASE("payments module: a wallet's refusal moves nothing, and its yes is a receipt") {
  ModuleWallet wallet;
  ModuleBench bench(&wallet);
  wallet.outcome = ChargeOutcome::Declined;
  CHECK(refusalOf(bench.pay("A-1", 1000, "key-1")) == ErrorCode::Declined);
  wallet.outcome = ChargeOutcome::Paid;
  const auto paid = bench.pay("A-1", 1000, "key-1");
  REQUIRE(paid);
  CHECK(paid->status == PayStatus::Paid);
  CHECK(wallet.last.amountMinor == 1000);
  CHECK(wallet.charges == 2);
  CHECK(refusalOf(bench.payments->fund(bench.anna, "RUB", 1, "x")) == ErrorCode::Unsupported);
}

TEST_CASE("payments module: a charge without an answer is unknown until the caretaker has asked") {
  ModuleWallet wallet;
  ModuleBench bench(&wallet);
  bench.answerTimeMax = std::chrono::milliseconds(2'000);
  bench.start();
  wallet.outcome.reset();
  const auto asked = bench.pay("A-1", 1000, "key-1");
  REQUIRE(asked);
  CHECK(asked->status == PayStatus::Unknown);
  bench.payments.reset();
  CHECK(asked->paymentId == wallet.last.paymentId);
  bench.answerTimeMax = std::chrono::milliseconds(30'000);
  bench.clock.nowMs += 61'000;
  bench.start();
  REQUIRE(bench.payments->care());
  CHECK(bench.state("A-1") == "captured");
  const auto again = bench.pay("A-1", 1000, "key-1");
  REQUIRE(again);
  CHECK(again->status == PayStatus::Paid);
  CHECK(wallet.charges == 1);
}

TEST_CASE("payments module: the loop is told of before the first charge and after the last") {
  test::TempFolder folder;
  std::string told;
  PaymentsConfig config;
  config.dataDir = (folder.path() / "data").string();
  config.started = [&told](Executor&) { told += "started "; };
  config.ending = [&told] { told += "ending"; };
  {
    auto payments = Payments::open(std::move(config));
    REQUIRE(payments);
    CHECK(told == "started ");
  }
  CHECK(told == "started ending");
  CHECK(refusalOf(Payments::open({})) == ErrorCode::InvalidParams);
  CHECK(refusalOf(Payments::open({.dataDir = "/tmp", .channel = "a b"})) ==
        ErrorCode::InvalidParams);
}

}  // namespace
}  // namespace kiosk::bridge
