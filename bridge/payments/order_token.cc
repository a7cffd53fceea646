#include "bridge/payments/order_token.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "bridge/payments/amount.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kIdBytesMax = 64;
constexpr std::size_t kNonceBytesMin = 16, kNonceBytesMax = 128;
constexpr std::size_t kTitleCharactersMax = 120, kPayeeCharactersMax = 128;
constexpr std::int64_t kQuantityMax = 1'000'000;
constexpr std::int64_t kExpSecondsMax = 253'402'300'799;  // the end of the year 9999
constexpr std::size_t kEscapedBytesMax = 2048;

Error invalid(std::string message) { return {ErrorCode::OrderInvalid, std::move(message)}; }

bool isWord(std::string_view text, std::string_view extra) {
  return std::all_of(text.begin(), text.end(), [extra](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           extra.find(c) != std::string_view::npos;
  });
}

bool isLine(const std::string& text, std::size_t charactersMax) {
  return !text.empty() && codePoints(text) <= charactersMax &&
         printable(text, kEscapedBytesMax) == text;
}

/// Reads the members of one JSON object by name and type, and knows whether any was left over.
class Members {
 public:
  explicit Members(const nlohmann::json& object) : object_(object) {}

  const std::string* text(const char* name) {
    const nlohmann::json* value = take(name);
    return value ? value->get_ptr<const std::string*>() : nullptr;
  }

  /// A whole number in min..max as JSON writes whole numbers: neither 1e2 nor 100.0 nor "100".
  std::optional<std::int64_t> integer(const char* name, std::int64_t min, std::int64_t max) {
    const nlohmann::json* value = take(name);
    if (value == nullptr || !value->is_number_integer()) return std::nullopt;
    if (value->is_number_unsigned() &&
        value->get<std::uint64_t>() > static_cast<std::uint64_t>(max)) {
      return std::nullopt;
    }
    const auto number = value->get<std::int64_t>();
    if (number < min || number > max) return std::nullopt;
    return number;
  }

  const nlohmann::json* take(const char* name) {
    const auto found = object_.find(name);
    if (found == object_.end()) return nullptr;
    ++taken_;
    return &*found;
  }

  bool has(const char* name) const { return object_.contains(name); }
  bool leftOver() const { return taken_ != object_.size(); }

 private:
  const nlohmann::json& object_;
  std::size_t taken_ = 0;
};

Result<OrderItem> readItem(const nlohmann::json& value) {
  if (!value.is_object()) return invalid("an item of the order is not an object");
  Members members(value);
  const std::string* title = members.text("title");
  const auto quantity = members.integer("quantity", 1, kQuantityMax);
  const auto amount = members.integer("amountMinor", 0, kAmountMinorMax);
  if (title == nullptr || !isLine(*title, kTitleCharactersMax)) {
    return invalid("an item's title is not a line of 1 to 120 characters");
  }
  if (!quantity) return invalid("an item's quantity is not a whole number from 1 to 1000000");
  if (!amount) return invalid("an item's amountMinor is not a whole number from 0 to 10^12");
  if (members.leftOver()) return invalid("an item holds more than title, quantity and amountMinor");
  return OrderItem{*title, *quantity, *amount};
}

Result<std::vector<OrderItem>> readItems(const nlohmann::json* value) {
  if (value == nullptr || !value->is_array() || value->empty() || value->size() > kOrderItemsMax) {
    return invalid("items is not a list of 1 to 100 items");
  }
  std::vector<OrderItem> items;
  for (const nlohmann::json& element : *value) {
    auto item = readItem(element);
    if (!item) return item.error();
    items.push_back(std::move(*item));
  }
  return items;
}

Result<void> readNames(Members& members, Order& order) {
  for (auto [name, into] :
       {std::pair{"merchantId", &order.merchantId}, {"orderId", &order.orderId}}) {
    const std::string* text = members.text(name);
    if (text == nullptr || text->empty() || text->size() > kIdBytesMax || !isWord(*text, "._-")) {
      return invalid(std::string(name) + " is not 1 to 64 of [A-Za-z0-9._-]");
    }
    *into = *text;
  }
  const std::string* nonce = members.text("nonce");
  if (nonce == nullptr || nonce->size() < kNonceBytesMin || nonce->size() > kNonceBytesMax ||
      !isWord(*nonce, "_-")) {
    return invalid("nonce is not 16 to 128 of [A-Za-z0-9_-]");
  }
  order.nonce = *nonce;
  if (members.has("payee")) {
    const std::string* payee = members.text("payee");
    if (payee == nullptr || !isLine(*payee, kPayeeCharactersMax)) {
      return invalid("payee is not a line of 1 to 128 characters");
    }
    order.payee = *payee;
  }
  return {};
}

Result<void> readMoney(Members& members, Order& order) {
  const auto amount = members.integer("amountMinor", 1, kAmountMinorMax);
  if (!amount) return invalid("amountMinor is not a whole number from 1 to 10^12");
  const std::string* currency = members.text("currency");
  if (currency == nullptr || !currencyExponent(*currency)) {
    return invalid("currency is not the ISO 4217 code of a currency that this host deals in");
  }
  auto items = readItems(members.take("items"));
  if (!items) return items.error();
  std::int64_t sum = 0;  // at most 100 * 10^12
  for (const OrderItem& item : *items) sum += item.amountMinor;
  if (!KIOSK_GUARD("order.sum", sum == *amount)) {
    return Error{ErrorCode::AmountMismatch, "the items add up to " + std::to_string(sum) +
                                                " and amountMinor is " + std::to_string(*amount)};
  }
  order.amountMinor = *amount;
  order.currency = *currency;
  order.items = std::move(*items);
  return {};
}

}  // namespace

Result<OrderToken> parseOrderToken(std::string_view token) {
  auto jws = parseJws(token, kOrderTokenType);
  if (!jws) return invalid(jws.error().message);
  OrderToken parsed;
  Members members(jws->payload);
  auto names = readNames(members, parsed.order);
  if (!names) return names.error();
  auto money = readMoney(members, parsed.order);
  if (!money) return money.error();
  const auto exp = members.integer("exp", 1, kExpSecondsMax);
  if (!exp) return invalid("exp is not a whole number of seconds up to the year 9999");
  parsed.order.expSeconds = *exp;
  if (members.leftOver()) return invalid("the order holds a member that is not known");
  parsed.hash = sha256Hex(token);
  parsed.jws = std::move(*jws);
  return parsed;
}

}  // namespace kiosk::bridge
