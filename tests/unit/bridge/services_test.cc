// Goal: what a host gets from the public headers alone: its own providers are used, its namespace
// passes the gate, its merchants are paid. Method: Services over a folder of the test's own, driven
// through Door as the runtime drives it.

#include <doctest/doctest.h>
#include <kiosk/bridge/services.h>

#include "tests/unit/bridge/fakes.h"
#include "tests/unit/bridge/service_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr const char* kCity = R"({
  "namespace": "city",
  "summary": "What only this host knows.",
  "methods": [{
    "name": "district", "summary": "The user's district.", "since": 1, "permission": null,
    "consent": "each", "prompt": {"title": "Tell your district"},
    "activation": false, "timeoutMs": 1000,
    "params": {"type": "object", "additionalProperties": false, "properties": {}},
    "result": {"type": "string", "maxLength": 64}, "errors": []
  }]
})";

class NoPicker final : public Picker {
 public:
  void pick(const SessionInfo&, const std::string&, const std::vector<PickerOption>&,
            std::function<void(std::string)> chosen) override {
    chosen("");
  }
};

class MapStorage final : public KeyValueStorage {
 public:
  void read(const StorageOwner&, std::vector<std::string> keys,
            Done<std::vector<StorageItem>> done) override {
    std::vector<StorageItem> found;
    for (auto& key : keys) {
      if (items.contains(key)) found.push_back({key, items[key]});
    }
    done(found);
  }
  void write(const StorageOwner&, std::vector<StorageItem> given, StorageQuota,
             Done<void> done) override {
    for (auto& item : given) items[item.key] = item.valueJson;
    done({});
  }
  void remove(const StorageOwner&, const std::string& key, Done<bool> done) override {
    done(items.erase(key) > 0);
  }
  void clear(const StorageOwner&, Done<std::int64_t> done) override { done(0); }
  void keys(const StorageOwner&, Done<std::vector<std::string>> done) override {
    done(std::vector<std::string>{});
  }
  void use(const StorageOwner&, Done<StorageUse> done) override { done(StorageUse{}); }
  std::map<std::string, std::string> items;
};

struct Bench {
  Bench() {
    config.dataDir = dir.path + "/data";
    config.consentUi = &user;
    config.picker = &picker;
    config.storage = &storage;
    config.clock = &clock;
    config.registerNamespace(
        kCity, {{"city.district", [](ContextPtr, Reply reply) { reply.result("Hamovniki"); }}});
  }
  void start() {
    auto made = Services::create(config);
    if (!made) FAIL(made.error().message);
    services = *std::move(made);
    services->attached(loop);
    services->opened(session);
  }
  std::string call(const std::string& method, json params = json::object()) {
    std::optional<Result<json>> settled;
    Call made;
    made.id = ++lastId;
    made.method = method;
    made.params = std::move(params);
    services->call(session, std::move(made),
                   Reply([&settled](Result<json> outcome) { settled = std::move(outcome); }));
    loop.until([&] { return settled.has_value(); });
    if (!settled) return "pending";
    return *settled ? (*settled)->dump() : std::string(errorName(settled->error().code));
  }

  rig::TempDir dir;
  rig::FakeClock clock;
  rig::FakeLoop loop{clock};
  rig::FakeUser user;
  NoPicker picker;
  MapStorage storage;
  ServicesConfig config;
  rig::FakeSession session{"s1", rig::appWith({})};
  std::unique_ptr<Services> services;
  std::uint64_t lastId = 0;
};

}  // namespace

TEST_CASE("services: a namespace of the host's own passes consent and answers") {
  Bench bench;
  bench.start();
  bench.user.mood = rig::FakeUser::Mood::Refuses;
  CHECK(bench.call("city.district") == "user_refused");
  bench.loop.advance(std::chrono::minutes(2));
  bench.user.mood = rig::FakeUser::Mood::Grants;
  CHECK(bench.call("city.district") == "\"Hamovniki\"");
  CHECK(bench.user.asked.back().title == "Tell your district");
  CHECK(bench.call("city.district", {{"x", 1}}) == "invalid_params");
}

