#include "bridge/payments/order_book.h"
#include "bridge/payments/payment_book.h"
#include "bridge/server/api_call.h"
#include "bridge/server/partner_bounds.h"

namespace kiosk::bridge::partner {
namespace {

Error noOrder() { return {ErrorCode::NotFound, "there is no such order of yours"}; }

/// The rules of an order token that need no manifest; order_rules.h keeps the others when it is
/// paid.
Result<void> checkToken(soci::session& sql, const OrderToken& token, const ApiCall& call) {
  if (token.order.merchantId != call.merchantId) {
    return Error{ErrorCode::OrderInvalid,
                 "the order is of another merchant than who signed the"
                 " request"};
  }
  const auto merchant = findMerchant(sql, call.merchantId, token.jws.kid);
  if (!merchant || merchant->publicKey.empty()) {
    return Error{ErrorCode::SignatureInvalid, "the order's kid is no key of yours"};
  }
  if (!verifyJws(token.jws, bytesOf(merchant->publicKey))) {
    return Error{ErrorCode::SignatureInvalid, "the order is not signed by the key of its kid"};
  }
  if (!token.order.payee.empty() && token.order.payee != merchant->name) {
    return Error{ErrorCode::OrderInvalid, "payee is not your registered name: leave it out"};
  }
  return {};
}

/// "paid" of a payment that a wallet has decided.
const char* paymentStatus(const Payment& payment) {
  const auto found = payment.result.find("status");
  const auto* said =
      found == payment.result.end() ? nullptr : found->get_ptr<const nlohmann::json::string_t*>();
  return said == nullptr ? "pending" : said->c_str();
}

/// Of an answer that is kept for replays, and so holds nothing of a user's.
nlohmann::json orderWithoutPayer(const OrderRow& order) {
  nlohmann::json json = orderJson(order);
  json.erase("payer");
  json.erase("receipt");
  return json;
}

}  // namespace

Result<ApiReply> createOrder(soci::session& sql, const ApiCall& call) {
  if (auto known = checkMembers(call.body, {"orderToken"}); !known) return known.error();
  auto text = textMember(call.body, "orderToken", kJwsBytesMax);
  if (!text) return text.error();
  auto token = parseOrderToken(*text);
  if (!token) return token.error();
  if (auto sound = checkToken(sql, *token, call); !sound) return sound.error();
  auto order = registerOrder(sql, *token, call.nowMs);
  if (!order) return order.error();
  return ApiReply{201, orderWithoutPayer(*order)};
}

Result<ApiReply> readOrders(soci::session& sql, const ApiCall& call) {
  auto limit = pageLimit(call);
  if (!limit) return limit.error();
  const auto before = call.query.find("before");
  auto orders = listOrders(sql, call.merchantId,
                           before == call.query.end() ? std::string() : before->second, *limit);
  if (!orders) return orders.error();
  nlohmann::json items = nlohmann::json::array();
  for (const OrderRow& order : *orders) items.push_back(orderJson(order));
  const bool isFull = static_cast<std::int64_t>(orders->size()) == *limit;
  nlohmann::json body = {{"items", std::move(items)}, {"next", nullptr}};
  if (isFull) body["next"] = orders->back().orderId;
  return ApiReply{200, std::move(body)};
}

Result<ApiReply> readOrder(soci::session& sql, const ApiCall& call) {
  const auto order = findOrder(sql, call.merchantId, call.parts.at(0));
  if (!order) return noOrder();
  return ApiReply{200, orderJson(*order)};
}

Result<ApiReply> cancelOneOrder(soci::session& sql, const ApiCall& call) {
  if (auto known = checkMembers(call.body, {}); !known) return known.error();
  auto order = cancelOrder(sql, call.merchantId, call.parts.at(0), call.nowMs);
  if (!order) return order.error();
  return ApiReply{200, orderWithoutPayer(*order)};
}

Result<ApiReply> readPayment(soci::session& sql, const ApiCall& call) {
  const auto payment = findPayment(sql, call.parts.at(0));
  if (!payment || payment->merchantId != call.merchantId) {
    return Error{ErrorCode::NotFound, "there is no such payment of yours"};
  }
  // Never the user's id: a merchant knows its payer by the pairwise id of the order.
  return ApiReply{200,
                  {{"paymentId", payment->id},
                   {"orderId", payment->orderId},
                   {"appId", payment->app.value},
                   {"status", paymentStatus(*payment)},
                   {"amountMinor", payment->amountMinor},
                   {"currency", payment->currency},
                   {"updatedAt", payment->updatedAtMs}}};
}

}  // namespace kiosk::bridge::partner
