#pragma once
// Who moves the money. Without a wallet of the host's own, the embedded ledger does it, in one
// transaction with the order and its idempotency key. A host with a bank implements Wallet.
//
//   confirmed ──charge──► paid        the order is paid, a receipt is issued
//       │        └──────► failed      nothing was moved; the order may be tried again
//       └── pending, unknown: stays confirmed; `lookup` is asked when the app asks for the status

#include <kiosk/ids.h>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace kiosk::bridge {

/// One charge. The same `paymentId` twice is the same charge: money moves once.
struct WalletCharge {
  std::string paymentId;  ///< 32 hex digits, unguessable
  UserId user;
  std::string merchantId;
  std::string orderId;
  std::int64_t amountMinor = 0;  ///< 1..10^12
  std::string currency;          ///< ISO 4217
  /// Of a charge by a mandate, 32 hex digits: the user agreed to amount and period before and is
  /// not there now. Empty: the user has just confirmed the charge.
  std::string subscriptionId = {};
};

enum class ChargeOutcome : std::uint8_t {
  Paid,
  Pending,            ///< accepted, the bank has not decided
  Unknown,            ///< no answer came: it may have been carried out
  Declined,           ///< refused for good; nothing was moved
  InsufficientFunds,  ///< nothing was moved
};

/// What a wallet says of a charge. Made of a ChargeOutcome alone where nothing is to be opened.
struct ChargeAnswer {
  ChargeOutcome outcome;
  /// An https URL or the text of a QR code that the user opens to pay; empty when there is none.
  std::string link;

  ChargeAnswer(ChargeOutcome what, std::string opens = {})
      : outcome(what), link(std::move(opens)) {}
  /// For code that has no use for a link.
  operator ChargeOutcome() const { return outcome; }
};

/// Money of a paid charge that goes back, all or a part of it. The same `refundId` twice is the
/// same refund.
struct WalletRefund {
  std::string refundId;  ///< 1 to 64 of A-Za-z0-9._-, unguessable
  std::string paymentId;
  std::int64_t amountMinor = 0;  ///< 1..the charge's amount, less what was refunded before
  std::string currency;          ///< the charge's
};

enum class RefundOutcome : std::uint8_t {
  Succeeded,
  Pending,  ///< accepted, the bank has not decided
  Unknown,  ///< no answer came: it may have been carried out
  Failed,   ///< refused for good; nothing was moved
};

/// Threads: the loop's own.
class Wallet {
 public:
  virtual ~Wallet() = default;
  /// Ways of paying, of "wallet", "sbp" and "card".
  virtual std::vector<std::string> methods() const = 0;
  /// Whether it carries out a charge with a subscriptionId while its user is not there. Of a wallet
  /// that cannot, `payments.subscribe` is unsupported and no mandate charges.
  virtual bool canRecur() const { return false; }
  /// Carries out `charge`; calls `done` once, now or later. The user confirmed payee and amount.
  virtual void charge(const WalletCharge& charge, std::function<void(ChargeAnswer)> done) = 0;
  /// What became of a charge; Declined when it never arrived and never will.
  virtual void lookup(const std::string& paymentId, std::function<void(ChargeAnswer)> done) = 0;
  /// Gives money of a paid charge back; calls `done` once, now or later. A wallet without refunds
  /// fails each.
  virtual void refund(const WalletRefund& refund, std::function<void(RefundOutcome)> done) {
    (void)refund;
    done(RefundOutcome::Failed);
  }
  /// What became of a refund; Failed when it never arrived and never will.
  virtual void lookupRefund(const std::string& refundId, std::function<void(RefundOutcome)> done) {
    (void)refundId;
    done(RefundOutcome::Failed);
  }
};

}  // namespace kiosk::bridge
