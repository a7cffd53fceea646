// Goal: a disk without room and a damaged database give clear errors, never a crash, and lose
// nothing that was acknowledged. Method: a small tmpfs and a limit on file sizes under a real
// store; bytes of its file overwritten in many places.

#include <doctest/doctest.h>

#include <fstream>

#include "bridge/sql_providers.h"
#include "bridge/storage/storage.h"
#include "bridge/store/store.h"
#include "tests/unit/bridge/disk_fixture.h"
#include "tests/unit/bridge/service_fixture.h"
#include "tests/unit/support/vectors.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::codeOf;

struct LocalBench {
  explicit LocalBench(const std::string& dir) : store(*Store::open({.path = dir + "/kiosk.db"})) {
    store->attached(loop);
  }
  std::optional<ErrorCode> set(int number) {
    return codeOf(
        caller.call("storage.local.set", session,
                    {{"key", std::to_string(number)}, {"value", std::string(2000, 'v') + "!"}}));
  }
  Result<json> get(int number) {
    return caller.call("storage.local.get", session, {{"key", std::to_string(number)}});
  }

  test::HandLoop loop;
  std::unique_ptr<Store> store;
  std::unique_ptr<KeyValueStorage> local = sqlStorage(*store);
  StorageService service{*local, *local};
  test::ServiceCaller caller{service, loop};
  SessionInfo session = test::makeSession(test::makePackage("ru.post.parcel"), "anna");
};

/// Writes until there is no room, makes some, writes on; reads all back after a restart.
void fillStoreAndGoOn(const std::string& dir, const std::function<void()>& makeRoom,
                      std::initializer_list<ErrorCode> expected) {
  int kept = 0;
  {
    LocalBench bench(dir);
    std::optional<ErrorCode> full;
    while (!full) {
      REQUIRE(kept < 2000);
      full = bench.set(kept);
      if (!full) ++kept;
    }
    CHECK(std::find(expected.begin(), expected.end(), *full) != expected.end());
    REQUIRE(kept > 3);
    // Reading goes on, and what did not fit left no trace.
    for (int i = 0; i < kept; ++i) CHECK((*bench.get(i))["found"] == true);
    CHECK((*bench.get(kept))["found"] == false);
    makeRoom();
    CHECK(!bench.set(kept));
  }
  LocalBench bench(dir);
  for (int i = 0; i <= kept; ++i) CHECK((*bench.get(i))["value"] == std::string(2000, 'v') + "!");
}

}  // namespace

TEST_CASE("storage: on a full file system the call says storage_full and nothing is lost") {
  test::SmallDisk disk("1m");
  if (!disk.mounted()) {
    MESSAGE("not run: this process may not mount a tmpfs");
    return;
  }
  const auto ballast = disk.path() + "/ballast";
  std::ofstream(ballast) << std::string(256 << 10, 'x');
  fillStoreAndGoOn(disk.path(), [&] { std::filesystem::remove(ballast); },
                   {ErrorCode::StorageFull});
}

TEST_CASE("storage: files that may not grow any more refuse the call and lose nothing") {
  test::TempFolder folder;
  std::optional<test::FileSizeLimit> limit;
  LocalBench(folder.path().string()).set(0);
  limit.emplace(300'000);
  fillStoreAndGoOn(folder.path().string(), [&] { limit.reset(); },
                   {ErrorCode::StorageFull, ErrorCode::HostError});
}

TEST_CASE("storage: a damaged database answers host_error with words, and never another's value") {
  test::TempFolder pristine;
  {
    LocalBench bench(pristine.path().string());
    for (int i = 0; i < 60; ++i) REQUIRE(!bench.set(i));
  }
  const auto good = test::readWhole((pristine.path() / "kiosk.db").string());
  int refused = 0, unharmed = 0;
  for (std::size_t at = 0; at < good.size(); at += good.size() / 41) {
    CAPTURE(at);
    test::TempFolder folder;
    auto bad = good;
    for (std::size_t i = at; i < std::min(at + 48, bad.size()); ++i) bad[i] = '\xee';
    folder.write("kiosk.db", bad);
    auto opened = Store::open({.path = (folder.path() / "kiosk.db").string()});
    if (!opened) {
      CHECK(opened.error().code == ErrorCode::HostError);
      CHECK(opened.error().message.find("store") != std::string::npos);
      ++refused;
      continue;
    }
    opened->reset();
    LocalBench bench(folder.path().string());
    for (int i = 0; i < 60; i += 7) {
      const auto got = bench.get(i);
      if (got && (*got)["value"] == std::string(2000, 'v') + "!") {
        ++unharmed;
      } else if (!got) {
        CHECK(got.error().code == ErrorCode::HostError);
        ++refused;
      }
    }
  }
  CHECK(refused > 0);
  CHECK(unharmed > 100);
}

}  // namespace kiosk::bridge