TEST_CASE("services: the host's settings list what a user allowed, and take it back") {
  Bench bench;
  bench.session.info_.package =
      std::make_shared<const Package>(rig::appWith({"identity.basic", "messages.chat_context"}));
  bench.start();
  const auto& info = bench.session.info();
  const auto& app = info.manifest().appId;
  const auto basic = json{{"name", "identity.basic"}};
  bench.session.touches = 10;
  const auto asked = bench.call("consent.request", basic);
  CHECK(json::parse(asked)["state"] == "granted");
  CHECK(json::parse(bench.call("consent.request", {{"name", "messages.chat_context"}}))["state"] ==
        "granted");
  const auto names = [&](const AppId& of) {
    std::optional<std::vector<std::string>> found;
    bench.services->consents(info.user, of, [&](Result<std::vector<Grant>> grants) {
      found.emplace();
      for (const auto& grant : *grants) found->push_back(grant.permission);
    });
    CHECK(bench.loop.until([&] { return found.has_value(); }));
    return *found;
  };
  using Names = std::vector<std::string>;
  CHECK(names(app) == Names{"identity.basic", "messages.chat_context"});
  CHECK(names(AppId()) == Names{"identity.basic", "messages.chat_context"});
  CHECK(names(AppId("ru.other.app")).empty());

  std::optional<bool> one;
  bench.services->revoke(info.user, app, "identity.basic", [&](Result<bool> had) { one = *had; });
  CHECK(bench.loop.until([&] { return one.has_value(); }));
  CHECK(*one);
  CHECK(json::parse(bench.call("consent.query", {{"names", {"identity.basic"}}}))[0]["state"] ==
        "prompt");
  std::optional<Names> all;
  bench.services->revokeAll(info.user, app, [&](Result<Names> taken) { all = *taken; });
  CHECK(bench.loop.until([&] { return all.has_value(); }));
  CHECK(*all == Names{"messages.chat_context"});
  CHECK(names(app).empty());

  Names kinds;
  std::optional<std::vector<StoredReceipt>> receipts;
  bench.services->receipts(info.user, app, 10,
                           [&](Result<std::vector<StoredReceipt>> r) { receipts = *r; });
  CHECK(bench.loop.until([&] { return receipts.has_value(); }));
  for (const auto& receipt : *receipts) kinds.push_back(receipt.kind);
  CHECK(kinds == Names{"revocation", "revocation", "grant", "grant"});
  CHECK(json::parse(bench.call("consent.receipts")).size() == 4);
}

TEST_CASE("services: a provider that the host brings replaces the embedded one") {
  Bench bench;
  bench.start();
  CHECK(bench.call("storage.local.set", {{"key", "a"}, {"value", 7}}) == "{}");
  CHECK(bench.storage.items == std::map<std::string, std::string>{{"a", "7"}});
}

TEST_CASE("services: what is missing or wrong is told when they are created") {
  Bench bench;
  bench.config.picker = nullptr;
  CHECK(Services::create(bench.config).error().code == ErrorCode::InvalidParams);
  bench.config.picker = &bench.picker;
  bench.config.registerNamespace("{", {});
  CHECK(Services::create(bench.config).error().code == ErrorCode::InvalidParams);
  bench.config.privateNamespaces.pop_back();
  bench.config.privateNamespaces[0].handlers.clear();
  CHECK(Services::create(bench.config).error().code == ErrorCode::Internal);
}

TEST_CASE("services: a merchant is registered within its bounds, and again with a new key") {
  Bench bench;
  bench.start();
  MerchantRegistration merchant{"shop", "The Shop", "k1", std::string(32, 'a')};
  CHECK(bench.services->registerMerchant(merchant).has_value());
  merchant.publicKey = std::string(32, 'b');
  CHECK(bench.services->registerMerchant(merchant).has_value());
  merchant.publicKey = "short";
  CHECK(bench.services->registerMerchant(merchant).error().code == ErrorCode::InvalidParams);
  merchant.publicKey = std::string(32, 'b');
  merchant.id = "a b";
  CHECK(bench.services->registerMerchant(merchant).error().code == ErrorCode::InvalidParams);
}

}  // namespace kiosk::bridge
