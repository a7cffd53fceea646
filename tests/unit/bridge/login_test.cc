// Goal: a code logs one user in once, at the server of the app that asked, while the consent
// stands; everything else is refused, and the refusal spoils nothing of others. Method:
// identity.login and the provider over a real store, with a clock that the test moves; each rule
// broken once.

#include <doctest/doctest.h>

#include <future>
#include <sstream>

#include "bridge/oidc/issuer_url.h"
#include "bridge/oidc/login_bounds.h"
#include "bridge/oidc/login_secret.h"
#include "bridge/payments/merchants.h"
#include "tests/unit/bridge/login_fixture.h"

namespace kiosk::bridge::oidc {
namespace {

using nlohmann::json;
using test::kLoginApp;
using test::kLoginIssuer;
using test::kLoginVerifier;
using test::LoginBench;

constexpr std::int64_t kSecondMs = 1000, kMinuteMs = 60 * kSecondMs;

/// The payload of the ID token; null when the host did not sign it.
json idTokenOf(LoginBench& bench, const json& body) {
  const auto jws = parseJws(body.at("id_token").get<std::string>(), "JWT");
  REQUIRE(jws);
  CHECK(jws->kid == bench.keys.signingKeyId());
  REQUIRE(verifyJws(*jws, bytesOf(bench.keys.signing().publicKey())));
  return jws->payload;
}

TEST_CASE("log-in: an exchange gives a signed ID token of what was granted, and userinfo agrees") {
  LoginBench bench;
  const auto session = test::makeSession(test::makePackage(kLoginApp), "anna");
  const std::string sub = bench.keys.pairwiseId(session.user, *session.package);
  const auto made = bench.login(LoginBench::params());
  REQUIRE(made);
  CHECK(made->at("expiresAt") == bench.clock.nowMs + 5 * kMinuteMs);
  const std::int64_t at = bench.clock.nowMs / kSecondMs;
  bench.clock.nowMs += 4 * kMinuteMs;
  const auto body = LoginBench::bodyOf(bench.exchange(made->at("code")));
  CHECK(body.at("token_type") == "Bearer");
  CHECK(body.at("scope") == "openid profile");
  const json expected = {{"iss", kLoginIssuer},
                         {"aud", kLoginApp},
                         {"sub", sub},
                         {"nonce", "nonce-of-the-server"},
                         {"auth_time", at},
                         {"iat", at},
                         {"exp", at + 600},
                         {"name", "Анна Смирнова"},
                         {"preferred_username", "anna"}};
  CHECK(idTokenOf(bench, body) == expected);
  const auto info = bench.userinfo(body.at("access_token"));
  CHECK(LoginBench::bodyOf(info) ==
        json{{"sub", sub}, {"name", "Анна Смирнова"}, {"preferred_username", "anna"}});
}

TEST_CASE("log-in: without the scope profile nothing but the pairwise id is told") {
  LoginBench bench;
  auto params = LoginBench::params();
  params["scopes"] = {"openid"};
  const auto made = bench.login(params);
  REQUIRE(made);
  const auto body = LoginBench::bodyOf(bench.exchange(made->at("code")));
  CHECK(body.at("scope") == "openid");
  CHECK(!idTokenOf(bench, body).contains("name"));
  CHECK(LoginBench::bodyOf(bench.userinfo(body.at("access_token"))).size() == 1);
}

TEST_CASE(
    "log-in: an app without a client, or a host without a provider, is told before the user is "
    "asked") {
  LoginBench bench;
  CHECK(codeOf(bench.login(LoginBench::params(), "anna", "org.example.other")) ==
        ErrorCode::Unsupported);
  bench.sql("DELETE FROM login_provider");
  CHECK(codeOf(bench.login(LoginBench::params())) == ErrorCode::Unsupported);
}

TEST_CASE("log-in: parameters that would weaken it are refused") {
  LoginBench bench;
  auto without = LoginBench::params();
  without["scopes"] = {"profile"};
  CHECK(codeOf(bench.login(without)) == ErrorCode::InvalidParams);
  auto challenge = LoginBench::params();
  challenge["codeChallenge"] = std::string(42, 'a') + "=";
  CHECK(codeOf(bench.login(challenge)) == ErrorCode::InvalidParams);
  auto nonce = LoginBench::params();
  nonce["nonce"] = "sixteen and a line\n";
  CHECK(codeOf(bench.login(nonce)) == ErrorCode::InvalidParams);
}

/// A host's own users, of whom it says what it should not.
class OddUsers final : public IdentityProvider {
 public:
  void profile(const UserId&, std::function<void(Result<UserProfile>)> done) override {
    done(answer);
  }
  Result<UserProfile> answer = UserProfile{};
};

TEST_CASE("log-in: a host that knows nobody, or whose profile is no text, gets an error, no code") {
  LoginBench bench;
  OddUsers users;
  LoginService service(*bench.store, users, bench.keys, bench.clock, bench.random);
  test::ServiceCaller caller(service, bench.loop);
  const auto session = test::makeSession(test::makePackage(kLoginApp), "anna");
  const auto login = [&] {
    return codeOf(caller.call("identity.login", session, LoginBench::params()));
  };
  CHECK(login() == std::nullopt);
  users.answer->firstName = "\xff";
  CHECK(login() == ErrorCode::HostError);
  users.answer = Error{ErrorCode::NotFound, "nobody"};
  CHECK(login() == ErrorCode::NotFound);
}

TEST_CASE("log-in: a code with another verifier is refused, and is used up") {
  LoginBench bench;
  const auto code = bench.code();
  const std::string other(43, 'x');
  CHECK(LoginBench::errorIn(bench.exchange(code, bench.assertion(), other)) == "invalid_grant");
  CHECK(LoginBench::errorIn(bench.exchange(code)) == "invalid_grant");
}

TEST_CASE("log-in: a code is used once, and its second use takes the access token away") {
  LoginBench bench;
  const auto code = bench.code();
  const std::string token = LoginBench::bodyOf(bench.exchange(code)).at("access_token");
  const std::string neighbour = bench.accessToken();
  CHECK(bench.userinfo(token).status == 200);
  CHECK(LoginBench::errorIn(bench.exchange(code)) == "invalid_grant");
  CHECK(bench.userinfo(token).status == 401);
  CHECK(bench.userinfo(neighbour).status == 200);
}

TEST_CASE("log-in: of many exchanges of one code at once exactly one succeeds") {
  LoginBench bench;
  for (int round = 0; round < 8; ++round) {
    const auto code = bench.code();
    std::vector<std::string> assertions;
    for (int i = 0; i < 4; ++i) assertions.push_back(bench.assertion());
    // The test's random numbers are one thread's own.
    LoginProvider other(*bench.store, bench.clock, systemRandom(), kLoginIssuer);
    std::vector<std::future<std::string>> ends;
    for (const auto& assertion : assertions) {
      ends.push_back(std::async(std::launch::async, [&other, &code, &assertion] {
        return LoginBench::errorIn(other.token(
            {"POST", "/oauth2/token", {}, LoginBench::formOf(code, assertion, kLoginVerifier)}));
      }));
    }
    int good = 0;
    for (auto& end : ends) {
      const std::string said = end.get();
      good += said == "ok" ? 1 : 0;
      CHECK((said == "ok" || said == "invalid_grant"));
    }
    CHECK(good == 1);
  }
}

TEST_CASE("log-in: a code is no use to another client, which does not spoil it") {
  LoginBench bench;
  bench.addClient("org.example.other", "post");
  const auto code = bench.code();
  auto claims = bench.claims();
  claims["iss"] = claims["sub"] = "org.example.other";
  const auto stolen = bench.exchange(code, LoginBench::assertion(claims, bench.merchantKey()));
  CHECK(LoginBench::errorIn(stolen) == "invalid_grant");
  CHECK(LoginBench::errorIn(bench.exchange(code)) == "ok");
}

TEST_CASE("log-in: a code ends after five minutes, also for a clock that was set back") {
  LoginBench bench;
  const auto late = bench.code();
  bench.clock.nowMs += 5 * kMinuteMs;
  CHECK(LoginBench::errorIn(bench.exchange(late)) == "invalid_grant");
  const auto early = bench.code();
  bench.clock.nowMs -= 60 * kMinuteMs;
  CHECK(LoginBench::errorIn(bench.exchange(early)) == "invalid_grant");
  bench.clock.nowMs += 60 * kMinuteMs - 2 * kSecondMs;
  CHECK(LoginBench::errorIn(bench.exchange(early)) == "ok");
}

TEST_CASE("log-in: an access token ends after ten minutes, also for a clock that was set back") {
  LoginBench bench;
  const auto token = bench.accessToken();
  bench.clock.nowMs -= 6 * kSecondMs;
  CHECK(bench.userinfo(token).status == 401);
  bench.clock.nowMs += 6 * kSecondMs + 10 * kMinuteMs - 1;
  CHECK(bench.userinfo(token).status == 200);
  bench.clock.nowMs += 1;
  CHECK(bench.userinfo(token).status == 401);
}

TEST_CASE("log-in: code and access token end with the consent") {
  LoginBench bench;
  const auto code = bench.code();
  const auto token = bench.accessToken();
  bench.revokeConsent();
  CHECK(LoginBench::errorIn(bench.exchange(code)) == "invalid_grant");
  const auto refused = bench.userinfo(token);
  CHECK(refused.status == 401);
  CHECK(LoginBench::errorIn(refused) == "invalid_token");
}

TEST_CASE("log-in: a client that is removed, or changes hands, takes its codes and tokens along") {
  LoginBench bench;
  const auto token = bench.accessToken();
  bench.query<int>([](soci::session& sql) {
    CHECK(removeClient(sql, AppId(kLoginApp)));
    CHECK(!removeClient(sql, AppId(kLoginApp)));
    return 0;
  });
  CHECK(bench.userinfo(token).status == 401);
  CHECK(LoginBench::errorIn(bench.exchange(std::string(43, 'A'))) == "invalid_client");
  bench.addClient(kLoginApp, "post");
  const auto code = bench.code();
  const auto other = Ed25519Key::generate(bench.random);
  REQUIRE(putMerchant(*bench.store, {"other", "Other Ltd", "k1", other.publicKey()}));
  bench.query<int>([](soci::session& sql) {
    CHECK(putClient(sql, {kLoginApp, "other"}, 1).has_value());
    CHECK(codeOf(putClient(sql, {kLoginApp, "nobody"}, 1)) == ErrorCode::MerchantUnknown);
    return 0;
  });
  const auto assertion = LoginBench::assertion(bench.claims(), other, "k1");
  CHECK(LoginBench::errorIn(bench.exchange(code, assertion)) == "invalid_grant");
}

TEST_CASE("log-in: a merchant has 32 apps at most") {
  LoginBench bench;
  bench.query<int>([](soci::session& sql) {
    for (int i = 1; i < kClientsPerMerchantMax; ++i) {
      REQUIRE(putClient(sql, {"org.example.app" + std::to_string(i), "post"}, 1));
    }
    CHECK(codeOf(putClient(sql, {"org.example.more", "post"}, 1)) == ErrorCode::QuotaExceeded);
    CHECK(putClient(sql, {kLoginApp, "post"}, 1).has_value());
    return 0;
  });
}

TEST_CASE("log-in: a code of another issuer than the one that is asked is refused") {
  LoginBench bench;
  const auto code = bench.code();
  bench.sql("UPDATE login_codes SET issuer = 'https://old.example.org'");
  CHECK(LoginBench::errorIn(bench.exchange(code)) == "invalid_grant");
}

TEST_CASE("log-in: of one user's codes that nobody used the newest eight are kept") {
  LoginBench bench;
  const auto oldest = bench.code();
  std::string newest;
  for (int i = 0; i < kCodesPerUserMax; ++i) {
    bench.clock.nowMs += 1;
    newest = bench.code();
  }
  const auto count = bench.query<long long>([](soci::session& sql) {
    long long rows = 0;
    sql << "SELECT COUNT(*) FROM login_codes", soci::into(rows);
    return rows;
  });
  CHECK(count == kCodesPerUserMax);
  CHECK(LoginBench::errorIn(bench.exchange(oldest)) == "invalid_grant");
  CHECK(LoginBench::errorIn(bench.exchange(newest)) == "ok");
}

TEST_CASE("log-in: what is too old is removed, and a used code while its token lives is not") {
  LoginBench bench;
  const auto code = bench.code();
  bench.exchange(code);
  bench.clock.nowMs += 14 * kMinuteMs;
  bench.code();
  const auto rows = [&bench](const std::string& table) {
    return bench.query<long long>([table](soci::session& sql) {
      long long count = 0;
      sql << "SELECT COUNT(*) FROM " + table, soci::into(count);
      return count;
    });
  };
  CHECK(rows("login_codes") == 2);
  CHECK(rows("login_tokens") == 0);
  bench.clock.nowMs += 30 * kMinuteMs;
  bench.exchange(bench.code());
  CHECK(rows("login_codes") == 1);
  CHECK(rows("login_assertions") == 1);
}

TEST_CASE("log-in: the store holds neither code nor token nor a word of the user's profile") {
  LoginBench bench;
  const auto code = bench.code();
  const auto token = bench.accessToken();
  const auto texts = bench.query<std::string>([](soci::session& sql) {
    std::ostringstream all;
    for (const char* table : {"login_codes", "login_tokens", "login_assertions"}) {
      soci::rowset<soci::row> rows = (sql.prepare << "SELECT * FROM " + std::string(table));
      for (const soci::row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
          if (row.get_properties(i).get_data_type() == soci::dt_string) {
            all << row.get<std::string>(i) << '\n';
          }
        }
      }
    }
    return all.str();
  });
  CHECK(texts.size() > 500);
  for (const std::string& word : {code, token, std::string("Смирнова"), std::string("eyJ")}) {
    CHECK(texts.find(word) == std::string::npos);
  }
}

TEST_CASE("log-in: what is sealed under one secret opens under no other, and not when altered") {
  test::SeededRandom random(7);
  const auto secret = newSecret(random), other = newSecret(random);
  const json content = {{"claims", {{"sub", "s"}}}};
  auto sealed = sealUnder(secret, content, random);
  CHECK(openUnder(secret, sealed) == content);
  CHECK(!openUnder(other, sealed));
  sealed[20] = sealed[20] == 'A' ? 'B' : 'A';
  CHECK(!openUnder(secret, sealed));
  CHECK(!openUnder(secret, "not base64url!"));
}

TEST_CASE("log-in: an issuer is https without a path; http is for this machine alone") {
  for (const char* good : {"https://id.example.org", "https://id.example.org:8443",
                           "http://127.0.0.1:8090", "http://localhost:1", "http://[::1]:80"}) {
    CAPTURE(good);
    CHECK(checkIssuer(good).has_value());
  }
  for (const char* bad :
       {"", "id.example.org", "http://id.example.org", "https://", "https://id.example.org/",
        "https://id.example.org/a?b", "https://ID.example.org", "https://u@id.example.org",
        "ftp://127.0.0.1", "http://127.0.0.1.example.org", "http://localhost.example.org"}) {
    CAPTURE(bad);
    CHECK(codeOf(checkIssuer(bad)) == ErrorCode::InvalidParams);
  }
  CHECK(authorityOfIssuer("https://id.example.org:8443") == "id.example.org:8443");
}

}  // namespace
}  // namespace kiosk::bridge::oidc
