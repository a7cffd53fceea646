#include "bridge/server/http_signature.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "bridge/server/partner_bounds.h"
#include "runtime/base/crypto.h"

namespace kiosk::bridge::partner {
namespace {

constexpr std::size_t kEd25519SignatureBytes = 64;
constexpr std::int64_t kMsOfSecond = 1000;

Error unsigned_(std::string message) { return {ErrorCode::SignatureInvalid, std::move(message)}; }

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// RFC 9421, section 2.2.3: lower case, without the port that the scheme implies.
std::string authorityOf(const std::string& host) {
  std::string authority = host;
  std::transform(authority.begin(), authority.end(), authority.begin(), lowered);
  for (const std::string_view port : {":443", ":80"}) {
    if (authority.ends_with(port)) authority.resize(authority.size() - port.size());
  }
  return authority;
}

/// The value of one component; none when the request does not have it, or has it twice.
std::optional<std::string> componentValue(const ApiRequest& request, const std::string& name) {
  if (name == "@method") return request.method;
  if (name == "@path") return std::string(request.path());
  if (name == "@query") return "?" + std::string(request.query().value_or(""));
  if (name == "@authority") {
    const std::string* host = request.only("host");
    return host == nullptr ? std::nullopt : std::optional(authorityOf(*host));
  }
  const std::string* value = request.only(name);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

bool covers(const InnerList& covered, std::string_view name) {
  return std::any_of(covered.items.begin(), covered.items.end(),
                     [name](const FieldItem& item) { return item.value.text == name; });
}

/// The text of a parameter of kind String; null when it is absent or of another kind.
const std::string* textParameter(const InnerList& covered, std::string_view name) {
  const BareItem* value = findParameter(covered.parameters, name);
  return value != nullptr && value->kind == BareKind::String ? &value->text : nullptr;
}

const std::int64_t* numberParameter(const InnerList& covered, std::string_view name) {
  const BareItem* value = findParameter(covered.parameters, name);
  return value != nullptr && value->kind == BareKind::Integer ? &value->number : nullptr;
}

struct FoundSignature {
  std::string label;
  InnerList covered;
};

/// The one member of Signature-Input that bears our tag.
Result<FoundSignature> findOurs(const ApiRequest& request) {
  const std::string* field = request.only("signature-input");
  if (field == nullptr) return unsigned_("send one Signature-Input and one Signature (RFC 9421)");
  auto inputs = parseDictionary(*field);
  if (!inputs) return unsigned_("Signature-Input: " + inputs.error().message);
  if (inputs->size() > kSignaturesMax) return unsigned_("Signature-Input holds over 4 signatures");
  std::optional<FoundSignature> found;
  for (const FieldMember& member : *inputs) {
    const auto* list = std::get_if<InnerList>(&member.value);
    if (list == nullptr) return unsigned_("Signature-Input: " + member.key + " is not a list");
    const std::string* tag = textParameter(*list, "tag");
    if (tag == nullptr || *tag != kSignatureTag) continue;
    if (found) return unsigned_("two signatures bear tag=\"kiosk-partner\": send one");
    found = FoundSignature{member.key, *list};
  }
  if (!found) return unsigned_("no signature bears tag=\"kiosk-partner\"");
  return *std::move(found);
}

/// The 64 bytes of the Signature field under `label`.
Result<std::string> signatureUnder(const ApiRequest& request, const std::string& label) {
  const std::string* field = request.only("signature");
  if (field == nullptr) return unsigned_("send one Signature beside Signature-Input (RFC 9421)");
  auto signatures = parseDictionary(*field);
  if (!signatures) return unsigned_("Signature: " + signatures.error().message);
  const FieldMember* member = findMember(*signatures, label);
  const auto* item = member == nullptr ? nullptr : std::get_if<FieldItem>(&member->value);
  if (item == nullptr || item->value.kind != BareKind::Bytes || !item->parameters.empty() ||
      item->value.text.size() != kEd25519SignatureBytes) {
    return unsigned_("Signature: " + label + " is not 64 bytes as :base64:");
  }
  return item->value.text;
}

Result<void> checkCovered(const ApiRequest& request, const InnerList& covered) {
  for (const char* name : {"@method", "@authority", "@path", "@query"}) {
    if (!covers(covered, name)) {
      return unsigned_(std::string("the signature does not cover \"") + name + "\"");
    }
  }
  if (!request.body.empty() && !covers(covered, "content-digest")) {
    return unsigned_("the signature does not cover \"content-digest\", and there is a body");
  }
  if (request.method == "POST" && !covers(covered, "idempotency-key")) {
    return unsigned_("the signature does not cover \"idempotency-key\", and a POST needs one");
  }
  return {};
}

bool isNonce(const std::string& nonce) {
  return nonce.size() >= kNonceBytesMin && isWord(nonce, kNonceBytesMax);
}

/// Reads the parameters into a claim. Each that is known must be right; another is refused, for it
/// might mean a restriction that we would not keep.
Result<SignatureClaim> readParameters(const InnerList& covered, std::int64_t nowMs) {
  for (const auto& [name, value] : covered.parameters) {
    const auto known = {"created", "expires", "nonce", "alg", "keyid", "tag"};
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return unsigned_("the signature's parameter " + name + " is not known");
    }
  }
  SignatureClaim claim;
  const std::string* alg = textParameter(covered, "alg");
  if (alg == nullptr || *alg != "ed25519") return unsigned_("alg is not \"ed25519\"");
  const std::string* keyid = textParameter(covered, "keyid");
  const auto slash = keyid == nullptr ? std::string::npos : keyid->find('/');
  if (slash == std::string::npos) return unsigned_("keyid is not \"<merchant id>/<kid>\"");
  claim.merchantId = keyid->substr(0, slash);
  claim.kid = keyid->substr(slash + 1);
  if (!isWord(claim.merchantId, kWordBytesMax) || !isWord(claim.kid, kWordBytesMax)) {
    return unsigned_("keyid is not \"<merchant id>/<kid>\", each 1 to 64 of [A-Za-z0-9._-]");
  }
  const std::string* nonce = textParameter(covered, "nonce");
  if (nonce == nullptr || !isNonce(*nonce)) {
    return unsigned_("nonce is not 16 to 64 of [A-Za-z0-9._-]");
  }
  claim.nonce = *nonce;
  const std::int64_t* created = numberParameter(covered, "created");
  if (created == nullptr) return unsigned_("created is not a whole number of seconds");
  const std::int64_t now = nowMs / kMsOfSecond, off = *created - now;
  if (off > kSignatureAgeMax.count() || off < -kSignatureAgeMax.count()) {
    return unsigned_("created is " + std::to_string(off) +
                     " seconds from the host's clock, which allows 300: set your clock");
  }
  claim.createdSeconds = *created;
  if (findParameter(covered.parameters, "expires") != nullptr) {
    const std::int64_t* expires = numberParameter(covered, "expires");
    if (expires == nullptr || *expires <= now) return unsigned_("the signature has expired");
  }
  return claim;
}

}  // namespace

Result<std::string> signatureBase(const ApiRequest& request, const InnerList& covered) {
  if (covered.items.size() > kComponentsMax) {
    return Error{ErrorCode::InvalidParams, "the signature covers over 16 components"};
  }
  std::string base;
  std::vector<std::string_view> seen;
  for (const FieldItem& item : covered.items) {
    const std::string& name = item.value.text;
    if (item.value.kind != BareKind::String || !item.parameters.empty()) {
      return Error{ErrorCode::InvalidParams, "a covered component is not a plain name"};
    }
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      return Error{ErrorCode::InvalidParams, "the component " + name + " stands twice"};
    }
    seen.push_back(name);
    const auto value = componentValue(request, name);
    if (!value) {
      return Error{ErrorCode::InvalidParams,
                   "the component " + name + " is not known, or not once in the request"};
    }
    base += serializeItem(item.value) + ": " + *value + "\n";
  }
  return base + "\"@signature-params\": " + serializeList(covered);
}

