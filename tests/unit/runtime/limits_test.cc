// Goal: each limit, set small and passed, has the outcome that docs/limits.md gives: a result, an
// error to the app, or an end of its session with the reason named there. Method: one mini-app for
// each limit, in both tiers, which tells by its log what it was answered.

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/unit/runtime/host_fixture.h"

namespace kiosk::test {
namespace {

struct Outcome {
  EndReason reason;
  std::string detail;
  std::vector<std::string> logs;
  std::uint64_t peakKiB = 0, cpuMs = 0;

  bool logged(std::string_view text) const {
    return std::any_of(logs.begin(), logs.end(), [text](const std::string& line) {
      return line.find(text) != std::string::npos;
    });
  }
};

/// Runs `code` with `limits`, each "name=value"; then with the tier's other engine too.
class Trial {
 public:
  explicit Trial(Tier tier) : fixture_(Guest::Kiosk, configOf(tier)) {}

  Outcome run(const std::string& code, const std::vector<std::string>& limits = {}) {
    Limits set;
    for (const std::string& text : limits) {
      const auto equals = text.find('=');
      REQUIRE(setLimit(set, text.substr(0, equals), text.substr(equals + 1)));
    }
    Watcher watcher;
    const SessionEnd end = fixture_.runToEnd(appOf(code), watcher, set);
    fixture_.door.kept.clear();
    return {end.reason, end.detail, watcher.logs, end.peakKiB, end.cpuMs};
  }

 private:
  static HostConfig configOf(Tier tier) {
    HostConfig config;
    config.tier = tier;
    return config;
  }
  HostFixture fixture_;
};

/// `body` for both tiers.
void inBothTiers(const std::function<void(Trial&)>& body) {
  for (const Tier tier : {Tier::Jit, Tier::Jitless}) {
    CAPTURE(tierName(tier));
    Trial trial(tier);
    body(trial);
  }
}

}  // namespace

TEST_CASE("limits: heap") {
  inBothTiers([](Trial& trial) {
    const char* grow = "const a = []; for (;;) a.push({n: a.length, s: 'x' + a.length});";
    CHECK(trial.run(grow, {"heap=8M", "load=10s"}).reason == EndReason::Heap);
    CHECK(trial.run("const a = []; for (let i = 0; i < 20000; ++i) a.push({i});", {"heap=16M"})
              .reason == EndReason::Closed);
  });
}

TEST_CASE(
    "limits: memory, of which the app hears where V8 can tell it, else the session ends memory") {
  inBothTiers([](Trial& trial) {
    const Outcome told =
        trial.run("try { new Uint8Array(64 << 20).fill(1) } catch (e) { console.log(e.name) }",
                  {"memory=32M"});
    CHECK((told.reason == EndReason::Memory || told.logged("RangeError")));
    const Outcome insisting = trial.run(
        "const a = []; for (;;) { try { a.push(new Uint8Array(1 << 20).fill(1)) } catch {} }",
        {"memory=32M", "load=2s"});
    CHECK((insisting.reason == EndReason::Memory || insisting.reason == EndReason::Cpu));
    CHECK(insisting.peakKiB < 48 * 1024);
    CHECK(trial.run("new Uint8Array(16 << 20).fill(1)", {"memory=64M"}).reason ==
          EndReason::Closed);
  });
}

TEST_CASE("limits: turn") {
  inBothTiers([](Trial& trial) {
    const Outcome soft = trial.run("setTimeout(function runsOn() { for (;;); })", {"turn=20ms"});
    CHECK(soft.reason == EndReason::Cpu);
    CHECK(soft.detail.find("runsOn") != std::string::npos);
    CHECK(soft.cpuMs >= 20);
    CHECK(soft.cpuMs < 2000);
    const Outcome hard = trial.run(
        "setTimeout(() => Array.prototype.indexOf.call({length: 2 ** 53 - 1}, 1))", {"turn=20ms"});
    CHECK(hard.reason == EndReason::Cpu);
    CHECK(trial
              .run("const end = performance.now() + 60; while (performance.now() < end);",
                   {"turn=20ms", "load=1s"})
              .reason == EndReason::Closed);
  });
}

TEST_CASE("limits: an app of many short turns that says nothing is alive, and goes on") {
  inBothTiers([](Trial& trial) {
    const char* busy = R"(
      let turns = 0;
      const timer = setInterval(() => {
        for (const end = performance.now() + 8; performance.now() < end;);
        if (++turns === 250) clearInterval(timer);
      }, 1);)";
    const Outcome outcome = trial.run(busy, {"turn=20ms"});
    CHECK(outcome.reason == EndReason::Closed);
    CHECK(outcome.cpuMs >= 450);  // the host has asked more than once
  });
}

TEST_CASE("limits: load") {
  inBothTiers([](Trial& trial) {
    CHECK(trial.run("for (;;);", {"load=20ms", "turn=10s"}).reason == EndReason::Cpu);
    CHECK(trial.run("1", {"load=1s"}).reason == EndReason::Closed);
  });
}

