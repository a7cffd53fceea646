// Goal: only the app's own server, by a key that its merchant has now, with an assertion made for
// this provider and used once, gets anything of a code. Method: one sound exchange, and the same
// with one thing wrong; each time a code that is good stays good.

#include <doctest/doctest.h>

#include "bridge/identity/launch_data.h"
#include "bridge/oidc/login_bounds.h"
#include "bridge/payments/merchants.h"
#include "bridge/server/partner_api.h"
#include "tests/unit/bridge/login_fixture.h"
#include "tests/unit/bridge/partner_fixture.h"

namespace kiosk::bridge::oidc {
namespace {

using nlohmann::json;
using test::kLoginApp;
using test::kLoginIssuer;
using test::kLoginVerifier;
using test::LoginBench;

/// A compact JWS with any header, signed or not.
std::string tokenWith(const json& header, const json& payload, const Ed25519Key* key) {
  const std::string input =
      toBase64Url(bytesOf(dumpJson(header))) + "." + toBase64Url(bytesOf(dumpJson(payload)));
  return input + "." + (key == nullptr ? "" : toBase64Url(bytesOf(key->sign(bytesOf(input)))));
}

/// Whether an exchange with these claims is refused as by a stranger.
void checkStranger(LoginBench& bench, const json& claims) {
  const auto assertion = LoginBench::assertion(claims, bench.merchantKey());
  const auto refused = bench.exchange(std::string(43, 'A'), assertion);
  CHECK(refused.status == 401);
  CHECK(LoginBench::errorIn(refused) == "invalid_client");
}

/// Whether the assertion is taken: then only the code is wrong.
void checkTaken(LoginBench& bench, const std::string& assertion) {
  CHECK(LoginBench::errorIn(bench.exchange(std::string(43, 'A'), assertion)) == "invalid_grant");
}

TEST_CASE("log-in: an assertion for another server, or for another one too, is refused") {
  LoginBench bench;
  const json bad[] = {"https://other.example",
                      "https://id.example.org/",
                      json::array({kLoginIssuer, "https://other.example"}),
                      json::array(),
                      json::array({1}),
                      nullptr,
                      7};
  for (const json& aud : bad) {
    CAPTURE(aud.dump());
    auto claims = bench.claims();
    claims["aud"] = aud;
    checkStranger(bench, claims);
  }
  const std::string endpoint = std::string(kLoginIssuer) + "/oauth2/token";
  for (const json& aud : {json(endpoint), json::array({kLoginIssuer, endpoint})}) {
    auto claims = bench.claims();
    claims["aud"] = aud;
    checkTaken(bench, LoginBench::assertion(claims, bench.merchantKey()));
  }
}

TEST_CASE("log-in: an assertion holds for five minutes at most, and not before its time") {
  LoginBench bench;
  const std::int64_t now = bench.clock.nowMs / 1000;
  const std::pair<const char*, json> bad[] = {
      {"exp", now},       {"exp", now - 1},  {"exp", now + 301}, {"exp", "soon"},
      {"exp", nullptr},   {"exp", 1e300},    {"iat", now + 61},  {"iat", now - 301},
      {"iat", "earlier"}, {"nbf", now + 61}, {"nbf", false},     {"exp", -1}};
  for (const auto& [name, value] : bad) {
    CAPTURE(name);
    CAPTURE(value.dump());
    auto claims = bench.claims();
    claims[name] = value;
    checkStranger(bench, claims);
  }
  auto claims = bench.claims();
  claims.erase("iat");
  claims["exp"] = static_cast<double>(now) + 59.5;
  claims["nbf"] = now;
  checkTaken(bench, LoginBench::assertion(claims, bench.merchantKey()));
}

TEST_CASE("log-in: an assertion is used once, also when the clock is set back") {
  LoginBench bench;
  const auto assertion = bench.assertion();
  checkTaken(bench, assertion);
  CHECK(LoginBench::errorIn(bench.exchange(bench.code(), assertion)) == "invalid_client");
  // Long after its end others are used, which removes what is too old; then the clock goes back.
  bench.clock.nowMs += 600'000;
  checkTaken(bench, bench.assertion());
  bench.clock.nowMs -= 600'000;
  CHECK(LoginBench::errorIn(bench.exchange(bench.code(), assertion)) == "invalid_client");
}

TEST_CASE("log-in: an assertion without a usable jti, iss or sub is refused") {
  LoginBench bench;
  const std::pair<const char*, json> bad[] = {{"jti", nullptr},
                                              {"jti", "short"},
                                              {"jti", std::string(129, 'j')},
                                              {"jti", "with a blank"},
                                              {"iss", "org.example.other"},
                                              {"sub", "org.example.other"},
                                              {"sub", nullptr}};
  for (const auto& [name, value] : bad) {
    CAPTURE(name);
    auto claims = bench.claims();
    claims[name] = value;
    checkStranger(bench, claims);
  }
  auto nobody = bench.claims();
  nobody["iss"] = nobody["sub"] = "org.example.nobody";
  checkStranger(bench, nobody);
}

TEST_CASE(
    "log-in: no algorithm but EdDSA, no key but the merchant's, no token made for another use") {
  LoginBench bench;
  const auto code = bench.code();
  const auto key = bench.merchantKey();
  const auto stranger = Ed25519Key::generate(bench.random);
  const auto claims = [&bench] { return bench.claims(); };
  const std::string bad[] = {
      tokenWith({{"alg", "none"}, {"kid", "demo-1"}}, claims(), nullptr),
      tokenWith({{"alg", "none"}, {"kid", "demo-1"}}, claims(), &key),
      tokenWith({{"alg", "HS256"}, {"kid", "demo-1"}}, claims(), &key),
      tokenWith({{"alg", "EdDSA"}}, claims(), &key),
      tokenWith({{"alg", "EdDSA"}, {"kid", "demo-1"}, {"jwk", json::object()}}, claims(), &key),
      tokenWith({{"alg", "EdDSA"}, {"kid", "demo-1"}}, claims(), &stranger),
      tokenWith({{"alg", "EdDSA"}, {"kid", "demo-2"}}, claims(), &key),
      signJws(claims(), "kiosk-order+jwt", "demo-1", key),
      signJws(claims(), "kiosk-key+jwt", "demo-1", key),
      "no token",
      ""};
  for (const auto& assertion : bad) {
    CAPTURE(assertion);
    CHECK(LoginBench::errorIn(bench.exchange(code, assertion)) == "invalid_client");
  }
  const auto sound = tokenWith({{"alg", "EdDSA"}, {"kid", "demo-1"}}, claims(), &key);
  CHECK(LoginBench::errorIn(bench.exchange(code, sound)) == "ok");
}

TEST_CASE("log-in: a key that is revoked, or another merchant's, signs for no client") {
  LoginBench bench;
  const auto other = Ed25519Key::generate(bench.random);
  REQUIRE(putMerchant(*bench.store, {"other", "Other Ltd", "k1", other.publicKey()}));
  const auto foreign = LoginBench::assertion(bench.claims(), other, "k1");
  CHECK(LoginBench::errorIn(bench.exchange(bench.code(), foreign)) == "invalid_client");
  bench.sql("UPDATE merchant_keys SET revoked = 1 WHERE merchant_id = 'post'");
  CHECK(LoginBench::errorIn(bench.exchange(bench.code())) == "invalid_client");
}

TEST_CASE("log-in: a request of another form is refused by the name that RFC 6749 gives it") {
  LoginBench bench;
  const auto sound = LoginBench::formOf(bench.code(), bench.assertion(), kLoginVerifier);
  const auto sent = [&bench](const std::string& body, const std::string& target = "/oauth2/token") {
    return LoginBench::errorIn(bench.provider.token({"POST", target, {}, body}));
  };
  const auto replaced = [&sound](const std::string& what, const std::string& by) {
    auto text = sound;
    return text.replace(text.find(what), what.size(), by);
  };
  CHECK(sent("") == "invalid_request");
  CHECK(sent(sound + "&code=again") == "invalid_request");
  CHECK(sent(sound + "&broken=%zz") == "invalid_request");
  CHECK(sent(sound + "&line=%0a") == "invalid_request");
  CHECK(sent(sound + "&a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1&l=1") == "invalid_request");
  CHECK(sent(sound, "/oauth2/token?code=x") == "invalid_request");
  CHECK(sent(replaced("code_verifier=verifier", "code_verifier=short&x=")) == "invalid_request");
  CHECK(sent(replaced("&code=", "&kode=")) == "invalid_request");
  CHECK(sent(replaced("authorization_code", "refresh_token")) == "unsupported_grant_type");
  CHECK(sent(replaced("jwt-bearer", "saml2-bearer")) == "invalid_client");
  CHECK(sent(sound + "&client_secret=x") == "invalid_client");
  CHECK(sent(sound + "&client_id=org.example.other") == "invalid_client");
  CHECK(sent(sound + "&redirect_uri=&client_id=" + kLoginApp) == "ok");
}

TEST_CASE("log-in: a client over its rate is told to wait, and others are not") {
  LoginBench bench;
  int refused = 0;
  for (int i = 0; i < 110; ++i) {
    const auto answer = bench.exchange(std::string(43, 'A'));
    if (answer.status == 429) ++refused;
  }
  CHECK(refused == 10);
  bench.addClient("org.example.other", "post");
  auto claims = bench.claims();
  claims["iss"] = claims["sub"] = "org.example.other";
  checkTaken(bench, LoginBench::assertion(claims, bench.merchantKey()));
}

TEST_CASE("log-in: no request that differs in one character from a good one is accepted") {
  LoginBench bench;
  test::SeededRandom random(20);
  for (int round = 0; round < 300; ++round) {
    const auto good = LoginBench::formOf(bench.code(), bench.assertion(), kLoginVerifier);
    auto changed = good;
    const auto at = random.below(changed.size());
    changed[at] = static_cast<char>(0x21 + random.below(0x5e));
    const auto before = parseForm(good), after = parseForm(changed);
    REQUIRE(before);
    if (after && *after == *before) continue;
    CAPTURE(changed);
    const auto answer = bench.provider.token({"POST", "/oauth2/token", {}, changed});
    CHECK(answer.status != 200);
    bench.clock.nowMs += 1000;
  }
}

/// The partner API over the bench's store, with two keys of the host.
struct VerifyBench : LoginBench {
  Ed25519Key retired = Ed25519Key::generate(random);
  test::PartnerSigner signer;
  partner::PartnerApi api{
      *store,
      clock,
      random,
      {{"api.example.org"},
       [this] {
         return Result<AuditKeys>(AuditKeys{{keys.signingKeyId(), keys.signing().publicKey()},
                                            {keyIdOf(retired.publicKey()), retired.publicKey()}});
       },
       kLoginIssuer,
       false}};

