// Goal: a mini-app passes on a refund that its merchant signed, and makes none of its own. Method:
// the payments service over a real store, with tokens that a merchant would and would not sign.

#include "bridge/payments/refund_token.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "bridge/payments/refund_book.h"
#include "tests/unit/bridge/payments_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::codeOf;
using test::makePackage;
using test::makeSession;
using test::PaymentsBench;

json refundPayload(const std::string& orderId, const std::string& nonce) {
  return {{"merchantId", "post"}, {"orderId", orderId},   {"amountMinor", 300},
          {"reason", "damaged"},  {"exp", 4'102'444'800}, {"nonce", nonce}};
}

struct RefundBench : PaymentsBench {
  RefundBench() { REQUIRE(pay(anna, order("CUSTOMS-1", 1000), "key-1")); }
  Result<json> refund(const SessionInfo& session, const json& payload) {
    return hand(session, token(payload));
  }
  std::string token(const json& payload) {
    return signJws(payload, kRefundTokenType, kDemoMerchantKid, merchantKey());
  }
  Result<json> hand(const SessionInfo& session, const std::string& token) {
    return caller.call("payments.refund", session, {{"refundToken", token}}, "key-r");
  }
  json good = refundPayload("CUSTOMS-1", "refund-nonce-0000001");
};

TEST_CASE("payments.refund: what the merchant signed goes back once, with a receipt by the host") {
  RefundBench bench;
  auto first = bench.refund(bench.anna, bench.good);
  REQUIRE(first);
  CHECK((*first)["status"] == "succeeded");
  CHECK((*first)["amountMinor"] == 300);
  CHECK(bench.balance("anna") == 2'500'000 - 700);
  CHECK(parseRefundToken(bench.token(bench.good))->reason == "damaged");
  auto receipt = parseJws((*first)["receipt"].get<std::string>(), kRefundReceiptType);
  REQUIRE(receipt);
  CHECK(verifyJws(*receipt, bytesOf(bench.keys.signing().publicKey())));
  CHECK(receipt->payload["refundId"] == (*first)["refundId"]);
  CHECK(receipt->payload["amountMinor"] == 300);
  for (int again = 0; again < 3; ++again) {
    auto repeated = bench.refund(bench.anna, bench.good);
    REQUIRE(repeated);
    CHECK(repeated->dump() == first->dump());
  }
  bench.clock.nowMs = 4'102'444'800'000;
  CHECK(bench.refund(bench.anna, bench.good));  // made is made
  CHECK(bench.merchantBalance() == 700);
  CHECK(bench.audit().sound());
}

TEST_CASE("payments.refund: refused are other merchants, keys, users, apps, sums and late tokens") {
  RefundBench bench;
  json token = bench.good;
  SUBCASE("another merchant than the manifest's") {
    token["merchantId"] = "shop";
    CHECK(codeOf(bench.refund(bench.anna, token)) == ErrorCode::NotDeclared);
    const auto other = makeSession(makePackage("ru.post.parcel", "shop"), "anna");
    CHECK(codeOf(bench.refund(other, bench.good)) == ErrorCode::NotDeclared);
  }
  SUBCASE("another key") {
    test::SeededRandom chance(99);
    const auto forged =
        signJws(token, kRefundTokenType, kDemoMerchantKid, Ed25519Key::generate(chance));
    CHECK(codeOf(bench.hand(bench.anna, forged)) == ErrorCode::SignatureInvalid);
  }
  SUBCASE("another user, another app, another order") {
    CHECK(codeOf(bench.refund(bench.boris, token)) == ErrorCode::NotFound);
    const auto other = makeSession(makePackage("ru.shop.other"), "anna");
    CHECK(codeOf(bench.refund(other, token)) == ErrorCode::NotFound);
    token["orderId"] = "CUSTOMS-2";
    CHECK(codeOf(bench.refund(bench.anna, token)) == ErrorCode::NotFound);
  }
  SUBCASE("more than was paid") {
    token["amountMinor"] = 1001;
    CHECK(codeOf(bench.refund(bench.anna, token)) == ErrorCode::AmountMismatch);
  }
  SUBCASE("too late") {
    token["exp"] = bench.clock.nowMs / 1000;
    CHECK(codeOf(bench.refund(bench.anna, token)) == ErrorCode::OrderExpired);
  }
  SUBCASE("an order's token, and members that are not known or out of their range") {
    CHECK(codeOf(bench.hand(bench.anna, bench.order("CUSTOMS-1", 1000))) ==
          ErrorCode::OrderInvalid);
    const std::vector<std::pair<const char*, json>> bad = {
        {"amountMinor", 0}, {"reason", ""}, {"reason", "a\nb"}, {"nonce", "short"}, {"more", 1}};
    for (const auto& [name, value] : bad) {
      CAPTURE(name);
      token = bench.good;
      token[name] = value;
      CHECK(codeOf(bench.refund(bench.anna, token)) == ErrorCode::OrderInvalid);
    }
  }
  CHECK(bench.merchantBalance() == 1000);
}

TEST_CASE("payments.refund: a nonce makes one refund, whatever else the token says") {
  RefundBench bench;
  REQUIRE(bench.refund(bench.anna, bench.good));
  json token = bench.good;
  token["amountMinor"] = 200;
  CHECK(codeOf(bench.refund(bench.anna, token)) == ErrorCode::DuplicateOrder);
  token["nonce"] = "refund-nonce-0000002";
  CHECK(bench.refund(bench.anna, token));
  token.erase("amountMinor");
  token["nonce"] = "refund-nonce-0000003";
  auto rest = bench.refund(bench.anna, token);
  REQUIRE(rest);
  CHECK((*rest)["amountMinor"] == 500);
  CHECK(bench.merchantBalance() == 0);
}

TEST_CASE("payments.refund: used tokens are forgotten a day after they expired, not before") {
  RefundBench bench;
  json token = bench.good;
  token["exp"] = bench.clock.nowMs / 1000 + 60;
  REQUIRE(bench.refund(bench.anna, token));
  const auto kept = [&](std::int64_t nowMs) {
    return bench.query<long long>([nowMs](soci::session& s) {
      purgeRefundTokens(s, nowMs, 100);
      long long count = 0;
      s << "SELECT COUNT(*) FROM refund_tokens", soci::into(count);
      return count;
    });
  };
  CHECK(kept(bench.clock.nowMs + kRefundTokenKeptMs) == 1);
  CHECK(kept(bench.clock.nowMs + 60'000 + kRefundTokenKeptMs + 1) == 0);
}

TEST_CASE("refunds: one that is open is asked about though the clock goes back") {
  RefundBench bench;
  REQUIRE(bench.refund(bench.anna, bench.good));
  bench.sql("UPDATE refunds SET state = 'pending'");
  const auto toAsk = [&] {
    return bench.query<std::size_t>([&](soci::session& sql) {
      const std::int64_t now = bench.clock.nowMs;
      return openRefunds(sql, now - 60'000, now, 10).size();
    });
  };
  CHECK(toAsk() == 0);  // it was changed a moment ago
  bench.clock.nowMs -= 40LL * 86'400'000;
  CHECK(toAsk() == 1);
}

}  // namespace
}  // namespace kiosk::bridge
