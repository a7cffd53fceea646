// Goal: apps hear how they are shown and hidden; a suspended guest burns no CPU whatever it does
// and goes on where it was; hidden apps give way, oldest first; failing apps are held back.
// Method: real guests, their CPU clocks, a clock of the test's own where minutes must pass.

#include <doctest/doctest.h>

#include <fstream>
#include <thread>

#include "runtime/host/crash_guard.h"
#include "tests/unit/runtime/host_fixture.h"

namespace kiosk::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kListeningApp =
    "for (const t of ['launched', 'shown', 'hidden', 'unloaded', 'memoryWarning'])"
    "  kiosk.on(t, (e) => console.log(e.type));"
    "setInterval(() => {}, 1000)";
/// Never rests: a turn of some milliseconds after the other.
constexpr const char* kBusyApp =
    "const spin = () => { const end = Date.now() + 5; while (Date.now() < end); setTimeout(spin) };"
    "spin()";

/// Real time, and what a test adds to it.
class ShiftedClock final : public Clock {
 public:
  std::int64_t wallMs() const override { return systemClock().wallMs(); }
  std::int64_t monotonicUs() const override { return systemClock().monotonicUs() + shiftUs; }
  std::int64_t shiftUs = 0;
};

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const auto& line : lines) all += (all.empty() ? "" : " ") + line;
  return all;
}

/// As signed by somebody: what the crash guard watches.
std::shared_ptr<const Package> signedAppOf(std::string code, const std::string& hash) {
  auto package = std::make_shared<Package>(*appOf(std::move(code)));
  package->provenance = Provenance::Signed;
  package->payloadHash = hash;
  return package;
}

Result<std::unique_ptr<Session>> openFor(HostFixture& fixture, const std::string& user,
                                         std::shared_ptr<const Package> package, Watcher& watcher) {
  OpenOptions options;
  options.user = UserId(user);
  return fixture.host->open(std::move(package), options, watcher);
}

}  // namespace

TEST_CASE("lifecycle: an app hears that it was launched, shown, hidden and unloaded, in order") {
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto session = fixture.open(appOf(kListeningApp), watcher);
  CHECK(session->state() == SessionState::Opening);
  REQUIRE(fixture.until([&] { return watcher.logs.size() == 2; }));
  CHECK(session->state() == SessionState::Shown);
  session->hide();
  session->hide();
  CHECK(session->state() == SessionState::Hidden);
  session->show();
  REQUIRE(fixture.until([&] { return watcher.logs.size() == 4; }));
  fixture.host->memoryPressure(MemoryPressure::Moderate);
  REQUIRE(fixture.until([&] { return watcher.logs.size() == 5; }));
  CHECK(joined(watcher.logs) == "launched shown hidden shown memoryWarning");
  CHECK_FALSE(session->end().has_value());
  session->close();
  REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
  CHECK(watcher.end->reason == EndReason::Closed);
  REQUIRE(session->end().has_value());
  CHECK(session->end()->reason == EndReason::Closed);
  CHECK(session->state() == SessionState::Ended);
  CHECK(session->metrics().openFor.count() > 0);
}

TEST_CASE("lifecycle: a hidden app is not touched, and its touches before are forgotten") {
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto session = fixture.open(
      appOf("const b = document.createElement('button'); b.textContent = 'x';"
            "b.addEventListener('click', () => {}); document.body.append(b);"
            "kiosk.on('hidden', async () => console.log((await kiosk.call('a.touch', {})).used));"),
      watcher);
  REQUIRE(fixture.until([&] { return watcher.view.has_value(); }));
  const auto targets = viewTargets(session->view());
  REQUIRE(targets.size() == 1);
  CHECK(session->tap(targets[0]->id).has_value());
  session->hide();
  CHECK(session->tap(targets[0]->id).error().code == ErrorCode::NotReady);
  REQUIRE(fixture.until([&] { return !watcher.logs.empty(); }));
  CHECK(watcher.logs[0] == "false");
}

TEST_CASE("lifecycle: a suspended guest burns no CPU, even one that never rests, and goes on") {
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto session = fixture.open(appOf(kBusyApp), watcher);
  REQUIRE(fixture.until([&] { return watcher.launch && session->guestPid() > 0; }));
  session->suspend();
  CHECK(session->state() == SessionState::Suspended);
  std::this_thread::sleep_for(milliseconds(50));  // the signal is delivered
  const auto cpuBefore = session->metrics().cpu;
  const auto turnFor = [&](milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) fixture.host->runOnce(milliseconds(20));
  };
  turnFor(milliseconds(1500));
  CHECK(session->metrics().cpu == cpuBefore);
  session->resume();
  CHECK(session->state() == SessionState::Hidden);
  CHECK(fixture.until([&] { return session->metrics().cpu > cpuBefore + milliseconds(20); }));
  CHECK(session->running());
  CHECK(session->metrics().suspensions == 1);
}

