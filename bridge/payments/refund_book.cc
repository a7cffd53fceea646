#include "bridge/payments/refund_book.h"

#include <array>

#include "bridge/payments/ledger.h"
#include "bridge/payments/order_book.h"
#include "bridge/payments/outbox.h"
#include "bridge/payments/payment_book.h"
#include "runtime/base/encoding.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

constexpr std::array kRefundStateNames = {"pending", "unknown", "succeeded", "failed"};
constexpr const char* kRefundColumns =
    "id, merchant_id, order_id, payment_id, currency, reason, amount_minor, state, created_at_ms,"
    " updated_at_ms";

RefundState refundStateOf(const std::string& name) {
  for (std::size_t i = 0; i < kRefundStateNames.size(); ++i) {
    if (kRefundStateNames[i] == name) return static_cast<RefundState>(i);
  }
  throw soci::soci_error("a stored refund cannot be read");
}

RefundRow refundOf(const soci::row& row) {
  RefundRow refund;
  refund.id = row.get<std::string>(0);
  refund.merchantId = row.get<std::string>(1);
  refund.orderId = row.get<std::string>(2);
  refund.paymentId = row.get<std::string>(3);
  refund.currency = row.get<std::string>(4);
  refund.reason = row.get<std::string>(5);
  refund.amountMinor = row.get<long long>(6);
  refund.state = refundStateOf(row.get<std::string>(7));
  refund.createdAtMs = row.get<long long>(8);
  refund.updatedAtMs = row.get<long long>(9);
  return refund;
}

void tell(soci::session& sql, const RefundRow& refund, std::int64_t nowMs) {
  appendEvent(sql,
              {.merchantId = refund.merchantId,
               .subject = refund.orderId,
               .type = std::string("refund.") + refundStateName(refund.state),
               .number = nextEventNumber(sql, refund.merchantId, refund.orderId),
               .data = refundJson(refund)},
              nowMs);
}

void insertRefund(soci::session& sql, const RefundRow& refund) {
  const long long amount = refund.amountMinor, now = refund.createdAtMs;
  const std::string state = refundStateName(refund.state);
  sql << "INSERT INTO refunds (id, merchant_id, order_id, payment_id, currency, amount_minor,"
         " reason, state, created_at_ms, updated_at_ms) VALUES (:id, :merchant, :order_id,"
         " :payment, :currency, :amount, :reason, :state, :created, :updated)",
      soci::use(refund.id, "id"), soci::use(refund.merchantId, "merchant"),
      soci::use(refund.orderId, "order_id"), soci::use(refund.paymentId, "payment"),
      soci::use(refund.currency, "currency"), soci::use(amount, "amount"),
      soci::use(refund.reason, "reason"), soci::use(state, "state"), soci::use(now, "created"),
      soci::use(now, "updated");
}

/// Adds to what counts as given back; the table refuses more than was paid.
void addRefunded(soci::session& sql, const RefundRow& refund, std::int64_t amountMinor,
                 std::int64_t nowMs) {
  const long long amount = amountMinor, now = nowMs;
  sql << "UPDATE orders SET refunded_minor = refunded_minor + :amount, updated_at_ms = :now"
         " WHERE merchant_id = :merchant AND order_id = :order_id",
      soci::use(amount, "amount"), soci::use(now, "now"), soci::use(refund.merchantId, "merchant"),
      soci::use(refund.orderId, "order_id");
}

Result<void> bookRefund(soci::session& sql, const RefundRow& refund, const Payment& payment,
                        std::int64_t nowMs) {
  using ledger::OwnerKind;
  const ledger::Entry entries[] = {
      {{OwnerKind::Merchant, refund.merchantId, refund.currency}, -refund.amountMinor},
      {{OwnerKind::User, payment.user.value, refund.currency}, refund.amountMinor}};
  return ledger::post(sql,
                      {.id = refund.id,
                       .purpose = ledger::Purpose::Refund,
                       .reference = refund.id,
                       .createdAtMs = nowMs},
                      entries);
}

