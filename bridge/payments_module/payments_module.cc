#include "bridge/payments_module/payments_module.h"

#include <future>

#include "bridge/payments/amount.h"
#include "bridge/payments/merchants.h"
#include "bridge/payments/order_book.h"
#include "bridge/payments/order_check.h"
#include "bridge/payments/order_rules.h"
#include "bridge/payments/refund_book.h"
#include "bridge/payments_module/once.h"
#include "bridge/store/new_id.h"
#include "runtime/base/encoding.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

/// No manifest narrows what may be collected here: the operator admits merchants.
PaymentsDeclaration declaredFor(const Order& order) {
  PaymentsDeclaration declared;
  declared.merchantId = order.merchantId;
  declared.currencies = {order.currency};
  return declared;
}

bool isUserName(const UserId& user) {
  return !user.empty() && user.value.size() <= kPaymentsNameBytesMax && isUtf8(user.value);
}

Result<void> checkRequest(const PayRequest& request) {
  if (!isIdempotencyKey(request.idempotencyKey)) {
    return Error{ErrorCode::InvalidParams,
                 "an idempotencyKey is 1 to 128 visible ASCII characters"};
  }
  if (!isUserName(request.user)) {
    return Error{ErrorCode::InvalidParams, "a user's id is 1 to 128 bytes of UTF-8"};
  }
  return {};
}

/// What is charged is what the user saw.
Result<void> checkConfirmed(const Confirmation& confirmed, const Order& order,
                            const std::optional<Merchant>& merchant) {
  const bool same = merchant && confirmed.amountMinor == order.amountMinor &&
                    confirmed.currency == order.currency && confirmed.payee == merchant->name;
  if (!KIOSK_GUARD("payment.confirmed", same)) {
    return Error{ErrorCode::AmountMismatch,
                 "the user confirmed another amount, currency or payee than the order's"};
  }
  return {};
}

Result<PaymentCall> paymentCallOf(const PayRequest& request, const OrderToken& token) {
  auto params = paramsHashOf({{"orderToken", request.orderToken}});
  if (!params) return params.error();
  PaymentCall call;
  call.user = request.user;
  call.idempotencyKey = request.idempotencyKey;
  call.paramsHash = *std::move(params);
  call.order = token.order;
  call.kid = token.jws.kid;
  call.tokenHash = token.hash;
  return call;
}

PayStatus payStatusOf(const std::string& name) {
  for (const PayStatus status : {PayStatus::Paid, PayStatus::Pending, PayStatus::Failed}) {
    if (payStatusName(status) == name) return status;
  }
  return PayStatus::Unknown;
}

PayOutcome outcomeOf(const nlohmann::json& result) {
  PayOutcome outcome;
  outcome.status = payStatusOf(result.value("status", ""));
  outcome.paymentId = result.value("paymentId", "");
  outcome.receipt = result.value("receipt", nlohmann::json());
  return outcome;
}

Error noSuchOrder() { return {ErrorCode::NotFound, "the merchant has no such order"}; }

}  // namespace

PaymentsModule::PaymentsModule(PaymentsConfig config, Books books)
    : config_(std::move(config)),
      clock_(config_.clock != nullptr ? *config_.clock : systemClock()),
      random_(config_.random != nullptr ? *config_.random : systemRandom()),
      books_(std::move(books)) {
  channel_.manifest.appId = AppId(config_.channel);
  desk_ =
      std::make_unique<ChargeDesk>(store(), config_.wallet, *books_.keys, *books_.receipts, clock_);
  caretaker_ = std::make_unique<PaymentsCaretaker>(store(), config_.wallet, *books_.keys,
                                                   *books_.receipts, clock_, random_);
  loop_.runNow([this] {
    store().attached(loop_);
    if (config_.started) config_.started(loop_);
    caretaker_->start(loop_);
  });
}

PaymentsModule::~PaymentsModule() {
  loop_.runNow([this] {
    if (config_.ending) config_.ending();
    caretaker_.reset();
    desk_.reset();
    books_.store.reset();
  });
}

Result<void> PaymentsModule::registerMerchant(const MerchantRegistration& merchant) {
  return admitMerchant(store(), merchant);
}

