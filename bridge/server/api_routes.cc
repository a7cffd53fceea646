#include <algorithm>
#include <initializer_list>
#include <optional>

#include "bridge/server/api_call.h"
#include "bridge/server/api_message.h"
#include "bridge/server/partner_bounds.h"

namespace kiosk::bridge::partner {
namespace {

std::vector<std::string_view> splitPath(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 1; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    parts.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

/// What stands for the names in braces; none when `parts` are not of that form.
std::optional<std::vector<std::string>> matchParts(std::string_view pattern,
                                                   const std::vector<std::string_view>& parts) {
  const auto wanted = splitPath(pattern);
  if (wanted.size() != parts.size()) return std::nullopt;
  std::vector<std::string> found;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (wanted[i].starts_with('{')) {
      if (!isWord(parts[i], kWordBytesMax)) return std::nullopt;
      found.emplace_back(parts[i]);
    } else if (wanted[i] != parts[i]) {
      return std::nullopt;
    }
  }
  return found;
}

}  // namespace

std::span<const ApiRoute> apiRoutes() {
  static const std::vector<ApiRoute> kAll = {
      {"GET", "/openapi.json", nullptr, {}},
      {"GET", "/.well-known/jwks.json", nullptr, {}},
      {"GET", "/healthz", nullptr, {}},
      {"GET", "/.well-known/openid-configuration", nullptr, {}},
      {"POST", "/oauth2/token", nullptr, {}},
      {"GET", "/oauth2/userinfo", nullptr, {}},
      {"POST", "/oauth2/userinfo", nullptr, {}},
      {"POST", "/v1/orders", createOrder, {}},
      {"GET", "/v1/orders", readOrders, {"before", "limit"}},
      {"GET", "/v1/orders/{orderId}", readOrder, {}},
      {"POST", "/v1/orders/{orderId}/cancel", cancelOneOrder, {}},
      {"POST", "/v1/orders/{orderId}/refunds", createRefund, {}},
      {"GET", "/v1/orders/{orderId}/refunds", readRefunds, {}},
      {"GET", "/v1/refunds/{refundId}", readRefund, {}},
      {"GET", "/v1/payments/{paymentId}", readPayment, {}},
      {"GET", "/v1/subscriptions", readSubscriptions, {"before", "limit"}},
      {"GET", "/v1/subscriptions/{subscriptionId}", readSubscription, {}},
      {"POST", "/v1/subscriptions/{subscriptionId}/cancel", cancelOneSubscription, {}},
      {"PUT", "/v1/webhook", setWebhook, {}},
      {"GET", "/v1/webhook", readWebhook, {}},
      {"DELETE", "/v1/webhook", removeWebhook, {}},
      {"GET", "/v1/events", readEvents, {"state", "after", "limit"}},
      {"POST", "/v1/events/{eventId}/replay", replayOneEvent, {}},
      {"POST", "/v1/identity/verify", verifyIdentity, {}, Answers::NotKept},
      {"GET", "/v1/keys", readKeys, {}},
      {"POST", "/v1/keys", addKey, {}},
      {"POST", "/v1/keys/{kid}/revoke", revokeKey, {}},
  };
  return kAll;
}

RouteMatch matchRoute(std::string_view method, std::string_view path) {
  const auto parts = splitPath(path);
  RouteMatch match;
  for (const ApiRoute& route : apiRoutes()) {
    auto found = matchParts(route.pattern, parts);
    if (!found) continue;
    match.allow += (match.allow.empty() ? "" : ", ") + std::string(route.method);
    if (route.method != method) continue;
    match.route = &route;
    match.parts = *std::move(found);
  }
  return match;
}

Result<std::map<std::string, std::string>> parseQuery(std::string_view query,
                                                      const std::vector<std::string>& names) {
  std::map<std::string, std::string> all;
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const auto equals = pair.find('=');
    const std::string name(pair.substr(0, equals));
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return Error{ErrorCode::InvalidParams,
                   "the query holds a name that this address does not know"};
    }
    if (equals == std::string_view::npos || !isWord(pair.substr(equals + 1), kWordBytesMax)) {
      return Error{ErrorCode::InvalidParams, name + " is not 1 to 64 of [A-Za-z0-9._-]"};
    }
    if (!all.emplace(name, pair.substr(equals + 1)).second) {
      return Error{ErrorCode::InvalidParams, name + " stands twice in the query"};
    }
  }
  return all;
}

Result<void> checkMembers(const nlohmann::json& body, std::initializer_list<const char*> names) {
  for (const auto& [name, value] : body.items()) {
    const auto same = [&name](const char* known) { return name == known; };
    if (std::any_of(names.begin(), names.end(), same)) continue;
    return Error{ErrorCode::InvalidParams, "the body holds a member that is not known here"};
  }
  return {};
}

Result<std::string> textMember(const nlohmann::json& body, const char* name, std::size_t bytesMax) {
  const auto found = body.find(name);
  const auto* text =
      found == body.end() ? nullptr : found->get_ptr<const nlohmann::json::string_t*>();
  if (text == nullptr || text->empty() || text->size() > bytesMax) {
    return Error{ErrorCode::InvalidParams, std::string(name) + " is not a string of 1 to " +
                                               std::to_string(bytesMax) + " bytes"};
  }
  return *text;
}

Result<std::int64_t> pageLimit(const ApiCall& call) {
  const auto found = call.query.find("limit");
  if (found == call.query.end()) return kPageDefault;
  const std::string& text = found->second;
  const bool isNumber = text.size() <= 3 && std::all_of(text.begin(), text.end(), [](char c) {
                          return c >= '0' && c <= '9';
                        });
  const std::int64_t limit = isNumber ? std::stoll(text) : 0;
  if (limit < 1 || limit > kPageMax) {
    return Error{ErrorCode::InvalidParams, "limit is not a whole number from 1 to 100"};
  }
  return limit;
}

}  // namespace kiosk::bridge::partner
