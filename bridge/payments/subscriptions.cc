#include "bridge/payments/subscriptions.h"

#include <kiosk/bridge/catalogue.h>

#include "bridge/payments/amount.h"
#include "bridge/payments/mandate.h"
#include "bridge/payments/order_rules.h"
#include "bridge/payments/payments.h"
#include "bridge/payments/settlement.h"
#include "bridge/store/new_id.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

/// What the user is about to agree to, or has agreed to.
struct SubscribeCall {
  Subscription draft;
  SubscriptionOrigin origin;
  std::string kid;
  std::int64_t expSeconds = 0;
  std::int64_t trialMs = 0;
};

/// A plan as the rules of orders look at it.
OrderToken asOrder(const PlanToken& token) {
  OrderToken order;
  order.jws = token.jws;
  order.order.merchantId = token.plan.merchantId;
  order.order.amountMinor = token.plan.amountMinor;
  order.order.currency = token.plan.currency;
  order.order.expSeconds = token.plan.expSeconds;
  order.order.payee = token.plan.payee;
  return order;
}

/// What is wrong with the call before anything is looked up; otherwise the call as far as it is
/// known.
Result<SubscribeCall> subscribeCallOf(const CallContext& context, const PlanToken& token) {
  const Manifest& manifest = context.session.manifest();
  auto declared = checkMerchantDeclared(manifest, asOrder(token).order);
  if (!declared) return declared.error();
  if (!KIOSK_GUARD("plan.recurring", manifest.payments->recurring)) {
    return Error{ErrorCode::NotDeclared, "the manifest declares no recurring payments"};
  }
  const auto params = canonicalJson(context.params);
  if (!params) return params.error();
  const Plan& plan = token.plan;
  SubscribeCall call;
  call.draft.merchantId = plan.merchantId;
  call.draft.planId = plan.planId;
  call.draft.title = plan.title;
  call.draft.user = context.session.user;
  call.draft.app = manifest.appId;
  call.draft.currency = plan.currency;
  call.draft.amountMinor = plan.amountMinor;
  call.draft.period = plan.period;
  call.draft.periodsMax = plan.maxCharges == 0 ? kPeriodsMax : plan.maxCharges;
  call.origin.planNonce = plan.nonce;
  call.origin.tokenHash = token.hash;
  call.origin.idempotencyKey = context.idempotencyKey;
  call.origin.paramsHash = sha256Hex("payments.subscribe\n" + *params);
  call.kid = token.jws.kid;
  call.expSeconds = plan.expSeconds;
  call.trialMs = plan.trialDays * kDayLengthMs;
  return call;
}

std::vector<ConsentFact> subscribeFacts(const SubscribeCall& call, const std::string& language) {
  const Subscription& one = call.draft;
  const auto say = [&language](const char* en, const char* ru) {
    return HostWords{en, ru}.in(language);
  };
  const std::string first =
      call.trialMs == 0 ? say("today", "сегодня") : dayWords(one.anchorMs, language);
  const std::string number = std::to_string(one.periodsMax);
  const std::string end =
      one.periodsMax == kPeriodsMax
          ? say("when you cancel", "когда вы отмените")
          : HostWords{"after " + number + " charges", "после списаний: " + number}.in(language);
  return {
      {say("To", "Кому"), one.payee},
      {say("Subscription", "Подписка"), one.title},
      {say("Each charge", "Каждое списание"),
       formatAmount(one.amountMinor, one.currency, language)},
      {say("How often", "Как часто"), periodWords(one.period, language)},
      {say("First charge", "Первое списание"), first},
      {say("Ends", "Закончится"), end},
      {say("To cancel", "Как отменить"), say("at any time, here or among your payments",
                                             "в любой момент: здесь или среди ваших платежей")}};
}

nlohmann::json subscribeBound(const SubscribeCall& call) {
  const Subscription& one = call.draft;
  return {{"merchantId", one.merchantId},
          {"planId", one.planId},
          {"amountMinor", one.amountMinor},
          {"currency", one.currency},
          {"periodUnit", periodUnitName(one.period.unit)},
          {"periodCount", one.period.count},
          {"maxCharges", one.periodsMax},
          {"trialMs", call.trialMs},
          {"tokenHash", call.origin.tokenHash}};
}

/// What payments.subscribe answers for `one`, and payments.subscriptions for each.
nlohmann::json subscribedResult(const Subscription& one) {
  nlohmann::json result = {{"subscriptionId", one.id},
                           {"status", subscriptionStateName(one.state)}};
  if (isLive(one.state)) result["nextChargeAt"] = one.nextChargeAtMs;
  auto receipt = mandateReceipt(one);
  if (!receipt.is_null()) result["receipt"] = std::move(receipt);
  return result;
}

