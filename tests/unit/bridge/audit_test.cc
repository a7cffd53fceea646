// Goal: whatever is done to the log is seen, and named by its first record; what a crash does is
// repaired and said. Method: write a log with every kind of record, then edit, delete, insert, move
// and cut each line.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "tests/unit/bridge/audit_fixture.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;

namespace {

/// A log with each kind of record twice.
void writeLog(const std::string& dir, std::uint64_t segmentBytesMax = 1u << 20) {
  auto log = openLog(dir, segmentBytesMax);
  for (int i = 0; i < 20; ++i) {
    log->append(recordOf(static_cast<AuditKind>(i % 10 + (i % 10 > 0 ? 1 : 2)), i + 1));
    if (segmentBytesMax < 4096) log->flush();
  }
}

/// What `verifyAudit` says after `change` was done to the lines of a log. One log is written and
/// copied each time, for each writing waits for the disk.
AuditReport after(const std::function<void(std::vector<std::string>&)>& change) {
  static const TempDir* const pristine = [] {
    static TempDir dir;
    writeLog(dir.path);
    return &dir;
  }();
  TempDir dir;
  std::filesystem::copy(pristine->path, dir.path, std::filesystem::copy_options::recursive);
  const auto path = segmentPath(dir.path + "/0", 1);
  auto lines = linesOf(path);
  change(lines);
  putLines(path, lines);
  auto report = verifyAudit(dir.path);
  REQUIRE(report.has_value());
  return *report;
}

constexpr std::size_t kLines = 21;  // one `started` and twenty of writeLog

}  // namespace

