#pragma once
// Orders, payments and idempotency keys as the store keeps them.
//
//   order:    (none) ──► created ──► confirmed ──► paid
//                                     ▲    └─────► failed ──┐ another attempt, another payment
//                                     └────────────────────┘
//   payment:  confirmed ──► paid | failed        one attempt at an order; both ends are final
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/ids.h>
#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "bridge/payments/order_token.h"

namespace kiosk::bridge {

enum class PaymentState : std::uint8_t { Confirmed, Paid, Failed };

/// Who keeps the money of a payment.
enum class PaymentWallet : std::uint8_t {
  Ledger,  ///< the embedded one
  Host,    ///< the host's own Wallet
};

/// One attempt at an order.
struct Payment {
  std::string id, merchantId, orderId;
  UserId user;
  AppId app;
  std::string currency;
  std::int64_t amountMinor = 0;
  PaymentState state = PaymentState::Confirmed;
  nlohmann::json result;  ///< what payments.request answers for it
  std::int64_t updatedAtMs = 0;
};

/// A merchant with the key that an order names.
struct Merchant {
  std::string name;       ///< as the host registered it
  std::string publicKey;  ///< 32 raw bytes; empty when the key is not there or revoked
};

/// What the user is about to pay, or has confirmed.
struct PaymentCall {
  UserId user;
  AppId app;
  std::string idempotencyKey;
  std::string paramsHash;  ///< SHA-256 of the canonical parameters, hex
  Order order;
  std::string kid;        ///< of the merchant's key
  std::string tokenHash;  ///< SHA-256 of the whole token, hex
  std::string payee;      ///< the merchant's registered name
  std::string payer;      ///< pairwise id
  std::string paymentId;  ///< unguessable; used if this call is the first
  std::string consentId;  ///< receipt of the user's yes
  std::int64_t nowMs = 0;
};

std::optional<Merchant> findMerchant(soci::session& sql, const std::string& merchantId,
                                     const std::string& kid);

/// The payment that was made under the call's idempotency key by the same user in the same app.
/// Errors: InvalidParams   the key was used with other parameters.
Result<std::optional<Payment>> findByKey(soci::session& sql, const PaymentCall& call);

/// The payment that settles the call's order already: the same token of the same user in the same
/// app. Errors: DuplicateOrder   the order is paid or being paid otherwise.
Result<std::optional<Payment>> findByOrder(soci::session& sql, const PaymentCall& call);

/// The payment called `id`, whoever made it.
std::optional<Payment> findPayment(soci::session& sql, const std::string& id);

/// The id of the payment that stands for an order; empty when there is none.
std::string paymentOfOrder(soci::session& sql, const std::string& merchantId,
                           const std::string& orderId);

/// Writes the order as confirmed, a payment for it with `result`, and the idempotency key.
/// REQUIRES: findByKey and findByOrder found nothing in the same transaction.
void confirm(soci::session& sql, const PaymentCall& call, PaymentWallet wallet,
             const nlohmann::json& result);

/// The receipt of the yes that a payment rests on; empty when it is not known.
std::string consentOf(soci::session& sql, const std::string& paymentId);

/// Moves a confirmed payment, and its order, to Paid or Failed. A failed payment gives its
/// idempotency key free: nothing was moved, so the app may try again with it.
void settle(soci::session& sql, const Payment& payment, PaymentState state,
            const nlohmann::json& result, std::int64_t nowMs);

}  // namespace kiosk::bridge
