#pragma once
// Refunds and fundings that are asked for twice and made once: their ids follow from the key that
// the operator gave.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/ids.h>
#include <kiosk/payments.h>
#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <string>

#include "bridge/payments/refund_book.h"

namespace kiosk::bridge {

/// The refund that `request` asks for, made now or earlier.
/// REQUIRES: its key is one (isIdempotencyKey).
/// Errors: InvalidParams   the key was used for another sum or reason; else as refundOrder.
Result<RefundRow> refundOnce(soci::session& sql, const RefundRequest& request, std::int64_t nowMs);

struct Funding {
  UserId user;
  std::string currency;
  std::int64_t amountMinor = 0;  ///< 1..10^12
  std::string reference;
};

/// Books `funding` from the host's account to the user's, unless it is booked.
/// Errors: InvalidParams   the reference was used for another user, sum or currency.
Result<void> fundOnce(soci::session& sql, const Funding& funding, std::int64_t nowMs);

}  // namespace kiosk::bridge
