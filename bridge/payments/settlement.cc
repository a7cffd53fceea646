#include "bridge/payments/settlement.h"

#include "bridge/payments/ledger.h"
#include "bridge/payments/receipt.h"
#include "bridge/payments/subscription_charge.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

constexpr std::int64_t kDayMs = 24 * 3'600'000;

Result<void> bookCharge(soci::session& sql, const PaymentCall& call) {
  using ledger::OwnerKind;
  const Order& order = call.order;
  const ledger::Entry entries[] = {
      {{OwnerKind::User, call.user.value, order.currency}, -order.amountMinor},
      {{OwnerKind::Merchant, order.merchantId, order.currency}, order.amountMinor}};
  return ledger::post(sql,
                      {.id = call.paymentId,
                       .purpose = ledger::Purpose::Payment,
                       .reference = call.paymentId,
                       .createdAtMs = call.nowMs},
                      entries);
}

/// The receipt of a payment in the host's chain, which follows that of the consent.
Result<void> writeReceipt(soci::session& sql, const ReceiptBook& receipts, const Payment& payment,
                          const ReceiptParties& parties, std::int64_t nowMs) {
  ReceiptDraft draft;
  draft.id = payment.id;
  draft.kind = ReceiptKind::Payment;
  draft.atMs = nowMs;
  draft.user = payment.user;
  draft.app = payment.app;
  draft.permission = isPeriodOrder(payment.orderId) ? "payments.recurring" : "payments.charge";
  draft.relatesTo = consentOf(sql, payment.id);
  draft.body = {{"principal", parties.payer},
                {"payment",
                 {{"paymentId", payment.id},
                  {"merchantId", payment.merchantId},
                  {"orderId", payment.orderId},
                  {"payee", parties.payee},
                  {"amountMinor", payment.amountMinor},
                  {"currency", payment.currency}}}};
  return receipts.append(sql, draft);
}

/// Whose limit of a day it is: a row of spend_days names a user or an app, and leaves the other
/// empty.
struct Spender {
  std::string user, app;
};

std::int64_t dayOf(std::int64_t nowMs) { return nowMs / kDayMs; }

/// Adds `spend` to what was spent in its day; what that comes to. One row for each spender and
/// currency: a new day begins it anew. A clock that is set back goes on with the later day.
std::int64_t addSpent(soci::session& sql, const Spender& who, const DaySpend& spend) {
  const long long day = dayOf(spend.nowMs), amount = spend.amountMinor;
  long long spent = 0;
  sql << "INSERT INTO spend_days (user_id, app_id, currency, day, spent_minor)"
         " VALUES (:owner, :app, :currency, :day, :amount)"
         " ON CONFLICT (user_id, app_id, currency) DO UPDATE SET"
         " day = CASE WHEN spend_days.day > excluded.day THEN spend_days.day ELSE excluded.day END,"
         " spent_minor = excluded.spent_minor + CASE WHEN spend_days.day >= excluded.day"
         " THEN spend_days.spent_minor ELSE 0 END RETURNING spent_minor",
      soci::use(who.user, "owner"), soci::use(who.app, "app"),
      soci::use(spend.currency, "currency"), soci::use(day, "day"), soci::use(amount, "amount"),
      soci::into(spent);
  return spent;
}

/// Whether nothing stands for the call yet.
bool isFirst(const std::optional<Payment>& earlier) {
  return KIOSK_GUARD("payment.once", !earlier);
}

/// Where an outcome leads.
PaymentState stateAfter(ChargeOutcome outcome) {
  switch (outcome) {
    case ChargeOutcome::Paid:
      return PaymentState::Captured;
    case ChargeOutcome::Pending:
      return PaymentState::Pending;
    case ChargeOutcome::Unknown:
      return PaymentState::Unknown;
    case ChargeOutcome::Declined:
    case ChargeOutcome::InsufficientFunds:
      return PaymentState::Failed;
  }
  return PaymentState::Unknown;
}

/// Moves the payment to Captured, with its result and receipt.
Result<nlohmann::json> capture(soci::session& sql, const Payment& payment,
                               const ReceiptParties& parties, const HostKeys& keys,
                               const ReceiptBook& receipts, std::int64_t nowMs) {
  auto result = paidResult(payment, parties, nowMs, keys);
  settle(sql, payment, PaymentState::Captured, result, nowMs);
  auto written = writeReceipt(sql, receipts, payment, parties, nowMs);
  if (!written) return written.error();
  return result;
}

}  // namespace

Result<void> takeOfDay(soci::session& sql, const DaySpend& spend, const SpendLimits& limits) {
  const bool within =
      addSpent(sql, {spend.user.value, ""}, spend) <= limits.userDayMinorMax &&
      (spend.app.empty() || addSpent(sql, {"", spend.app.value}, spend) <= limits.appDayMinorMax);
  if (!KIOSK_GUARD("payment.day", within)) {
    return Error{ErrorCode::LimitExceeded, "the day's limit of payments is reached"};
  }
  return {};
}

