#include "bridge/audit_head.h"

#include <algorithm>

#include "runtime/base/guard.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kCheckDigits = 16;

std::string signedText(const AuditHead& head, HeadPlace place) {
  const std::string what = place == HeadPlace::File ? "head" : "record";
  return "kiosk audit " + what + " v1\n" + std::to_string(head.point.seq) + "\n" +
         toHex(head.point.hash) + "\n" + std::to_string(head.timeMs) + "\n";
}

std::string textField(const nlohmann::json& object, const char* name) {
  const auto field = object.find(name);
  return field != object.end() && field->is_string() ? field->get<std::string>() : std::string();
}

}  // namespace

AuditHead signHead(const ChainPoint& point, std::int64_t timeMs, const AuditSigner& signer,
                   HeadPlace place) {
  AuditHead head{point, std::max<std::int64_t>(timeMs, 0), {}, {}};
  if (!signer.sign) return head;
  head.signer = signer.keyId;
  head.signature = toBase64Url(bytesOf(signer.sign(signedText(head, place))));
  return head;
}

std::string headProblem(const AuditHead& head, const AuditKeys& keys, HeadPlace place) {
  if (head.signature.empty()) return "the head is not signed";
  const auto key = keys.find(head.signer);
  if (key == keys.end()) return "the head is signed by a key that is not the host's";
  const auto signature = fromBase64Url(head.signature);
  const bool holds =
      signature &&
      ed25519Verify(bytesOf(key->second), bytesOf(signedText(head, place)), bytesOf(*signature));
  return KIOSK_GUARD("audit.head", holds) ? "" : "the signature of the head does not hold";
}

std::string headText(const AuditHead& head) {
  auto text =
      "{\"hash\":\"" + toHex(head.point.hash) + "\",\"seq\":" + std::to_string(head.point.seq);
  if (!head.signature.empty()) {
    text += ",\"signature\":\"" + head.signature + "\",\"signer\":\"" + head.signer + "\"";
  }
  return text + ",\"time\":" + std::to_string(head.timeMs) + "}";
}

std::string headSlot(const AuditHead& head) {
  auto slot = headText(head);
  slot += ' ' + sha256Hex(slot).substr(0, kCheckDigits);
  slot.resize(kHeadSlotBytes - 1, ' ');
  return slot + '\n';
}

std::optional<AuditHead> parseHeadSlot(std::string_view slot) {
  while (!slot.empty() && (slot.back() == ' ' || slot.back() == '\n')) slot.remove_suffix(1);
  if (slot.size() <= kCheckDigits + 1) return std::nullopt;
  const auto text = slot.substr(0, slot.size() - kCheckDigits - 1);
  if (sha256Hex(text).substr(0, kCheckDigits) != slot.substr(text.size() + 1)) return std::nullopt;
  return parseHead(text);
}

std::optional<AuditHead> parseHead(std::string_view text) {
  const auto object = parseJson(text, {.bytesMax = 1024, .depthMax = 4, .valuesMax = 32});
  if (!object || !object->is_object()) return std::nullopt;
  const auto seq = object->find("seq"), time = object->find("time");
  const auto hash = fromHex(textField(*object, "hash"));
  AuditHead head;
  if (seq == object->end() || !seq->is_number_unsigned() || !hash ||
      hash->size() != head.point.hash.size()) {
    return std::nullopt;
  }
  head.point.seq = seq->get<std::uint64_t>();
  std::copy(hash->begin(), hash->end(), head.point.hash.begin());
  if (time != object->end() && time->is_number_unsigned()) {
    head.timeMs = time->get<std::int64_t>();
  }
  head.signer = textField(*object, "signer");
  head.signature = textField(*object, "signature");
  return head;
}

}  // namespace kiosk::bridge
