#pragma once
// What one payment may be. How an amount is shown: <kiosk/bridge/amount.h>.

#include <kiosk/bridge/amount.h>

#include <cstdint>

namespace kiosk::bridge {

/// One payment: 1..10^12 minor units, so that no sum of a ledger transaction can overflow.
inline constexpr std::int64_t kAmountMinorMax = 1'000'000'000'000;

}  // namespace kiosk::bridge