TEST_CASE("limits: message, either way") {
  inBothTiers([](Trial& trial) {
    const Outcome outcome = trial.run(R"(
      for (const [method, params] of [['a.echo', {t: 'x'.repeat(2000)}], ['a.big', {bytes: 2000}],
                                      ['a.echo', {t: 'x'.repeat(500)}]]) {
        await kiosk.call(method, params).then(() => console.log('ok'), e => console.log(e.code));
      })",
                                      {"message=1K"});
    CHECK(outcome.reason == EndReason::Closed);
    CHECK(outcome.logs == std::vector<std::string>{"payload_too_large", "payload_too_large", "ok"});
  });
}

TEST_CASE("limits: depth") {
  inBothTiers([](Trial& trial) {
    const Outcome outcome = trial.run(R"(
      for (const params of [{a: {b: 1}}, {a: {b: {c: {d: {e: 1}}}}}]) {
        await kiosk.call('a.echo', params).then(() => console.log('ok'), e => console.log(e.code));
      })",
                                      {"depth=4"});
    CHECK(outcome.reason == EndReason::Closed);
    CHECK(outcome.logs == std::vector<std::string>{"ok", "payload_too_large"});
  });
}

TEST_CASE("limits: calls") {
  inBothTiers([](Trial& trial) {
    const Outcome outcome = trial.run(R"(
      const settled = [1, 2, 3].map(() => kiosk.call('a.keep', {}, {timeoutMs: 100}));
      for (const one of await Promise.allSettled(settled)) console.log(one.reason.code);
    )",
                                      {"calls=2"});
    CHECK(outcome.reason == EndReason::Closed);
    CHECK(outcome.logs == std::vector<std::string>{"timeout", "timeout", "busy"});
  });
}

TEST_CASE("limits: timers") {
  inBothTiers([](Trial& trial) {
    const Outcome outcome = trial.run(R"(
      try { for (let i = 0; i < 4; ++i) setTimeout(() => {}, 1); }
      catch (e) { console.log(e.name); }
    )",
                                      {"timers=3"});
    CHECK(outcome.reason == EndReason::Closed);
    CHECK(outcome.logs == std::vector<std::string>{"QuotaExceededError"});
  });
}

TEST_CASE("limits: nodes") {
  inBothTiers([](Trial& trial) {
    const auto draw = [&trial](int nodes) {
      return trial.run("for (let i = 0; i < " + std::to_string(nodes) +
                           "; ++i) document.body.append(document.createElement('p'));"
                           "setTimeout(() => kiosk.call('a.close', {}), 20)",
                       {"nodes=10"});
    };
    CHECK(draw(10).reason == EndReason::Closed);
    const Outcome outcome = draw(11);
    CHECK(outcome.reason == EndReason::Protocol);
    CHECK(outcome.detail.find("10 nodes") != std::string::npos);
  });
}

TEST_CASE("limits: logs") {
  inBothTiers([](Trial& trial) {
    const Outcome outcome =
        trial.run("for (let i = 0; i < 50; ++i) console.log(`line ${i}`)", {"logs=5"});
    CHECK(outcome.reason == EndReason::Closed);
    CHECK(outcome.logged("line 4"));
    CHECK_FALSE(outcome.logged("line 5"));
    CHECK(outcome.logged("dropped"));
  });
}

TEST_CASE("limits: values in one message, and bytes a second, which have no name for the tool") {
  HostFixture fixture(Guest::Kiosk);
  Limits limits;
  limits.messageValuesMax = 100;
  Watcher watcher;
  const SessionEnd end = fixture.runToEnd(appOf(R"(
    const list = new Array(200).fill(0);
    await kiosk.call('a.echo', {list}).then(() => console.log('ok'), e => console.log(e.code));
  )"),
                                          watcher, limits);
  CHECK(end.reason == EndReason::Closed);
  CHECK(watcher.logs == std::vector<std::string>{"payload_too_large"});

  Limits slow;
  slow.bytesPerSecondMax = 256 << 10;
  Watcher waiting;
  const auto begin = std::chrono::steady_clock::now();
  // 1.5 MiB: a bucket of 1 MiB goes at once, the rest takes two seconds.
  CHECK(fixture
            .runToEnd(appOf("for (let i = 0; i < 24; ++i) "
                            "await kiosk.call('a.fail', {t: 'x'.repeat(65536)}).catch(() => {})"),
                      waiting, slow)
            .reason == EndReason::Closed);
  CHECK(waiting.calls.size() == 24);
  CHECK(std::chrono::steady_clock::now() - begin > std::chrono::milliseconds(1500));
}

TEST_CASE("limits: an app's peak is what it allocated, not what its zygote had") {
  inBothTiers([](Trial& trial) {
    const Outcome small = trial.run("1");
    CHECK(small.peakKiB < 4 * 1024);
    const Outcome large = trial.run(
        "globalThis.kept = [];"
        "for (let i = 0; i < 50; ++i) kept.push(new Uint8Array(1 << 20).fill(1));");
    CHECK(large.reason == EndReason::Closed);
    CHECK(large.peakKiB >= 45 * 1024);
    CHECK(large.peakKiB < 60 * 1024);
    const Outcome busy =
        trial.run("const end = performance.now() + 150; while (performance.now() < end);");
    CHECK(busy.cpuMs >= 20);
    CHECK(busy.cpuMs < 1000);
  });
}

}  // namespace kiosk::test
