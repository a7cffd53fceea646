#include "bridge/payments/refund_token.h"

#include "bridge/payments/token_members.h"

namespace kiosk::bridge {

Result<RefundToken> parseRefundToken(std::string_view token) {
  auto jws = parseJws(token, kRefundTokenType);
  if (!jws) return invalidToken(jws.error().message);
  RefundToken parsed;
  TokenMembers members(jws->payload);
  auto merchantId = members.id("merchantId");
  if (!merchantId) return merchantId.error();
  auto orderId = members.id("orderId");
  if (!orderId) return orderId.error();
  auto reason = members.line("reason", kRefundReasonBytesMax);
  if (!reason || reason->size() > kRefundReasonBytesMax) {
    return invalidToken("reason is not a line of 1 to 200 bytes");
  }
  auto nonce = members.nonce();
  if (!nonce) return nonce.error();
  auto exp = members.expiry();
  if (!exp) return exp.error();
  if (members.has("amountMinor")) {
    auto amount = members.amount();
    if (!amount) return amount.error();
    parsed.amountMinor = *amount;
  }
  if (members.leftOver()) return invalidToken("the refund holds a member that is not known");
  parsed.merchantId = *std::move(merchantId);
  parsed.orderId = *std::move(orderId);
  parsed.reason = *std::move(reason);
  parsed.nonce = *std::move(nonce);
  parsed.expSeconds = *exp;
  parsed.hash = sha256Hex(token);
  parsed.jws = std::move(*jws);
  return parsed;
}

}  // namespace kiosk::bridge
