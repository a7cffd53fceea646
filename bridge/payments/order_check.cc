#include "bridge/payments/order_check.h"

#include <algorithm>
#include <string_view>

#include "bridge/payments/order_rules.h"
#include "runtime/base/crypto.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr std::string_view kRequestMethod = "payments.request";

}  // namespace

bool isIdempotencyKey(const std::string& key) {
  return !key.empty() && key.size() <= kIdempotencyKeyBytesMax &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

Result<std::string> paramsHashOf(const nlohmann::json& params) {
  const auto canonical = canonicalJson(params);
  if (!canonical) return canonical.error();
  return sha256Hex(std::string(kRequestMethod) + "\n" + *canonical);
}

Result<KnownOrder> lookUpOrder(soci::session& sql, const PaymentCall& call) {
  KnownOrder known;
  known.byKey = findByKey(sql, call);
  known.byOrder = findByOrder(sql, call);
  known.merchant = findMerchant(sql, call.order.merchantId, call.kid);
  return known;
}

Result<std::optional<nlohmann::json>> decideOrder(const KnownOrder& known, const OrderToken& token,
                                                  const PaymentsDeclaration& declared,
                                                  std::int64_t nowMs) {
  if (!known.byKey) return known.byKey.error();
  if (*known.byKey) return std::optional((**known.byKey).result);
  auto sound = checkOrder(token, known.merchant, declared, nowMs);
  const bool expired = !sound && sound.error().code == ErrorCode::OrderExpired;
  if (!sound && !expired) return sound.error();
  if (!known.byOrder) return known.byOrder.error();
  if (*known.byOrder) return std::optional((**known.byOrder).result);
  if (expired) return sound.error();
  return std::optional<nlohmann::json>();
}

}  // namespace kiosk::bridge
