#include "bridge/payments/amount.h"

#include <kiosk/check.h>

namespace kiosk::bridge {
namespace {

struct Currency {
  std::string_view code;
  int exponent;
};

// ISO 4217, the ones that hosts asked for.
constexpr Currency kCurrencies[] = {
    {"AED", 2}, {"AMD", 2}, {"AZN", 2}, {"BHD", 3}, {"BYN", 2}, {"CNY", 2}, {"EUR", 2},
    {"GBP", 2}, {"GEL", 2}, {"INR", 2}, {"JPY", 0}, {"KGS", 2}, {"KRW", 0}, {"KWD", 3},
    {"KZT", 2}, {"RUB", 2}, {"TJS", 2}, {"TRY", 2}, {"USD", 2}, {"UZS", 2}, {"VND", 0},
};

}  // namespace

std::optional<int> currencyExponent(std::string_view currency) {
  for (const Currency& known : kCurrencies) {
    if (known.code == currency) return known.exponent;
  }
  return std::nullopt;
}

std::string formatAmount(std::int64_t amountMinor, std::string_view currency) {
  const auto exponent = currencyExponent(currency);
  KIOSK_CHECK(exponent.has_value(), "an amount is shown in a known currency");
  const bool negative = amountMinor < 0;
  // The magnitude as unsigned, for the least integer has no positive of its own.
  const auto bits = static_cast<std::uint64_t>(amountMinor);
  std::string digits = std::to_string(negative ? 0 - bits : bits);
  const auto fraction = static_cast<std::size_t>(*exponent);
  if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
  std::string text = digits.substr(0, digits.size() - fraction);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ' ');
  if (fraction > 0) text += "." + digits.substr(digits.size() - fraction);
  return (negative ? "-" : "") + text + " " + std::string(currency);
}

}  // namespace kiosk::bridge
