#include "sdk/conformance/package_maker.h"

#include "runtime/base/json.h"
#include "runtime/package/payload_hash.h"
#include "sdk/conformance/package_changes.h"
#include "sdk/conformance/package_keys.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr std::string_view kBlockMagic{"MINIAPP-SIG-V1\0\0", 16};
constexpr std::string_view kSmallOrder = "small-order";
/// When every package says that it was signed: 2026-01-01, 00:00 UTC.
constexpr std::int64_t kSignedAtSeconds = 1'767'225'600;
/// What a package says whose manifest names no app or version.
constexpr const char* kFallbackAppId = "org.example.test";
constexpr std::size_t kReportHashDigits = 64;

/// The member of `value`; null when it is no object or has none.
json memberOf(const json& value, const char* name) {
  return value.is_object() ? value.value(name, json()) : json();
}

/// What an honest developer says of the files of `zip`.
json honestPayload(const ForgedZip& zip, const std::string& role) {
  FileMap files;
  for (const auto& file : zip.files) files[file.name] = file.content;
  json payload = {{"app_id", kFallbackAppId},
                  {"file_hash", sha256Hex(forge(zip))},
                  {"payload_hash", payloadHashHex(files)},
                  {"role", role},
                  {"ts", kSignedAtSeconds},
                  {"version", 1}};
  if (role == "reviewer") payload["report_hash"] = std::string(kReportHashDigits, 'b');
  const auto manifest = parseJson(files["manifest.json"]);
  const auto appId = memberOf(manifest ? *manifest : json(), "app_id");
  const auto code = memberOf(memberOf(manifest ? *manifest : json(), "version"), "code");
  if (appId.is_string()) payload["app_id"] = appId;
  if (code.is_number_integer() && code > 0) payload["version"] = code;
  return payload;
}

/// Puts the members of `over` into `object`; those that are null are taken out.
void putOver(json& object, const json& over) {
  for (const auto& [name, value] : over.items()) {
    if (value.is_null()) {
      object.erase(name);
    } else {
      object[name] = value;
    }
  }
}

/// `payload`, with `over`, signed by the key called `signer` over exactly what stands there.
Result<json> signedBy(const std::string& signer, json payload, const json& over, bool malleable) {
  const bool small = signer == kSmallOrder;
  const auto key = packageKey(small ? "developer" : signer);
  if (!key) return key.error();
  const auto publicKey = small ? smallOrderKey() : key->publicKey();
  payload["kid"] = toHex(Bytes(sha256(bytesOf(publicKey))).first(16));
  putOver(payload, over);
  const auto text = canonicalJson(payload);
  if (!text) return text.error();
  auto signature = small ? smallOrderKey() + std::string(32, '\0') : key->sign(bytesOf(*text));
  if (malleable) signature = withOrderAdded(std::move(signature));
  return json{{"payload", payload},
              {"public_key", toBase64Url(bytesOf(publicKey))},
              {"signature", toBase64Url(bytesOf(signature))}};
}

/// The text of a signing block, unframed.
Result<std::string> blockText(const ForgedZip& zip, const SigningDraft& signing) {
  if (signing.text) return *signing.text;
  auto first =
      signedBy(signing.signer, honestPayload(zip, "developer"), signing.payload, signing.malleable);
  if (!first) return first.error();
  putOver(*first, signing.signature);
  json signatures = json::array({*std::move(first)});
  for (const auto& [key, role] : signing.cosignatures) {
    auto more = signedBy(key, honestPayload(zip, role), json::object(), false);
    if (!more) return more.error();
    signatures.push_back(*std::move(more));
  }
  auto text = canonicalJson({{"signatures", std::move(signatures)}});
  if (!text || signing.replaced.empty()) return text;
  const auto at = text->find(signing.replaced);
  if (at == std::string::npos) {
    return Error{ErrorCode::InvalidParams, "the block has no " + signing.replaced};
  }
  return text->replace(at, signing.replaced.size(), signing.replacement);
}

/// The signing block of `draft`, framed.
Result<std::string> blockOf(const PackageDraft& draft) {
  const auto& signing = draft.signing;
  if (signing.form == "none") return std::string();
  ForgedZip zip = draft.zip;
  if (signing.form == "another" && !zip.files.empty()) zip.files.front().content += "\n";
  auto block = blockText(zip, signing);
  if (!block) return block;
  zip::append32(*block, signing.frameSize.value_or(block->size()));
  block->append(kBlockMagic);
  return signing.form == "twice" ? *block + *block : *block;
}

}  // namespace

Result<std::string> makePackage(const FileMap& files, const json& changes) {
  PackageDraft draft;
  for (const auto& [name, content] : files) {
    ForgedFile file;
    file.name = name;
    file.content = content;
    draft.zip.files.push_back(std::move(file));
  }
  for (const auto step : {ChangeStep::Files, ChangeStep::Signing}) {
    if (auto changed = applyChanges(changes, step, draft); !changed) return changed.error();
  }
  const auto block = blockOf(draft);
  if (!block) return block;
  draft.zip.betweenParts = draft.betweenFilesAndBlock + *block;
  draft.bytes = forge(draft.zip);
  draft.blockAt = draft.bytes.rfind(*block);
  draft.blockEnd = draft.blockAt + block->size();
  if (auto changed = applyChanges(changes, ChangeStep::Bytes, draft); !changed) {
    return changed.error();
  }
  return std::move(draft.bytes);
}

}  // namespace kiosk::conformance
