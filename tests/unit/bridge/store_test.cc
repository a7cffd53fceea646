// Goal: what the store acknowledged is in the database, what it refused left no trace, and the loop
// never waits for it. Method: a real SQLite file in a folder of the test's own, a loop that runs by
// hand, disks that are full because the file may not grow.

#include "bridge/store/store.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "bridge/store/schema.h"
#include "tests/unit/bridge/service_fixture.h"
#include "tests/unit/support/vectors.h"

namespace kiosk::bridge {
namespace {

using test::codeOf;
using test::HandLoop;
using test::TempFolder;

StoreOptions at(const TempFolder& folder) {
  return {.path = (folder.path() / "kiosk.db").string()};
}

std::unique_ptr<Store> openStoreWith(StoreOptions options) {
  auto store = Store::open(std::move(options));
  REQUIRE(store);
  return std::move(*store);
}

Result<void> insertChat(soci::session& sql, const std::string& id, const std::string& title) {
  sql << "INSERT INTO chats (id, title) VALUES (:id, :title)", soci::use(id, "id"),
      soci::use(title, "title");
  return {};
}

Result<std::int64_t> countChats(soci::session& sql) {
  long long count = 0;
  sql << "SELECT COUNT(*) FROM chats", soci::into(count);
  return std::int64_t{count};
}

std::int64_t chats(Store& store) {
  auto count = store.runNow<std::int64_t>("test.count", countChats);
  REQUIRE(count);
  return *count;
}

TEST_CASE(
    "store: a job sees what the jobs before it wrote, and answers come in order on the loop") {
  TempFolder folder;
  HandLoop loop;
  auto store = openStoreWith(at(folder));
  store->attached(loop);
  std::vector<std::int64_t> seen;
  const auto loopThread = std::this_thread::get_id();
  for (int i = 0; i < 300; ++i) {
    store->run<void>(
        "test.insert", [i](soci::session& sql) { return insertChat(sql, std::to_string(i), "t"); },
        [](Result<void> inserted) { CHECK(inserted.has_value()); });
    store->run<std::int64_t>("test.count", countChats, [&](Result<std::int64_t> count) {
      CHECK(std::this_thread::get_id() == loopThread);
      seen.push_back(*count);
    });
  }
  loop.runUntil([&] { return seen.size() == 300; });
  for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i] == static_cast<std::int64_t>(i) + 1);
}

TEST_CASE("store: a job that answers an error, or throws, leaves no trace and harms no neighbour") {
  TempFolder folder;
  HandLoop loop;
  auto store = openStoreWith(at(folder));
  int finished = 0;
  const auto count = [&](Result<void>) { ++finished; };
  std::optional<ErrorCode> refused, thrown, foreign;
  store->run<void>(
      "a", [](soci::session& sql) { return insertChat(sql, "a", "kept"); }, count);
  store->run<void>(
      "b",
      [](soci::session& sql) -> Result<void> {
        (void)insertChat(sql, "b", "lost");
        return Error{ErrorCode::QuotaExceeded, "no"};
      },
      [&](Result<void> r) { refused = codeOf(r), ++finished; });
  store->run<void>(
      "c", [](soci::session& sql) { return insertChat(sql, "a", "doubled"); },
      [&](Result<void> r) { thrown = codeOf(r), ++finished; });
  store->run<void>(
      "d",
      [](soci::session& sql) -> Result<void> {
        (void)insertChat(sql, "d", "lost");
        throw std::logic_error("a bug");
      },
      [&](Result<void> r) { foreign = codeOf(r), ++finished; });
  store->run<void>(
      "e", [](soci::session& sql) { return insertChat(sql, "e", "kept"); }, count);
  store->attached(loop);
  loop.runUntil([&] { return finished == 5; });
  CHECK(refused == ErrorCode::QuotaExceeded);
  CHECK(thrown == ErrorCode::HostError);
  CHECK(foreign == ErrorCode::Internal);
  CHECK(chats(*store) == 2);
}

