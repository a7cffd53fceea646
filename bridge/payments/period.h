#pragma once
// When a subscription is charged, in UTC. Period k begins at anchor + k periods; k is counted from
// 0, and always from the anchor, so that a clamped month loses no day for those after it:
//
//   anchor 31 January, monthly: 31 Jan · 28 Feb · 31 Mar · 30 Apr · …

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::bridge {

/// Periods of one subscription; after them it ends.
inline constexpr std::int64_t kPeriodsMax = 10'000;
inline constexpr std::int64_t kDayLengthMs = std::int64_t{24} * 3'600'000;

enum class PeriodUnit : std::uint8_t { Days, Weeks, Months };

/// "days", "weeks", "months".
const char* periodUnitName(PeriodUnit unit);
std::optional<PeriodUnit> periodUnitOf(std::string_view name);
/// How many of `unit` one period may have: 366, 52, 12.
std::int64_t periodCountMax(PeriodUnit unit);

struct Period {
  PeriodUnit unit = PeriodUnit::Months;
  std::int64_t count = 1;  ///< 1..periodCountMax
};

/// When period `index` (0..kPeriodsMax) begins, in milliseconds since 1970. Grows with `index`.
std::int64_t periodStartMs(std::int64_t anchorMs, const Period& period, std::int64_t index);

/// The newest of the periods `from`..kPeriodsMax that has begun by `nowMs`; `from` when none has.
std::int64_t periodAt(std::int64_t anchorMs, const Period& period, std::int64_t from,
                      std::int64_t nowMs);

/// As a consent sheet says it in `language`: "every month", "every 2 weeks", "каждый день".
std::string periodWords(const Period& period, const std::string& language);

/// As a consent sheet says it in `language`: en "27 November 2026 (UTC)", ru "27 ноября 2026 г.
/// (UTC)"; for another language "2026-11-27 (UTC)".
std::string dayWords(std::int64_t atMs, std::string_view language);

}  // namespace kiosk::bridge
