#pragma once
// The wallet over a bank: wallet calls become inquiries, readings become outcomes. The table of
// outcomes is in docs/acquirer.md; Declined and Failed are said only where the bank refused for
// good, twice.

#include <kiosk/bridge/acquirer.h>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "bridge/acquirer/bank_answer.h"

namespace kiosk::bridge {

class HttpAcquirer final : public Acquirer {
 public:
  /// `options` are in their ranges (makeAcquirer).
  HttpAcquirer(AcquirerOptions options, std::unique_ptr<AcquirerTransport> transport);

  void attached(Executor& loop) override { transport_->attached(loop); }
  void detached() override { transport_->detached(); }

  std::vector<std::string> methods() const override { return options_.methods; }
  bool canRecur() const override { return options_.recurring; }
  void charge(const WalletCharge& charge, std::function<void(ChargeAnswer)> done) override;
  /// Unknown while a charge of that id is under way here.
  void lookup(const std::string& paymentId, std::function<void(ChargeAnswer)> done) override;
  void refund(const WalletRefund& refund, std::function<void(RefundOutcome)> done) override;
  void lookupRefund(const std::string& refundId, std::function<void(RefundOutcome)> done) override;

 private:
  ChargeAnswer chargeAnswer(const std::string& id, BankReading reading);
  RefundOutcome refundOutcome(const std::string& id, const BankReading& reading);
  /// Tells the operator why money is in doubt; of the id as much as finds it in the books. A flood
  /// must not fill the disk: one line in ten seconds.
  void noteUnclear(const char* what, const std::string& id, std::string_view why);

  const AcquirerOptions options_;
  Clock& clock_;
  std::multiset<std::string> charging_, refunding_;  ///< ids under way, each as often as asked
  std::uint64_t unclear_ = 0;
  std::optional<std::int64_t> loggedUs_;
  // Last: it goes first, and no callback comes after it.
  std::unique_ptr<AcquirerTransport> transport_;
};

}  // namespace kiosk::bridge
