#pragma once
// What is remembered of requests, so that none takes effect twice: the nonces of signatures, and
// the first answer under each idempotency key.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>

#include "bridge/server/http_signature.h"

namespace kiosk::bridge::partner {

/// Remembers the claim's nonce until its signature has long ceased to hold.
/// Errors: SignatureInvalid   the nonce was used: the request is a replay.
///         RateLimited        the merchant has too many that are remembered.
Result<void> rememberNonce(soci::session& sql, const SignatureClaim& claim, std::int64_t nowMs);

/// The first answer under an idempotency key.
struct StoredAnswer {
  std::string requestHash;  ///< of the request that it answers, hex
  int status = 0;
  std::string type, body;
};

/// None when there is none, or it is older than kAnswerKeptFor.
std::optional<StoredAnswer> findAnswer(soci::session& sql, const std::string& merchantId,
                                       const std::string& key, std::int64_t nowMs);

/// Writes the answer, over one that is too old. Removes what is too old, of all merchants, up to a
/// bound. REQUIRES: findAnswer found none in the same transaction.
void keepAnswer(soci::session& sql, const std::string& merchantId, const std::string& key,
                const StoredAnswer& answer, std::int64_t nowMs);

}  // namespace kiosk::bridge::partner
