#include "bridge/payments/caretaker.h"

#include <utility>

#include "bridge/payments/order_book.h"
#include "bridge/payments/outbox.h"
#include "bridge/payments/settlement.h"

namespace kiosk::bridge {
namespace {

struct OpenWork {
  std::vector<Payment> payments;
  std::vector<RefundRow> refunds;
};

RefundState refundStateAfter(RefundOutcome outcome) {
  switch (outcome) {
    case RefundOutcome::Succeeded:
      return RefundState::Succeeded;
    case RefundOutcome::Pending:
      return RefundState::Pending;
    case RefundOutcome::Unknown:
      return RefundState::Unknown;
    case RefundOutcome::Failed:
      return RefundState::Failed;
  }
  return RefundState::Unknown;
}

}  // namespace

/// Calls `done` when the last answer has let go of it.
struct PaymentsCaretaker::Round {
  std::vector<Payment> payments;
  std::vector<RefundRow> refunds;
  std::function<void()> done;
  ~Round() {
    if (done) done();
  }
};

PaymentsCaretaker::PaymentsCaretaker(Store& store, Wallet* wallet, const HostKeys& keys,
                                     const ReceiptBook& receipts, Clock& clock)
    : store_(store), wallet_(wallet), keys_(keys), receipts_(receipts), clock_(clock) {}

void PaymentsCaretaker::round(std::function<void()> done) {
  const std::int64_t startUs = clock_.monotonicUs();
  if (busySinceUs_ && startUs - *busySinceUs_ < kCareRoundMsMax * 1000) return done();
  busySinceUs_ = startUs;
  const std::uint64_t number = ++rounds_;
  const std::int64_t now = clock_.wallMs();
  const bool asks = wallet_ != nullptr;
  store_.run<OpenWork>(
      "payments.care",
      [now, asks](soci::session& sql) -> Result<OpenWork> {
        expireOrders(sql, now, kCareRowsMax);
        purgeEvents(sql, now - kEventsKeptMs, kCareRowsMax);
        OpenWork work;
        if (!asks) return work;
        work.payments = openPayments(sql, now - kCareAfterMs, kCareRowsMax);
        work.refunds = openRefunds(sql, now - kCareAfterMs, kCareRowsMax);
        return work;
      },
      [this, number, done = std::move(done)](Result<OpenWork> work) mutable {
        auto round = std::make_shared<Round>();
        round->done = [this, number, alive = std::weak_ptr<const int>(alive_),
                       done = std::move(done)] {
          if (!alive.expired() && number == rounds_) busySinceUs_.reset();
          done();
        };
        if (!work) return;
        round->payments = std::move(work->payments);
        round->refunds = std::move(work->refunds);
        askPayments(round);
        askRefunds(round);
      });
}

void PaymentsCaretaker::askPayments(const RoundPtr& round) {
  for (const Payment& payment : round->payments) {
    wallet_->lookup(payment.id, [this, alive = std::weak_ptr<const int>(alive_), round,
                                 id = payment.id](const ChargeAnswer& answer) {
      if (!alive.expired()) settlePayment(round, id, answer);
    });
  }
}

void PaymentsCaretaker::askRefunds(const RoundPtr& round) {
  for (const RefundRow& refund : round->refunds) {
    wallet_->refund(
        {.refundId = refund.id,
         .paymentId = refund.paymentId,
         .amountMinor = refund.amountMinor,
         .currency = refund.currency},
        [this, alive = std::weak_ptr<const int>(alive_), round, refund](RefundOutcome outcome) {
          if (!alive.expired()) settleOneRefund(round, refund, outcome);
        });
  }
}

void PaymentsCaretaker::settlePayment(const RoundPtr& round, const std::string& id,
                                      const ChargeAnswer& answer) {
  const std::int64_t now = clock_.wallMs();
  store_.run<nlohmann::json>(
      "payments.settle",
      [id, answer, now, &keys = keys_, &receipts = receipts_](soci::session& sql) {
        return settleByAnswer(sql, id, answer, keys, receipts, now);
      },
      [round](const Result<nlohmann::json>&) {});
}

void PaymentsCaretaker::settleOneRefund(const RoundPtr& round, const RefundRow& refund,
                                        RefundOutcome outcome) {
  const std::int64_t now = clock_.wallMs();
  store_.run<void>(
      "refunds.settle",
      [refund, state = refundStateAfter(outcome), now](soci::session& sql) -> Result<void> {
        settleRefund(sql, refund, state, now);
        return {};
      },
      [round](const Result<void>&) {});
}

void PaymentsCaretaker::start(Executor& loop) {
  loop_ = &loop;
  plan();
}

void PaymentsCaretaker::plan() {
  loop_->after(std::chrono::milliseconds(kCareEveryMs),
               [this, alive = std::weak_ptr<const int>(alive_)] {
                 if (alive.expired()) return;
                 round([] {});
                 plan();
               });
}

}  // namespace kiosk::bridge
