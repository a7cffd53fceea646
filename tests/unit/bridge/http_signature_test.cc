// Goal: a request counts as signed only when every byte that matters was signed, now, by a key of
// Ed25519. Method: RFC 9421's own example, and a good request broken in one way at a time.

#include "bridge/server/http_signature.h"

#include <doctest/doctest.h>

#include <functional>

#include "tests/unit/bridge/partner_fixture.h"

namespace kiosk::bridge::partner {
namespace {

using test::kSignedAtMs;
using test::PartnerSigner;

/// Whether `request` holds under the signer's key at `nowMs`.
bool holds(const ApiRequest& request, const PartnerSigner& signer,
           std::int64_t nowMs = kSignedAtMs) {
  const auto claim = readSignature(request, nowMs);
  if (!claim || !verifySignature(*claim, bytesOf(signer.key.publicKey()))) return false;
  return request.body.empty() || checkContentDigest(request).has_value();
}

std::string& headerOf(ApiRequest& request, std::string_view name) {
  for (auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  KIOSK_CHECK(false, "the request has the header");
  std::abort();
}

ApiRequest goodPost(const PartnerSigner& signer) {
  return signer.request("POST", "/v1/orders?x=1", R"({"orderToken":"t"})", "key-1");
}

std::string whyNot(const ApiRequest& request, std::int64_t nowMs = kSignedAtMs) {
  const auto claim = readSignature(request, nowMs);
  return claim ? std::string() : claim.error().message;
}

TEST_CASE("http signature: the example of RFC 9421, appendix B.2.6, has this base and verifies") {
  ApiRequest request;
  request.method = "POST";
  request.target = "/foo?param=Value&Pet=dog";
  request.headers = {{"host", "example.com"},
                     {"date", "Tue, 20 Apr 2021 02:07:55 GMT"},
                     {"content-type", "application/json"},
                     {"content-length", "18"}};
  const auto input = parseDictionary(
      "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
      ";created=1618884473;keyid=\"test-key-ed25519\"");
  REQUIRE(input);
  const auto base = signatureBase(request, std::get<InnerList>(input->front().value));
  REQUIRE(base);
  CHECK(*base ==
        "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@method\": POST\n\"@path\": /foo\n"
        "\"@authority\": example.com\n\"content-type\": application/json\n"
        "\"content-length\": 18\n\"@signature-params\": (\"date\" \"@method\" \"@path\" "
        "\"@authority\" \"content-type\" \"content-length\");created=1618884473"
        ";keyid=\"test-key-ed25519\"");
  const auto signatures = parseDictionary(
      "sig-b26=:"
      "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKR"
      "Cw==:");
  REQUIRE(signatures);
  const auto key = fromBase64Url("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs");
  REQUIRE(key);
  SignatureClaim claim;
  claim.base = *base;
  claim.signature = std::get<FieldItem>(signatures->front().value).value.text;
  CHECK(verifySignature(claim, bytesOf(*key)));
  claim.base[0] = '\'';
  CHECK(!verifySignature(claim, bytesOf(*key)));
}

TEST_CASE("http signature: a well-signed request names its merchant, key and nonce") {
  const PartnerSigner signer;
  const auto request = goodPost(signer);
  CHECK(holds(request, signer));
  const auto claim = readSignature(request, kSignedAtMs);
  REQUIRE(claim);
  CHECK(claim->merchantId == "post");
  CHECK(claim->kid == "demo-1");
  CHECK(claim->nonce.size() >= 16);
}

TEST_CASE("http signature: any flipped bit of the signature is refused") {
  const PartnerSigner signer;
  const auto good = goodPost(signer);
  for (std::size_t at = 0; at < 64; ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      auto claim = readSignature(good, kSignedAtMs);
      REQUIRE(claim);
      claim->signature[at] = static_cast<char>(claim->signature[at] ^ (1 << bit));
      CHECK(!verifySignature(*claim, bytesOf(signer.key.publicKey())));
    }
  }
}

TEST_CASE("http signature: any flipped bit of its two headers is refused") {
  const PartnerSigner signer;
  const auto good = goodPost(signer);
  for (const char* name : {"signature", "signature-input"}) {
    auto copy = good;
    const std::string text = headerOf(copy, name);
    for (std::size_t at = 0; at < text.size(); ++at) {
      for (int bit = 0; bit < 7; ++bit) {
        auto request = good;
        headerOf(request, name)[at] = static_cast<char>(text[at] ^ (1 << bit));
        CAPTURE(name);
        CAPTURE(at);
        CHECK(!holds(request, signer));
      }
    }
  }
}

TEST_CASE("http signature: any flipped bit of a covered component is refused") {
  const PartnerSigner signer;
  const auto good = goodPost(signer);
  const std::pair<const char*, std::function<std::string&(ApiRequest&)>> covered[] = {
      {"method", [](ApiRequest& r) -> std::string& { return r.method; }},
      {"target", [](ApiRequest& r) -> std::string& { return r.target; }},
      {"body", [](ApiRequest& r) -> std::string& { return r.body; }},
      {"digest", [](ApiRequest& r) -> std::string& { return headerOf(r, "content-digest"); }},
      {"key", [](ApiRequest& r) -> std::string& { return headerOf(r, "idempotency-key"); }}};
  for (const auto& [name, part] : covered) {
    auto copy = good;
    const std::string text = part(copy);
    for (std::size_t at = 0; at < text.size(); ++at) {
      for (int bit = 0; bit < 8; ++bit) {
        auto request = good;
        part(request)[at] = static_cast<char>(text[at] ^ (1 << bit));
        CAPTURE(name);
        CAPTURE(at);
        CHECK(!holds(request, signer));
      }
    }
  }
}

TEST_CASE("http signature: another host is another request; its letters' case is not") {
  const PartnerSigner signer;
  auto request = goodPost(signer);
  headerOf(request, "host") = "API.example.org";
  CHECK(holds(request, signer));
  headerOf(request, "host") = "api.example.net";
  CHECK(!holds(request, signer));
}

TEST_CASE("http signature: each component that must be covered is missed when it is left out") {
  for (const char* name :
       {"@method", "@authority", "@path", "@query", "content-digest", "idempotency-key"}) {
    PartnerSigner signer;
    signer.leftOut = name;
    const auto request = goodPost(signer);
    CAPTURE(name);
    CHECK(whyNot(request).find(name) != std::string::npos);
  }
}

TEST_CASE("http signature: created is within 300 seconds of the host's clock, either way") {
  const PartnerSigner signer;
  const auto request = goodPost(signer);
  CHECK(holds(request, signer, kSignedAtMs + 300'000));
  CHECK(holds(request, signer, kSignedAtMs - 300'000));
  CHECK(!holds(request, signer, kSignedAtMs + 301'000));
  CHECK(!holds(request, signer, kSignedAtMs - 301'000));
}

TEST_CASE("http signature: each parameter must be there, right, and known") {
  const std::pair<const char*, const char*> wrong[] = {
      {";alg=\"ed25519\"", ""},
      {";alg=\"ed25519\"", ";alg=\"hmac-sha256\""},
      {";alg=\"ed25519\"", ";alg=ed25519"},
      {";tag=\"kiosk-partner\"", ""},
      {";tag=\"kiosk-partner\"", ";tag=\"other\""},
      {";keyid=\"post/demo-1\"", ";keyid=\"post\""},
      {";keyid=\"post/demo-1\"", ";keyid=\"post/a/b\""},
      {";keyid=\"post/demo-1\"", ""},
      {";created=1800000000", ""},
      {";created=1800000000", ";created=1800000000.5"},
      {";tag=", ";expires=1799999999;tag="},
      {";tag=", ";unknown=1;tag="}};
  for (const auto& [from, to] : wrong) {
    PartnerSigner signer;
    signer.replaced = {from, to};
    CAPTURE(to);
    CHECK(whyNot(goodPost(signer)) != "");
  }
  PartnerSigner shortNonce;
  shortNonce.nonce = "123456789012345";
  CHECK(whyNot(goodPost(shortNonce)).find("nonce") != std::string::npos);
}

TEST_CASE(
    "http signature: two signatures with our tag, and headers that stand twice, are refused") {
  const PartnerSigner signer;
  for (const char* name : {"signature-input", "signature", "content-digest", "idempotency-key"}) {
    auto request = goodPost(signer);
    request.headers.emplace_back(name, headerOf(request, name));
    CAPTURE(name);
    CHECK(!holds(request, signer));
  }
  auto request = goodPost(signer);
  const std::string input = headerOf(request, "signature-input");
  headerOf(request, "signature-input") = input + ", two" + input.substr(input.find('='));
  CHECK(whyNot(request).find("two signatures") != std::string::npos);
}

TEST_CASE("http signature: somebody else's signature beside ours is not looked at") {
  const PartnerSigner signer;
  auto request = goodPost(signer);
  headerOf(request, "signature-input") += ", proxy=(\"@method\");created=1;tag=\"cdn\"";
  headerOf(request, "signature") += ", proxy=:AAAA:";
  CHECK(holds(request, signer));
}

TEST_CASE("http signature: the key of another signer does not verify it") {
  const PartnerSigner signer;
  test::SeededRandom random{5};
  const auto other = Ed25519Key::generate(random);
  const auto claim = readSignature(goodPost(signer), kSignedAtMs);
  REQUIRE(claim);
  CHECK(!verifySignature(*claim, bytesOf(other.publicKey())));
  CHECK(!verifySignature(*claim, bytesOf("")));
}

}  // namespace
}  // namespace kiosk::bridge::partner