Result<PayableOrder> PaymentsModule::read(std::string_view orderToken, std::string_view language) {
  auto token = parseOrderToken(orderToken);
  if (!token) return token.error();
  const Order& order = token->order;
  auto merchant = store().runNow<std::optional<Merchant>>(
      "payments.read", [order, kid = token->jws.kid](soci::session& sql) {
        return Result<std::optional<Merchant>>(findMerchant(sql, order.merchantId, kid));
      });
  if (!merchant) return merchant.error();
  auto sound = checkOrder(*token, *merchant, declaredFor(order), clock_.wallMs());
  if (!sound) return sound.error();
  PayableOrder payable;
  payable.merchantId = order.merchantId;
  payable.orderId = order.orderId;
  payable.payee = (*merchant)->name;
  payable.amountMinor = order.amountMinor;
  payable.currency = order.currency;
  payable.amountText = formatAmount(order.amountMinor, order.currency, language);
  for (const OrderItem& item : order.items) payable.items.push_back(item.title);
  return payable;
}

Result<nlohmann::json> PaymentsModule::registerOrder(std::string_view orderToken) {
  auto token = parseOrderToken(orderToken);
  if (!token) return token.error();
  return store().runNow<nlohmann::json>(
      "payments.register",
      [token = *std::move(token),
       now = clock_.wallMs()](soci::session& sql) -> Result<nlohmann::json> {
        const auto merchant = findMerchant(sql, token.order.merchantId, token.jws.kid);
        auto sound = checkOrder(token, merchant, declaredFor(token.order), now);
        if (!sound) return sound.error();
        auto order = bridge::registerOrder(sql, token, now);
        if (!order) return order.error();
        return orderJson(*order);
      });
}

Result<PayOutcome> PaymentsModule::pay(const PayRequest& request) {
  if (auto sound = checkRequest(request); !sound) return sound.error();
  auto token = parseOrderToken(request.orderToken);
  if (!token) return token.error();
  auto call = paymentCallOf(request, *token);
  if (!call) return call.error();
  call->app = AppId(config_.channel);
  auto known = store().runNow<KnownOrder>(
      "payments.prepare", [call = *call](soci::session& sql) { return lookUpOrder(sql, call); });
  if (!known) return known.error();
  auto earlier = decideOrder(*known, *token, declaredFor(token->order), clock_.wallMs());
  if (!earlier) return earlier.error();
  auto agreed = checkConfirmed(request.confirmed, token->order, known->merchant);
  if (!agreed) return agreed.error();
  if (*earlier) return outcomeOf(**earlier);
  call->payee = known->merchant->name;
  call->payer = books_.keys->pairwiseId(request.user, channel_);
  call->paymentId = newId(random_);
  call->nowMs = clock_.wallMs();
  return charge(*std::move(call));
}

Result<PayOutcome> PaymentsModule::charge(PaymentCall call) {
  if (underWay_.fetch_add(1) >= kPaymentsAtOnceMax) {
    --underWay_;
    return Error{ErrorCode::Busy, "too many payments are under way"};
  }
  auto outcome = waitFor(call);
  --underWay_;
  return outcome;
}

Result<PayOutcome> PaymentsModule::waitFor(const PaymentCall& call) {
  // Owners: this frame and the answer, which may come when we have given up.
  auto answer = std::make_shared<std::promise<Result<nlohmann::json>>>();
  auto answered = answer->get_future();
  loop_.post([this, answer, shared = std::make_shared<const PaymentCall>(call)] {
    desk_->pay(shared,
               [answer](Result<nlohmann::json> result) { answer->set_value(std::move(result)); });
  });
  if (answered.wait_for(config_.answerTimeMax) == std::future_status::timeout) {
    return notAnswered(call);
  }
  auto result = answered.get();
  if (!result) return result.error();
  return outcomeOf(*result);
}

Result<PayOutcome> PaymentsModule::notAnswered(const PaymentCall& call) {
  auto id = store().runNow<std::string>(
      "payments.order",
      [merchant = call.order.merchantId, order = call.order.orderId](soci::session& sql) {
        return Result<std::string>(paymentOfOrder(sql, merchant, order));
      });
  if (!id) return id.error();
  return PayOutcome{PayStatus::Unknown, *std::move(id), nullptr};
}

Result<nlohmann::json> PaymentsModule::order(const std::string& merchantId,
                                             const std::string& orderId) {
  return store().runNow<nlohmann::json>(
      "payments.order", [merchantId, orderId](soci::session& sql) -> Result<nlohmann::json> {
        const auto row = findOrder(sql, merchantId, orderId);
        if (!row) return noSuchOrder();
        return orderJson(*row);
      });
}

