// Goal: a session begins once, ends once and settles each call once, in whatever order and from
// within whatever callback it is closed or destroyed, and also when its host goes first. Method:
// real mini-apps in kiosk-guest, a door that keeps replies, and observers that pull the rug.

#include <doctest/doctest.h>

#include "tests/unit/runtime/host_fixture.h"

namespace kiosk::test {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

// Logs, draws, calls and goes on for ever.
constexpr const char* kTalkingApp = R"(
  console.log('here');
  document.body.append('drawn');
  setInterval(() => kiosk.call('a.echo', {}), 5);
)";

/// Runs `app` in a session that is destroyed within the callback that `hook` names.
void destroyWithin(HostFixture& fixture, std::function<void()> Watcher::*hook,
                   const char* app = kTalkingApp) {
  Watcher watcher;
  std::unique_ptr<Session> session;
  bool destroyed = false;
  watcher.*hook = [&] {
    session.reset();
    destroyed = true;
  };
  session = fixture.open(appOf(app), watcher);
  REQUIRE(fixture.until([&] { return destroyed; }));
  const int endedBefore = watcher.endedCount;
  const auto callsBefore = watcher.calls.size();
  REQUIRE(fixture.until([&] { return fixture.door.open.empty(); }));
  CHECK(watcher.endedCount == endedBefore);
  CHECK(watcher.calls.size() == callsBefore);
}

}  // namespace

TEST_CASE(
    "session: a mini-app starts, is timed, draws, calls, and ends closed when nothing is left") {
  for (const Tier tier : {Tier::Jit, Tier::Jitless}) {
    HostConfig config;
    config.tier = tier;
    HostFixture fixture(Guest::Kiosk, config);
    Watcher watcher;
    const SessionEnd end = fixture.runToEnd(
        appOf("console.log(JSON.stringify(await kiosk.call('a.echo', {n: [1, 'x']})))"), watcher);
    CHECK(end.reason == EndReason::Closed);
    CHECK(watcher.logs == std::vector<std::string>{R"({"n":[1,"x"]})"});
    CHECK(watcher.outcomes("a.echo") == "ok");
    CHECK(watcher.startedCount == 1);
    CHECK(watcher.launch->count() > 100);
    CHECK(*watcher.launch < std::chrono::seconds(10));
    CHECK(watcher.endedCount == 1);
    CHECK(end.cpuMs < 5000);
    CHECK(fixture.door.ends.size() == 1);
  }
}

TEST_CASE("session: its end comes once, after all else, whoever asks for it and how often") {
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto session = fixture.open(appOf(kTalkingApp), watcher);
  CHECK(session->running());
  REQUIRE(fixture.until([&] { return watcher.view == "drawn"; }));
  session->close(EndReason::Timeout);
  session->close();
  session->close(EndReason::Killed);
  CHECK_FALSE(session->running());
  REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
  CHECK(watcher.end->reason == EndReason::Timeout);
  session->close();
  fixture.host->runOnce(milliseconds(50));
  CHECK(watcher.endedCount == 1);
  CHECK(session->guestPid() == 0);
  CHECK(viewText(session->view()) == "drawn");
}

TEST_CASE("session: it may be closed before it began, and destroyed at any moment") {
  HostFixture fixture(Guest::Kiosk);
  for (const int turns : {0, 1, 2, 3, 5, 8, 13}) {
    Watcher closed;
    const auto session = fixture.open(appOf(kTalkingApp), closed);
    {
      Watcher dropped;
      const auto other = fixture.open(appOf(kTalkingApp), dropped);
      for (int i = 0; i < turns; ++i) fixture.host->runOnce(milliseconds(1));
    }
    session->close();
    REQUIRE(fixture.until([&] { return closed.end.has_value(); }));
    CHECK(closed.end->reason == EndReason::Closed);
  }
  REQUIRE(fixture.until([&] { return fixture.door.open.empty(); }));
}

