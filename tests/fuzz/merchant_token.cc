// Goal: a refund and a plan are exactly what the merchant signed, and a plan's periods follow one
// another. Method: as order_token.cc, each payload as a refund and as a plan.

#include "bridge/payments/amount.h"
#include "bridge/payments/plan_token.h"
#include "bridge/payments/refund_token.h"
#include "runtime/base/json.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

json refundJson(const RefundToken& refund) {
  json payload = {{"merchantId", refund.merchantId},
                  {"orderId", refund.orderId},
                  {"exp", refund.expSeconds},
                  {"nonce", refund.nonce},
                  {"reason", refund.reason}};
  if (refund.amountMinor != 0) payload["amountMinor"] = refund.amountMinor;
  return payload;
}

json planJson(const Plan& plan) {
  json payload = {
      {"merchantId", plan.merchantId},
      {"planId", plan.planId},
      {"title", plan.title},
      {"amountMinor", plan.amountMinor},
      {"currency", plan.currency},
      {"exp", plan.expSeconds},
      {"nonce", plan.nonce},
      {"period", {{"unit", periodUnitName(plan.period.unit)}, {"count", plan.period.count}}}};
  if (plan.trialDays != 0) payload["trialDays"] = plan.trialDays;
  if (plan.maxCharges != 0) payload["maxCharges"] = plan.maxCharges;
  if (!plan.payee.empty()) payload["payee"] = plan.payee;
  return payload;
}

void checkRefund(std::string_view text) {
  const auto refund = parseRefundToken(text);
  if (!refund) {
    KIOSK_CHECK(refund.error().code == ErrorCode::OrderInvalid, "the code that is declared");
    return;
  }
  KIOSK_CHECK(refundJson(*refund) == refund->jws.payload, "a refund holds all of its payload");
  KIOSK_CHECK(refund->amountMinor >= 0 && refund->amountMinor <= kAmountMinorMax, "an amount");
  KIOSK_CHECK(refund->hash == sha256Hex(text), "a token's hash");
}

void checkPeriods(const Plan& plan) {
  const std::int64_t anchor = plan.expSeconds % 4'000'000'000 * 1000;
  std::int64_t before = anchor - 1;
  for (std::int64_t index : {std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, kPeriodsMax}) {
    const auto start = periodStartMs(anchor, plan.period, index);
    KIOSK_CHECK(start > before, "periods follow one another");
    KIOSK_CHECK(periodAt(anchor, plan.period, 0, start) == index, "a period begins at its start");
    before = start;
  }
}

void checkPlan(std::string_view text) {
  const auto plan = parsePlanToken(text);
  if (!plan) {
    KIOSK_CHECK(plan.error().code == ErrorCode::OrderInvalid, "the code that is declared");
    return;
  }
  KIOSK_CHECK(planJson(plan->plan) == plan->jws.payload, "a plan holds all of its payload");
  KIOSK_CHECK(plan->plan.period.count >= 1 &&
                  plan->plan.period.count <= periodCountMax(plan->plan.period.unit),
              "a period's count");
  KIOSK_CHECK(plan->hash == sha256Hex(text), "a token's hash");
  checkPeriods(plan->plan);
}

}  // namespace
}  // namespace kiosk::bridge

namespace kiosk::fuzz {

void tryInput(std::string_view input) {
  using namespace bridge;
  if (!input.starts_with('{')) {
    checkRefund(input);
    return checkPlan(input);
  }
  const auto payload = parseJson(input);
  if (!payload || !payload->is_object() || !canonicalJson(*payload)) return;
  const auto key = fixedKey();
  const auto refund = signJws(*payload, kRefundTokenType, "kid-1", key);
  const auto plan = signJws(*payload, kPlanTokenType, "kid-1", key);
  checkRefund(refund);
  checkPlan(plan);
  KIOSK_CHECK(!parseRefundToken(plan) && !parsePlanToken(refund), "a token has one type");
  if (const auto read = parseRefundToken(refund)) {
    KIOSK_CHECK(verifyJws(read->jws, bytesOf(key.publicKey())), "what was signed verifies");
    KIOSK_CHECK(signJws(refundJson(*read), kRefundTokenType, read->jws.kid, key) == refund,
                "a refund signed again is the same token");
  }
  if (const auto read = parsePlanToken(plan)) {
    KIOSK_CHECK(signJws(planJson(read->plan), kPlanTokenType, read->jws.kid, key) == plan,
                "a plan signed again is the same token");
  }
}

std::vector<Seed> madeSeeds() {
  const nlohmann::json refund = {{"merchantId", "post"},
                                 {"orderId", "o-1"},
                                 {"exp", 1'800'000'000},
                                 {"nonce", "nonce-0000000001"},
                                 {"reason", "returned"}};
  return {{"refund", bridge::signJws(refund, bridge::kRefundTokenType, "kid-1", fixedKey())}};
}

}  // namespace kiosk::fuzz