/// The refund that `call` asks for, if it may be.
Result<RefundRow> draftOf(soci::session& sql, const RefundCall& call) {
  if (call.amountMinor < 0 || call.reason.size() > kRefundReasonBytesMax || !isUtf8(call.reason)) {
    return Error{ErrorCode::InvalidParams,
                 "a refund has an amount of 1 or more and a reason of at most 200 bytes"};
  }
  const auto order = findOrder(sql, call.merchantId, call.orderId);
  if (!order) return Error{ErrorCode::NotFound, "there is no such order"};
  if (order->state != OrderState::Captured) {
    return Error{ErrorCode::OrderInvalid, "only a captured order can be refunded"};
  }
  const std::int64_t left = order->amountMinor - order->refundedMinor;
  const std::int64_t amount = call.amountMinor == 0 ? left : call.amountMinor;
  if (amount == 0 || !KIOSK_GUARD("refund.left", amount <= left)) {
    return Error{ErrorCode::AmountMismatch,
                 "there is " + std::to_string(left) + " left to refund of this order"};
  }
  if (refundsOf(sql, call.merchantId, call.orderId).size() >= kRefundsPerOrderMax) {
    return Error{ErrorCode::LimitExceeded, "the order has too many refunds"};
  }
  RefundRow refund;
  refund.id = call.refundId;
  refund.merchantId = call.merchantId;
  refund.orderId = call.orderId;
  refund.paymentId = order->paymentId;
  refund.currency = order->currency;
  refund.reason = call.reason;
  refund.amountMinor = amount;
  refund.createdAtMs = refund.updatedAtMs = call.nowMs;
  return refund;
}

}  // namespace

const char* refundStateName(RefundState state) {
  return kRefundStateNames[static_cast<std::size_t>(state)];
}

nlohmann::json refundJson(const RefundRow& refund) {
  return {{"refundId", refund.id},
          {"orderId", refund.orderId},
          {"paymentId", refund.paymentId},
          {"amountMinor", refund.amountMinor},
          {"currency", refund.currency},
          {"reason", refund.reason},
          {"createdAt", refund.createdAtMs},
          {"updatedAt", refund.updatedAtMs},
          {"state", refundStateName(refund.state)}};
}

Result<RefundRow> refundOrder(soci::session& sql, const RefundCall& call) {
  auto refund = draftOf(sql, call);
  if (!refund) return refund;
  const auto payment = findPayment(sql, refund->paymentId);
  KIOSK_CHECK(payment.has_value(), "a captured order has its payment");
  const bool byLedger = payment->wallet == PaymentWallet::Ledger;
  refund->state = byLedger ? RefundState::Succeeded : RefundState::Pending;
  insertRefund(sql, *refund);
  addRefunded(sql, *refund, refund->amountMinor, call.nowMs);
  if (byLedger) {
    auto booked = bookRefund(sql, *refund, *payment, call.nowMs);
    if (!booked) return booked.error();
    tell(sql, *refund, call.nowMs);
  }
  return refund;
}

std::optional<RefundRow> findRefund(soci::session& sql, const std::string& merchantId,
                                    const std::string& refundId) {
  soci::row row;
  sql << "SELECT " + std::string(kRefundColumns) +
             " FROM refunds WHERE id = :id AND merchant_id = :merchant",
      soci::use(refundId, "id"), soci::use(merchantId, "merchant"), soci::into(row);
  if (!sql.got_data()) return std::nullopt;
  return refundOf(row);
}

std::vector<RefundRow> refundsOf(soci::session& sql, const std::string& merchantId,
                                 const std::string& orderId) {
  const long long most = kRefundsPerOrderMax;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT " + std::string(kRefundColumns) +
                          " FROM refunds WHERE merchant_id = :merchant AND order_id = :order_id"
                          " ORDER BY created_at_ms, id LIMIT :most",
       soci::use(merchantId, "merchant"), soci::use(orderId, "order_id"), soci::use(most, "most"));
  std::vector<RefundRow> refunds;
  for (const soci::row& row : rows) refunds.push_back(refundOf(row));
  return refunds;
}

std::vector<RefundRow> openRefunds(soci::session& sql, std::int64_t beforeMs, std::int64_t nowMs,
                                   std::int64_t countMax) {
  const long long before = beforeMs, now = nowMs, most = countMax;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT " + std::string(kRefundColumns) +
                          " FROM refunds WHERE state IN ('pending', 'unknown')"
                          " AND (updated_at_ms <= :before OR updated_at_ms > :now)"
                          " ORDER BY updated_at_ms LIMIT :most",
       soci::use(before, "before"), soci::use(now, "now"), soci::use(most, "most"));
  std::vector<RefundRow> refunds;
  for (const soci::row& row : rows) refunds.push_back(refundOf(row));
  return refunds;
}

void settleRefund(soci::session& sql, const RefundRow& refund, RefundState state,
                  std::int64_t nowMs) {
  const std::string next = refundStateName(state);
  const long long now = nowMs;
  soci::statement update =
      (sql.prepare << "UPDATE refunds SET state = :next, updated_at_ms = :now WHERE id = :id"
                      " AND state IN ('pending', 'unknown')",
       soci::use(next, "next"), soci::use(now, "now"), soci::use(refund.id, "id"));
  update.execute(true);
  if (update.get_affected_rows() == 0 || state == refund.state) return;
  if (state == RefundState::Failed) addRefunded(sql, refund, -refund.amountMinor, nowMs);
  RefundRow settled = refund;
  settled.state = state;
  settled.updatedAtMs = nowMs;
  tell(sql, settled, nowMs);
}

}  // namespace kiosk::bridge
