#pragma once
// The log-in from end to end without sockets: an app that calls identity.login, the provider, and a
// partner's server that signs its assertions, well or as a test wants it.

#include <memory>
#include <string>
#include <utility>

#include "bridge/oidc/client_book.h"
#include "bridge/oidc/login_provider.h"
#include "bridge/oidc/login_service.h"
#include "bridge/sql_providers.h"
#include "runtime/base/json.h"
#include "tests/unit/bridge/payments_fixture.h"

namespace kiosk::test {

inline constexpr const char* kLoginIssuer = "https://id.example.org";
inline constexpr const char* kLoginApp = "org.example.parcel";
inline constexpr const char* kLoginVerifier = "verifier-verifier-verifier-verifier-verifier";

/// One app of the demo's merchant, and its server.
struct LoginBench : PaymentsBench {
  LoginBench() {
    sql("INSERT INTO login_provider VALUES (1, '" + std::string(kLoginIssuer) + "', 1)");
    addClient(kLoginApp, "post");
  }

  void addClient(const std::string& app, const std::string& merchant) {
    sql("INSERT INTO login_clients VALUES ('" + app + "', '" + merchant + "', 1)");
  }

  static nlohmann::json params(const std::string& verifier = kLoginVerifier) {
    return {{"scopes", {"openid", "profile"}},
            {"nonce", "nonce-of-the-server"},
            {"codeChallenge", toBase64Url(sha256(bytesOf(verifier)))}};
  }
  Result<nlohmann::json> login(const nlohmann::json& with, const std::string& user = "anna",
                               const std::string& app = kLoginApp) {
    return logins.call("identity.login", makeSession(makePackage(app), user), with);
  }
  std::string code() {
    auto made = login(params());
    KIOSK_CHECK(made.has_value(), "a test's user logs in");
    return made->at("code").get<std::string>();
  }

  nlohmann::json claims() {
    const std::int64_t now = clock.nowMs / 1000;
    return {{"iss", kLoginApp},    {"sub", kLoginApp},
            {"aud", kLoginIssuer}, {"iat", now},
            {"exp", now + 60},     {"jti", "jti-" + std::to_string(10'000 + ++jtis_)}};
  }
  static std::string assertion(const nlohmann::json& payload, const Ed25519Key& key,
                               const std::string& kid = "demo-1") {
    return bridge::signJws(payload, "JWT", kid, key);
  }
  std::string assertion() { return assertion(claims(), merchantKey()); }

  bridge::partner::ApiAnswer exchange(const std::string& code, const std::string& assertion,
                                      const std::string& verifier = kLoginVerifier) {
    return provider.token({"POST", "/oauth2/token", {}, formOf(code, assertion, verifier)});
  }
  bridge::partner::ApiAnswer exchange(const std::string& code) {
    return exchange(code, assertion());
  }
  static std::string formOf(const std::string& code, const std::string& assertion,
                            const std::string& verifier) {
    return "grant_type=authorization_code&code=" + code + "&code_verifier=" + verifier +
           "&client_assertion=" + assertion + "&client_assertion_type=" +
           "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
  }
  bridge::partner::ApiAnswer userinfo(const std::string& token) {
    return provider.userinfo(
        {"GET", "/oauth2/userinfo", {{"authorization", "Bearer " + token}}, ""});
  }
  static nlohmann::json bodyOf(const bridge::partner::ApiAnswer& answer) {
    auto body = parseJson(answer.body);
    return body ? *std::move(body) : nlohmann::json();
  }
  /// "invalid_grant", or "ok".
  static std::string errorIn(const bridge::partner::ApiAnswer& answer) {
    return bodyOf(answer).value("error", answer.status == 200 ? "ok" : "none");
  }
  std::string accessToken() { return bodyOf(exchange(code())).at("access_token"); }
  void revokeConsent() {
    sql("INSERT INTO grants_ended VALUES ('receipt-1', 'anna', '" + std::string(kLoginApp) +
        "', 'identity.basic', 1, 2)");
  }

  std::unique_ptr<bridge::IdentityProvider> users = bridge::sqlIdentityProvider(*store);
  bridge::oidc::LoginService loginService{*store, *users, keys, clock, random};
  ServiceCaller logins{loginService, loop};
  bridge::oidc::LoginProvider provider{*store, clock, random, kLoginIssuer};

 private:
  int jtis_ = 0;
};

}  // namespace kiosk::test
