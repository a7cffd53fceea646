// Goal: what a user answered outlives sessions and restarts, a revocation ends what rests on it at
// once, and no app asks, notifies or learns more than its budgets allow. Method: calls through the
// gate over a real store that is closed and opened again, with a virtual clock.
#include <doctest/doctest.h>
#include <kiosk/bridge/privacy.h>

#include "bridge/receipts/receipt_token.h"
#include "bridge/store/grants.h"
#include "tests/unit/bridge/fakes.h"
#include "tests/unit/bridge/service_fixture.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;
using std::chrono::hours;
using std::chrono::milliseconds;

namespace {

/// Methods that learn, notify and put badges.
Catalogue budgetCatalogue() {
  static constexpr std::string_view kBudgetPermissions = R"({"permissions":[
    {"name":"test.name","consent":"once","privacyPoints":2,"title":"Name","titleRu":"Имя",
     "summary":"s"},
    {"name":"test.place.city","consent":"once","privacyPoints":1,"privacyKind":"test.place",
     "title":"City","titleRu":"Город","summary":"s"},
    {"name":"test.place.fine","consent":"once","privacyPoints":6,"privacyKind":"test.place",
     "title":"Place","titleRu":"Место","summary":"s"},
    {"name":"test.phone","consent":"each","privacyPoints":5,"title":"Phone","titleRu":"Телефон",
     "summary":"s"}]})";
  static constexpr std::string_view kMethods = R"({"namespace":"test","summary":"s","methods":[
    {"name":"name","summary":"s","since":1,"permission":"test.name","consent":"once",
     "activation":false,"timeoutMs":5000,"errors":[],"result":{"type":"null"},
     "params":{"type":"object","additionalProperties":false,"properties":{}}},
    {"name":"city","summary":"s","since":1,"permission":"test.place.city","consent":"once",
     "activation":false,"timeoutMs":5000,"errors":[],"result":{"type":"null"},
     "params":{"type":"object","additionalProperties":false,"properties":{}}},
    {"name":"place","summary":"s","since":1,"permission":"test.place.fine","consent":"once",
     "activation":false,"timeoutMs":5000,"errors":[],"result":{"type":"null"},
     "params":{"type":"object","additionalProperties":false,"properties":{}}},
    {"name":"phone","summary":"s","since":1,"permission":"test.phone","consent":"each",
     "activation":true,"timeoutMs":5000,"errors":[],"result":{"type":"null"},
     "params":{"type":"object","additionalProperties":false,"properties":{}}},
    {"name":"notify","summary":"s","since":1,"permission":null,"consent":"none",
     "activation":false,"dayBudget":"notifications","timeoutMs":5000,"errors":[],
     "result":{"type":"null"},
     "params":{"type":"object","additionalProperties":false,"properties":{}}},
    {"name":"badge","summary":"s","since":1,"permission":null,"consent":"none",
     "activation":false,"dayBudget":"badges","timeoutMs":5000,"errors":[],
     "result":{"type":"null"},
     "params":{"type":"object","additionalProperties":false,"properties":{}}}]})";
  static constexpr std::array<CatalogueFile, 1> kFiles = {{{"test/test.api.json", kMethods}}};
  auto loaded = Catalogue::load(kFiles, kBudgetPermissions);
  REQUIRE_MESSAGE(loaded.has_value(), (loaded ? "" : loaded.error().message));
  return *std::move(loaded);
}

/// A host that can be started again over the same data. The clock goes on.
class Restarting {
 public:
  explicit Restarting(GateLimits limits = {}) : limits_(limits) { start(); }
  ~Restarting() { stop(); }

