// A record as a line, and lines held against the chain.

#include <algorithm>
#include <array>

#include "bridge/audit_chain.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr std::array<std::string_view, 16> kKinds = {
    "started", "resumed", "opened",  "closed", "intent",   "call",   "late",    "refused",
    "dropped", "granted", "revoked", "head",   "exported", "erased", "rotated", "restored"};
constexpr std::size_t kSaltedBytes = 16;

bool isPlainAscii(std::string_view text) {
  for (const char c : text) {
    if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') return false;
  }
  return true;
}

/// Builds `"name":value,` pieces; callers keep RFC 8785's order of names.
class LineBuilder {
 public:
  explicit LineBuilder(std::string& out) : out_(out) {}
  void text(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    key(name);
    if (isPlainAscii(value)) {
      ((out_ += '"') += value) += "\",";
    } else {
      (out_ += dumpJson(nlohmann::json(value))) += ',';
    }
  }
  void number(std::string_view name, std::uint64_t value) {
    key(name);
    (out_ += std::to_string(value)) += ',';
  }

 private:
  void key(std::string_view name) { ((out_ += '"') += name) += "\":"; }
  std::string& out_;
};

Sha256Digest nextHash(const Sha256Digest& previous, std::string_view canonical) {
  std::string input(reinterpret_cast<const char*>(previous.data()), previous.size());
  input += canonical;
  return sha256(bytesOf(input));
}

bool admitsLoss(const nlohmann::json& record) {
  const auto kind = record.find("kind"), reason = record.find("reason");
  return kind != record.end() && *kind == auditKindName(AuditKind::Resumed) &&
         reason != record.end() && (*reason == kResumedLost || *reason == kResumedBroken);
}

/// Why `record`, which stands after `before`, is not a head that the host signed; empty when it is.
std::string checkHeadRecord(const nlohmann::json& record, const ChainPoint& before,
                            const AuditKeys& keys) {
  AuditHead head;
  head.point = before;
  const auto text = [&](const char* name) {
    const auto field = record.find(name);
    return field != record.end() && field->is_string() ? field->get<std::string>() : std::string();
  };
  head.signer = text("signer");
  head.signature = text("signature");
  const auto time = record.find("time");
  if (time != record.end() && time->is_number_unsigned()) head.timeMs = time->get<std::int64_t>();
  return headProblem(head, keys, HeadPlace::Chain);
}

/// Whether a record is of kind `head`, and if so, or if one is overdue, what is wrong with that.
std::string followHeads(const nlohmann::json& record, const ScanRules& rules, SegmentScan& scan) {
  const auto kind = record.find("kind");
  const bool isHead = kind != record.end() && *kind == auditKindName(AuditKind::Head);
  if (isHead) {
    ++scan.signedHeads;
    scan.sinceHead = 0;
    return rules.keys == nullptr ? "" : checkHeadRecord(record, scan.last, *rules.keys);
  }
  ++scan.sinceHead;
  if (rules.keys == nullptr || scan.sinceHead <= kHeadEveryRecords) return "";
  return "none of the last " + std::to_string(kHeadEveryRecords) + " records is a signed head";
}

/// Why `line` is not the record after `scan.last`; empty when it is, and then `scan` moves on.
std::string checkLine(std::string_view line, const ScanRules& rules, SegmentScan& scan) {
  auto& last = scan.last;
  auto record = parseJson(line, {.bytesMax = 64u << 10, .depthMax = 4, .valuesMax = 256});
  if (!record || !record->is_object()) return "the line is not a record";
  const auto seq = record->find("seq");
  if (seq == record->end() || *seq != last.seq + 1) {
    return "record " + std::to_string(last.seq + 1) + " should stand here" +
           (seq == record->end() ? "" : ", not " + seq->dump());
  }
  const auto whole = canonicalJson(*record);
  if (!whole || *whole != line) return "the line is not in canonical form";
  const auto stated = record->contains("hash") ? (*record)["hash"] : nlohmann::json();
  record->erase("hash");
  const auto canonical = canonicalJson(*record);
  if (!canonical) return "the line is not in canonical form";
  const auto hash = nextHash(last.hash, *canonical);
  if (!KIOSK_GUARD("audit.chain", stated == toHex(hash))) {
    return "the hash does not follow from this record and the one before";
  }
  if (auto problem = followHeads(*record, rules, scan); !problem.empty()) return problem;
  last = {last.seq + 1, hash};
  if (rules.each) rules.each(line, *record, last);
  if (!scan.admitted && admitsLoss(*record)) scan.admitted = last.seq;
  return "";
}

}  // namespace

