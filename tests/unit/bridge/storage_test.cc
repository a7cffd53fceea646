// Goal: storage.local keeps exactly what was set, for one user of one app, within its quota, all or
// nothing. Method: the service over a real store; quotas down to the byte.

#include "bridge/storage/storage.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "bridge/sql_providers.h"
#include "tests/unit/bridge/service_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::codeOf;
using test::makePackage;
using test::makeSession;

struct StorageBench {
  explicit StorageBench(std::int64_t pagesMax = 0)
      : store(open(pagesMax)),
        provider(sqlStorage(*store)),
        service(*provider, *provider),
        caller(service, loop) {
    store->attached(loop);
  }
  std::unique_ptr<Store> open(std::int64_t pagesMax) const {
    auto opened =
        Store::open({.path = (folder.path() / "kiosk.db").string(), .pagesMax = pagesMax});
    KIOSK_CHECK(opened.has_value(), "a test's store opens");
    return std::move(*opened);
  }
  Result<json> call(const std::string& method, json params = json::object()) {
    return callAs(session, method, std::move(params));
  }
  Result<json> callAs(const SessionInfo& who, const std::string& method, json params) {
    return caller.call("storage.local." + method, who, std::move(params));
  }
  std::optional<ErrorCode> set(const std::string& key, json value) {
    return codeOf(call("set", {{"key", key}, {"value", std::move(value)}}));
  }
  json get(const std::string& key) {
    auto got = call("get", {{"key", key}});
    KIOSK_CHECK(got.has_value(), "a test's get works");
    return *got;
  }
  json info() { return *call("info"); }

  test::TempFolder folder;
  test::HandLoop loop;
  std::unique_ptr<Store> store;
  std::unique_ptr<KeyValueStorage> provider;
  StorageService service;
  test::ServiceCaller caller;
  std::shared_ptr<Package> package = makePackage("ru.post.parcel");
  SessionInfo session = makeSession(package, "anna");
};

