#include "bridge/payments/caretaker.h"

#include <utility>

#include "bridge/payments/money_book.h"
#include "bridge/payments/order_book.h"
#include "bridge/payments/outbox.h"
#include "bridge/payments/refund_token.h"
#include "bridge/payments/settlement.h"
#include "bridge/payments/subscription_charge.h"
#include "bridge/store/new_id.h"

namespace kiosk::bridge {
namespace {

struct OpenWork {
  std::vector<std::string> subscriptions;  ///< ids
  std::vector<Payment> payments;
  std::vector<RefundRow> refunds;
};

std::vector<std::string> subscriptionsToCollect(soci::session& sql, std::int64_t nowMs) {
  std::vector<std::string> ids;
  for (const Subscription& one : decidedSubscriptions(sql, kCareRowsMax)) ids.push_back(one.id);
  for (const Subscription& one : dueSubscriptions(sql, nowMs, kCareRowsMax)) ids.push_back(one.id);
  return ids;
}

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
  std::vector<std::string> subscriptions;
  std::vector<Payment> payments;
  std::vector<RefundRow> refunds;
  std::function<void()> done;
  ~Round() {
    if (done) done();
  }
};

PaymentsCaretaker::PaymentsCaretaker(Store& store, Wallet* wallet, const HostKeys& keys,
                                     const ReceiptBook& receipts, Clock& clock, Random& random)
    : store_(store),
      wallet_(wallet),
      keys_(keys),
      receipts_(receipts),
      clock_(clock),
      random_(random) {}

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
        expireMoneyRequests(sql, now, kCareRowsMax);
        purgeEvents(sql, now - kEventsKeptMs, kCareRowsMax);
        purgeRefundTokens(sql, now, kCareRowsMax);
        OpenWork work;
        work.subscriptions = subscriptionsToCollect(sql, now);
        if (!asks) return work;
        work.payments = openPayments(sql, now - kCareAfterMs, now, kCareRowsMax);
        work.refunds = openRefunds(sql, now - kCareAfterMs, now, kCareRowsMax);
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
        round->subscriptions = std::move(work->subscriptions);
        round->payments = std::move(work->payments);
        round->refunds = std::move(work->refunds);
        collectSubscriptions(round);
        askPayments(round);
        askRefunds(round);
      });
}

/// Each in a transaction of its own: what is wrong with one holds up no other.
void PaymentsCaretaker::collectSubscriptions(const RoundPtr& round) {
  const std::int64_t now = clock_.wallMs();
  const CollectParts parts{keys_, receipts_, collectorFor(wallet_)};
  for (const std::string& id : round->subscriptions) {
    store_.run<Attempt>(
        "subscriptions.collect",
        [id, paymentId = newId(random_), parts, now](soci::session& sql) -> Result<Attempt> {
          return collect(sql, id, paymentId, parts, now);
        },
        [this, alive = std::weak_ptr<const int>(alive_), round](Result<Attempt> attempt) {
          if (alive.expired() || !attempt || !attempt->toAsk) return;
          chargePeriod(round, *attempt->toAsk);
        });
  }
}

void PaymentsCaretaker::chargePeriod(const RoundPtr& round, const Payment& payment) {
  wallet_->charge(walletChargeOf(payment), [this, alive = std::weak_ptr<const int>(alive_), round,
                                            id = payment.id](const ChargeAnswer& answer) {
    if (!alive.expired()) settlePayment(round, id, answer);
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
      [id, answer, now,
       parts = CollectParts{keys_, receipts_, collectorFor(wallet_)}](soci::session& sql) {
        auto result = settleByAnswer(sql, id, answer, parts.keys, parts.receipts, now);
        if (result) settleSubscriptionOf(sql, id, parts, now);
        return result;
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
