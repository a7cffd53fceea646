#include <algorithm>

#include "bridge/identity/launch_data.h"
#include "bridge/oidc/client_book.h"
#include "bridge/server/api_call.h"
#include "bridge/server/api_message.h"
#include "bridge/server/partner_bounds.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"

namespace kiosk::bridge::partner {
namespace {

constexpr JsonBounds kUserBounds{.bytesMax = kLaunchDataBytesMax, .depthMax = 2, .valuesMax = 64};

/// The app that the launch data is to be for: the one that is named, or the partner's only one.
Result<std::string> appOfCall(soci::session& sql, const ApiCall& call) {
  const auto clients = oidc::listClients(sql, call.merchantId);
  if (!call.body.contains("appId")) {
    if (clients.size() == 1) return clients.front().app;
    return Error{ErrorCode::InvalidParams, "name the app by appId: you have none, or several"};
  }
  auto app = textMember(call.body, "appId", kAppIdBytesMax);
  if (!app) return app.error();
  const bool isOurs = std::any_of(clients.begin(), clients.end(),
                                  [&app](const auto& client) { return client.app == *app; });
  if (!KIOSK_GUARD("login.ownApp", isOurs)) {
    return Error{ErrorCode::NotFound, "there is no such app of yours"};
  }
  return app;
}

/// Checks `raw` with each key of the host: launch data does not say which one signed it.
Result<LaunchFields> checkWithAnyKey(const std::string& raw, const std::string& app,
                                     const ApiCall& call) {
  Result<LaunchFields> checked =
      Error{ErrorCode::SignatureInvalid, "the signature of the launch data is not the host's"};
  std::size_t tried = 0;
  for (const auto& [id, key] : *call.hostKeys) {
    if (++tried > kKeysTriedMax) break;
    LaunchDataAge age;
    age.nowMs = call.nowMs;
    checked = verifyLaunchDataSignature(raw, app, bytesOf(key), age);
    if (checked || checked.error().code != ErrorCode::SignatureInvalid) return checked;
  }
  return checked;
}

nlohmann::json identityJson(const LaunchFields& fields, const std::string& app) {
  nlohmann::json out = {
      {"valid", true}, {"appId", app}, {"authDate", std::stoll(fields.at("auth_date"))}};
  if (const auto id = fields.find("query_id"); id != fields.end()) out["queryId"] = id->second;
  if (const auto start = fields.find("start_param"); start != fields.end()) {
    out["startParam"] = start->second;
  }
  const auto user = fields.find("user");
  const auto parsed = user == fields.end() ? Result<nlohmann::json>(nlohmann::json::object())
                                           : parseJson(user->second, kUserBounds);
  if (parsed && parsed->is_object()) {
    if (parsed->contains("id")) out["sub"] = parsed->at("id");
    if (parsed->contains("language_code")) out["language"] = parsed->at("language_code");
  }
  return out;
}

}  // namespace

Result<ApiReply> verifyIdentity(soci::session& sql, const ApiCall& call) {
  if (auto known = checkMembers(call.body, {"launchData", "appId"}); !known) return known.error();
  auto raw = textMember(call.body, "launchData", kLaunchDataBytesMax);
  if (!raw) return raw.error();
  auto app = appOfCall(sql, call);
  if (!app) return app.error();
  const auto fields = checkWithAnyKey(*raw, *app, call);
  if (fields) return ApiReply{200, identityJson(*fields, *app)};
  const char* reason = fields.error().code == ErrorCode::SignatureInvalid ? "signature"
                       : fields.error().code == ErrorCode::NotVerified    ? "age"
                                                                          : "form";
  return ApiReply{
      200,
      {{"valid", false}, {"appId", *app}, {"reason", reason}, {"detail", fields.error().message}}};
}

}  // namespace kiosk::bridge::partner
