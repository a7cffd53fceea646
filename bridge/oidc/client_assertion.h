#pragma once
// How a client says who it is: private_key_jwt (OpenID Connect Core 9, RFC 7523).
//
//   header   {"alg":"EdDSA","kid":"…"}, with or without "typ":"JWT"
//   payload  iss = sub = client id, aud = issuer or token endpoint, exp, jti; iat and nbf when
//   there
//
// The key is one of the merchant's; orders and proofs of keys have a `typ` of their own, so that
// none of them passes for an assertion, and no assertion for one of them.

#include <kiosk/result.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "bridge/payments/jws.h"

namespace kiosk::bridge::oidc {

inline constexpr std::string_view kAssertionType =
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Whom an assertion is to be for, and when.
struct AssertionPlace {
  std::string issuer, tokenEndpoint;
  std::int64_t nowMs = 0;
};

/// An assertion whose claims are sound; nothing of it is believed before `verifyJws`.
struct ClientAssertion {
  Jws jws;
  std::string clientId;  ///< an app id
  std::string jti;
  std::int64_t expSeconds = 0;
};

/// Reads `token` and checks all of it but the signature.
/// Errors: SignatureInvalid   the message says which claim is missing or wrong.
Result<ClientAssertion> readAssertion(std::string_view token, const AssertionPlace& place);

}  // namespace kiosk::bridge::oidc
