#pragma once
// What both sides of the bank's protocol (docs/acquirer.md) read and write: members of JSON by name
// and type, ids, and the reference that ties an answer to what was asked.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::bridge::wire {

inline constexpr std::int64_t kAmountMinorMax = 1'000'000'000'000;
inline constexpr std::size_t kIdBytesMax = 64;

/// Whether `text` is 1 to 64 of A-Za-z0-9._- and not made of dots alone: it stands in a path.
bool isId(std::string_view text);

/// Whether `text` is three upper-case letters.
bool isCurrency(std::string_view text);

/// The string `name` of `object`; null when it is absent or no string. Borrowed from `object`.
const std::string* text(const nlohmann::json& object, const char* name);

/// The whole number `name` of `object` in min..max, written as one: neither 1e2 nor "100".
std::optional<std::int64_t> integer(const nlohmann::json& object, const char* name,
                                    std::int64_t min, std::int64_t max);

/// What a charge is about, as it is asked and as it is answered.
struct ChargeTerms {
  std::int64_t amountMinor = 0;
  std::string currency, merchantId, orderId;
  bool operator==(const ChargeTerms&) const = default;
};

/// What a refund is about.
struct RefundTerms {
  std::string operationId;
  std::int64_t amountMinor = 0;
  std::string currency;
  bool operator==(const RefundTerms&) const = default;
};

/// Hex of SHA-256 over id and terms. The bank keeps it and says it again, so that an answer with
/// other terms is noticed by a reader who has forgotten what was asked.
std::string referenceOf(std::string_view id, const ChargeTerms& terms);
std::string referenceOf(std::string_view id, const RefundTerms& terms);

/// The terms in `object`; none when a member is absent or out of its range.
std::optional<ChargeTerms> chargeTerms(const nlohmann::json& object);
std::optional<RefundTerms> refundTerms(const nlohmann::json& object);

}  // namespace kiosk::bridge::wire
