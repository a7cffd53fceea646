#include "bridge/payments/jws.h"

#include <algorithm>
#include <vector>

#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kKidBytesMax = 64;
constexpr std::size_t kSignatureBytes = 64;
constexpr JsonBounds kHeaderBounds{.bytesMax = 512, .depthMax = 2, .valuesMax = 16};
constexpr JsonBounds kPayloadBounds{.bytesMax = kJwsBytesMax, .depthMax = 4, .valuesMax = 1024};

enum class MissingType : std::uint8_t { Refused, Allowed };

Error malformed(std::string message) { return {ErrorCode::InvalidParams, std::move(message)}; }

bool isKid(std::string_view kid) {
  return !kid.empty() && kid.size() <= kKidBytesMax &&
         std::all_of(kid.begin(), kid.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == '-';
         });
}

Result<nlohmann::json> decodeObject(std::string_view part, const JsonBounds& bounds,
                                    const std::string& what) {
  const auto text = fromBase64Url(part);
  if (!text) return malformed("the token's " + what + " is not base64url without padding");
  auto value = parseJson(*text, bounds);
  if (!value) return malformed("the token's " + what + ": " + value.error().message);
  if (!value->is_object()) return malformed("the token's " + what + " is not a JSON object");
  return value;
}

/// The kid of a header of exactly our form.
Result<std::string> readHeader(nlohmann::json header, std::string_view typ, MissingType missing) {
  if (missing == MissingType::Allowed && !header.contains("typ")) header["typ"] = typ;
  for (const char* member : {"alg", "kid", "typ"}) {
    if (!header.contains(member) || !header[member].is_string()) {
      return malformed(std::string("the token's header has no string ") + member);
    }
  }
  if (header.size() != 3) return malformed("the token's header holds more than alg, kid and typ");
  if (header["alg"] != "EdDSA") return malformed("the token's alg is not EdDSA");
  if (header["typ"] != typ) return malformed("the token's typ is not " + std::string(typ));
  auto kid = header["kid"].get<std::string>();
  if (!isKid(kid)) return malformed("the token's kid is not 1 to 64 of [A-Za-z0-9._-]");
  return kid;
}

Result<Jws> parseToken(std::string_view token, std::string_view typ, MissingType missing) {
  if (token.size() > kJwsBytesMax) return malformed("the token is over 16384 bytes");
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return malformed("the token is not three parts with a point between");
  }
  auto header = decodeObject(token.substr(0, first), kHeaderBounds, "header");
  if (!header) return header.error();
  auto kid = readHeader(*std::move(header), typ, missing);
  if (!kid) return kid.error();
  auto payload =
      decodeObject(token.substr(first + 1, second - first - 1), kPayloadBounds, "payload");
  if (!payload) return payload.error();
  auto signature = fromBase64Url(token.substr(second + 1));
  if (!signature || signature->size() != kSignatureBytes) {
    return malformed("the token's signature is not 64 bytes in base64url without padding");
  }
  return Jws{std::move(*kid), std::move(*payload), std::string(token.substr(0, second)),
             std::move(*signature)};
}

}  // namespace

Result<Jws> parseJws(std::string_view token, std::string_view typ) {
  return parseToken(token, typ, MissingType::Refused);
}

Result<Jws> parsePlainJwt(std::string_view token) {
  return parseToken(token, "JWT", MissingType::Allowed);
}

bool verifyJws(const Jws& jws, Bytes publicKey) {
  return ed25519Verify(publicKey, bytesOf(jws.signingInput), bytesOf(jws.signature));
}

std::string signJws(const nlohmann::json& payload, std::string_view typ, std::string_view kid,
                    const Ed25519Key& key) {
  const auto header = canonicalJson({{"alg", "EdDSA"}, {"kid", kid}, {"typ", typ}});
  const auto body = canonicalJson(payload);
  KIOSK_CHECK(header && body, "what we sign has a canonical form");
  const std::string input = toBase64Url(bytesOf(*header)) + "." + toBase64Url(bytesOf(*body));
  return input + "." + toBase64Url(bytesOf(key.sign(bytesOf(input))));
}

}  // namespace kiosk::bridge
