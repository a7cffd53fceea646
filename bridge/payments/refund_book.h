#pragma once
// Refunds of captured orders, whole or in part.
//
//   (none) ──► succeeded                    by the embedded ledger, in one transaction
//        └───► pending ──► succeeded | failed | unknown      by the host's wallet, which is asked
//                 ▲  └──── unknown ◄─┘                       until it has answered
//
// What is asked for counts against the order at once, so that no two refunds give back more than
// was paid; a failed one counts no more.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::bridge {

inline constexpr std::size_t kRefundReasonBytesMax = 200;
/// Refunds of one order.
inline constexpr std::int64_t kRefundsPerOrderMax = 100;

enum class RefundState : std::uint8_t { Pending, Unknown, Succeeded, Failed };

/// "pending", "unknown", "succeeded", "failed".
const char* refundStateName(RefundState state);

struct RefundRow {
  std::string id;  ///< 32 hex digits
  std::string merchantId, orderId, paymentId, currency, reason;
  std::int64_t amountMinor = 0;
  RefundState state = RefundState::Pending;
  std::int64_t createdAtMs = 0, updatedAtMs = 0;
};

/// As the partner API and the events show it.
nlohmann::json refundJson(const RefundRow& refund);

struct RefundCall {
  std::string merchantId, orderId;
  std::string refundId;          ///< unguessable, the host's
  std::int64_t amountMinor = 0;  ///< 0: all that is left
  std::string reason;            ///< 0..200 bytes of UTF-8
  std::int64_t nowMs = 0;
};

/// Refunds a captured order. By the embedded ledger it succeeds at once, by the host's wallet it is
/// pending until the wallet has answered.
/// Errors: NotFound            no such order of the merchant.
///         InvalidParams       the reason is too long, or the amount negative.
///         OrderInvalid        it is not captured.
///         AmountMismatch      more than is left to refund.
///         LimitExceeded       the order has kRefundsPerOrderMax refunds.
///         InsufficientFunds   the merchant's account does not hold it.
Result<RefundRow> refundOrder(soci::session& sql, const RefundCall& call);

std::optional<RefundRow> findRefund(soci::session& sql, const std::string& merchantId,
                                    const std::string& refundId);

/// Oldest first; at most kRefundsPerOrderMax.
std::vector<RefundRow> refundsOf(soci::session& sql, const std::string& merchantId,
                                 const std::string& orderId);

/// Open refunds that nobody has touched since `beforeMs`, oldest first, of all merchants; and those
/// touched after `nowMs`, by a clock that was set back since.
std::vector<RefundRow> openRefunds(soci::session& sql, std::int64_t beforeMs, std::int64_t nowMs,
                                   std::int64_t countMax);

/// What the wallet said of an open refund. One that is decided stays so.
void settleRefund(soci::session& sql, const RefundRow& refund, RefundState state,
                  std::int64_t nowMs);

}  // namespace kiosk::bridge