Payment paymentOf(const PaymentCall& call) {
  Payment payment;
  payment.id = call.paymentId;
  payment.merchantId = call.order.merchantId;
  payment.orderId = call.order.orderId;
  payment.user = call.user;
  payment.app = call.app;
  payment.currency = call.order.currency;
  payment.amountMinor = call.order.amountMinor;
  payment.payer = call.payer;
  return payment;
}

WalletCharge walletChargeOf(const Payment& payment) {
  return {.paymentId = payment.id,
          .user = payment.user,
          .merchantId = payment.merchantId,
          .orderId = payment.orderId,
          .amountMinor = payment.amountMinor,
          .currency = payment.currency,
          .subscriptionId = subscriptionOfOrder(payment.orderId)};
}

Result<std::optional<Payment>> findEarlier(soci::session& sql, const PaymentCall& call) {
  auto byKey = findByKey(sql, call);
  if (!byKey || *byKey) return byKey;
  auto byOrder = findByOrder(sql, call);
  if (!byOrder || *byOrder) return byOrder;
  const auto merchant = findMerchant(sql, call.order.merchantId, call.kid);
  if (!merchant || merchant->publicKey.empty()) {
    return Error{ErrorCode::SignatureInvalid, "the merchant's key was withdrawn"};
  }
  if (call.order.expSeconds <= call.nowMs / 1000) {
    return Error{ErrorCode::OrderExpired, "the order has expired: ask the merchant for a new one"};
  }
  return std::optional<Payment>();
}

Result<PayAnswer> payByLedger(soci::session& sql, const PaymentCall& call, const HostKeys& keys,
                              const ReceiptBook& receipts, const SpendLimits& limits) {
  auto earlier = findEarlier(sql, call);
  if (!earlier) return earlier.error();
  if (!isFirst(*earlier)) {
    return PayAnswer{std::nullopt, (**earlier).result};
  }
  const Payment payment = paymentOf(call);
  authorise(sql, call, PaymentWallet::Ledger, statusResult("pending", call.paymentId));
  const std::int64_t available =
      ledger::balance(sql, {ledger::OwnerKind::User, call.user.value, call.order.currency});
  if (available < call.order.amountMinor) {
    settle(sql, payment, PaymentState::Failed, statusResult("failed", call.paymentId), call.nowMs);
    return PayAnswer{
        Error{ErrorCode::InsufficientFunds, "there is not enough money in the account"}, {}};
  }
  const DaySpend spend{call.user, call.app, call.order.currency, call.order.amountMinor,
                       call.nowMs};
  if (auto within = takeOfDay(sql, spend, limits); !within) return within.error();
  auto booked = bookCharge(sql, call);
  if (!booked) return booked.error();
  auto result = capture(sql, payment, {call.payee, call.payer}, keys, receipts, call.nowMs);
  if (!result) return result.error();
  return PayAnswer{std::nullopt, *std::move(result)};
}

Result<Payment> authoriseForWallet(soci::session& sql, const PaymentCall& call) {
  auto earlier = findEarlier(sql, call);
  if (!earlier) return earlier.error();
  if (!isFirst(*earlier)) return std::move(**earlier);
  authorise(sql, call, PaymentWallet::Host, statusResult("pending", call.paymentId));
  return paymentOf(call);
}

Result<nlohmann::json> settleByAnswer(soci::session& sql, const std::string& paymentId,
                                      const ChargeAnswer& answer, const HostKeys& keys,
                                      const ReceiptBook& receipts, std::int64_t nowMs) {
  const auto payment = findPayment(sql, paymentId);
  if (!payment) return Error{ErrorCode::Internal, "the payment is not in the books"};
  if (!isOpen(payment->state)) return payment->result;
  if (!answer.link.empty()) noteLink(sql, paymentId, answer.link);
  const PaymentState next = stateAfter(answer.outcome);
  if (next == PaymentState::Captured) {
    const auto merchant = findMerchant(sql, payment->merchantId, "");
    const std::string payee = merchant ? merchant->name : payment->merchantId;
    return capture(sql, *payment, {payee, payment->payer}, keys, receipts, nowMs);
  }
  auto result = statusResult(statusName(next), paymentId);
  settle(sql, *payment, next, result, nowMs);
  return result;
}

const char* statusName(PaymentState state) {
  switch (state) {
    case PaymentState::Captured:
      return "paid";
    case PaymentState::Failed:
      return "failed";
    case PaymentState::Unknown:
      return "unknown";
    case PaymentState::Authorised:
    case PaymentState::Pending:
      return "pending";
  }
  return "unknown";
}

}  // namespace kiosk::bridge
