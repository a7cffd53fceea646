// What a refund token does once it was read (refund_token.cc).

#include <optional>

#include "bridge/payments/order_book.h"
#include "bridge/payments/payment_book.h"
#include "bridge/payments/refund_token.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

/// The refund that the token's nonce made.
Result<std::optional<RefundRow>> earlierRefund(soci::session& sql, const RefundToken& token) {
  std::string hash, id;
  sql << "SELECT token_hash, refund_id FROM refund_tokens WHERE merchant_id = :merchant"
         " AND nonce = :nonce",
      soci::use(token.merchantId, "merchant"), soci::use(token.nonce, "nonce"), soci::into(hash),
      soci::into(id);
  if (!sql.got_data()) return std::optional<RefundRow>();
  if (hash != token.hash) {
    return Error{ErrorCode::DuplicateOrder, "the nonce was used with another token"};
  }
  return findRefund(sql, token.merchantId, id);
}

Result<void> checkRefundToken(soci::session& sql, const RefundToken& token) {
  const auto merchant = findMerchant(sql, token.merchantId, token.jws.kid);
  if (!merchant) return Error{ErrorCode::MerchantUnknown, "the host knows no such merchant"};
  const bool isSigned =
      !merchant->publicKey.empty() && verifyJws(token.jws, bytesOf(merchant->publicKey));
  if (!KIOSK_GUARD("refund.signature", isSigned)) {
    return Error{ErrorCode::SignatureInvalid, "the refund is not signed by the merchant's key"};
  }
  return {};
}

void noteRefundToken(soci::session& sql, const RefundToken& token, const std::string& refundId) {
  const long long until = token.expSeconds * 1000 + kRefundTokenKeptMs;
  sql << "INSERT INTO refund_tokens (merchant_id, nonce, token_hash, refund_id, until_ms)"
         " VALUES (:merchant, :nonce, :token, :refund, :until)",
      soci::use(token.merchantId, "merchant"), soci::use(token.nonce, "nonce"),
      soci::use(token.hash, "token"), soci::use(refundId, "refund"), soci::use(until, "until");
}

}  // namespace

Result<RefundRow> refundByToken(soci::session& sql, const RefundToken& token,
                                const RefundTokenCall& call) {
  auto sound = checkRefundToken(sql, token);
  if (!sound) return sound.error();
  const auto payment = findPayment(sql, paymentOfOrder(sql, token.merchantId, token.orderId));
  const bool isTheirs = payment && payment->user == call.user && payment->app == call.app;
  if (!payment || !KIOSK_GUARD("refund.owner", isTheirs)) {
    return Error{ErrorCode::NotFound, "there is no such order of this user in this app"};
  }
  auto earlier = earlierRefund(sql, token);
  if (!earlier) return earlier.error();
  const bool isFirst = KIOSK_GUARD("refund.once", !*earlier);
  if (!isFirst) return **earlier;
  if (!KIOSK_GUARD("refund.expiry", token.expSeconds > call.nowMs / 1000)) {
    return Error{ErrorCode::OrderExpired, "the refund's token has expired: ask for a new one"};
  }
  auto refund = refundOrder(sql, {.merchantId = token.merchantId,
                                  .orderId = token.orderId,
                                  .refundId = call.refundId,
                                  .amountMinor = token.amountMinor,
                                  .reason = token.reason,
                                  .nowMs = call.nowMs});
  if (refund) noteRefundToken(sql, token, refund->id);
  return refund;
}

void purgeRefundTokens(soci::session& sql, std::int64_t nowMs, std::int64_t countMax) {
  const long long now = nowMs, most = countMax;
  sql << "DELETE FROM refund_tokens WHERE (merchant_id, nonce) IN (SELECT merchant_id, nonce"
         " FROM refund_tokens WHERE until_ms < :now ORDER BY until_ms LIMIT :most)",
      soci::use(now, "now"), soci::use(most, "most");
}

nlohmann::json refundResult(const RefundRow& refund, const HostKeys& keys) {
  nlohmann::json result = {{"refundId", refund.id},
                           {"status", refundStateName(refund.state)},
                           {"orderId", refund.orderId},
                           {"amountMinor", refund.amountMinor},
                           {"currency", refund.currency}};
  if (refund.state != RefundState::Succeeded) return result;
  const nlohmann::json facts = {{"refundId", refund.id},
                                {"paymentId", refund.paymentId},
                                {"orderId", refund.orderId},
                                {"merchantId", refund.merchantId},
                                {"amountMinor", refund.amountMinor},
                                {"currency", refund.currency},
                                {"reason", refund.reason},
                                {"refundedAt", refund.updatedAtMs}};
  result["receipt"] = signJws(facts, kRefundReceiptType, keys.signingKeyId(), keys.signing());
  return result;
}

}  // namespace kiosk::bridge
