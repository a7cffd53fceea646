#include "bridge/payments/payments.h"

#include <kiosk/bridge/catalogue.h>

#include <algorithm>

#include "bridge/payments/amount.h"
#include "bridge/payments/ledger.h"
#include "bridge/payments/order_rules.h"
#include "bridge/payments/receipt.h"
#include "bridge/store/new_id.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr std::string_view kRequest = "payments.request";

bool isIdempotencyKey(const std::string& key) {
  return !key.empty() && key.size() <= kIdempotencyKeyBytesMax &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// What the store knows of an order before the user is asked.
struct Known {
  std::optional<Merchant> merchant;
  Result<std::optional<Payment>> byKey = std::optional<Payment>();
  Result<std::optional<Payment>> byOrder = std::optional<Payment>();
};

Result<Known> lookUp(soci::session& sql, const PaymentCall& call) {
  Known known;
  known.byKey = findByKey(sql, call);
  known.byOrder = findByOrder(sql, call);
  known.merchant = findMerchant(sql, call.order.merchantId, call.kid);
  return known;
}

/// The payment that answers `call` already, looked for again inside the transaction that would
/// charge.
Result<std::optional<Payment>> findEarlier(soci::session& sql, const PaymentCall& call) {
  auto byKey = findByKey(sql, call);
  if (!byKey || *byKey) return byKey;
  auto byOrder = findByOrder(sql, call);
  if (!byOrder || *byOrder) return byOrder;
  const auto merchant = findMerchant(sql, call.order.merchantId, call.kid);
  if (!merchant || merchant->publicKey.empty()) {
    return Error{ErrorCode::SignatureInvalid, "the merchant's key was withdrawn"};
  }
  if (call.order.expSeconds <= call.nowMs / 1000) {
    return Error{ErrorCode::OrderExpired, "the order has expired: ask the merchant for a new one"};
  }
  return std::optional<Payment>();
}

/// An answer of payments.request: a result, or a refusal that is itself committed.
struct Answer {
  std::optional<Error> refused;
  nlohmann::json result;
};

Payment paymentOf(const PaymentCall& call) {
  Payment payment;
  payment.id = call.paymentId;
  payment.merchantId = call.order.merchantId;
  payment.orderId = call.order.orderId;
  payment.user = call.user;
  payment.app = call.app;
  payment.currency = call.order.currency;
  payment.amountMinor = call.order.amountMinor;
  return payment;
}

Result<void> bookCharge(soci::session& sql, const PaymentCall& call) {
  using ledger::OwnerKind;
  const Order& order = call.order;
  const ledger::Entry entries[] = {
      {{OwnerKind::User, call.user.value, order.currency}, -order.amountMinor},
      {{OwnerKind::Merchant, order.merchantId, order.currency}, order.amountMinor}};
  return ledger::post(
      sql, {.id = call.paymentId, .paymentId = call.paymentId, .createdAtMs = call.nowMs}, entries);
}

/// The receipt of a payment in the host's chain, which follows that of the consent.
Result<void> writeReceipt(soci::session& sql, const ReceiptBook& receipts, const Payment& payment,
                          const ReceiptParties& parties, std::int64_t nowMs) {
  ReceiptDraft draft;
  draft.id = payment.id;
  draft.kind = ReceiptKind::Payment;
  draft.atMs = nowMs;
  draft.user = payment.user;
  draft.app = payment.app;
  draft.permission = "payments.charge";
  draft.relatesTo = consentOf(sql, payment.id);
  draft.body = {{"principal", parties.payer},
                {"payment",
                 {{"paymentId", payment.id},
                  {"merchantId", payment.merchantId},
                  {"orderId", payment.orderId},
                  {"payee", parties.payee},
                  {"amountMinor", payment.amountMinor},
                  {"currency", payment.currency}}}};
  return receipts.append(sql, draft);
}

/// The whole of a payment by the embedded ledger, in one transaction.
Result<Answer> payByLedger(soci::session& sql, const PaymentCall& call, const HostKeys& keys,
                           const ReceiptBook& receipts) {
  auto earlier = findEarlier(sql, call);
  if (!earlier) return earlier.error();
  if (*earlier) return Answer{std::nullopt, (**earlier).result};
  const Payment payment = paymentOf(call);
  confirm(sql, call, PaymentWallet::Ledger, statusResult("pending", call.paymentId));
  const std::int64_t available =
      ledger::balance(sql, {ledger::OwnerKind::User, call.user.value, call.order.currency});
  if (available < call.order.amountMinor) {
    settle(sql, payment, PaymentState::Failed, statusResult("failed", call.paymentId), call.nowMs);
    return Answer{Error{ErrorCode::InsufficientFunds, "there is not enough money in the account"},
                  {}};
  }
  auto booked = bookCharge(sql, call);
  if (!booked) return booked.error();
  auto result = paidResult(payment, {call.payee, call.payer}, call.nowMs, keys);
  settle(sql, payment, PaymentState::Paid, result, call.nowMs);
  auto written = writeReceipt(sql, receipts, payment, {call.payee, call.payer}, call.nowMs);
  if (!written) return written.error();
  return Answer{std::nullopt, std::move(result)};
}

std::vector<ConsentFact> factsOf(const PaymentCall& call, const std::string& language) {
  const Order& order = call.order;
  return {
      {HostWords{"To", "Кому"}.in(language), call.payee},
      {HostWords{"Amount", "Сумма"}.in(language), formatAmount(order.amountMinor, order.currency)},
      {HostWords{"Order", "Заказ"}.in(language), order.orderId},
      {HostWords{"Items", "Позиций"}.in(language), std::to_string(order.items.size())}};
}

nlohmann::json boundOf(const PaymentCall& call) {
  return {{"merchantId", call.order.merchantId},
          {"orderId", call.order.orderId},
          {"amountMinor", call.order.amountMinor},
          {"currency", call.order.currency},
          {"tokenHash", call.tokenHash}};
}

/// "pending" for a payment whose outcome is open.
const char* statusName(PaymentState state) {
  switch (state) {
    case PaymentState::Paid:
      return "paid";
    case PaymentState::Failed:
      return "failed";
    case PaymentState::Confirmed:
      return "pending";
  }
  return "pending";
}

nlohmann::json statusJson(const Payment& payment) {
  return {{"status", statusName(payment.state)}, {"paymentId", payment.id},
          {"orderId", payment.orderId},          {"amountMinor", payment.amountMinor},
          {"currency", payment.currency},        {"updatedAt", payment.updatedAtMs}};
}

/// What is wrong with the call before anything is looked up; otherwise the call as far as it is
/// known.
Result<PaymentCall> callOf(const CallContext& context, const OrderToken& token) {
  auto declared = checkMerchantDeclared(context.session.manifest(), token.order);
  if (!declared) return declared.error();
  const auto params = canonicalJson(context.params);
  if (!params) return params.error();
  PaymentCall call;
  call.user = context.session.user;
  call.app = context.session.manifest().appId;
  call.idempotencyKey = context.idempotencyKey;
  call.paramsHash = sha256Hex(std::string(kRequest) + "\n" + *params);
  call.order = token.order;
  call.kid = token.jws.kid;
  call.tokenHash = token.hash;
  return call;
}

/// Decides from what is known: a replay, a refusal, or facts to show. Puts the payee into `call`.
Result<Prepared> decide(const Known& known, const OrderToken& token, PaymentCall& call,
                        const SessionInfo& session, std::int64_t nowMs) {
  Prepared prepared;
  if (!known.byKey) return known.byKey.error();
  if (*known.byKey) {
    prepared.replay = (**known.byKey).result;
    return prepared;
  }
  auto sound = checkOrder(token, known.merchant, session.manifest(), nowMs);
  // An order that was paid stays paid when its token has expired.
  const bool expired = !sound && sound.error().code == ErrorCode::OrderExpired;
  if (!sound && !expired) return sound.error();
  if (!known.byOrder) return known.byOrder.error();
  if (*known.byOrder) {
    prepared.replay = (**known.byOrder).result;
    return prepared;
  }
  if (expired) return sound.error();
  call.payee = known.merchant->name;
  prepared.facts = factsOf(call, session.language);
  prepared.bound = boundOf(call);
  return prepared;
}

}  // namespace

