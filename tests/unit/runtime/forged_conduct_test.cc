// Goal: a guest that floods, does not read, does not answer, ends in any way or will not end costs
// the host a bounded amount, and its session ends once, for the documented reason. Method:
// forger-guest plays each conduct in a real jail; the host's loop, memory and another session are
// looked at from outside.

#include <doctest/doctest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

#include "runtime/base/fd.h"
#include "tests/unit/runtime/host_fixture.h"

namespace kiosk::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kStarted = R"(frame {"jsonrpc":"2.0","method":"$/started","params":{}})";

std::string started(const std::string& lines) { return std::string(kStarted) + "\n" + lines; }

/// Sings through the host every time that the test asks, and tells how long it took.
class Canary {
 public:
  explicit Canary(HostFixture& fixture)
      : fixture_(fixture),
        session_(fixture.open(
            forgeryOf(started(R"(sing {"jsonrpc":"2.0","id":#,"method":"a.echo"})")), watcher_)) {
    REQUIRE(fixture.until([&] { return watcher_.launch.has_value(); }));
  }

  /// Asks once more and waits for the answer.
  milliseconds sing() {
    const auto before = watcher_.calls.size();
    const auto begin = steady_clock::now();
    session_->sendEvent("sing", nlohmann::json::object());
    CHECK(fixture_.until([&] { return watcher_.calls.size() > before; }));
    return std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin);
  }
  bool alive() const { return session_->running(); }

 private:
  HostFixture& fixture_;
  Watcher watcher_;
  std::unique_ptr<Session> session_;
};

std::string endOf(const SessionEnd& end) {
  return std::string(endReasonName(end.reason)) + ": " + end.detail;
}

}  // namespace

TEST_CASE("host: a guest that calls on without reading is ended, and its answers are bounded") {
  HostFixture fixture(Guest::Forger);
  Canary canary(fixture);
  const std::uint64_t before = residentKiB();
  Watcher watcher;
  const SessionEnd end = fixture.runToEnd(
      forgeryOf(
          started(R"(flood {"jsonrpc":"2.0","id":#,"method":"a.big","params":{"bytes":4000}})")),
      watcher);
  CHECK(endOf(end) == "protocol: the guest does not read what it asked for");
  if (!isSanitized()) CHECK(residentKiB() - before < 64 * 1024);
  CHECK(canary.sing() < milliseconds(2000));
}

TEST_CASE("host: large answers beyond the bound fail busy, small ones still come") {
  HostFixture fixture(Guest::Forger);
  Watcher watcher;
  const auto session = fixture.open(
      forgeryOf(started(
          R"(repeat 40 {"jsonrpc":"2.0","id":#,"method":"a.big","params":{"bytes":1000000}})"
          "\n"
          R"(frame {"jsonrpc":"2.0","id":41,"method":"a.echo"})"
          "\nhold")),
      watcher);
  REQUIRE(fixture.until([&] { return watcher.outcomes("a.echo") == "ok"; }));
  CHECK(session->running());
  const std::string outcomes = watcher.outcomes("a.big");
  CHECK(outcomes.starts_with("ok ok ok ok ok ok ok ok ok ok ok ok "));
  CHECK(outcomes.ends_with(" busy busy busy"));
}

TEST_CASE("host: an answer larger than a message may be fails payload_too_large") {
  HostFixture fixture(Guest::Forger);
  Watcher watcher;
  (void)fixture.runToEnd(
      forgeryOf(
          started(R"(frame {"jsonrpc":"2.0","id":1,"method":"a.big","params":{"bytes":1100000}})"
                  "\nawait payload_too_large")),
      watcher);
  CHECK(watcher.outcomes("a.big") == "payload_too_large");
}

TEST_CASE("host: calls beyond those that may be in flight fail busy, and all settle once") {
  HostFixture fixture(Guest::Forger);
  Limits limits;
  limits.callsInFlightMax = 5;
  Watcher watcher;
  const auto session = fixture.open(
      forgeryOf(started(R"(repeat 8 {"jsonrpc":"2.0","id":#,"method":"a.keep"})"
                        "\n"
                        R"(repeat 1 {"jsonrpc":"2.0","method":"$/cancel","params":{"id":2}})"
                        "\n"
                        R"(frame {"jsonrpc":"2.0","method":"$/cancel","params":{"id":777}})"
                        "\nhold")),
      watcher, limits);
  REQUIRE(fixture.until([&] { return fixture.door.cancelledIds.size() == 1; }));
  CHECK(fixture.door.cancelledIds[0] == 2);
  CHECK(watcher.outcomes("a.keep") == "busy busy busy cancelled");
  // A reply to a cancelled call is ignored; the others count.
  for (auto& kept : fixture.door.kept) {
    if (kept.id <= 3) kept.reply.result(nlohmann::json::object());
  }
  CHECK(watcher.outcomes("a.keep") == "busy busy busy cancelled ok ok");
  session->close();
  REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
  CHECK(watcher.outcomes("a.keep") == "busy busy busy cancelled ok ok cancelled cancelled");
  fixture.door.kept.remove_if([](const auto& kept) { return kept.id <= 3; });
  fixture.door.kept.clear();  // unsettled, after the end
  CHECK(watcher.calls.size() == 8);
}

