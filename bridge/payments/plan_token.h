#pragma once
// Plan tokens: what a merchant's server signs and a user subscribes to.
//
//   header   {"alg":"EdDSA","kid":"<merchant's key>","typ":"kiosk-plan+jwt"}
//   payload  {"merchantId","planId","title","amountMinor","currency","period","exp","nonce",
//             "trialDays"?,"maxCharges"?,"payee"?}
//   period   {"unit":"days"|"weeks"|"months","count"}
//
// None of the three may hold another member. docs/payments.md describes each for merchants.

#include <kiosk/result.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "bridge/payments/jws.h"
#include "bridge/payments/period.h"

namespace kiosk::bridge {

inline constexpr std::string_view kPlanTokenType = "kiosk-plan+jwt";
inline constexpr std::int64_t kTrialDaysMax = 366;

struct Plan {
  std::string merchantId;        ///< 1..64 of [A-Za-z0-9._-]
  std::string planId;            ///< 1..64 of [A-Za-z0-9._-], the merchant's own
  std::string title;             ///< 1..120 characters
  std::int64_t amountMinor = 0;  ///< of each period; 1..10^12
  std::string currency;          ///< a code that currencyExponent knows
  Period period;
  std::int64_t trialDays = 0;   ///< before the first charge; 0..366
  std::int64_t maxCharges = 0;  ///< 1..kPeriodsMax; 0: until it is cancelled
  std::int64_t expSeconds = 0;  ///< since 1970-01-01T00:00:00Z; to subscribe by
  std::string nonce;            ///< 16..128 of [A-Za-z0-9_-]
  std::string payee;            ///< the merchant's registered name, or empty
};

/// A plan that is well-formed. Believed only after `verifyJws(token, …)` with a key of its
/// merchant.
struct PlanToken {
  Jws jws;
  Plan plan;
  std::string hash;  ///< SHA-256 of the whole token, hex
};

/// Errors: OrderInvalid   not of the form above; the message names the member and what is allowed.
Result<PlanToken> parsePlanToken(std::string_view token);

}  // namespace kiosk::bridge
