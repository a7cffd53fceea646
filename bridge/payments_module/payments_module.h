#pragma once
// kiosk::Payments over the books, the charge desk and the caretaker that mini-apps' payments use.

#include <kiosk/package.h>
#include <kiosk/payments.h>

#include <atomic>
#include <memory>
#include <string>

#include "bridge/payments/caretaker.h"
#include "bridge/payments/charge_desk.h"
#include "bridge/payments/ledger.h"
#include "bridge/payments_module/loop_thread.h"
#include "bridge/payments_module/open_books.h"

namespace kiosk::bridge {

class PaymentsModule final : public Payments {
 public:
  /// REQUIRES: the configuration was checked.
  PaymentsModule(PaymentsConfig config, Books books);
  ~PaymentsModule() override;

  Result<void> registerMerchant(const MerchantRegistration& merchant) override;
  Result<PayableOrder> read(std::string_view orderToken, std::string_view language) override;
  Result<nlohmann::json> registerOrder(std::string_view orderToken) override;
  Result<PayOutcome> pay(const PayRequest& request) override;
  Result<nlohmann::json> order(const std::string& merchantId, const std::string& orderId) override;
  Result<nlohmann::json> cancel(const std::string& merchantId, const std::string& orderId) override;
  Result<nlohmann::json> refund(const RefundRequest& request) override;
  Result<nlohmann::json> refundStatus(const std::string& merchantId,
                                      const std::string& refundId) override;
  Result<std::int64_t> balance(const UserId& user, const std::string& currency) override;
  Result<std::int64_t> merchantBalance(const std::string& merchantId,
                                       const std::string& currency) override;
  Result<void> fund(const UserId& user, const std::string& currency, std::int64_t amountMinor,
                    const std::string& reference) override;
  Result<void> care() override;

 private:
  Result<PayOutcome> charge(PaymentCall call);
  Result<PayOutcome> waitFor(const PaymentCall& call);
  Result<PayOutcome> notAnswered(const PaymentCall& call);
  Result<std::int64_t> balanceOf(const ledger::Account& account);
  Store& store() { return *books_.store; }

  const PaymentsConfig config_;
  Clock& clock_;
  Random& random_;
  Package channel_;  ///< what payers' ids are made for
  Books books_;
  LoopThread loop_;
  std::unique_ptr<ChargeDesk> desk_;              ///< the loop's
  std::unique_ptr<PaymentsCaretaker> caretaker_;  ///< the loop's
  std::atomic<std::size_t> underWay_ = 0;
};

}  // namespace kiosk::bridge
