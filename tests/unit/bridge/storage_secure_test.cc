// Goal: storage.secure keeps what was set for one user of one app, and neither the database's file
// nor another owner's key tells any of it. Method: the service over a real store; the raw bytes of
// the files; rows moved, altered and sealed under lost keys.

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "bridge/sql_providers.h"
#include "bridge/storage/secure_sql.h"
#include "bridge/storage/storage.h"
#include "tests/unit/bridge/service_fixture.h"
#include "tests/unit/support/vectors.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::codeOf;
using test::makePackage;
using test::makeSession;

constexpr const char* kCanary = "canary-7f3a91";

struct SecureBench {
  SecureBench() {
    KIOSK_CHECK(StorageKeys::make(keyPath, systemRandom()).has_value(), "a test's key is made");
    start();
  }
  void start() {
    caller.reset();
    service.reset();
    secure.reset();
    local.reset();
    store.reset();
    store = std::move(*Store::open({.path = path}));
    store->attached(loop);
    local = sqlStorage(*store);
    secure = sqlSecureStorage(*store, source ? source : keysOfFile(keyPath), systemRandom());
    service = std::make_unique<StorageService>(*local, *secure);
    caller = std::make_unique<test::ServiceCaller>(*service, loop);
  }
  Result<json> call(const std::string& method, json params = json::object()) {
    return callAs(session, method, std::move(params));
  }
  Result<json> callAs(const SessionInfo& who, const std::string& method, json params) {
    return caller->call("storage.secure." + method, who, std::move(params));
  }
  std::optional<ErrorCode> set(const std::string& key, json value) {
    return codeOf(call("set", {{"key", key}, {"value", std::move(value)}}));
  }
  Result<json> get(const std::string& key) { return call("get", {{"key", key}}); }
  void run(const std::string& statement) {
    REQUIRE(store
                ->runNow<void>("test.sql",
                               [&](soci::session& sql) -> Result<void> {
                                 sql << statement;
                                 return {};
                               })
                .has_value());
  }
  bool filesHold(const std::string& text) const {
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
      if (test::readWhole(entry.path().string()).find(text) != std::string::npos) return true;
    }
    return false;
  }

  test::TempFolder folder;
  std::string path = (folder.path() / "kiosk.db").string();
  std::string keyPath = (folder.path() / "storage.key").string();
  StorageKeysSource source;
  test::HandLoop loop;
  std::unique_ptr<Store> store;
  std::unique_ptr<KeyValueStorage> local, secure;
  std::unique_ptr<StorageService> service;
  std::unique_ptr<test::ServiceCaller> caller;
  std::shared_ptr<Package> package = makePackage("ru.post.parcel");
  SessionInfo session = makeSession(package, "anna");
};

}  // namespace

