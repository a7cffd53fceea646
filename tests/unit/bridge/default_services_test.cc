// Goal: the embedded services do what their pages say, through what a host gets from
// makeDefaultServices. Method: a data folder of the test's own, the demo's data, a picker that
// remembers.

#include "bridge/default_services.h"

#include <doctest/doctest.h>
#include <kiosk/bridge/catalogue.h>
#include <sys/stat.h>

#include <filesystem>
#include <set>
#include <string>

#include "bridge/demo_seed.h"
#include "bridge/identity/launch_data.h"
#include "bridge/identity/phone_proof.h"
#include "runtime/base/json.h"
#include "tests/unit/bridge/service_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::codeOf;
using test::makePackage;
using test::makeSession;
using test::Outcome;

struct HostBench {
  HostBench() : all(make()) {
    for (auto& service : all.services) service->attached(loop);
    auto seeded = seedDemo(*all.store, clock);
    KIOSK_CHECK(seeded.has_value(), "the demo is seeded");
  }
  DefaultServices make() {
    auto made = makeDefaultServices({.dataDir = (folder.path() / "data").string(),
                                     .picker = &picker,
                                     .clock = &clock,
                                     .random = &random});
    KIOSK_CHECK(made.has_value(), "a test's services are made");
    return std::move(*made);
  }
  test::ServiceCaller callerOf(const std::string& method) {
    for (auto& service : all.services) {
      for (const auto& binding : service->bindings()) {
        if (binding.method == method) return test::ServiceCaller(*service, loop);
      }
    }
    KIOSK_CHECK(false, "some service has the method");
    std::abort();
  }
  Result<json> call(const std::string& method, json params = json::object()) {
    return callerOf(method).call(method, anna, std::move(params));
  }
  json messages() {
    auto rows = all.store->runNow<json>("test.messages", [](soci::session& sql) {
      json list = json::array();
      soci::rowset<soci::row> found =
          (sql.prepare << "SELECT chat_id, sender_id, via_app_id, via_app_name, body, link,"
                          " attachment FROM messages ORDER BY created_at_ms, id");
      for (const soci::row& row : found) {
        json one = json::array();
        for (std::size_t i = 0; i < 7; ++i) one.push_back(row.get<std::string>(i));
        list.push_back(one);
      }
      return Result<json>(list);
    });
    KIOSK_CHECK(rows.has_value(), "a test's query works");
    return *rows;
  }

  test::TempFolder folder;
  test::HandClock clock;
  test::SeededRandom random{3};
  test::HandLoop loop;
  test::HandPicker picker;
  DefaultServices all;
  SessionInfo anna = makeSession(makePackage("ru.post.parcel"), "anna");
};

TEST_CASE("default services: every method of their catalogues has a handler, and no other has") {
  HostBench host;
  auto catalogue = Catalogue::embedded();
  REQUIRE(catalogue);
  std::set<std::string> bound, described;
  for (auto& service : host.all.services) {
    for (const auto& binding : service->bindings()) CHECK(bound.insert(binding.method).second);
  }
  for (const auto& method : catalogue->methods()) {
    for (const char* space :
         {"identity", "messages", "net", "payments", "storage", "support", "ui"}) {
      if (method->nameSpace == space) described.insert(method->name);
    }
  }
  CHECK(bound == described);
}

TEST_CASE("demo: seeding twice changes nothing") {
  HostBench host;
  CHECK(seedDemo(*host.all.store, host.clock).has_value());
  auto users = host.all.store->runNow<std::int64_t>("test.users", [](soci::session& sql) {
    long long count = 0;
    sql << "SELECT COUNT(*) FROM users", soci::into(count);
    return Result<std::int64_t>(count);
  });
  CHECK(*users == 3);
}

TEST_CASE(
    "messages.share: the user picks one of their chats; the app learns only that it was shared") {
  HostBench host;
  host.picker.answer = "chat-family";
  auto shared = host.call("messages.share", {{"text", "Посылка пришла"},
                                             {"link", "https://example.org/p"},
                                             {"attachment", {{"title", "Parcel"}}}});
  REQUIRE(shared);
  CHECK(*shared == json{{"status", "shared"}});
  REQUIRE(host.picker.offered.size() == 3);
  CHECK(host.picker.offered[0].label == "Family");
  CHECK(host.messages() ==
        json::array({{"chat-family", "anna", "ru.post.parcel", "Parcel", "Посылка пришла",
                      "https://example.org/p", R"({"title":"Parcel"})"}}));
}

