#include "bridge/payments/payment_book.h"

#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr const char* kStateNames[] = {"confirmed", "paid", "failed"};

const char* stateName(PaymentState state) { return kStateNames[static_cast<std::size_t>(state)]; }

PaymentState stateOf(const std::string& name) {
  for (const PaymentState state : {PaymentState::Paid, PaymentState::Failed}) {
    if (name == stateName(state)) return state;
  }
  return PaymentState::Confirmed;
}

/// Moves an order along one arrow of the picture in the header.
void moveOrder(soci::session& sql, const std::string& merchantId, const std::string& orderId,
               const std::string& from, const std::string& to) {
  soci::statement update =
      (sql.prepare << "UPDATE orders SET state = :next WHERE merchant_id = :merchant"
                      " AND order_id = :order_id AND state = :before",
       soci::use(to, "next"), soci::use(merchantId, "merchant"), soci::use(orderId, "order_id"),
       soci::use(from, "before"));
  update.execute(true);
  KIOSK_CHECK(update.get_affected_rows() == 1, "an order moves along the arrows of its states");
}

void insertPayment(soci::session& sql, const PaymentCall& call, PaymentWallet wallet,
                   const nlohmann::json& result) {
  const std::string walletName = wallet == PaymentWallet::Ledger ? "ledger" : "host";
  const std::string state = stateName(PaymentState::Confirmed), text = dumpJson(result);
  const long long amount = call.order.amountMinor, now = call.nowMs;
  sql << "INSERT INTO payments (id, merchant_id, order_id, user_id, app_id, currency, amount_minor,"
         " wallet, state, result_json, created_at_ms, updated_at_ms) VALUES (:id, :merchant, "
         ":order_id,"
         " :payer, :app, :currency, :amount, :wallet, :state, :result, :created, :updated)",
      soci::use(call.paymentId, "id"), soci::use(call.order.merchantId, "merchant"),
      soci::use(call.order.orderId, "order_id"), soci::use(call.user.value, "payer"),
      soci::use(call.app.value, "app"), soci::use(call.order.currency, "currency"),
      soci::use(amount, "amount"), soci::use(walletName, "wallet"), soci::use(state, "state"),
      soci::use(text, "result"), soci::use(now, "created"), soci::use(now, "updated");
}

/// A first attempt makes the order, a later one takes over the failed order.
void claimOrder(soci::session& sql, const PaymentCall& call) {
  const std::string created = "created", failed = "failed";
  soci::statement retry =
      (sql.prepare << "UPDATE orders SET state = :created, token_hash = :token, user_id = :payer,"
                      " app_id = :app, payment_id = :payment WHERE merchant_id = :merchant"
                      " AND order_id = :order_id AND state = :failed",
       soci::use(created, "created"), soci::use(call.tokenHash, "token"),
       soci::use(call.user.value, "payer"), soci::use(call.app.value, "app"),
       soci::use(call.paymentId, "payment"), soci::use(call.order.merchantId, "merchant"),
       soci::use(call.order.orderId, "order_id"), soci::use(failed, "failed"));
  retry.execute(true);
  if (retry.get_affected_rows() == 1) return;
  sql << "INSERT INTO orders (merchant_id, order_id, token_hash, user_id, app_id, state, "
         "payment_id)"
         " VALUES (:merchant, :order_id, :token, :payer, :app, :created, :payment)",
      soci::use(call.order.merchantId, "merchant"), soci::use(call.order.orderId, "order_id"),
      soci::use(call.tokenHash, "token"), soci::use(call.user.value, "payer"),
      soci::use(call.app.value, "app"), soci::use(created, "created"),
      soci::use(call.paymentId, "payment");
}

}  // namespace

std::optional<Merchant> findMerchant(soci::session& sql, const std::string& merchantId,
                                     const std::string& kid) {
  Merchant merchant;
  sql << "SELECT name FROM merchants WHERE id = :id", soci::use(merchantId, "id"),
      soci::into(merchant.name);
  if (!sql.got_data()) return std::nullopt;
  std::string key;
  sql << "SELECT public_key FROM merchant_keys WHERE merchant_id = :id AND kid = :kid AND revoked "
         "= 0",
      soci::use(merchantId, "id"), soci::use(kid, "kid"), soci::into(key);
  if (sql.got_data()) merchant.publicKey = fromBase64Url(key).value_or(std::string());
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
  sql << "SELECT user_id, app_id, token_hash, state, payment_id FROM orders"
         " WHERE merchant_id = :merchant AND order_id = :order_id",
      soci::use(call.order.merchantId, "merchant"), soci::use(call.order.orderId, "order_id"),
      soci::into(user), soci::into(app), soci::into(token), soci::into(state), soci::into(payment);
  if (!sql.got_data() || state == "failed") return std::optional<Payment>();
  if (user != call.user.value || app != call.app.value || token != call.tokenHash) {
    return Error{ErrorCode::DuplicateOrder, "the order is paid or being paid already"};
  }
  return findPayment(sql, payment);
}

std::optional<Payment> findPayment(soci::session& sql, const std::string& id) {
  Payment payment;
  long long amount = 0, updated = 0;
  std::string state, result;
  sql << "SELECT id, merchant_id, order_id, user_id, app_id, currency, amount_minor, state,"
         " result_json, updated_at_ms FROM payments WHERE id = :id",
      soci::use(id, "id"), soci::into(payment.id), soci::into(payment.merchantId),
      soci::into(payment.orderId), soci::into(payment.user.value), soci::into(payment.app.value),
      soci::into(payment.currency), soci::into(amount), soci::into(state), soci::into(result),
      soci::into(updated);
  if (!sql.got_data()) return std::nullopt;
  auto parsed = parseJson(result);
  if (!parsed) throw soci::soci_error("a stored payment cannot be read");
  payment.result = std::move(*parsed);
  payment.amountMinor = amount;
  payment.updatedAtMs = updated;
  payment.state = stateOf(state);
  return payment;
}

std::string paymentOfOrder(soci::session& sql, const std::string& merchantId,
                           const std::string& orderId) {
  std::string id;
  sql << "SELECT payment_id FROM orders WHERE merchant_id = :merchant AND order_id = :order_id",
      soci::use(merchantId, "merchant"), soci::use(orderId, "order_id"), soci::into(id);
  return sql.got_data() ? id : std::string();
}

void confirm(soci::session& sql, const PaymentCall& call, PaymentWallet wallet,
             const nlohmann::json& result) {
  insertPayment(sql, call, wallet, result);
  claimOrder(sql, call);
  moveOrder(sql, call.order.merchantId, call.order.orderId, "created", "confirmed");
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
  const std::string confirmed = stateName(PaymentState::Confirmed), next = stateName(state);
  const std::string text = dumpJson(result);
  const long long now = nowMs;
  soci::statement update =
      (sql.prepare
           << "UPDATE payments SET state = :next, result_json = :result, updated_at_ms = :now"
              " WHERE id = :id AND state = :confirmed",
       soci::use(next, "next"), soci::use(text, "result"), soci::use(now, "now"),
       soci::use(payment.id, "id"), soci::use(confirmed, "confirmed"));
  update.execute(true);
  KIOSK_CHECK(update.get_affected_rows() == 1, "a payment settles once");
  moveOrder(sql, payment.merchantId, payment.orderId, confirmed, next);
  if (state != PaymentState::Failed) return;
  sql << "DELETE FROM idempotency_keys WHERE payment_id = :id", soci::use(payment.id, "id");
}

}  // namespace kiosk::bridge
