// Goal: whoever lacks the host's key cannot make a false log pass, even by rewriting all hashes and
// the head. Method: forge logs by the rules of the chain, cut them at every record, put old files
// back.
#include "runtime/base/json.h"
#include "tests/unit/bridge/audit_fixture.h"
#include "tests/unit/support/stride.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;

namespace {

constexpr std::uint64_t kRecords = 3 * kHeadEveryRecords;

/// A signed log of `kRecords` calls, made once.
struct SignedLog {
  SignedLog() {
    const auto log = openLog(dir.path, 1u << 20, host.signer());
    for (std::uint64_t i = 0; i < kRecords; ++i) {
      log->append(recordOf(AuditKind::Call, static_cast<int>(i)));
    }
  }
  static const SignedLog& get() {
    static const auto* const made = new SignedLog();
    return *made;
  }
  TestSigner host;
  TempDir dir;
};

/// A copy of the signed log to do harm to.
struct Victim {
  Victim() {
    std::filesystem::copy(SignedLog::get().dir.path, dir.path,
                          std::filesystem::copy_options::recursive);
    path = segmentPath(chain, 1);
    lines = linesOf(path);
  }
  AuditReport verify(std::vector<AuditHead> anchors = {}) {
    putLines(path, lines);
    return *verifyAudit(dir.path, {SignedLog::get().host.keys(), std::move(anchors)});
  }
  /// Makes all hashes from line `at` on follow from the lines, as anyone could.
  ChainPoint rehash(std::size_t at) {
    ChainPoint point;
    if (at > 0) {
      const auto before = json::parse(lines[at - 1]);
      point.seq = before["seq"];
      const auto hash = *fromHex(before["hash"].get<std::string>());
      std::copy(hash.begin(), hash.end(), point.hash.begin());
    }
    for (; at < lines.size(); ++at) {
      auto record = json::parse(lines[at]);
      record.erase("hash");
      record["seq"] = ++point.seq;
      const auto canonical = *canonicalJson(record);
      Sha256 next;
      next.update(Bytes(point.hash));
      next.update(canonical);
      point.hash = next.finish();
      record["hash"] = toHex(point.hash);
      lines[at] = *canonicalJson(record);
    }
    return point;
  }
  void writeHead(const AuditHead& head) {
    std::ofstream(chain + "/head", std::ios::trunc) << headSlot(head);
  }
  std::vector<std::size_t> headLines() const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (json::parse(lines[i])["kind"] == "head") found.push_back(i);
    }
    return found;
  }

  TempDir dir;
  std::string chain = dir.path + "/0";
  std::string path;
  std::vector<std::string> lines;
};

}  // namespace

TEST_CASE("audit: a signed log is sound, with a head at its end and one in every 512 records") {
  Victim log;
  const auto report = log.verify();
  CHECK_MESSAGE(report.sound, report.why);
  CHECK(report.signedHeads == log.headLines().size());
  CHECK(report.signedHeads >= 4);
  CHECK(report.unsignedRecords == 0);
  CHECK(json::parse(log.lines.back())["kind"] == "head");
}

TEST_CASE("audit: a record rewritten with all hashes after it is seen at the next signed head") {
  for (const std::size_t at : {std::size_t{0}, std::size_t{5}, kHeadEveryRecords + 7}) {
    CAPTURE(at);
    Victim log;
    const auto heads = log.headLines();
    auto record = json::parse(log.lines[at]);
    record["outcome"] = "forged";
    log.lines[at] = record.dump();
    const auto end = log.rehash(at);
    const TestSigner thief;
    log.writeHead(signHead(end, 1, thief.signer(), HeadPlace::File));
    const auto report = log.verify();
    CHECK_FALSE(report.sound);
    const auto next = *std::upper_bound(heads.begin(), heads.end(), at);
    CHECK(report.firstBad == next + 1);
    CHECK(report.why.find("signature") != std::string::npos);
    // Without the key nothing but the chain is looked at, and the forger knows its rules.
    CHECK(verifyAudit(log.dir.path)->sound);
  }
}

TEST_CASE("audit: heads of another key, and none at all, are refused") {
  const TestSigner thief;
  {
    Victim log;
    for (const auto at : log.headLines()) {
      auto record = json::parse(log.lines[at]);
      record["signer"] = thief.signer().keyId;
      log.lines[at] = record.dump();
    }
    log.writeHead(signHead(log.rehash(0), 1, thief.signer(), HeadPlace::File));
    const auto report = log.verify();
    CHECK_FALSE(report.sound);
    CHECK(report.why.find("not the host's") != std::string::npos);
  }
  {
    Victim log;
    std::erase_if(log.lines, [](const auto& line) { return json::parse(line)["kind"] == "head"; });
    log.writeHead(signHead(log.rehash(0), 1, {}, HeadPlace::File));
    const auto report = log.verify();
    CHECK_FALSE(report.sound);
    CHECK(report.firstBad == kHeadEveryRecords + 1);
  }
}

