#include "bridge/receipts/receipt_token.h"

#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr JsonBounds kHeaderBounds{.bytesMax = 512, .depthMax = 2, .valuesMax = 16};
constexpr JsonBounds kPayloadBounds{
    .bytesMax = kReceiptTokenBytesMax, .depthMax = 8, .valuesMax = 1024};

Error malformed(const std::string& what) { return {ErrorCode::InvalidParams, what}; }

Result<nlohmann::json> decodeObject(std::string_view part, const JsonBounds& bounds,
                                    const std::string& what) {
  const auto text = fromBase64Url(part);
  if (!text) return malformed("its " + what + " is not base64url without padding");
  auto value = parseJson(*text, bounds);
  if (!value) return malformed("its " + what + ": " + value.error().message);
  if (!value->is_object()) return malformed("its " + what + " is not a JSON object");
  return value;
}

}  // namespace

Result<ReceiptToken> parseReceiptToken(std::string_view token) {
  if (token.size() > kReceiptTokenBytesMax) return malformed("it is over 65536 bytes");
  const auto first = token.find('.');
  const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return malformed("it is not three parts with a point between");
  }
  auto header = decodeObject(token.substr(0, first), kHeaderBounds, "header");
  if (!header) return header.error();
  for (const char* member : {"alg", "kid", "typ"}) {
    if (!header->contains(member) || !(*header)[member].is_string()) {
      return malformed(std::string("its header has no string ") + member);
    }
  }
  if (header->size() != 3) return malformed("its header holds more than alg, kid and typ");
  auto payload =
      decodeObject(token.substr(first + 1, second - first - 1), kPayloadBounds, "payload");
  if (!payload) return payload.error();
  auto signature = fromBase64Url(token.substr(second + 1));
  if (!signature) return malformed("its signature is not base64url without padding");
  return ReceiptToken{(*header)["alg"],
                      (*header)["kid"],
                      (*header)["typ"],
                      *std::move(payload),
                      std::string(token.substr(0, second)),
                      *std::move(signature)};
}

Result<std::string> signReceiptToken(const nlohmann::json& payload, std::string_view typ,
                                     const ReceiptSigner& signer) {
  const auto header =
      canonicalJson({{"alg", signer.suite().alg()}, {"kid", signer.keyId()}, {"typ", typ}});
  if (!header) return header.error();
  const auto body = canonicalJson(payload);
  if (!body) return body.error();
  auto token = toBase64Url(bytesOf(*header)) + "." + toBase64Url(bytesOf(*body));
  const auto signature = signer.sign(bytesOf(token));
  token += "." + toBase64Url(bytesOf(signature));
  if (token.size() > kReceiptTokenBytesMax) {
    return Error{ErrorCode::PayloadTooLarge, "a receipt would be over 65536 bytes"};
  }
  return token;
}

std::string receiptHash(std::string_view token) { return sha256Hex(token); }

}  // namespace kiosk::bridge
