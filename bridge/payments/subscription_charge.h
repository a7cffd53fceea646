#pragma once
// What is charged by a mandate, when, and what follows.
//
//   due ──► the newest period that has begun becomes an order of its own, kiosk-sub-<id>-<period>
//             │      by the embedded ledger: charged or failed in the same transaction
//             └────► by the host's wallet: authorised, asked, settled when it has answered
//
// The order's id is made of subscription and period, an order is paid once, and a period is noted
// as charged once: no crash, repetition or step of the clock charges one period twice. Periods that
// went by while the host was away are not made up for: the newest one alone is charged. A clock
// that is set back charges nothing until the next period begins by it.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/result.h>
#include <soci/soci.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "bridge/identity/host_keys.h"
#include "bridge/payments/payment_book.h"
#include "bridge/payments/settlement.h"
#include "bridge/payments/subscription_book.h"
#include "bridge/receipts/receipt_book.h"

namespace kiosk::bridge {

/// How long after a failed charge it is tried again: 1, 3 and 7 days after the first. A period that
/// begins earlier takes over.
inline constexpr std::array<std::int64_t, 3> kChargeRetryMs = {1 * kDayLengthMs, 2 * kDayLengthMs,
                                                               4 * kDayLengthMs};
/// How long the order of a period may be paid.
inline constexpr std::int64_t kPeriodOrderSeconds = std::int64_t{30} * 24 * 3600;

enum class Collector : std::uint8_t {
  Ledger,  ///< the embedded one
  Wallet,  ///< the host's, which can charge without its user
  Nobody,  ///< the host's wallet cannot: each charge fails
};

/// All borrowed, for the call.
struct CollectParts {
  const HostKeys& keys;
  const ReceiptBook& receipts;
  Collector collector = Collector::Ledger;
  SpendLimits limits = {};
};

/// Who collects by mandates for a host with `wallet`; null: the embedded ledger.
Collector collectorFor(const Wallet* wallet);

/// What came of one attempt.
struct Attempt {
  std::optional<Error> refused;    ///< why it failed at once
  std::optional<Payment> toAsk;    ///< to hand to the wallet after the commit
  std::optional<Subscription> is;  ///< the subscription now; none when there is none
};

/// The id of the order of one period.
std::string periodOrderId(const std::string& subscriptionId, std::int64_t period);
/// Whether the order is one that periodOrderId made.
bool isPeriodOrder(const std::string& orderId);
/// The subscription that such an order is of.
std::string subscriptionOfOrder(const std::string& orderId);

/// Settles what the wallet has decided of the subscription's open payment, or else charges the
/// newest period, if one is due. `paymentId` is fresh and unguessable.
Attempt collect(soci::session& sql, const std::string& subscriptionId, const std::string& paymentId,
                const CollectParts& parts, std::int64_t nowMs);

/// Brings the subscription up to date whose period `paymentId` pays, if it is of one and decided.
void settleSubscriptionOf(soci::session& sql, const std::string& paymentId,
                          const CollectParts& parts, std::int64_t nowMs);

}  // namespace kiosk::bridge
