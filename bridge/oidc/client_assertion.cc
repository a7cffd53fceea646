#include "bridge/oidc/client_assertion.h"

#include <kiosk/ids.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "bridge/oidc/login_bounds.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge::oidc {
namespace {

using nlohmann::json;

constexpr std::size_t kAppIdBytesMax = 128;
constexpr std::int64_t kMsOfOneSecond = 1000;
/// Beyond it a double holds no whole seconds that a clock could name.
constexpr double kDateMax = 1e12;

Error refusedAssertion(std::string message) {
  return {ErrorCode::SignatureInvalid, "client_assertion: " + std::move(message)};
}

const std::string* textClaim(const json& payload, const char* name) {
  const auto found = payload.find(name);
  return found == payload.end() ? nullptr : found->get_ptr<const json::string_t*>();
}

/// A NumericDate (RFC 7519): seconds, perhaps with a fraction; the fraction is dropped.
std::optional<std::int64_t> dateClaim(const json& payload, const char* name) {
  const auto found = payload.find(name);
  if (found == payload.end() || !found->is_number()) return std::nullopt;
  const double seconds = found->get<double>();
  if (!(seconds >= 0 && seconds <= kDateMax)) return std::nullopt;
  return static_cast<std::int64_t>(std::floor(seconds));
}

/// Whether everything that `aud` names is us: an assertion for two servers could be used by either
/// of them at the other.
bool isForUs(const json& payload, const AssertionPlace& place) {
  const auto found = payload.find("aud");
  if (found == payload.end()) return false;
  const auto isOurs = [&place](const json& one) {
    return one.is_string() && (one == place.issuer || one == place.tokenEndpoint);
  };
  if (!found->is_array()) return isOurs(*found);
  return !found->empty() && std::all_of(found->begin(), found->end(), isOurs);
}

Result<void> checkTimes(const json& payload, std::int64_t nowSeconds) {
  const auto exp = dateClaim(payload, "exp");
  const bool isAlive = exp && *exp > nowSeconds && *exp <= nowSeconds + kAssertionLifeMax.count();
  if (!KIOSK_GUARD("login.assertionExpiry", isAlive)) {
    return refusedAssertion("exp is not within the next 300 seconds");
  }
  const std::int64_t ahead = nowSeconds + kClientAheadMax.count();
  if (payload.contains("iat")) {
    const auto iat = dateClaim(payload, "iat");
    if (!iat || *iat > ahead || *iat < nowSeconds - kAssertionLifeMax.count()) {
      return refusedAssertion("iat is not within the last 300 seconds: set your clock");
    }
  }
  if (payload.contains("nbf")) {
    const auto nbf = dateClaim(payload, "nbf");
    if (!nbf || *nbf > ahead) return refusedAssertion("nbf is in the future: set your clock");
  }
  return {};
}

bool isJti(const std::string& jti) {
  return jti.size() >= kJtiBytesMin && jti.size() <= kJtiBytesMax &&
         std::all_of(jti.begin(), jti.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

}  // namespace

Result<ClientAssertion> readAssertion(std::string_view token, const AssertionPlace& place) {
  auto jws = parsePlainJwt(token);
  if (!jws) return refusedAssertion(jws.error().message);
  const json& payload = jws->payload;
  const std::string* iss = textClaim(payload, "iss");
  const std::string* sub = textClaim(payload, "sub");
  if (iss == nullptr || sub == nullptr || *iss != *sub || iss->empty() ||
      iss->size() > kAppIdBytesMax) {
    return refusedAssertion("iss and sub are not both the client id");
  }
  if (!KIOSK_GUARD("login.audience", isForUs(payload, place))) {
    return refusedAssertion("aud is not the issuer or the token endpoint, and nothing else");
  }
  if (auto times = checkTimes(payload, place.nowMs / kMsOfOneSecond); !times) return times.error();
  const std::string* jti = textClaim(payload, "jti");
  if (jti == nullptr || !isJti(*jti)) {
    return refusedAssertion("jti is not 8 to 128 visible ASCII characters");
  }
  ClientAssertion made;
  made.clientId = *iss;
  made.jti = *jti;
  made.expSeconds = dateClaim(payload, "exp").value_or(place.nowMs / kMsOfOneSecond);
  made.jws = *std::move(jws);
  return made;
}

}  // namespace kiosk::bridge::oidc
