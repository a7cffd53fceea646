// Goal: what is installed is what was signed, updates cannot sneak in rights, go back or change
// hands, and a crash at any moment leaves each app as it was or as it was to be. Method: a registry
// on a real disk, with files damaged, left over and cut between its steps.

#include <doctest/doctest.h>
#include <kiosk/apps.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "tests/unit/package/sample_package.h"

namespace kiosk::test {
namespace {

namespace fs = std::filesystem;

struct Bench {
  Bench() { reopen(); }
  void reopen() {
    registry.reset();
    auto opened = AppRegistry::open(root(), trust(), clock);
    REQUIRE(opened.has_value());
    registry = *std::move(opened);
  }
  TrustStore trust() const {
    TrustStore store;
    store.add(key.publicKey());
    store.add(other.publicKey());
    return store;
  }
  std::string root() const { return (folder.path() / "apps-root").string(); }

  /// The path of a signed package of version `code` that declares `permissions`.
  std::string package(std::int64_t code, std::vector<std::string> permissions = {"identity.basic"},
                      const Ed25519Key* by = nullptr, const std::string& text = "") {
    auto files = sampleFiles();
    auto manifest = sampleManifest();
    manifest["version"] = {{"name", "1." + std::to_string(code)}, {"code", code}};
    manifest["req_permissions"] = nlohmann::json::array();
    for (const auto& name : permissions) {
      manifest["req_permissions"].push_back(
          {{"name", name}, {"reason", "To greet you"}, {"purpose", "delivery"}});
    }
    files["manifest.json"] = manifest.dump();
    files["app.js"] = "export const version = " + std::to_string(code) + ";" + text;
    const std::string name = "p" + std::to_string(++made) + ".ma";
    folder.write(name, signedPackage(files, by != nullptr ? *by : key));
    return (folder.path() / name).string();
  }
  ErrorCode refusal(const std::string& path, const InstallOptions& options = {}) {
    auto report = registry->install(path, options);
    return report ? ErrorCode::Internal : report.error().code;
  }
  std::size_t packagesOnDisk() const {
    const fs::directory_iterator files(fs::path(root()) / "packages");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }
  std::int64_t active() { return registry->find(id)->activeCode; }

