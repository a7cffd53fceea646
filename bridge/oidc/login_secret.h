#pragma once
// Codes and access tokens: 32 random bytes in base64url, known to the holder alone. The store keeps
// their hash, and what they stand for sealed under a key that only the secret itself gives.
//
//   secret   base64url of 32 random bytes
//   hash     SHA-256 of the secret's text, hex: the row's key
//   sealed   AES-256-GCM of JSON under HKDF-SHA-256(secret), bound to the row's hash

#include <kiosk/clock.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::bridge::oidc {

/// A new secret, 43 characters.
std::string newSecret(Random& random);

/// 64 hex digits.
std::string secretHash(std::string_view secret);

/// `content` sealed under `secret`, in base64url.
std::string sealUnder(std::string_view secret, const nlohmann::json& content, Random& random);

/// What `sealUnder` sealed under this secret; none when it did not.
std::optional<nlohmann::json> openUnder(std::string_view secret, std::string_view sealed);

}  // namespace kiosk::bridge::oidc