TEST_CASE("lifecycle: what is sent to a suspended app waits for it, answers too") {
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto session = fixture.open(appOf("kiosk.on('ping', () => console.log('ping'));"
                                          "console.log((await kiosk.call('a.keep', {})).n)"),
                                    watcher);
  REQUIRE(fixture.until([&] { return fixture.door.kept.size() == 1; }));
  session->suspend();
  fixture.door.kept.front().reply.result({{"n", 7}});
  session->sendEvent("ping", nlohmann::json::object());
  for (int i = 0; i < 20; ++i) fixture.host->runOnce(milliseconds(5));
  CHECK(watcher.logs.empty());
  session->show();
  REQUIRE(fixture.until([&] { return watcher.logs.size() == 2; }));
}

TEST_CASE("lifecycle: a flood of events for a suspended app is cut, not held without bound") {
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto session = fixture.open(appOf(kListeningApp), watcher);
  REQUIRE(fixture.until([&] { return watcher.launch.has_value(); }));
  session->suspend();
  const std::string text(200'000, 'x');
  for (int i = 0; i < 200; ++i) session->sendEvent("flood", {{"text", text}});
  CHECK(session->running());
  CHECK(session->metrics().bytesOut < 15'000'000);
  session->show();
  CHECK(fixture.until([&] { return watcher.logs.size() >= 3; }));
  CHECK(session->running());
}

TEST_CASE("lifecycle: a suspended app is closed, killed and outlived like any other") {
  HostFixture fixture(Guest::Kiosk);
  Watcher closed, destroyed;
  auto first = fixture.open(appOf(kListeningApp), closed);
  auto second = fixture.open(appOf(kListeningApp), destroyed);
  REQUIRE(fixture.until([&] { return closed.logs.size() == 2 && destroyed.logs.size() == 2; }));
  first->suspend();
  second->suspend();
  first->close();
  second.reset();
  REQUIRE(fixture.until([&] { return closed.end.has_value(); }));
  CHECK(closed.end->reason == EndReason::Closed);
  Watcher atEnd;
  auto third = fixture.open(appOf(kListeningApp), atEnd);
  third->suspend();  // before it is forked
  fixture.host.reset();
  CHECK(atEnd.end.has_value());
  CHECK(descendants().empty());
}

TEST_CASE("lifecycle: one that is suspended before it is forked starts when it is shown") {
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto session = fixture.open(appOf("setTimeout(() => console.log('ran'), 300)"), watcher);
  session->suspend();
  for (int i = 0; i < 40; ++i) fixture.host->runOnce(milliseconds(10));
  CHECK(watcher.logs.empty());
  session->show();
  CHECK(fixture.until([&] { return watcher.logs.size() == 1; }));
}

TEST_CASE("lifecycle: a hidden app is suspended after its grace, and evicted after its time") {
  ShiftedClock clock;
  HostConfig config;
  config.clock = &clock;
  config.lifecycle.hiddenGrace = milliseconds(200);
  HostFixture fixture(Guest::Kiosk, config);
  Watcher watcher;
  const auto session = fixture.open(appOf(kListeningApp), watcher);
  REQUIRE(fixture.until([&] { return watcher.logs.size() == 2; }));
  session->hide();
  CHECK(fixture.until([&] { return session->state() == SessionState::Suspended; }));
  CHECK(joined(watcher.logs) == "launched shown hidden");
  clock.shiftUs += 31LL * 60 * 1'000'000;
  REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
  CHECK(watcher.end->reason == EndReason::Evicted);
}

TEST_CASE("lifecycle: one hidden app too many, or one session, ends the app hidden first") {
  HostConfig config;
  config.sessionsMax = 3;
  config.lifecycle.hiddenSessionsMax = 2;
  HostFixture fixture(Guest::Kiosk, config);
  Watcher watchers[4];
  std::vector<std::unique_ptr<Session>> sessions;
  for (int i = 0; i < 3; ++i) {
    sessions.push_back(fixture.open(appOf(kListeningApp), watchers[i]));
  }
  Watcher refused;
  CHECK(openFor(fixture, "anna", appOf(kListeningApp), refused).error().code ==
        ErrorCode::LimitExceeded);
  sessions[1]->hide();
  sessions[0]->hide();
  sessions[2]->hide();
  REQUIRE(fixture.until([&] { return watchers[1].end.has_value(); }));
  CHECK(watchers[1].end->reason == EndReason::Evicted);
  sessions[2]->show();
  Watcher fourth;
  const auto more = fixture.open(appOf(kListeningApp), fourth);
  Watcher fifth;
  const auto another = fixture.open(appOf(kListeningApp), fifth);
  REQUIRE(fixture.until([&] { return watchers[0].end.has_value(); }));
  CHECK(watchers[0].end->reason == EndReason::Evicted);
  CHECK(sessions[2]->running());
}

TEST_CASE("lifecycle: sessions of one user and of one app are counted") {
  HostConfig config;
  config.lifecycle.sessionsPerUserMax = 1;
  config.lifecycle.sessionsPerAppMax = 2;
  HostFixture fixture(Guest::Kiosk, config);
  Watcher watchers[4];
  const auto anna = openFor(fixture, "anna", appOf(kListeningApp), watchers[0]);
  REQUIRE(anna);
  CHECK(openFor(fixture, "anna", appOf(kListeningApp), watchers[1]).error().code ==
        ErrorCode::LimitExceeded);
  const auto boris = openFor(fixture, "boris", appOf(kListeningApp), watchers[2]);
  REQUIRE(boris);
  CHECK(openFor(fixture, "vera", appOf(kListeningApp), watchers[3]).error().code ==
        ErrorCode::LimitExceeded);
  (*anna)->close();
  CHECK(openFor(fixture, "vera", appOf(kListeningApp), watchers[3]).has_value());
}

TEST_CASE("lifecycle: under critical pressure hidden apps go and the shown one stays") {
  HostFixture fixture(Guest::Kiosk);
  Watcher shown, hidden;
  const auto a = fixture.open(appOf(kListeningApp), shown);
  const auto b = fixture.open(appOf(kListeningApp), hidden);
  REQUIRE(fixture.until([&] { return shown.logs.size() == 2 && hidden.logs.size() == 2; }));
  b->hide();
  fixture.host->memoryPressure(MemoryPressure::Moderate);
  CHECK(b->state() == SessionState::Suspended);
  fixture.host->memoryPressure(MemoryPressure::Critical);
  REQUIRE(fixture.until([&] { return hidden.end.has_value(); }));
  CHECK(hidden.end->reason == EndReason::Evicted);
  CHECK(a->running());
}

TEST_CASE("lifecycle: a host's renderer draws what is shown, and clears what is not any more") {
  std::string drawn;
  const auto renderer = textViewRenderer([&](std::string_view text) { drawn += text; });
  HostConfig config;
  config.renderer = renderer.get();
  HostFixture fixture(Guest::Kiosk, config);
  Watcher watcher;
  const auto session = fixture.open(
      appOf("const p = document.createElement('p'); p.textContent = 'one';"
            "document.body.append(p); kiosk.on('hidden', () => { p.textContent = 'two'; });"),
      watcher);
  REQUIRE(fixture.until([&] { return drawn.find("one") != std::string::npos; }));
  drawn.clear();
  session->hide();
  CHECK(drawn.starts_with("== "));
  CHECK(drawn.find('\n') == drawn.size() - 1);
  REQUIRE(fixture.until([&] { return watcher.view && *watcher.view == "two"; }));
  CHECK(drawn.find("two") == std::string::npos);
  session->show();
  CHECK(drawn.find("two") != std::string::npos);
  drawn.clear();
  session->close();
  REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
  CHECK(drawn.starts_with("== "));
}

TEST_CASE("lifecycle: rules out of their range are refused when a host is made") {
  RecordingDoor door;
  const auto refused = [&](auto change) {
    HostConfig config;
    config.guestPath = guestPath(Guest::Kiosk);
    change(config.lifecycle);
    const auto made = Host::create(config, door);
    return !made.has_value() && made.error().code == ErrorCode::InvalidParams;
  };
  CHECK(refused([](auto& rules) { rules.hiddenGrace = milliseconds(-1); }));
  CHECK(refused([](auto& rules) { rules.hiddenGrace = std::chrono::hours(2); }));
  CHECK(refused([](auto& rules) { rules.hiddenTimeMax = milliseconds(999); }));
  CHECK(refused([](auto& rules) { rules.sessionsPerUserMax = 0; }));
  CHECK(refused([](auto& rules) { rules.sessionsPerAppMax = 0; }));
}

TEST_CASE("lifecycle: a host's process never has V8 in it") {
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto session = fixture.open(appOf(kListeningApp), watcher);
  REQUIRE(fixture.until([&] { return watcher.launch.has_value(); }));
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    CHECK(line.find("libnode") == std::string::npos);
    CHECK(line.find("v8") == std::string::npos);
  }
}

