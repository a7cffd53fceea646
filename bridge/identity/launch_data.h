#pragma once
// Launch data: who opened the app, as a query string that the app's own server can check.
//
//   auth_date=1771409719&query_id=…&user=%7B…%7D&signature=<base64url>&hash=<64 hex>
//
//   data-check-string   "key=value" of the decoded fields, sorted by key, joined by \n
//   secret              HMAC-SHA-256(key = "WebAppData", message = bot token)
//   hash                hex HMAC-SHA-256(key = secret, all fields but hash), as Telegram and MAX
//                       compute it
//   signature           Ed25519 by the host over "<bot id>:WebAppData\n" and all fields but hash
//                       and signature, as Telegram lets third parties check it
//
// Decoded values with control characters are refused on both sides: a line break in a value would
// let one field pass for two in the data-check-string.

#include <kiosk/result.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "runtime/base/crypto.h"

namespace kiosk::bridge {

/// Decoded fields by key.
using LaunchFields = std::map<std::string, std::string, std::less<>>;

inline constexpr std::size_t kLaunchDataBytesMax = 8192;
inline constexpr std::size_t kLaunchFieldsMax = 32;

/// When launch data counts as fresh.
struct LaunchDataAge {
  std::int64_t nowMs = 0;
  std::chrono::seconds ageMax{3600};
  /// How far the checking server's clock may be behind.
  std::chrono::seconds aheadMax{30};
};

/// Splits and decodes `raw`, strictly: 1..8192 bytes of ASCII; keys of [a-z_], each once; no empty
/// value; spaces as %20 (a "+" is read as a space by some and as a plus by others); decoded values
/// are well-formed UTF-8 without control characters. Errors: InvalidParams   the message names what
/// is wrong.
Result<LaunchFields> parseLaunchData(std::string_view raw);

/// `fields` as a query string in the order of their keys, `hash` last.
std::string encodeLaunchData(const LaunchFields& fields);

/// The value of `hash` for `fields` (a field of that name is left out): 64 lower-case hex digits.
std::string launchDataHash(const LaunchFields& fields, std::string_view botToken);

/// The value of `signature` for `fields` (`hash` and `signature` are left out): 86 characters of
/// base64url.
std::string launchDataSignature(const LaunchFields& fields, std::string_view botId,
                                const Ed25519Key& key);

/// Checks form, `hash` and age.
/// Errors: InvalidParams      not of the form above, or `hash` or `auth_date` is not.
///         SignatureInvalid   the hash is another.
///         NotVerified        too old, or from the future.
Result<LaunchFields> verifyLaunchData(std::string_view raw, std::string_view botToken,
                                      const LaunchDataAge& age);

/// Checks form, `signature` (32 raw bytes of public key) and age. Errors: as above.
Result<LaunchFields> verifyLaunchDataSignature(std::string_view raw, std::string_view botId,
                                               Bytes publicKey, const LaunchDataAge& age);

}  // namespace kiosk::bridge
