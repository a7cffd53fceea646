#pragma once
// Delivers the events of the outbox: each as a Security Event Token (RFC 8417), pushed to the
// merchant's endpoint (RFC 8935) with the media type application/secevent+jwt.
//
//   header   {"alg":"EdDSA","kid":"<host's key>","typ":"secevent+jwt"}
//   payload  {"iss","aud":"<merchant>","iat","jti":"<event's id>","toe","sub":"<order's id>",
//             "events":{"urn:kiosk:event:order.captured":{…}}}
//
// `iat` is the time of this delivery and `toe` that of the event, both in seconds; `jti` is the
// same for every delivery of one event, so that a receiver drops what it has. The host's key signs,
// and
// /.well-known/jwks.json verifies. A receiver answers 2xx; anything else is tried again.

#include <kiosk/clock.h>
#include <kiosk/result.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bridge/identity/host_keys.h"
#include "bridge/payments/outbox.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

inline constexpr std::string_view kEventTokenType = "secevent+jwt";
inline constexpr std::string_view kEventMediaType = "application/secevent+jwt";
/// An event is a sender's for so long; longer than a delivery may take.
inline constexpr std::int64_t kEventLeaseMs = 60'000;

/// How a delivery reaches a merchant. Threads: several at a time.
class WebhookTransport {
 public:
  virtual ~WebhookTransport() = default;
  /// Posts `token`; the HTTP status. Waits for the answer, less than kEventLeaseMs.
  /// Errors: PolicyRefused   the address is not one that the host calls.
  ///         NetworkError, Timeout   no answer came.
  virtual Result<int> post(const std::string& url, const std::string& token) = 0;
};

/// Who the host is in what it tells merchants.
struct EventIssuer {
  const HostKeys& keys;  ///< borrowed
  std::string name;      ///< the `iss`
};

/// The token of one delivery.
std::string eventToken(const EventRow& event, const EventIssuer& issuer, std::int64_t nowMs);

/// When an event that failed for the `attempts`th time is tried again: between half of the doubled
/// wait and the whole of it, by chance, so that a merchant that comes back is not met by all at
/// once.
std::int64_t eventRetryMs(int attempts, Random& random);

/// Threads: several at a time.
class WebhookSender {
 public:
  /// All borrowed; they outlive the sender.
  WebhookSender(Store& store, EventIssuer issuer, WebhookTransport& transport, Clock& clock,
                Random& random)
      : store_(store),
        issuer_(std::move(issuer)),
        transport_(transport),
        clock_(clock),
        random_(random) {}

  /// Takes up to `countMax` events that are due and delivers them one after the other; how many it
  /// took. Waits for the store and for the merchants.
  /// Errors: as Store::run. What was taken then is due again when its lease is over.
  Result<std::size_t> deliverDue(std::int64_t countMax);

 private:
  Result<void> settle(const EventRow& event, const Result<int>& status);

  Store& store_;
  const EventIssuer issuer_;
  WebhookTransport& transport_;
  Clock& clock_;
  Random& random_;
};

}  // namespace kiosk::bridge