Result<nlohmann::json> PaymentsModule::cancel(const std::string& merchantId,
                                              const std::string& orderId) {
  return store().runNow<nlohmann::json>(
      "payments.cancel",
      [merchantId, orderId, now = clock_.wallMs()](soci::session& sql) -> Result<nlohmann::json> {
        auto row = cancelOrder(sql, merchantId, orderId, now);
        if (!row) return row.error();
        return orderJson(*row);
      });
}

Result<nlohmann::json> PaymentsModule::refund(const RefundRequest& request) {
  if (!isIdempotencyKey(request.idempotencyKey)) {
    return Error{ErrorCode::InvalidParams,
                 "an idempotencyKey is 1 to 128 visible ASCII characters"};
  }
  return store().runNow<nlohmann::json>(
      "payments.refund",
      [request, now = clock_.wallMs()](soci::session& sql) -> Result<nlohmann::json> {
        auto row = refundOnce(sql, request, now);
        if (!row) return row.error();
        return refundJson(*row);
      });
}

Result<nlohmann::json> PaymentsModule::refundStatus(const std::string& merchantId,
                                                    const std::string& refundId) {
  return store().runNow<nlohmann::json>(
      "refunds.status", [merchantId, refundId](soci::session& sql) -> Result<nlohmann::json> {
        const auto row = findRefund(sql, merchantId, refundId);
        if (!row) return Error{ErrorCode::NotFound, "the merchant has no such refund"};
        return refundJson(*row);
      });
}

Result<std::int64_t> PaymentsModule::balanceOf(const ledger::Account& account) {
  return store().runNow<std::int64_t>("ledger.balance", [account](soci::session& sql) {
    return Result<std::int64_t>(ledger::balance(sql, account));
  });
}

Result<std::int64_t> PaymentsModule::balance(const UserId& user, const std::string& currency) {
  return balanceOf({ledger::OwnerKind::User, user.value, currency});
}

Result<std::int64_t> PaymentsModule::merchantBalance(const std::string& merchantId,
                                                     const std::string& currency) {
  return balanceOf({ledger::OwnerKind::Merchant, merchantId, currency});
}

Result<void> PaymentsModule::fund(const UserId& user, const std::string& currency,
                                  std::int64_t amountMinor, const std::string& reference) {
  if (config_.wallet != nullptr) {
    return Error{ErrorCode::Unsupported, "the money is with the wallet, not in the ledger"};
  }
  if (!isUserName(user) || !currencyExponent(currency) || !isIdempotencyKey(reference) ||
      amountMinor < 1 || amountMinor > kAmountMinorMax) {
    return Error{ErrorCode::InvalidParams,
                 "a funding is 1 to 10^12 minor units of a known currency for a user, under a"
                 " reference of 1 to 128 visible ASCII characters"};
  }
  return store().runNow<void>(
      "ledger.fund",
      [funding = Funding{user, currency, amountMinor, reference},
       now = clock_.wallMs()](soci::session& sql) { return fundOnce(sql, funding, now); });
}

Result<void> PaymentsModule::care() {
  auto done = std::make_shared<std::promise<void>>();  // owners: this frame and the round
  auto finished = done->get_future();
  loop_.post([this, done] { caretaker_->round([done] { done->set_value(); }); });
  if (finished.wait_for(config_.answerTimeMax) == std::future_status::timeout) {
    return Error{ErrorCode::Timeout, "the wallet has not answered everything"};
  }
  return {};
}

}  // namespace kiosk::bridge

namespace kiosk {

std::string_view payStatusName(PayStatus status) {
  switch (status) {
    case PayStatus::Paid:
      return "paid";
    case PayStatus::Pending:
      return "pending";
    case PayStatus::Failed:
      return "failed";
    case PayStatus::Unknown:
      return "unknown";
  }
  return "unknown";
}

Result<std::unique_ptr<Payments>> Payments::open(PaymentsConfig config) {
  if (auto sound = bridge::checkPaymentsConfig(config); !sound) return sound.error();
  auto books =
      bridge::openBooks(config.dataDir, config.random != nullptr ? *config.random : systemRandom());
  if (!books) return books.error();
  return std::unique_ptr<Payments>(
      std::make_unique<bridge::PaymentsModule>(std::move(config), *std::move(books)));
}

}  // namespace kiosk
