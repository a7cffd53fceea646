#include "bridge/receipts/receipt.h"

#include <array>

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 4> kKindNames = {"grant", "refusal", "revocation",
                                                        "payment"};

}  // namespace

std::string_view receiptKindName(ReceiptKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

std::optional<ReceiptKind> receiptKindFromName(std::string_view name) {
  for (std::size_t i = 0; i < kKindNames.size(); ++i) {
    if (kKindNames[i] == name) return static_cast<ReceiptKind>(i);
  }
  return std::nullopt;
}

json inheritedBody(const json& payload) {
  json body = json::object();
  for (const char* member :
       {"principal", "app", "controller", "purpose", "dataCategories", "language"}) {
    if (payload.contains(member)) body[member] = payload[member];
  }
  return body;
}

}  // namespace kiosk::bridge
