#include "bridge/payments/order_book.h"

#include <algorithm>

#include "bridge/payments/outbox.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr const char* kOrderColumns =
    "o.merchant_id, o.order_id, o.state, o.currency, o.amount_minor, o.refunded_minor, o.app_id,"
    " COALESCE(o.payment_id, ''), o.created_at_ms, o.updated_at_ms, o.expires_at_ms,"
    " COALESCE(p.payer, ''), COALESCE(p.result_json, '')";
constexpr const char* kOrderSource = " FROM orders o LEFT JOIN payments p ON p.id = o.payment_id";

/// The receipt in what payments.request answered; empty when there is none.
std::string receiptIn(const std::string& resultJson) {
  const auto result = parseJson(resultJson);
  if (!result || !result->is_object()) return {};
  const auto receipt = result->find("receipt");
  return receipt == result->end() || !receipt->is_object() ? std::string()
                                                           : receipt->value("token", "");
}

OrderRow orderOf(const soci::row& row) {
  OrderRow order;
  order.merchantId = row.get<std::string>(0);
  order.orderId = row.get<std::string>(1);
  const auto state = orderStateOf(row.get<std::string>(2));
  if (!state) throw soci::soci_error("a stored order cannot be read");
  order.state = *state;
  order.currency = row.get<std::string>(3);
  order.amountMinor = row.get<long long>(4);
  order.refundedMinor = row.get<long long>(5);
  order.appId = row.get<std::string>(6);
  order.paymentId = row.get<std::string>(7);
  order.createdAtMs = row.get<long long>(8);
  order.updatedAtMs = row.get<long long>(9);
  order.expiresAtMs = row.get<long long>(10);
  if (order.state != OrderState::Captured) return order;
  order.payer = row.get<std::string>(11);
  order.receipt = receiptIn(row.get<std::string>(12));
  return order;
}

/// What an order's token was, for the comparison in registerOrder.
std::string tokenHashOf(soci::session& sql, const std::string& merchantId,
                        const std::string& orderId) {
  std::string hash;
  sql << "SELECT token_hash FROM orders WHERE merchant_id = :merchant AND order_id = :order_id",
      soci::use(merchantId, "merchant"), soci::use(orderId, "order_id"), soci::into(hash);
  return hash;
}

/// The states from which an order may move to `to`, as SQL lists them.
std::string statesBefore(OrderState to) {
  std::string list;
  for (const OrderState from : kOrderStates) {
    if (!orderMayMove(from, to)) continue;
    list += (list.empty() ? "'" : ", '") + std::string(orderStateName(from)) + "'";
  }
  return list;
}

}  // namespace

nlohmann::json orderJson(const OrderRow& order) {
  nlohmann::json json = {{"orderId", order.orderId},         {"state", orderStateName(order.state)},
                         {"amountMinor", order.amountMinor}, {"refundedMinor", order.refundedMinor},
                         {"currency", order.currency},       {"createdAt", order.createdAtMs},
                         {"updatedAt", order.updatedAtMs},   {"expiresAt", order.expiresAtMs}};
  const std::pair<const char*, const std::string*> optional[] = {{"appId", &order.appId},
                                                                 {"payer", &order.payer},
                                                                 {"paymentId", &order.paymentId},
                                                                 {"receipt", &order.receipt}};
  for (const auto& [name, text] : optional) {
    if (!text->empty()) json[name] = *text;
  }
  return json;
}

Result<OrderRow> registerOrder(soci::session& sql, const OrderToken& token, std::int64_t nowMs) {
  const Order& order = token.order;
  if (auto known = findOrder(sql, order.merchantId, order.orderId)) {
    if (tokenHashOf(sql, order.merchantId, order.orderId) == token.hash) return *std::move(known);
    return Error{ErrorCode::DuplicateOrder, "the order's id was used with another token"};
  }
  if (order.expSeconds <= nowMs / 1000) {
    return Error{ErrorCode::OrderExpired, "the order has expired: sign a new one"};
  }
  const std::string state = orderStateName(OrderState::Created);
  const long long amount = order.amountMinor, expires = order.expSeconds * 1000, now = nowMs;
  sql << "INSERT INTO orders (merchant_id, order_id, token_hash, user_id, app_id, state, currency,"
         " amount_minor, refunded_minor, payment_id, events, expires_at_ms, created_at_ms,"
         " updated_at_ms) VALUES (:merchant, :order_id, :token, '', '', :state, :currency, :amount,"
         " 0, NULL, 0, :expires, :created, :updated)",
      soci::use(order.merchantId, "merchant"), soci::use(order.orderId, "order_id"),
      soci::use(token.hash, "token"), soci::use(state, "state"),
      soci::use(order.currency, "currency"), soci::use(amount, "amount"),
      soci::use(expires, "expires"), soci::use(now, "created"), soci::use(now, "updated");
  return *findOrder(sql, order.merchantId, order.orderId);
}

