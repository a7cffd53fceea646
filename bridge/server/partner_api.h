#pragma once
// The partner API without its sockets: what every request passes, in this order.
//
//   form       headers and target of the characters that HTTP allows, a body that is JSON and
//              small, and none where none belongs
//   host       the Host header is one of our names: a signature for another server is not for us
//   route      path and method
//   signature  RFC 9421, by a key of the merchant; created within 300 s; body by its digest
//   rate       a bucket for each merchant, so that nobody empties another's
//   key        POST: one Idempotency-Key, not in flight
//   then, in ONE transaction of the store:
//     key again  it may have been revoked meanwhile
//     nonce      not used before
//     replay     the first answer under the idempotency key, if there is one
//     handler    its effect, or none when it refuses
//     answer     kept under the idempotency key
//
// A request that names no merchant's key reads one row and writes nothing.
//
// /oauth2/ and the OpenID configuration are LoginProvider's: after form and host, they go by its
// own checks.

#include <kiosk/clock.h>

#include <optional>
#include <string>
#include <vector>

#include "bridge/oidc/login_provider.h"
#include "bridge/server/api_call.h"
#include "bridge/server/api_message.h"
#include "bridge/server/host_key_ring.h"
#include "bridge/server/http_signature.h"
#include "bridge/server/in_flight.h"
#include "bridge/server/rate_limiter.h"
#include "bridge/server/request_book.h"
#include "bridge/store/store.h"

namespace kiosk::bridge::partner {

struct PartnerApiConfig {
  /// Names that clients reach this server by, as in their Host header: lower case, with the port
  /// where it is not 443 or 80. Not empty.
  std::vector<std::string> authorities;
  HostKeyRing::Read publicKeys;   ///< the host's, retired ones too
  std::string issuer;             ///< the URL of the OpenID provider; passed oidc::checkIssuer
  bool insecureWebhooks = false;  ///< http to loopback may be a webhook; for development
};

class PartnerApi {
 public:
  /// All borrowed but the config; they outlive the API.
  PartnerApi(Store& store, Clock& clock, Random& random, PartnerApiConfig config);

  /// Serves one request, waiting for the store. Never fails: a refusal is an answer.
  /// Threads: any; never the store's loop.
  ApiAnswer handle(const ApiRequest& request);

  /// What `handle` would refuse `head` for without its body; none when the body may be read.
  std::optional<Refusal> checkHead(const ApiRequest& head) const;

  /// The answer to what does not even reach `handle`: bears a request id like every other.
  /// `path` is that of the request, when it is known: OAuth's own addresses refuse as RFC 6749
  /// says.
  ApiAnswer refuse(const Refusal& refusal, std::string_view path = {});

  /// Idempotency keys that are being served.
  std::size_t inFlight() const { return inFlight_.size(); }

 private:
  struct Job;
  struct Outcome;
  struct Caller {
    SignatureClaim claim;
    std::string publicKey;  ///< 32 raw bytes that the claim was checked with
  };

  ApiAnswer finish(ApiAnswer answer, const std::string& requestId) const;
  std::string newRequestId();
  ApiAnswer servePublic(const ApiRoute& route, const ApiRequest& request,
                        const std::string& requestId);
  ApiAnswer serveSigned(const ApiRequest& request, const RouteMatch& match,
                        const std::string& requestId);
  /// Whose signature held.
  Result<Caller> authenticate(const ApiRequest& request, std::int64_t nowMs);
  ApiAnswer serveCall(const ApiRequest& request, const RouteMatch& match, const Caller& caller,
                      const std::string& requestId);
  /// What stands in the picture above as one transaction. Runs inside a job of the store.
  static Result<Outcome> transact(soci::session& sql, const Job& job, const std::string& requestId);
  ApiAnswer run(const Job& job, const std::string& requestId);

  Store& store_;
  Clock& clock_;
  Random& random_;
  const PartnerApiConfig config_;
  RateLimiter rates_;
  HostKeyRing keys_;
  oidc::LoginProvider login_;
  InFlight inFlight_;
};

/// openapi.json, compiled in.
std::string_view embeddedOpenapi();

}  // namespace kiosk::bridge::partner
