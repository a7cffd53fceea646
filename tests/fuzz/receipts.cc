// Goal: a file of receipts is sound only when the host signed each line in its place. Method: an
// input that begins with '{"keys"' is a key set; any other is lines. A line that begins with '{' is
// a receipt's payload, with '^' a head's: what it leaves out of the chain's links is put in, and it
// is signed. A sound file is broken in one place, and must not be sound any more.

#include "bridge/consent_question.h"
#include "bridge/receipts/receipt.h"
#include "bridge/receipts/receipt_verify.h"
#include "runtime/base/json.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr std::size_t kReceiptLinesMax = 32;
constexpr std::string_view kReceiptsKeyId = "host-1";

const Ed25519Key& receiptsKey() {
  static const Ed25519Key key = fuzz::fixedKey();
  return key;
}

const ReceiptKeys& receiptsKeys() {
  static const auto keys = ReceiptKeys::parse(dumpJson(
      json{{"keys",
            json::array({ed25519Jwk(receiptsKey().publicKey(), std::string(kReceiptsKeyId))})}}));
  KIOSK_CHECK(keys.has_value() && keys->size() == 1, "our key set is one");
  return *keys;
}

std::string memberText(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Writes a chain, and puts in what its payloads leave out.
class ChainWriter {
 public:
  /// Empty where the payload cannot be signed.
  std::string receipt(json payload) {
    const json defaults = {{"version", kReceiptVersion},
                           {"kind", "grant"},
                           {"id", "r"},
                           {"seq", lastSeq_ + 1},
                           {"prev", lastHash_}};
    for (const auto& [name, value] : defaults.items()) payload.emplace(name, value);
    if (payload.contains("text")) bindText(payload);
    const auto token = signReceiptToken(payload, kConsentReceiptType, *signer_);
    if (!token) return "";
    if (payload["seq"].is_number_unsigned()) lastSeq_ = payload["seq"].get<std::uint64_t>();
    lastHash_ = receiptHash(*token);
    return *token;
  }

  std::string head(json payload) {
    payload.emplace("seq", lastSeq_);
    payload.emplace("hash", lastHash_);
    const auto token = signReceiptToken(payload, kReceiptsHeadType, *signer_);
    return token ? *token : "";
  }

  /// A line "withheld" with what is left out.
  std::string withheld() {
    ++lastSeq_;
    lastHash_ = std::string(64, 'e');
    return "withheld " + std::to_string(lastSeq_) + " " + lastHash_;
  }

 private:
  static void bindText(json& payload) {
    const auto text = canonicalJson(payload["text"]);
    if (!text) return;
    payload.emplace("textHash", sha256Hex(*text));
    const json app = payload.value("app", json::object());
    if (!app.is_object()) return;
    payload.emplace("consentHash", consentHashOf({.app = memberText(app, "id"),
                                                  .codeHash = memberText(app, "codeHash"),
                                                  .method = memberText(payload, "call"),
                                                  .principal = memberText(payload, "principal"),
                                                  .actHash = memberText(payload, "actHash"),
                                                  .textHash = memberText(payload, "textHash")}));
  }

  std::unique_ptr<ReceiptSigner> signer_ =
      ed25519Signer(receiptsKey(), std::string(kReceiptsKeyId));
  std::uint64_t lastSeq_ = 0;
  std::string lastHash_{kNoReceiptBefore};
};

std::string receiptFile(std::string_view input) {
  ChainWriter writer;
  std::string file;
  std::size_t count = 0;
  for (fuzz::Pieces lines(input); !lines.empty() && count < kReceiptLinesMax; ++count) {
    const auto line = lines.until('\n');
    const bool isHead = line.starts_with('^');
    const auto payload = parseJson(isHead ? line.substr(1) : line);
    if (line == "withheld") {
      file += writer.withheld();
    } else if (payload && payload->is_object()) {
      file += isHead ? writer.head(*payload) : writer.receipt(*payload);
    } else {
      file += line;
    }
    file += '\n';
  }
  return file;
}

void checkToken(std::string_view line) {
  const auto token = parseReceiptToken(line);
  if (!token || !receiptsKeys().check(*token)) return;
  const auto signer = ed25519Signer(receiptsKey(), token->kid);
  const auto again = signReceiptToken(token->payload, token->typ, *signer);
  KIOSK_CHECK(again.has_value() && parseReceiptToken(*again).has_value(), "it can be signed again");
  if (token->typ == kConsentReceiptType) inheritedBody(token->payload);
}

void checkReport(const ReceiptReport& report) {
  KIOSK_CHECK(report.sound == report.why.empty(), "what is not sound has a reason");
  KIOSK_CHECK(report.firstSeq <= report.lastSeq, "a chain goes forward");
  KIOSK_CHECK(!report.sound || report.receipts + report.withheld > 0, "a sound file holds some");
  KIOSK_CHECK(isUtf8(report.why), "a reason can be shown");
}

void judgeFile(const std::string& file, std::size_t at) {
  for (fuzz::Pieces lines(file); !lines.empty();) checkToken(lines.until('\n'));
  const auto whole = verifyReceipts(file, receiptsKeys(), ReceiptSpan::Whole);
  const auto some = verifyReceipts(file, receiptsKeys(), ReceiptSpan::Some);
  checkReport(whole);
  checkReport(some);
  if (!whole.sound) return;
  KIOSK_CHECK(some.sound && some.receipts == whole.receipts, "a whole file is some of it");
  KIOSK_CHECK(whole.gaps == 0 && whole.firstSeq == 1, "a whole file begins at the first");
  KIOSK_CHECK(whole.lastSeq == whole.receipts + whole.withheld, "a whole file leaves none out");
  // Every line but comments and the hashes of withheld receipts at the end is bound by a signature.
  const auto start = file.find("eyJ");
  if (start == file.npos) return;
  const auto end = file.find_first_of("\r\n", start);
  std::string changed = file;
  char& byte = changed[start + at % (end - start)];
  byte = byte == 'A' ? 'B' : 'A';
  KIOSK_CHECK(changed == file || !verifyReceipts(changed, receiptsKeys(), ReceiptSpan::Whole).sound,
              "a changed receipt is noticed");
}

}  // namespace
}  // namespace kiosk::bridge

namespace kiosk::fuzz {

void tryInput(std::string_view input) {
  using namespace bridge;
  if (input.starts_with("{\"keys\"")) {
    if (const auto keys = ReceiptKeys::parse(input)) {
      KIOSK_CHECK(keys->size() <= input.size(), "keys come from the input");
    }
    return;
  }
  judgeFile(receiptFile(input), input.size());
}

std::vector<Seed> madeSeeds() {
  bridge::ChainWriter writer;
  const std::string first = writer.receipt({{"text", "yes"}}), second = writer.receipt({});
  const nlohmann::json keys = {
      {"keys", nlohmann::json::array({bridge::ed25519Jwk(fixedKey().publicKey(), "a"),
                                      bridge::ed25519Jwk(fixedKey(2).publicKey(), "b")})}};
  return {{"tokens", first + "\n# by the way\n" + second + "\n" + writer.head({}) + "\n"},
          {"keys", dumpJson(keys)}};
}

}  // namespace kiosk::fuzz