  void start() {
    store = *Store::open({.path = data_.path + "/kiosk.db"});
    rig = std::make_unique<GateRig>(budgetCatalogue(), limits_, 4096,
                                    sqlGrantStore(*store, book_, keys_));
    rig->clock.nowUs = nowUs_;
    session = std::make_unique<FakeSession>("s" + std::to_string(++starts_), app_);
    rig->open(*session).touches = 1000;
  }
  void stop() {
    nowUs_ = rig->clock.nowUs;
    rig->close(*session);
    store.reset();  // its thread posts to the rig's loop to the last
    rig.reset();
  }
  void restart() {
    stop();
    start();
  }
  std::string call(const std::string& method) { return outcome(method).code(); }
  GateRig::Outcome outcome(const std::string& method) {
    return rig->call(*session, "test." + method, json::object());
  }
  std::int64_t retryAfterMs(const std::string& method) {
    const auto refused = outcome(method);
    CHECK(refused.code() == "permission_blocked");
    return refused.settled->error().retryAfterMs.value_or(0);
  }
  bool revoke(const std::string& permission) {
    std::optional<bool> had;
    rig->desk->revoke(session->info().user, app_.manifest.appId, permission,
                      CollectionMethod::Settings, [&](Result<bool> r) { had = *r; });
    CHECK(rig->loop.until([&] { return had.has_value(); }));
    return had.value_or(false);
  }
  std::vector<StoredReceipt> receipts() {
    std::optional<std::vector<StoredReceipt>> all;
    rig->grants->receipts(session->info().user, app_.manifest.appId, 100,
                          [&](Result<std::vector<StoredReceipt>> r) { all = *r; });
    CHECK(rig->loop.until([&] { return all.has_value(); }));
    return *all;
  }

  Package app_ = appWith({"test.name", "test.place.city", "test.place.fine", "test.phone"});
  std::unique_ptr<Store> store;
  std::unique_ptr<GateRig> rig;
  std::unique_ptr<FakeSession> session;

 private:
  TempDir data_;
  GateLimits limits_;
  kiosk::test::SeededRandom random_{3};
  HostKeys keys_{std::string(32, 'k'), Ed25519Key::generate(random_)};
  ReceiptBook book_{ed25519Signer(keys_.signing(), "host-1"), {}};
  std::int64_t nowUs_ = 1'000'000;
  int starts_ = 0;
};

constexpr std::int64_t kDay = 86'400'000;

}  // namespace

