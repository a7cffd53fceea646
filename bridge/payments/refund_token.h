#pragma once
// Refund tokens: with one a mini-app passes on that its merchant gives money back.
//
//   header   {"alg":"EdDSA","kid":"<merchant's key>","typ":"kiosk-refund+jwt"}
//   payload  {"merchantId","orderId","exp","nonce","reason","amountMinor"?}
//
// A token makes one refund: the same one again answers that refund.

#include <kiosk/ids.h>
#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "bridge/identity/host_keys.h"
#include "bridge/payments/jws.h"
#include "bridge/payments/refund_book.h"

namespace kiosk::bridge {

inline constexpr std::string_view kRefundTokenType = "kiosk-refund+jwt";
inline constexpr std::string_view kRefundReceiptType = "kiosk-refund-receipt+jwt";
/// A used token is remembered for so long after it has expired, should the clock be set back.
inline constexpr std::int64_t kRefundTokenKeptMs = std::int64_t{24} * 3'600'000;

struct RefundToken {
  Jws jws;
  std::string merchantId, orderId;
  std::int64_t amountMinor = 0;  ///< 0: all that is left
  std::string reason;            ///< one line, 1..200 bytes
  std::int64_t expSeconds = 0;
  std::string nonce;
  std::string hash;  ///< SHA-256 of the whole token, hex
};

/// Errors: OrderInvalid   not of the form above; the message names the member and what is allowed.
Result<RefundToken> parseRefundToken(std::string_view token);

/// Who hands a token in, and when.
struct RefundTokenCall {
  UserId user;
  AppId app;
  std::string refundId;  ///< unguessable, for a new refund
  std::int64_t nowMs = 0;
};

/// Refunds as `token` says, once. All functions from here on run inside a job of the store.
/// Errors: as refundOrder; MerchantUnknown    the host has not registered the merchant.
///         SignatureInvalid   not signed by a key of the merchant's.
///         OrderExpired       `exp` has passed.
///         DuplicateOrder     the nonce was used with another token.
///         NotFound           no order of this user through this app.
Result<RefundRow> refundByToken(soci::session& sql, const RefundToken& token,
                                const RefundTokenCall& call);

/// Forgets up to `countMax` tokens that have expired long enough ago.
void purgeRefundTokens(soci::session& sql, std::int64_t nowMs, std::int64_t countMax);

/// {"refundId", "status", …} with a receipt signed by the host once the refund has succeeded.
nlohmann::json refundResult(const RefundRow& refund, const HostKeys& keys);

}  // namespace kiosk::bridge