TEST_CASE("audit: an end cut off at any record is seen, though the heads in the chain are valid") {
  const auto all = Victim().lines.size();
  for (std::size_t keep = 0; keep < all;
       keep += keep < 8 || keep + 8 > all ? 1 : 97 * std::size_t{test::faultStride()}) {
    CAPTURE(keep);
    Victim log;
    log.lines.resize(keep);
    CHECK_FALSE(log.verify().sound);
    // The head is made from the last signed record of what was kept, or is the thief's own.
    AuditHead head;
    for (const auto at : log.headLines()) {
      if (at == 0) continue;
      const auto record = json::parse(log.lines[at]), before = json::parse(log.lines[at - 1]);
      head = *parseHead(before.dump());
      head.signer = record["signer"];
      head.signature = record["signature"];
      head.timeMs = record["time"];
    }
    log.writeHead(head);
    CHECK_FALSE(log.verify().sound);
  }
}

TEST_CASE("audit: a whole log put back to last week's is seen by a head that was kept elsewhere") {
  Victim log;
  const auto kept = auditHeads(log.dir.path);
  REQUIRE(kept.size() == 1);
  CHECK(log.verify(kept).sound);
  // Last week's log, with last week's own head.
  TempDir lastWeek;
  openLog(lastWeek.path, 1u << 20, SignedLog::get().host.signer());
  CHECK(verifyAudit(lastWeek.path, {SignedLog::get().host.keys()})->sound);
  const auto report = *verifyAudit(lastWeek.path, {SignedLog::get().host.keys(), kept});
  CHECK_FALSE(report.sound);
  CHECK(report.firstBad == kept[0].point.seq);
  auto forged = kept[0];
  forged.timeMs += 1;
  CHECK_FALSE(log.verify({forged}).sound);
}

TEST_CASE("audit: a head that a crash tears leaves the one before, and the log is sound") {
  Victim log;
  std::fstream head(log.chain + "/head", std::ios::in | std::ios::out);
  REQUIRE(std::filesystem::file_size(log.chain + "/head") == 1024);
  std::string text(1024, ' ');
  head.read(text.data(), 1024);
  const auto first = parseHeadSlot(text.substr(0, 512)), second = parseHeadSlot(text.substr(512));
  REQUIRE((first && second));
  head.seekp(first->point.seq > second->point.seq ? 0 : 512);
  head << "{\"hash\":\"12";
  head.close();
  CHECK_MESSAGE(log.verify().sound, log.verify().why);
}

TEST_CASE("audit: restarts, crashes and a new key of the host keep a signed log sound") {
  TempDir dir;
  TestSigner old, fresh;
  for (int start = 0; start < 3; ++start) {
    openLog(dir.path, 1024, old.signer())->append(recordOf(AuditKind::Call, start));
  }
  {
    const auto log = openLog(dir.path, 1024, fresh.signer());
    for (int i = 0; i < 40; ++i) log->append(recordOf(AuditKind::Call, i)), log->flush();
  }
  auto keys = old.keys();
  CHECK_FALSE(verifyAudit(dir.path, {keys})->sound);
  keys.merge(fresh.keys());
  const auto report = *verifyAudit(dir.path, {keys});
  CHECK_MESSAGE(report.sound, report.why);
  CHECK(report.signedHeads >= 4);
}

TEST_CASE("audit: reading chooses by app, user, session, method, kind and time") {
  TempDir dir;
  {
    const auto log = openLog(dir.path);
    for (int i = 1; i <= 4; ++i) log->append(recordOf(AuditKind::Call, i));
    auto other = recordOf(AuditKind::Refused, 9);
    auto subject = std::make_shared<AuditSubject>(*other.subject);
    subject->user = "boris";
    subject->app = "ru.other";
    other.subject = subject;
    other.method = "host.info";
    log->append(other);
  }
  const auto count = [&](const AuditFilter& filter) {
    int found = 0;
    CHECK(readAudit(dir.path, filter, [&](std::string_view) { ++found; }).has_value());
    return found;
  };
  CHECK(count({}) == 6);
  CHECK(count({.app = "ru.post.parcel"}) == 4);
  CHECK(count({.user = "boris"}) == 1);
  CHECK(count({.user = "anna"}) == 4);
  CHECK(count({.user = "nobody"}) == 0);
  CHECK(count({.session = "s2"}) == 1);
  CHECK(count({.method = "host.info"}) == 1);
  CHECK(count({.kind = "call"}) == 4);
  CHECK(count({.sinceMs = 1'800'000'000'003}) == 3);
}
