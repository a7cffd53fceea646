#pragma once
// payments.*: orders that a registered merchant signed, paid once.

#include <kiosk/bridge/payments_provider.h>
#include <kiosk/bridge/service.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bridge/identity/host_keys.h"
#include "bridge/payments/caretaker.h"
#include "bridge/payments/payment_book.h"
#include "bridge/receipts/receipt_book.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

/// 1..128 of visible ASCII.
inline constexpr std::size_t kIdempotencyKeyBytesMax = 128;
bool isIdempotencyKey(const std::string& key);

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
        caretaker_(store, wallet, keys, receipts, clock, random) {}

  std::vector<MethodBinding> bindings() override;
  void attached(Executor& loop) override { caretaker_.start(loop); }
  PaymentsCaretaker& caretaker() { return caretaker_; }

 private:
  using CallPtr =
      std::shared_ptr<const PaymentCall>;   ///< owners: the context and the jobs of its call
  using ReplyPtr = std::shared_ptr<Reply>;  ///< owners: the callbacks of one call
  using PreparedDone = std::function<void(Result<Prepared>)>;

  void canPay(ContextPtr context, Reply reply);
  void prepareRequest(ContextPtr context, PreparedDone done);
  void request(ContextPtr context, Reply reply);
  void requestByLedger(CallPtr call, ReplyPtr reply);
  void requestByWallet(CallPtr call, ReplyPtr reply);
  void charge(const Payment& payment);
  void status(ContextPtr context, Reply reply);
  void refund(ContextPtr context, Reply reply);
  void answerStatus(const Payment& payment, ContextPtr context, ReplyPtr reply);
  void settleByWallet(const std::string& paymentId, const ChargeAnswer& answer,
                      std::function<void(Result<nlohmann::json>)> done);

  Store& store_;
  Wallet* const wallet_;
  const HostKeys& keys_;
  const ReceiptBook& receipts_;
  Clock& clock_;
  Random& random_;
  PaymentsCaretaker caretaker_;
  /// Charges that the wallet has not answered, with the calls that wait for each.
  std::map<std::string, std::vector<ReplyPtr>> charging_;
  /// Gone with the service: a wallet's answer that comes later then knows it.
  const std::shared_ptr<const int> alive_ = std::make_shared<const int>(0);
};

}  // namespace kiosk::bridge
