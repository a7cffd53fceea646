// Goal: a sum on a sheet is exact and reads as people of the sheet's language write sums. Method:
// the words of each language that the host knows, as CLDR has them, and of some that it does not.

#include "bridge/payments/amount.h"

#include <doctest/doctest.h>

#include <chrono>
#include <limits>
#include <string>

#include "bridge/payments/period.h"
#include "runtime/base/encoding.h"

namespace kiosk::bridge {
namespace {

/// With the spaces that do not break a line as "_", and the narrow ones as "'".
std::string spaced(std::int64_t amountMinor, const char* currency, const char* language) {
  std::string text = formatAmount(amountMinor, currency, language);
  const auto replaceAll = [&text](const std::string& what, const char* with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what)) {
      text.replace(at, what.size(), with);
    }
  };
  replaceAll("\u00a0", "_");
  replaceAll("\u202f", "'");
  return text;
}

TEST_CASE("amounts: each language has its own signs, its own place of the currency") {
  CHECK(spaced(125000, "RUB", "ru") == "1_250,00_₽");
  CHECK(spaced(125000, "EUR", "ru") == "1_250,00_EUR");
  CHECK(spaced(125000, "RUB", "en") == "RUB_1,250.00");
  CHECK(spaced(125000, "EUR", "en-GB") == "EUR_1,250.00");
  CHECK(spaced(125000, "RUB", "de") == "1.250,00_RUB");
  CHECK(spaced(125000, "EUR", "de-AT") == "1.250,00_€");
  CHECK(spaced(125000, "EUR", "fr") == "1'250,00_€");
  CHECK(spaced(125000, "RUB", "fr-FR") == "1'250,00_RUB");
}

TEST_CASE("amounts: a language that the host does not know has a form that none misreads") {
  for (const char* language : {"", "ar", "he", "zh-Hant", "rus", "e", "-ru"}) {
    CHECK_MESSAGE(spaced(123456789, "RUB", language) == "RUB_1_234_567.89", language);
  }
}

TEST_CASE("amounts: shown exactly, in groups of three and by the currency's exponent") {
  CHECK(spaced(0, "RUB", "ru") == "0,00_₽");
  CHECK(spaced(1, "RUB", "ru") == "0,01_₽");
  CHECK(spaced(10, "RUB", "en") == "RUB_0.10");
  CHECK(spaced(100, "RUB", "en") == "RUB_1.00");
  CHECK(spaced(99999, "RUB", "en") == "RUB_999.99");
  CHECK(spaced(100000, "RUB", "en") == "RUB_1,000.00");
  CHECK(spaced(kAmountMinorMax, "RUB", "ru") == "10_000_000_000,00_₽");
  CHECK(spaced(500, "JPY", "ru") == "500_JPY");
  CHECK(spaced(1234567, "JPY", "de") == "1.234.567_JPY");
  CHECK(spaced(1500, "KWD", "en") == "KWD_1.500");
  CHECK(spaced(5, "KWD", "ru") == "0,005_KWD");
  CHECK(spaced(std::numeric_limits<std::int64_t>::max(), "JPY", "en") ==
        "JPY_9,223,372,036,854,775,807");
  CHECK(!currencyExponent("RUR"));
  CHECK(!currencyExponent("rub"));
}

TEST_CASE("amounts: a sheet shows them as they are, with nothing to escape") {
  for (const char* language : {"ru", "en", "de", "fr", "ar"}) {
    const std::string text = formatAmount(kAmountMinorMax, "EUR", language);
    CHECK(printable(text, text.size()) == text);
    CHECK(text.find(' ') == std::string::npos);
  }
}

TEST_CASE("days: in words of the sheet's language, in UTC") {
  using namespace std::chrono;
  const auto msOfDay = [](int year, unsigned month, unsigned day) {
    const sys_days at = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    return duration_cast<milliseconds>(at.time_since_epoch()).count();
  };
  CHECK(dayWords(msOfDay(2026, 11, 27), "en-GB") == "27 November 2026 (UTC)");
  CHECK(dayWords(msOfDay(2026, 11, 27), "ru") == "27 ноября 2026 г. (UTC)");
  CHECK(dayWords(msOfDay(2026, 11, 27), "de") == "2026-11-27 (UTC)");
  CHECK(dayWords(msOfDay(2027, 1, 1) - 1, "ru-RU") == "31 декабря 2026 г. (UTC)");
  CHECK(dayWords(msOfDay(2027, 1, 1), "en") == "1 January 2027 (UTC)");
}

}  // namespace
}  // namespace kiosk::bridge