std::vector<MethodBinding> PaymentsService::bindings() {
  const auto handler = [this](void (PaymentsService::*handle)(ContextPtr, Reply)) {
    return [this, handle](ContextPtr context, Reply reply) {
      (this->*handle)(std::move(context), std::move(reply));
    };
  };
  return {{"payments.canPay", handler(&PaymentsService::canPay)},
          {"payments.request", handler(&PaymentsService::request),
           [this](ContextPtr context, PreparedDone done) {
             prepareRequest(std::move(context), std::move(done));
           }},
          {"payments.status", handler(&PaymentsService::status)}};
}

void PaymentsService::canPay(ContextPtr context, Reply reply) {
  const auto& payments = context->session.manifest().payments;
  nlohmann::json methods = nlohmann::json::array();
  const auto offered = wallet_ ? wallet_->methods() : std::vector<std::string>{"wallet"};
  const auto asked = context->params.find("methods");
  for (const std::string& method : offered) {
    if (!payments) break;
    const auto& declared = payments->methods;
    const bool isDeclared =
        declared.empty() || std::find(declared.begin(), declared.end(), method) != declared.end();
    const bool isAsked = asked == context->params.end() ||
                         std::find(asked->begin(), asked->end(), method) != asked->end();
    if (isDeclared && isAsked) methods.push_back(method);
  }
  reply.result({{"methods", std::move(methods)}});
}

