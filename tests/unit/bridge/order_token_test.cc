// Goal: only a token of exactly our form, signed by the merchant's key, is an order. Method: one
// good token, broken in one way at a time; a token made by another implementation; the JWS vectors
// of Wycheproof.

#include "bridge/payments/order_token.h"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "bridge/payments/amount.h"
#include "bridge/payments/demo_merchant.h"
#include "runtime/base/json.h"
#include "tests/unit/bridge/service_fixture.h"
#include "tests/unit/support/vectors.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::codeOf;

Ed25519Key demoKey() {
  auto key = Ed25519Key::fromSeed(bytesOf(kDemoMerchantSeed));
  KIOSK_CHECK(key.has_value(), "the demo's seed is a seed");
  return std::move(*key);
}

json goodHeader() { return {{"alg", "EdDSA"}, {"kid", "demo-1"}, {"typ", "kiosk-order+jwt"}}; }

json goodPayload() {
  return {{"merchantId", "post"},
          {"orderId", "CUSTOMS-1"},
          {"amountMinor", 125000},
          {"currency", "RUB"},
          {"items",
           json::array({{{"title", "Customs duty"}, {"quantity", 1}, {"amountMinor", 125000}}})},
          {"exp", 4102444800},
          {"nonce", "00000000000000000000000000000001"}};
}

std::string signText(const std::string& header, const std::string& payload) {
  const std::string input = toBase64Url(bytesOf(header)) + "." + toBase64Url(bytesOf(payload));
  return input + "." + toBase64Url(bytesOf(demoKey().sign(bytesOf(input))));
}

std::string signToken(const json& header, const json& payload) {
  return signText(header.dump(), payload.dump());
}

bool verifies(const Result<OrderToken>& token) {
  return token && verifyJws(token->jws, bytesOf(demoKey().publicKey()));
}

TEST_CASE(
    "order token: one made by Node.js from the documentation's example is read and verified") {
  const std::string token =
      "eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9."
      "eyJtZXJjaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJDVVNUT01TLTEiLCJhbW91bnRNaW5vciI6MTI1MDAwLCJjdXJy"
      "ZW5jeSI6IlJVQiIsIml0ZW1zIjpbeyJ0aXRsZSI6IkN1c3RvbXMgZHV0eSBSQTEyMzQ1Njc4NVJVIiwicXVhbnRpdHki"
      "OjEsImFtb3VudE1pbm9yIjoxMjUwMDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6IjAwMDAwMDAwMDAwMDAwMDAw"
      "MDAwMDAwMDAwMDAwMDAxIn0."
      "TUrD93ynSAMyK_2niWyq4ZVr2j8RLoeE5FscF5FN7QbZLHCVzFVBwjaXDLtWas_5JJe7ZsLUkBKZHXL-wr72Aw";
  auto parsed = parseOrderToken(token);
  REQUIRE(parsed);
  CHECK(verifies(parsed));
  CHECK(parsed->order.orderId == "CUSTOMS-1");
  CHECK(parsed->order.amountMinor == 125000);
  CHECK(parsed->order.items.size() == 1);
  CHECK(parsed->jws.kid == "demo-1");
  CHECK(parsed->hash == sha256Hex(token));
}

TEST_CASE("order token: any flipped bit of a good token is refused or no longer verifies") {
  const std::string good = signToken(goodHeader(), goodPayload());
  CHECK(verifies(parseOrderToken(good)));
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int bit = 0; bit < 7; ++bit) {
      std::string changed = good;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      CHECK_MESSAGE(!verifies(parseOrderToken(changed)), "byte " << at << " bit " << bit);
    }
  }
}

