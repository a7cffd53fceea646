#pragma once
// What a user allowed, and the receipts that prove every answer: for the host app's settings.

#include <kiosk/ids.h>

#include <cstdint>
#include <string>

namespace kiosk::bridge {

/// A user's remembered answer "yes" of class `once`.
struct Grant {
  std::string receiptId;  ///< 128 random bits, hex; unique
  UserId user;
  AppId app;
  std::string permission;  ///< or the method's name, for a method that asks without a permission
  std::string codeHash;  ///< payloadHash of the package that the user saw; other code is asked anew
  std::string consentHash;  ///< SHA-256, hex, over what was shown and bound (docs/receipts.md)
  std::string language;     ///< of the words that were shown
  std::string purpose;      ///< as the manifest declared it then
  std::int64_t grantedAtMs = 0;
};

/// A receipt as it is kept. An erased one has neither user, app nor token.
struct StoredReceipt {
  std::int64_t seq = 0;   ///< its place in the host's chain, from 1
  std::string id;         ///< 128 random bits, hex
  std::string kind;       ///< "grant", "refusal", "revocation" or "payment"
  std::string hash;       ///< SHA-256 of the token, hex
  std::int64_t atMs = 0;  ///< wall clock
  std::string user, app, permission;
  std::string token;  ///< compact JWS, signed by the host
};

/// What every receipt of a host says of it.
struct ReceiptIssuer {
  std::string name = "Kiosk";       ///< at most 64 characters
  std::string jurisdiction = "RU";  ///< ISO 3166, of the law that consents are given under
};

}  // namespace kiosk::bridge
