// Goal: what is paid is exactly what the merchant signed. Method: an input that begins with '{' is
// a payload, which is signed first; any other is the token. An order that was read is written again
// and must be the payload, member for member.

#include "bridge/payments/order_token.h"

#include "bridge/payments/amount.h"
#include "runtime/base/json.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr std::string_view kOrderKid = "kid-1";

json orderJson(const Order& order) {
  json items = json::array();
  for (const auto& [title, quantity, amount] : order.items) {
    items.push_back({{"title", title}, {"quantity", quantity}, {"amountMinor", amount}});
  }
  json payload = {{"merchantId", order.merchantId},
                  {"orderId", order.orderId},
                  {"amountMinor", order.amountMinor},
                  {"currency", order.currency},
                  {"items", items},
                  {"exp", order.expSeconds},
                  {"nonce", order.nonce}};
  if (!order.payee.empty()) payload["payee"] = order.payee;
  return payload;
}

void checkOrder(const OrderToken& token, std::string_view text) {
  const Order& order = token.order;
  KIOSK_CHECK(orderJson(order) == token.jws.payload, "an order holds all of its payload");
  KIOSK_CHECK(order.amountMinor >= 1 && order.amountMinor <= kAmountMinorMax, "an amount");
  KIOSK_CHECK(!order.items.empty() && order.items.size() <= kOrderItemsMax, "1 to 100 items");
  std::int64_t sum = 0;
  for (const auto& item : order.items) sum += item.amountMinor;
  KIOSK_CHECK(sum == order.amountMinor, "the items add up");
  KIOSK_CHECK(!order.orderId.starts_with(kPeriodOrderPrefix), "the host's own orders are its own");
  KIOSK_CHECK(token.hash == sha256Hex(text) && text.size() <= kJwsBytesMax, "a token's hash");
}

void judgeOrder(std::string_view text) {
  const auto token = parseOrderToken(text);
  if (token) return checkOrder(*token, text);
  const auto code = token.error().code;
  KIOSK_CHECK(code == ErrorCode::OrderInvalid || code == ErrorCode::AmountMismatch,
              "the codes that are declared");
}

}  // namespace
}  // namespace kiosk::bridge

namespace kiosk::fuzz {

void tryInput(std::string_view input) {
  using namespace bridge;
  if (!input.starts_with('{')) {
    const auto plain = parsePlainJwt(input);
    KIOSK_CHECK(!plain || plain->payload.is_object(), "a payload is an object");
    return judgeOrder(input);
  }
  const auto payload = parseJson(input);
  if (!payload || !payload->is_object() || !canonicalJson(*payload)) return;
  const auto key = fixedKey();
  std::string text = signJws(*payload, kOrderTokenType, kOrderKid, key);
  judgeOrder(text);
  const auto token = parseOrderToken(text);
  if (!token) return;
  KIOSK_CHECK(verifyJws(token->jws, bytesOf(key.publicKey())), "what was signed verifies");
  KIOSK_CHECK(!verifyJws(token->jws, bytesOf(fixedKey(2).publicKey())), "and under one key only");
  KIOSK_CHECK(signJws(orderJson(token->order), kOrderTokenType, token->jws.kid, key) == text,
              "an order signed again is the same token");
  KIOSK_CHECK(!parseJws(text, "kiosk-plan+jwt"), "a token has one type");
  text[input.size() % text.size()] ^= 1;
  const auto changed = parseOrderToken(text);
  KIOSK_CHECK(!changed || !verifyJws(changed->jws, bytesOf(key.publicKey())),
              "a changed token verifies no more");
}

std::vector<Seed> madeSeeds() {
  const nlohmann::json payload = {
      {"merchantId", "post"},
      {"orderId", "o-1"},
      {"amountMinor", 100},
      {"currency", "RUB"},
      {"items", {{{"title", "Stamp"}, {"quantity", 1}, {"amountMinor", 100}}}},
      {"exp", 1'800'000'000},
      {"nonce", "nonce-0000000001"}};
  const auto key = fixedKey();
  return {{"token", bridge::signJws(payload, bridge::kOrderTokenType, "kid-1", key)},
          {"plain", bridge::signJws(payload, "JWT", "kid-1", key)}};
}

}  // namespace kiosk::fuzz