TEST_CASE("messages.share: a dismissed picker is cancelled and posts nothing") {
  HostBench host;
  host.picker.answer = "";
  CHECK(*host.call("messages.share", {{"text", "x"}}) == json{{"status", "cancelled"}});
  CHECK(host.messages().empty());
}

TEST_CASE("messages.share: a chat that was not offered, or that the user left, gets no message") {
  HostBench host;
  host.picker.answer = "chat-of-others";
  CHECK(codeOf(host.call("messages.share", {{"text", "x"}})) == ErrorCode::HostError);
  host.picker.answer.reset();
  auto caller = host.callerOf("messages.share");
  auto outcome = std::make_shared<Outcome>();
  caller.start("messages.share", caller.context(host.anna, {{"text", "x"}}), outcome);
  host.loop.runUntil([&] { return host.picker.choose != nullptr; });
  auto left = host.all.store->runNow<void>("test.leave", [](soci::session& sql) -> Result<void> {
    sql << "DELETE FROM chat_members WHERE user_id = 'anna'";
    return {};
  });
  REQUIRE(left.has_value());
  host.picker.choose("chat-family");
  host.loop.runUntil([&] { return outcome->has_value(); });
  CHECK(codeOf(**outcome) == ErrorCode::NotFound);
  CHECK(host.messages().empty());
}

TEST_CASE("messages.share: one picker at a time, and a session that ended posts nothing") {
  HostBench host;
  auto caller = host.callerOf("messages.share");
  auto first = std::make_shared<Outcome>(), second = std::make_shared<Outcome>();
  auto context = caller.context(host.anna, {{"text", "x"}});
  DoorSession* live =
      reinterpret_cast<DoorSession*>(&host);  // never looked into, only told from null
  context->liveSession = [&live] { return live; };
  caller.start("messages.share", context, first);
  host.loop.runUntil([&] { return host.picker.choose != nullptr; });
  caller.start("messages.share", caller.context(host.anna, {{"text", "y"}}), second);
  host.loop.runUntil([&] { return second->has_value(); });
  CHECK(codeOf(**second) == ErrorCode::Busy);
  live = nullptr;
  std::exchange(host.picker.choose, nullptr)("chat-family");
  host.loop.runUntil([&] { return first->has_value(); });
  CHECK(codeOf(**first) == ErrorCode::Cancelled);
  CHECK(host.messages().empty());
  context.reset();
  host.picker.answer = "chat-work";
  CHECK(*host.call("messages.share", {{"text", "z"}}) == json{{"status", "shared"}});
}

TEST_CASE("messages.share: a card's picture must lie in the package") {
  HostBench host;
  host.picker.answer = "chat-family";
  const auto share = [&](const std::string& image) {
    return host.call("messages.share", {{"attachment", {{"title", "t"}, {"image", image}}}});
  };
  CHECK(share("icons/parcel.png").has_value());
  for (const char* image : {"icons/other.png", "../secret", "https://evil.example/x.png"}) {
    CHECK(codeOf(share(image)) == ErrorCode::NotFound);
  }
}

TEST_CASE("identity.userinfo: the profile under a pairwise id") {
  HostBench host;
  auto info = host.call("identity.userinfo");
  REQUIRE(info);
  CHECK(*info == json{{"sub", host.all.keys->pairwiseId(host.anna.user, *host.anna.package)},
                      {"firstName", "Анна"},
                      {"lastName", "Смирнова"},
                      {"username", "anna"},
                      {"language", "ru"}});
  CHECK(codeOf(host.callerOf("identity.userinfo")
                   .call("identity.userinfo", makeSession(host.anna.package, "nobody"),
                         json::object())) == ErrorCode::NotFound);
}