  json ask(const json& body, const std::string& key = "k1") {
    signer.nonce = "nonce-" + std::to_string(1'000'000'000 + ++nonces_);
    signer.createdSeconds = clock.nowMs / 1000;
    const auto answer =
        api.handle(signer.request("POST", "/v1/identity/verify", dumpJson(body), key));
    auto said = bodyOf(answer);
    said["status"] = answer.status;
    return said;
  }
  std::string launchData(const Ed25519Key& key, const std::string& app = kLoginApp) const {
    LaunchFields fields = {{"auth_date", std::to_string(clock.nowMs / 1000)},
                           {"query_id", "q1"},
                           {"start_param", "a-b"},
                           {"user", R"({"id":"pairwise","language_code":"ru"})"}};
    fields["signature"] = launchDataSignature(fields, app, key);
    fields["hash"] = launchDataHash(fields, keys.botToken(AppId(app)));
    return encodeLaunchData(fields);
  }

 private:
  int nonces_ = 0;
};

TEST_CASE("partner api: launch data is told to be the host's, also by a retired key, and whose") {
  VerifyBench bench;
  const Ed25519Key* both[] = {&bench.keys.signing(), &bench.retired};
  for (const Ed25519Key* key : both) {
    const auto said = bench.ask({{"launchData", bench.launchData(*key)}});
    CHECK(said == json{{"status", 200},
                       {"valid", true},
                       {"appId", kLoginApp},
                       {"sub", "pairwise"},
                       {"language", "ru"},
                       {"authDate", bench.clock.nowMs / 1000},
                       {"queryId", "q1"},
                       {"startParam", "a-b"}});
  }
}

TEST_CASE("partner api: launch data that is forged, too old or malformed is not valid, and why") {
  VerifyBench bench;
  const auto raw = bench.launchData(bench.keys.signing());
  const auto forged = bench.launchData(Ed25519Key::generate(bench.random));
  CHECK(bench.ask({{"launchData", forged}})["reason"] == "signature");
  CHECK(bench.ask({{"launchData", raw + "&a=b"}})["reason"] == "signature");
  CHECK(bench.ask({{"launchData", "hash=1"}})["reason"] == "form");
  bench.clock.nowMs += 3'601'000;
  const auto old = bench.ask({{"launchData", raw}});
  CHECK(old["reason"] == "age");
  CHECK(old["valid"] == false);
  CHECK(!old.contains("sub"));
  bench.clock.nowMs -= 3'601'000 + 31'000;
  CHECK(bench.ask({{"launchData", raw}})["reason"] == "age");
  CHECK(bench.ask({{"launchData", raw}, {"extra", 1}})["status"] == 400);
  CHECK(bench.ask({{"launchData", std::string(8193, 'a')}})["status"] == 400);
}

TEST_CASE("partner api: launch data of an app that is not the partner's is not looked at") {
  VerifyBench bench;
  const std::string alien = "org.example.alien";
  const auto raw = bench.launchData(bench.keys.signing(), alien);
  CHECK(bench.ask({{"launchData", raw}, {"appId", alien}})["status"] == 404);
  CHECK(bench.ask({{"launchData", raw}, {"appId", kLoginApp}})["reason"] == "signature");
  bench.addClient(alien, "post");
  CHECK(bench.ask({{"launchData", raw}})["status"] == 400);
  CHECK(bench.ask({{"launchData", raw}, {"appId", alien}})["valid"] == true);
}

TEST_CASE("partner api: what was said of a user is not kept under the idempotency key") {
  VerifyBench bench;
  const auto raw = bench.launchData(bench.keys.signing());
  CHECK(bench.ask({{"launchData", raw}}, "same")["valid"] == true);
  bench.clock.nowMs += 3'601'000;
  CHECK(bench.ask({{"launchData", raw}}, "same")["valid"] == false);
  const auto kept = bench.query<long long>([](soci::session& sql) {
    long long count = 0;
    sql << "SELECT COUNT(*) FROM partner_answers", soci::into(count);
    return count;
  });
  CHECK(kept == 0);
}

TEST_CASE("partner api: OAuth's addresses need no signature, know their names and their form") {
  VerifyBench bench;
  const auto at = [&bench](const std::string& method, const std::string& target,
                           partner::HeaderList headers = {}, const std::string& body = "") {
    headers.emplace_back("host", "api.example.org");
    return bench.api.handle({method, target, std::move(headers), body});
  };
  const auto said = LoginBench::bodyOf(at("GET", "/.well-known/openid-configuration"));
  CHECK(said["issuer"] == kLoginIssuer);
  CHECK(said["token_endpoint"] == std::string(kLoginIssuer) + "/oauth2/token");
  CHECK(said["subject_types_supported"] == json::array({"pairwise"}));
  const std::string form = LoginBench::formOf(bench.code(), bench.assertion(), kLoginVerifier);
  const auto post = [&](const std::string& type) {
    return at("POST", "/oauth2/token", {{"content-type", type}}, form);
  };
  CHECK(post("application/json").status == 415);
  CHECK(LoginBench::errorIn(post("text/plain")) == "invalid_request");
  const auto made = post("application/x-www-form-urlencoded;charset=UTF-8");
  REQUIRE(made.status == 200);
  const std::string token = LoginBench::bodyOf(made).at("access_token");
  for (const char* method : {"GET", "POST"}) {
    CHECK(at(method, "/oauth2/userinfo", {{"authorization", "Bearer " + token}}).status == 200);
    CHECK(at(method, "/oauth2/userinfo", {{"authorization", "bearer " + token}}).status == 200);
    CHECK(at(method, "/oauth2/userinfo", {{"authorization", "Basic! " + token}}).status == 401);
  }
  CHECK(at("GET", "/oauth2/token").status == 405);
  const partner::HeaderList large = {{"content-type", "application/x-www-form-urlencoded"},
                                     {"content-length", "8193"}};
  CHECK(at("POST", "/oauth2/token", large).status == 413);
  CHECK(bench.api.handle({"GET", "/oauth2/userinfo", {{"host", "evil.example"}}, ""}).status ==
        421);
}

}  // namespace
}  // namespace kiosk::bridge::oidc