TEST_CASE("store: answers that are ready before the loop is known wait for it") {
  TempFolder folder;
  HandLoop loop;
  auto store = openStoreWith(at(folder));
  bool answered = false;
  store->run<std::int64_t>("test.count", countChats,
                           [&](Result<std::int64_t>) { answered = true; });
  CHECK(chats(*store) == 0);  // the first job has been delivered by now
  CHECK(!answered);
  store->attached(loop);
  loop.runUntil([&] { return answered; });
}

TEST_CASE("store: one job more than the queue holds is refused with busy, the others are done") {
  TempFolder folder;
  HandLoop loop;
  StoreOptions options = at(folder);
  options.queueJobsMax = 4;
  auto store = openStoreWith(options);
  store->attached(loop);
  std::promise<void> started, release;
  auto released = release.get_future().share();
  store->run<void>(
      "test.block",
      [&started, released](soci::session&) -> Result<void> {
        started.set_value();
        released.wait();
        return {};
      },
      [](Result<void>) {});
  started.get_future().wait();
  int done = 0, busy = 0;
  for (int i = 0; i < 6; ++i) {
    store->run<void>(
        "test.insert", [i](soci::session& sql) { return insertChat(sql, std::to_string(i), "t"); },
        [&](Result<void> r) { codeOf(r) == ErrorCode::Busy ? ++busy : ++done; });
  }
  release.set_value();
  loop.runUntil([&] { return done + busy == 6; });
  CHECK(done == 4);
  CHECK(busy == 2);
}

TEST_CASE("store: destroying it commits what is queued and runs no answer any more") {
  TempFolder folder;
  HandLoop loop;
  bool answered = false;
  {
    auto store = openStoreWith(at(folder));
    store->attached(loop);
    for (int i = 0; i < 100; ++i) {
      store->run<void>(
          "test.insert",
          [i](soci::session& sql) { return insertChat(sql, std::to_string(i), "t"); },
          [&](Result<void>) { answered = true; });
    }
  }
  bool drained = false;
  loop.post([&] { drained = true; });
  loop.runUntil([&] { return drained; });
  CHECK(!answered);
  auto store = openStoreWith(at(folder));
  CHECK(chats(*store) == 100);
}

TEST_CASE(
    "store: on a full disk the job that does not fit says storage_full, the others are kept") {
  TempFolder folder;
  auto roomy = openStoreWith(at(folder));
  auto pages = roomy->runNow<std::int64_t>("test.pages", [](soci::session& sql) {
    long long count = 0;
    sql << "PRAGMA page_count", soci::into(count);
    return Result<std::int64_t>(count);
  });
  roomy.reset();
  StoreOptions options = at(folder);
  options.pagesMax = *pages + 20;  // 80 KiB
  HandLoop loop;
  auto store = openStoreWith(options);
  int kept = 0, full = 0, other = 0;
  const std::string small(100, 's'), large(1 << 20, 'l');
  for (int i = 0; i < 21; ++i) {
    const std::string title = i % 10 == 5 ? large : small;
    store->run<void>(
        "test.insert",
        [i, title](soci::session& sql) { return insertChat(sql, std::to_string(i), title); },
        [&](Result<void> r) {
          const auto code = codeOf(r);
          !code ? ++kept : code == ErrorCode::StorageFull ? ++full : ++other;
        });
  }
  store->attached(loop);
  loop.runUntil([&] { return kept + full + other == 21; });
  CHECK(kept == 19);
  CHECK(full == 2);
  CHECK(other == 0);
  CHECK(chats(*store) == 19);
}