TEST_CASE("identity.requestPhone: the sheet shows the number, the proof is bound to app and user") {
  HostBench host;
  auto caller = host.callerOf("identity.requestPhone");
  auto prepared =
      caller.prepare("identity.requestPhone", caller.context(host.anna, json::object()));
  REQUIRE(prepared);
  CHECK(prepared->facts[0].value == "+79990000001");
  auto phone = host.call("identity.requestPhone");
  REQUIRE(phone);
  const PhoneProof proof{
      .authDate = (*phone)["authDate"], .phone = (*phone)["phone"], .userId = (*phone)["userId"]};
  const std::string hash = (*phone)["hash"];
  const auto verifies = [&](const std::string& app) {
    return verifyPhoneProof(proof, hash, host.all.keys->botToken(AppId(app)),
                            PhoneProofReading::TokenIsKey);
  };
  CHECK(proof.phone == "79990000001");
  CHECK(proof.userId == host.all.keys->pairwiseId(host.anna.user, *host.anna.package));
  CHECK((*phone)["receipt"] == "receipt-1");
  CHECK(verifies("ru.post.parcel"));
  CHECK(!verifies("ru.other"));
}

TEST_CASE(
    "launch data: what the host issues passes both checks for its app only, and names nobody") {
  HostBench host;
  host.anna.startParam = "parcel-7";
  std::string raw;
  std::int64_t expiresAtMs = 0;
  host.all.launchData->launchData(host.anna, [&](Result<LaunchDataSource::LaunchData> data) {
    REQUIRE(data);
    raw = data->raw;
    expiresAtMs = data->expiresAtMs;
  });
  CHECK(expiresAtMs == host.clock.nowMs + 3'600'000);
  const LaunchDataAge age{.nowMs = host.clock.nowMs + 5000};
  const AppId app("ru.post.parcel");
  auto fields = verifyLaunchData(raw, host.all.keys->botToken(app), age);
  REQUIRE(fields);
  CHECK(fields->at("start_param") == "parcel-7");
  CHECK(json::parse(fields->at("user")) ==
        json{{"id", host.all.keys->pairwiseId(host.anna.user, *host.anna.package)},
             {"language_code", "en"}});
  const std::string publicKey = host.all.keys->signing().publicKey();
  CHECK(verifyLaunchDataSignature(raw, app.value, bytesOf(publicKey), age).has_value());
  CHECK(!verifyLaunchData(raw, host.all.keys->botToken(AppId("ru.other")), age));
  CHECK(!verifyLaunchDataSignature(raw, "ru.other", bytesOf(publicKey), age));
  CHECK(raw.find("anna") == std::string::npos);
  CHECK(raw.find("%D0%90") == std::string::npos);
}

TEST_CASE("support.open: a ticket is stored for the app, up to fifty open ones") {
  HostBench host;
  std::set<std::string> ids;
  for (int i = 0; i < kOpenTicketsMax; ++i) {
    auto opened = host.call("support.open", {{"topic", "Delay"}, {"reference", "RA123456785RU"}});
    REQUIRE(opened);
    ids.insert((*opened)["ticketId"].get<std::string>());
  }
  CHECK(ids.size() == kOpenTicketsMax);
  CHECK(codeOf(host.call("support.open", {{"topic", "Delay"}})) == ErrorCode::QuotaExceeded);
}

TEST_CASE("pairwise ids: one per developer and user; two developers can join nothing") {
  HostBench host;
  auto signedBy = [](const std::string& app, const std::string& key) {
    auto package = makePackage(app);
    package->signers.resize(2);
    package->signers[0].role = "store";
    package->signers[0].publicKeyHex = "ff";
    package->signers[1].role = "developer";
    package->signers[1].publicKeyHex = key;
    return package;
  };
  const auto id = [&](const std::string& user, const std::shared_ptr<Package>& package) {
    return host.all.keys->pairwiseId(UserId(user), *package);
  };
  const auto first = signedBy("ru.one", "aa"), second = signedBy("ru.two", "aa");
  const auto foreign = signedBy("ru.one", "bb"), folder = makePackage("ru.one");
  CHECK(id("anna", first) == id("anna", second));
  CHECK(id("anna", first) != id("anna", foreign));
  CHECK(id("anna", first) != id("anna", folder));
  CHECK(id("anna", folder) != id("anna", makePackage("ru.two")));
  CHECK(id("anna", first) != id("boris", first));
  CHECK(id("anna", first).size() == 43);
}

