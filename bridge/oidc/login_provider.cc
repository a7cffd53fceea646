#include "bridge/oidc/login_provider.h"

#include <algorithm>
#include <optional>

#include "bridge/oidc/client_book.h"
#include "bridge/oidc/login_bounds.h"
#include "bridge/oidc/login_secret.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"

namespace kiosk::bridge::oidc {
namespace {

using nlohmann::json;
using partner::ApiAnswer;
using partner::ApiRequest;

constexpr const char* kTokenPath = "/oauth2/token";
constexpr const char* kUserinfoPath = "/oauth2/userinfo";
constexpr std::int64_t kMsASecond = 1000;
constexpr std::int64_t kStoreRetrySeconds = 1;
/// One text for an unknown client, an unknown or revoked key, and a wrong signature.
constexpr const char* kNoClient = "client_assertion is not by an active key of that client";

OAuthRefusal badRequest(std::string description) {
  return {400, "invalid_request", std::move(description)};
}
OAuthRefusal noClient(std::string description) {
  return {401, "invalid_client", std::move(description)};
}
OAuthRefusal tooMany(std::int64_t waitSeconds) {
  return {429, "temporarily_unavailable", "too many requests: wait", waitSeconds};
}
OAuthRefusal storeIsBusy() {
  return {503, "temporarily_unavailable", "the store is busy or full; nothing was changed",
          kStoreRetrySeconds};
}

ApiAnswer okAnswer(const json& body) {
  ApiAnswer answer;
  answer.type = partner::kJsonType;
  answer.body = dumpJson(body);
  return answer;
}

/// The base64url of its SHA-256, as `codeChallenge` was made (RFC 7636, method S256).
std::string challengeOf(const std::string& verifier) {
  return toBase64Url(sha256(bytesOf(verifier)));
}

bool isVerifier(const std::string& text) {
  return text.size() >= kVerifierBytesMin && text.size() <= kVerifierBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  std::string_view("-._~").find(c) != std::string_view::npos;
         });
}

/// What must be right before anything is looked up.
std::optional<OAuthRefusal> checkTokenForm(const TokenForm& form) {
  const std::string grantType = fieldOf(form, "grant_type");
  if (grantType.empty()) return badRequest("grant_type is missing");
  if (grantType != "authorization_code") {
    return OAuthRefusal{400, "unsupported_grant_type", "grant_type is not authorization_code"};
  }
  if (form.contains("client_secret") || fieldOf(form, "client_assertion_type") != kAssertionType ||
      !form.contains("client_assertion")) {
    return noClient("authenticate by private_key_jwt: client_assertion and its type");
  }
  if (fieldOf(form, "code").empty()) return badRequest("code is missing");
  if (!isVerifier(fieldOf(form, "code_verifier"))) {
    return badRequest("code_verifier is not 43 to 128 unreserved characters");
  }
  return std::nullopt;
}

/// The token of an Authorization header of the form of RFC 6750; empty when it is of another.
std::string bearerOf(const ApiRequest& request) {
  constexpr std::string_view kScheme = "bearer ";
  const std::string* header = request.only("authorization");
  if (header == nullptr || header->size() != kScheme.size() + kSecretDigits) return {};
  std::string scheme = header->substr(0, kScheme.size());
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return scheme == kScheme ? header->substr(kScheme.size()) : std::string();
}

ApiAnswer bearerRefusal(const OAuthRefusal& refusal, bool hadToken) {
  auto answer = refusalAnswer(refusal);
  answer.add("WWW-Authenticate",
             hadToken ? "Bearer realm=\"kiosk\", error=\"invalid_token\", error_description=\"" +
                            refusal.description + "\""
                      : "Bearer realm=\"kiosk\"");
  return answer;
}

}  // namespace

ApiAnswer refusalAnswer(const OAuthRefusal& refusal) {
  ApiAnswer answer;
  answer.status = refusal.status;
  answer.type = partner::kJsonType;
  answer.body = dumpJson({{"error", refusal.error}, {"error_description", refusal.description}});
  if (refusal.retryAfterSeconds > 0) {
    answer.add("Retry-After", std::to_string(refusal.retryAfterSeconds));
  }
  return answer;
}

/// One token request whose assertion held; a copy goes into the store's job, which may run twice.
struct LoginProvider::Exchange {
  ClientAssertion assertion;
  std::string publicKey;  ///< that the assertion was checked with
  std::string code;       ///< as it was sent
  CodeClaim claim;
  std::string accessToken;  ///< fresh, for when the code is good
  std::string scope;
  Random* random = nullptr;
};

/// What a job found out, all of it to be committed.
struct LoginProvider::Outcome {
  std::optional<OAuthRefusal> refusal;
  json body;
};

LoginProvider::LoginProvider(Store& store, Clock& clock, Random& random, std::string issuer)
    : store_(store), clock_(clock), random_(random), issuer_(std::move(issuer)), rates_(clock) {}

ApiAnswer LoginProvider::configuration() const {
  return okAnswer({{"issuer", issuer_},
                   {"token_endpoint", issuer_ + kTokenPath},
                   {"userinfo_endpoint", issuer_ + kUserinfoPath},
                   {"jwks_uri", issuer_ + "/.well-known/jwks.json"},
                   {"scopes_supported", {"openid", "profile"}},
                   {"response_types_supported", {"code"}},
                   {"grant_types_supported", {"authorization_code"}},
                   {"subject_types_supported", {"pairwise"}},
                   {"id_token_signing_alg_values_supported", {"EdDSA"}},
                   {"token_endpoint_auth_methods_supported", {"private_key_jwt"}},
                   {"token_endpoint_auth_signing_alg_values_supported", {"EdDSA"}},
                   {"code_challenge_methods_supported", {"S256"}},
                   {"claims_supported",
                    {"sub", "iss", "aud", "nonce", "auth_time", "iat", "exp", "name",
                     "preferred_username", "picture"}},
                   {"request_parameter_supported", false},
                   {"request_uri_parameter_supported", false},
                   {"service_documentation", issuer_ + "/openapi.json"}});
}