std::optional<OrderRow> findOrder(soci::session& sql, const std::string& merchantId,
                                  const std::string& orderId) {
  soci::row row;
  sql << "SELECT " + std::string(kOrderColumns) + kOrderSource +
             " WHERE o.merchant_id = :merchant AND o.order_id = :order_id",
      soci::use(merchantId, "merchant"), soci::use(orderId, "order_id"), soci::into(row);
  if (!sql.got_data()) return std::nullopt;
  return orderOf(row);
}

Result<std::vector<OrderRow>> listOrders(soci::session& sql, const std::string& merchantId,
                                         const std::string& beforeOrderId, std::int64_t countMax) {
  const long long most = std::clamp<std::int64_t>(countMax, 1, kOrdersPageMax);
  long long before = std::numeric_limits<long long>::max();
  if (!beforeOrderId.empty()) {
    const auto mark = findOrder(sql, merchantId, beforeOrderId);
    if (!mark) return Error{ErrorCode::NotFound, "there is no such order to go on from"};
    before = mark->createdAtMs;
  }
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT " + std::string(kOrderColumns) + kOrderSource +
                          " WHERE o.merchant_id = :merchant AND (o.created_at_ms < :before"
                          " OR (o.created_at_ms = :same AND o.order_id < :mark))"
                          " ORDER BY o.created_at_ms DESC, o.order_id DESC LIMIT :most",
       soci::use(merchantId, "merchant"), soci::use(before, "before"), soci::use(before, "same"),
       soci::use(beforeOrderId, "mark"), soci::use(most, "most"));
  std::vector<OrderRow> orders;
  for (const soci::row& row : rows) orders.push_back(orderOf(row));
  return orders;
}

Result<OrderRow> cancelOrder(soci::session& sql, const std::string& merchantId,
                             const std::string& orderId, std::int64_t nowMs) {
  auto order = findOrder(sql, merchantId, orderId);
  if (!order) return Error{ErrorCode::NotFound, "there is no such order"};
  if (order->state == OrderState::Cancelled) return *std::move(order);
  if (order->state == OrderState::Expired) {
    return Error{ErrorCode::OrderExpired, "the order has expired: nobody can pay it any more"};
  }
  if (!orderMayMove(order->state, OrderState::Cancelled)) {
    return Error{ErrorCode::DuplicateOrder,
                 "the order is paid or being paid: refund it once it is captured"};
  }
  moveOrder(sql, merchantId, orderId, OrderState::Cancelled, nowMs);
  return *findOrder(sql, merchantId, orderId);
}

std::int64_t expireOrders(soci::session& sql, std::int64_t nowMs, std::int64_t countMax) {
  const long long now = nowMs, most = countMax;
  std::vector<std::pair<std::string, std::string>> due;
  {
    soci::rowset<soci::row> rows =
        (sql.prepare << "SELECT merchant_id, order_id FROM orders"
                        " WHERE state IN ('created', 'failed') AND expires_at_ms <= :now"
                        " ORDER BY expires_at_ms LIMIT :most",
         soci::use(now, "now"), soci::use(most, "most"));
    for (const soci::row& row : rows) {
      due.emplace_back(row.get<std::string>(0), row.get<std::string>(1));
    }
  }
  for (const auto& [merchantId, orderId] : due) {
    moveOrder(sql, merchantId, orderId, OrderState::Expired, nowMs);
  }
  return static_cast<std::int64_t>(due.size());
}

std::int64_t nextEventNumber(soci::session& sql, const std::string& merchantId,
                             const std::string& orderId) {
  long long number = 0;
  sql << "UPDATE orders SET events = events + 1 WHERE merchant_id = :merchant"
         " AND order_id = :order_id RETURNING events",
      soci::use(merchantId, "merchant"), soci::use(orderId, "order_id"), soci::into(number);
  return number;
}

void moveOrder(soci::session& sql, const std::string& merchantId, const std::string& orderId,
               OrderState to, std::int64_t nowMs) {
  const std::string next = orderStateName(to);
  const bool isTold = to != OrderState::Authorised;
  const long long now = nowMs, told = isTold ? 1 : 0;
  long long number = 0;
  sql << "UPDATE orders SET state = :next, updated_at_ms = :now, events = events + :told"
         " WHERE merchant_id = :merchant AND order_id = :order_id AND state IN (" +
             statesBefore(to) + ") RETURNING events",
      soci::use(next, "next"), soci::use(now, "now"), soci::use(told, "told"),
      soci::use(merchantId, "merchant"), soci::use(orderId, "order_id"), soci::into(number);
  KIOSK_CHECK(sql.got_data(), "an order moves along the arrows of its states");
  if (!isTold) return;
  const auto order = findOrder(sql, merchantId, orderId);
  appendEvent(sql,
              {.merchantId = merchantId,
               .subject = orderId,
               .type = "order." + next,
               .number = number,
               .data = orderJson(*order)},
              nowMs);
}

}  // namespace kiosk::bridge
