#pragma once
// What must hold of an order beside its form: who may collect it through this app, and how much.

#include <kiosk/package.h>
#include <kiosk/result.h>

#include <cstdint>
#include <optional>

#include "bridge/payments/order_token.h"
#include "bridge/payments/payment_book.h"

namespace kiosk::bridge {

/// Whether the manifest lets the app collect for the order's merchant at all.
/// Errors: NotDeclared   it declares no payments, or another merchant.
Result<void> checkMerchantDeclared(const Manifest& manifest, const Order& order);

/// Whether `token` is a live order of `merchant` within `declared`, what whoever asks may collect.
/// Errors: MerchantUnknown    the host has not registered the merchant.
///         SignatureInvalid   the key is not one of the merchant's, or the signature is not by it.
///         OrderInvalid       another payee's name, or a currency that is not declared.
///         LimitExceeded      over the declared cap.
///         OrderExpired       `exp` has passed.
Result<void> checkOrder(const OrderToken& token, const std::optional<Merchant>& merchant,
                        const PaymentsDeclaration& declared, std::int64_t nowMs);

}  // namespace kiosk::bridge
