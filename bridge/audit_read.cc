// Reading records back, chosen by what they say.

#include <algorithm>

#include "bridge/audit_chain.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kSaltBytesMax = 64;

bool has(const nlohmann::json& record, const char* name, const std::string& wanted) {
  if (wanted.empty()) return true;
  const auto field = record.find(name);
  return field != record.end() && *field == wanted;
}

bool isSince(const nlohmann::json& record, std::int64_t sinceMs) {
  const auto time = record.find("time");
  return sinceMs == 0 || (time != record.end() && *time >= sinceMs);
}

bool chosen(const nlohmann::json& record, const AuditFilter& filter, const std::string& user) {
  return has(record, "app", filter.app) && has(record, "user", user) &&
         has(record, "session", filter.session) && has(record, "method", filter.method) &&
         has(record, "kind", filter.kind) && isSince(record, filter.sinceMs);
}

}  // namespace

Result<void> readAudit(const std::string& dir, const AuditFilter& filter,
                       const std::function<void(std::string_view line)>& each) {
  const auto chains = chainsBelow(dir);
  if (chains.empty()) return Error{ErrorCode::NotFound, "there is no audit log in " + dir};
  for (const auto& chain : chains) {
    const auto salt = readFile(chain + "/salt", kSaltBytesMax);
    if (!salt) return salt.error();
    const auto user = saltedHash(*salt, filter.user);
    ScanRules rules;
    rules.each = [&](std::string_view line, const nlohmann::json& record, const ChainPoint&) {
      if (chosen(record, filter, user)) each(line);
    };
    ChainPoint last;
    for (const auto number : listSegments(chain)) {
      const auto text = readFile(segmentPath(chain, number), kSegmentReadBytesMax);
      if (!text) return text.error();
      const auto scan = scanSegment(*text, last, rules);
      if (scan.bad) break;
      last = scan.last;
    }
  }
  return {};
}

std::vector<AuditHead> auditHeads(const std::string& dir) {
  std::vector<AuditHead> heads;
  for (const auto& chain : chainsBelow(dir)) {
    if (auto head = readHead(chain)) heads.push_back(*std::move(head));
  }
  return heads;
}

}  // namespace kiosk::bridge
