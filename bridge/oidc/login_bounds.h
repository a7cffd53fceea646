#pragma once
// Every bound of the log-in at partners' servers, in one place. docs/limits.md tells of them.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kiosk::bridge::oidc {

/// From `identity.login` to the exchange of its code.
inline constexpr std::chrono::seconds kCodeLife{300};
/// The ID token is signed with its code, and is to hold for a while after the exchange.
inline constexpr std::chrono::seconds kIdTokenLife{600};
static_assert(kIdTokenLife > kCodeLife);
/// From the exchange to the last `/oauth2/userinfo`.
inline constexpr std::chrono::seconds kAccessTokenLife{600};
/// How far the clock may be set back before what was issued "later" is refused.
inline constexpr std::chrono::seconds kClockBackMax{5};

/// Codes of one user in one app that are kept; the oldest goes.
inline constexpr std::int64_t kCodesPerUserMax = 8;
/// Random bytes of a code and of an access token.
inline constexpr std::size_t kSecretBytes = 32;
inline constexpr std::size_t kSecretDigits = 43;  ///< the same in base64url

/// How far ahead the `exp` of a client's assertion may lie, and how far back its `iat`.
inline constexpr std::chrono::seconds kAssertionLifeMax{300};
/// How far a client's clock may be ahead.
inline constexpr std::chrono::seconds kClientAheadMax{60};
/// How long a `jti` is remembered after its assertion has ended: for a clock that is set back.
inline constexpr std::chrono::seconds kJtiKeptAfter{900};
inline constexpr std::size_t kJtiBytesMin = 8, kJtiBytesMax = 128;
/// What the rate lets through while a `jti` is remembered, and some more.
inline constexpr std::int64_t kJtisPerClientMax = 30'000;

/// The body of a token request, as the HTTP library bounds forms, and its fields.
inline constexpr std::size_t kFormBytesMax = 8192;
inline constexpr std::size_t kFormFieldsMax = 16;
/// RFC 7636, section 4.1.
inline constexpr std::size_t kVerifierBytesMin = 43, kVerifierBytesMax = 128;
inline constexpr std::size_t kNonceBytesMin = 16, kNonceBytesMax = 128;
/// One text of a profile.
inline constexpr std::size_t kProfileBytesMax = 2048;
inline constexpr std::size_t kIssuerBytesMax = 256;

/// Apps whose log-in one merchant's keys may ask for.
inline constexpr std::int64_t kClientsPerMerchantMax = 32;
/// Rows too old that one exchange or log-in removes of each table.
inline constexpr std::int64_t kSweptMax = 64;

}  // namespace kiosk::bridge::oidc