nlohmann::json listedSubscription(const Subscription& one) {
  nlohmann::json listed = {
      {"subscriptionId", one.id},
      {"status", subscriptionStateName(one.state)},
      {"planId", one.planId},
      {"title", one.title},
      {"payee", one.payee},
      {"amountMinor", one.amountMinor},
      {"currency", one.currency},
      {"period", {{"unit", periodUnitName(one.period.unit)}, {"count", one.period.count}}}};
  if (isLive(one.state)) listed["nextChargeAt"] = one.nextChargeAtMs;
  return listed;
}

/// What the store knows of a plan before the user is asked.
struct KnownPlan {
  std::optional<Merchant> merchant;
  Result<std::optional<Subscription>> earlier = std::optional<Subscription>();
};

/// Decides from what is known: a replay, a refusal, or facts to show.
Result<Prepared> decideSubscribe(const KnownPlan& known, const PlanToken& token,
                                 SubscribeCall& call, const SessionInfo& session,
                                 std::int64_t nowMs) {
  Prepared prepared;
  auto sound = checkOrder(asOrder(token), known.merchant, *session.manifest().payments, nowMs);
  // What was subscribed stays so when the token has expired.
  const bool expired = !sound && sound.error().code == ErrorCode::OrderExpired;
  if (!sound && !expired) return sound.error();
  if (!known.earlier) return known.earlier.error();
  if (*known.earlier) {
    prepared.replay = subscribedResult(**known.earlier);
    return prepared;
  }
  if (expired) return sound.error();
  call.draft.payee = known.merchant->name;
  call.draft.anchorMs = nowMs + call.trialMs;
  prepared.facts = subscribeFacts(call, session.language);
  prepared.bound = subscribeBound(call);
  return prepared;
}

/// The whole of a subscription but for what the wallet says, in one transaction. A first charge
/// that is refused at once takes everything back.
Result<Attempt> beginSubscription(soci::session& sql, const SubscribeCall& call,
                                  const std::string& paymentId, const CollectParts& parts) {
  const Subscription& draft = call.draft;
  auto earlier = findByOrigin(sql, draft, call.origin);
  if (!earlier) return earlier.error();
  Attempt attempt;
  attempt.is = *std::move(earlier);
  if (attempt.is) return attempt;
  const auto merchant = findMerchant(sql, draft.merchantId, call.kid);
  if (!merchant || merchant->publicKey.empty()) {
    return Error{ErrorCode::SignatureInvalid, "the merchant's key was withdrawn"};
  }
  if (call.expSeconds <= draft.createdAtMs / 1000) {
    return Error{ErrorCode::OrderExpired, "the plan has expired: ask the merchant for a new one"};
  }
  if (liveSubscriptions(sql, draft.user, draft.app) >= kSubscriptionsLiveMax) {
    return Error{ErrorCode::LimitExceeded, "the user has 100 subscriptions in this app"};
  }
  insertSubscription(sql, draft, call.origin);
  attempt.is = draft;
  if (call.trialMs > 0) return attempt;
  attempt = collect(sql, draft.id, paymentId, parts, draft.createdAtMs);
  if (attempt.refused) return *attempt.refused;
  return attempt;
}

}  // namespace

std::vector<MethodBinding> SubscriptionsService::bindings() {
  MethodBinding subscribing{
      "payments.subscribe",
      [this](ContextPtr context, Reply reply) { subscribe(std::move(context), std::move(reply)); },
      [this](ContextPtr context, PreparedDone done) {
        prepareSubscribe(std::move(context), std::move(done));
      }};
  if (collectorFor(wallet_) == Collector::Nobody) {
    subscribing.unsupported = "the host's wallet cannot charge without its user";
  }
  return {
      std::move(subscribing),
      {"payments.cancelSubscription",
       [this](ContextPtr context, Reply reply) { cancel(std::move(context), std::move(reply)); }},
      {"payments.subscriptions",
       [this](ContextPtr context, Reply reply) { list(std::move(context), std::move(reply)); }}};
}

void SubscriptionsService::prepareSubscribe(ContextPtr context, PreparedDone done) {
  if (!isIdempotencyKey(context->idempotencyKey)) {
    return done(
        Error{ErrorCode::InvalidParams,
              "payments.subscribe needs an idempotencyKey of 1 to 128 visible ASCII characters"});
  }
  auto token = parsePlanToken(context->params["planToken"].get_ref<const std::string&>());
  if (!token) return done(token.error());
  auto call = subscribeCallOf(*context, *token);
  if (!call) return done(call.error());
  auto job = [call = *call](soci::session& sql) -> Result<KnownPlan> {
    KnownPlan known;
    known.merchant = findMerchant(sql, call.draft.merchantId, call.kid);
    known.earlier = findByOrigin(sql, call.draft, call.origin);
    return known;
  };
  store_.run<KnownPlan>(
      "subscriptions.prepare", std::move(job),
      [this, context, token = std::move(*token), call = std::move(*call),
       done = std::move(done)](Result<KnownPlan> known) mutable {
        if (!known) return done(known.error());
        auto prepared = decideSubscribe(*known, token, call, context->session, clock_.wallMs());
        if (prepared && !prepared->replay) {
          call.draft.payer = keys_.pairwiseId(context->session.user, *context->session.package);
          context->prepared = std::move(call);
        }
        done(std::move(prepared));
      });
}

