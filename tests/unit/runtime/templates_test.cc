// Goal: what an app template saves is time only: sessions forked from one are as any other, share
// nothing, outlive it, and fall back to the zygote whenever it is not there. Method: a real host;
// which process a guest is the child of is read from /proc.

#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/unit/runtime/host_fixture.h"

namespace kiosk::test {
namespace {

using std::chrono::milliseconds;

constexpr const char* kHearingApp =
    "kiosk.on('say', async e => console.log('heard', (await kiosk.call('a.echo', e.detail)).n));"
    "setInterval(() => {}, 1000);";

using Files = std::map<std::string, std::string, std::less<>>;

/// A package with a hash, as every loaded one has.
std::shared_ptr<const Package> hashed(Files files) {
  auto package = std::make_shared<Package>(*appOf(""));
  package->files = std::move(files);
  std::size_t sum = 0;
  for (const auto& [path, bytes] : package->files) {
    sum = sum * 31 + std::hash<std::string>{}(path + '\0' + bytes);
  }
  package->payloadHash = std::to_string(sum);
  return package;
}
std::shared_ptr<const Package> hashedApp(const std::string& code) {
  return hashed({{"app.js", code}});
}

int parentOf(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(file, line)) return 0;
  std::istringstream rest(line.substr(line.rfind(')') + 1));
  std::string state;
  int parent = 0;
  rest >> state >> parent;
  return parent;
}

void killProcess(int pid) {
  REQUIRE(pid > 1);  // 0 would be all of this program's group
  CHECK(kill(pid, SIGKILL) == 0);
}

/// A session that has started, and the process that it was forked from.
struct Opened {
  std::unique_ptr<Watcher> watcher = std::make_unique<Watcher>();
  std::unique_ptr<Session> session;
  int parent = 0;
};

Opened openStarted(HostFixture& fixture, const std::shared_ptr<const Package>& package,
                   const Limits& limits = {}) {
  Opened opened;
  opened.session = fixture.open(package, *opened.watcher, limits);
  REQUIRE(fixture.until([&] {
    return opened.watcher->end || (opened.watcher->launch && opened.session->guestPid() > 0);
  }));
  REQUIRE_FALSE(opened.watcher->end.has_value());
  opened.parent = parentOf(opened.session->guestPid());
  return opened;
}

bool answers(HostFixture& fixture, Opened& opened, int number) {
  opened.session->sendEvent("say", {{"n", number}});
  const std::string expected = "heard " + std::to_string(number);
  return fixture.until([&] {
    const auto& logs = opened.watcher->logs;
    return opened.watcher->end || (!logs.empty() && logs.back() == expected);
  }) && !opened.watcher->end;
}

/// What an app of `package` logs when it is opened by the zygote, and from its template.
std::pair<std::vector<std::string>, std::vector<std::string>> bothWays(
    const std::shared_ptr<const Package>& package, SessionEnd* ends = nullptr) {
  HostFixture fixture(Guest::Kiosk);
  Watcher plain, forked;
  const SessionEnd first = fixture.runToEnd(package, plain);
  CHECK(prepared(fixture, package));
  const SessionEnd second = fixture.runToEnd(package, forked);
  if (ends != nullptr) ends[0] = first, ends[1] = second;
  CHECK(first.reason == second.reason);
  CHECK(first.detail == second.detail);
  return {plain.logs, forked.logs};
}

}  // namespace

TEST_CASE("templates: made at the second open of an app, and the third is forked from it") {
  HostFixture fixture(Guest::Kiosk);
  const auto package = hashedApp(kHearingApp);
  auto first = openStarted(fixture, package), second = openStarted(fixture, package);
  CHECK(first.parent == second.parent);
  // The guests, and what the second open began.
  CHECK(fixture.until([&] { return fixture.guestProcesses() == 3; }));
  REQUIRE(prepared(fixture, package));
  CHECK(fixture.guestProcesses() == 3);
  auto third = openStarted(fixture, package), fourth = openStarted(fixture, package);
  CHECK(third.parent != first.parent);
  CHECK(third.parent == fourth.parent);
  CHECK(parentOf(third.parent) == first.parent);
  CHECK(answers(fixture, third, 5));
  // Other code, and the same code of another app, is not opened from it.
  auto other = openStarted(fixture, hashedApp(std::string(kHearingApp) + "//"));
  CHECK(other.parent == first.parent);
  auto renamed = std::make_shared<Package>(*package);
  renamed->manifest.appId = AppId("org.example.other");
  CHECK(openStarted(fixture, renamed).parent == first.parent);
}

