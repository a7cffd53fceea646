#include "bridge/payments/payment_book.h"

#include <array>

#include "bridge/payments/order_book.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr std::array kPaymentStateNames = {"authorised", "pending", "unknown", "captured",
                                           "failed"};
constexpr const char* kPaymentColumns =
    "id, merchant_id, order_id, user_id, app_id, currency, amount_minor, state, wallet, payer,"
    " link, result_json, created_at_ms, updated_at_ms";

const char* paymentStateName(PaymentState state) {
  return kPaymentStateNames[static_cast<std::size_t>(state)];
}

/// A payment moves as its order.
OrderState orderStateFor(PaymentState state) {
  switch (state) {
    case PaymentState::Authorised:
      return OrderState::Authorised;
    case PaymentState::Pending:
      return OrderState::Pending;
    case PaymentState::Unknown:
      return OrderState::Unknown;
    case PaymentState::Captured:
      return OrderState::Captured;
    case PaymentState::Failed:
      return OrderState::Failed;
  }
  return OrderState::Failed;
}

Payment paymentOfRow(const soci::row& row) {
  Payment payment;
  payment.id = row.get<std::string>(0);
  payment.merchantId = row.get<std::string>(1);
  payment.orderId = row.get<std::string>(2);
  payment.user = UserId(row.get<std::string>(3));
  payment.app = AppId(row.get<std::string>(4));
  payment.currency = row.get<std::string>(5);
  payment.amountMinor = row.get<long long>(6);
  payment.state = paymentStateOf(row.get<std::string>(7));
  payment.wallet =
      row.get<std::string>(8) == "ledger" ? PaymentWallet::Ledger : PaymentWallet::Host;
  payment.payer = row.get<std::string>(9);
  payment.link = row.get<std::string>(10);
  auto result = parseJson(row.get<std::string>(11));
  if (!result) throw soci::soci_error("a stored payment cannot be read");
  payment.result = *std::move(result);
  payment.createdAtMs = row.get<long long>(12);
  payment.updatedAtMs = row.get<long long>(13);
  return payment;
}

void insertPayment(soci::session& sql, const PaymentCall& call, PaymentWallet wallet,
                   const nlohmann::json& result) {
  const std::string walletName = wallet == PaymentWallet::Ledger ? "ledger" : "host";
  const std::string state = paymentStateName(PaymentState::Authorised), text = dumpJson(result);
  const long long amount = call.order.amountMinor, now = call.nowMs;
  sql << "INSERT INTO payments (id, merchant_id, order_id, user_id, app_id, currency, amount_minor,"
         " wallet, state, payer, link, result_json, created_at_ms, updated_at_ms) VALUES (:id,"
         " :merchant, :order_id, :owner, :app, :currency, :amount, :wallet, :state, :payer, '',"
         " :result, :created, :updated)",
      soci::use(call.paymentId, "id"), soci::use(call.order.merchantId, "merchant"),
      soci::use(call.order.orderId, "order_id"), soci::use(call.user.value, "owner"),
      soci::use(call.app.value, "app"), soci::use(call.order.currency, "currency"),
      soci::use(amount, "amount"), soci::use(walletName, "wallet"), soci::use(state, "state"),
      soci::use(call.payer, "payer"), soci::use(text, "result"), soci::use(now, "created"),
      soci::use(now, "updated");
}

