#pragma once
// HTTP Message Signatures (RFC 9421) with Ed25519, and Content-Digest (RFC 9530).
//
//   Signature-Input: sig=("@method" "@authority" "@path" "@query" "content-digest"
//                         "idempotency-key");created=…;nonce="…";keyid="merchant/kid"
//                         ;alg="ed25519";tag="kiosk-partner"
//   Signature:       sig=:base64 of 64 bytes:
//
// docs/decisions/http-message-signatures.md says why these components.

#include <kiosk/result.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "bridge/server/api_message.h"
#include "bridge/server/structured_field.h"
#include "runtime/base/encoding.h"

namespace kiosk::bridge::partner {

inline constexpr std::string_view kSignatureTag = "kiosk-partner";

/// Who says to have signed a request; nothing of it is believed before `verifySignature`.
struct SignatureClaim {
  std::string merchantId, kid;  ///< 1..64 of [A-Za-z0-9._-] each
  std::string nonce;
  std::int64_t createdSeconds = 0;
  std::string base;       ///< what was signed
  std::string signature;  ///< 64 bytes
};

/// The signature base of `request` (RFC 9421, section 2.5) for the components and parameters of
/// `covered`. Knows @method, @authority, @path, @query and header fields that stand once.
/// Errors: InvalidParams   a component is not known, stands twice, or is not in the request.
Result<std::string> signatureBase(const ApiRequest& request, const InnerList& covered);

/// Finds the one signature with our tag and checks all of it but the signature itself.
/// Errors: SignatureInvalid   the message says what is missing or wrong.
Result<SignatureClaim> readSignature(const ApiRequest& request, std::int64_t nowMs);

/// Whether the claim was signed with the key whose public half is `publicKey` (32 raw bytes).
bool verifySignature(const SignatureClaim& claim, Bytes publicKey);

/// Whether Content-Digest names the SHA-256 of the body.
/// Errors: SignatureInvalid   it does not, or is not of the form of RFC 9530.
Result<void> checkContentDigest(const ApiRequest& request);

}  // namespace kiosk::bridge::partner