TEST_CASE("audit: an untouched log is sound, and holds no data") {
  TempDir dir;
  writeLog(dir.path);
  const auto report = verifyAudit(dir.path);
  REQUIRE(report.has_value());
  CHECK(report->sound);
  CHECK(report->records == kLines);
  for (const auto& line : linesOf(segmentPath(dir.path + "/0", 1))) {
    CHECK(line.find("anna") == std::string::npos);
    CHECK(line.find("secret") == std::string::npos);
    CHECK(json::parse(line).dump() == line);
  }
  struct stat info {};
  REQUIRE(::stat((dir.path + "/0/salt").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  REQUIRE(::stat((dir.path + "/0").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0700);
}

TEST_CASE("audit: an edit of any field of any record is seen at that record") {
  for (std::size_t at = 0; at < kLines; ++at) {
    std::vector<std::string> fields;
    after([&](auto& lines) {
      const auto record = json::parse(lines[at]);
      for (const auto& [name, value] : record.items()) fields.push_back(name);
    });
    for (const auto& field : fields) {
      CAPTURE(at);
      CAPTURE(field);
      const auto report = after([&](auto& lines) {
        auto record = json::parse(lines[at]);
        auto& value = record[field];
        if (value.is_string()) {
          auto text = value.template get<std::string>();
          text.back() = text.back() == '0' ? '1' : '0';
          value = text;
        } else {
          value = value.template get<std::uint64_t>() + 1;
        }
        lines[at] = record.dump();
      });
      CHECK_FALSE(report.sound);
      CHECK(report.firstBad == at + 1);
      CHECK(report.records == at);
    }
  }
}

TEST_CASE("audit: deleting, inserting, doubling or moving any record is seen where it begins") {
  for (std::size_t at = 0; at < kLines; ++at) {
    CAPTURE(at);
    const auto row = static_cast<std::ptrdiff_t>(at);
    const auto deleted = after([&](auto& lines) { lines.erase(lines.begin() + row); });
    CHECK_FALSE(deleted.sound);
    CHECK(deleted.firstBad == at + 1);
    const auto doubled = after([&](auto& lines) { lines.insert(lines.begin() + row, lines[at]); });
    CHECK_FALSE(doubled.sound);
    CHECK(doubled.firstBad == at + 2);
    const auto forged = after([&](auto& lines) {
      auto record = json::parse(lines[at]);
      record["outcome"] = "forged";
      lines.insert(lines.begin() + row, record.dump());
    });
    CHECK_FALSE(forged.sound);
    CHECK(forged.firstBad == at + 1);
    if (at + 1 < kLines) {
      const auto moved = after([&](auto& lines) { std::swap(lines[at], lines[at + 1]); });
      CHECK_FALSE(moved.sound);
      CHECK(moved.firstBad == at + 1);
    }
    const auto cut = after([&](auto& lines) { lines.resize(at); });
    CHECK_FALSE(cut.sound);
    CHECK(cut.firstBad == at + 1);
  }
}

TEST_CASE("audit: white space, another order of fields and unknown fields are seen") {
  const auto spaced = after([](auto& lines) { lines[3] += " "; });
  CHECK(spaced.firstBad == 4);
  const auto reordered = after([](auto& lines) {
    lines[3] = "{" +
               lines[3].substr(lines[3].find(',') + 1, lines[3].size() - lines[3].find(',') - 2) +
               "," + lines[3].substr(1, lines[3].find(',') - 1) + "}";
  });
  CHECK(reordered.firstBad == 4);
  const auto added = after([](auto& lines) { lines[3].insert(1, "\"a\":1,"); });
  CHECK(added.firstBad == 4);
}

TEST_CASE("audit: a rewritten end is seen by the head, and so is a missing head or log") {
  TempDir dir;
  writeLog(dir.path);
  const auto chain = dir.path + "/0";
  auto lines = linesOf(segmentPath(chain, 1));
  // An attacker who chains a false last record on by the rules, but cannot write the head.
  const auto text = *readFile(segmentPath(chain, 1), 1u << 20);
  lines.pop_back();
  putLines(segmentPath(chain, 1), lines);
  auto point = scanSegment(*readFile(segmentPath(chain, 1), 1u << 20), {}, ScanRules{}).last;
  lines.push_back(auditLine(recordOf(AuditKind::Call, 999), "salt", point));
  lines.back().pop_back();
  putLines(segmentPath(chain, 1), lines);
  auto report = verifyAudit(dir.path);
  CHECK_FALSE(report->sound);
  CHECK(report->firstBad == kLines);
  CHECK(report->file == chain + "/head");

  std::ofstream(segmentPath(chain, 1), std::ios::trunc) << text;
  CHECK(verifyAudit(dir.path)->sound);
  std::filesystem::remove(chain + "/head");
  CHECK_FALSE(verifyAudit(dir.path)->sound);
  std::filesystem::remove_all(chain);
  CHECK(verifyAudit(dir.path).error().code == ErrorCode::NotFound);
}

TEST_CASE("audit: a line torn by a crash is no damage; the next start sets it aside and says so") {
  TempDir dir;
  writeLog(dir.path);
  const auto chain = dir.path + "/0";
  std::ofstream(segmentPath(chain, 1), std::ios::app) << R"({"app":"ru.po)";
  auto report = verifyAudit(dir.path);
  CHECK(report->sound);
  CHECK(report->tornBytes == 13);
  openLog(dir.path);
  report = verifyAudit(dir.path);
  CHECK(report->sound);
  CHECK(report->tornBytes == 0);
  CHECK(report->records == kLines + 1);
  const auto last = json::parse(linesOf(segmentPath(chain, 1)).back());
  CHECK(last["kind"] == "resumed");
  CHECK(last["reason"] == "torn");
  CHECK(last["count"] == 13);
  CHECK(std::filesystem::exists(chain + "/torn-22"));
}

TEST_CASE("audit: records written after the last sync survive a crash of the process") {
  TempDir dir;
  writeLog(dir.path);
  const auto chain = dir.path + "/0";
  auto point = scanSegment(*readFile(segmentPath(chain, 1), 1u << 20), {}, ScanRules{}).last;
  const auto salt = *readFile(chain + "/salt", 32);
  std::ofstream(segmentPath(chain, 1), std::ios::app)
      << auditLine(recordOf(AuditKind::Call, 77), salt, point);
  CHECK(verifyAudit(dir.path)->sound);
  openLog(dir.path);
  const auto report = verifyAudit(dir.path);
  CHECK(report->sound);
  CHECK(report->records == kLines + 2);
}

TEST_CASE("audit: a log that a crash ends before its first sync is sound") {
  TempDir dir;
  FakeClock clock;
  const auto chain = dir.path + "/0";
  {
    auto files = ChainFiles::open(chain, 1u << 20, systemRandom());
    REQUIRE(files.has_value());
    auto point = files->point();
    const auto line = auditLine(recordOf(AuditKind::Started, 1), files->salt(), point);
    CHECK(files->append(line, point).has_value());
  }
  CHECK(verifyAudit(dir.path)->sound);
  openLog(dir.path);
  CHECK(verifyAudit(dir.path)->sound);
  CHECK(verifyAudit(dir.path)->records == 2);
}

TEST_CASE("audit: what was cut or edited stays seen after the next start went on writing") {
  const auto restarted = [](const std::function<void(std::vector<std::string>&)>& change) {
    TempDir dir;
    writeLog(dir.path);
    const auto path = segmentPath(dir.path + "/0", 1);
    auto lines = linesOf(path);
    change(lines);
    putLines(path, lines);
    for (int i = 0; i < 3; ++i) openLog(dir.path)->append(recordOf(AuditKind::Call, 50 + i));
    return *verifyAudit(dir.path);
  };
  const auto cut = restarted([](auto& lines) { lines.resize(18); });
  CHECK_FALSE(cut.sound);
  CHECK(cut.firstBad == 19);
  const auto edited = restarted([](auto& lines) { lines[9][lines[9].size() / 2] ^= 1; });
  CHECK_FALSE(edited.sound);
  CHECK(edited.firstBad == 10);
  const auto emptied = restarted([](auto& lines) { lines.clear(); });
  CHECK_FALSE(emptied.sound);
  const auto sound = restarted([](auto&) {});
  CHECK(sound.sound);
}

TEST_CASE("audit: the chain goes on over segments, and a missing segment is seen") {
  TempDir dir;
  writeLog(dir.path, 1024);
  const auto chain = dir.path + "/0";
  const auto segments = listSegments(chain);
  REQUIRE(segments.size() >= 3);
  CHECK(verifyAudit(dir.path)->sound);
  CHECK(verifyAudit(dir.path)->records == kLines);
  openLog(dir.path, 1024);
  CHECK(verifyAudit(dir.path)->sound);
  const auto firstLines = linesOf(segmentPath(chain, 1)).size();
  std::filesystem::remove(segmentPath(chain, 2));
  const auto report = *verifyAudit(dir.path);
  CHECK_FALSE(report.sound);
  CHECK(report.firstBad == firstLines + 1);
  std::filesystem::remove(segmentPath(chain, 1));
  CHECK(verifyAudit(dir.path)->firstBad == 1);
}

TEST_CASE("audit: a second process gets a chain of its own, and both are verified") {
  TempDir dir;
  {
    const auto first = openLog(dir.path), second = openLog(dir.path);
    CHECK(first->chainDir() != second->chainDir());
    second->append(recordOf(AuditKind::Call, 1));
  }
  auto report = *verifyAudit(dir.path);
  CHECK(report.sound);
  CHECK(report.chains == 2);
  CHECK(report.records == 3);
  auto lines = linesOf(segmentPath(dir.path + "/1", 1));
  lines[1][10] ^= 1;
  putLines(segmentPath(dir.path + "/1", 1), lines);
  report = *verifyAudit(dir.path);
  CHECK_FALSE(report.sound);
  CHECK(report.file == segmentPath(dir.path + "/1", 1));
}

TEST_CASE(
    "audit: with a full queue a durable record is refused at once, and the lost ones are counted") {
  TempDir dir;
  FakeClock clock;
  FakeLoop loop(clock);
  AuditConfig config;
  config.dir = dir.path;
  config.queueRecordsMax = 4;
  auto log = *AuditLog::open(config);
  log->setLoop(&loop);
  int refused = 0, written = 0;
  for (int i = 0; i < 2000; ++i) {
    log->appendDurable(recordOf(AuditKind::Intent, i), [&](Result<void> done) {
      if (done) {
        ++written;
      } else {
        CHECK(done.error().code == ErrorCode::Busy);
        ++refused;
      }
    });
  }
  CHECK(loop.until([&] { return refused + written == 2000; }));
  CHECK(refused > 0);
  log.reset();
  std::uint64_t dropped = 0, intents = 0;
  for (const auto& line : linesOf(segmentPath(dir.path + "/0", 1))) {
    const auto record = json::parse(line);
    if (record["kind"] == "dropped") dropped += record["count"].get<std::uint64_t>();
    if (record["kind"] == "intent") ++intents;
  }
  CHECK(dropped == static_cast<std::uint64_t>(refused));
  CHECK(intents == static_cast<std::uint64_t>(written));
  CHECK(verifyAudit(dir.path)->sound);
}

TEST_CASE(
    "audit: a disk that refuses gives host_error to those who wait, and the chain stays whole") {
  TempDir dir;
  FakeClock clock;
  FakeLoop loop(clock);
  auto log = openLog(dir.path, 1);  // a new segment for each group
  log->setLoop(&loop);
  log->flush();
  // A directory where the next segment should stand: open fails as a full disk would.
  std::filesystem::create_directory(segmentPath(dir.path + "/0", 2));
  std::optional<Result<void>> outcome;
  log->appendDurable(recordOf(AuditKind::Intent, 1), [&](Result<void> done) { outcome = done; });
  CHECK(loop.until([&] { return outcome.has_value(); }));
  CHECK(outcome->error().code == ErrorCode::HostError);
  std::filesystem::remove(segmentPath(dir.path + "/0", 2));
  log.reset();
  CHECK(verifyAudit(dir.path)->sound);
}
