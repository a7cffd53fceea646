// Goal: a signing block that is taken holds nothing but signatures that verify, in one spelling.
// Method: an input that begins with '{' is the block's JSON, and gets its trailer; with '[', it is
// payloads, which are signed first; any other is the whole block.

#include "runtime/package/signing_block.h"

#include "runtime/base/json.h"
#include "runtime/package/zip_records.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::fuzz {
namespace {

using nlohmann::json;

std::string blockOf(std::string text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  zip::append32(text, size);
  return text + std::string("MINIAPP-SIG-V1\0\0", 16);
}

/// Whether the block was taken.
bool judgeBlock(std::string_view block) {
  if (!isSigningBlock(block)) return false;
  const auto signatures = readSigningBlock(block);
  if (!signatures) {
    KIOSK_CHECK(signatures.error().code == ErrorCode::PackageSignatureInvalid,
                "the code that is declared");
    return false;
  }
  KIOSK_CHECK(!signatures->empty() && signatures->size() <= kSignaturesMax, "1 to 16 signatures");
  for (const auto& [payload, publicKey, signature] : *signatures) {
    KIOSK_CHECK(publicKey.size() == 32 && signature.size() == 64, "a key and a signature");
    KIOSK_CHECK(isHashHex(payload.fileHash) && isHashHex(payload.payloadHash), "hashes");
    KIOSK_CHECK(payload.reportHash.empty() || payload.role == "reviewer",
                "a reviewer alone binds a report");
  }
  KIOSK_CHECK(writeSigningBlock(*signatures) == block, "a block has one spelling");
  return true;
}

/// Each payload of `list` signed with one of three keys; its `kid` is set to that key's.
void tryPayloads(const json& list) {
  json signatures = json::array();
  for (std::size_t i = 0; i < list.size() && i < kSignaturesMax + 1; ++i) {
    json payload = list[i];
    const auto key = fixedKey(static_cast<std::uint8_t>(1 + i % 3));
    if (payload.is_object() && !payload.contains("kid")) payload["kid"] = keyIdOf(key.publicKey());
    const auto text = canonicalJson(payload);
    if (!text) return;
    signatures.push_back({{"payload", payload},
                          {"public_key", toBase64Url(bytesOf(key.publicKey()))},
                          {"signature", toBase64Url(bytesOf(key.sign(bytesOf(*text))))}});
  }
  const auto text = canonicalJson({{"signatures", signatures}});
  if (!text) return;
  std::string block = blockOf(*text);
  if (!judgeBlock(block)) return;
  for (const std::size_t at : {block.size() / 2, block.size() / 3, std::size_t{1}}) {
    std::string changed = block;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    KIOSK_CHECK(!judgeBlock(changed), "one changed byte is noticed");
  }
}

}  // namespace

void tryInput(std::string_view input) {
  if (input.starts_with('{')) {
    judgeBlock(blockOf(std::string(input)));
  } else if (const auto list = parseJson(input); list && list->is_array()) {
    tryPayloads(*list);
  } else {
    judgeBlock(input);
  }
}

std::vector<Seed> madeSeeds() {
  SignedPayload payload;
  payload.appId = "ru.post.parcel";
  payload.versionCode = 3;
  payload.fileHash = payload.payloadHash = std::string(64, 'a');
  payload.timeSeconds = 1'770'000'000;
  payload.role = "developer";
  const auto developer = signPayload(payload, fixedKey());
  payload.role = "reviewer";
  payload.reportHash = std::string(64, 'b');
  const auto block = writeSigningBlock({developer, signPayload(payload, fixedKey(2))});
  return {{"block", block}, {"block-text", block.substr(0, block.size() - 20)}};
}

}  // namespace kiosk::fuzz
