#pragma once
// Codes, access tokens and used assertions in the store. What each may be used for stands here.
//
//   code:   issued ──exchange──► used ──again──► its access tokens are removed
//              └─ 5 minutes, revocation of the consent, removal of the client ─► refused
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <string>

namespace kiosk::bridge::oidc {

/// What `identity.login` issued. Nonce, times and the pairwise id are in what is sealed.
struct LoginCode {
  std::string hash;  ///< login_secret.h
  std::string app, user;
  std::string scope;      ///< "openid" or "openid profile"
  std::string issuer;     ///< the provider that it may be exchanged at
  std::string challenge;  ///< S256 of RFC 7636: base64url of a SHA-256
  std::string receiptId;  ///< of the consent that it rests on
  std::string sealed;
  std::int64_t issuedAtMs = 0, expiresAtMs = 0;
};

struct AccessToken {
  std::string hash;
  std::string codeHash;  ///< of the code that it was given for
  std::string app, user, receiptId;
  std::string sealed;
  std::int64_t issuedAtMs = 0, expiresAtMs = 0;
};

/// What an exchange presents, beside an assertion that held.
struct CodeClaim {
  std::string hash;       ///< of the code
  std::string app;        ///< the client that was authenticated
  std::string challenge;  ///< S256 of the verifier that was sent
  std::string issuer;     ///< the provider that was asked
  std::int64_t nowMs = 0;
};

/// Writes `code` and removes what is too old, and the user's oldest codes of the app over
/// kCodesPerUserMax.
void putCode(soci::session& sql, const LoginCode& code);

/// Uses the code up. A code that was used before loses its access tokens, and one with a wrong
/// verifier is used up without any; so the transaction is to be committed either way.
/// Errors: SignatureInvalid   the code cannot be exchanged, for a reason that the message gives.
Result<LoginCode> takeCode(soci::session& sql, const CodeClaim& claim);

void putToken(soci::session& sql, const AccessToken& token);

/// Errors: SignatureInvalid   no such token, or it does not hold any more.
Result<AccessToken> findToken(soci::session& sql, const std::string& hash, std::int64_t nowMs);

/// One assertion of a client.
struct UsedAssertion {
  std::string app, jti;
  std::int64_t expSeconds = 0;
  std::int64_t nowMs = 0;
};

/// Remembers the assertion's `jti` until long after its end.
/// Errors: SignatureInvalid   it was used before.
///         RateLimited        the client has too many that are remembered.
Result<void> rememberAssertion(soci::session& sql, const UsedAssertion& assertion);

}  // namespace kiosk::bridge::oidc
