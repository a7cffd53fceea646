#include "bridge/payments/receipt.h"

#include "bridge/payments/jws.h"

namespace kiosk::bridge {

nlohmann::json statusResult(std::string_view status, const std::string& paymentId) {
  return {{"status", status}, {"paymentId", paymentId}};
}

nlohmann::json paidResult(const Payment& payment, const ReceiptParties& parties,
                          std::int64_t paidAtMs, const HostKeys& keys) {
  nlohmann::json receipt = {{"paymentId", payment.id},
                            {"orderId", payment.orderId},
                            {"amountMinor", payment.amountMinor},
                            {"currency", payment.currency},
                            {"payee", parties.payee},
                            {"payer", parties.payer},
                            {"paidAt", paidAtMs}};
  nlohmann::json signedFacts = receipt;
  signedFacts["merchantId"] = payment.merchantId;
  receipt["token"] = signJws(signedFacts, kReceiptTokenType, keys.signingKeyId(), keys.signing());
  nlohmann::json result = statusResult("paid", payment.id);
  result["receipt"] = std::move(receipt);
  return result;
}

}  // namespace kiosk::bridge
