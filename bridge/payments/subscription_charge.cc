#include "bridge/payments/subscription_charge.h"

#include <algorithm>

#include "bridge/payments/mandate.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kSubscriptionIdDigits = 32;

/// Some key of the merchant that was not withdrawn; empty when there is none. A merchant's keys
/// come and go while a mandate stands.
std::string activeKeyOf(soci::session& sql, const std::string& merchantId) {
  std::string kid;
  sql << "SELECT kid FROM merchant_keys WHERE merchant_id = :merchant AND revoked = 0"
         " ORDER BY kid LIMIT 1",
      soci::use(merchantId, "merchant"), soci::into(kid);
  return sql.got_data() ? kid : std::string();
}

/// The order of the period `nextPeriod`. Its idempotency key holds spaces, so that no app can use
/// it.
PaymentCall periodCall(const Subscription& one, const std::string& kid,
                       const std::string& paymentId, std::int64_t nowMs) {
  PaymentCall call;
  call.order.merchantId = one.merchantId;
  call.order.orderId = periodOrderId(one.id, one.nextPeriod);
  call.order.amountMinor = one.amountMinor;
  call.order.currency = one.currency;
  call.order.items = {{one.title, 1, one.amountMinor}};
  call.order.expSeconds = nowMs / 1000 + kPeriodOrderSeconds;
  call.user = one.user;
  call.app = one.app;
  call.idempotencyKey = "period " + call.order.orderId;
  call.paramsHash = sha256Hex(call.order.orderId);
  call.tokenHash = sha256Hex(call.order.orderId + "\n" + one.mandate);
  call.kid = kid;
  call.payee = one.payee;
  call.payer = one.payer;
  call.paymentId = paymentId;
  call.consentId = one.consentId;
  call.nowMs = nowMs;
  return call;
}

void notePeriod(soci::session& sql, const Subscription& one, const std::string& paymentId,
                std::int64_t nowMs) {
  const long long period = one.nextPeriod, now = nowMs,
                  due = periodStartMs(one.anchorMs, one.period, one.nextPeriod);
  soci::statement insert =
      (sql.prepare << "INSERT INTO subscription_charges (subscription_id, period, payment_id,"
                      " due_at_ms, charged_at_ms) VALUES (:id, :period, :payment, :due, :now)"
                      " ON CONFLICT (subscription_id, period) DO NOTHING",
       soci::use(one.id, "id"), soci::use(period, "period"), soci::use(paymentId, "payment"),
       soci::use(due, "due"), soci::use(now, "now"));
  insert.execute(true);
}

Subscription periodCharged(soci::session& sql, Subscription one, const std::string& paymentId,
                           std::int64_t nowMs) {
  // A clock that was set back while the wallet thought: the charge is no younger than its period.
  const std::int64_t due = periodStartMs(one.anchorMs, one.period, one.nextPeriod);
  notePeriod(sql, one, paymentId, std::max(nowMs, due));
  const nlohmann::json charge = {{"period", one.nextPeriod},
                                 {"orderId", periodOrderId(one.id, one.nextPeriod)},
                                 {"paymentId", paymentId}};
  one.openPayment.clear();
  one.failures = 0;
  one.updatedAtMs = nowMs;
  ++one.nextPeriod;
  one.nextChargeAtMs = periodStartMs(one.anchorMs, one.period, one.nextPeriod);
  if (isLive(one.state)) one.state = SubscriptionState::Active;
  saveSubscription(sql, one);
  tellSubscription(sql, one, "charged", {{"charge", charge}});
  if (one.nextPeriod < one.periodsMax) return one;
  return endSubscription(sql, one, SubscriptionState::Ended, "complete", nowMs);
}

Subscription periodFailed(soci::session& sql, Subscription one, std::int64_t nowMs) {
  one.openPayment.clear();
  one.updatedAtMs = nowMs;
  ++one.failures;
  if (!isLive(one.state)) {
    saveSubscription(sql, one);
    return one;
  }
  if (one.state == SubscriptionState::Pending) {
    releaseOrigin(sql, one.id);
    return endSubscription(sql, one, SubscriptionState::Ended, "first_charge_failed", nowMs);
  }
  if (one.failures > static_cast<std::int64_t>(kChargeRetryMs.size())) {
    return endSubscription(sql, one, SubscriptionState::Ended, "unpaid", nowMs);
  }
  // A clock that was set back while the wallet thought: no period is tried before it begins.
  const std::int64_t due = periodStartMs(one.anchorMs, one.period, one.nextPeriod);
  const std::int64_t retry =
      std::max(nowMs, due) + kChargeRetryMs[static_cast<std::size_t>(one.failures - 1)];
  const std::int64_t next = periodStartMs(one.anchorMs, one.period, one.nextPeriod + 1);
  one.state = SubscriptionState::PastDue;
  one.nextChargeAtMs = std::min(retry, next);
  saveSubscription(sql, one);
  tellSubscription(sql, one, "past_due", {});
  return one;
}

/// By the embedded ledger; a refusal leaves no trace but a failed payment.
Attempt chargeByLedger(soci::session& sql, const Subscription& one, const PaymentCall& call,
                       const CollectParts& parts) {
  sql << "SAVEPOINT subscription_charge";
  auto answer = payByLedger(sql, call, parts.keys, parts.receipts, parts.limits);
  if (!answer) sql << "ROLLBACK TO SAVEPOINT subscription_charge";
  sql << "RELEASE SAVEPOINT subscription_charge";
  Attempt attempt;
  if (!answer) attempt.refused = answer.error();
  if (answer && answer->refused) attempt.refused = answer->refused;
  if (attempt.refused) {
    attempt.is = periodFailed(sql, one, call.nowMs);
  } else {
    // An earlier payment of the order, where there was one.
    const auto paid = answer->result["paymentId"].get<std::string>();
    attempt.is = periodCharged(sql, one, paid, call.nowMs);
  }
  return attempt;
}

