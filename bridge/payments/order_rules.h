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

/// Whether `token` is a live order of `merchant` within what the manifest declares.
/// Errors: MerchantUnknown    the host has not registered the merchant.
///         SignatureInvalid   the key is not one of the merchant's, or the signature is not by that
///         key. OrderInvalid       another payee's name, or a currency that the manifest does not
///         declare. LimitExceeded      over the manifest's cap. OrderExpired       `exp` has
///         passed.
Result<void> checkOrder(const OrderToken& token, const std::optional<Merchant>& merchant,
                        const Manifest& manifest, std::int64_t nowMs);

}  // namespace kiosk::bridge
