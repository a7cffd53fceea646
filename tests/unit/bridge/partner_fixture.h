#pragma once
// A merchant's server that signs its requests, well or as a test wants it.

#include <string>
#include <utility>

#include "bridge/payments/demo_merchant.h"
#include "bridge/server/http_signature.h"
#include "runtime/base/crypto.h"
#include "tests/unit/bridge/service_fixture.h"

namespace kiosk::test {

inline constexpr std::int64_t kSignedAtMs = 1'800'000'000'000;

struct PartnerSigner {
  std::string merchantId{bridge::kDemoMerchantId}, kid{bridge::kDemoMerchantKid};
  Ed25519Key key = demoKey();
  std::string nonce = "nonce-0000000001";
  std::int64_t createdSeconds = kSignedAtMs / 1000;
  std::string host = "api.example.org";
  std::string leftOut;                           ///< a component that is not covered
  std::pair<std::string, std::string> replaced;  ///< in the parameters, before signing

  static Ed25519Key demoKey() {
    auto made = Ed25519Key::fromSeed(bytesOf(bridge::kDemoMerchantSeed));
    KIOSK_CHECK(made.has_value(), "the demo's seed is a seed");
    return std::move(*made);
  }

  /// A signed request; `idempotencyKey` may be empty.
  bridge::partner::ApiRequest request(const std::string& method, const std::string& target,
                                      const std::string& body = "",
                                      const std::string& idempotencyKey = "") const {
    using namespace bridge::partner;
    ApiRequest made{method, target, {{"host", host}}, body};
    std::string names;
    const auto cover = [&](const std::string& name) {
      if (name != leftOut) names += (names.empty() ? "\"" : " \"") + name + "\"";
    };
    for (const char* name : {"@method", "@authority", "@path", "@query"}) cover(name);
    if (!body.empty()) {
      const auto digest = sha256(bytesOf(body));
      made.headers.emplace_back("content-type", "application/json");
      made.headers.emplace_back(
          "content-digest",
          "sha-256=:" + toBase64({reinterpret_cast<const char*>(digest.data()), digest.size()}) +
              ":");
      cover("content-digest");
    }
    if (!idempotencyKey.empty()) {
      made.headers.emplace_back("idempotency-key", idempotencyKey);
      cover("idempotency-key");
    }
    std::string parameters = ";created=" + std::to_string(createdSeconds) + ";nonce=\"" + nonce +
                             "\";keyid=\"" + merchantId + "/" + kid +
                             "\";alg=\"ed25519\";tag=\"kiosk-partner\"";
    if (!replaced.first.empty()) {
      const auto at = parameters.find(replaced.first);
      KIOSK_CHECK(at != std::string::npos, "a test replaces what is there");
      parameters.replace(at, replaced.first.size(), replaced.second);
    }
    sign(made, "(" + names + ")" + parameters);
    return made;
  }

 private:
  void sign(bridge::partner::ApiRequest& made, const std::string& input) const {
    using namespace bridge::partner;
    const auto parsed = parseDictionary("sig=" + input);
    KIOSK_CHECK(parsed.has_value(), "a test's signature input is a dictionary");
    const auto base = signatureBase(made, std::get<InnerList>(parsed->front().value));
    KIOSK_CHECK(base.has_value(), "a test's request has what it covers");
    made.headers.emplace_back("signature-input", "sig=" + input);
    made.headers.emplace_back("signature", "sig=:" + toBase64(key.sign(bytesOf(*base))) + ":");
  }
};

}  // namespace kiosk::test
