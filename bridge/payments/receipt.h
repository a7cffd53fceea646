#pragma once
// What payments.request answers, and the host-signed receipt in it.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "bridge/identity/host_keys.h"
#include "bridge/payments/payment_book.h"

namespace kiosk::bridge {

inline constexpr std::string_view kReceiptTokenType = "kiosk-receipt+jwt";

/// Who paid whom, for the receipt.
struct ReceiptParties {
  std::string payee;  ///< the merchant's registered name
  std::string payer;  ///< pairwise id
};

/// {"status":…, "paymentId":…} without a receipt.
nlohmann::json statusResult(std::string_view status, const std::string& paymentId);

/// {"status":"paid", "paymentId":…, "receipt":{…, "token":<JWS by the host>}}.
nlohmann::json paidResult(const Payment& payment, const ReceiptParties& parties,
                          std::int64_t paidAtMs, const HostKeys& keys);

}  // namespace kiosk::bridge