/// A first attempt makes the order, or takes the registered one; a later one takes over the failed
/// order.
void claimOrder(soci::session& sql, const PaymentCall& call) {
  const long long amount = call.order.amountMinor, now = call.nowMs,
                  expires = call.order.expSeconds * 1000;
  soci::statement claim =
      (sql.prepare << "UPDATE orders SET token_hash = :token, user_id = :payer, app_id = :app,"
                      " payment_id = :payment, currency = :currency, amount_minor = :amount,"
                      " expires_at_ms = :expires WHERE merchant_id = :merchant"
                      " AND order_id = :order_id AND state IN ('created', 'failed')",
       soci::use(call.tokenHash, "token"), soci::use(call.user.value, "payer"),
       soci::use(call.app.value, "app"), soci::use(call.paymentId, "payment"),
       soci::use(call.order.currency, "currency"), soci::use(amount, "amount"),
       soci::use(expires, "expires"), soci::use(call.order.merchantId, "merchant"),
       soci::use(call.order.orderId, "order_id"));
  claim.execute(true);
  if (claim.get_affected_rows() == 1) return;
  const std::string created = orderStateName(OrderState::Created);
  sql << "INSERT INTO orders (merchant_id, order_id, token_hash, user_id, app_id, state, currency,"
         " amount_minor, refunded_minor, payment_id, events, expires_at_ms, created_at_ms,"
         " updated_at_ms) VALUES (:merchant, :order_id, :token, :payer, :app, :state, :currency,"
         " :amount, 0, :payment, 0, :expires, :created, :updated)",
      soci::use(call.order.merchantId, "merchant"), soci::use(call.order.orderId, "order_id"),
      soci::use(call.tokenHash, "token"), soci::use(call.user.value, "payer"),
      soci::use(call.app.value, "app"), soci::use(created, "state"),
      soci::use(call.order.currency, "currency"), soci::use(amount, "amount"),
      soci::use(call.paymentId, "payment"), soci::use(expires, "expires"),
      soci::use(now, "created"), soci::use(now, "updated");
}

}  // namespace

PaymentState paymentStateOf(const std::string& name) {
  for (std::size_t i = 0; i < kPaymentStateNames.size(); ++i) {
    if (kPaymentStateNames[i] == name) return static_cast<PaymentState>(i);
  }
  throw soci::soci_error("a stored payment cannot be read");
}

std::optional<Merchant> findMerchant(soci::session& sql, const std::string& merchantId,
                                     const std::string& kid) {
  Merchant merchant;
  std::string key;
  sql << "SELECT m.name, COALESCE(k.public_key, '') FROM merchants m LEFT JOIN merchant_keys k"
         " ON k.merchant_id = m.id AND k.kid = :kid AND k.revoked = 0 WHERE m.id = :id",
      soci::use(kid, "kid"), soci::use(merchantId, "id"), soci::into(merchant.name),
      soci::into(key);
  if (!sql.got_data()) return std::nullopt;
  if (!key.empty()) merchant.publicKey = fromBase64Url(key).value_or(std::string());
  return merchant;
}

Result<std::optional<Payment>> findByKey(soci::session& sql, const PaymentCall& call) {
  std::string hash, id;
  sql << "SELECT params_hash, payment_id FROM idempotency_keys"
         " WHERE user_id = :payer AND app_id = :app AND key = :key",
      soci::use(call.user.value, "payer"), soci::use(call.app.value, "app"),
      soci::use(call.idempotencyKey, "key"), soci::into(hash), soci::into(id);
  if (!sql.got_data()) return std::optional<Payment>();
  if (hash != call.paramsHash) {
    return Error{
        ErrorCode::InvalidParams,
        "the idempotency key was used with other parameters: take a new key for a new payment"};
  }
  return findPayment(sql, id);
}

Result<std::optional<Payment>> findByOrder(soci::session& sql, const PaymentCall& call) {
  std::string user, app, token, state, payment;
  sql << "SELECT user_id, app_id, token_hash, state, COALESCE(payment_id, '') FROM orders"
         " WHERE merchant_id = :merchant AND order_id = :order_id",
      soci::use(call.order.merchantId, "merchant"), soci::use(call.order.orderId, "order_id"),
      soci::into(user), soci::into(app), soci::into(token), soci::into(state), soci::into(payment);
  if (!sql.got_data() || state == "failed") return std::optional<Payment>();
  if (state == "cancelled") {
    return Error{ErrorCode::OrderInvalid, "the merchant has cancelled the order"};
  }
  if (state == "expired") {
    return Error{ErrorCode::OrderExpired, "the order has expired: ask the merchant for a new one"};
  }
  if (token == call.tokenHash && state == "created") return std::optional<Payment>();
  if (user != call.user.value || app != call.app.value || token != call.tokenHash) {
    return Error{ErrorCode::DuplicateOrder, "the order is paid or being paid already"};
  }
  return findPayment(sql, payment);
}