Result<SignatureClaim> readSignature(const ApiRequest& request, std::int64_t nowMs) {
  auto ours = findOurs(request);
  if (!ours) return ours.error();
  auto claim = readParameters(ours->covered, nowMs);
  if (!claim) return claim.error();
  auto covered = checkCovered(request, ours->covered);
  if (!covered) return covered.error();
  auto signature = signatureUnder(request, ours->label);
  if (!signature) return signature.error();
  auto base = signatureBase(request, ours->covered);
  if (!base) return unsigned_(base.error().message);
  claim->base = *std::move(base);
  claim->signature = *std::move(signature);
  return claim;
}

bool verifySignature(const SignatureClaim& claim, Bytes publicKey) {
  return ed25519Verify(publicKey, bytesOf(claim.base), bytesOf(claim.signature));
}

Result<void> checkContentDigest(const ApiRequest& request) {
  const std::string* field = request.only("content-digest");
  if (field == nullptr) return unsigned_("send one Content-Digest (RFC 9530) with a body");
  auto digests = parseDictionary(*field);
  if (!digests) return unsigned_("Content-Digest: " + digests.error().message);
  const FieldMember* member = findMember(*digests, "sha-256");
  const auto* item = member == nullptr ? nullptr : std::get_if<FieldItem>(&member->value);
  if (item == nullptr || item->value.kind != BareKind::Bytes || !item->parameters.empty()) {
    return unsigned_("Content-Digest holds no sha-256=:base64:");
  }
  const auto digest = sha256(bytesOf(request.body));
  if (!equalConstantTime(bytesOf(item->value.text), digest)) {
    return unsigned_("Content-Digest is not the SHA-256 of the body that came");
  }
  return {};
}

}  // namespace kiosk::bridge::partner
