#include "bridge/payments/payments.h"

#include <kiosk/bridge/catalogue.h>

#include <algorithm>

#include "bridge/payments/amount.h"
#include "bridge/payments/order_check.h"
#include "bridge/payments/order_rules.h"
#include "bridge/payments/refund_token.h"
#include "bridge/payments/settlement.h"
#include "bridge/payments/subscription_charge.h"
#include "bridge/store/new_id.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

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
  const auto params = paramsHashOf(context.params);
  if (!params) return params.error();
  PaymentCall call;
  call.user = context.session.user;
  call.app = context.session.manifest().appId;
  call.idempotencyKey = context.idempotencyKey;
  call.paramsHash = *params;
  call.order = token.order;
  call.kid = token.jws.kid;
  call.tokenHash = token.hash;
  return call;
}

/// Decides from what is known: a replay, a refusal, or facts to show. Puts the payee into `call`.
Result<Prepared> decide(const KnownOrder& known, const OrderToken& token, PaymentCall& call,
                        const SessionInfo& session, std::int64_t nowMs) {
  auto earlier = decideOrder(known, token, *session.manifest().payments, nowMs);
  if (!earlier) return earlier.error();
  Prepared prepared;
  if (*earlier) {
    prepared.replay = **std::move(earlier);
    return prepared;
  }
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
  auto job = [call = *call](soci::session& sql) { return lookUpOrder(sql, call); };
  store_.run<KnownOrder>(
      "payments.prepare", std::move(job),
      [this, context, token = std::move(*token), call = std::move(*call),
       done = std::move(done)](Result<KnownOrder> known) mutable {
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
  desk_.pay(std::move(call),
            [pending](Result<nlohmann::json> result) { pending->settle(std::move(result)); });
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
  if (!isOpen(payment.state) || wallet_ == nullptr || desk_.isCharging(payment.id) ||
      isPeriodOrder(payment.orderId)) {
    return reply->result(statusJson(payment));
  }
  wallet_->lookup(payment.id, [this, alive = std::weak_ptr(alive_), payment, context,
                               reply](const ChargeAnswer& answer) {
    if (alive.expired()) return;
    desk_.settle(payment.id, answer, [this, payment, reply](const Result<nlohmann::json>&) {
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