TEST_CASE("lifecycle: what a session used is told while it runs and after") {
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto session = fixture.open(
      appOf("await kiosk.call('a.echo', {}); try { await kiosk.call('a.fail', {}) } catch {}"
            "console.log('done'); setInterval(() => {}, 1000)"),
      watcher);
  REQUIRE(fixture.until([&] { return watcher.logs.size() == 1; }));
  CHECK(fixture.until([&] { return session->metrics().memoryKiB > 0; }));
  const auto metrics = session->metrics();
  CHECK(metrics.calls == 2);
  CHECK(metrics.callsFailed == 1);
  CHECK(metrics.callsInFlight == 0);
  CHECK(metrics.cpu.count() > 0);
  CHECK(metrics.launch == *watcher.launch);
  CHECK(metrics.bytesIn > 0);
  CHECK(metrics.bytesOut > 0);
  session->close();
  REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
  fixture.host.reset();
  CHECK(session->metrics().calls == 2);
}

TEST_CASE("crashes: an app that fails again and again waits longer and longer, then is locked") {
  ShiftedClock clock;
  HostConfig config;
  config.clock = &clock;
  HostFixture fixture(Guest::Kiosk, config);
  const auto broken = signedAppOf("throw new Error('broken')", "h1");
  const auto fail = [&](const std::string& user) {
    Watcher watcher;
    const auto session = openFor(fixture, user, broken, watcher);
    REQUIRE(session.has_value());
    REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
    CHECK(watcher.end->reason == EndReason::Error);
  };
  Watcher watcher;
  for (int i = 0; i < 5; ++i) {
    fail("anna");
    if (i == 0 || i == 4) continue;
    const auto refused = openFor(fixture, "anna", broken, watcher);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::NotReady);
    CHECK(refused.error().retryAfterMs.value_or(0) > (1000 << (i - 1)) - 900);
    CHECK(refused.error().retryAfterMs.value_or(0) <= (1000 << (i - 1)));
    clock.shiftUs += 8'000'000;
  }
  CHECK(openFor(fixture, "anna", broken, watcher).error().code == ErrorCode::Locked);
  CHECK(fixture.host->quarantined().size() == 1);
  // Another version, another user: open. A folder in development: always.
  Watcher other;
  CHECK(openFor(fixture, "anna", signedAppOf(kListeningApp, "h2"), other).has_value());
  fail("boris");
  fixture.host->release(broken->manifest.appId);
  CHECK(fixture.host->quarantined().empty());
  fail("anna");
}

