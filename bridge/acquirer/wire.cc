#include "bridge/acquirer/wire.h"

#include <algorithm>
#include <initializer_list>

#include "runtime/base/crypto.h"

namespace kiosk::bridge::wire {
namespace {

/// No part can hold the line's end that stands between them, so no two lists give one text.
std::string digestOf(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const auto part : parts) all.append(part).push_back('\n');
  return sha256Hex(all);
}

const std::string* idIn(const nlohmann::json& object, const char* name) {
  const auto* value = text(object, name);
  return value != nullptr && isId(*value) ? value : nullptr;
}

}  // namespace

bool isId(std::string_view text) {
  const auto isAllowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= kIdBytesMax &&
         std::all_of(text.begin(), text.end(), isAllowed) &&
         text.find_first_not_of('.') != std::string_view::npos;
}

bool isCurrency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

const std::string* text(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

std::optional<std::int64_t> integer(const nlohmann::json& object, const char* name,
                                    std::int64_t min, std::int64_t max) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  if (found->is_number_unsigned() &&
      found->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
    return std::nullopt;
  }
  const auto number = found->get<std::int64_t>();
  if (number < min || number > max) return std::nullopt;
  return number;
}

std::string referenceOf(std::string_view id, const ChargeTerms& terms) {
  return digestOf({"charge", id, std::to_string(terms.amountMinor), terms.currency,
                   terms.merchantId, terms.orderId});
}

std::string referenceOf(std::string_view id, const RefundTerms& terms) {
  return digestOf(
      {"refund", id, terms.operationId, std::to_string(terms.amountMinor), terms.currency});
}

std::optional<ChargeTerms> chargeTerms(const nlohmann::json& object) {
  const auto amount = integer(object, "amountMinor", 1, kAmountMinorMax);
  const auto* currency = text(object, "currency");
  const auto* merchant = idIn(object, "merchantId");
  const auto* order = idIn(object, "orderId");
  if (!amount || currency == nullptr || !isCurrency(*currency) || merchant == nullptr ||
      order == nullptr) {
    return std::nullopt;
  }
  return ChargeTerms{*amount, *currency, *merchant, *order};
}

std::optional<RefundTerms> refundTerms(const nlohmann::json& object) {
  const auto* operation = idIn(object, "operationId");
  const auto amount = integer(object, "amountMinor", 1, kAmountMinorMax);
  const auto* currency = text(object, "currency");
  if (operation == nullptr || !amount || currency == nullptr || !isCurrency(*currency)) {
    return std::nullopt;
  }
  return RefundTerms{*operation, *amount, *currency};
}

}  // namespace kiosk::bridge::wire
