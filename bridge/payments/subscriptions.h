#pragma once
// payments.subscribe, payments.cancelSubscription, payments.subscriptions: mandates by a merchant's
// signed plan. What is charged later is the caretaker's affair.

#include <kiosk/bridge/payments_provider.h>
#include <kiosk/bridge/service.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bridge/identity/host_keys.h"
#include "bridge/payments/payment_book.h"
#include "bridge/payments/plan_token.h"
#include "bridge/payments/subscription_charge.h"
#include "bridge/receipts/receipt_book.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

/// Threads: the loop's own.
class SubscriptionsService final : public Service {
 public:
  /// All borrowed; they outlive the service.
  SubscriptionsService(Store& store, Wallet* wallet, const HostKeys& keys,
                       const ReceiptBook& receipts, Clock& clock, Random& random)
      : store_(store),
        wallet_(wallet),
        keys_(keys),
        receipts_(receipts),
        clock_(clock),
        random_(random) {}

  std::vector<MethodBinding> bindings() override;

 private:
  using ReplyPtr = std::shared_ptr<Reply>;  ///< owners: the callbacks of one call
  using PreparedDone = std::function<void(Result<Prepared>)>;

  void prepareSubscribe(ContextPtr context, PreparedDone done);
  void subscribe(ContextPtr context, Reply reply);
  void askWallet(const Payment& payment, const std::string& id, ReplyPtr reply);
  void cancel(ContextPtr context, Reply reply);
  void list(ContextPtr context, Reply reply);
  CollectParts parts() const { return {keys_, receipts_, collectorFor(wallet_)}; }

  Store& store_;
  Wallet* const wallet_;
  const HostKeys& keys_;
  const ReceiptBook& receipts_;
  Clock& clock_;
  Random& random_;
  /// Gone with the service: a wallet's answer that comes later then knows it.
  const std::shared_ptr<const int> alive_ = std::make_shared<const int>(0);
};

}  // namespace kiosk::bridge
