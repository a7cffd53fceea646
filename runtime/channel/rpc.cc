#include "runtime/channel/rpc.h"

#include <algorithm>

#include "runtime/base/guard.h"
#include "runtime/base/json_rpc_code.h"

namespace kiosk {
namespace {

using nlohmann::json;

Error malformed(std::string why) { return {ErrorCode::InvalidParams, std::move(why)}; }

bool isMethodName(std::string_view name) {
  if (name.empty() || name.size() > kMethodBytesMax) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '$' || c == '/';
  });
}

Result<std::string> readExtension(const json& extension) {
  if (!extension.is_object() || extension.size() > 1)
    return malformed("'kiosk' is not an object of one key");
  if (extension.empty()) return std::string();
  const auto key = extension.find("idempotencyKey");
  if (key == extension.end() || !key->is_string()) {
    return malformed("'kiosk' holds something other than a text idempotencyKey");
  }
  auto text = key->get<std::string>();
  if (text.empty() || text.size() > kIdempotencyKeyBytesMax) {
    return malformed("an idempotencyKey has 1 to 255 bytes");
  }
  return text;
}

}  // namespace

Result<Incoming> readMessage(std::string_view text, const JsonBounds& bounds) {
  auto parsed = parseJson(text, bounds);
  if (!parsed) return std::move(parsed).error();
  json& message = *parsed;
  if (!message.is_object()) return malformed("a message is a JSON object");
  Incoming incoming;
  bool versioned = false;
  for (auto& [name, value] : message.items()) {
    if (name == "jsonrpc") {
      versioned = value == "2.0";
    } else if (name == "id") {
      const bool inRange = value.is_number_unsigned() && value.get<std::uint64_t>() != 0 &&
                           value.get<std::uint64_t>() <= kCallIdMax;
      if (!KIOSK_GUARD("rpc.id", inRange)) {
        return malformed("an id is a whole number from 1 to 2^53");
      }
      incoming.kind = Incoming::Kind::Call;
      incoming.id = value.get<std::uint64_t>();
    } else if (name == "method") {
      if (!value.is_string() ||
          !KIOSK_GUARD("rpc.method", isMethodName(value.get_ref<const std::string&>()))) {
        return malformed("a method's name has 1 to 64 of [A-Za-z0-9_.$/]");
      }
      incoming.method = std::move(value.get_ref<std::string&>());
    } else if (name == "params") {
      if (!value.is_object()) return malformed("params are an object");
      incoming.params = std::move(value);
    } else if (name == "kiosk") {
      auto key = readExtension(value);
      if (!key) return std::move(key).error();
      incoming.idempotencyKey = std::move(*key);
    } else if (!KIOSK_GUARD("rpc.members", false)) {
      return malformed("a message has a member that is not known");
    }
  }
  if (!KIOSK_GUARD("rpc.version", versioned)) return malformed("jsonrpc is not \"2.0\"");
  if (incoming.method.empty()) return malformed("a message without a method");
  return incoming;
}

std::string resultMessage(std::uint64_t id, const json& result) {
  return "{\"jsonrpc\":\"2.0\",\"id\":" + std::to_string(id) + ",\"result\":" + dumpJson(result) +
         "}";
}

std::string errorMessage(std::uint64_t id, const Error& error) {
  json data = {{"code", errorName(error.code)},
               {"errno", errorNumber(error.code)},
               {"retryable", errorRetryable(error.code)}};
  if (error.retryAfterMs) data["retryAfterMs"] = *error.retryAfterMs;
  const json body = {
      {"code", jsonRpcCode(error.code)}, {"message", error.message}, {"data", std::move(data)}};
  return "{\"jsonrpc\":\"2.0\",\"id\":" + std::to_string(id) + ",\"error\":" + dumpJson(body) + "}";
}

std::string notificationMessage(std::string_view method, const json& params) {
  return "{\"jsonrpc\":\"2.0\",\"method\":" + dumpJson(method) + ",\"params\":" + dumpJson(params) +
         "}";
}

}  // namespace kiosk
