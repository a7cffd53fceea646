#pragma once
// Compact JWS (RFC 7515) with one algorithm, EdDSA over Ed25519 (RFC 8037), and one header form:
//
//   {"alg":"EdDSA","kid":"…","typ":"…"}
//
// The header chooses nothing: neither the algorithm, nor a key by value or by address, nor an
// extension. A header with any other member is refused, and so is a token whose type is not the
// expected one. (`parsePlainJwt` takes a header without a type.)

#include <kiosk/result.h>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "runtime/base/crypto.h"

namespace kiosk::bridge {

inline constexpr std::size_t kJwsBytesMax = 16'384;

/// A token that is well-formed; nothing of it is believed before `verifyJws`.
struct Jws {
  std::string kid;  ///< 1..64 of [A-Za-z0-9._-]
  nlohmann::json payload;
  std::string signingInput;
  std::string signature;  ///< 64 bytes
};

/// Reads `token` of the type `typ`.
/// Errors: InvalidParams   the message names what is wrong with the form.
Result<Jws> parseJws(std::string_view token, std::string_view typ);

/// Reads `token`, whose header names the type "JWT" or none: what public libraries write. Only for
/// tokens that are nothing else by what their payload says.
/// Errors: InvalidParams   as parseJws.
Result<Jws> parsePlainJwt(std::string_view token);

/// Whether `jws` was signed with the key whose public half is `publicKey` (32 raw bytes).
bool verifyJws(const Jws& jws, Bytes publicKey);

/// Signs `payload` in canonical form (RFC 8785). REQUIRES: integers within 2^53.
std::string signJws(const nlohmann::json& payload, std::string_view typ, std::string_view kid,
                    const Ed25519Key& key);

}  // namespace kiosk::bridge
