#pragma once
// payments.*: orders that a registered merchant signed, paid once.

#include <kiosk/bridge/payments_provider.h>
#include <kiosk/bridge/service.h>

#include <memory>
#include <string>
#include <vector>

#include "bridge/identity/host_keys.h"
#include "bridge/payments/caretaker.h"
#include "bridge/payments/charge_desk.h"
#include "bridge/payments/payment_book.h"
#include "bridge/receipts/receipt_book.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

/// Threads: the loop's own.
class PaymentsService final : public Service {
 public:
  /// All borrowed; they outlive the service. Without a `wallet` the embedded ledger keeps the
  /// money.
  PaymentsService(Store& store, Wallet* wallet, const HostKeys& keys, const ReceiptBook& receipts,
                  Clock& clock, Random& random)
      : store_(store),
        wallet_(wallet),
        keys_(keys),
        receipts_(receipts),
        clock_(clock),
        random_(random),
        desk_(store, wallet, keys, receipts, clock),
        caretaker_(store, wallet, keys, receipts, clock, random) {}

  std::vector<MethodBinding> bindings() override;
  void attached(Executor& loop) override { caretaker_.start(loop); }
  PaymentsCaretaker& caretaker() { return caretaker_; }

 private:
  using ReplyPtr = std::shared_ptr<Reply>;  ///< owners: the callbacks of one call
  using PreparedDone = std::function<void(Result<Prepared>)>;

  void canPay(ContextPtr context, Reply reply);
  void prepareRequest(ContextPtr context, PreparedDone done);
  void request(ContextPtr context, Reply reply);
  void status(ContextPtr context, Reply reply);
  void refund(ContextPtr context, Reply reply);
  void answerStatus(const Payment& payment, ContextPtr context, ReplyPtr reply);

  Store& store_;
  Wallet* const wallet_;
  const HostKeys& keys_;
  const ReceiptBook& receipts_;
  Clock& clock_;
  Random& random_;
  ChargeDesk desk_;
  PaymentsCaretaker caretaker_;
  /// Gone with the service: a wallet's answer that comes later then knows it.
  const std::shared_ptr<const int> alive_ = std::make_shared<const int>(0);
};

}  // namespace kiosk::bridge
