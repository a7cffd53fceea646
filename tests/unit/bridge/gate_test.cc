// Goal: consent is remembered and refused as docs/gate.md says, a call settles once whatever ends
// it, and an act never precedes its record. Method: calls through the gate with a virtual clock and
// a user who answers when told.
#include <doctest/doctest.h>

#include "tests/unit/bridge/fakes.h"
#include "tests/unit/bridge/test_catalogue.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;
using std::chrono::milliseconds;

namespace {

struct Fixture {
  GateRig rig{smallCatalogue()};
  FakeSession session{"s1", appWith({"test.once", "test.each", "test.rare"})};
  Fixture() { rig.open(session).touches = 1000; }
  json order{{"order", "A-1"}};
};

json kindsOf(const std::vector<json>& records) {
  json kinds = json::array();
  for (const auto& record : records) kinds.push_back(record["kind"]);
  return kinds;
}

}  // namespace

TEST_CASE("consent: once is asked once, and remembered for this code only") {
  Fixture f;
  CHECK(f.rig.call(f.session, "test.once", json::object()).code() == "ok");
  CHECK(f.rig.call(f.session, "test.once", json::object()).code() == "ok");
  CHECK(f.rig.user.asked.size() == 1);
  CHECK(f.rig.service.handled[0]->receiptId == f.rig.service.handled[1]->receiptId);
  CHECK(f.session.events.size() == 1);

  FakeSession again("s2", appWith({"test.once"}));
  CHECK(f.rig.call(f.rig.open(again), "test.once", json::object()).code() == "ok");
  CHECK(f.rig.user.asked.size() == 1);

  auto update = appWith({"test.once"});
  update.payloadHash = std::string(64, 'b');
  FakeSession newer("s3", update);
  CHECK(f.rig.call(f.rig.open(newer), "test.once", json::object()).code() == "ok");
  CHECK(f.rig.user.asked.size() == 2);

  FakeSession boris("s4", appWith({"test.once"}), "boris");
  CHECK(f.rig.call(f.rig.open(boris), "test.once", json::object()).code() == "ok");
  CHECK(f.rig.user.asked.size() == 3);
}

TEST_CASE("consent: each is asked at every call") {
  Fixture f;
  CHECK(f.rig.call(f.session, "test.pay", f.order, "k1").code() == "ok");
  CHECK(f.rig.call(f.session, "test.pay", f.order, "k2").code() == "ok");
  REQUIRE(f.rig.user.asked.size() == 2);
  CHECK(f.rig.user.asked[0].everyTime);
  CHECK(f.rig.service.handled[0]->receiptId != f.rig.service.handled[1]->receiptId);
}

TEST_CASE(
    "consent: the sheet speaks the host's words in the user's language, and quotes the app "
    "safely") {
  GateRig rig(smallCatalogue());
  auto package = appWith({});
  package.manifest.name = "Par\u202ecel\n\x1b[31m";
  package.manifest.optionalPermissions = {{"test.once", "because\nAmount: 0", "delivery", {}}};
  FakeSession session("s1", package);
  session.info_.language = "ru-RU";
  rig.call(rig.open(session), "test.once", json::object());
  REQUIRE(rig.user.asked.size() == 1);
  const auto& prompt = rig.user.asked[0];
  CHECK(prompt.title == "Знать имя");
  CHECK(prompt.permission == "test.once");
  CHECK(prompt.operatorName == "непроверенный разработчик");
  for (const auto& text : {prompt.appName, prompt.reason}) {
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\u202e") == std::string::npos);
  }
}