TEST_CASE("storage.local: every kind of JSON value comes back as it was set") {
  StorageBench bench;
  const json values[] = {nullptr,
                         true,
                         0,
                         -1,
                         std::int64_t{9'007'199'254'740'993},
                         0.1,
                         1e300,
                         "",
                         "текст \"\\ \n \u0000 😀",
                         json::array(),
                         json::object(),
                         {{"a", {1, 2, {{"b", nullptr}}}}}};
  for (const json& value : values) {
    CHECK(!bench.set("k", value));
    const json got = bench.get("k");
    CHECK(got["found"] == true);
    CHECK(got["value"].dump() == value.dump());
  }
  CHECK(bench.get("absent") == json{{"found", false}, {"value", nullptr}});
}

TEST_CASE("storage.local: nothing is seen of another user, nor of another app of the same user") {
  StorageBench bench;
  REQUIRE(!bench.set("k", "anna's"));
  const auto boris = makeSession(bench.package, "boris");
  const auto other = makeSession(makePackage("ru.other"), "anna");
  for (const auto& session : {boris, other}) {
    CHECK((*bench.callAs(session, "get", {{"key", "k"}}))["found"] == false);
    CHECK((*bench.callAs(session, "keys", json::object()))["keys"] == json::array());
    CHECK((*bench.callAs(session, "clear", json::object()))["removed"] == 0);
    REQUIRE(bench.callAs(session, "set", {{"key", "k"}, {"value", "theirs"}}));
  }
  CHECK(bench.get("k")["value"] == "anna's");
}

TEST_CASE(
    "storage.local: keys of any script are keys; those with controls or overrides are refused") {
  StorageBench bench;
  const std::vector<std::string> good = {
      "a", " ", "ключ", "キー", "😀", "a/b:c'\"--;", std::string(128, 'x'), "e\u0301", "\u00e9"};
  for (const std::string& key : good) {
    CAPTURE(key);
    CHECK(!bench.set(key, key));
  }
  for (const std::string& key : good) CHECK(bench.get(key)["value"] == key);
  std::string wide;
  for (int i = 0; i < 128; ++i) wide += "😀";
  CHECK(!bench.set(wide, 1));
  const std::vector<std::string> bad = {"",
                                        std::string(129, 'x'),
                                        wide + "x",
                                        "a\nb",
                                        std::string("a\0b", 3),
                                        "a\x7f",
                                        "a\u202eb",
                                        "a\u2066b",
                                        "\xff",
                                        "\xed\xa0\x80"};
  for (const std::string& key : bad) {
    CAPTURE(key);
    CHECK(bench.set(key, 1) == ErrorCode::KeyInvalid);
    CHECK(codeOf(bench.call("get", {{"key", key}})) == ErrorCode::KeyInvalid);
    CHECK(codeOf(bench.call("remove", {{"key", key}})) == ErrorCode::KeyInvalid);
    CHECK(codeOf(bench.call("batchGet", {{"keys", {key}}})) == ErrorCode::KeyInvalid);
  }
  auto keys = bench.call("keys");
  REQUIRE(keys);
  auto expected = good;
  expected.push_back(wide);
  std::sort(expected.begin(), expected.end());
  CHECK((*keys)["keys"].get<std::vector<std::string>>() == expected);
}

TEST_CASE(
    "storage.local: the manifest's quota holds to the byte and frees what is removed or shrunk") {
  StorageBench bench;
  bench.package->manifest.storageLocalKiB = 1;
  const std::string almost(1024 - 1 - 2, 'v');  // key "k" and two quotes
  CHECK(!bench.set("k", almost));
  CHECK(bench.info()["usedBytes"] == 1024);
  CHECK(bench.info()["limitBytes"] == 1024);
  CHECK(bench.set("l", 1) == ErrorCode::QuotaExceeded);
  CHECK(bench.set("k", almost + "v") == ErrorCode::QuotaExceeded);
  CHECK(bench.get("k")["value"] == almost);
  CHECK(!bench.set("k", almost));  // as large as before
  CHECK(!bench.set("k", "short"));
  CHECK(!bench.set("l", 1));
  CHECK(bench.info()["usedBytes"] == 1 + 7 + 1 + 1);
  CHECK((*bench.call("remove", {{"key", "k"}}))["removed"] == true);
  CHECK((*bench.call("remove", {{"key", "k"}}))["removed"] == false);
  CHECK(bench.info()["usedBytes"] == 2);
  CHECK((*bench.call("clear"))["removed"] == 1);
  CHECK(bench.info()["usedBytes"] == 0);
  CHECK(bench.info()["keys"] == 0);
}

TEST_CASE("storage.local: a manifest cannot declare more than the host's ceiling") {
  StorageBench bench;
  bench.package->manifest.storageLocalKiB = 1'000'000;
  CHECK(bench.info()["limitBytes"] == kStorageBytesMax);
}

TEST_CASE(
    "storage.local: a value over a million bytes of JSON is too large, one of exactly that is "
    "not") {
  StorageBench bench;
  CHECK(!bench.set("k", std::string(kStorageValueBytesMax - 2, 'v')));
  CHECK(bench.set("k", std::string(kStorageValueBytesMax - 1, 'v')) == ErrorCode::PayloadTooLarge);
  CHECK(bench.set("k", std::string(600'000, '"')) == ErrorCode::PayloadTooLarge);  // escaped
}

TEST_CASE("storage.local.batchSet: all or none, also at the quota") {
  StorageBench bench;
  bench.package->manifest.storageLocalKiB = 1;
  REQUIRE(!bench.set("old", 1));
  const auto item = [](const std::string& key, json value) {
    return json{{"key", key}, {"value", std::move(value)}};
  };
  CHECK(codeOf(bench.call("batchSet",
                          {{"items", {item("a", 1), item("b", std::string(1100, 'x'))}}})) ==
        ErrorCode::QuotaExceeded);
  CHECK(codeOf(bench.call("batchSet", {{"items", {item("a", 1), item("\n", 1)}}})) ==
        ErrorCode::KeyInvalid);
  CHECK(codeOf(bench.call("batchSet", {{"items", {item("a", 1), item("a", 2)}}})) ==
        ErrorCode::InvalidParams);
  CHECK((*bench.call("keys"))["keys"] == json{"old"});
  REQUIRE(bench.call("batchSet", {{"items", {item("old", 2), item("new", "x")}}}));
  CHECK((*bench.call("batchGet", {{"keys", {"new", "absent", "old"}}}))["items"] ==
        json{item("new", "x"), item("old", 2)});
  CHECK(bench.info()["keys"] == 2);
}

TEST_CASE("storage.local.batchGet: an answer that would not fit into a frame is refused") {
  StorageBench bench;
  REQUIRE(!bench.set("a", std::string(600'000, 'x')));
  REQUIRE(!bench.set("b", std::string(600'000, 'x')));
  CHECK(codeOf(bench.call("batchGet", {{"keys", {"a", "b"}}})) == ErrorCode::PayloadTooLarge);
  CHECK(bench.call("batchGet", {{"keys", {"a"}}}).has_value());
}

TEST_CASE("storage.local: the number of keys is bounded") {
  StorageBench bench;
  for (int batch = 0; batch < 41; ++batch) {
    json items = json::array();
    for (int i = 0; i < 100; ++i) {
      items.push_back({{"key", std::to_string(batch * 100 + i)}, {"value", 1}});
    }
    const auto code = codeOf(bench.call("batchSet", {{"items", items}}));
    CHECK(code == (batch < 40 ? std::nullopt : std::optional(ErrorCode::QuotaExceeded)));
  }
  CHECK(bench.info()["keys"] == 4000);
}

TEST_CASE("storage.local: on a full disk nothing is half written, and removing still works") {
  StorageBench bench(200);  // 800 KiB
  REQUIRE(!bench.set("small", "kept"));
  CHECK(bench.set("large", std::string(900'000, 'x')) == ErrorCode::StorageFull);
  CHECK(bench.get("small")["value"] == "kept");
  CHECK(bench.get("large")["found"] == false);
  CHECK(bench.info()["keys"] == 1);
  CHECK((*bench.call("remove", {{"key", "small"}}))["removed"] == true);
}

}  // namespace
}  // namespace kiosk::bridge
