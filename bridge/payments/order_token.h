#pragma once
// Order tokens: what a merchant's server signs and the host pays, and nothing else can be paid.
//
//   header   {"alg":"EdDSA","kid":"<merchant's key>","typ":"kiosk-order+jwt"}
//   payload  {"merchantId","orderId","amountMinor","currency","items","exp","nonce","payee"?}
//   item     {"title","quantity","amountMinor"}
//
// None of the three may hold another member.
//
// docs/payments.md describes each member for merchants.

#include <kiosk/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/payments/jws.h"

namespace kiosk::bridge {

inline constexpr std::string_view kOrderTokenType = "kiosk-order+jwt";
inline constexpr std::size_t kOrderItemsMax = 100;
/// Orders that the host makes for periods of subscriptions; no merchant's token may name one.
inline constexpr std::string_view kPeriodOrderPrefix = "kiosk-sub-";

struct OrderItem {
  std::string title;             ///< 1..120 characters
  std::int64_t quantity = 0;     ///< 1..1'000'000
  std::int64_t amountMinor = 0;  ///< of the line, not of one piece; 0..10^12
};

struct Order {
  std::string merchantId;        ///< 1..64 of [A-Za-z0-9._-]
  std::string orderId;           ///< 1..64 of [A-Za-z0-9._-], the merchant's own
  std::int64_t amountMinor = 0;  ///< 1..10^12; the sum of the items
  std::string currency;          ///< a code that currencyExponent knows
  std::vector<OrderItem> items;  ///< 1..100
  std::int64_t expSeconds = 0;   ///< since 1970-01-01T00:00:00Z
  std::string nonce;             ///< 16..128 of [A-Za-z0-9_-]
  std::string payee;             ///< the merchant's registered name, or empty
};

/// An order that is well-formed. Believed only after `verifyJws(token, …)` with a key of its
/// merchant.
struct OrderToken {
  Jws jws;
  Order order;
  std::string hash;  ///< SHA-256 of the whole token, hex
};

/// Errors: OrderInvalid     not of the form above; the message names the member and what is
/// allowed.
///         AmountMismatch   the items do not add up to the amount.
Result<OrderToken> parseOrderToken(std::string_view token);

}  // namespace kiosk::bridge