TEST_CASE(
    "consent: any change of user, code, act or words changes the hash that binds the answer") {
  const auto hashOf =
      [](const std::function<void(SessionInfo&, Package&, QuestionSource&)>& change) {
        auto package = appWith({"test.once"});
        FakeSession session("s1", package);
        QuestionSource source;
        source.method = "test.pay";
        source.grantName = "test.once";
        source.title = "Take money";
        source.facts = {{"Amount", "1.00 RUB"}};
        source.bound = {{"amount", 100}};
        auto info = session.info();
        change(info, package, source);
        info.package = std::make_shared<const Package>(package);
        return askFor(info, source)->consentHash;
      };
  const auto base = hashOf([](auto&, auto&, auto&) {});
  CHECK(base.size() == 64);
  CHECK(base == hashOf([](auto&, auto&, auto&) {}));
  std::set<std::string> hashes = {base};
  hashes.insert(hashOf([](auto& info, auto&, auto&) { info.user = UserId("boris"); }));
  hashes.insert(hashOf([](auto& info, auto&, auto&) { info.language = "ru"; }));
  hashes.insert(hashOf([](auto&, auto& package, auto&) { package.payloadHash[0] = 'b'; }));
  hashes.insert(hashOf([](auto&, auto& package, auto&) { package.manifest.appId = AppId("x.y"); }));
  hashes.insert(hashOf([](auto&, auto& package, auto&) { package.manifest.name = "Other"; }));
  hashes.insert(hashOf([](auto&, auto& package, auto&) {
    package.manifest.optionalPermissions[0].reason = "other";
  }));
  hashes.insert(hashOf([](auto&, auto& package, auto&) {
    package.manifest.optionalPermissions[0].purpose = "other";
  }));
  hashes.insert(hashOf([](auto&, auto&, auto& source) { source.method = "test.other"; }));
  hashes.insert(hashOf([](auto&, auto&, auto& source) { source.title = "Take all"; }));
  hashes.insert(hashOf([](auto&, auto&, auto& source) { source.facts[0].value = "2.00 RUB"; }));
  hashes.insert(hashOf([](auto&, auto&, auto& source) { source.bound["amount"] = 200; }));
  hashes.insert(hashOf([](auto&, auto&, auto& source) { source.params["to"] = "x"; }));
  hashes.insert(hashOf([](auto&, auto&, auto& source) { source.principal = "pairwise"; }));
  CHECK(hashes.size() == 14);
}

