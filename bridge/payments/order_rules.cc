#include "bridge/payments/order_rules.h"

#include <algorithm>

#include "runtime/base/guard.h"

namespace kiosk::bridge {

Result<void> checkMerchantDeclared(const Manifest& manifest, const Order& order) {
  if (!manifest.payments) {
    return Error{ErrorCode::NotDeclared, "the manifest declares no payments"};
  }
  if (!KIOSK_GUARD("order.merchant", manifest.payments->merchantId == order.merchantId)) {
    return Error{ErrorCode::NotDeclared,
                 "the order is of another merchant than the manifest declares"};
  }
  return {};
}

Result<void> checkOrder(const OrderToken& token, const std::optional<Merchant>& merchant,
                        const PaymentsDeclaration& declared, std::int64_t nowMs) {
  const Order& order = token.order;
  if (!merchant) return Error{ErrorCode::MerchantUnknown, "the host knows no such merchant"};
  if (merchant->publicKey.empty()) {
    return Error{ErrorCode::SignatureInvalid, "the order's kid is no key of the merchant"};
  }
  if (!KIOSK_GUARD("order.signature", verifyJws(token.jws, bytesOf(merchant->publicKey)))) {
    return Error{ErrorCode::SignatureInvalid, "the order is not signed by the merchant's key"};
  }
  if (!KIOSK_GUARD("order.payee", order.payee.empty() || order.payee == merchant->name)) {
    return Error{ErrorCode::OrderInvalid, "payee is not the merchant's registered name"};
  }
  const auto& currencies = declared.currencies;
  const auto declaredAt = std::find(currencies.begin(), currencies.end(), order.currency);
  if (!KIOSK_GUARD("order.currency", declaredAt != currencies.end())) {
    return Error{ErrorCode::OrderInvalid, "the manifest does not declare " + order.currency};
  }
  const bool capped = declared.maxAmountMinor > 0;
  if (!KIOSK_GUARD("order.cap", !capped || order.amountMinor <= declared.maxAmountMinor)) {
    return Error{ErrorCode::LimitExceeded, "the order is over the manifest's cap of " +
                                               std::to_string(declared.maxAmountMinor) +
                                               " minor units"};
  }
  if (!KIOSK_GUARD("order.expiry", order.expSeconds > nowMs / 1000)) {
    return Error{ErrorCode::OrderExpired, "the order has expired: ask the merchant for a new one"};
  }
  return {};
}

}  // namespace kiosk::bridge
