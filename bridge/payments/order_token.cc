#include "bridge/payments/order_token.h"

#include <initializer_list>

#include "bridge/payments/amount.h"
#include "bridge/payments/token_members.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

constexpr std::int64_t kQuantityMax = 1'000'000;

Result<OrderItem> readItem(const nlohmann::json& value) {
  if (!value.is_object()) return invalidToken("an item of the order is not an object");
  TokenMembers members(value);
  auto title = members.line("title", kTokenTitleCharactersMax);
  if (!title) return invalidToken("an item's title is not a line of 1 to 120 characters");
  const auto quantity = members.integer("quantity", 1, kQuantityMax);
  const auto amount = members.integer("amountMinor", 0, kAmountMinorMax);
  if (!quantity) return invalidToken("an item's quantity is not a whole number from 1 to 1000000");
  if (!amount) return invalidToken("an item's amountMinor is not a whole number from 0 to 10^12");
  if (members.leftOver()) {
    return invalidToken("an item holds more than title, quantity and amountMinor");
  }
  return OrderItem{*std::move(title), *quantity, *amount};
}

Result<std::vector<OrderItem>> readItems(const nlohmann::json* value) {
  if (value == nullptr || !value->is_array() || value->empty() || value->size() > kOrderItemsMax) {
    return invalidToken("items is not a list of 1 to 100 items");
  }
  std::vector<OrderItem> items;
  for (const nlohmann::json& element : *value) {
    auto item = readItem(element);
    if (!item) return item.error();
    items.push_back(std::move(*item));
  }
  return items;
}

Result<void> readNames(TokenMembers& members, Order& order) {
  for (auto [name, into] :
       {std::pair{"merchantId", &order.merchantId}, {"orderId", &order.orderId}}) {
    auto id = members.id(name);
    if (!id) return id.error();
    *into = *std::move(id);
  }
  if (!KIOSK_GUARD("order.reserved", !order.orderId.starts_with(kPeriodOrderPrefix))) {
    return invalidToken("order ids that begin with kiosk-sub- are the host's own");
  }
  auto nonce = members.nonce();
  if (!nonce) return nonce.error();
  order.nonce = *std::move(nonce);
  if (!members.has("payee")) return {};
  auto payee = members.line("payee", kTokenPayeeCharactersMax);
  if (!payee) return payee.error();
  order.payee = *std::move(payee);
  return {};
}

Result<void> readMoney(TokenMembers& members, Order& order) {
  auto amount = members.amount();
  if (!amount) return amount.error();
  auto currency = members.currency();
  if (!currency) return currency.error();
  auto items = readItems(members.take("items"));
  if (!items) return items.error();
  std::int64_t sum = 0;  // at most 100 * 10^12
  for (const OrderItem& item : *items) sum += item.amountMinor;
  if (!KIOSK_GUARD("order.sum", sum == *amount)) {
    return Error{ErrorCode::AmountMismatch, "the items add up to " + std::to_string(sum) +
                                                " and amountMinor is " + std::to_string(*amount)};
  }
  order.amountMinor = *amount;
  order.currency = *std::move(currency);
  order.items = std::move(*items);
  return {};
}

}  // namespace

Result<OrderToken> parseOrderToken(std::string_view token) {
  auto jws = parseJws(token, kOrderTokenType);
  if (!jws) return invalidToken(jws.error().message);
  OrderToken parsed;
  TokenMembers members(jws->payload);
  auto names = readNames(members, parsed.order);
  if (!names) return names.error();
  auto money = readMoney(members, parsed.order);
  if (!money) return money.error();
  auto exp = members.expiry();
  if (!exp) return exp.error();
  parsed.order.expSeconds = *exp;
  if (members.leftOver()) return invalidToken("the order holds a member that is not known");
  parsed.hash = sha256Hex(token);
  parsed.jws = std::move(*jws);
  return parsed;
}

}  // namespace kiosk::bridge