TEST_CASE("templates: a package without a hash, and a host without templates, have none") {
  HostFixture fixture(Guest::Kiosk);
  CHECK_FALSE(prepared(fixture, appOf(kHearingApp)));
  HostConfig config;
  config.templatesMax = 0;
  HostFixture without(Guest::Kiosk, config);
  const auto package = hashedApp(kHearingApp);
  CHECK_FALSE(prepared(without, package));
  auto first = openStarted(without, package);
  (void)openStarted(without, package);
  CHECK(openStarted(without, package).parent == first.parent);
}

TEST_CASE("templates: sessions of two users share no state and no randomness") {
  HostFixture fixture(Guest::Kiosk);
  const auto package = hashed({
      {"app.js",
       "import {bag} from './bag.js'; import list from './list.json';"
       "const before = [globalThis.mark, bag.mark, list.length, bag.loads, this];"
       "globalThis.mark = bag.mark = 'user'; list.push(1);"
       "Object.prototype; console.log(JSON.stringify(before));"
       "console.log(Math.random(), crypto.randomUUID())"},
      {"bag.js", "export const bag = {loads: 0}; bag.loads++;"},
      {"list.json", "[1, 2]"},
  });
  REQUIRE(prepared(fixture, package));
  std::set<std::string> random;
  for (int i = 0; i < 3; ++i) {
    Watcher watcher;
    CHECK(fixture.runToEnd(package, watcher).reason == EndReason::Closed);
    REQUIRE(watcher.logs.size() == 2);
    CHECK(watcher.logs[0] == "[null,null,2,1,null]");
    random.insert(watcher.logs[1]);
  }
  CHECK(random.size() == 3);
}

TEST_CASE("templates: modules, their URLs, stacks and errors are those of any session") {
  const auto [plain, forked] = bothWays(hashed({
      {"app.js",
       "import {where, fail} from './lib/where.js'; import data from './data.json';\n"
       "console.log(import.meta.url, where, JSON.stringify(data));\n"
       "console.log((await import('./late.js')).late);\n"
       "try { await import('./none.js') } catch (e) { console.log(e.message) }\n"
       "try { fail() } catch (e) { console.log(e.stack) }\n"
       "console.log([1, 2].map(function inner(x) { return x * 2 }).join());"},
      {"lib/where.js",
       "export const where = import.meta.url;\nexport function fail() { throw new Error('é') }"},
      {"late.js", "export const late = import.meta.url;"},
      {"data.json", "{\"a\": [1]}"},
  }));
  CHECK(plain == forked);
  CHECK(plain.size() == 5);
}

TEST_CASE("templates: an app that does not compile has none, and opens tell why as ever") {
  for (const Files& files :
       {Files{{"app.js", "let a = ;"}}, Files{{"app.js", "import './none.js'"}},
        Files{{"app.js", "import './b.json'"}, {"b.json", "{"}},
        Files{{"app.js", "import './b.js'"}, {"b.js", "import 'x'"}}}) {
    HostFixture fixture(Guest::Kiosk);
    const auto package = hashed(files);
    const SessionEnd before = fixture.runToEnd(package);
    CHECK_FALSE(prepared(fixture, package));
    const SessionEnd after = fixture.runToEnd(package);
    CHECK(before.reason == EndReason::Error);
    CHECK(after.reason == EndReason::Error);
    CHECK(after.detail == before.detail);
    CHECK(fixture.until([&] { return fixture.guestProcesses() == 0; }));
  }
}

