// Goal: a host installs, opens, updates and removes apps without holding up its loop, and sessions
// that run are not touched by any of it. Method: signed packages, a registry on disk, real guests.

#include <doctest/doctest.h>

#include "tests/unit/package/sample_package.h"
#include "tests/unit/runtime/host_fixture.h"

namespace kiosk::test {
namespace {

struct Bench {
  Bench() {
    HostConfig config;
    config.dataDir = (folder.path() / "data").string();
    config.trust.add(key.publicKey());
    fixture.emplace(Guest::Kiosk, config);
  }
  /// A signed package that says its version and stays.
  std::string package(int code) {
    auto files = sampleFiles();
    auto manifest = sampleManifest();
    manifest["version"] = {{"name", "1." + std::to_string(code)}, {"code", code}};
    files["manifest.json"] = manifest.dump();
    files["app.js"] = "console.log('version " + std::to_string(code) +
                      "'); setInterval(() => {}, 1000); kiosk.on('x', () => console.log('alive'));";
    const std::string name = std::to_string(code) + ".ma";
    folder.write(name, signedPackage(files, key));
    return (folder.path() / name).string();
  }
  /// What an asynchronous call of the host answers; it must not answer from within.
  template <class T, class Start>
  Result<T> wait(Start start) {
    std::optional<Result<T>> outcome;
    start([&outcome](Result<T> given) { outcome.emplace(std::move(given)); });
    CHECK_FALSE(outcome.has_value());
    REQUIRE(fixture->until([&] { return outcome.has_value(); }));
    return std::move(*outcome);
  }
  Host& host() { return *fixture->host; }
  Result<InstallReport> install(int code) {
    return wait<InstallReport>([&](auto done) { host().install(package(code), {}, done); });
  }
  Result<std::unique_ptr<Session>> open(Watcher& watcher) {
    OpenOptions options;
    options.user = UserId("anna");
    return wait<std::unique_ptr<Session>>(
        [&](auto done) { host().open(id, options, watcher, done); });
  }

  TempFolder folder;
  Ed25519Key key = keyOf(1);
  AppId id{"ru.post.parcel"};
  std::optional<HostFixture> fixture;
};

}  // namespace

TEST_CASE("installed apps: installed, opened by id, updated while one runs, gone back, removed") {
  Bench bench;
  CHECK(bench.install(1)->outcome == InstallOutcome::Installed);
  Watcher old, fresh, back;
  const auto first = bench.open(old);
  REQUIRE(first);
  REQUIRE(bench.fixture->until([&] { return !old.logs.empty(); }));
  CHECK(old.logs[0] == "version 1");
  CHECK(bench.install(2)->outcome == InstallOutcome::Updated);
  const auto second = bench.open(fresh);
  REQUIRE(bench.fixture->until([&] { return !fresh.logs.empty(); }));
  CHECK(fresh.logs[0] == "version 2");
  (*first)->sendEvent("x", nlohmann::json::object());
  REQUIRE(bench.fixture->until([&] { return old.logs.size() == 2; }));
  CHECK(bench.wait<InstalledApp>([&](auto done) { bench.host().rollback(bench.id, done); })
            ->activeCode == 1);
  const auto third = bench.open(back);
  REQUIRE(bench.fixture->until([&] { return !back.logs.empty(); }));
  CHECK(back.logs[0] == "version 1");
  CHECK(bench.wait<InstalledApp>([&](auto done) { bench.host().pin(bench.id, 2, done); })->pinned);
  CHECK_FALSE(
      bench.wait<InstalledApp>([&](auto done) { bench.host().unpin(bench.id, done); })->pinned);
  CHECK(bench.wait<InstalledApp>([&](auto done) { bench.host().approve(bench.id, done); })
            .error()
            .code == ErrorCode::NotFound);
  CHECK(
      bench.wait<std::vector<InstalledApp>>([&](auto done) { bench.host().list(done); })->size() ==
      1);
  CHECK(bench.wait<void>([&](auto done) { bench.host().uninstall(bench.id, done); }).has_value());
  Watcher none;
  CHECK(bench.open(none).error().code == ErrorCode::NotFound);
  CHECK((*first)->running());
  CHECK((*second)->running());
}

TEST_CASE("installed apps: the loop turns while a package is verified, and answers come in order") {
  Bench bench;
  std::vector<int> order;
  int turns = 0;
  for (int code = 1; code <= 5; ++code) {
    bench.host().install(bench.package(code), {}, [&order, code](const auto& report) {
      CHECK(report.has_value());
      order.push_back(code);
    });
  }
  bench.host().after(std::chrono::milliseconds(0), [&] { turns = static_cast<int>(order.size()); });
  REQUIRE(bench.fixture->until([&] { return order.size() == 5; }));
  CHECK(order == std::vector<int>{1, 2, 3, 4, 5});
  CHECK(turns < 5);
}

TEST_CASE("installed apps: a host without a data folder says so; one that goes drops what waits") {
  {
    HostFixture fixture(Guest::Kiosk);
    std::optional<ErrorCode> code;
    fixture.host->list([&](const auto& apps) { code = apps.error().code; });
    REQUIRE(fixture.until([&] { return code.has_value(); }));
    CHECK(*code == ErrorCode::Unsupported);
  }
  bool answered = false;
  {
    Bench bench;
    for (int i = 0; i < 20; ++i) bench.host().list([&](const auto&) { answered = true; });
  }
  CHECK_FALSE(answered);
}

}  // namespace kiosk::test