TEST_CASE("store: the database is private, in WAL mode, durable and with foreign keys") {
  TempFolder folder;
  auto store = openStoreWith(at(folder));
  struct stat status {};
  REQUIRE(::stat((folder.path() / "kiosk.db").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  auto settings = store->runNow<std::string>("test.pragmas", [](soci::session& sql) {
    std::string mode;
    int synchronous = 0, foreignKeys = 0;
    sql << "PRAGMA journal_mode", soci::into(mode);
    sql << "PRAGMA synchronous", soci::into(synchronous);
    sql << "PRAGMA foreign_keys", soci::into(foreignKeys);
    return Result<std::string>(mode + " " + std::to_string(synchronous) + " " +
                               std::to_string(foreignKeys));
  });
  CHECK(*settings == "wal 2 1");
}

TEST_CASE("store: a failing statement is logged without the values that it was given") {
  TempFolder folder;
  auto store = openStoreWith(at(folder));
  const std::string log = (folder.path() / "log").string();
  const int saved = ::dup(2);
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  ::dup2(file, 2);
  for (int twice = 0; twice < 2; ++twice) {
    (void)store->runNow<void>("test.insert", [](soci::session& sql) {
      return insertChat(sql, "the-id", "a secret of the user");
    });
  }
  ::dup2(saved, 2);
  ::close(saved);
  ::close(file);
  const std::string text = test::readWhole(log);
  CHECK(text.find("test.insert") != std::string::npos);
  CHECK(text.find("secret") == std::string::npos);
  CHECK(text.find("the-id") == std::string::npos);
}

TEST_CASE("store: a file that is no database is refused with words, not with a crash") {
  TempFolder folder;
  folder.write("kiosk.db", std::string(8192, 'x'));
  auto store = Store::open(at(folder));
  REQUIRE(!store);
  CHECK(store.error().code == ErrorCode::HostError);
  CHECK(store.error().message.find("damaged") != std::string::npos);
}

TEST_CASE("store: migrating again changes nothing, and a newer database is refused") {
  TempFolder folder;
  const int newest = static_cast<int>(migrations().size());
  for (int start = 0; start < 3; ++start) {
    auto store = openStoreWith(at(folder));
    auto version = store->runNow<int>(
        "test.version", [](soci::session& sql) { return Result<int>(schemaVersion(sql)); });
    CHECK(*version == newest);
  }
  {
    auto store = openStoreWith(at(folder));
    auto raised = store->runNow<void>("test.raise", [newest](soci::session& sql) -> Result<void> {
      sql << "INSERT INTO schema_version (version, name) VALUES (" << newest + 1 << ", 'later')";
      return {};
    });
    CHECK(raised.has_value());
  }
  CHECK(codeOf(Store::open(at(folder))) == ErrorCode::HostError);
}

TEST_CASE("store: a database at any older version is brought up to date") {
  const std::size_t newest = migrations().size();
  for (std::size_t version = 0; version < newest; ++version) {
    TempFolder folder;
    {
      auto store = openStoreWith(at(folder));
      auto emptied = store->runNow<void>("test.rewind", [](soci::session& sql) -> Result<void> {
        std::vector<std::string> tables;
        soci::rowset<std::string> rows =
            (sql.prepare << "SELECT name FROM sqlite_master WHERE type = 'table'");
        tables.assign(rows.begin(), rows.end());
        sql << "PRAGMA defer_foreign_keys=ON";
        for (const auto& table : tables) sql << "DROP TABLE " + table;
        return {};
      });
      REQUIRE(emptied.has_value());
      auto rebuilt =
          store->runNow<void>("test.older", [version](soci::session& sql) -> Result<void> {
            (void)schemaVersion(sql);
            for (std::size_t step = 0; step < version; ++step) {
              for (const std::string& statement : migrations()[step].statements) sql << statement;
              sql << "INSERT INTO schema_version (version, name) VALUES (" << step + 1 << ", 'x')";
            }
            return {};
          });
      REQUIRE(rebuilt.has_value());
    }
    auto store = openStoreWith(at(folder));
    CHECK(chats(*store) == 0);
    auto now = store->runNow<int>(
        "test.version", [](soci::session& sql) { return Result<int>(schemaVersion(sql)); });
    CHECK(*now == static_cast<int>(newest));
  }
}

TEST_CASE("store: many threads may ask at once, and each job runs once") {
  TempFolder folder;
  HandLoop loop;
  auto store = openStoreWith(at(folder));
  store->attached(loop);
  int answered = 0;  // counted on the loop
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&store, &answered, t] {
      for (int i = 0; i < 100; ++i) {
        store->run<void>(
            "test.insert",
            [t, i](soci::session& sql) {
              return insertChat(sql, std::to_string(t) + "/" + std::to_string(i), "t");
            },
            [&answered](Result<void> r) { answered += r.has_value() ? 1 : 0; });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  loop.runUntil([&] { return answered == 400; });
  CHECK(chats(*store) == 400);
}

}  // namespace
}  // namespace kiosk::bridge