TEST_CASE("templates: an app too big to take in has none, and the host goes on") {
  HostFixture fixture(Guest::Kiosk);
  std::string big = "export const f = [";
  for (int i = 0; i < 200'000; ++i)
    big += "function(a, b) { return a + b * " + std::to_string(i) + "},";
  const auto package = hashedApp(big + "];");
  CHECK_FALSE(prepared(fixture, package));
  Watcher watcher;
  CHECK(fixture.runToEnd(hashedApp(kEchoApp), watcher).reason == EndReason::Closed);
}

TEST_CASE(
    "templates: killed, running sessions live, their ends are known, and the next open works") {
  HostFixture fixture(Guest::Kiosk);
  const auto package =
      hashedApp(std::string(kHearingApp) + "kiosk.on('spin', () => { for (;;); });");
  REQUIRE(prepared(fixture, package));
  auto stays = openStarted(fixture, package), leaves = openStarted(fixture, package);
  auto spins = openStarted(fixture, package), dies = openStarted(fixture, package);
  REQUIRE(stays.parent == leaves.parent);
  killProcess(stays.parent);
  // At once, before the host can have seen it, and later.
  auto soon = openStarted(fixture, package);
  CHECK(soon.parent != stays.parent);
  CHECK(answers(fixture, soon, 1));
  CHECK(answers(fixture, stays, 2));
  spins.session->sendEvent("spin", {});
  REQUIRE(fixture.until([&] { return spins.watcher->end.has_value(); }));
  CHECK(spins.watcher->end->reason == EndReason::Cpu);
  CHECK(spins.watcher->end->cpuMs > 0);
  REQUIRE(dies.session->guestPid() > 1);
  kill(dies.session->guestPid(), SIGFPE);
  REQUIRE(fixture.until([&] { return dies.watcher->end.has_value(); }));
  CHECK(dies.watcher->end->reason == EndReason::Killed);
  CHECK(dies.watcher->end->detail == "died of signal 8");
  leaves.session->close();
  REQUIRE(fixture.until([&] { return leaves.watcher->end.has_value(); }));
  CHECK(leaves.watcher->end->reason == EndReason::Closed);
  CHECK(answers(fixture, stays, 3));
  fixture.host.reset();
  CHECK(stays.watcher->end->reason == EndReason::Closed);
  CHECK(descendants().empty());
}

TEST_CASE("templates: killed again and again while sessions are being opened, none is lost") {
  HostFixture fixture(Guest::Kiosk);
  const auto package = hashedApp(std::string(kEchoApp) + ";kiosk.on('shown', () => {});");
  for (int round = 0; round < 2; ++round) {
    REQUIRE(prepared(fixture, package));
    const auto probe = openStarted(fixture, package);
    std::vector<std::unique_ptr<Watcher>> watchers;
    std::vector<std::unique_ptr<Session>> sessions;
    for (int i = 0; i < 6; ++i) {
      watchers.push_back(std::make_unique<Watcher>());
      sessions.push_back(fixture.open(package, *watchers.back()));
      if (i == 2) killProcess(probe.parent);
    }
    for (const auto& watcher : watchers) {
      REQUIRE(fixture.until([&] { return watcher->end || !watcher->logs.empty(); }));
      CHECK_FALSE(watcher->end.has_value());
      CHECK(watcher->logs == std::vector<std::string>{"7"});
    }
  }
}

TEST_CASE("templates: they go with their zygote, and sessions of both end") {
  HostFixture fixture(Guest::Kiosk);
  const auto package = hashedApp(kHearingApp);
  auto plain = openStarted(fixture, package);
  REQUIRE(prepared(fixture, package));
  auto forked = openStarted(fixture, package);
  REQUIRE(forked.parent != plain.parent);
  killProcess(plain.parent);
  REQUIRE(fixture.until([&] { return plain.watcher->end && forked.watcher->end; }));
  CHECK(forked.watcher->end->reason == EndReason::Killed);
  CHECK(fixture.until([] { return descendants()["kiosk-guest"] == 0; }));
  auto again = openStarted(fixture, package);
  CHECK(answers(fixture, again, 1));
}

TEST_CASE("templates: there are no more than the host allows, and the longest unused one goes") {
  HostConfig config;
  config.templatesMax = 2;
  HostFixture fixture(Guest::Kiosk, config);
  const auto appNumber = [](int i) { return hashedApp(kHearingApp + std::to_string(i)); };
  const int before = fixture.guestProcesses();
  for (int i = 0; i < 4; ++i) {
    REQUIRE(prepared(fixture, appNumber(i)));
    if (i == 1) (void)openStarted(fixture, appNumber(0));  // and so 1 goes before 0
  }
  CHECK(fixture.until([&] { return fixture.guestProcesses() == before + 2; }));
  const int zygote = openStarted(fixture, hashedApp(kHearingApp)).parent;
  CHECK(openStarted(fixture, appNumber(3)).parent != zygote);
  CHECK(openStarted(fixture, appNumber(1)).parent == zygote);
}

TEST_CASE("templates: one that lies idle goes, but not before its last session") {
  HostConfig config;
  config.templateIdleMax = milliseconds(100);
  HostFixture fixture(Guest::Kiosk, config);
  const int before = fixture.guestProcesses();
  const auto package = hashedApp(kHearingApp);
  REQUIRE(prepared(fixture, package));
  auto opened = openStarted(fixture, package);
  bool waited = false;
  fixture.host->after(milliseconds(1000), [&] { waited = true; });
  REQUIRE(fixture.until([&] { return waited; }));
  CHECK(openStarted(fixture, package).parent != opened.parent);
  CHECK(answers(fixture, opened, 1));
  opened.session->close();
  REQUIRE(fixture.until([&] { return opened.watcher->end.has_value(); }));
  CHECK(fixture.until([&] { return fixture.guestProcesses() == before; }));
}

TEST_CASE("templates: one whose forks are used up is followed by another") {
  HostConfig config;
  config.forksPerZygoteMax = 3;
  HostFixture fixture(Guest::Kiosk, config);
  const auto package = hashedApp(kEchoApp);
  for (int i = 0; i < 12; ++i) {
    Watcher watcher;
    CHECK(fixture.runToEnd(package, watcher).reason == EndReason::Closed);
    CHECK(watcher.logs == std::vector<std::string>{"7"});
  }
  fixture.host.reset();
  CHECK(descendants().empty());
}

TEST_CASE("templates: a session that may have more memory than they can give takes the zygote") {
  HostFixture fixture(Guest::Kiosk);
  const auto package = hashedApp(kHearingApp);
  const int zygote = openStarted(fixture, package).parent;
  REQUIRE(prepared(fixture, package));
  Limits limits;
  limits.memoryBytesMax = std::uint64_t{1} << 30;
  CHECK(openStarted(fixture, package, limits).parent == zygote);
}

TEST_CASE("templates: heap and memory limits and the peak told are those of any session") {
  SessionEnd ends[2];
  (void)bothWays(hashedApp("const a = new Uint8Array(20 << 20).fill(1); console.log(a.length)"),
                 ends);
  for (const SessionEnd& end : ends) {  // 20,480 KiB, give or take the pages of files
    CHECK(end.peakKiB > 16'000);
    CHECK(end.peakKiB < 30'000);
  }
  MESSAGE("peak of the zygote's ", ends[0].peakKiB, " KiB, of the template's ", ends[1].peakKiB);
  HostFixture fixture(Guest::Kiosk);
  const auto hoarder = hashedApp("const a = []; for (;;) a.push(new Array(1000).fill(1.5))");
  REQUIRE(prepared(fixture, hoarder));
  CHECK(fixture.runToEnd(hoarder).reason == EndReason::Heap);
  const auto spinner = hashedApp("for (;;);");
  REQUIRE(prepared(fixture, spinner));
  CHECK(fixture.runToEnd(spinner).reason == EndReason::Cpu);
}

TEST_CASE("templates: many of them leave no descriptor and no process") {
  const auto once = [] {
    HostConfig config;
    config.templatesMax = 2;
    HostFixture fixture(Guest::Kiosk, config);
    for (int i = 0; i < 4; ++i) {
      const auto package = hashedApp(kEchoApp + std::string(";") + std::to_string(i));
      REQUIRE(prepared(fixture, package));
      for (int k = 0; k < 3; ++k) (void)fixture.runToEnd(package);
    }
    auto opened = openStarted(fixture, hashedApp(kHearingApp));
    fixture.host->prepare(hashedApp("await 0"), [](bool) {});  // and goes while it is made
  };
  once();  // what libraries open once for good
  const std::size_t descriptorsBefore = openDescriptors();
  for (int i = 0; i < 3; ++i) once();
  CHECK(openDescriptors() == descriptorsBefore);
  CHECK(descendants().empty());
}

}  // namespace kiosk::test