TEST_CASE(
    "consent: after a refusal the same question waits 10 s, then 20 s, and another one does not") {
  Fixture f;
  f.rig.user.mood = FakeUser::Mood::Refuses;
  CHECK(f.rig.call(f.session, "test.once", json::object()).code() == "user_refused");
  auto blocked = f.rig.call(f.session, "test.once", json::object());
  CHECK(blocked.code() == "permission_blocked");
  CHECK(blocked.settled->error().retryAfterMs.value_or(0) > 9000);
  CHECK(f.rig.user.asked.size() == 1);
  CHECK(f.rig.call(f.session, "test.rare", json::object()).code() == "user_refused");
  f.rig.loop.advance(milliseconds(10'001));
  f.rig.user.mood = FakeUser::Mood::Dismisses;
  CHECK(f.rig.call(f.session, "test.once", json::object()).code() == "user_refused");
  f.rig.loop.advance(milliseconds(10'001));
  CHECK(f.rig.call(f.session, "test.once", json::object()).code() == "permission_blocked");
  f.rig.loop.advance(milliseconds(10'001));
  f.rig.user.mood = FakeUser::Mood::Grants;
  CHECK(f.rig.call(f.session, "test.once", json::object()).code() == "ok");
}

TEST_CASE(
    "consent: one sheet at a time; what waits is answered by an earlier yes, and is bounded") {
  Fixture f;
  f.rig.user.mood = FakeUser::Mood::Thinks;
  const auto first = f.rig.start(f.session, "test.once", json::object());
  const auto second = f.rig.start(f.session, "test.once", json::object());
  std::vector<std::shared_ptr<GateRig::Outcome>> pays;
  for (int i = 0; i < 7; ++i) {
    pays.push_back(f.rig.start(f.session, "test.pay", f.order, "k" + std::to_string(i)));
  }
  const auto tooMany = f.rig.start(f.session, "test.pay", f.order, "k7");
  CHECK(tooMany->code() == "busy");
  CHECK(f.rig.user.open.size() == 1);
  f.rig.user.decide(ConsentAnswer::Granted);
  CHECK(f.rig.loop.until([&] { return first->done() && second->done(); }));
  CHECK(first->code() == "ok");
  CHECK(second->code() == "ok");
  CHECK(f.rig.user.asked.size() == 2);  // the second once was not asked; a payment is
  CHECK(f.rig.user.open.size() == 1);
  f.rig.user.decide(ConsentAnswer::Refused);
  CHECK(pays[0]->code() == "user_refused");
  for (int i = 1; i < 7; ++i)
    CHECK(pays[static_cast<std::size_t>(i)]->code() == "permission_blocked");
}

TEST_CASE("consent: a session's budget of sheets ends, and refills") {
  GateLimits limits;
  limits.promptsBurstMax = 2;
  limits.promptsPerHourMax = 60;
  GateRig rig(smallCatalogue(), limits);
  FakeSession session("s1", appWith({"test.once", "test.each"}));
  rig.open(session).touches = 10;
  CHECK(rig.call(session, "test.pay", {{"order", "1"}}, "k1").code() == "ok");
  CHECK(rig.call(session, "test.pay", {{"order", "1"}}, "k2").code() == "ok");
  CHECK(rig.call(session, "test.pay", {{"order", "1"}}, "k3").code() == "rate_limited");
  CHECK(session.touches == 8);  // refused before the touch was taken
  CHECK(rig.call(session, "test.once", json::object()).code() == "rate_limited");
  CHECK(rig.user.asked.size() == 2);
  rig.loop.advance(milliseconds(61'000));
  CHECK(rig.call(session, "test.pay", {{"order", "1"}}, "k4").code() == "ok");
}

TEST_CASE(
    "consent: a revoked grant stops a call whose sheet or intent was under way, and is asked "
    "anew") {
  Fixture f;
  CHECK(f.rig.call(f.session, "test.once", json::object()).code() == "ok");
  const auto racing = f.rig.start(f.session, "test.once", json::object());
  bool had = false;
  f.rig.desk->revoke(f.session.info().user, f.session.info().manifest().appId, "test.once",
                     CollectionMethod::Settings,
                     [&](Result<bool> revoked) { had = revoked && *revoked; });
  CHECK(had);
  CHECK(f.rig.loop.until([&] { return racing->done(); }));
  CHECK(racing->code() == "permission_denied");
  CHECK(f.rig.service.handled.size() == 1);
  CHECK(f.rig.call(f.session, "test.once", json::object()).code() == "ok");
  CHECK(f.rig.user.asked.size() == 2);
}

TEST_CASE("gate: privileged permissions are for apps that the operator lists") {
  Fixture f;
  f.rig.policy.privileged = false;
  CHECK(f.rig.call(f.session, "test.rare", json::object()).code() == "permission_denied");
  CHECK(f.rig.user.asked.empty());
}

TEST_CASE("gate: a policy that says ask makes the user agree to that very call") {
  Fixture f;
  f.rig.policy.verdict = PolicyVerdict::Ask;
  f.rig.user.mood = FakeUser::Mood::Refuses;
  CHECK(f.rig.call(f.session, "test.plain", json::object()).code() == "user_refused");
  f.rig.loop.advance(milliseconds(60'000));
  f.rig.user.mood = FakeUser::Mood::Grants;
  CHECK(f.rig.call(f.session, "test.plain", json::object()).code() == "ok");
  CHECK(f.rig.call(f.session, "test.plain", json::object()).code() == "ok");
  CHECK(f.rig.user.asked.size() == 3);
}

TEST_CASE("gate: the operator's reason is in the audit record of the call, and not in its answer") {
  Fixture f;
  f.rig.policy.verdict = PolicyVerdict::Deny;
  f.rig.policy.reason = "rule 7: not at night";
  const auto refused = f.rig.call(f.session, "test.plain", json::object());
  CHECK(refused.code() == "policy_refused");
  CHECK(refused.message().find("rule 7") == std::string::npos);
  const auto records = f.rig.records();
  CHECK(records.back()["reason"] == "policy; policy: rule 7: not at night");
}

TEST_CASE("gate: an app that the user does not see asks nobody and pays nothing") {
  Fixture f;
  f.session.isShown = false;
  CHECK(f.rig.call(f.session, "test.pay", f.order, "k1").code() == "background_forbidden");
  CHECK(f.rig.call(f.session, "test.plain", json::object()).code() == "ok");
  f.rig.policy.verdict = PolicyVerdict::Ask;
  CHECK(f.rig.call(f.session, "test.plain", json::object()).code() == "background_forbidden");
  CHECK(f.rig.user.asked.empty());
  f.session.isShown = true;
  CHECK(f.rig.call(f.session, "test.plain", json::object()).code() == "ok");
}

TEST_CASE(
    "gate: value-bearing methods need a key; the same key and params run once, before and after") {
  Fixture f;
  CHECK(f.rig.call(f.session, "test.pay", f.order).code() == "invalid_params");
  CHECK(f.rig.call(f.session, "test.pay", f.order, "bad key").code() == "invalid_params");
  f.rig.service.keep = true;
  const auto first = f.rig.start(f.session, "test.pay", f.order, "k1");
  const auto second = f.rig.start(f.session, "test.pay", f.order, "k1");
  CHECK(f.rig.call(f.session, "test.pay", {{"order", "B"}}, "k1").code() == "invalid_params");
  CHECK(f.rig.loop.until([&] { return !f.rig.service.kept.empty(); }));
  const auto third = f.rig.start(f.session, "test.pay", f.order, "k1");
  CHECK_FALSE(first->done());
  f.rig.service.kept[0]->result(nullptr);
  CHECK(first->code() == "ok");
  CHECK(second->code() == "ok");
  CHECK(third->code() == "ok");
  CHECK(f.rig.call(f.session, "test.pay", f.order, "k1").code() == "ok");
  CHECK(f.rig.service.handled.size() == 1);
  CHECK(f.rig.user.asked.size() == 1);

  FakeSession boris("s2", appWith({"test.each"}), "boris");
  f.rig.open(boris).touches = 1;
  f.rig.service.keep = false;
  CHECK(f.rig.call(boris, "test.pay", {{"order", "B"}}, "k1").code() == "ok");  // keys are per user
}

TEST_CASE("gate: a call refused by the user frees its key") {
  Fixture f;
  f.rig.user.mood = FakeUser::Mood::Thinks;
  const auto first = f.rig.start(f.session, "test.pay", f.order, "k1");
  const auto second = f.rig.start(f.session, "test.pay", f.order, "k1");
  f.rig.user.decide(ConsentAnswer::Refused);
  CHECK(first->code() == "user_refused");
  CHECK(second->code() == "user_refused");
  f.rig.loop.advance(milliseconds(10'001));
  f.rig.user.mood = FakeUser::Mood::Grants;
  CHECK(f.rig.call(f.session, "test.pay", f.order, "k1").code() == "ok");
}

TEST_CASE("gate: a standing denial is permission_denied each time and blocks no later question") {
  Fixture f;
  f.rig.user.mood = FakeUser::Mood::Denies;
  CHECK(f.rig.call(f.session, "test.pay", f.order, "k1").code() == "permission_denied");
  CHECK(f.rig.call(f.session, "test.pay", f.order, "k2").code() == "permission_denied");
  CHECK(f.rig.service.handled.empty());
  f.rig.user.mood = FakeUser::Mood::Grants;
  CHECK(f.rig.call(f.session, "test.pay", f.order, "k3").code() == "ok");
}

TEST_CASE("gate: the answer that prepare finds stored is given without asking or handling") {
  Fixture f;
  Prepared stored;
  stored.replay = json(nullptr);
  f.rig.service.prepare = stored;
  CHECK(f.rig.call(f.session, "test.pay", f.order, "k1").code() == "ok");
  CHECK(f.rig.user.asked.empty());
  CHECK(f.rig.service.handled.empty());
}

TEST_CASE("gate: a deadline answers timeout, takes the sheet away, and drops what comes later") {
  Fixture f;
  f.rig.user.mood = FakeUser::Mood::Thinks;
  const auto asked = f.rig.start(f.session, "test.pay", f.order, "k1");
  f.rig.loop.advance(milliseconds(5000));
  CHECK(asked->code() == "timeout");
  CHECK(f.rig.user.withdrawn.size() == 1);
  CHECK(f.rig.service.handled.empty());

  f.rig.user.mood = FakeUser::Mood::Grants;
  f.rig.service.keep = true;
  const auto slow = f.rig.start(f.session, "test.pay", f.order, "k2");
  CHECK(f.rig.loop.until([&] { return !f.rig.service.kept.empty(); }));
  f.rig.loop.advance(milliseconds(5000));
  CHECK(slow->code() == "timeout");
  CHECK(slow->message().find("same idempotencyKey") != std::string::npos);
  const auto repeat = f.rig.start(f.session, "test.pay", f.order, "k2");
  f.rig.service.kept[0]->result(nullptr);
  CHECK(repeat->code() == "ok");
  CHECK(f.rig.service.handled.size() == 1);
  CHECK(f.rig.loop.timers() == 0);
  CHECK(kindsOf(f.rig.records()) ==
        json({"started", "opened", "call", "intent", "call", "call", "late"}));
}

TEST_CASE("gate: a deadline speaks of a key only where one would help") {
  Fixture f;
  f.rig.service.keep = true;
  const auto plain = f.rig.start(f.session, "test.plain", json::object());
  CHECK(f.rig.loop.until([&] { return !f.rig.service.kept.empty(); }));
  f.rig.loop.advance(milliseconds(1000));
  CHECK(plain->code() == "timeout");
  CHECK(plain->message().find("idempotencyKey") == std::string::npos);
}

TEST_CASE("gate: the answers of the last 256 keys are kept, and of no more") {
  constexpr int kKept = 256;
  Fixture f;
  Prepared stored;
  stored.replay = json(nullptr);
  f.rig.service.prepare = stored;
  const auto pay = [&](int number) {
    f.rig.loop.advance(milliseconds(1000));
    CHECK(f.rig.call(f.session, "test.pay", f.order, "k" + std::to_string(number)).code() == "ok");
    return f.rig.service.prepared.size();
  };
  for (int number = 0; number < kKept; ++number) pay(number);
  CHECK(pay(0) == kKept);
  CHECK(pay(kKept) == kKept + 1);
  CHECK(pay(1) == kKept + 1);
  CHECK(pay(0) == kKept + 2);
}

TEST_CASE("gate: so many repeats wait for the act under way, and one more is told to come later") {
  Fixture f;
  f.rig.service.keep = true;
  const auto act = f.rig.start(f.session, "test.pay", f.order, "k1");
  CHECK(f.rig.loop.until([&] { return !f.rig.service.kept.empty(); }));
  std::vector<std::shared_ptr<GateRig::Outcome>> waiting;
  for (int i = 0; i < 16; ++i) {
    waiting.push_back(f.rig.start(f.session, "test.pay", f.order, "k1"));
    CHECK_FALSE(waiting.back()->done());
  }
  CHECK(f.rig.call(f.session, "test.pay", f.order, "k1").code() == "busy");
  f.rig.service.kept[0]->result(nullptr);
  CHECK(f.rig.loop.until([&] { return act->done(); }));
  for (const auto& one : waiting) CHECK(one->code() == "ok");
  CHECK(f.rig.service.handled.size() == 1);
}

TEST_CASE("gate: an intent is on disk before the handler runs") {
  Fixture f;
  json atHandler;
  f.rig.service.result = [&](const CallContext&) {
    // Read without a flush: what is in the file now is what a crash here would leave.
    const auto text = *readFile(segmentPath(f.rig.audit->chainDir(), 1), 1u << 20);
    const auto head = *readHead(f.rig.audit->chainDir());
    const auto before = text.rfind('\n', text.size() - 2);
    atHandler = json::parse(text.substr(before == std::string::npos ? 0 : before + 1));
    CHECK(atHandler["seq"] == head.point.seq);  // synced, not only written
    return json(nullptr);
  };
  CHECK(f.rig.call(f.session, "test.pay", f.order, "k1").code() == "ok");
  CHECK(atHandler["kind"] == "intent");
  CHECK(atHandler["method"] == "test.pay");
  CHECK(atHandler["shape"] == "order:string");
  CHECK(atHandler["receipt"] == f.rig.service.handled[0]->receiptId);
  CHECK(atHandler["consent"].get<std::string>().size() == 64);
  CHECK(atHandler.dump().find("A-1") == std::string::npos);
  CHECK(atHandler.dump().find("anna") == std::string::npos);
}

TEST_CASE(
    "gate: when a session ends, its calls are cancelled, sheets go, and nothing begins "
    "afterwards") {
  Fixture f;
  f.rig.user.mood = FakeUser::Mood::Thinks;
  const auto asked = f.rig.start(f.session, "test.pay", f.order, "k1");
  const auto waits = f.rig.start(f.session, "test.once", json::object());
  f.rig.close(f.session);
  CHECK(asked->code() == "cancelled");
  CHECK(waits->code() == "cancelled");
  CHECK(f.rig.user.open.empty());
  CHECK(f.rig.call(f.session, "test.plain", json::object()).code() == "cancelled");

  // With the intent on its way to the disk.
  FakeSession second("s2", appWith({"test.each"}));
  f.rig.open(second).touches = 1;
  f.rig.user.mood = FakeUser::Mood::Grants;
  const auto writing = f.rig.start(second, "test.pay", f.order, "k2");
  CHECK_FALSE(writing->done());
  f.rig.close(second);
  CHECK(writing->code() == "cancelled");
  f.rig.audit->flush();
  f.rig.loop.drain();
  CHECK(f.rig.service.handled.empty());
}

TEST_CASE("gate: a handler that outlives its session is heard by nobody but the record") {
  Fixture f;
  f.rig.service.keep = true;
  const auto pay = f.rig.start(f.session, "test.pay", f.order, "k1");
  const auto plain = f.rig.start(f.session, "test.plain", json::object());
  CHECK(f.rig.loop.until([&] { return f.rig.service.kept.size() == 2; }));
  f.rig.close(f.session);
  CHECK(pay->code() == "cancelled");
  CHECK(plain->code() == "cancelled");
  CHECK(f.rig.service.handled[0]->liveSession() == nullptr);
  for (auto& reply : f.rig.service.kept) reply->result(nullptr);
  const auto records = f.rig.records();
  CHECK(records.back()["kind"] == "late");
  CHECK(records.back()["method"] == "test.pay");
}

TEST_CASE("gate: cancelling a call takes its sheet away and lets the next question come") {
  Fixture f;
  f.rig.user.mood = FakeUser::Mood::Thinks;
  const auto first = f.rig.start(f.session, "test.pay", f.order, "k1");
  const auto next = f.rig.start(f.session, "test.once", json::object());
  f.rig.gate->cancelled(f.session, 1);
  CHECK(first->code() == "cancelled");
  CHECK(f.rig.user.withdrawn.size() == 1);
  CHECK(f.rig.user.asked.size() == 2);
  f.rig.user.decide(ConsentAnswer::Granted);
  CHECK(f.rig.loop.until([&] { return next->done(); }));
  CHECK(next->code() == "ok");
  f.rig.gate->cancelled(f.session, 99);
}

TEST_CASE("gate: cancelling a call that waits for its sheet leaves the open one as it is") {
  Fixture f;
  f.rig.user.mood = FakeUser::Mood::Thinks;
  const auto first = f.rig.start(f.session, "test.pay", f.order, "k1");
  const auto waiting = f.rig.start(f.session, "test.once", json::object());
  f.rig.gate->cancelled(f.session, 2);
  CHECK(waiting->code() == "cancelled");
  CHECK(f.rig.user.withdrawn.empty());
  f.rig.user.decide(ConsentAnswer::Granted);
  CHECK(f.rig.loop.until([&] { return first->done(); }));
  CHECK(first->code() == "ok");
}

TEST_CASE("gate: an app hears of a revocation when it had the permission, and only then") {
  Fixture f;
  const auto revoke = [&] {
    f.rig.desk->revoke(f.session.info().user, f.session.info().manifest().appId, "test.once",
                       CollectionMethod::Settings, [](const Result<bool>&) {});
    f.rig.loop.drain();
    return f.session.events.size();
  };
  CHECK(revoke() == 0);
  CHECK(f.rig.call(f.session, "test.once", json::object()).code() == "ok");
  CHECK(f.session.events.size() == 1);
  CHECK(revoke() == 2);
  CHECK(f.session.events[1].second["state"] == "prompt");
}

TEST_CASE("gate: a flood is refused with a time to wait, and recorded in one line a second") {
  GateLimits limits;
  limits.callsBurstMax = 10;
  limits.callsPerMinuteMax = 60;
  GateRig rig(smallCatalogue(), limits);
  FakeSession session("s1", appWith({}));
  rig.open(session);
  int refused = 0;
  for (int i = 0; i < 500; ++i) {
    const auto outcome = rig.call(session, i % 2 == 0 ? "test.plain" : "no.such", json::object());
    if (outcome.code() != "rate_limited") continue;
    ++refused;
    CHECK(outcome.settled->error().retryAfterMs.value_or(0) > 0);
  }
  CHECK(refused == 240);
  rig.loop.advance(milliseconds(1000));
  CHECK(rig.call(session, "test.plain", json::object()).code() == "ok");
  rig.close(session);
  std::uint64_t lines = 0, counted = 0;
  for (const auto& record : rig.records()) {
    if (record["kind"] != "refused") continue;
    ++lines;
    counted += record["count"].get<std::uint64_t>();
  }
  CHECK(lines == 1);
  CHECK(counted == 490);
}

TEST_CASE("gate: with the audit queue full, acts are refused busy and plain calls go on, counted") {
  GateRig rig(smallCatalogue(), {}, 0);
  FakeSession session("s1", appWith({"test.once"}));
  rig.open(session);
  CHECK(rig.call(session, "test.plain", json::object()).code() == "ok");
  CHECK(rig.call(session, "test.once", json::object()).code() == "busy");
  CHECK(rig.service.handled.size() == 1);
}

TEST_CASE("gate: a handler that drops its reply, or answers outside its schema, answers internal") {
  Fixture f;
  f.rig.service.keep = true;
  const auto dropped = f.rig.start(f.session, "test.plain", json::object());
  f.rig.service.kept.clear();
  CHECK(dropped->code() == "internal");
}

TEST_CASE("gate: methods and handlers must match one to one") {
  const auto catalogue = smallCatalogue();
  GateRig rig(smallCatalogue());
  const Gate::Parts parts{catalogue, *rig.desk, *rig.grants, *rig.audit, rig.policy, rig.clock, {}};
  const auto complaint = [&](const std::vector<std::string>& names) -> std::string {
    std::vector<MethodBinding> bindings;
    for (const auto& name : names) bindings.push_back(rig.service.binding(name));
    auto gate = Gate::create(parts, std::move(bindings));
    return gate ? "" : gate.error().message;
  };
  CHECK(complaint({"test.plain", "test.once", "test.rare", "test.pay"}) == "");
  CHECK(complaint({"test.plain", "test.once", "test.rare"}) ==
        "a method without a handler: test.pay");
  CHECK(complaint({"test.plain", "test.once", "test.rare", "test.pay", "test.more"}) ==
        "a handler without a method: test.more");
  CHECK(complaint({"test.plain", "test.plain", "test.once", "test.rare", "test.pay"}) ==
        "two handlers for one method: test.plain");
  std::vector<MethodBinding> empty(1);
  empty[0].method = "test.plain";
  CHECK(Gate::create(parts, std::move(empty)).error().message == "an empty handler: test.plain");
}
