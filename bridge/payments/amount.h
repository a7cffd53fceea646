#pragma once
// Amounts are whole minor units of a currency; nothing here or elsewhere holds money in a double.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::bridge {

/// One payment: 1..10^12 minor units, so that no sum of a ledger transaction can overflow.
inline constexpr std::int64_t kAmountMinorMax = 1'000'000'000'000;

/// Digits behind the point of `currency` (ISO 4217, upper case), e.g. 2 for RUB; none for a
/// currency that the host does not deal in.
std::optional<int> currencyExponent(std::string_view currency);

/// Exactly `amountMinor`, e.g. "1 250.00 RUB", "500 JPY". REQUIRES: a known currency.
std::string formatAmount(std::int64_t amountMinor, std::string_view currency);

}  // namespace kiosk::bridge
