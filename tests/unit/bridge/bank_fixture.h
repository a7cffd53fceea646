#pragma once
// A mock bank held by hand: requests as the adapter writes them, answers as JSON, a clock of the
// test's own.

#include <doctest/doctest.h>

#include <string>

#include "bridge/acquirer/wire.h"
#include "bridge/mock_bank/mock_bank.h"

namespace kiosk::bridge::rig {

using nlohmann::json;

inline constexpr std::int64_t kBankStartMs = 1'800'000'000'000;
inline constexpr std::int64_t kBankDayMs = 86'400'000;

inline MockBank makeMockBank(const json& rules = json::array()) {
  MockBankConfig config;
  config.balances = {{"anna", 1'000'000}, {"boris", 1'000}, {"vera", 0}};
  auto script = FaultScript::parse({{"rules", rules}});
  REQUIRE(script);
  config.script = std::move(*script);
  auto bank = MockBank::create(std::move(config));
  REQUIRE(bank);
  return std::move(*bank);
}

inline json chargeBody(const std::string& id, std::int64_t amount,
                       const std::string& payer = "anna",
                       std::int64_t deadlineMs = kBankStartMs + 3 * kBankDayMs) {
  const wire::ChargeTerms terms{amount, "RUB", "post", "ORDER-" + id};
  return {{"amountMinor", amount},
          {"currency", "RUB"},
          {"merchantId", "post"},
          {"orderId", terms.orderId},
          {"payer", payer},
          {"deadlineMs", deadlineMs},
          {"reference", wire::referenceOf(id, terms)}};
}

inline json refundBody(const std::string& id, const std::string& operation, std::int64_t amount) {
  const wire::RefundTerms terms{operation, amount, "RUB"};
  return {{"operationId", operation},
          {"amountMinor", amount},
          {"currency", "RUB"},
          {"reference", wire::referenceOf(id, terms)}};
}

/// The bank behind a counter: one call is one request at `nowMs`.
struct BankCounter {
  explicit BankCounter(const json& rules = json::array()) : bank(makeMockBank(rules)) {}

  BankResponse send(const std::string& method, const std::string& target, const json& body = {}) {
    last = bank.handle({method, target, body.is_null() ? "" : body.dump()}, nowMs);
    CHECK(bank.conserved());
    return last;
  }
  /// The answer's JSON; null when none came.
  json ask(const std::string& method, const std::string& target, const json& body = {}) {
    const auto answer = send(method, target, body);
    return answer.isAnswered ? json::parse(answer.body) : json();
  }
  json charge(const std::string& id, std::int64_t amount, const std::string& payer = "anna") {
    return ask("PUT", "/v1/operations/" + id, chargeBody(id, amount, payer));
  }
  json lookup(const std::string& id) { return ask("GET", "/v1/operations/" + id); }
  json cancel(const std::string& id) {
    return ask("PUT", "/v1/operations/" + id, {{"cancel", true}});
  }
  json refund(const std::string& id, const std::string& operation, std::int64_t amount) {
    return ask("PUT", "/v1/refunds/" + id, refundBody(id, operation, amount));
  }
  json lookupRefund(const std::string& id) { return ask("GET", "/v1/refunds/" + id); }

  MockBank bank;
  BankResponse last;
  std::int64_t nowMs = kBankStartMs;
};

}  // namespace kiosk::bridge::rig
