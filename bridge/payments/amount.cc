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

constexpr std::string_view kNoBreakSpace = "\u00a0";
constexpr std::string_view kNarrowNoBreakSpace = "\u202f";

/// How people of a language write money, by CLDR. A currency has its ISO code, which no other one
/// shares, but for the one that a language's people call by its sign.
struct MoneyStyle {
  std::string_view language;
  std::string_view group, decimal;
  bool currencyFirst;
  std::string_view ownCurrency, ownSign;
};

constexpr MoneyStyle kMoneyStyles[] = {
    {"en", ",", ".", true, "", ""},
    {"ru", kNoBreakSpace, ",", false, "RUB", "₽"},
    {"de", ".", ",", false, "EUR", "€"},
    {"fr", kNarrowNoBreakSpace, ",", false, "EUR", "€"},
};

// Neither sign of it is the other one in some language. The code is first: digits after Latin
// letters go on from left to right, also in a line from right to left.
constexpr MoneyStyle kNeutralStyle = {"", kNoBreakSpace, ".", true, "", ""};

const MoneyStyle& moneyStyleOf(std::string_view language) {
  const std::string_view first = language.substr(0, language.find('-'));
  for (const MoneyStyle& style : kMoneyStyles) {
    if (style.language == first) return style;
  }
  return kNeutralStyle;
}

}  // namespace

std::optional<int> currencyExponent(std::string_view currency) {
  for (const Currency& known : kCurrencies) {
    if (known.code == currency) return known.exponent;
  }
  return std::nullopt;
}

std::string formatAmount(std::int64_t amountMinor, std::string_view currency,
                         std::string_view language) {
  const auto exponent = currencyExponent(currency);
  KIOSK_CHECK(exponent.has_value(), "an amount is shown in a known currency");
  KIOSK_CHECK(amountMinor >= 0, "an amount that is shown is not negative");
  const MoneyStyle& style = moneyStyleOf(language);
  std::string digits = std::to_string(amountMinor);
  const auto fraction = static_cast<std::size_t>(*exponent);
  if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
  std::string number = digits.substr(0, digits.size() - fraction);
  for (std::size_t at = number.size(); at > 3; at -= 3) number.insert(at - 3, style.group);
  if (fraction > 0) number.append(style.decimal).append(digits, digits.size() - fraction);
  const std::string sign(currency == style.ownCurrency ? style.ownSign : currency);
  const std::string between(kNoBreakSpace);
  return style.currencyFirst ? sign + between + number : number + between + sign;
}

}  // namespace kiosk::bridge