TEST_CASE("session: it may be destroyed within each of its callbacks") {
  HostFixture fixture(Guest::Kiosk);
  destroyWithin(fixture, &Watcher::onStarted);
  destroyWithin(fixture, &Watcher::onView);
  destroyWithin(fixture, &Watcher::onLogged);
  destroyWithin(fixture, &Watcher::onCalled);
  destroyWithin(fixture, &Watcher::onEnded, "1");
  // Within `called` of calls that its end cancels, and within a warning of the view.
  destroyWithin(fixture, &Watcher::onCalled,
                "kiosk.call('a.keep', {}); kiosk.call('a.keep', {}); kiosk.call('a.close', {})");
  destroyWithin(fixture, &Watcher::onLogged,
                "document.body.append(document.createElement('iframe'), 'x')");
  fixture.door.kept.clear();
}

TEST_CASE("session: another may be opened within each callback of the first") {
  HostFixture fixture(Guest::Kiosk);
  for (const auto hook : {&Watcher::onStarted, &Watcher::onView, &Watcher::onEnded}) {
    Watcher first, second;
    std::unique_ptr<Session> opened;
    first.*hook = [&] {
      if (!opened) opened = fixture.open(appOf("1"), second);
    };
    const auto session = fixture.open(appOf("document.body.append('x')"), first);
    REQUIRE(fixture.until([&] { return first.launch.has_value(); }));
    fixture.host->runOnce(milliseconds(20));
    session->close();
    REQUIRE(fixture.until([&] { return first.end && second.end; }));
    CHECK(second.end->reason == EndReason::Closed);
  }
}

TEST_CASE("session: a door may close it as soon as it is opened") {
  HostFixture fixture(Guest::Kiosk);
  fixture.door.closesAtOnce = true;
  Watcher watcher;
  const SessionEnd end = fixture.runToEnd(appOf(kTalkingApp), watcher);
  CHECK(end.reason == EndReason::Closed);
  CHECK(watcher.startedCount == 0);
}

TEST_CASE(
    "session: each call settles once, also when its reply is dropped or comes after the end") {
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto session = fixture.open(appOf(R"(
    const say = name => error => console.log(`${name} ${error.code}`);
    kiosk.call('a.drop', {}).catch(say('drop'));
    kiosk.call('a.fail', {}).catch(say('fail'));
    kiosk.call('a.keep', {}).then(() => console.log('kept ok'));
    kiosk.call('a.keep', {}, {timeoutMs: 50}).catch(say('slow'));
    kiosk.call('a.keep', {}).catch(say('never'));
    setInterval(() => {}, 1000);
  )"),
                                    watcher);
  REQUIRE(fixture.until([&] { return watcher.logs.size() == 3; }));
  REQUIRE(fixture.door.kept.size() == 3);
  CHECK(fixture.door.cancelledIds == std::vector<std::uint64_t>{fixture.door.kept.begin()->id + 1});
  fixture.door.kept.front().reply.result(json::object());
  REQUIRE(fixture.until([&] { return watcher.logs.size() == 4; }));
  CHECK(watcher.logs ==
        std::vector<std::string>{"drop internal", "fail not_found", "slow timeout", "kept ok"});
  session->close();
  // Settled while the session ends, and after: neither counts.
  fixture.door.kept.back().reply.result(json::object());
  REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
  CHECK(watcher.outcomes("a.drop") == "internal");
  CHECK(watcher.outcomes("a.fail") == "not_found");
  CHECK(watcher.outcomes("a.keep") == "cancelled ok cancelled");
  std::next(fixture.door.kept.begin())->reply.error(ErrorCode::Internal, "too late");
  fixture.door.kept.clear();
  CHECK(watcher.calls.size() == 5);
}

