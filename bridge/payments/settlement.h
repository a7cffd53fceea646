#pragma once
// How a payment comes to its end, whoever moves the money: the books, the order, the receipt and
// the event of one outcome are written in one transaction.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/bridge/payments_provider.h>
#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "bridge/identity/host_keys.h"
#include "bridge/payments/payment_book.h"
#include "bridge/receipts/receipt_book.h"

namespace kiosk::bridge {

/// What the embedded ledger lets through, in minor units of the payment's currency, for each UTC
/// day. A host's wallet has limits of its own.
struct SpendLimits {
  std::int64_t userDayMinorMax = 100'000'000'000;       ///< of one user, through all apps
  std::int64_t appDayMinorMax = 1'000'000'000'000'000;  ///< of one app, by all users
};

/// An answer of payments.request: a result, or a refusal that is itself committed.
struct PayAnswer {
  std::optional<Error> refused;
  nlohmann::json result;
};

/// Money that a user gives away on a day.
struct DaySpend {
  UserId user;
  AppId app;  ///< that collects it; empty: another user does
  std::string currency;
  std::int64_t amountMinor = 0;
  std::int64_t nowMs = 0;
};

/// Counts `spend` against the limits of its day; the caller undoes a refusal with its job.
/// Errors: LimitExceeded   over `limits`.
Result<void> takeOfDay(soci::session& sql, const DaySpend& spend, const SpendLimits& limits);

/// The payment as `call` makes it.
Payment paymentOf(const PaymentCall& call);

/// What the host's wallet is asked to charge for `payment`.
WalletCharge walletChargeOf(const Payment& payment);

/// The payment that answers `call` already, looked for again inside the transaction that would
/// charge.
/// Errors: as findByKey and findByOrder; SignatureInvalid, OrderExpired   the merchant's key was
///         withdrawn, or the order expired, while the sheet was up.
Result<std::optional<Payment>> findEarlier(soci::session& sql, const PaymentCall& call);

/// The whole of a payment by the embedded ledger, in one transaction.
/// Errors: as findEarlier; LimitExceeded   over `limits` of the day.
Result<PayAnswer> payByLedger(soci::session& sql, const PaymentCall& call, const HostKeys& keys,
                              const ReceiptBook& receipts, const SpendLimits& limits = {});

/// The first half of a payment by the host's wallet: the user's yes is written down, and the wallet
/// may be asked. Answers the payment that stands for the call: an earlier one, or `call`'s.
/// Errors: as findEarlier.
Result<Payment> authoriseForWallet(soci::session& sql, const PaymentCall& call);

/// What the wallet said of `paymentId`: its new result for the app. A payment that is decided keeps
/// its outcome, whatever is said later.
/// Errors: Internal   there is no such payment.
Result<nlohmann::json> settleByAnswer(soci::session& sql, const std::string& paymentId,
                                      const ChargeAnswer& answer, const HostKeys& keys,
                                      const ReceiptBook& receipts, std::int64_t nowMs);

/// "paid", "pending", "unknown" or "failed", as payments.status says it.
const char* statusName(PaymentState state);

}  // namespace kiosk::bridge