TEST_CASE("host keys: made once with mode 0600, the same at every start, never silently replaced") {
  HostBench host;
  const auto keys = host.folder.path() / "data" / "keys";
  for (const char* name : {"secret.key", "host.key", "storage.key"}) {
    struct stat status {};
    REQUIRE(::stat((keys / name).c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(keys))
    files += entry.exists() ? 1 : 0;
  CHECK(files == 4);  // host.key.pub is the fourth
  auto again = host.make();
  CHECK(again.keys->pairwiseId(host.anna.user, *host.anna.package) ==
        host.all.keys->pairwiseId(host.anna.user, *host.anna.package));
  CHECK(again.keys->signingKeyId() == host.all.keys->signingKeyId());
  const DefaultServicesConfig config{.dataDir = (host.folder.path() / "data").string(),
                                     .picker = &host.picker};
  std::filesystem::rename(keys / "secret.key", keys / "away");
  auto refused = makeDefaultServices(config);
  CHECK(codeOf(refused) == ErrorCode::HostError);
  CHECK(!std::filesystem::exists(keys / "secret.key"));
  host.folder.write("data/keys/secret.key", "KIOSK-SECRET short\n");
  CHECK(codeOf(makeDefaultServices(config)) == ErrorCode::KeyInvalid);
}

TEST_CASE("grants: at most one stands for each permission, for exactly the code that was shown") {
  HostBench host;
  GrantStore& grants = *host.all.grants;
  const UserId anna("anna");
  const AppId app("ru.post.parcel");
  const auto put = [&](const std::string& receipt, const std::string& permission,
                       const std::string& code) {
    std::optional<Result<void>> done;
    ReceiptDraft draft;
    draft.id = receipt;
    draft.user = anna;
    draft.app = app;
    draft.permission = permission;
    grants.put({receipt, anna, app, permission, code, "consent", "ru", "delivery", 5}, draft,
               [&](Result<void> r) { done = std::move(r); });
    host.loop.runUntil([&] { return done.has_value(); });
    REQUIRE(done->has_value());
  };
  const auto find = [&](const std::string& permission, const std::string& code) {
    std::optional<Grant> found;
    bool done = false;
    grants.standing(anna, app, permission, code, [&](Result<Standing> r) {
      REQUIRE(r);
      found = std::move(r->grant);
      done = true;
    });
    host.loop.runUntil([&] { return done; });
    return found;
  };
  const auto revoke = [&](const std::string& permission) {
    std::optional<bool> was;
    ReceiptDraft draft;
    draft.id = "revoked-" + permission;
    draft.kind = ReceiptKind::Revocation;
    draft.user = anna;
    draft.app = app;
    draft.permission = permission;
    grants.revoke(draft, [&](Result<bool> r) { was = *r; });
    host.loop.runUntil([&] { return was.has_value(); });
    return *was;
  };
  CHECK(!find("identity.basic", "v1"));
  put("r1", "identity.basic", "v1");
  put("r2", "messages.write", "v1");
  auto grant = find("identity.basic", "v1");
  REQUIRE(grant);
  CHECK(grant->receiptId == "r1");
  CHECK(grant->consentHash == "consent");
  CHECK(grant->language == "ru");
  CHECK(grant->purpose == "delivery");
  CHECK(grant->grantedAtMs == 5);
  CHECK(!find("identity.basic", "v2"));
  put("r3", "identity.basic", "v2");
  CHECK(!find("identity.basic", "v1"));
  CHECK(find("identity.basic", "v2")->receiptId == "r3");
  std::vector<Grant> all;
  bool listed = false;
  grants.list(anna, app, [&](Result<std::vector<Grant>> r) {
    all = std::move(*r);
    listed = true;
  });
  host.loop.runUntil([&] { return listed; });
  REQUIRE(all.size() == 2);
  CHECK(all[0].permission == "identity.basic");
  CHECK(all[1].permission == "messages.write");
  CHECK(revoke("identity.basic"));
  CHECK(!revoke("identity.basic"));
  CHECK(!find("identity.basic", "v2"));
  auto ended = host.all.store->runNow<std::int64_t>("test.ended", [](soci::session& sql) {
    long long count = 0;
    sql << "SELECT COUNT(*) FROM grants_ended WHERE receipt_id IN ('r1', 'r3')", soci::into(count);
    return Result<std::int64_t>(count);
  });
  CHECK(*ended == 2);
}

}  // namespace
}  // namespace kiosk::bridge
