// Goal: a loop that is not ours, knowing nothing but one descriptor, drives a host fully and at
// once: opens, timers, replies, taps, ends. Method: poll(2) on pollFd() without a time-out,
// runOnce(0) when it is readable.

#include <doctest/doctest.h>
#include <poll.h>

#include <thread>

#include "tests/unit/runtime/host_fixture.h"

namespace kiosk::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Turns the host by its descriptor until `isTrue`; false after 20 s, or when nothing came for 10.
bool pollUntil(Host& host, const std::function<bool()>& isTrue, int* turns = nullptr) {
  const auto deadline = steady_clock::now() + std::chrono::seconds(20);
  while (!isTrue()) {
    pollfd watched = {host.pollFd(), POLLIN, 0};
    if (poll(&watched, 1, 10'000) != 1 || steady_clock::now() > deadline) return false;
    host.runOnce(milliseconds(0));
    if (turns != nullptr) ++*turns;
  }
  return true;
}

}  // namespace

TEST_CASE("foreign loop: one descriptor drives a session from its opening to its end") {
  HostConfig config;
  config.forksPerZygoteMax = 1;  // each open has a zygote of its own, which is made within open()
  HostFixture fixture(Guest::Kiosk, config);
  Host& host = *fixture.host;
  for (int round = 0; round < 3; ++round) {
    Watcher watcher;
    const auto session = fixture.open(appOf(R"(
      const b = document.createElement('button');
      b.textContent = 'Pay';
      b.addEventListener('click', async () => {
        await kiosk.call('a.keep', {});
        setTimeout(() => kiosk.call('a.close', {}), 10);
      });
      document.body.append(b);
    )"),
                                      watcher);
    REQUIRE(pollUntil(host, [&] { return watcher.view.has_value(); }));
    REQUIRE(session->tap(viewTargets(session->view()).at(0)->id));
    REQUIRE(pollUntil(host, [&] { return fixture.door.kept.size() == 1; }));
    // A reply from another thread comes in by `post`.
    std::thread provider([&] {
      host.post([&] {
        fixture.door.kept.front().reply.result(nlohmann::json::object());
        fixture.door.kept.clear();
      });
    });
    REQUIRE(pollUntil(host, [&] { return watcher.end.has_value(); }));
    provider.join();
    CHECK(watcher.end->reason == EndReason::Closed);
  }
}

TEST_CASE("foreign loop: timers of the host wake it, and an idle host does not") {
  HostFixture fixture(Guest::Kiosk);
  Host& host = *fixture.host;
  bool fired = false;
  const auto begin = steady_clock::now();
  host.after(milliseconds(60), [&] { fired = true; });
  int turns = 0;
  REQUIRE(pollUntil(
      host, [&] { return fired; }, &turns));
  CHECK(steady_clock::now() - begin >= milliseconds(59));
  CHECK(turns < 10);
  // Nothing is open, nothing is due: the descriptor is silent.
  pollfd watched = {host.pollFd(), POLLIN, 0};
  while (poll(&watched, 1, 0) == 1) host.runOnce(milliseconds(0));
  CHECK(poll(&watched, 1, 150) == 0);
}

TEST_CASE("foreign loop: an event that the guest has no room for leaves when it reads") {
  HostFixture fixture(Guest::Forger);
  Host& host = *fixture.host;
  Watcher watcher;
  const auto session =
      fixture.open(forgeryOf(R"(frame {"jsonrpc":"2.0","method":"$/started","params":{}})"
                             "\nawait last\n"
                             R"(frame {"jsonrpc":"2.0","id":1,"method":"a.close"})"
                             "\nread"),
                   watcher);
  REQUIRE(pollUntil(host, [&] { return watcher.launch.has_value(); }));
  for (int i = 0; i < 5; ++i) {
    session->sendEvent("event", {{"text", std::string(200'000, 'x')}});
  }
  session->sendEvent("event", {{"text", "last"}});
  REQUIRE(pollUntil(host, [&] { return watcher.end.has_value(); }));
  CHECK(watcher.end->reason == EndReason::Closed);
}

}  // namespace kiosk::test
