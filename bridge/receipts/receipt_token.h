#pragma once
// Tokens of receipts: compact JWS (RFC 7515) whose header has exactly alg, kid and typ.
//
//   base64url(header) "." base64url(payload in RFC 8785 form) "." base64url(signature)

#include "bridge/receipts/signature_suite.h"

namespace kiosk::bridge {

inline constexpr std::size_t kReceiptTokenBytesMax = 65'536;
inline constexpr std::string_view kConsentReceiptType = "kiosk-consent-receipt+jwt";
inline constexpr std::string_view kReceiptsHeadType = "kiosk-receipts-head+jwt";

/// A token that is well-formed; nothing of it is believed before its signature was checked.
struct ReceiptToken {
  std::string alg, kid, typ;
  nlohmann::json payload;
  std::string signingInput, signature;
};

/// Errors: InvalidParams   the message names what is wrong with the form.
Result<ReceiptToken> parseReceiptToken(std::string_view token);

/// Signs `payload`.
/// Errors: InvalidParams   a number in it has no canonical form.
///         PayloadTooLarge   the token would be over its bound.
Result<std::string> signReceiptToken(const nlohmann::json& payload, std::string_view typ,
                                     const ReceiptSigner& signer);

/// What the next link of the chain names: SHA-256 of the whole token, hex.
std::string receiptHash(std::string_view token);

/// What the first receipt names as the one before it: 64 zeros.
inline constexpr std::string_view kNoReceiptBefore =
    "0000000000000000000000000000000000000000000000000000000000000000";

}  // namespace kiosk::bridge
