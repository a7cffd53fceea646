// Goal: a template that was taken over can harm sessions of its own app at most: the host goes on,
// another app is served, no process stays. Method: forger-guest, whose templates conduct themselves
// as their package says (sdk/forger/false_template.h).

#include <doctest/doctest.h>

#include "tests/unit/runtime/host_fixture.h"

namespace kiosk::test {
namespace {

/// A package whose template shows `conduct`, and whose guests say "started" and wait.
std::shared_ptr<const Package> falseTemplate(const std::string& conduct) {
  auto package = std::make_shared<Package>(
      *forgeryOf("#template " + conduct +
                 "\nframe {\"jsonrpc\":\"2.0\",\"method\":\"$/started\",\"params\":{}}\nread"));
  package->payloadHash = conduct;
  return package;
}

bool processesBecome(HostFixture& fixture, int count) {
  return fixture.until([&] { return fixture.guestProcesses() == count; });
}

}  // namespace

TEST_CASE("forged template: words that nobody expects end it, and opens take the zygote") {
  for (const char* conduct : {"twice", "unknown", "noise"}) {
    HostFixture fixture(Guest::Forger);
    const auto package = falseTemplate(conduct);
    (void)prepared(fixture, package);
    CHECK(processesBecome(fixture, 0));
    Watcher watcher;
    const auto session = fixture.open(package, watcher);
    CHECK(fixture.until([&] { return watcher.launch.has_value(); }));
    CHECK(session->running());
  }
}

TEST_CASE("forged template: a request that it fails, or leaves, is served by the zygote") {
  for (const char* conduct : {"socket", "refuse", "silent"}) {
    INFO(conduct);
    HostFixture fixture(Guest::Forger);
    const auto package = falseTemplate(conduct);
    REQUIRE(prepared(fixture, package));
    Watcher watcher;
    const auto session = fixture.open(package, watcher);
    CHECK(fixture.until([&] { return watcher.launch.has_value(); }));
    CHECK(session->running());
    CHECK(watcher.startedCount == 1);
    if (std::string(conduct) != "refuse") CHECK(processesBecome(fixture, 1));
  }
}

TEST_CASE("forged template: a guest that it calls ended and is not is killed") {
  HostFixture fixture(Guest::Forger);
  const auto package = falseTemplate("ended");
  REQUIRE(prepared(fixture, package));
  Watcher watcher;
  const auto session = fixture.open(package, watcher);
  REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
  CHECK(processesBecome(fixture, 1));  // the template itself
}

TEST_CASE("forged template: one that uses the CPU for itself is ended") {
  HostFixture fixture(Guest::Forger);
  REQUIRE(prepared(fixture, falseTemplate("spin")));
  CHECK(processesBecome(fixture, 0));
}

TEST_CASE("forged template: one that fails often is not made again") {
  HostFixture fixture(Guest::Forger);
  const auto package = falseTemplate("noise");
  for (int i = 0; i < 3; ++i) {
    (void)prepared(fixture, package);
    CHECK(processesBecome(fixture, 0));
  }
  CHECK_FALSE(prepared(fixture, package));
  CHECK(fixture.guestProcesses() == 0);
}

}  // namespace kiosk::test