TEST_CASE("storage.secure: values come back, also after a restart, and no byte of them shows") {
  SecureBench bench;
  REQUIRE(!bench.set(kCanary, {{"pin", kCanary}}));
  REQUIRE(bench.caller->call("storage.local.set", bench.session,
                             {{"key", "plain"}, {"value", "visible-1f"}}));
  bench.start();
  CHECK((*bench.get(kCanary))["value"] == json{{"pin", kCanary}});
  CHECK((*bench.call("keys"))["keys"] == json{kCanary});
  CHECK_FALSE(bench.filesHold(kCanary));
  CHECK(bench.filesHold("visible-1f"));  // the search finds what is there
  struct stat info {};
  REQUIRE(::stat(bench.keyPath.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("storage.secure: is apart from storage.local, other users and other apps") {
  SecureBench bench;
  REQUIRE(!bench.set("k", "anna's"));
  CHECK((*bench.caller->call("storage.local.get", bench.session, {{"key", "k"}}))["found"] ==
        false);
  for (const auto& who :
       {makeSession(bench.package, "boris"), makeSession(makePackage("ru.other"), "anna")}) {
    CHECK((*bench.callAs(who, "get", {{"key", "k"}}))["found"] == false);
    CHECK((*bench.callAs(who, "clear", json::object()))["removed"] == 0);
    REQUIRE(bench.callAs(who, "set", {{"key", "k"}, {"value", "theirs"}}));
  }
  CHECK((*bench.get("k"))["value"] == "anna's");
}

TEST_CASE(
    "storage.secure: a sealed row that was altered, or moved to another key or owner, fails") {
  SecureBench bench;
  const auto boris = makeSession(bench.package, "boris");
  REQUIRE(!bench.set("a", 1));
  REQUIRE(!bench.set("b", 2));
  REQUIRE(bench.callAs(boris, "set", {{"key", "a"}, {"value", 3}}));
  const auto damaged = [&](const std::string& statement) {
    bench.run(statement);
    return codeOf(bench.get("a")) == ErrorCode::HostError ||
           codeOf(bench.get("b")) == ErrorCode::HostError;
  };
  CHECK(bench.get("a").has_value());
  // the text of the one under the name of the other
  CHECK(
      damaged("UPDATE secure_items SET sealed = (SELECT MIN(sealed) FROM secure_items AS o WHERE"
              " o.user_id = 'anna') WHERE user_id = 'anna'"));
  REQUIRE(bench.call("clear").has_value());
  REQUIRE(!bench.set("a", 1));
  // one character of the text
  CHECK(
      damaged("UPDATE secure_items SET sealed = substr(sealed, 1, 20) ||"
              " CASE substr(sealed, 21, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(sealed, 22)"
              " WHERE user_id = 'anna'"));
  // boris's key in the place of anna's
  REQUIRE(bench.call("clear").has_value());
  REQUIRE(!bench.set("a", 1));
  CHECK(
      damaged("UPDATE secure_owners SET wrapped_key = (SELECT wrapped_key FROM secure_owners AS o"
              " WHERE o.user_id = 'boris') WHERE user_id = 'anna'"));
  CHECK((*bench.callAs(boris, "get", {{"key", "a"}}))["value"] == 3);
  // What cannot be read can be given up, and then works again.
  CHECK(bench.call("clear").has_value());
  CHECK(!bench.set("a", 4));
  CHECK((*bench.get("a"))["value"] == 4);
}

TEST_CASE("storage.secure: the manifest's number of keys and 4096 bytes a value hold") {
  SecureBench bench;
  bench.package->manifest.storageSecureKeys = 2;
  CHECK(!bench.set("a", std::string(kSecureValueBytesMax - 2, 'v')));
  CHECK(bench.set("a", std::string(kSecureValueBytesMax - 1, 'v')) == ErrorCode::PayloadTooLarge);
  CHECK(!bench.set("b", 1));
  CHECK(bench.set("c", 1) == ErrorCode::QuotaExceeded);
  CHECK((*bench.call("info"))["keys"] == 2);
  CHECK((*bench.call("info"))["keysMax"] == 2);
  CHECK((*bench.call("info"))["usedBytes"] == 1 + kSecureValueBytesMax + 2);
  CHECK((*bench.call("remove", {{"key", "a"}}))["removed"] == true);
  CHECK((*bench.call("remove", {{"key", "a"}}))["removed"] == false);
  CHECK(!bench.set("c", 1));
  bench.package->manifest.storageSecureKeys = 1000;
  CHECK((*bench.call("info"))["keysMax"] == kSecureItemsMax);
}

TEST_CASE("storage.secure: a batch is all or none, and answers in the order that was asked for") {
  SecureBench bench;
  bench.package->manifest.storageSecureKeys = 3;
  const auto item = [](const std::string& key, json value) {
    return json{{"key", key}, {"value", std::move(value)}};
  };
  REQUIRE(!bench.set("old", 1));
  CHECK(codeOf(bench.call("batchSet", {{"items", {item("a", 1), item("b", 1), item("c", 1)}}})) ==
        ErrorCode::QuotaExceeded);
  CHECK((*bench.call("keys"))["keys"] == json{"old"});
  REQUIRE(bench.call("batchSet", {{"items", {item("b", 2), item("old", 3)}}}));
  CHECK((*bench.call("batchGet", {{"keys", {"old", "none", "b"}}}))["items"] ==
        json{item("old", 3), item("b", 2)});
}

TEST_CASE("storage.secure: without the host's key it is locked, and opens once the key is there") {
  SecureBench bench;
  bool there = false;
  bench.source = keysOfHost([&]() -> Result<std::string> {
    if (!there) return Error{ErrorCode::HostError, "the key store of the platform is closed"};
    return std::string(32, 'k');
  });
  bench.start();
  CHECK(bench.set("k", 1) == ErrorCode::Locked);
  CHECK(codeOf(bench.get("k")) == std::nullopt);  // there is nothing that a key would be needed for
  there = true;
  CHECK(!bench.set("k", 1));
  bench.start();
  there = false;
  CHECK(codeOf(bench.get("k")) == ErrorCode::Locked);
  CHECK(codeOf(bench.call("keys")) == ErrorCode::Locked);
  there = true;
  CHECK((*bench.get("k"))["value"] == 1);
}

TEST_CASE(
    "storage.secure: a rotated key opens everything, and the old one is not needed any more") {
  SecureBench bench;
  REQUIRE(!bench.set("k", "kept"));
  const auto oldKey = test::readWhole(bench.keyPath);
  const auto keys = StorageKeys::addKey(bench.keyPath, systemRandom());
  REQUIRE(keys.has_value());
  CHECK((*bench.get("k"))["value"] == "kept");  // a running host goes on
  CHECK(*resealOwners(*bench.store, *keys, systemRandom()) == 1);
  REQUIRE(StorageKeys::dropOldKeys(bench.keyPath).has_value());
  CHECK((*bench.get("k"))["value"] == "kept");  // and learns of the new key
  bench.start();
  CHECK((*bench.get("k"))["value"] == "kept");
  bench.folder.write("storage.key", oldKey);
  bench.start();
  CHECK(codeOf(bench.get("k")) == ErrorCode::HostError);
  CHECK(codeOf(resealOwners(*bench.store, *StorageKeys::load(bench.keyPath), systemRandom())) ==
        ErrorCode::HostError);
}

TEST_CASE("storage.secure: a key file that is not one is refused with words") {
  SecureBench bench;
  const auto good = test::readWhole(bench.keyPath);
  const std::vector<std::string> bad = {"", "KIOSK-STORAGE-KEY\n", good.substr(5),
                                        good.substr(0, good.size() - 3) + "\n"};
  for (const std::string& text : bad) {
    CAPTURE(text);
    bench.folder.write("storage.key", text);
    const auto loaded = StorageKeys::load(bench.keyPath);
    CHECK(codeOf(loaded) == ErrorCode::KeyInvalid);
  }
  std::filesystem::remove(bench.keyPath);
  CHECK(codeOf(StorageKeys::load(bench.keyPath)) == ErrorCode::NotFound);
}

TEST_CASE("storage: exportAll gives everything of one user, eraseAll removes exactly that") {
  SecureBench bench;
  const auto other = makeSession(makePackage("ru.other"), "anna");
  const auto boris = makeSession(bench.package, "boris");
  for (const std::string space : {"storage.local.", "storage.secure."}) {
    for (const auto& who : {bench.session, other, boris}) {
      REQUIRE(bench.caller->call(space + "set", who, {{"key", "k"}, {"value", who.user.value}}));
    }
  }
  for (auto* storage : {bench.local.get(), bench.secure.get()}) {
    std::optional<Result<std::vector<OwnedItem>>> all;
    storage->exportAll(UserId("anna"), [&](auto items) { all = std::move(items); });
    bench.loop.runUntil([&] { return all.has_value(); });
    REQUIRE(all->has_value());
    REQUIRE((**all).size() == 2);
    CHECK((**all)[0].app.value == "ru.other");
    CHECK((**all)[1].app.value == "ru.post.parcel");
    CHECK((**all)[1].item.key == "k");
    CHECK((**all)[1].item.valueJson == "\"anna\"");
    std::optional<Result<std::int64_t>> erased;
    storage->eraseAll(UserId("anna"), [&](auto count) { erased = std::move(count); });
    bench.loop.runUntil([&] { return erased.has_value(); });
    CHECK(**erased == 2);
  }
  for (const std::string space : {"storage.local.", "storage.secure."}) {
    CHECK((*bench.caller->call(space + "get", bench.session, {{"key", "k"}}))["found"] == false);
    CHECK((*bench.caller->call(space + "get", other, {{"key", "k"}}))["found"] == false);
    CHECK((*bench.caller->call(space + "get", boris, {{"key", "k"}}))["value"] == "boris");
  }
}

}  // namespace kiosk::bridge
