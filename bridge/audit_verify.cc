#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include "bridge/audit_chain.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

/// What one chain's walk found, to be put into the report.
struct Finding {
  std::uint64_t records = 0, tornBytes = 0, signedHeads = 0, sinceHead = 0;
  std::set<std::uint64_t> metAnchors;  ///< by their place in AuditTrust
  std::optional<std::uint64_t> bad;
  std::string file, why;
};

void setBad(Finding& finding, const std::string& file, std::uint64_t seq, std::string why) {
  if (finding.bad) return;
  finding.bad = seq;
  finding.file = file;
  finding.why = std::move(why);
}

/// The end of the chain against the head: what was synced once must still be there.
void checkHead(Finding& finding, const std::string& chainDir, const std::optional<AuditHead>& head,
               const ChainPoint& last, bool metHead) {
  const auto file = chainDir + "/head";
  if (!head) {
    if (last.seq > 0) setBad(finding, file, last.seq, "the head is missing or cannot be read");
  } else if (!KIOSK_GUARD("audit.end", head->point.seq <= last.seq)) {
    setBad(finding, file, last.seq + 1,
           "the end is missing: the head knows record " + std::to_string(head->point.seq));
  } else if (!metHead) {
    setBad(finding, file, head->point.seq, "the record is not the one that the head knows");
  }
}

/// What is wrong in one segment; none when all of it holds.
void checkSegment(Finding& finding, const std::string& path, const SegmentScan& scan, bool isLast) {
  if (scan.admitted && (!scan.bad || *scan.admitted < *scan.bad)) {
    setBad(finding, path, *scan.admitted,
           "records before this one were lost or altered, as the next start noticed");
  }
  if (scan.bad) setBad(finding, path, *scan.bad, scan.why);
  if (scan.tornBytes > 0 && !isLast) {
    setBad(finding, path, scan.last.seq + 1, "the line has no end");
  }
}

Result<Finding> walkChain(const std::string& chainDir, const AuditTrust& trust) {
  Finding finding;
  ChainPoint last;
  // Before the segments, and once: a writer that goes on meanwhile moves the head only forward.
  const auto head = readHead(chainDir);
  bool metHead = false;
  const auto segments = listSegments(chainDir);
  ScanRules rules;
  if (head) rules.mark = head->point;
  if (!trust.keys.empty()) rules.keys = &trust.keys;
  if (!trust.anchors.empty()) {
    rules.each = [&](std::string_view, const nlohmann::json&, const ChainPoint& point) {
      for (std::size_t i = 0; i < trust.anchors.size(); ++i) {
        if (trust.anchors[i].point == point) finding.metAnchors.insert(i);
      }
    };
  }
  for (const auto number : segments) {
    const auto path = segmentPath(chainDir, number);
    auto text = readFile(path, kSegmentReadBytesMax);
    if (!text) return text.error();
    rules.sinceHead = finding.sinceHead;
    const auto scan = scanSegment(*text, last, rules);
    finding.records += scan.records;
    finding.signedHeads += scan.signedHeads;
    finding.sinceHead = scan.sinceHead;
    last = scan.last;
    metHead = metHead || scan.metMark;
    checkSegment(finding, path, scan, number == segments.back());
    if (finding.bad) return finding;
    finding.tornBytes = scan.tornBytes;
  }
  if (head && rules.keys != nullptr) {
    const auto problem = headProblem(*head, trust.keys, HeadPlace::File);
    if (!problem.empty()) setBad(finding, chainDir + "/head", head->point.seq, problem);
  }
  checkHead(finding, chainDir, head, last, metHead);
  return finding;
}

/// The head that was kept elsewhere against what all chains hold.
void checkAnchor(AuditReport& report, const std::string& dir, const AuditTrust& trust,
                 std::size_t which, bool met) {
  const auto& anchor = trust.anchors[which];
  const auto problem = trust.keys.empty() ? "" : headProblem(anchor, trust.keys, HeadPlace::File);
  if (KIOSK_GUARD("audit.anchor", met && problem.empty())) return;
  report.sound = false;
  report.file = dir;
  report.firstBad = anchor.point.seq;
  report.why = problem.empty() ? "no chain has the record that the kept head knows" : problem;
}

}  // namespace

std::vector<std::string> chainsBelow(const std::string& dir) {
  std::vector<std::string> chains;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(dir, problem)) {
    const auto name = entry.path().filename().string();
    std::uint32_t number = 0;
    const auto [end, bad] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (bad == std::errc{} && end == name.data() + name.size() && entry.is_directory(problem)) {
      chains.push_back(entry.path().string());
    }
  }
  std::sort(chains.begin(), chains.end());
  return chains;
}

Result<AuditReport> verifyAudit(const std::string& dir, const AuditTrust& trust) {
  AuditReport report;
  std::set<std::uint64_t> met;
  for (const auto& chain : chainsBelow(dir)) {
    auto finding = walkChain(chain, trust);
    if (!finding) return finding.error();
    ++report.chains;
    report.records += finding->records;
    report.tornBytes += finding->tornBytes;
    report.signedHeads += finding->signedHeads;
    report.unsignedRecords += finding->sinceHead;
    met.merge(finding->metAnchors);
    if (finding->bad && report.sound) {
      report.sound = false;
      report.file = finding->file;
      report.firstBad = *finding->bad;
      report.why = finding->why;
    }
  }
  if (report.chains == 0) return Error{ErrorCode::NotFound, "there is no audit log in " + dir};
  for (std::size_t i = 0; report.sound && i < trust.anchors.size(); ++i) {
    checkAnchor(report, dir, trust, i, met.contains(i));
  }
  return report;
}

}  // namespace kiosk::bridge