TEST_CASE("order token: a header of any other form is refused") {
  const std::vector<std::pair<const char*, std::function<void(json&)>>> changes = {
      {"alg none", [](json& h) { h["alg"] = "none"; }},
      {"alg None", [](json& h) { h["alg"] = "None"; }},
      {"alg HS256 with the public key as secret", [](json& h) { h["alg"] = "HS256"; }},
      {"alg ES256", [](json& h) { h["alg"] = "ES256"; }},
      {"alg in lower case", [](json& h) { h["alg"] = "eddsa"; }},
      {"alg Ed25519", [](json& h) { h["alg"] = "Ed25519"; }},
      {"alg as a list", [](json& h) { h["alg"] = {"EdDSA"}; }},
      {"alg missing", [](json& h) { h.erase("alg"); }},
      {"alg null", [](json& h) { h["alg"] = nullptr; }},
      {"typ JWT", [](json& h) { h["typ"] = "JWT"; }},
      {"typ of a receipt", [](json& h) { h["typ"] = "kiosk-receipt+jwt"; }},
      {"typ missing", [](json& h) { h.erase("typ"); }},
      {"kid missing", [](json& h) { h.erase("kid"); }},
      {"kid a path", [](json& h) { h["kid"] = "../../etc/passwd"; }},
      {"kid SQL", [](json& h) { h["kid"] = "x' OR '1'='1"; }},
      {"kid an address", [](json& h) { h["kid"] = "https://evil.example/key"; }},
      {"kid empty", [](json& h) { h["kid"] = ""; }},
      {"kid too long", [](json& h) { h["kid"] = std::string(65, 'k'); }},
      {"kid a number", [](json& h) { h["kid"] = 1; }},
      {"jwk",
       [](json& h) {
         h["jwk"] = {{"kty", "OKP"}};
       }},
      {"jku", [](json& h) { h["jku"] = "https://evil.example/jwks"; }},
      {"x5u", [](json& h) { h["x5u"] = "https://evil.example/x"; }},
      {"x5c", [](json& h) { h["x5c"] = {"MII"}; }},
      {"crit", [](json& h) { h["crit"] = {"exp"}; }},
      {"b64 false", [](json& h) { h["b64"] = false; }},
      {"cty", [](json& h) { h["cty"] = "JWT"; }},
      {"zip", [](json& h) { h["zip"] = "DEF"; }},
  };
  for (const auto& [why, change] : changes) {
    CAPTURE(why);
    json header = goodHeader();
    change(header);
    CHECK(codeOf(parseOrderToken(signToken(header, goodPayload()))) == ErrorCode::OrderInvalid);
  }
}