TEST_CASE("session: replies and sessions may outlive their host, whose going ends every session") {
  Watcher running, opening, ended, inCall;
  std::unique_ptr<Session> a, b, c, d;
  std::list<RecordingDoor::Kept> kept;
  {
    HostFixture fixture(Guest::Kiosk);
    a = fixture.open(appOf(kTalkingApp), running);
    c = fixture.open(appOf("1"), ended);
    d = fixture.open(appOf("kiosk.call('a.keep', {})"), inCall);
    REQUIRE(
        fixture.until([&] { return running.view && ended.end && fixture.door.kept.size() == 1; }));
    b = fixture.open(appOf(kTalkingApp), opening);
    Host* const host = fixture.host.get();
    running.onEnded = [&, host] {
      CHECK(host->open(appOf("1"), {}, opening).error().code == ErrorCode::NotReady);
    };
    fixture.host.reset();
    kept = std::move(fixture.door.kept);
    CHECK(fixture.door.open.empty());
    CHECK(fixture.door.loop_ == nullptr);
  }
  for (const Watcher* watcher : {&running, &opening, &ended, &inCall}) {
    CHECK(watcher->endedCount == 1);
    CHECK(watcher->end->reason == EndReason::Closed);
  }
  CHECK(inCall.outcomes("a.keep") == "cancelled");
  kept.front().reply.result(json::object());
  CHECK_FALSE(a->running());
  CHECK(a->tap(1).error().code == ErrorCode::NotFound);
  CHECK(a->type(1, "x").error().code == ErrorCode::NotFound);
  a->sendEvent("late", json::object());
  a->close();
  CHECK(viewText(a->view()) == "drawn");
  CHECK(descendants().empty());
}

TEST_CASE("session: an app that fails while it loads ends with error and its words, well formed") {
  HostFixture fixture(Guest::Kiosk);
  const SessionEnd thrown = fixture.runToEnd(appOf("throw new Error('\\ud800 \\u001b[31m мир')"));
  CHECK(thrown.reason == EndReason::Error);
  CHECK(thrown.detail.find("мир") != std::string::npos);
  CHECK(thrown.detail.find('\x1b') == std::string::npos);
  CHECK(fixture.runToEnd(appOf("await Promise.reject(new TypeError('no'))")).reason ==
        EndReason::Error);
  CHECK(fixture.runToEnd(appOf("import './missing.js'")).reason == EndReason::Error);
  CHECK(fixture.runToEnd(appOf("syntax error here")).reason == EndReason::Error);
}

TEST_CASE("session: a host opens as many as it may, and one more when one has gone") {
  HostConfig config;
  config.sessionsMax = 2;
  HostFixture fixture(Guest::Kiosk, config);
  Watcher watcher;
  auto first = fixture.open(appOf(kTalkingApp), watcher);
  const auto second = fixture.open(appOf(kTalkingApp), watcher);
  CHECK(fixture.host->open(appOf("1"), {}, watcher).error().code == ErrorCode::LimitExceeded);
  first.reset();
  REQUIRE(fixture.until([&] { return fixture.door.open.size() == 1; }));
  fixture.host->runOnce(milliseconds(0));
  Watcher third;
  CHECK(fixture.runToEnd(appOf("1"), third).reason == EndReason::Closed);
}

TEST_CASE("session: options and limits out of their range are refused") {
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto refusal = [&](const std::function<void(OpenOptions&)>& change) {
    OpenOptions options;
    change(options);
    const auto opened = fixture.host->open(appOf("1"), options, watcher);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::InvalidParams);
    return opened.error().message;
  };
  CHECK(refusal([](auto& o) { o.startParam = "a b"; }).find("start parameter") == 2);
  CHECK(refusal([](auto& o) { o.startParam.assign(513, 'a'); }).find("512") != std::string::npos);
  CHECK(refusal([](auto& o) { o.language.assign(257, 'a'); }).find("256") != std::string::npos);
  CHECK(refusal([](auto& o) { o.limits.heapBytesMax = 1; }).find("heapBytesMax") == 0);
  CHECK(refusal([](auto& o) { o.limits.turnTimeMax = milliseconds(-1); }).find("turnTimeMax") == 0);
  CHECK(refusal([](auto& o) { o.limits.messageBytesMax = 2u << 20; }).find("messageBytes") == 0);
  CHECK(refusal([](auto& o) { o.limits.bytesPerSecondMax = 0; }).find("bytesPerSecond") == 0);
  CHECK(fixture.door.ends.empty());
  CHECK(fixture.door.open.empty());
}

}  // namespace kiosk::test