void PaymentsService::prepareRequest(ContextPtr context, PreparedDone done) {
  if (!isIdempotencyKey(context->idempotencyKey)) {
    return done(
        Error{ErrorCode::InvalidParams,
              "payments.request needs an idempotencyKey of 1 to 128 visible ASCII characters"});
  }
  auto token = parseOrderToken(context->params["orderToken"].get_ref<const std::string&>());
  if (!token) return done(token.error());
  auto call = callOf(*context, *token);
  if (!call) return done(call.error());
  // The arguments of a call are evaluated in any order, so the copy is made before the move.
  auto job = [call = *call](soci::session& sql) { return lookUp(sql, call); };
  store_.run<Known>(
      "payments.prepare", std::move(job),
      [this, context, token = std::move(*token), call = std::move(*call),
       done = std::move(done)](Result<Known> known) mutable {
        if (!known) return done(known.error());
        auto prepared = decide(*known, token, call, context->session, clock_.wallMs());
        if (prepared && !prepared->replay) {
          call.payer = keys_.pairwiseId(context->session.user, *context->session.package);
          context->prepared = std::move(call);
        }
        done(std::move(prepared));
      });
}

void PaymentsService::request(ContextPtr context, Reply reply) {
  const auto* prepared = std::any_cast<PaymentCall>(&context->prepared);
  if (prepared == nullptr) return reply.error(ErrorCode::Internal, "the call was not prepared");
  auto call = std::make_shared<PaymentCall>(*prepared);
  call->paymentId = newId(random_);
  call->consentId = context->receiptId;
  call->nowMs = clock_.wallMs();
  auto pending = std::make_shared<Reply>(std::move(reply));
  if (wallet_ == nullptr) {
    requestByLedger(std::move(call), std::move(pending));
  } else {
    requestByWallet(std::move(call), std::move(pending));
  }
}

void PaymentsService::requestByLedger(CallPtr call, ReplyPtr reply) {
  store_.run<Answer>(
      "payments.request",
      [call, &keys = keys_, &receipts = receipts_](soci::session& sql) {
        return payByLedger(sql, *call, keys, receipts);
      },
      [reply](Result<Answer> answer) {
        if (!answer) return reply->error(answer.error());
        if (answer->refused) return reply->error(*answer->refused);
        reply->result(std::move(answer->result));
      });
}

void PaymentsService::requestByWallet(CallPtr call, ReplyPtr reply) {
  store_.run<Payment>(
      "payments.confirm",
      [call](soci::session& sql) -> Result<Payment> {
        auto earlier = findEarlier(sql, *call);
        if (!earlier) return earlier.error();
        if (*earlier) return std::move(**earlier);
        confirm(sql, *call, PaymentWallet::Host, statusResult("pending", call->paymentId));
        return paymentOf(*call);
      },
      [this, call, reply](Result<Payment> payment) {
        if (!payment) return reply->error(payment.error());
        const auto waiting = charging_.find(payment->id);
        if (waiting != charging_.end()) return waiting->second.push_back(reply);
        if (payment->id != call->paymentId) return reply->result(payment->result);
        charging_[payment->id] = {reply};
        charge(*payment, *call);
      });
}

void PaymentsService::charge(const Payment& payment, const PaymentCall& call) {
  const WalletCharge charge{payment.id,      payment.user,        payment.merchantId,
                            payment.orderId, payment.amountMinor, payment.currency};
  wallet_->charge(charge, [this, id = payment.id, payer = call.payer](ChargeOutcome outcome) {
    settleByWallet(id, payer, outcome, [this, id](Result<nlohmann::json> result) {
      const auto waiting = charging_.extract(id);
      KIOSK_CHECK(!waiting.empty(), "a wallet answers a charge once");
      for (const ReplyPtr& reply : waiting.mapped()) reply->settle(result);
    });
  });
}

