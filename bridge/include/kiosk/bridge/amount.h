#pragma once
// Money as a host's screens show it. Amounts are whole minor units of a currency; nothing here or
// elsewhere holds money in a double.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::bridge {

/// Digits behind the point of `currency` (ISO 4217, upper case), e.g. 2 for RUB; none for a
/// currency that the host does not deal in. Threads: any.
std::optional<int> currencyExponent(std::string_view currency);

/// Exactly `amountMinor` as people of `language` (BCP 47; its first part decides) write it, in
/// UTF-8 and without a place where a line may break: ru "1 250,00 ₽", en "RUB 1,250.00", de
/// "1.250,00 RUB"; for a language that it does not know "RUB 1 250.00". In a line from right to
/// left the latter reads the same, without marks of direction. Threads: any.
/// REQUIRES: `amountMinor` is not negative, and currencyExponent knows `currency`.
std::string formatAmount(std::int64_t amountMinor, std::string_view currency,
                         std::string_view language);

}  // namespace kiosk::bridge