ApiAnswer LoginProvider::token(const ApiRequest& request) {
  if (request.query()) return refusalAnswer(badRequest("the address takes no query"));
  const auto form = parseForm(request.body);
  if (!form) return refusalAnswer(badRequest(form.error().message));
  if (const auto wrong = checkTokenForm(*form)) return refusalAnswer(*wrong);
  const std::int64_t nowMs = clock_.wallMs();
  auto assertion =
      readAssertion(fieldOf(*form, "client_assertion"), {issuer_, issuer_ + kTokenPath, nowMs});
  if (!assertion) return refusalAnswer(noClient(assertion.error().message));
  const std::string named = fieldOf(*form, "client_id");
  if (!named.empty() && named != assertion->clientId) {
    return refusalAnswer(noClient("client_id is not the iss of client_assertion"));
  }
  auto key = store_.runNow<std::string>(
      "login.key", [app = assertion->clientId, kid = assertion->jws.kid](soci::session& sql) {
        return Result<std::string>(clientKey(sql, app, kid));
      });
  if (!key) return refusalAnswer(storeIsBusy());
  if (!KIOSK_GUARD("login.assertion", verifyJws(assertion->jws, bytesOf(*key)))) {
    return refusalAnswer(noClient(kNoClient));
  }
  const auto rate = rates_.take(assertion->clientId);
  if (!rate.allowed) return refusalAnswer(tooMany(rate.waitSeconds));
  Exchange wanted;
  wanted.claim = {secretHash(fieldOf(*form, "code")), assertion->clientId,
                  challengeOf(fieldOf(*form, "code_verifier")), issuer_, nowMs};
  wanted.assertion = *std::move(assertion);
  wanted.publicKey = *std::move(key);
  wanted.code = fieldOf(*form, "code");
  wanted.accessToken = newSecret(random_);
  wanted.random = &random_;
  return exchange(wanted);
}

LoginProvider::Outcome LoginProvider::transact(soci::session& sql, const Exchange& wanted) {
  const CodeClaim& claim = wanted.claim;
  if (clientKey(sql, claim.app, wanted.assertion.jws.kid) != wanted.publicKey) {
    return {noClient(kNoClient), {}};
  }
  const auto once = rememberAssertion(
      sql, {claim.app, wanted.assertion.jti, wanted.assertion.expSeconds, claim.nowMs});
  if (!once) {
    const bool isReplay = once.error().code == ErrorCode::SignatureInvalid;
    return {isReplay ? noClient(once.error().message) : tooMany(kStoreRetrySeconds), {}};
  }
  const auto code = takeCode(sql, claim);
  if (!code) return {OAuthRefusal{400, "invalid_grant", code.error().message}, {}};
  const auto content = openUnder(wanted.code, code->sealed);
  if (!content) return {OAuthRefusal{400, "invalid_grant", "the code cannot be opened"}, {}};
  AccessToken token;
  token.hash = secretHash(wanted.accessToken);
  token.codeHash = code->hash;
  token.app = code->app;
  token.user = code->user;
  token.receiptId = code->receiptId;
  token.sealed = sealUnder(wanted.accessToken, content->at("claims"), *wanted.random);
  token.issuedAtMs = claim.nowMs;
  token.expiresAtMs = claim.nowMs + kAccessTokenLife.count() * kMsASecond;
  putToken(sql, token);
  return {std::nullopt,
          {{"access_token", wanted.accessToken},
           {"token_type", "Bearer"},
           {"expires_in", kAccessTokenLife.count()},
           {"scope", code->scope},
           {"id_token", content->at("idToken")}}};
}

ApiAnswer LoginProvider::exchange(const Exchange& wanted) {
  const auto outcome = store_.runNow<Outcome>("login.exchange", [wanted](soci::session& sql) {
    return Result<Outcome>(transact(sql, wanted));
  });
  if (!outcome) return refusalAnswer(storeIsBusy());
  return outcome->refusal ? refusalAnswer(*outcome->refusal) : okAnswer(outcome->body);
}

ApiAnswer LoginProvider::userinfo(const ApiRequest& request) {
  const std::string secret = bearerOf(request);
  if (secret.empty()) {
    return bearerRefusal({401, "invalid_token", "send Authorization: Bearer and the token"},
                         request.countOf("authorization") > 0);
  }
  const auto token = store_.runNow<AccessToken>(
      "login.userinfo", [hash = secretHash(secret), nowMs = clock_.wallMs()](soci::session& sql) {
        return findToken(sql, hash, nowMs);
      });
  if (!token && token.error().code != ErrorCode::SignatureInvalid) {
    return refusalAnswer(storeIsBusy());
  }
  if (!token) return bearerRefusal({401, "invalid_token", token.error().message}, true);
  const auto rate = rates_.take(token->app);
  if (!rate.allowed) return refusalAnswer(tooMany(rate.waitSeconds));
  const auto claims = openUnder(secret, token->sealed);
  if (!claims) return bearerRefusal({401, "invalid_token", "the token cannot be opened"}, true);
  return okAnswer(*claims);
}

}  // namespace kiosk::bridge::oidc