void PaymentsService::settleByWallet(const std::string& paymentId, std::string payer,
                                     ChargeOutcome outcome,
                                     std::function<void(Result<nlohmann::json>)> done) {
  if (outcome == ChargeOutcome::Pending) return done(statusResult("pending", paymentId));
  if (outcome == ChargeOutcome::Unknown) return done(statusResult("unknown", paymentId));
  const std::int64_t nowMs = clock_.wallMs();
  store_.run<nlohmann::json>(
      "payments.settle",
      [paymentId, payer = std::move(payer), outcome, &keys = keys_, &receipts = receipts_,
       nowMs](soci::session& sql) -> Result<nlohmann::json> {
        const auto payment = findPayment(sql, paymentId);
        if (!payment) return Error{ErrorCode::Internal, "the payment is not in the books"};
        if (payment->state != PaymentState::Confirmed) return payment->result;
        if (outcome == ChargeOutcome::Paid) {
          const auto merchant = findMerchant(sql, payment->merchantId, "");
          const std::string payee = merchant ? merchant->name : payment->merchantId;
          auto result = paidResult(*payment, {payee, payer}, nowMs, keys);
          settle(sql, *payment, PaymentState::Paid, result, nowMs);
          auto written = writeReceipt(sql, receipts, *payment, {payee, payer}, nowMs);
          if (!written) return written.error();
          return result;
        }
        auto failed = statusResult("failed", paymentId);
        settle(sql, *payment, PaymentState::Failed, failed, nowMs);
        return failed;
      },
      [outcome, done = std::move(done)](Result<nlohmann::json> result) {
        // The wallet has decided and the books do not say so yet: `lookup` will tell them later.
        if (!result)
          return done(Error{ErrorCode::OutcomeUnknown, "ask payments.status what became of it"});
        const bool failed = (*result)["status"] == "failed";
        if (failed && outcome == ChargeOutcome::Declined) {
          return done(Error{ErrorCode::Declined, "the wallet declined the payment"});
        }
        if (failed) {
          return done(
              Error{ErrorCode::InsufficientFunds, "there is not enough money in the account"});
        }
        done(std::move(result));
      });
}

void PaymentsService::status(ContextPtr context, Reply reply) {
  auto pending = std::make_shared<Reply>(std::move(reply));
  const auto& declared = context->session.manifest().payments;
  store_.run<Payment>(
      "payments.status",
      [user = context->session.user, app = context->session.manifest().appId,
       paymentId = context->params.value("paymentId", ""),
       orderId = context->params.value("orderId", ""),
       merchantId = declared ? declared->merchantId : ""](soci::session& sql) -> Result<Payment> {
        const std::string id =
            paymentId.empty() ? paymentOfOrder(sql, merchantId, orderId) : paymentId;
        auto payment = findPayment(sql, id);
        // One answer for "not there" and "not yours": ids of others cannot be probed.
        if (!payment || payment->user != user || payment->app != app) {
          return Error{ErrorCode::NotFound, "there is no such payment of this user in this app"};
        }
        return std::move(*payment);
      },
      [this, context, pending](Result<Payment> payment) {
        if (!payment) return pending->error(payment.error());
        answerStatus(*payment, context, pending);
      });
}

void PaymentsService::answerStatus(const Payment& payment, ContextPtr context, ReplyPtr reply) {
  const bool open = payment.state == PaymentState::Confirmed;
  if (!open || wallet_ == nullptr || charging_.contains(payment.id)) {
    return reply->result(statusJson(payment));
  }
  const SessionInfo& session = context->session;
  const std::string payer = keys_.pairwiseId(session.user, *session.package);
  wallet_->lookup(payment.id, [this, payment, payer, reply](ChargeOutcome outcome) {
    settleByWallet(
        payment.id, payer, outcome,
        [this, payment, outcome, reply](Result<nlohmann::json>) mutable {
          nlohmann::json answer = statusJson(payment);
          answer["updatedAt"] = clock_.wallMs();
          if (outcome == ChargeOutcome::Unknown) answer["status"] = "unknown";
          if (outcome == ChargeOutcome::Paid) answer["status"] = "paid";
          if (outcome == ChargeOutcome::Declined || outcome == ChargeOutcome::InsufficientFunds) {
            answer["status"] = "failed";
          }
          reply->result(std::move(answer));
        });
  });
}

}  // namespace kiosk::bridge
