#include "bridge/payments/charge_desk.h"

#include "bridge/payments/settlement.h"

namespace kiosk::bridge {

void ChargeDesk::pay(const CallPtr& call, Done done) {
  if (wallet_ == nullptr) {
    payFromLedger(call, std::move(done));
  } else {
    payFromWallet(call, std::move(done));
  }
}

void ChargeDesk::payFromLedger(const CallPtr& call, Done done) {
  store_.run<PayAnswer>(
      "payments.request",
      [call, &keys = keys_, &receipts = receipts_](soci::session& sql) {
        return payByLedger(sql, *call, keys, receipts);
      },
      [done = std::move(done)](Result<PayAnswer> answer) {
        if (!answer) return done(answer.error());
        if (answer->refused) return done(*answer->refused);
        done(std::move(answer->result));
      });
}

void ChargeDesk::payFromWallet(const CallPtr& call, Done done) {
  store_.run<Payment>(
      "payments.confirm", [call](soci::session& sql) { return authoriseForWallet(sql, *call); },
      [this, call, done = std::move(done)](Result<Payment> payment) mutable {
        if (!payment) return done(payment.error());
        const auto waiting = charging_.find(payment->id);
        if (waiting != charging_.end()) return waiting->second.push_back(std::move(done));
        if (payment->id != call->paymentId) return done(payment->result);
        charging_[payment->id].push_back(std::move(done));
        charge(*payment);
      });
}

void ChargeDesk::charge(const Payment& payment) {
  wallet_->charge(walletChargeOf(payment), [this, alive = std::weak_ptr<const int>(alive_),
                                            id = payment.id](const ChargeAnswer& answer) {
    if (alive.expired()) return;
    settle(id, answer, [this, alive, id](const Result<nlohmann::json>& result) {
      if (alive.expired()) return;
      const auto waiting = charging_.extract(id);
      KIOSK_CHECK(!waiting.empty(), "a wallet answers a charge once");
      for (const Done& done : waiting.mapped()) done(result);
    });
  });
}

void ChargeDesk::settle(const std::string& paymentId, const ChargeAnswer& answer, Done done) {
  const std::int64_t nowMs = clock_.wallMs();
  store_.run<nlohmann::json>(
      "payments.settle",
      [paymentId, answer, &keys = keys_, &receipts = receipts_, nowMs](soci::session& sql) {
        return settleByAnswer(sql, paymentId, answer, keys, receipts, nowMs);
      },
      [outcome = answer.outcome, done = std::move(done)](Result<nlohmann::json> result) {
        // The wallet has decided and the books do not say so yet: `lookup` will tell them later.
        if (!result) {
          return done(Error{ErrorCode::OutcomeUnknown, "ask payments.status what became of it"});
        }
        const bool failed = (*result)["status"] == "failed";
        if (failed && outcome == ChargeOutcome::InsufficientFunds) {
          return done(
              Error{ErrorCode::InsufficientFunds, "there is not enough money in the account"});
        }
        if (failed) return done(Error{ErrorCode::Declined, "the wallet declined the payment"});
        done(std::move(result));
      });
}

}  // namespace kiosk::bridge
