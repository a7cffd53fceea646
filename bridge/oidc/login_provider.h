#pragma once
// The OpenID provider without its sockets: what a client's server meets.
//
//   GET  /.well-known/openid-configuration   what there is (OpenID Connect Discovery)
//   POST /oauth2/token                       code, verifier and assertion for an ID token
//   GET  /oauth2/userinfo                    the claims again, for the access token
//
// An exchange passes, in this order: form; claims of the assertion; its signature by an active key
// of the client; the client's rate. Then in ONE transaction: the key again, the assertion's jti,
// the code. What the code opens was signed by the host beforehand: nothing here holds a key.

#include <kiosk/clock.h>

#include <string>

#include "bridge/oidc/client_assertion.h"
#include "bridge/oidc/login_book.h"
#include "bridge/oidc/token_form.h"
#include "bridge/server/api_message.h"
#include "bridge/server/rate_limiter.h"
#include "bridge/store/store.h"

namespace kiosk::bridge::oidc {

/// A refusal as RFC 6749, section 5.2, spells it.
struct OAuthRefusal {
  int status = 400;
  const char* error = "invalid_request";
  std::string description;             ///< printable ASCII without quotes
  std::int64_t retryAfterSeconds = 0;  ///< 0: not said
};

/// Its answer.
partner::ApiAnswer refusalAnswer(const OAuthRefusal& refusal);

/// Threads: any; never the store's loop.
class LoginProvider {
 public:
  /// All borrowed; they outlive the provider. REQUIRES: `issuer` passed checkIssuer.
  LoginProvider(Store& store, Clock& clock, Random& random, std::string issuer);

  partner::ApiAnswer configuration() const;
  partner::ApiAnswer token(const partner::ApiRequest& request);
  partner::ApiAnswer userinfo(const partner::ApiRequest& request);

 private:
  struct Exchange;
  struct Outcome;

  partner::ApiAnswer exchange(const Exchange& wanted);
  /// What stands in the picture above as one transaction. Runs inside a job of the store.
  static Outcome transact(soci::session& sql, const Exchange& wanted);

  Store& store_;
  Clock& clock_;
  Random& random_;
  const std::string issuer_;
  partner::RateLimiter rates_;
};

}  // namespace kiosk::bridge::oidc
