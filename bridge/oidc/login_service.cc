#include "bridge/oidc/login_service.h"

#include <algorithm>

#include "bridge/oidc/client_book.h"
#include "bridge/oidc/login_book.h"
#include "bridge/oidc/login_bounds.h"
#include "bridge/oidc/login_secret.h"
#include "bridge/payments/jws.h"

namespace kiosk::bridge::oidc {
namespace {

using nlohmann::json;

constexpr std::string_view kIdTokenType = "JWT";
constexpr std::int64_t kMsInASecond = 1000;

/// RFC 3986's unreserved characters: what public libraries make nonces and challenges of.
bool isUnreserved(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
  });
}

bool wants(const json& params, const char* scope) {
  const json& scopes = params["scopes"];
  return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

Result<void> checkParams(const json& params) {
  if (!wants(params, "openid")) {
    return Error{ErrorCode::InvalidParams, "scopes does not hold openid"};
  }
  const auto& challenge = params["codeChallenge"].get_ref<const std::string&>();
  if (!isUnreserved(challenge) || challenge.find_first_of(".~") != std::string::npos) {
    return Error{ErrorCode::InvalidParams,
                 "codeChallenge is not the SHA-256 of the verifier in base64url"};
  }
  if (!isUnreserved(params["nonce"].get_ref<const std::string&>())) {
    return Error{ErrorCode::InvalidParams, "nonce is not of [A-Za-z0-9._~-]"};
  }
  return {};
}

/// Whether a host's own provider kept to what UserProfile says: what is not text cannot be signed.
bool isText(const UserProfile& profile) {
  const auto fits = [](const std::string& text) {
    return text.size() <= kProfileBytesMax && isUtf8(text);
  };
  return fits(profile.firstName) && fits(profile.lastName) && fits(profile.username) &&
         fits(profile.photoUrl);
}

/// What the scopes let the app's server know, as OpenID Connect Core 5.1 names it.
json claimsOf(const json& params, const UserProfile& profile, std::string sub) {
  json claims = {{"sub", std::move(sub)}};
  if (!wants(params, "profile")) return claims;
  std::string name = profile.firstName;
  if (!name.empty() && !profile.lastName.empty()) name += ' ';
  name += profile.lastName;
  if (!name.empty()) claims["name"] = name;
  if (!profile.username.empty()) claims["preferred_username"] = profile.username;
  if (!profile.photoUrl.empty()) claims["picture"] = profile.photoUrl;
  return claims;
}

/// Whether there is a provider and a client; the issuer.
Result<std::string> issuerFor(soci::session& sql, const std::string& app) {
  auto issuer = readIssuer(sql);
  if (issuer.empty() || !findClient(sql, app)) {
    return Error{ErrorCode::Unsupported,
                 "this host has no log-in for the app: its operator registers one with kiosk"
                 " clients add and starts kiosk serve-api"};
  }
  return issuer;
}

}  // namespace

std::vector<MethodBinding> LoginService::bindings() {
  return {{"identity.login",
           [this](ContextPtr context, Reply reply) { login(std::move(context), std::move(reply)); },
           [this](ContextPtr context, std::function<void(Result<Prepared>)> done) {
             prepare(std::move(context), std::move(done));
           }}};
}

void LoginService::prepare(ContextPtr context, std::function<void(Result<Prepared>)> done) {
  if (auto sound = checkParams(context->params); !sound) return done(sound.error());
  store_.run<std::string>(
      "login.issuer",
      [app = context->session.manifest().appId.value](soci::session& sql) {
        return issuerFor(sql, app);
      },
      [context, done = std::move(done)](Result<std::string> issuer) {
        if (!issuer) return done(issuer.error());
        context->prepared = *std::move(issuer);
        done(Prepared{});
      });
}

void LoginService::login(ContextPtr context, Reply reply) {
  // Owner: the callback alone; std::function wants something that can be copied.
  auto pending = std::make_shared<Reply>(std::move(reply));
  if (!wants(context->params, "profile")) return issue(*context, {}, pending);
  const UserId user = context->session.user;
  provider_.profile(user, [this, context, pending](Result<UserProfile> profile) {
    if (!profile) return pending->error(profile.error());
    if (!isText(*profile)) {
      return pending->error(ErrorCode::HostError, "the host's profile of the user is not text");
    }
    issue(*context, *profile, pending);
  });
}

void LoginService::issue(const CallContext& context, const UserProfile& profile,
                         std::shared_ptr<Reply> reply) {
  const auto* issuer = std::any_cast<std::string>(&context.prepared);
  if (issuer == nullptr) return reply->error(ErrorCode::Internal, "the call was not prepared");
  const SessionInfo& session = context.session;
  const json& params = context.params;
  const std::int64_t nowMs = clock_.wallMs(), now = nowMs / kMsInASecond;
  const json claims = claimsOf(params, profile, keys_.pairwiseId(session.user, *session.package));
  json payload = claims;
  payload.update({{"iss", *issuer},
                  {"aud", session.manifest().appId.value},
                  {"nonce", params["nonce"]},
                  {"auth_time", now},
                  {"iat", now},
                  {"exp", now + kIdTokenLife.count()}});
  const std::string idToken = signJws(payload, kIdTokenType, keys_.signingKeyId(), keys_.signing());
  const std::string secret = newSecret(random_);
  LoginCode code;
  code.hash = secretHash(secret);
  code.app = session.manifest().appId.value;
  code.user = session.user.value;
  code.scope = wants(params, "profile") ? "openid profile" : "openid";
  code.issuer = *issuer;
  code.challenge = params["codeChallenge"].get<std::string>();
  code.receiptId = context.receiptId;
  code.sealed = sealUnder(secret, {{"idToken", idToken}, {"claims", claims}}, random_);
  code.issuedAtMs = nowMs;
  code.expiresAtMs = nowMs + kCodeLife.count() * kMsInASecond;
  json result = {{"code", secret}, {"expiresAt", code.expiresAtMs}};
  store_.run<void>(
      "login.code",
      [code](soci::session& sql) -> Result<void> {
        putCode(sql, code);
        return {};
      },
      [reply, result = std::move(result)](Result<void> written) {
        if (!written) return reply->error(written.error());
        reply->result(result);
      });
}

}  // namespace kiosk::bridge::oidc
