#pragma once
// Payments alone, for a server of the operator's own: no mini-apps, no JavaScript, no event loop of
// the caller's.
//
//   auto payments = kiosk::Payments::open({.dataDir = "/var/lib/shop"});
//   auto order    = (*payments)->read(orderToken, "en");        // what the screen shows
//   auto paid     = (*payments)->pay({orderToken, user, key,    // what the user said yes to
//                                     {order->amountMinor, order->currency, order->payee}});
//
// It links kiosk::payments. A payment passes the same checks and books as one of a mini-app, and
// `kiosk serve-api`, `send-events` and `ledger verify` work on the same data folder beside it. Who
// the user is, and that this user has confirmed, is the operator's to know
// (docs/payments-module.md).

#include <kiosk/bridge/merchant.h>
#include <kiosk/bridge/payments_provider.h>
#include <kiosk/clock.h>
#include <kiosk/executor.h>
#include <kiosk/ids.h>
#include <kiosk/result.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// Payments that are under way at once; one more is refused with `busy`.
inline constexpr std::size_t kPaymentsAtOnceMax = 1024;
/// Bytes of a user's id and of the channel's name.
inline constexpr std::size_t kPaymentsNameBytesMax = 128;

struct PaymentsConfig {
  /// Holds kiosk.db and keys/; made with mode 0700 when absent.
  std::string dataDir;
  /// Through what users pay, as an app's id is in a host of mini-apps; 1 to 128 of A-Za-z0-9._-.
  /// It is part of what an idempotency key and a payer's id stand for: give it once.
  std::string channel = "payments";
  /// Moves the money. Borrowed, outlives the payments; null: the embedded ledger.
  bridge::Wallet* wallet = nullptr;
  /// Called first and last on the thread that the wallet is used on, with the loop of that thread:
  /// bridge::Acquirer::attached and detached. May be empty. After `ending` nothing may use the
  /// loop.
  std::function<void(Executor&)> started = nullptr;
  std::function<void()> ending = nullptr;
  /// How long `pay` waits for the wallet before it says `Unknown`; 1 ms to 10 minutes.
  std::chrono::milliseconds answerTimeMax{30'000};
  /// Borrowed; null: the system's.
  Clock* clock = nullptr;
  Random* random = nullptr;
};

/// What a signed order asks for: what the operator's screen shows.
struct PayableOrder {
  std::string merchantId, orderId;
  std::string payee;             ///< as the merchant is registered
  std::int64_t amountMinor = 0;  ///< 1..10^12
  std::string currency;          ///< ISO 4217
  std::string amountText;        ///< as people of the language write it, e.g. "RUB 1,250.00"
  std::vector<std::string> items;
};

/// What the user has said yes to.
struct Confirmation {
  std::int64_t amountMinor = 0;
  std::string currency, payee;
};

struct PayRequest {
  std::string orderToken;      ///< as the merchant signed it
  UserId user;                 ///< who pays: 1 to 128 bytes of UTF-8; the operator knows it is them
  std::string idempotencyKey;  ///< 1 to 128 of visible ASCII; the same: the same answer
  Confirmation confirmed;
};

enum class PayStatus : std::uint8_t {
  Paid,
  Pending,  ///< the bank has not decided
  Failed,   ///< nothing was moved
  Unknown,  ///< no answer came: `order` tells it when the caretaker has asked
};
/// "paid", "pending", "failed", "unknown".
std::string_view payStatusName(PayStatus status);

struct PayOutcome {
  PayStatus status = PayStatus::Unknown;
  std::string paymentId;   ///< 32 hex digits; empty when it is not known
  nlohmann::json receipt;  ///< of a paid one, as payments.request answers it; else null
};

struct RefundRequest {
  std::string merchantId, orderId;
  std::string idempotencyKey;    ///< as of PayRequest, for refunds of the order
  std::int64_t amountMinor = 0;  ///< 0: all that is left
  std::string reason;            ///< 0 to 200 bytes of UTF-8
};

/// Payments over one data folder. Expires orders, asks the wallet about what is open and charges
/// due subscriptions by itself, every 30 seconds.
///
/// Threads: any, and each call waits for the disk, `pay` and `care` for the wallet too; never from
/// within the wallet, `started` or `ending`. No call may be under way when it is destroyed.
///
/// Errors of all: HostError, StorageFull, Busy   the store's; nothing was changed.
class Payments {
 public:
  /// Opens the store, loads or makes the host's keys, starts the thread of wallet and caretaker.
  /// Errors: InvalidParams   a member is out of its range.
  ///         HostError       there is a store without its keys, or it cannot be opened.
  ///         KeyInvalid      a key's file is damaged.
  static Result<std::unique_ptr<Payments>> open(PaymentsConfig config);
  virtual ~Payments() = default;

