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

std::string dayWords(std::int64_t atMs) {
  const std::chrono::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(atMs)};
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(at)};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u (UTC)", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text.data();
}

}  // namespace kiosk::bridge
