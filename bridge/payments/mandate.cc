#include "bridge/payments/mandate.h"

#include "bridge/payments/jws.h"

namespace kiosk::bridge {
namespace {

nlohmann::json mandateFacts(const Subscription& one) {
  nlohmann::json facts = {
      {"subscriptionId", one.id},
      {"merchantId", one.merchantId},
      {"planId", one.planId},
      {"title", one.title},
      {"payee", one.payee},
      {"payer", one.payer},
      {"amountMinor", one.amountMinor},
      {"currency", one.currency},
      {"period", {{"unit", periodUnitName(one.period.unit)}, {"count", one.period.count}}},
      {"firstChargeAt", one.anchorMs},
      {"createdAt", one.createdAtMs}};
  if (one.periodsMax < kPeriodsMax) facts["maxCharges"] = one.periodsMax;
  return facts;
}

}  // namespace

std::string signMandate(const Subscription& subscription, const std::string& planTokenHash,
                        const HostKeys& keys) {
  nlohmann::json facts = mandateFacts(subscription);
  facts["planTokenHash"] = planTokenHash;
  return signJws(facts, kMandateTokenType, keys.signingKeyId(), keys.signing());
}

bool mandateHolds(const Subscription& subscription, const HostKeys& keys) {
  auto jws = parseJws(subscription.mandate, kMandateTokenType);
  if (!jws) return false;
  if (jws->kid == keys.signingKeyId() && !verifyJws(*jws, bytesOf(keys.signing().publicKey()))) {
    return false;
  }
  jws->payload.erase("planTokenHash");
  return jws->payload == mandateFacts(subscription);
}

nlohmann::json mandateReceipt(const Subscription& subscription) {
  auto jws = parseJws(subscription.mandate, kMandateTokenType);
  if (!jws) return nullptr;
  nlohmann::json receipt = std::move(jws->payload);
  receipt.erase("planTokenHash");
  receipt["token"] = subscription.mandate;
  return receipt;
}

}  // namespace kiosk::bridge
