#pragma once
// Payments and idempotency keys as the store keeps them.
//
// A payment is one attempt at an order. It is made as `authorised`, by the user's yes, and moves as
// its order does (order_state.h); captured and failed are its ends.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/ids.h>
#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bridge/payments/order_token.h"

namespace kiosk::bridge {

enum class PaymentState : std::uint8_t { Authorised, Pending, Unknown, Captured, Failed };

/// Whether nothing is decided yet.
inline bool isOpen(PaymentState state) {
  return state != PaymentState::Captured && state != PaymentState::Failed;
}

/// The state that the database calls `name`. Throws what SOCI throws when there is none.
PaymentState paymentStateOf(const std::string& name);

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
  PaymentState state = PaymentState::Authorised;
  PaymentWallet wallet = PaymentWallet::Ledger;
  std::string payer;      ///< pairwise id; empty for payments of an erased user
  std::string link;       ///< what the user opens to pay at the bank; empty when nothing
  nlohmann::json result;  ///< what payments.request answers for it
  std::int64_t createdAtMs = 0, updatedAtMs = 0;
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
/// app.
/// Errors: DuplicateOrder   the order is paid or being paid otherwise, or was registered with
/// another
///                          token.
///         OrderInvalid     the merchant cancelled it.
///         OrderExpired     it was not paid in time.
Result<std::optional<Payment>> findByOrder(soci::session& sql, const PaymentCall& call);

/// The payment called `id`, whoever made it.
std::optional<Payment> findPayment(soci::session& sql, const std::string& id);

/// The id of the payment that stands for an order; empty when there is none.
std::string paymentOfOrder(soci::session& sql, const std::string& merchantId,
                           const std::string& orderId);

/// Writes the order as authorised, a payment for it with `result`, and the idempotency key.
/// REQUIRES: findByKey and findByOrder found nothing in the same transaction.
void authorise(soci::session& sql, const PaymentCall& call, PaymentWallet wallet,
               const nlohmann::json& result);

/// The receipt of the yes that a payment rests on; empty when it is not known.
std::string consentOf(soci::session& sql, const std::string& paymentId);

/// Moves an open payment, and its order, to `state`. A failed payment gives its idempotency key
/// free: nothing was moved, so the app may try again with it. The state that it has already changes
/// nothing but `result`.
void settle(soci::session& sql, const Payment& payment, PaymentState state,
            const nlohmann::json& result, std::int64_t nowMs);

/// Notes what the user opens to pay at the bank.
void noteLink(soci::session& sql, const std::string& paymentId, const std::string& link);

/// Open payments of the host's wallet that nobody has touched since `beforeMs`, oldest first; and
/// those touched after `nowMs`, by a clock that was set back since.
std::vector<Payment> openPayments(soci::session& sql, std::int64_t beforeMs, std::int64_t nowMs,
                                  std::int64_t countMax);

}  // namespace kiosk::bridge
