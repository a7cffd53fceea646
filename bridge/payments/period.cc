#include "bridge/payments/period.h"

#include <kiosk/bridge/catalogue.h>

#include <array>
#include <chrono>
#include <cstdio>

namespace kiosk::bridge {
namespace {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

constexpr std::array kUnitNames = {"days", "weeks", "months"};
constexpr std::array<std::int64_t, 3> kUnitCountsMax = {366, 52, 12};

std::int64_t monthsLater(std::int64_t atMs, std::int64_t months) {
  const WallTime at{std::chrono::milliseconds(atMs)};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day from{day};
  auto to = from + std::chrono::months(months);
  if (!to.ok()) to = to.year() / to.month() / std::chrono::last;
  return (WallTime(std::chrono::sys_days(to)) + (at - day)).time_since_epoch().count();
}

}  // namespace

const char* periodUnitName(PeriodUnit unit) { return kUnitNames[static_cast<std::size_t>(unit)]; }

std::optional<PeriodUnit> periodUnitOf(std::string_view name) {
  for (std::size_t i = 0; i < kUnitNames.size(); ++i) {
    if (kUnitNames[i] == name) return static_cast<PeriodUnit>(i);
  }
  return std::nullopt;
}

std::int64_t periodCountMax(PeriodUnit unit) {
  return kUnitCountsMax[static_cast<std::size_t>(unit)];
}

std::int64_t periodStartMs(std::int64_t anchorMs, const Period& period, std::int64_t index) {
  const std::int64_t units = index * period.count;
  switch (period.unit) {
    case PeriodUnit::Days:
      return anchorMs + units * kDayLengthMs;
    case PeriodUnit::Weeks:
      return anchorMs + units * 7 * kDayLengthMs;
    case PeriodUnit::Months:
      return monthsLater(anchorMs, units);
  }
  return anchorMs;
}

std::int64_t periodAt(std::int64_t anchorMs, const Period& period, std::int64_t from,
                      std::int64_t nowMs) {
  std::int64_t begun = from, after = kPeriodsMax + 1;
  while (after - begun > 1) {
    const std::int64_t middle = begun + (after - begun) / 2;
    (periodStartMs(anchorMs, period, middle) <= nowMs ? begun : after) = middle;
  }
  return begun;
}

std::string periodWords(const Period& period, const std::string& language) {
  static constexpr std::array<const char*, 3> kEach = {"day", "week", "month"};
  static constexpr std::array<const char*, 3> kEachRu = {"каждый день", "каждую неделю",
                                                         "каждый месяц"};
  static constexpr std::array<const char*, 3> kSomeRu = {"дн.", "нед.", "мес."};
  const auto at = static_cast<std::size_t>(period.unit);
  const std::string number = std::to_string(period.count);
  const bool isOne = period.count == 1;
  const std::string english =
      isOne ? std::string("every ") + kEach[at] : "every " + number + " " + kUnitNames[at];
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
  const WallTime at{std::chrono::milliseconds(atMs)};
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