std::optional<Payment> findPayment(soci::session& sql, const std::string& id) {
  soci::row row;
  sql << "SELECT " + std::string(kPaymentColumns) + " FROM payments WHERE id = :id",
      soci::use(id, "id"), soci::into(row);
  if (!sql.got_data()) return std::nullopt;
  return paymentOfRow(row);
}

std::string paymentOfOrder(soci::session& sql, const std::string& merchantId,
                           const std::string& orderId) {
  std::string id;
  sql << "SELECT COALESCE(payment_id, '') FROM orders WHERE merchant_id = :merchant AND order_id = "
         ":order_id",
      soci::use(merchantId, "merchant"), soci::use(orderId, "order_id"), soci::into(id);
  return sql.got_data() ? id : std::string();
}

void authorise(soci::session& sql, const PaymentCall& call, PaymentWallet wallet,
               const nlohmann::json& result) {
  insertPayment(sql, call, wallet, result);
  claimOrder(sql, call);
  moveOrder(sql, call.order.merchantId, call.order.orderId, OrderState::Authorised, call.nowMs);
  sql << "INSERT INTO idempotency_keys (user_id, app_id, key, params_hash, payment_id)"
         " VALUES (:payer, :app, :key, :hash, :payment)",
      soci::use(call.user.value, "payer"), soci::use(call.app.value, "app"),
      soci::use(call.idempotencyKey, "key"), soci::use(call.paramsHash, "hash"),
      soci::use(call.paymentId, "payment");
  sql << "INSERT INTO payment_consents (payment_id, receipt_id) VALUES (:payment, :receipt)",
      soci::use(call.paymentId, "payment"), soci::use(call.consentId, "receipt");
}

std::string consentOf(soci::session& sql, const std::string& paymentId) {
  std::string id;
  sql << "SELECT receipt_id FROM payment_consents WHERE payment_id = :payment",
      soci::use(paymentId, "payment"), soci::into(id);
  return sql.got_data() ? id : std::string();
}

void settle(soci::session& sql, const Payment& payment, PaymentState state,
            const nlohmann::json& result, std::int64_t nowMs) {
  const std::string before = paymentStateName(payment.state), next = paymentStateName(state);
  const std::string text = dumpJson(result);
  const long long now = nowMs;
  KIOSK_CHECK(isOpen(payment.state), "what is decided stays so");
  soci::statement update =
      (sql.prepare
           << "UPDATE payments SET state = :next, result_json = :result, updated_at_ms = :now"
              " WHERE id = :id AND state = :before",
       soci::use(next, "next"), soci::use(text, "result"), soci::use(now, "now"),
       soci::use(payment.id, "id"), soci::use(before, "before"));
  update.execute(true);
  KIOSK_CHECK(update.get_affected_rows() == 1, "a payment settles once");
  if (state == payment.state) return;
  moveOrder(sql, payment.merchantId, payment.orderId, orderStateFor(state), nowMs);
  if (state != PaymentState::Failed) return;
  sql << "DELETE FROM idempotency_keys WHERE payment_id = :id", soci::use(payment.id, "id");
}

void noteLink(soci::session& sql, const std::string& paymentId, const std::string& link) {
  sql << "UPDATE payments SET link = :link WHERE id = :id", soci::use(link, "link"),
      soci::use(paymentId, "id");
}

std::vector<Payment> openPayments(soci::session& sql, std::int64_t beforeMs, std::int64_t nowMs,
                                  std::int64_t countMax) {
  const long long before = beforeMs, now = nowMs, most = countMax;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT " + std::string(kPaymentColumns) +
                          " FROM payments WHERE state IN ('authorised', 'pending', 'unknown')"
                          " AND wallet = 'host'"
                          " AND (updated_at_ms <= :before OR updated_at_ms > :now)"
                          " ORDER BY updated_at_ms LIMIT :most",
       soci::use(before, "before"), soci::use(now, "now"), soci::use(most, "most"));
  std::vector<Payment> open;
  for (const soci::row& row : rows) open.push_back(paymentOfRow(row));
  return open;
}

}  // namespace kiosk::bridge
