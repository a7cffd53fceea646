// Goal: a disk that is full or fails leaves no act without a record: calls that need an intent are
// refused, nothing that was acknowledged is gone, and the log goes on once there is room. Method: a
// limit on the size of files, which the kernel enforces in the middle of a write, and a small
// tmpfs.
#include "tests/unit/bridge/audit_fixture.h"
#include "tests/unit/bridge/disk_fixture.h"
#include "tests/unit/bridge/test_catalogue.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;
using kiosk::test::FileSizeLimit;
using kiosk::test::SmallDisk;

namespace {

std::uintmax_t sizeOf(const std::string& path) { return std::filesystem::file_size(path); }

/// Writes durable records until one is refused, gives room, writes on; what was acknowledged must
/// be there in the end, and what was refused must be counted.
void fillAndGoOn(const std::string& dir, const std::function<void()>& makeRoom,
                 const AuditSigner& signer, const AuditKeys& keys) {
  FakeClock clock;
  FakeLoop loop(clock);
  auto log = openLog(dir, 1u << 20, signer);
  log->setLoop(&loop);
  std::set<int> acknowledged;
  int refused = 0;
  const auto write = [&](int number) {
    std::optional<Result<void>> outcome;
    log->appendDurable(recordOf(AuditKind::Intent, number), [&](Result<void> r) { outcome = r; });
    REQUIRE(loop.until([&] { return outcome.has_value(); }));
    if (*outcome) {
      acknowledged.insert(number);
    } else {
      CHECK(outcome->error().code == ErrorCode::HostError);
      ++refused;
    }
    return outcome->has_value();
  };
  int number = 1;
  while (write(number)) REQUIRE(++number < 5000);
  CHECK_FALSE(write(++number));
  makeRoom();
  CHECK(write(++number));
  log.reset();
  const auto report = *verifyAudit(dir, {keys});
  CHECK_MESSAGE(report.sound, report.why);
  std::uint64_t dropped = 0;
  std::set<int> found;
  CHECK(readAudit(dir, {}, [&](std::string_view line) {
          const auto record = json::parse(line);
          if (record["kind"] == "intent") found.insert(record["durationUs"].get<int>());
          if (record["kind"] == "dropped") dropped += record["count"].get<std::uint64_t>();
        }).has_value());
  CHECK(found == acknowledged);
  CHECK(dropped == static_cast<std::uint64_t>(refused));
}

}  // namespace

TEST_CASE("audit: at a full disk durable records are refused, none acknowledged is lost") {
  TempDir dir;
  const TestSigner host;
  std::optional<FileSizeLimit> limit(std::in_place, 40'000);
  fillAndGoOn(
      dir.path, [&] { limit.reset(); }, host.signer(), host.keys());
}

TEST_CASE("audit: a small file system that is full is survived like any full disk") {
  SmallDisk disk("128k");
  if (!disk.mounted()) {
    MESSAGE("not run: this process may not mount a tmpfs");
    return;
  }
  const TestSigner host;
  const auto ballast = disk.path() + "/ballast";
  std::ofstream(ballast) << std::string(32 << 10, 'x');
  fillAndGoOn(
      disk.path(), [&] { std::filesystem::remove(ballast); }, host.signer(), host.keys());
}

TEST_CASE("gate: at a full disk a call that needs a record is refused, and its handler not asked") {
  GateRig rig(smallCatalogue());
  FakeSession session("s1", appWith({"test.each"}));
  rig.open(session);
  rig.audit->flush();
  {
    const FileSizeLimit full(sizeOf(segmentPath(rig.audit->chainDir(), 1)));
    session.touches = 1;
    const auto outcome = rig.call(session, "test.pay", {{"order", "o"}}, "key-1");
    CHECK(outcome.code() == "host_error");
    CHECK(rig.service.handled.empty());
  }
  session.touches = 1;
  CHECK(rig.call(session, "test.pay", {{"order", "o"}}, "key-2").code() == "ok");
  CHECK(rig.service.handled.size() == 1);
  rig.close(session);
}