  /// Registers a merchant, or another key of one; a key that is there already is replaced.
  /// Errors: InvalidParams   a field is out of its range.
  virtual Result<void> registerMerchant(const bridge::MerchantRegistration& merchant) = 0;

  /// What a token asks for, its signature checked. Nothing is written.
  /// Errors: OrderInvalid, AmountMismatch         it is not of the form of docs/payments.md.
  ///         MerchantUnknown, SignatureInvalid    not a merchant's, or not signed by its key.
  ///         OrderExpired                         too late.
  virtual Result<PayableOrder> read(std::string_view orderToken, std::string_view language) = 0;

  /// Writes a signed order down before anyone pays it, as the partner API does; the order as it
  /// shows it. Errors: as read; DuplicateOrder   its id was used with another token.
  virtual Result<nlohmann::json> registerOrder(std::string_view orderToken) = 0;

  /// Pays an order once. The same key again answers the same, byte for byte.
  /// Errors: as read; InvalidParams   no key, or one that was used for another token; no user.
  ///         AmountMismatch      the user confirmed another amount, currency or payee.
  ///         DuplicateOrder      paid or being paid by another user or with another token.
  ///         InsufficientFunds, Declined   nothing was moved; order and key may be used again.
  ///         LimitExceeded       over a limit of the day.
  ///         OutcomeUnknown      the wallet has decided and it could not be written down.
  virtual Result<PayOutcome> pay(const PayRequest& request) = 0;

  /// An order as the partner API shows it: state, amounts, paymentId, receipt.
  /// Errors: NotFound   there is none.
  virtual Result<nlohmann::json> order(const std::string& merchantId,
                                       const std::string& orderId) = 0;

  /// Cancels an order that nobody has paid; again: the same answer.
  /// Errors: NotFound; DuplicateOrder   it is paid or being paid; OrderExpired.
  virtual Result<nlohmann::json> cancel(const std::string& merchantId,
                                        const std::string& orderId) = 0;

  /// Gives a captured order back, whole or in part: the refund as the partner API shows it. At once
  /// by the embedded ledger, by a wallet when the caretaker has asked it. The same key again
  /// answers the same refund as it stands.
  /// Errors: NotFound; OrderInvalid   it is not captured; AmountMismatch   more than is left;
  ///         InvalidParams   no key, or one that was used for another sum; a reason too long;
  ///         LimitExceeded   100 refunds; InsufficientFunds   the merchant does not hold it.
  virtual Result<nlohmann::json> refund(const RefundRequest& request) = 0;

  /// Errors: NotFound   the merchant has no such refund.
  virtual Result<nlohmann::json> refundStatus(const std::string& merchantId,
                                              const std::string& refundId) = 0;

  /// What a user's or a merchant's account in the embedded ledger holds, in minor units; 0 for one
  /// that is not there.
  virtual Result<std::int64_t> balance(const UserId& user, const std::string& currency) = 0;
  virtual Result<std::int64_t> merchantBalance(const std::string& merchantId,
                                               const std::string& currency) = 0;

  /// Adds 1 to 10^12 minor units to the user's account in the embedded ledger, once for each
  /// `reference`: 1 to 128 of visible ASCII, the operator's own.
  /// Errors: InvalidParams   out of range, or the reference was used for something else.
  ///         Unsupported     the money is with a wallet.
  virtual Result<void> fund(const UserId& user, const std::string& currency,
                            std::int64_t amountMinor, const std::string& reference) = 0;

  /// One round of the caretaker now; waits until all that it asked is answered, at most
  /// answerTimeMax. Errors: Timeout.
  virtual Result<void> care() = 0;
};

}  // namespace kiosk
