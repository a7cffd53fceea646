#include "bridge/receipts/receipt_verify.h"

#include <algorithm>
#include <charconv>

#include "bridge/consent_question.h"
#include "bridge/receipts/receipt.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr std::size_t kHashDigits = 64;
constexpr JsonBounds kJwksBounds{.bytesMax = 262'144, .depthMax = 4, .valuesMax = 8192};

std::string textOf(const json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t seqOf(const json& payload) {
  const auto found = payload.find("seq");
  return found != payload.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

bool isHash(std::string_view text) {
  return text.size() == kHashDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

/// What is wrong with a receipt by itself; empty when nothing is.
std::string flawOf(const json& payload) {
  if (textOf(payload, "version") != kReceiptVersion) {
    return "its version is not " + std::string(kReceiptVersion);
  }
  if (!receiptKindFromName(textOf(payload, "kind"))) return "its kind is not known";
  if (seqOf(payload) == 0) return "it has no number";
  if (!isHash(textOf(payload, "prev"))) return "it does not name the receipt before it";
  if (textOf(payload, "id").empty()) return "it has no id";
  if (!payload.contains("text")) return "";
  const auto text = canonicalJson(payload["text"]);
  if (!KIOSK_GUARD("receipt.text", text && sha256Hex(*text) == textOf(payload, "textHash"))) {
    return "the text that was shown is not the one of textHash";
  }
  const auto app = payload.value("app", json::object());
  if (!app.is_object()) return "its app is not an object";
  const auto hash = consentHashOf({.app = textOf(app, "id"),
                                   .codeHash = textOf(app, "codeHash"),
                                   .method = textOf(payload, "call"),
                                   .principal = textOf(payload, "principal"),
                                   .actHash = textOf(payload, "actHash"),
                                   .textHash = textOf(payload, "textHash")});
  if (hash != textOf(payload, "consentHash")) return "consentHash does not bind what it says";
  return "";
}

/// Walks the lines of a file.
class Walk {
 public:
  Walk(const ReceiptKeys& keys, ReceiptSpan span) : keys_(keys), span_(span) {}

  /// What is wrong with the next line; empty when nothing is.
  std::string line(std::string_view text) {
    if (report.headSeen) return "there is a line after the head";
    if (text.starts_with("withheld ")) return withheld(text.substr(9));
    const auto token = parseReceiptToken(text);
    if (!token) return token.error().message;
    if (const auto signedBy = keys_.check(*token); !signedBy) return signedBy.error().message;
    if (token->typ == kReceiptsHeadType) return head(token->payload);
    if (token->typ != kConsentReceiptType) return "it is a token of another type";
    if (auto flaw = flawOf(token->payload); !flaw.empty()) return flaw;
    auto flaw = place(seqOf(token->payload), textOf(token->payload, "prev"));
    if (!flaw.empty()) return flaw;
    lastHash_ = receiptHash(text);
    ++report.receipts;
    return "";
  }

  ReceiptReport report;

 private:
  std::string withheld(std::string_view rest) {
    std::uint64_t seq = 0;
    const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), seq);
    const auto hash = std::string_view(end, rest.data() + rest.size());
    if (problem != std::errc{} || seq == 0 || hash.empty() || hash[0] != ' ' ||
        !isHash(hash.substr(1))) {
      return "it is not: withheld NUMBER HASH";
    }
    auto flaw = place(seq, "");
    if (!flaw.empty()) return flaw;
    lastHash_ = hash.substr(1);
    ++report.withheld;
    return "";
  }

  std::string head(const json& payload) {
    if (seqOf(payload) != report.lastSeq) {
      return "the chain ends at receipt " + std::to_string(seqOf(payload)) +
             ", the file with receipt " + std::to_string(report.lastSeq);
    }
    if (textOf(payload, "hash") != lastHash_) return "the head names another last receipt";
    report.headSeen = true;
    return "";
  }

  /// What is wrong with a receipt `seq` that names `prev` standing here; empty when nothing is. An
  /// empty `prev` names none.
  std::string misplaced(std::uint64_t seq, const std::string& prev) const {
    const auto number = "receipt " + std::to_string(seq);
    if (seq <= report.lastSeq) {
      return number + " stands behind receipt " + std::to_string(report.lastSeq);
    }
    if (seq == report.lastSeq + 1) {
      const bool follows = prev.empty() || prev == lastHash_;
      return follows ? "" : number + " follows another receipt than the one before it in the file";
    }
    if (span_ == ReceiptSpan::Some) return "";
    const auto first = std::to_string(report.lastSeq + 1), last = std::to_string(seq - 1);
    return first == last ? "receipt " + first + " is missing"
                         : "receipts " + first + " to " + last + " are missing";
  }

  std::string place(std::uint64_t seq, const std::string& prev) {
    auto flaw = misplaced(seq, prev);
    if (!KIOSK_GUARD("receipt.place", flaw.empty())) return flaw;
    if (seq != report.lastSeq + 1) ++report.gaps;
    if (report.firstSeq == 0) report.firstSeq = seq;
    report.lastSeq = seq;
    return "";
  }

  const ReceiptKeys& keys_;
  ReceiptSpan span_;
  std::string lastHash_{kNoReceiptBefore};
};

}  // namespace

Result<ReceiptKeys> ReceiptKeys::parse(std::string_view jwks) {
  const auto set = parseJson(jwks, kJwksBounds);
  if (!set) return set.error();
  if (!set->is_object() || !set->contains("keys") || !(*set)["keys"].is_array()) {
    return Error{ErrorCode::InvalidParams, "a JWKS is an object with a list of keys"};
  }
  ReceiptKeys all;
  for (const auto& jwk : (*set)["keys"]) {
    if (!jwk.is_object()) return Error{ErrorCode::InvalidParams, "a key is an object"};
    const auto* suite = findSuite(textOf(jwk, "alg"));
    if (suite == nullptr) continue;
    auto key = suite->readJwk(jwk);
    if (!key) return key.error();
    const auto kid = textOf(jwk, "kid");
    if (kid.empty() || !all.keys_.emplace(kid, Key{suite, *std::move(key)}).second) {
      return Error{ErrorCode::KeyInvalid, "each key has a kid of its own"};
    }
  }
  return all;
}

Result<void> ReceiptKeys::check(const ReceiptToken& token) const {
  const auto found = keys_.find(token.kid);
  if (found == keys_.end()) {
    return Error{ErrorCode::SignatureInvalid,
                 "it is signed with key " + printable(token.kid, 80) + ", which is not in the set"};
  }
  const auto& [suite, publicKey] = found->second;
  if (!KIOSK_GUARD("receipt.signature",
                   token.alg == suite->alg() &&
                       suite->verify(bytesOf(publicKey), bytesOf(token.signingInput),
                                     bytesOf(token.signature)))) {
    return Error{ErrorCode::SignatureInvalid, "its signature is not sound: it was changed"};
  }
  return {};
}

ReceiptReport verifyReceipts(std::string_view text, const ReceiptKeys& keys, ReceiptSpan span) {
  Walk walk(keys, span);
  std::uint64_t number = 0;
  while (!text.empty()) {
    ++number;
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    auto flaw = walk.line(line);
    if (flaw.empty()) continue;
    walk.report.sound = false;
    walk.report.badLine = number;
    walk.report.why = std::move(flaw);
    return walk.report;
  }
  if (walk.report.receipts + walk.report.withheld == 0) {
    walk.report.sound = false;
    walk.report.why = "there is no receipt in it";
  }
  return walk.report;
}

}  // namespace kiosk::bridge
