#include "bridge/payments/payments.h"

#include <kiosk/bridge/catalogue.h>

#include <algorithm>

#include "bridge/payments/amount.h"
#include "bridge/payments/order_rules.h"
#include "bridge/payments/refund_token.h"
#include "bridge/payments/settlement.h"
#include "bridge/payments/subscription_charge.h"
#include "bridge/store/new_id.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr std::string_view kRequest = "payments.request";

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

std::vector<ConsentFact> factsOf(const PaymentCall& call, const std::string& language) {
  const Order& order = call.order;
  return {{HostWords{"To", "Кому"}.in(language), call.payee},
          {HostWords{"Amount", "Сумма"}.in(language),
           formatAmount(order.amountMinor, order.currency, language)},
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

bool isIdempotencyKey(const std::string& key) {
  return !key.empty() && key.size() <= kIdempotencyKeyBytesMax &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

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
          {"payments.status", handler(&PaymentsService::status)},
          {"payments.refund", handler(&PaymentsService::refund)}};
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
  store_.run<PayAnswer>(
      "payments.request",
      [call, &keys = keys_, &receipts = receipts_](soci::session& sql) {
        return payByLedger(sql, *call, keys, receipts);
      },
      [reply](Result<PayAnswer> answer) {
        if (!answer) return reply->error(answer.error());
        if (answer->refused) return reply->error(*answer->refused);
        reply->result(std::move(answer->result));
      });
}

void PaymentsService::requestByWallet(CallPtr call, ReplyPtr reply) {
  store_.run<Payment>(
      "payments.confirm", [call](soci::session& sql) { return authoriseForWallet(sql, *call); },
      [this, call, reply](Result<Payment> payment) {
        if (!payment) return reply->error(payment.error());
        const auto waiting = charging_.find(payment->id);
        if (waiting != charging_.end()) return waiting->second.push_back(reply);
        if (payment->id != call->paymentId) return reply->result(payment->result);
        charging_[payment->id] = {reply};
        charge(*payment);
      });
}

void PaymentsService::charge(const Payment& payment) {
  const WalletCharge charge = walletChargeOf(payment);
  wallet_->charge(charge, [this, id = payment.id](const ChargeAnswer& answer) {
    settleByWallet(id, answer, [this, id](Result<nlohmann::json> result) {
      const auto waiting = charging_.extract(id);
      KIOSK_CHECK(!waiting.empty(), "a wallet answers a charge once");
      for (const ReplyPtr& reply : waiting.mapped()) reply->settle(result);
    });
  });
}

void PaymentsService::settleByWallet(const std::string& paymentId, const ChargeAnswer& answer,
                                     std::function<void(Result<nlohmann::json>)> done) {
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
  // A charge by a mandate is the caretaker's to ask about: it may just be under way.
  if (!isOpen(payment.state) || wallet_ == nullptr || charging_.contains(payment.id) ||
      isPeriodOrder(payment.orderId)) {
    return reply->result(statusJson(payment));
  }
  wallet_->lookup(payment.id, [this, payment, context, reply](const ChargeAnswer& answer) {
    settleByWallet(payment.id, answer, [this, payment, reply](const Result<nlohmann::json>&) {
      // What the books say now, whoever wrote it.
      store_.run<Payment>(
          "payments.status",
          [id = payment.id](soci::session& sql) -> Result<Payment> {
            auto settled = findPayment(sql, id);
            if (!settled) return Error{ErrorCode::NotFound, "there is no such payment"};
            return *std::move(settled);
          },
          [reply](Result<Payment> settled) {
            if (!settled) return reply->error(settled.error());
            reply->result(statusJson(*settled));
          });
    });
  });
}

void PaymentsService::refund(ContextPtr context, Reply reply) {
  auto token = parseRefundToken(context->params["refundToken"].get_ref<const std::string&>());
  if (!token) return reply.error(token.error());
  const auto& declared = context->session.manifest().payments;
  const bool isDeclared = declared && declared->merchantId == token->merchantId;
  if (!KIOSK_GUARD("refund.merchant", isDeclared)) {
    return reply.error(ErrorCode::NotDeclared,
                       "the refund is of another merchant than the manifest declares");
  }
  const RefundTokenCall call{context->session.user, context->session.manifest().appId,
                             newId(random_), clock_.wallMs()};
  auto pending = std::make_shared<Reply>(std::move(reply));
  store_.run<RefundRow>(
      "payments.refund",
      [token = *std::move(token), call](soci::session& sql) {
        return refundByToken(sql, token, call);
      },
      [pending, &keys = keys_](Result<RefundRow> refund) {
        if (!refund) return pending->error(refund.error());
        pending->result(refundResult(*refund, keys));
      });
}

}  // namespace kiosk::bridge