TEST_CASE("host: a flood of bytes is read at its rate only, and the host serves others meanwhile") {
  HostFixture fixture(Guest::Forger);
  Canary canary(fixture);
  Limits limits;
  limits.bytesPerSecondMax = std::uint64_t{1} << 20;
  Watcher watcher;
  const std::string insert = R"(frame {"jsonrpc":"2.0","method":"ui.commit","params":{"records":)"
                             R"([[0,"~",{"id":"1","type":3,"data":"0"},0]]}})";
  const auto session = fixture.open(
      forgeryOf(started(
          insert + "\n" +
          R"(flood {"jsonrpc":"2.0","method":"ui.commit","params":{"records":[[2,"1","#"]]}})")),
      watcher, limits);
  const auto opened = steady_clock::now();
  const auto bytesRead = [&] {
    constexpr std::size_t kFrameBytes = 80;  // a little less than each has
    return (watcher.view ? std::stoul(*watcher.view) : 0) * kFrameBytes;
  };
  constexpr std::size_t kMi = 1 << 20;
  REQUIRE(fixture.until([&] { return bytesRead() > 4 * kMi; }));
  milliseconds slowest{0};
  const int slowness = isSanitized() ? 6 : 1;
  while (bytesRead() < 6 * kMi && steady_clock::now() - opened < slowness * milliseconds(15'000)) {
    slowest = std::max(slowest, canary.sing());
    fixture.host->runOnce(milliseconds(20));
  }
  CHECK(bytesRead() >= 6 * kMi);
  // A bucket of four seconds' worth went at once, then one second's worth each second, and a read
  // more.
  const double seconds = std::chrono::duration<double>(steady_clock::now() - opened).count();
  CHECK(static_cast<double>(bytesRead()) < (4 + seconds) * kMi + 65536);
  CHECK(slowest < slowness * milliseconds(1000));
  CHECK(session->running());
  session->close();
  REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
  CHECK(watcher.end->reason == EndReason::Closed);
}

TEST_CASE("host: of a flood of logs the limit's share is passed on") {
  HostFixture fixture(Guest::Forger);
  Limits limits;
  limits.logLinesPerSecondMax = 10;
  Watcher watcher;
  const auto begin = steady_clock::now();
  (void)fixture.runToEnd(forgeryOf(started(R"(repeat 20000 {"jsonrpc":"2.0","method":"$/log",)"
                                           R"("params":{"level":1,"text":"# \u001b[31m\u202e"}})")),
                         watcher, limits);
  // Twice the guest's own bound, over a bucket of two seconds' worth.
  const std::chrono::duration<double> took = steady_clock::now() - begin;
  CHECK(watcher.logs.size() >= 40);
  CHECK(static_cast<double>(watcher.logs.size()) <= 40 + 20 * took.count() + 1);
  for (const auto& line : watcher.logs) {
    CHECK(line.find('\x1b') == std::string::npos);
    CHECK(line.find("\u202e") == std::string::npos);
  }
}

TEST_CASE("host: a guest that spins and does not answer ends with cpu, one that answers goes on") {
  HostFixture fixture(Guest::Forger);
  Canary canary(fixture);
  Limits limits;
  limits.turnTimeMax = limits.loadTimeMax = milliseconds(50);
  Watcher spinning;
  const SessionEnd end = fixture.runToEnd(forgeryOf(started("spin")), spinning, limits);
  CHECK(end.reason == EndReason::Cpu);
  CHECK(end.cpuMs >= 200);
  CHECK(end.cpuMs < 3000);
  CHECK(fixture.runToEnd(forgeryOf("spin"), limits).reason == EndReason::Cpu);
  const SessionEnd answered = fixture.runToEnd(forgeryOf(started("spin-answering 1500")), limits);
  CHECK(endOf(answered) == "closed: ");
  CHECK(answered.cpuMs >= 1400);
  canary.sing();
}

TEST_CASE("host: a guest's exit status counts for reasons that are its to give") {
  HostFixture fixture(Guest::Forger);
  const std::map<int, std::string> reasons = {
      {0, "closed: "}, {65, "error: "}, {66, "cpu: "}, {67, "heap: "}, {68, "memory: "}};
  for (int code = 0; code < 256; code += code < 80 ? 1 : 25) {
    const auto found = reasons.find(code);
    const std::string wanted = found != reasons.end()
                                   ? found->second
                                   : "killed: ended with exit status " + std::to_string(code);
    CHECK(endOf(fixture.runToEnd(forgeryOf("exit " + std::to_string(code)))) == wanted);
  }
}

TEST_CASE("host: what a guest says of its end is believed where its exit status says the same") {
  HostFixture fixture(Guest::Forger);
  const auto saying = [&](const std::string& reason, int code) {
    return endOf(fixture.runToEnd(
        forgeryOf(R"(frame {"jsonrpc":"2.0","method":"$/end","params":{"reason":")" + reason +
                  R"(","detail":"so I say"}})" + "\nexit " + std::to_string(code))));
  };
  CHECK(saying("error", 65) == "error: so I say");
  CHECK(saying("heap", 67) == "heap: so I say");
  CHECK(saying("closed", 0) == "closed: so I say");
  CHECK(saying("closed", 66) == "cpu: ");
  CHECK(saying("memory", 0) == "closed: ");
  CHECK(saying("error", 1) == "killed: ended with exit status 1");
  // The detail is cut between characters, and cannot steer a terminal.
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "\u20ac";
  const SessionEnd end = fixture.runToEnd(forgeryOf(
      R"(frame {"jsonrpc":"2.0","method":"$/end","params":{"reason":"error","detail":"\u001b)" +
      text + "\"}}\nexit 65"));
  CHECK(end.reason == EndReason::Error);
  CHECK(end.detail.size() <= 4096);
  CHECK(end.detail.substr(0, 4) == " \u20ac");
  CHECK(end.detail.substr(end.detail.size() - 3) == "\u20ac");
}

TEST_CASE("host: each signal that ends a guest has its reason") {
  HostFixture fixture(Guest::Forger);
  const auto dying = [&](const std::string& how) {
    return endOf(fixture.runToEnd(forgeryOf(started("die " + how))));
  };
  CHECK(dying("segv") == "killed: died of signal 11");
  CHECK(dying("fpe") == "killed: died of signal 8");
  CHECK(dying("abort") == "killed: died of signal 6");
  CHECK(dying("syscall") == "syscall: the jail refused a system call");
  CHECK(dying("ill").starts_with("memory: "));
  CHECK(dying("trap").starts_with("memory: "));
  for (const int signal : {SIGKILL, SIGTERM, SIGUSR1, SIGXCPU, SIGBUS}) {
    Watcher watcher;
    const auto session = fixture.open(forgeryOf(started("hold")), watcher);
    REQUIRE(fixture.until([&] { return watcher.launch && session->guestPid() > 0; }));
    REQUIRE(kill(session->guestPid(), signal) == 0);
    REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
    CHECK(watcher.end->reason == EndReason::Killed);
    CHECK(session->guestPid() == 0);
  }
}

TEST_CASE("host: a guest that closes its socket and lives on is killed, and ends with protocol") {
  HostFixture fixture(Guest::Forger);
  const auto begin = steady_clock::now();
  CHECK(endOf(fixture.runToEnd(forgeryOf("#hangup\nhold"))) ==
        "protocol: the guest closed its socket and went on");
  CHECK(steady_clock::now() - begin < milliseconds(5000));
}

TEST_CASE("host: a guest that does not go when it is closed is killed after its grace") {
  HostFixture fixture(Guest::Forger);
  for (const char* conduct :
       {"hold", "spin", R"(flood {"jsonrpc":"2.0","id":#,"method":"a.drop"})"}) {
    Watcher watcher;
    const auto session = fixture.open(forgeryOf(started(conduct)), watcher);
    REQUIRE(fixture.until([&] { return watcher.launch.has_value(); }));
    session->close();
    CHECK_FALSE(session->running());
    REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
    CHECK(endOf(*watcher.end) == "closed: ");
  }
  // Also one that is closed before it was forked.
  Watcher watcher;
  const auto session = fixture.open(forgeryOf("hold"), watcher);
  session->close();
  REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
  CHECK(watcher.end->reason == EndReason::Closed);
  CHECK(descendants().count("forger-guest") == 1);
}

TEST_CASE("host: what a guest said before it ended is heard") {
  HostFixture fixture(Guest::Forger);
  Watcher watcher;
  const SessionEnd end = fixture.runToEnd(
      forgeryOf(started(R"(frame {"jsonrpc":"2.0","method":"ui.commit","params":{"records":)"
                        R"([[0,"~",{"id":"1","type":3,"data":"bye"},0]]}})"
                        "\n"
                        R"(repeat 500 {"jsonrpc":"2.0","id":#,"method":"a.echo","params":{"n":#}})"
                        "\nexit 0")),
      watcher);
  CHECK(endOf(end) == "closed: ");
  CHECK(watcher.view == "bye");
  CHECK(fixture.door.calls == 500);
  CHECK(watcher.calls.size() == 500);
}

TEST_CASE("host: memory that a guest touches is its peak, as it was, and CPU time too") {
  HostFixture fixture(Guest::Forger);
  for (const int mebibytes : {1, 50, 120}) {
    const SessionEnd end =
        fixture.runToEnd(forgeryOf(started("touch " + std::to_string(mebibytes) + "\nexit 0")));
    CHECK(endOf(end) == "closed: ");
    CHECK(end.peakKiB + 1024 >= static_cast<std::uint64_t>(mebibytes) * 1024);
    CHECK(end.peakKiB <= static_cast<std::uint64_t>(mebibytes) * 1024 + 4096);
    CHECK(end.cpuMs < 2000);
  }
}

}  // namespace kiosk::test