void SubscriptionsService::subscribe(ContextPtr context, Reply reply) {
  const auto* prepared = std::any_cast<SubscribeCall>(&context->prepared);
  if (prepared == nullptr) return reply.error(ErrorCode::Internal, "the call was not prepared");
  SubscribeCall call = *prepared;
  Subscription& draft = call.draft;
  draft.id = newId(random_);
  draft.consentId = context->receiptId;
  draft.createdAtMs = draft.updatedAtMs = clock_.wallMs();
  // A first charge that was shown for a day is not made on an earlier one.
  if (call.trialMs == 0) draft.anchorMs = draft.createdAtMs;
  draft.nextChargeAtMs = draft.anchorMs;
  const bool waits = call.trialMs == 0 && wallet_ != nullptr;
  draft.state = waits ? SubscriptionState::Pending : SubscriptionState::Active;
  draft.mandate = signMandate(draft, call.origin.tokenHash, keys_);
  auto pending = std::make_shared<Reply>(std::move(reply));
  store_.run<Attempt>(
      "subscriptions.begin",
      [call = std::move(call), paymentId = newId(random_), parts = parts()](soci::session& sql) {
        return beginSubscription(sql, call, paymentId, parts);
      },
      [this, pending](Result<Attempt> attempt) {
        if (!attempt) return pending->error(attempt.error());
        if (!attempt->toAsk) return pending->result(subscribedResult(*attempt->is));
        askWallet(*attempt->toAsk, attempt->is->id, pending);
      });
}

void SubscriptionsService::askWallet(const Payment& payment, const std::string& id,
                                     ReplyPtr reply) {
  wallet_->charge(walletChargeOf(payment), [this, alive = std::weak_ptr(alive_),
                                            paymentId = payment.id, id,
                                            reply](const ChargeAnswer& answer) {
    if (alive.expired()) return;
    store_.run<Attempt>(
        "subscriptions.settle",
        [paymentId, id, answer, parts = parts(),
         now = clock_.wallMs()](soci::session& sql) -> Result<Attempt> {
          auto settled = settleByAnswer(sql, paymentId, answer, parts.keys, parts.receipts, now);
          if (!settled) return settled.error();
          return collect(sql, id, paymentId, parts, now);
        },
        [reply, outcome = answer.outcome](Result<Attempt> attempt) {
          if (!attempt) {
            return reply->error(ErrorCode::OutcomeUnknown,
                                "ask payments.subscriptions what became of it");
          }
          if (attempt->refused && outcome == ChargeOutcome::InsufficientFunds) {
            return reply->error(ErrorCode::InsufficientFunds,
                                "there is not enough money in the account");
          }
          if (attempt->refused) return reply->error(*attempt->refused);
          reply->result(subscribedResult(*attempt->is));
        });
  });
}

void SubscriptionsService::cancel(ContextPtr context, Reply reply) {
  auto pending = std::make_shared<Reply>(std::move(reply));
  store_.run<Subscription>(
      "subscriptions.cancel",
      [id = context->params["subscriptionId"].get<std::string>(), user = context->session.user,
       app = context->session.manifest().appId,
       now = clock_.wallMs()](soci::session& sql) -> Result<Subscription> {
        const auto found = findSubscription(sql, id);
        const bool isTheirs = found && found->user == user && found->app == app;
        if (!found || !KIOSK_GUARD("subscription.owner", isTheirs)) {
          // One answer for "not there" and "not yours": ids of others cannot be probed.
          return Error{ErrorCode::NotFound, "there is no such subscription of this user here"};
        }
        return endSubscription(sql, *found, SubscriptionState::Cancelled, "user", now);
      },
      [pending](Result<Subscription> ended) {
        if (!ended) return pending->error(ended.error());
        pending->result(
            {{"subscriptionId", ended->id}, {"status", subscriptionStateName(ended->state)}});
      });
}

void SubscriptionsService::list(ContextPtr context, Reply reply) {
  auto pending = std::make_shared<Reply>(std::move(reply));
  store_.run<std::vector<Subscription>>(
      "subscriptions.list",
      [user = context->session.user, app = context->session.manifest().appId](soci::session& sql)
          -> Result<std::vector<Subscription>> { return subscriptionsOf(sql, user, app); },
      [pending](Result<std::vector<Subscription>> all) {
        if (!all) return pending->error(all.error());
        nlohmann::json listed = nlohmann::json::array();
        for (const Subscription& one : *all) listed.push_back(listedSubscription(one));
        pending->result({{"subscriptions", std::move(listed)}});
      });
}

}  // namespace kiosk::bridge
