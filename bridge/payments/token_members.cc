#include "bridge/payments/token_members.h"

#include <algorithm>

#include "bridge/payments/amount.h"
#include "runtime/base/encoding.h"
#include "runtime/base/short_text.h"

namespace kiosk::bridge {
namespace {

constexpr std::int64_t kExpSecondsMax = 253'402'300'799;  // the end of the year 9999

bool isTokenWord(std::string_view text, std::string_view extra) {
  return std::all_of(text.begin(), text.end(), [extra](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           extra.find(c) != std::string_view::npos;
  });
}

}  // namespace

Error invalidToken(std::string message) { return {ErrorCode::OrderInvalid, std::move(message)}; }

const std::string* TokenMembers::text(const char* name) {
  const nlohmann::json* value = take(name);
  return value ? value->get_ptr<const std::string*>() : nullptr;
}

std::optional<std::int64_t> TokenMembers::integer(const char* name, std::int64_t min,
                                                  std::int64_t max) {
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

const nlohmann::json* TokenMembers::take(const char* name) {
  const auto found = object_.find(name);
  if (found == object_.end()) return nullptr;
  ++taken_;
  return &*found;
}

Result<std::string> TokenMembers::id(const char* name) {
  const std::string* value = text(name);
  if (value == nullptr || value->empty() || value->size() > kTokenIdBytesMax ||
      !isTokenWord(*value, "._-")) {
    return invalidToken(std::string(name) + " is not 1 to 64 of [A-Za-z0-9._-]");
  }
  return *value;
}

Result<std::string> TokenMembers::nonce() {
  const std::string* value = text("nonce");
  if (value == nullptr || value->size() < kTokenNonceBytesMin ||
      value->size() > kTokenNonceBytesMax || !isTokenWord(*value, "_-")) {
    return invalidToken("nonce is not 16 to 128 of [A-Za-z0-9_-]");
  }
  return *value;
}

Result<std::string> TokenMembers::line(const char* name, std::size_t charactersMax) {
  const std::string* value = text(name);
  if (value == nullptr || value->empty() || codePoints(*value) > charactersMax ||
      !isPrintable(*value)) {
    return invalidToken(std::string(name) + " is not a line of 1 to " +
                        std::to_string(charactersMax) + " characters");
  }
  return *value;
}

Result<std::int64_t> TokenMembers::amount() {
  const auto value = integer("amountMinor", 1, kAmountMinorMax);
  if (!value) return invalidToken("amountMinor is not a whole number from 1 to 10^12");
  return *value;
}

Result<std::string> TokenMembers::currency() {
  const std::string* value = text("currency");
  if (value == nullptr || !currencyExponent(*value)) {
    return invalidToken("currency is not the ISO 4217 code of a currency that this host deals in");
  }
  return *value;
}

Result<std::int64_t> TokenMembers::expiry() {
  const auto value = integer("exp", 1, kExpSecondsMax);
  if (!value) return invalidToken("exp is not a whole number of seconds up to the year 9999");
  return *value;
}

}  // namespace kiosk::bridge