TEST_CASE("consent: a refusal is remembered across restarts, and its wait doubles up to a day") {
  Restarting host;
  host.rig->user.mood = FakeUser::Mood::Refuses;
  std::int64_t waitMs = 10'000;
  for (int i = 0; i < 16; ++i) {
    CAPTURE(i);
    CHECK(host.call("name") == "user_refused");
    host.restart();
    host.rig->user.mood = FakeUser::Mood::Refuses;
    const auto left = host.retryAfterMs("name");
    CHECK(left == waitMs);
    CHECK(host.rig->user.asked.empty());
    host.rig->loop.advance(milliseconds(waitMs - 1));
    CHECK(host.call("name") == "permission_blocked");
    host.rig->loop.advance(milliseconds(1));
    waitMs = std::min<std::int64_t>(waitMs * 2, 10'000 << 13);
  }
  host.rig->user.mood = FakeUser::Mood::Grants;
  CHECK(host.call("name") == "ok");
  CHECK(host.revoke("test.name"));
  host.rig->user.mood = FakeUser::Mood::Refuses;
  CHECK(host.call("name") == "user_refused");
  CHECK(host.retryAfterMs("name") == 10'000);  // a yes made the refusals forgotten
}

TEST_CASE("consent: a clock that steps back makes no refusal last longer than it did") {
  Restarting host;
  host.rig->user.mood = FakeUser::Mood::Refuses;
  CHECK(host.call("name") == "user_refused");
  host.rig->clock.nowUs -= 3'600'000'000;
  CHECK(host.retryAfterMs("name") == 10'000);
}

TEST_CASE("consent: a grant outlives a restart, and so does its end") {
  Restarting host;
  CHECK(host.call("name") == "ok");
  host.restart();
  CHECK(host.call("name") == "ok");
  CHECK(host.rig->user.asked.empty());
  CHECK(host.revoke("test.name"));
  CHECK_FALSE(host.revoke("test.name"));
  host.restart();
  CHECK(host.call("name") == "ok");
  CHECK(host.rig->user.asked.size() == 1);
}

TEST_CASE("consent: a revocation ends the calls in flight that rest on it, and no others") {
  Restarting host;
  CHECK(host.call("name") == "ok");
  CHECK(host.call("city") == "ok");
  host.rig->service.keep = true;
  const auto resting = host.rig->start(*host.session, "test.name", json::object());
  const auto other = host.rig->start(*host.session, "test.city", json::object());
  CHECK(host.rig->loop.until([&] { return host.rig->service.kept.size() == 2; }));
  CHECK_FALSE(resting->done());
  host.rig->desk->revoke(host.session->info().user, host.app_.manifest.appId, "test.name",
                         CollectionMethod::Settings, [](Result<bool>) {});
  CHECK(resting->code() == "permission_denied");  // before the disk, without any wait
  CHECK_FALSE(other->done());
  for (const auto& reply : host.rig->service.kept) reply->result(nullptr);
  CHECK(resting->code() == "permission_denied");  // the handler's late answer is dropped
  CHECK(other->code() == "ok");
  REQUIRE(host.session->events.size() == 3);
  CHECK(host.session->events[2].second == json{{"name", "test.name"}, {"state", "prompt"}});
}

TEST_CASE("consent: another process's revocation is seen within a second") {
  Restarting host;
  CHECK(host.call("name") == "ok");
  CHECK(host.rig->user.asked.size() == 1);
  (void)host.store->runNow<void>("test.other", [](soci::session& sql) -> Result<void> {
    sql << "DELETE FROM grants";
    return {};
  });
  host.rig->loop.advance(milliseconds(900));
  CHECK(host.call("name") == "ok");
  CHECK(host.rig->user.asked.size() == 2);
}

TEST_CASE("consent: a grant that another process took back stops a call whose intent is written") {
  GateRig rig(budgetCatalogue());
  FakeSession session("s1", appWith({"test.name"}));
  rig.open(session);
  CHECK(rig.call(session, "test.name", json::object()).code() == "ok");
  const auto racing = rig.start(session, "test.name", json::object());
  ReceiptDraft draft;
  draft.user = session.info().user;
  draft.app = session.info().manifest().appId;
  draft.permission = "test.name";
  rig.grants->revoke(draft, [](Result<bool> had) { CHECK(*had); });
  rig.clock.nowUs += 600'000;
  rig.desk->state(session.info().id, "test.name",
                  [](Result<ConsentDesk::State> state) { CHECK(state->receiptId.empty()); });
  CHECK(rig.loop.until([&] { return racing->done(); }));
  CHECK(racing->code() == "permission_denied");
  CHECK(rig.service.handled.size() == 1);
}

TEST_CASE("consent: each answer leaves one receipt of its kind, in order") {
  Restarting host;
  host.rig->user.mood = FakeUser::Mood::Dismisses;
  CHECK(host.call("name") == "user_refused");
  host.rig->user.mood = FakeUser::Mood::Grants;
  CHECK(host.call("phone") == "ok");
  CHECK(host.call("phone") == "ok");
  CHECK(host.call("city") == "ok");
  CHECK(host.call("city") == "ok");
  CHECK(host.revoke("test.place.city"));
  std::vector<std::string> kinds;
  for (const auto& receipt : host.receipts())
    kinds.push_back(receipt.kind + " " + receipt.permission);
  CHECK(kinds == std::vector<std::string>{"revocation test.place.city", "grant test.place.city",
                                          "grant test.phone", "grant test.phone",
                                          "refusal test.name"});
  const auto revocation = parseReceiptToken(host.receipts().front().token);
  REQUIRE(revocation.has_value());
  CHECK(revocation->payload["collectionMethod"].is_string());
}

TEST_CASE("consent: grants that are kept in memory are listed by user, and by app when asked") {
  const auto store = memoryGrantStore();
  for (const auto* app : {"ru.post.parcel", "ru.post.shop", "ru.post.bank"}) {
    Grant grant;
    grant.user = UserId("anna");
    grant.app = AppId(app);
    grant.permission = "test.name";
    store->put(grant, {}, [](const auto& stored) { CHECK(stored.has_value()); });
  }
  const auto listed = [&](const char* user, const char* app) {
    std::size_t count = 99;
    store->list(UserId(user), AppId(app), [&](const auto& grants) { count = grants->size(); });
    return count;
  };
  CHECK(listed("anna", "") == 3u);
  CHECK(listed("anna", "ru.post.shop") == 1u);
  CHECK(listed("boris", "") == 0u);
}

TEST_CASE(
    "consent: an app's sheets of the day end, over sessions and restarts, until midnight UTC") {
  Restarting host;
  host.app_.manifest.budget.promptsPerDay = 2;
  host.restart();
  CHECK(host.call("phone") == "ok");
  host.restart();
  CHECK(host.call("phone") == "ok");
  host.restart();
  const auto leftMs = host.retryAfterMs("phone");
  CHECK(leftMs == kDay - host.rig->clock.wallMs() % kDay);
  CHECK(host.rig->user.asked.empty());
  host.rig->clock.nowUs -= 86'400'000'000;  // an earlier day gives none back
  CHECK(host.call("phone") == "permission_blocked");
  host.rig->clock.nowUs += 86'400'000'000;
  host.rig->loop.advance(milliseconds(leftMs));
  CHECK(host.call("phone") == "ok");
}

TEST_CASE("consent: notifications and badges have budgets of the day, each its own") {
  GateLimits limits;
  limits.notificationsPerDayMax = 3;
  limits.badgesPerDayMax = 1;
  Restarting host(limits);
  host.app_.manifest.budget.notificationsPerDay = 2;
  host.restart();
  CHECK(host.call("notify") == "ok");
  CHECK(host.call("badge") == "ok");
  host.restart();
  CHECK(host.call("notify") == "ok");
  CHECK(host.retryAfterMs("notify") > 0);
  CHECK(host.retryAfterMs("badge") > 0);
  CHECK(host.rig->service.handled.size() == 1);
  host.rig->loop.advance(hours(24));
  CHECK(host.call("notify") == "ok");
  CHECK(host.call("badge") == "ok");
}

TEST_CASE("privacy: an app learns no more kinds of data than its budget has points for") {
  Restarting host;
  host.app_.manifest.budget.privacyPoints = 8;
  host.restart();
  CHECK(host.call("name") == "ok");   // 2
  CHECK(host.call("phone") == "ok");  // 7
  const auto asked = host.rig->user.asked.size(),
             touches = static_cast<std::size_t>(host.session->touches);
  CHECK(host.call("place") == "quota_exceeded");  // would be 13
  CHECK(host.rig->user.asked.size() == asked);
  CHECK(static_cast<std::size_t>(host.session->touches) == touches);
  CHECK(host.call("city") == "ok");  // 8
  host.restart();
  CHECK(host.call("place") == "quota_exceeded");
  CHECK(host.call("phone") == "ok");  // known already: it costs nothing more
  CHECK(host.call("name") == "ok");
  CHECK(host.call("city") == "ok");
}

TEST_CASE(
    "privacy: a more precise reading of one kind costs the difference, a coarser one nothing") {
  Restarting host;
  host.app_.manifest.budget.privacyPoints = 6;
  host.restart();
  CHECK(host.call("city") == "ok");
  CHECK(host.call("place") == "ok");  // 6, not 7
  CHECK(host.call("city") == "ok");
  CHECK(host.call("name") == "quota_exceeded");
}

TEST_CASE(
    "privacy: of two calls at once that both fit, only what the budget has room for is told") {
  Restarting host;
  host.app_.manifest.budget.privacyPoints = 6;
  host.restart();
  const auto phone = host.rig->start(*host.session, "test.phone", json::object());
  const auto name = host.rig->start(*host.session, "test.name", json::object());
  CHECK(host.rig->loop.until([&] { return phone->done() && name->done(); }));
  const std::set<std::string> codes = {phone->code(), name->code()};
  CHECK(codes == std::set<std::string>{"ok", "quota_exceeded"});
  CHECK(host.rig->service.handled.size() == 1);
}

TEST_CASE("privacy: the summary says what is learnt at most, and whether the required can be had") {
  auto app = appWith({"test.place.city", "test.place.fine", "test.phone", "net:https://a.example"});
  app.manifest.requiredPermissions = {{"test.name", "why", "greeting", {}}};
  const auto catalogue = budgetCatalogue();
  const auto summary = privacyOf(app.manifest, catalogue, 20);
  CHECK(summary.items.size() == 4);
  CHECK(summary.requiredPoints == 2);
  CHECK(summary.declaredPoints == 13);  // a place costs 6 in both precisions together
  CHECK(summary.pointsMax == 20);
  CHECK(summary.requiredFits());
  app.manifest.budget.privacyPoints = 1;
  CHECK(privacyOf(app.manifest, catalogue, 20).pointsMax == 1);
  CHECK_FALSE(privacyOf(app.manifest, catalogue, 20).requiredFits());
}

TEST_CASE("privacy: the operator's budget holds where the manifest asks for more") {
  GateLimits limits;
  limits.privacyPointsMax = 4;
  Restarting host(limits);
  host.app_.manifest.budget.privacyPoints = 50;
  host.restart();
  CHECK(host.call("phone") == "quota_exceeded");
  CHECK(host.call("name") == "ok");
}
