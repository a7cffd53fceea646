// Goal: a backup taken while the host writes is one moment of the store, is put back whole or not
// at all, and a damaged or newer one is refused. Method: real folders; damage at many bytes.

#include "bridge/store/backup.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "bridge/store/store.h"
#include "tests/unit/bridge/service_fixture.h"
#include "tests/unit/support/vectors.h"

namespace kiosk::bridge {
namespace {

using test::codeOf;

struct BackupBench {
  std::unique_ptr<Store> open(const std::string& dir) const {
    std::filesystem::create_directories(dir);
    return std::move(*Store::open({.path = dir + "/kiosk.db"}));
  }
  static void add(Store& store, const std::string& id) {
    REQUIRE(store
                .runNow<void>("test.add",
                              [&](soci::session& sql) -> Result<void> {
                                sql << "INSERT INTO chats (id, title) VALUES (:id, 't')",
                                    soci::use(id, "id");
                                return {};
                              })
                .has_value());
  }
  static long long count(Store& store) {
    return *store.runNow<long long>("test.count", [](soci::session& sql) -> Result<long long> {
      long long rows = 0;
      sql << "SELECT COUNT(*) FROM chats", soci::into(rows);
      return rows;
    });
  }
  std::string at(const std::string& name) const { return (folder.path() / name).string(); }

  test::TempFolder folder;
};

}  // namespace

TEST_CASE("backup: is one moment of a store that is being written, and comes back as it was") {
  BackupBench bench;
  auto store = bench.open(bench.at("data"));
  for (int i = 0; i < 50; ++i) BackupBench::add(*store, "before-" + std::to_string(i));
  bench.folder.write("data/keys/host.key", "the key\n");
  const auto made = backupStore(bench.at("data"), bench.at("saved"), BackupKeys::Leave, 1234);
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().message));
  CHECK(made->createdAtMs == 1234);
  for (int i = 0; i < 7; ++i) BackupBench::add(*store, "after-" + std::to_string(i));
  CHECK_FALSE(std::filesystem::exists(bench.at("saved/keys")));
  CHECK_FALSE(std::filesystem::exists(bench.at("saved.part")));
  struct stat info {};
  REQUIRE(::stat(bench.at("saved/kiosk.db").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);

  CHECK(codeOf(backupStore(bench.at("data"), bench.at("saved"), BackupKeys::Leave, 1)) ==
        ErrorCode::HostError);
  // Over a store only when told so, and never under a running host.
  CHECK(codeOf(restoreStore(bench.at("saved"), bench.at("data"), RestoreOver::Nothing)) ==
        ErrorCode::HostError);
  const auto running = restoreStore(bench.at("saved"), bench.at("data"), RestoreOver::Store);
  REQUIRE_FALSE(running.has_value());
  CHECK(running.error().message.find("stop it first") != std::string::npos);
  CHECK(BackupBench::count(*store) == 57);
  store.reset();
  const auto restored = restoreStore(bench.at("saved"), bench.at("data"), RestoreOver::Store);
  REQUIRE_MESSAGE(restored.has_value(), (restored ? "" : restored.error().message));
  store = bench.open(bench.at("data"));
  CHECK(BackupBench::count(*store) == 50);
  BackupBench::add(*store, "again");
  store.reset();
  // What stood there before is kept.
  std::filesystem::create_directories(bench.at("old"));
  std::filesystem::rename(bench.at("data/kiosk.db.before-restore"), bench.at("old/kiosk.db"));
  store = bench.open(bench.at("old"));
  CHECK(BackupBench::count(*store) == 57);
}

TEST_CASE("backup: with keys it starts an empty folder; keys that are there are not replaced") {
  BackupBench bench;
  bench.open(bench.at("data"));
  bench.folder.write("data/keys/host.key", "old");
  bench.folder.write("data/keys/retired/a.pub", "pub");
  REQUIRE(backupStore(bench.at("data"), bench.at("saved"), BackupKeys::Include, 1).has_value());
  bench.folder.write("fresh/keys/host.key", "present");
  const auto restored = restoreStore(bench.at("saved"), bench.at("fresh"), RestoreOver::Nothing);
  REQUIRE_MESSAGE(restored.has_value(), (restored ? "" : restored.error().message));
  CHECK(test::readWhole(bench.at("fresh/keys/host.key")) == "present");
  CHECK(test::readWhole(bench.at("fresh/keys/retired/a.pub")) == "pub");
  CHECK(BackupBench::count(*bench.open(bench.at("fresh"))) == 0);
}

TEST_CASE("backup: a damaged, cut, foreign or newer one is refused, and what is there stays") {
  BackupBench bench;
  {
    auto store = bench.open(bench.at("data"));
    BackupBench::add(*store, "kept");
  }
  REQUIRE(backupStore(bench.at("data"), bench.at("saved"), BackupKeys::Leave, 1).has_value());
  const auto good = test::readWhole(bench.at("saved/kiosk.db"));
  const auto refused = [&] {
    const auto restored = restoreStore(bench.at("saved"), bench.at("data"), RestoreOver::Store);
    const bool stays = BackupBench::count(*bench.open(bench.at("data"))) == 1;
    const bool clean = !std::filesystem::exists(bench.at("data/kiosk.db.restoring"));
    return !restored && stays && clean;
  };
  for (std::size_t at = 0; at < good.size(); at += good.size() / 7) {
    CAPTURE(at);
    auto bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    bench.folder.write("saved/kiosk.db", bad);
    CHECK(refused());
  }
  bench.folder.write("saved/kiosk.db", good.substr(0, good.size() / 2));
  CHECK(refused());
  bench.folder.write("saved/kiosk.db", good);
  bench.folder.write("saved/backup.json", "{\"sha256\":1}");
  CHECK(refused());
  CHECK(codeOf(restoreStore(bench.at("nowhere"), bench.at("data"), RestoreOver::Store)) ==
        ErrorCode::NotFound);
  CHECK(codeOf(backupStore(bench.at("nowhere"), bench.at("x"), BackupKeys::Leave, 1)) ==
        ErrorCode::NotFound);
}

}  // namespace kiosk::bridge
