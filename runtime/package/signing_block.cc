#include "runtime/package/signing_block.h"

#include <algorithm>
#include <array>

#include "runtime/base/json.h"
#include "runtime/package/zip_records.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr std::string_view kMagic{"MINIAPP-SIG-V1\0\0", 16};
constexpr std::size_t kTrailerBytes = 4 + kMagic.size();
constexpr JsonBounds kBlockBounds{64 << 10, 4, 512};
constexpr std::array<std::string_view, 3> kRoles = {"developer", "reviewer", "store"};
constexpr std::int64_t kTimeSecondsMax = std::int64_t{1} << 40;

Error invalidBlock(std::string message) {
  return {ErrorCode::PackageSignatureInvalid, "the signing block " + std::move(message)};
}

std::size_t rankOf(std::string_view role) {
  return static_cast<std::size_t>(std::find(kRoles.begin(), kRoles.end(), role) - kRoles.begin());
}

json payloadJson(const SignedPayload& payload, const std::string& publicKey) {
  json object = {{"app_id", payload.appId},       {"file_hash", payload.fileHash},
                 {"kid", keyIdOf(publicKey)},     {"payload_hash", payload.payloadHash},
                 {"role", payload.role},          {"ts", payload.timeSeconds},
                 {"version", payload.versionCode}};
  if (!payload.reportHash.empty()) object["report_hash"] = payload.reportHash;
  return object;
}

json signatureJson(const BlockSignature& signature) {
  return {{"payload", payloadJson(signature.payload, signature.publicKey)},
          {"public_key", toBase64Url(bytesOf(signature.publicKey))},
          {"signature", toBase64Url(bytesOf(signature.signature))}};
}

std::string canonical(const json& value) {
  auto text = canonicalJson(value);
  KIOSK_CHECK(text.has_value(), "hex, base64url and small integers have a canonical form");
  return std::move(text).value();
}

std::string stringOf(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The integer at `key`; -1 when there is none.
std::int64_t integerOf(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_unsigned()) return -1;
  const auto value = found->get<std::uint64_t>();
  return value > static_cast<std::uint64_t>(kTimeSecondsMax) ? -1
                                                             : static_cast<std::int64_t>(value);
}

/// The fields of one signature. Whatever is missing, extra or misspelt shows when the block that
/// these fields make is compared with the block that was read.
Result<BlockSignature> parseSignature(const json& object) {
  const auto payload = object.is_object() ? object.find("payload") : object.end();
  if (!object.is_object() || payload == object.end() || !payload->is_object()) {
    return invalidBlock("holds something that is no signature");
  }
  const auto publicKey = fromBase64Url(stringOf(object, "public_key"));
  const auto signature = fromBase64Url(stringOf(object, "signature"));
  if (!publicKey || publicKey->size() != 32 || !signature || signature->size() != 64) {
    return invalidBlock("holds a key or a signature that is not Ed25519 in base64url");
  }
  SignedPayload fields;
  fields.appId = stringOf(*payload, "app_id");
  fields.versionCode = integerOf(*payload, "version");
  fields.role = stringOf(*payload, "role");
  fields.fileHash = stringOf(*payload, "file_hash");
  fields.payloadHash = stringOf(*payload, "payload_hash");
  fields.reportHash = stringOf(*payload, "report_hash");
  fields.timeSeconds = integerOf(*payload, "ts");
  if (rankOf(fields.role) == kRoles.size()) {
    return invalidBlock("names a role other than developer, reviewer and store");
  }
  const bool isReported =
      fields.role == "reviewer" ? isHashHex(fields.reportHash) : fields.reportHash.empty();
  if (!isHashHex(fields.fileHash) || !isHashHex(fields.payloadHash) || fields.versionCode < 1 ||
      fields.timeSeconds < 0 || !isReported) {
    return invalidBlock("holds a signature whose payload is incomplete or malformed");
  }
  return BlockSignature{std::move(fields), *publicKey, *signature};
}

bool inOrder(const BlockSignature& a, const BlockSignature& b) {
  const std::size_t rankA = rankOf(a.payload.role), rankB = rankOf(b.payload.role);
  return rankA != rankB ? rankA < rankB : keyIdOf(a.publicKey) < keyIdOf(b.publicKey);
}

}  // namespace

bool isHashHex(const std::string& text) {
  const auto bytes = fromHex(text);
  return bytes && bytes->size() == 32 && toHex(bytesOf(*bytes)) == text;
}

std::string keyIdOf(std::string_view publicKey) {
  return toHex(Bytes(sha256(bytesOf(publicKey))).first(16));
}

bool isSigningBlock(std::string_view bytes) {
  return bytes.size() >= kTrailerBytes && bytes.ends_with(kMagic) &&
         zip::read32(bytes, bytes.size() - kTrailerBytes) == bytes.size() - kTrailerBytes;
}

std::string fileHashHex(std::string_view archive, const ArchiveLayout& layout) {
  const std::size_t endAt = archive.size() - zip::kEndBytes;
  const auto directory = archive.substr(layout.directoryOffset, endAt - layout.directoryOffset);
  Sha256 hash;
  hash.update(archive.substr(0, layout.entriesEnd));
  hash.update(directory);
  hash.update(zip::endRecord(layout.entries.size(), directory.size(), layout.entriesEnd));
  return toHex(hash.finish());
}

BlockSignature signPayload(SignedPayload payload, const Ed25519Key& key) {
  const std::string text = canonical(payloadJson(payload, key.publicKey()));
  return {std::move(payload), key.publicKey(), key.sign(bytesOf(text))};
}

std::string writeSigningBlock(std::vector<BlockSignature> signatures) {
  std::sort(signatures.begin(), signatures.end(), inOrder);
  json list = json::array();
  for (const auto& signature : signatures) list.push_back(signatureJson(signature));
  std::string block = canonical({{"signatures", std::move(list)}});
  zip::append32(block, block.size());
  return block.append(kMagic);
}

Result<std::vector<BlockSignature>> readSigningBlock(std::string_view block) {
  const auto parsed = parseJson(block.substr(0, block.size() - kTrailerBytes), kBlockBounds);
  if (!parsed) return invalidBlock("is not JSON: " + parsed.error().message);
  const auto list = parsed->is_object() ? parsed->find("signatures") : parsed->end();
  if (!parsed->is_object() || list == parsed->end() || !list->is_array() || list->empty() ||
      list->size() > kSignaturesMax) {
    return invalidBlock("does not hold 1 to 16 signatures");
  }
  std::vector<BlockSignature> signatures;
  for (const auto& element : *list) {
    auto signature = parseSignature(element);
    if (!signature) return signature.error();
    if (!signatures.empty() && !inOrder(signatures.back(), *signature)) {
      return invalidBlock("holds signatures out of order, or two of one key in one role");
    }
    signatures.push_back(std::move(*signature));
  }
  if (writeSigningBlock(signatures) != block) {
    return invalidBlock(
        "is not in its canonical form: it holds something that no signature covers");
  }
  for (const auto& signature : signatures) {
    const std::string text = canonical(payloadJson(signature.payload, signature.publicKey));
    if (!ed25519Verify(bytesOf(signature.publicKey), bytesOf(text), bytesOf(signature.signature))) {
      return invalidBlock("holds a " + signature.payload.role +
                          "'s signature that does not verify (key " + keyIdOf(signature.publicKey) +
                          ")");
    }
  }
  return signatures;
}

}  // namespace kiosk
