#pragma once
// What payments need done when nobody calls: orders and requests of money expire, subscriptions are
// charged, the host's wallet is asked what became of charges and refunds that are open, old events
// go.
//
//   every kCareEveryMs:  expireOrders · expireMoneyRequests · purgeEvents · purgeRefundTokens
//                        subscriptions that are due ──charge──► settleByAnswer
//                        openPayments ──lookup──► settleByAnswer
//                        openRefunds  ──refund──► settleRefund      the same id: the same refund
//
// An open payment is left alone for kCareAfterMs after its last change, so that a charge which is
// under way is not asked about; one that was changed by a clock which was set back since is. The
// wallet's rule that `lookup` answers Declined only when the charge never arrived and never will is
// what makes a crash between "authorised" and the charge safe.

#include <kiosk/bridge/payments_provider.h>
#include <kiosk/clock.h>
#include <kiosk/executor.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "bridge/identity/host_keys.h"
#include "bridge/payments/payment_book.h"
#include "bridge/payments/refund_book.h"
#include "bridge/receipts/receipt_book.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

inline constexpr std::int64_t kCareEveryMs = 30'000;
inline constexpr std::int64_t kCareAfterMs = 60'000;
/// A round that a wallet leaves without an answer for so long is given up, and another may begin.
inline constexpr std::int64_t kCareRoundMsMax = 600'000;
/// Orders, requests of money, payments, subscriptions, refunds and events of one round, each.
inline constexpr std::int64_t kCareRowsMax = 100;
/// Events are kept so long; deliveries end long before.
inline constexpr std::int64_t kEventsKeptMs = std::int64_t{30} * 24 * 3'600'000;

/// Threads: the loop's own.
class PaymentsCaretaker {
 public:
  /// All borrowed; they outlive the caretaker. Without a `wallet` there is nothing to ask.
  PaymentsCaretaker(Store& store, Wallet* wallet, const HostKeys& keys, const ReceiptBook& receipts,
                    Clock& clock, Random& random);

  /// One round; `done` when everything that it asked was answered and written down. A round that is
  /// asked for while one goes on does nothing.
  void round(std::function<void()> done);

  /// Rounds by themselves from now on, until the caretaker is gone. `loop` is borrowed.
  void start(Executor& loop);

 private:
  struct Round;
  using RoundPtr = std::shared_ptr<Round>;  ///< owners: the answers that the round waits for

  void collectSubscriptions(const RoundPtr& round);
  void chargePeriod(const RoundPtr& round, const Payment& payment);
  void askPayments(const RoundPtr& round);
  void askRefunds(const RoundPtr& round);
  void settlePayment(const RoundPtr& round, const std::string& id, const ChargeAnswer& answer);
  void settleOneRefund(const RoundPtr& round, const RefundRow& refund, RefundOutcome outcome);
  void plan();

  Store& store_;
  Wallet* const wallet_;
  const HostKeys& keys_;
  const ReceiptBook& receipts_;
  Clock& clock_;
  Random& random_;
  Executor* loop_ = nullptr;
  std::uint64_t rounds_ = 0;                 ///< begun so far
  std::optional<std::int64_t> busySinceUs_;  ///< of the newest, while it goes on
  /// Gone with the caretaker: a timer or a wallet's answer that comes later then knows it.
  const std::shared_ptr<const int> alive_ = std::make_shared<const int>(0);
};

}  // namespace kiosk::bridge
