#include "bridge/payments/period.h"

#include <array>
#include <chrono>

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

}  // namespace kiosk::bridge
