#pragma once
// What one answer of the bank says, read with suspicion: whatever is not surely an answer to this
// question, in this protocol, about these terms, is Unclear.

#include <kiosk/bridge/acquirer.h>

#include <string>
#include <string_view>

#include "bridge/acquirer/wire.h"

namespace kiosk::bridge {

enum class BankVerdict : std::uint8_t {
  Open,          ///< taken in, not decided
  Carried,       ///< money moved
  Refused,       ///< nothing moved, for good
  RefusedFunds,  ///< the same: the payer's account does not hold enough
  Absent,        ///< the bank does not know the id, yet
  Unclear,       ///< anything else, and nothing at all
};

struct BankReading {
  BankVerdict verdict = BankVerdict::Unclear;
  std::string link = {};        ///< of an open operation; may be empty
  std::string_view why = "ok";  ///< for the operator's log; a literal, nothing of the bank's own
};

/// Reads an answer about the operation `id`. `asked`: the terms that it must have, where the caller
/// knows them; else the answer's own must fit its reference.
BankReading readOperation(const Result<AcquirerReply>& reply, const std::string& id,
                          const wire::ChargeTerms* asked);
/// The same about a refund.
BankReading readRefund(const Result<AcquirerReply>& reply, const std::string& id,
                       const wire::RefundTerms* asked);

/// Whether a link may be handed to a user: an https URL without user info, or the text of an EMV QR
/// code (it begins with 000201); at most 1024 bytes of visible ASCII.
bool isPayLink(std::string_view link);

}  // namespace kiosk::bridge