TEST_CASE("crashes: quarantined for three users is quarantined for all; success is forgiven") {
  CrashGuard guard;
  const auto package = signedAppOf("", "h1");
  std::int64_t now = 1;
  for (const char* user : {"a", "b", "c"}) {
    CHECK(guard.mayOpen(*package, UserId("z"), now).has_value());
    for (int i = 0; i < 5; ++i) {
      guard.ended(*package, UserId(user), EndReason::Cpu, 1000, now += 1'000'000);
    }
    CHECK(guard.mayOpen(*package, UserId(user), now).error().code == ErrorCode::Locked);
  }
  CHECK(guard.mayOpen(*package, UserId("z"), now).error().code == ErrorCode::Locked);
  REQUIRE(guard.quarantined().size() == 1);
  CHECK(guard.quarantined()[0].user.empty());

  CrashGuard kind;
  for (int i = 0; i < 20; ++i) {
    kind.ended(*package, UserId("a"), EndReason::Heap, 1000, now += 1'000'000);
    kind.ended(*package, UserId("a"), EndReason::Closed, 61'000'000, now += 61'000'000);
    kind.ended(*package, UserId("a"), EndReason::Evicted, 1000, now);
  }
  CHECK(kind.mayOpen(*package, UserId("a"), now).has_value());
  for (int i = 0; i < 20; ++i) {  // spread thin
    kind.ended(*package, UserId("a"), EndReason::Heap, 1000, now += 700'000'000);
  }
  CHECK(kind.mayOpen(*package, UserId("a"), now).has_value());
}

}  // namespace kiosk::test