Attempt chargeByWallet(soci::session& sql, Subscription one, const PaymentCall& call) {
  sql << "SAVEPOINT subscription_charge";
  auto payment = authoriseForWallet(sql, call);
  if (!payment) sql << "ROLLBACK TO SAVEPOINT subscription_charge";
  sql << "RELEASE SAVEPOINT subscription_charge";
  Attempt attempt;
  if (!payment) {
    attempt.refused = payment.error();
    attempt.is = periodFailed(sql, std::move(one), call.nowMs);
    return attempt;
  }
  one.openPayment = payment->id;
  one.updatedAtMs = call.nowMs;
  saveSubscription(sql, one);
  if (payment->id == call.paymentId) attempt.toAsk = *std::move(payment);
  attempt.is = std::move(one);
  return attempt;
}

/// Charges the period `nextPeriod`, which has begun.
Attempt chargePeriod(soci::session& sql, const Subscription& one, const std::string& paymentId,
                     const CollectParts& parts, std::int64_t nowMs) {
  const std::string kid = activeKeyOf(sql, one.merchantId);
  if (kid.empty() || parts.collector == Collector::Nobody) {
    Attempt attempt;
    attempt.refused = kid.empty()
                          ? Error{ErrorCode::SignatureInvalid, "the merchant has no key any more"}
                          : Error{ErrorCode::Unsupported, "the wallet cannot charge by itself"};
    attempt.is = periodFailed(sql, one, nowMs);
    return attempt;
  }
  const PaymentCall call = periodCall(one, kid, paymentId, nowMs);
  return parts.collector == Collector::Ledger ? chargeByLedger(sql, one, call, parts)
                                              : chargeByWallet(sql, one, call);
}

Attempt settleOpen(soci::session& sql, const Subscription& one, std::int64_t nowMs) {
  Attempt attempt;
  attempt.is = one;
  const auto payment = findPayment(sql, one.openPayment);
  KIOSK_CHECK(payment.has_value(), "an open payment of a subscription is in the books");
  if (payment->state == PaymentState::Captured) {
    attempt.is = periodCharged(sql, one, payment->id, nowMs);
  } else if (payment->state == PaymentState::Failed) {
    attempt.refused = Error{ErrorCode::Declined, "the wallet declined the payment"};
    attempt.is = periodFailed(sql, one, nowMs);
  }
  return attempt;
}

}  // namespace

Collector collectorFor(const Wallet* wallet) {
  if (wallet == nullptr) return Collector::Ledger;
  return wallet->canRecur() ? Collector::Wallet : Collector::Nobody;
}

std::string periodOrderId(const std::string& subscriptionId, std::int64_t period) {
  return std::string(kPeriodOrderPrefix) + subscriptionId + "-" + std::to_string(period);
}

bool isPeriodOrder(const std::string& orderId) { return orderId.starts_with(kPeriodOrderPrefix); }

std::string subscriptionOfOrder(const std::string& orderId) {
  return isPeriodOrder(orderId) ? orderId.substr(kPeriodOrderPrefix.size(), kSubscriptionIdDigits)
                                : std::string();
}

Attempt collect(soci::session& sql, const std::string& subscriptionId, const std::string& paymentId,
                const CollectParts& parts, std::int64_t nowMs) {
  const auto found = findSubscription(sql, subscriptionId);
  if (!found) return {};
  if (!found->openPayment.empty()) return settleOpen(sql, *found, nowMs);
  Attempt attempt;
  attempt.is = found;
  if (!KIOSK_GUARD("mandate.live", isLive(found->state)) || found->nextChargeAtMs > nowMs) {
    return attempt;
  }
  Subscription one = *found;
  one.nextPeriod = periodAt(one.anchorMs, one.period, one.nextPeriod, nowMs);
  const std::int64_t due = periodStartMs(one.anchorMs, one.period, one.nextPeriod);
  if (!KIOSK_GUARD("mandate.due", due <= nowMs)) {
    one.nextChargeAtMs = due;
    saveSubscription(sql, one);
    attempt.is = one;
    return attempt;
  }
  if (!KIOSK_GUARD("mandate.last", one.nextPeriod < one.periodsMax)) {
    const char* const reason = one.failures > 0 ? "unpaid" : "complete";
    attempt.is = endSubscription(sql, one, SubscriptionState::Ended, reason, nowMs);
    return attempt;
  }
  if (!KIOSK_GUARD("mandate.signed", mandateHolds(one, parts.keys))) {
    attempt.refused = Error{ErrorCode::Internal, "the subscription is not what the user signed"};
    attempt.is = endSubscription(sql, one, SubscriptionState::Ended, "mandate", nowMs);
    return attempt;
  }
  return chargePeriod(sql, one, paymentId, parts, nowMs);
}

void settleSubscriptionOf(soci::session& sql, const std::string& paymentId,
                          const CollectParts& parts, std::int64_t nowMs) {
  const auto payment = findPayment(sql, paymentId);
  if (!payment || isOpen(payment->state) || !isPeriodOrder(payment->orderId)) return;
  const auto one = findSubscription(sql, subscriptionOfOrder(payment->orderId));
  if (one && one->openPayment == paymentId) collect(sql, one->id, paymentId, parts, nowMs);
}

}  // namespace kiosk::bridge
