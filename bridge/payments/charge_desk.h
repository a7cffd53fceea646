#pragma once
// Where a confirmed payment is carried out, by the embedded ledger or by the host's wallet. Of
// mini-apps and hosts alike: there is no other way to charge for an order.
//
//   ledger   payByLedger, in one transaction
//   wallet   authoriseForWallet ──commit──► Wallet::charge ──answer──► settleByAnswer

#include <kiosk/bridge/payments_provider.h>
#include <kiosk/clock.h>
#include <kiosk/result.h>

#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bridge/identity/host_keys.h"
#include "bridge/payments/payment_book.h"
#include "bridge/receipts/receipt_book.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

/// Threads: the loop's own.
class ChargeDesk {
 public:
  using CallPtr = std::shared_ptr<const PaymentCall>;  ///< owners: the caller and its jobs
  using Done = std::function<void(Result<nlohmann::json>)>;

  /// All borrowed; they outlive the desk. Without a `wallet` the embedded ledger keeps the money.
  ChargeDesk(Store& store, Wallet* wallet, const HostKeys& keys, const ReceiptBook& receipts,
             Clock& clock)
      : store_(store), wallet_(wallet), keys_(keys), receipts_(receipts), clock_(clock) {}

  /// Pays what the user confirmed; answers as payments.request does. Those who ask for a charge
  /// that is under way get its answer.
  /// Errors: as payByLedger and authoriseForWallet;
  ///         InsufficientFunds, Declined   nothing was moved.
  ///         OutcomeUnknown   the wallet has decided and the books do not say so yet.
  void pay(const CallPtr& call, Done done);

  /// Writes down what the wallet said of `paymentId`. Errors: as pay.
  void settle(const std::string& paymentId, const ChargeAnswer& answer, Done done);

  /// Whether the wallet has been asked for this charge and has not answered.
  bool isCharging(const std::string& paymentId) const { return charging_.contains(paymentId); }

 private:
  void payFromLedger(const CallPtr& call, Done done);
  void payFromWallet(const CallPtr& call, Done done);
  void charge(const Payment& payment);

  Store& store_;
  Wallet* const wallet_;
  const HostKeys& keys_;
  const ReceiptBook& receipts_;
  Clock& clock_;
  /// Charges that the wallet has not answered, with those who wait for each.
  std::map<std::string, std::vector<Done>> charging_;
  /// Gone with the desk: a wallet's answer that comes later then knows it.
  const std::shared_ptr<const int> alive_ = std::make_shared<const int>(0);
};

}  // namespace kiosk::bridge
