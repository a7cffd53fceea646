#pragma once
// What is decided of an order before it is paid, whoever asks: a mini-app through the gate, or a
// host that takes payments without mini-apps. settlement.h decides once more inside the
// transaction that charges.

#include <kiosk/package.h>
#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "bridge/payments/order_token.h"
#include "bridge/payments/payment_book.h"

namespace kiosk::bridge {

/// 1..128 of visible ASCII.
inline constexpr std::size_t kIdempotencyKeyBytesMax = 128;
bool isIdempotencyKey(const std::string& key);

/// What an idempotency key stands for: SHA-256 of the method's name and its canonical parameters,
/// hex.
/// Errors: InvalidParams   a number in `params` has no canonical form.
Result<std::string> paramsHashOf(const nlohmann::json& params);

/// What the store knows of an order before the user is asked.
struct KnownOrder {
  std::optional<Merchant> merchant;
  Result<std::optional<Payment>> byKey = std::optional<Payment>();
  Result<std::optional<Payment>> byOrder = std::optional<Payment>();
};

/// Runs inside a job of the store, and throws what SOCI throws.
Result<KnownOrder> lookUpOrder(soci::session& sql, const PaymentCall& call);

/// The result of the payment that answers already; none when the user may be asked.
/// Errors: as findByKey, findByOrder and checkOrder. An order that was paid stays paid when its
///         token has expired.
Result<std::optional<nlohmann::json>> decideOrder(const KnownOrder& known, const OrderToken& token,
                                                  const PaymentsDeclaration& declared,
                                                  std::int64_t nowMs);

}  // namespace kiosk::bridge