  TempFolder folder;
  FixedClock clock;
  Ed25519Key key = keyOf(1), other = keyOf(2);
  AppId id{"ru.post.parcel"};
  int made = 0;
  std::unique_ptr<AppRegistry> registry;
};

}  // namespace

TEST_CASE("apps: what was installed is listed and loaded, also after a restart") {
  Bench bench;
  CHECK(bench.registry->list()->empty());
  const auto report = bench.registry->install(bench.package(3));
  REQUIRE(report);
  CHECK(report->outcome == InstallOutcome::Installed);
  CHECK(report->newRights == std::vector<std::string>{"permission identity.basic"});
  bench.reopen();
  const auto apps = *bench.registry->list();
  REQUIRE(apps.size() == 1);
  CHECK(apps[0].id == bench.id);
  CHECK(apps[0].activeCode == 3);
  CHECK(apps[0].name == "Parcel");
  const auto loaded = bench.registry->load(bench.id);
  REQUIRE(loaded);
  CHECK((*loaded)->payloadHash == report->version.payloadHash);
  CHECK((*loaded)->provenance == Provenance::Signed);
}

TEST_CASE("apps: an update that asks for no more runs at once, one that does waits for approval") {
  Bench bench;
  REQUIRE(bench.registry->install(bench.package(1)));
  CHECK(bench.registry->install(bench.package(2))->outcome == InstallOutcome::Updated);
  CHECK(bench.active() == 2);
  const auto greedy =
      bench.registry->install(bench.package(3, {"identity.basic", "identity.phone"}));
  REQUIRE(greedy);
  CHECK(greedy->outcome == InstallOutcome::Waiting);
  CHECK(greedy->newRights == std::vector<std::string>{"permission identity.phone"});
  CHECK(bench.active() == 2);
  CHECK(bench.registry->find(bench.id)->waitingCode == 3);
  CHECK((*bench.registry->load(bench.id))->manifest.versionCode == 2);
  CHECK(bench.registry->approve(bench.id)->activeCode == 3);
  CHECK(bench.registry->approve(bench.id).error().code == ErrorCode::NotFound);
  CHECK((*bench.registry->load(bench.id))->manifest.versionCode == 3);
  const auto accepted = bench.registry->install(
      bench.package(4, {"identity.basic", "identity.phone", "messages.write"}),
      {.newRights = NewRights::Accept});
  CHECK(accepted->outcome == InstallOutcome::Updated);
}

TEST_CASE("apps: nothing goes back, is replaced under its code, or changes hands") {
  Bench bench;
  const auto second = bench.package(2);
  REQUIRE(bench.registry->install(second));
  CHECK(bench.registry->install(second)->outcome == InstallOutcome::Unchanged);
  CHECK(bench.refusal(bench.package(1)) == ErrorCode::PackageDowngrade);
  CHECK(bench.refusal(bench.package(2, {"identity.basic"}, nullptr, "//other")) ==
        ErrorCode::PackageDowngrade);
  CHECK(bench.refusal(bench.package(3, {"identity.basic"}, &bench.other)) ==
        ErrorCode::PackageUntrusted);
  const auto stranger = keyOf(9);
  CHECK(bench.refusal(bench.package(3, {"identity.basic"}, &stranger)) ==
        ErrorCode::PackageUntrusted);
  CHECK(bench.refusal(bench.folder.path().string()) == ErrorCode::PackageUntrusted);
  CHECK(bench.refusal("/nonexistent.ma") == ErrorCode::NotFound);
  CHECK(bench.active() == 2);
  REQUIRE(bench.registry->install(bench.package(3)));
  REQUIRE(bench.registry->rollback(bench.id));
  CHECK(bench.refusal(second) == ErrorCode::PackageDowngrade);
}

TEST_CASE("apps: rollback needs no download, and the bad version does not come back by itself") {
  Bench bench;
  const auto third = bench.package(3);
  REQUIRE(bench.registry->install(bench.package(1)));
  REQUIRE(bench.registry->install(third));
  CHECK(bench.registry->rollback(bench.id)->activeCode == 1);
  CHECK(bench.registry->rollback(bench.id).error().code == ErrorCode::NotFound);
  bench.reopen();
  CHECK(bench.active() == 1);
  CHECK((*bench.registry->load(bench.id))->manifest.versionCode == 1);
  CHECK(bench.registry->install(third)->outcome == InstallOutcome::Updated);
  CHECK(bench.active() == 3);
}

TEST_CASE("apps: a pin holds against updates until it is taken out") {
  Bench bench;
  REQUIRE(bench.registry->install(bench.package(1)));
  CHECK(bench.registry->pin(bench.id, 7).error().code == ErrorCode::NotFound);
  CHECK(bench.registry->pin(bench.id, 1)->pinned);
  CHECK(bench.registry->install(bench.package(2))->outcome == InstallOutcome::Waiting);
  CHECK(bench.active() == 1);
  CHECK(bench.registry->unpin(bench.id)->activeCode == 2);
  CHECK(bench.registry->pin(bench.id, 2)->pinned);
  REQUIRE(bench.registry->install(bench.package(3, {"identity.basic", "identity.phone"})));
  const auto unpinned = bench.registry->unpin(bench.id);
  CHECK(unpinned->activeCode == 2);
  CHECK(unpinned->waitingCode == 3);
}

TEST_CASE("apps: old versions go, their files too, and uninstalling leaves none") {
  Bench bench;
  for (int code = 1; code <= 7; ++code) REQUIRE(bench.registry->install(bench.package(code)));
  const auto app = bench.registry->find(bench.id);
  CHECK(app->versions.size() == kAppVersionsMax);
  CHECK(app->versions.front().versionCode == 7);
  CHECK(bench.packagesOnDisk() == kAppVersionsMax);
  CHECK(bench.registry->uninstall(bench.id).has_value());
  CHECK(bench.packagesOnDisk() == 0);
  CHECK(bench.registry->load(bench.id).error().code == ErrorCode::NotFound);
  CHECK(bench.registry->uninstall(bench.id).error().code == ErrorCode::NotFound);
  CHECK(bench.registry->install(bench.package(1))->outcome == InstallOutcome::Installed);
}

TEST_CASE("apps: a package that was changed on disk does not load") {
  Bench bench;
  REQUIRE(bench.registry->install(bench.package(1)));
  REQUIRE(bench.registry->install(bench.package(2)));
  bench.reopen();  // nothing is in memory
  for (const auto& file : fs::directory_iterator(fs::path(bench.root()) / "packages")) {
    std::fstream bytes(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(60);
    bytes.put('\x7f');
  }
  CHECK_FALSE(bench.registry->load(bench.id).has_value());
}

TEST_CASE("apps: a key that is trusted no more loads nothing, not even from memory") {
  Bench bench;
  REQUIRE(bench.registry->install(bench.package(1)));
  REQUIRE(bench.registry->load(bench.id));
  bench.registry->setTrust(TrustStore());
  CHECK(bench.registry->load(bench.id).error().code == ErrorCode::PackageUntrusted);
}

TEST_CASE("apps: names that are paths find nothing") {
  Bench bench;
  REQUIRE(bench.registry->install(bench.package(1)));
  bench.folder.write("apps-root/evil.json", "{}");
  for (const char* name : {"../evil", "", ".", "..", "ru/post", "ru.post.parcel.json/../x"}) {
    CHECK(bench.registry->find(AppId(name)).error().code == ErrorCode::NotFound);
    CHECK(bench.registry->uninstall(AppId(name)).error().code == ErrorCode::NotFound);
  }
  CHECK(fs::exists(fs::path(bench.root()) / "evil.json"));
}

TEST_CASE("apps: what a crash left over is removed, what a damaged record names is not") {
  Bench bench;
  REQUIRE(bench.registry->install(bench.package(1)));
  const std::string orphan = std::string(64, 'a') + ".ma";
  bench.folder.write("apps-root/packages/" + orphan, "half a package");
  bench.folder.write("apps-root/packages/" + orphan + ".part", "half");
  bench.folder.write("apps-root/apps/ru.post.parcel.json.part", "{");
  bench.reopen();
  CHECK(bench.packagesOnDisk() == 1);
  CHECK(bench.active() == 1);
  bench.folder.write("apps-root/apps/ru.post.parcel.json", "{\"format\":1");
  bench.folder.write("apps-root/packages/" + orphan, "half a package");
  bench.reopen();
  CHECK(bench.packagesOnDisk() == 2);
  CHECK(bench.registry->find(bench.id).error().code == ErrorCode::HostError);
  CHECK(bench.registry->list()->empty());
  CHECK(bench.registry->uninstall(bench.id).has_value());
}

TEST_CASE("apps: killed at any moment of an update, the app is as it was or as it was to be") {
  Bench bench;
  REQUIRE(bench.registry->install(bench.package(1)));
  for (int round = 0; round < 20; ++round) {
    const std::int64_t code = 2 + round;
    const auto before = bench.active();
    const auto update = bench.package(code);
    const pid_t child = fork();
    if (child == 0) {
      auto registry = AppRegistry::open(bench.root(), bench.trust());
      (void)(*registry)->install(update);
      _exit(0);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(150 * round));
    kill(child, SIGKILL);
    REQUIRE(waitpid(child, nullptr, 0) == child);
    bench.reopen();
    const auto now = bench.active();
    CHECK((now == before || now == code));
    REQUIRE(bench.registry->load(bench.id));
    CHECK((*bench.registry->load(bench.id))->manifest.versionCode == now);
    CHECK(bench.packagesOnDisk() == bench.registry->find(bench.id)->versions.size());
  }
}

TEST_CASE("apps: two processes that install at once lose neither's app") {
  Bench bench;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&bench, i] {
      auto registry = AppRegistry::open(bench.root(), bench.trust());
      auto files = sampleFiles();
      auto manifest = sampleManifest();
      for (int app = 0; app < 10; ++app) {
        manifest["app_id"] = "ru.post.app" + std::to_string(i) + std::to_string(app);
        files["manifest.json"] = manifest.dump();
        const std::string name = "t" + std::to_string(i) + std::to_string(app) + ".ma";
        bench.folder.write(name, signedPackage(files, bench.key));
        CHECK((*registry)->install((bench.folder.path() / name).string()).has_value());
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(bench.registry->list()->size() == 20);
  CHECK(bench.packagesOnDisk() == 20);
}

}  // namespace kiosk::test
