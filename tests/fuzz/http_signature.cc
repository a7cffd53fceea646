// Goal: a field that is taken has one reading, and a request counts as signed only when what it
// covers was signed. Method: an input that begins with '=' is a dictionary of structured fields;
// any other is a request: "METHOD TARGET", headers, an empty line, a body. A header
// "content-digest: *" gets the body's digest and "signature: *" the signature, so that what lies
// behind both is reached.

#include "bridge/server/http_signature.h"

#include "bridge/server/structured_field.h"
#include "runtime/base/crypto.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::bridge::partner {
namespace {

constexpr std::size_t kFuzzHeadersMax = 24;

std::string writeDictionary(const FieldDictionary& dictionary) {
  std::string out;
  for (const auto& [key, value] : dictionary) {
    if (!out.empty()) out += ", ";
    if (const auto* list = std::get_if<InnerList>(&value)) {
      out += key + "=" + serializeList(*list);
      continue;
    }
    const auto& item = std::get<FieldItem>(value);
    // A list of one holds the item as it is written, between its parentheses.
    const auto inList = serializeList({{item}, {}});
    out += key + "=" + inList.substr(1, inList.size() - 2);
  }
  return out;
}

void checkDictionary(std::string_view text) {
  const auto fields = parseDictionary(text);
  if (!fields) {
    KIOSK_CHECK(fields.error().code == ErrorCode::InvalidParams, "the code that is declared");
    return;
  }
  KIOSK_CHECK(text.size() <= kFieldBytesMax && fields->size() <= kFieldMembersMax, "bounds");
  for (const auto& member : *fields) {
    KIOSK_CHECK(findMember(*fields, member.key) == &member, "a key stands once");
  }
  const auto written = writeDictionary(*fields);
  const auto again = parseDictionary(written);
  KIOSK_CHECK(again.has_value() || written.size() > kFieldBytesMax, "what is written is read");
  if (again) KIOSK_CHECK(writeDictionary(*again) == written, "a field has one spelling");
}

std::string digestOf(std::string_view body) {
  const auto digest = sha256(bytesOf(body));
  return "sha-256=:" + toBase64({reinterpret_cast<const char*>(digest.data()), digest.size()}) +
         ":";
}

/// The Signature field for the first list of Signature-Input; empty where there is none.
std::string signatureOf(const ApiRequest& request, const Ed25519Key& key) {
  const std::string* input = request.only("signature-input");
  const auto fields = input == nullptr                      ? FieldDictionary()
                      : parseDictionary(*input).has_value() ? *parseDictionary(*input)
                                                            : FieldDictionary();
  for (const auto& [label, value] : fields) {
    const auto* covered = std::get_if<InnerList>(&value);
    if (covered == nullptr) continue;
    const auto base = signatureBase(request, *covered);
    if (base) return label + "=:" + toBase64(key.sign(bytesOf(*base))) + ":";
  }
  return "";
}

ApiRequest requestOf(std::string_view input, const Ed25519Key& key) {
  fuzz::Pieces pieces(input);
  ApiRequest request;
  fuzz::Pieces first(pieces.until('\n'));
  request.method = std::string(first.until(' '));
  request.target = std::string(first.rest());
  std::string* signature = nullptr;
  request.headers.reserve(kFuzzHeadersMax);
  while (!pieces.empty() && request.headers.size() < kFuzzHeadersMax) {
    fuzz::Pieces line(pieces.until('\n'));
    if (line.empty()) break;
    const std::string name(line.until(':'));
    const auto value = line.rest().starts_with(' ') ? line.rest().substr(1) : line.rest();
    request.headers.emplace_back(name, std::string(value));
    if (name == "signature" && value == "*") signature = &request.headers.back().second;
  }
  request.body = std::string(pieces.rest());
  for (auto& [name, value] : request.headers) {
    if (name == "content-digest" && value == "*") value = digestOf(request.body);
  }
  if (signature != nullptr) *signature = signatureOf(request, key);
  return request;
}

bool isSigned(const ApiRequest& request, std::int64_t nowMs, const Ed25519Key& key) {
  const auto claim = readSignature(request, nowMs);
  if (!claim) {
    KIOSK_CHECK(claim.error().code == ErrorCode::SignatureInvalid, "the code that is declared");
    return false;
  }
  KIOSK_CHECK(isWord(claim->merchantId, 64) && isWord(claim->kid, 64), "a claim names a key");
  KIOSK_CHECK(claim->nonce.size() >= 16 && claim->nonce.size() <= 64, "a claim has a nonce");
  const std::int64_t off = claim->createdSeconds - nowMs / 1000;
  KIOSK_CHECK(off <= 300 && off >= -300, "a claim is of now");
  return verifySignature(*claim, bytesOf(key.publicKey()));
}

void tryRequest(std::string_view input) {
  const auto key = fuzz::fixedKey();
  const std::int64_t nowMs = fuzz::StoppedClock().wallMs();
  auto request = requestOf(input, key);
  const bool holdsBody = checkContentDigest(request).has_value();
  if (!isSigned(request, nowMs, key)) return;
  KIOSK_CHECK(!isSigned(request, nowMs, fuzz::fixedKey(2)), "under one key only");
  for (std::string* part : {&request.method, &request.target}) {
    part->push_back('x');
    KIOSK_CHECK(!isSigned(request, nowMs, key), "method and target are covered");
    part->pop_back();
  }
  request.body += 'x';
  KIOSK_CHECK(!holdsBody || !checkContentDigest(request), "a digest is of one body");
  const Refusal refusal{401, Error{ErrorCode::SignatureInvalid, request.method}};
  KIOSK_CHECK(problemAnswer(refusal, "r-1").status == 401, "a refusal has its status");
}

}  // namespace
}  // namespace kiosk::bridge::partner

namespace kiosk::fuzz {

void tryInput(std::string_view input) {
  if (input.starts_with('=')) return bridge::partner::checkDictionary(input.substr(1));
  bridge::partner::tryRequest(input);
}

std::vector<Seed> madeSeeds() { return {}; }

}  // namespace kiosk::fuzz
