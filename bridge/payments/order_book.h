#pragma once
// Orders as the store keeps them and as a merchant's server sees them. order_state.h draws the
// states. Each move along an arrow writes its event into the outbox in the same transaction, but
// for `authorised`, which a merchant has no use for.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bridge/payments/order_state.h"
#include "bridge/payments/order_token.h"

namespace kiosk::bridge {

/// Orders that one call reads.
inline constexpr std::int64_t kOrdersPageMax = 100;

struct OrderRow {
  std::string merchantId, orderId;
  OrderState state = OrderState::Created;
  std::string currency;
  std::int64_t amountMinor = 0;
  std::int64_t refundedMinor = 0;  ///< 0..amountMinor; refunds that did not fail
  std::string appId;               ///< through which it is paid; empty before
  std::string payer;               ///< pairwise id; empty before it is captured
  std::string paymentId;           ///< of the last attempt; empty before
  std::string receipt;             ///< JWS of type kiosk-receipt+jwt; empty before captured
  std::int64_t createdAtMs = 0, updatedAtMs = 0, expiresAtMs = 0;
};

/// As the partner API and the events show it: {"orderId","state","amountMinor",…}; what is empty
/// is left out.
nlohmann::json orderJson(const OrderRow& order);

/// Writes a signed order down before anyone pays it. The same token again answers the same row.
/// REQUIRES: the signature was checked.
/// Errors: OrderExpired     too late already.
///         DuplicateOrder   the order's id was used with another token.
Result<OrderRow> registerOrder(soci::session& sql, const OrderToken& token, std::int64_t nowMs);

std::optional<OrderRow> findOrder(soci::session& sql, const std::string& merchantId,
                                  const std::string& orderId);

/// Newest first; those that are older than `beforeOrderId` when that is not empty.
/// Errors: NotFound   `beforeOrderId` is not an order of the merchant.
Result<std::vector<OrderRow>> listOrders(soci::session& sql, const std::string& merchantId,
                                         const std::string& beforeOrderId, std::int64_t countMax);

/// Errors: NotFound         no such order.
///         DuplicateOrder   it is paid or being paid: refund it instead.
///         OrderExpired     nobody can pay it any more.
/// A cancelled order again answers the same row.
Result<OrderRow> cancelOrder(soci::session& sql, const std::string& merchantId,
                             const std::string& orderId, std::int64_t nowMs);

/// Moves orders that nobody paid in time to `expired`, up to `countMax`. Answers how many.
std::int64_t expireOrders(soci::session& sql, std::int64_t nowMs, std::int64_t countMax);

/// Moves an order along one arrow and writes its event; a checked bug where there is no arrow.
void moveOrder(soci::session& sql, const std::string& merchantId, const std::string& orderId,
               OrderState to, std::int64_t nowMs);

/// Takes the next number of the order's events.
std::int64_t nextEventNumber(soci::session& sql, const std::string& merchantId,
                             const std::string& orderId);

}  // namespace kiosk::bridge