std::string_view auditKindName(AuditKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::string saltedHash(std::string_view salt, std::string_view text) {
  if (text.empty()) return "";
  const auto digest = hmacSha256(bytesOf(salt), bytesOf(text));
  return toHex(Bytes(digest).first(kSaltedBytes));
}

std::string headLine(const AuditSigner& signer, std::int64_t timeMs, ChainPoint& point) {
  const auto head = signHead(point, timeMs, signer, HeadPlace::Chain);
  std::string after;
  LineBuilder tail(after);
  tail.text("kind", auditKindName(AuditKind::Head));
  tail.number("seq", point.seq + 1);
  tail.text("signature", head.signature);
  tail.text("signer", head.signer);
  tail.number("time", static_cast<std::uint64_t>(head.timeMs));
  after.back() = '}';
  point = {point.seq + 1, nextHash(point.hash, "{" + after)};
  return "{\"hash\":\"" + toHex(point.hash) + "\"," + after + "\n";
}

std::string auditLine(const AuditRecord& record, std::string_view salt, ChainPoint& point) {
  static const AuditSubject nobody;
  const auto& subject = record.subject ? *record.subject : nobody;
  std::string before, after;
  before.reserve(256);
  after.reserve(512);
  LineBuilder head(before), tail(after);
  head.text("app", subject.app);
  if (record.call > 0) head.number("call", record.call);
  head.text("consent", record.consent);
  if (record.count > 0) head.number("count", record.count);
  head.text("decision", record.decision);
  if (record.durationUs >= 0)
    head.number("durationUs", static_cast<std::uint64_t>(record.durationUs));
  tail.text("kind", auditKindName(record.kind));
  tail.text("method", record.method);
  tail.text("outcome", record.outcome);
  tail.text("params", saltedHash(salt, record.params));
  tail.text("payloadHash", subject.payloadHash);
  tail.text("reason", record.reason);
  tail.text("receipt", record.receipt);
  tail.number("seq", point.seq + 1);
  tail.text("session", subject.session);
  tail.text("shape", record.shape);
  tail.number("time", static_cast<std::uint64_t>(std::max<std::int64_t>(record.timeMs, 0)));
  tail.text("user", saltedHash(salt, subject.user));
  tail.text("version", subject.version);
  after.back() = '}';
  point = {point.seq + 1, nextHash(point.hash, "{" + before + after)};
  return "{" + before + "\"hash\":\"" + toHex(point.hash) + "\"," + after + "\n";
}

SegmentScan scanSegment(std::string_view text, const ChainPoint& from, const ScanRules& rules) {
  SegmentScan scan;
  scan.last = from;
  scan.sinceHead = rules.sinceHead;
  scan.metMark = from == rules.mark;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) {
      scan.tornBytes = text.size();
      break;
    }
    scan.why = checkLine(text.substr(0, end), rules, scan);
    if (!scan.why.empty()) {
      scan.bad = scan.last.seq + 1;
      break;
    }
    ++scan.records;
    scan.metMark = scan.metMark || scan.last == rules.mark;
    text.remove_prefix(end + 1);
  }
  return scan;
}

}  // namespace kiosk::bridge
