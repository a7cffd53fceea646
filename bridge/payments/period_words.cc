// The host's words for periods and days. Apart from period.cc, whose arithmetic needs no catalogue.

#include <kiosk/bridge/catalogue.h>

#include <array>
#include <chrono>
#include <cstdio>

#include "bridge/payments/period.h"

namespace kiosk::bridge {

std::string periodWords(const Period& period, const std::string& language) {
  static constexpr std::array<const char*, 3> kEach = {"day", "week", "month"};
  static constexpr std::array<const char*, 3> kEachRu = {"каждый день", "каждую неделю",
                                                         "каждый месяц"};
  static constexpr std::array<const char*, 3> kSomeRu = {"дн.", "нед.", "мес."};
  const auto at = static_cast<std::size_t>(period.unit);
  const std::string number = std::to_string(period.count);
  const bool isOne = period.count == 1;
  const std::string english = isOne ? std::string("every ") + kEach[at]
                                    : "every " + number + " " + periodUnitName(period.unit);
  const std::string russian = isOne ? kEachRu[at] : "раз в " + number + " " + kSomeRu[at];
  return HostWords{english, russian}.in(language);
}

std::string dayWords(std::int64_t atMs, std::string_view language) {
  static constexpr std::array<const char*, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  static constexpr std::array<const char*, 12> kMonthsRu = {
      "января", "февраля", "марта",    "апреля",  "мая",    "июня",
      "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
  const std::chrono::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(atMs)};
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(at)};
  const int year = static_cast<int>(date.year());
  const auto month = static_cast<unsigned>(date.month());
  const auto day = static_cast<unsigned>(date.day());
  const std::string_view first = language.substr(0, language.find('-'));
  std::array<char, 64> text{};
  if (first == "ru") {
    std::snprintf(text.data(), text.size(), "%u %s %d г. (UTC)", day, kMonthsRu[month - 1], year);
  } else if (first == "en") {
    std::snprintf(text.data(), text.size(), "%u %s %d (UTC)", day, kMonths[month - 1], year);
  } else {
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u (UTC)", year, month, day);
  }
  return text.data();
}

}  // namespace kiosk::bridge