TEST_CASE("order token: a payload of any other form is refused although it is signed") {
  const std::vector<std::pair<const char*, std::function<void(json&)>>> changes = {
      {"amount 0", [](json& p) { p["amountMinor"] = 0; }},
      {"amount -1", [](json& p) { p["amountMinor"] = -1; }},
      {"amount over 10^12", [](json& p) { p["amountMinor"] = 1'000'000'000'001; }},
      {"amount 2^63", [](json& p) { p["amountMinor"] = std::uint64_t{1} << 63; }},
      {"amount 2^64-1", [](json& p) { p["amountMinor"] = ~std::uint64_t{0}; }},
      {"amount a fraction", [](json& p) { p["amountMinor"] = 0.5; }},
      {"amount a whole double", [](json& p) { p["amountMinor"] = 125000.0; }},
      {"amount a string", [](json& p) { p["amountMinor"] = "125000"; }},
      {"amount full-width digits", [](json& p) { p["amountMinor"] = "１００"; }},
      {"amount null", [](json& p) { p["amountMinor"] = nullptr; }},
      {"amount true", [](json& p) { p["amountMinor"] = true; }},
      {"amount missing", [](json& p) { p.erase("amountMinor"); }},
      {"currency in lower case", [](json& p) { p["currency"] = "rub"; }},
      {"currency RUR", [](json& p) { p["currency"] = "RUR"; }},
      {"currency a homoglyph", [](json& p) { p["currency"] = "RUВ"; }},
      {"currency with a space", [](json& p) { p["currency"] = "RUB "; }},
      {"currency empty", [](json& p) { p["currency"] = ""; }},
      {"merchantId with SQL", [](json& p) { p["merchantId"] = "post'--"; }},
      {"merchantId empty", [](json& p) { p["merchantId"] = ""; }},
      {"orderId too long", [](json& p) { p["orderId"] = std::string(65, 'o'); }},
      {"orderId with a line feed", [](json& p) { p["orderId"] = "a\nb"; }},
      {"orderId a number", [](json& p) { p["orderId"] = 7; }},
      {"exp missing", [](json& p) { p.erase("exp"); }},
      {"exp a string", [](json& p) { p["exp"] = "4102444800"; }},
      {"exp a fraction", [](json& p) { p["exp"] = 4102444800.5; }},
      {"exp beyond the year 9999", [](json& p) { p["exp"] = 253'402'300'800; }},
      {"nonce short", [](json& p) { p["nonce"] = "123456789012345"; }},
      {"nonce missing", [](json& p) { p.erase("nonce"); }},
      {"no items", [](json& p) { p["items"] = json::array(); }},
      {"items an object", [](json& p) { p["items"] = json::object(); }},
      {"101 items",
       [](json& p) {
         p["items"] = json::array();
         for (int i = 0; i < 101; ++i) {
           p["items"].push_back({{"title", "x"}, {"quantity", 1}, {"amountMinor", 1}});
         }
         p["amountMinor"] = 101;
       }},
      {"item quantity 0", [](json& p) { p["items"][0]["quantity"] = 0; }},
      {"item with a negative amount",
       [](json& p) {
         p["items"].push_back({{"title", "x"}, {"quantity", 1}, {"amountMinor", -1}});
       }},
      {"item with another member", [](json& p) { p["items"][0]["discount"] = 1; }},
      {"item title with a direction override",
       [](json& p) { p["items"][0]["title"] = "a\u202eb"; }},
      {"item title empty", [](json& p) { p["items"][0]["title"] = ""; }},
      {"payee with a line feed", [](json& p) { p["payee"] = "Post\nOffice"; }},
      {"payee empty", [](json& p) { p["payee"] = ""; }},
      {"another member", [](json& p) { p["amount"] = 1; }},
      {"__proto__", [](json& p) { p["__proto__"] = json::object(); }},
  };
  for (const auto& [why, change] : changes) {
    CAPTURE(why);
    json payload = goodPayload();
    change(payload);
    CHECK(codeOf(parseOrderToken(signToken(goodHeader(), payload))) == ErrorCode::OrderInvalid);
  }
}

TEST_CASE("order token: items that do not add up to the amount are an amount mismatch") {
  json payload = goodPayload();
  payload["items"][0]["amountMinor"] = 124999;
  CHECK(codeOf(parseOrderToken(signToken(goodHeader(), payload))) == ErrorCode::AmountMismatch);
}

TEST_CASE("order token: texts that are not one canonical token are refused") {
  const std::string good = signToken(goodHeader(), goodPayload());
  const std::string header = goodHeader().dump(), payload = goodPayload().dump();
  const std::size_t last = good.rfind('.');
  std::string amount = payload;
  amount.replace(amount.find("125000"), 6, "1.25e5");
  const std::vector<std::pair<const char*, std::string>> texts = {
      {"nothing", ""},
      {"no points", "abc"},
      {"one point", "abc.def"},
      {"a fourth part", good + ".x"},
      {"no signature", good.substr(0, last)},
      {"an empty signature", good.substr(0, last + 1)},
      {"a short signature", good.substr(0, good.size() - 4)},
      {"padding", good + "=="},
      {"a space before", " " + good},
      {"a line feed behind", good + "\n"},
      {"the JSON serialisation", R"({"payload":"x","signatures":[]})"},
      {"a duplicate key in the header", signText(R"({"alg":"none",)" + header.substr(1), payload)},
      {"a duplicate key in the payload",
       signText(header, R"({"amountMinor":1,)" + payload.substr(1))},
      {"a comment in the payload", signText(header, payload + " // x")},
      {"two values in the payload", signText(header, payload + payload)},
      {"a list as payload", signText(header, "[" + payload + "]")},
      {"an amount with an exponent", signText(header, amount)},
      {"a payload that is not UTF-8", signText(header, "{\"a\":\"\xff\"}")},
      {"a byte-order mark", signText(header, "\xef\xbb\xbf" + payload)},
      {"a deep payload", signText(header, std::string(100, '[') + std::string(100, ']'))},
      {"a long token", good + std::string(kJwsBytesMax, 'A')},
  };
  for (const auto& [why, text] : texts) {
    CAPTURE(why);
    CHECK(codeOf(parseOrderToken(text)) == ErrorCode::OrderInvalid);
  }
}

TEST_CASE("JWS: of Wycheproof's signatures none passes that is not a valid EdDSA one of our form" *
          doctest::skip(test::vectorsMissing("wycheproof"))) {
  int tried = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(test::vectorsPath("wycheproof"))) {
    const std::string name = entry.path().filename().string();
    if (name.find("web_signature") == std::string::npos && name.find("jws") == std::string::npos) {
      continue;
    }
    const json file = json::parse(test::readWhole(entry.path()));
    for (const json& group : file["testGroups"]) {
      for (const json& one : group["tests"]) {
        if (!one["jws"].is_string()) continue;
        ++tried;
        auto parsed = parseJws(one["jws"].get<std::string>(), kOrderTokenType);
        CHECK_MESSAGE(!parsed, "tcId " << one["tcId"]);
      }
    }
  }
  CHECK(tried > 100);
}

}  // namespace
}  // namespace kiosk::bridge
