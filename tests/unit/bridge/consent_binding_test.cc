// Goal: what is executed is what was shown: a yes holds for one act, and for no other that differs
// in one field. Method: seeded single-field mutations of consented acts, each redeemed at the desk
// (KIOSK_MUTATIONS sets how many), and every reachable field changed between the yes and the
// handler of a call through the gate.
#include <doctest/doctest.h>

#include <cstdlib>

#include "tests/unit/bridge/fakes.h"
#include "tests/unit/bridge/service_fixture.h"
#include "tests/unit/bridge/test_catalogue.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;

namespace {

std::uint64_t roundsOf(const char* variable, std::uint64_t usual) {
  const char* given = std::getenv(variable);
  return given != nullptr ? std::strtoull(given, nullptr, 10) : usual;
}

/// Everything that a consent binds, as it stands before a question is made of it.
struct Act {
  SessionInfo session;
  Package package = appWith({"test.each"});
  QuestionSource source;

  Act() {
    session.user = UserId("anna");
    session.language = "ru";
    package.manifest.appOperator.emplace().name = "Post of Example";
    source.method = "test.pay";
    source.grantName = "test.each";
    source.title = "Take money";
    source.facts = {{"To", "Post"}, {"Amount", "1 250.00 RUB"}, {"Order", "A-1"}};
    source.params = {{"order", "A-1"}, {"notes", {"fast", "soft"}}, {"copies", 2}, {"gift", false}};
    source.bound = {{"merchantId", "post"}, {"amountMinor", 125000}, {"currency", "RUB"}};
    source.everyTime = true;
    source.principal = "PJdmhUzCLMZzZ5a1f5sAK2KSGIkW2sM3bx0l4nK0aaY";
  }
  ConsentQuestion question() const {
    auto info = session;
    info.package = std::make_shared<const Package>(package);
    return *askFor(info, source);
  }
};

/// Changes one thing of an act, never to what it was.
class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  void mutate(Act& act) {
    auto& manifest = act.package.manifest;
    auto& facts = act.source.facts;
    const auto fact = random_.below(facts.size());
    switch (random_.below(14)) {
      case 0:
        return change(act.source.method);
      case 1:
        return change(act.source.title);
      case 2:
        return change(act.source.principal);
      case 3:
        return change(act.package.payloadHash);
      case 4:
        return change(manifest.appId.value);
      case 5:
        return change(manifest.name);
      case 6:
        return change(manifest.appOperator->name);
      case 7:
        return change(manifest.optionalPermissions[0].reason);
      case 8:
        return change(manifest.optionalPermissions[0].purpose);
      case 9:
        return change(act.session.language);
      case 10:
        return changeList(facts);
      case 11:
        return change(random_.below(2) == 0 ? facts[fact].label : facts[fact].value);
      case 12:
        return change(act.source.params);
      default:
        return change(act.source.bound);
    }
  }
  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }

 private:
  void change(std::string& text) {
    const auto letter = [&] { return static_cast<char>('a' + random_.below(26)); };
    const auto at = text.empty() ? 0 : random_.below(text.size());
    switch (text.empty() ? 0 : random_.below(4)) {
      case 0:
        text.insert(at, 1, letter());
        return;
      case 1:
        text.erase(at, 1);
        return;
      case 2:
        text += letter();
        return;
      default: {
        const char was = text[at];
        while (text[at] == was) text[at] = letter();
      }
    }
  }
  void changeList(std::vector<ConsentFact>& facts) {
    switch (random_.below(3)) {
      case 0:
        facts.erase(facts.begin() + static_cast<std::ptrdiff_t>(random_.below(facts.size())));
        return;
      case 1:
        facts.push_back({"Fee", "0.01 RUB"});
        return;
      default:
        std::swap(facts[0], facts[1 + random_.below(facts.size() - 1)]);
    }
  }
  void change(json& value) {
    if (value.is_object() && !value.empty() && random_.below(8) != 0) {
      auto at = value.begin();
      std::advance(at, static_cast<std::ptrdiff_t>(random_.below(value.size())));
      if (random_.below(8) == 0) {
        value.erase(at);
      } else {
        change(at.value());
      }
    } else if (value.is_object()) {
      value["k" + std::to_string(random_.below(100))] = static_cast<int>(random_.below(2));
    } else if (value.is_array() && !value.empty() && random_.below(4) != 0) {
      change(value[random_.below(value.size())]);
    } else if (value.is_array()) {
      value.push_back(nullptr);
    } else if (value.is_boolean()) {
      value = !value.get<bool>();
    } else if (value.is_number()) {
      value = value.get<std::int64_t>() + 1 + static_cast<std::int64_t>(random_.below(1'000'000));
    } else if (value.is_string() && random_.below(8) != 0) {
      change(value.get_ref<std::string&>());
    } else {
      value = json::array({value});
    }
  }

  kiosk::test::SeededRandom random_;
};

GateLimits unlimited() {
  GateLimits limits;
  limits.promptsBurstMax = limits.promptsPerHourMax = limits.promptsPerDayMax = UINT32_MAX;
  return limits;
}

}  // namespace

TEST_CASE("consent: no act that differs in one field from the one that was agreed to is accepted") {
  GateRig rig(smallCatalogue(), unlimited());
  FakeSession session("s1", appWith({"test.each"}));
  rig.open(session);
  const auto id = session.info().id;
  const Act base;
  const auto shown = base.question();
  Mutator mutator(20'261'122);
  std::uint64_t accepted = 0, revived = 0, controls = 0, refusedControls = 0, twice = 0;
  const auto rounds = roundsOf("KIOSK_MUTATIONS", 20'000);
  for (std::uint64_t round = 0; round < rounds; ++round) {
    std::string receipt;
    rig.desk->ask(id, shown, Remember::No, [&](Result<std::string> yes) { receipt = *yes; });
    rig.user.asked.clear();
    auto act = base;
    const bool control = round % 64 == 0;
    if (!control) mutator.mutate(act);
    const bool good = rig.desk->redeem(id, receipt, act.question().consentHash);
    const bool again = rig.desk->redeem(id, receipt, shown.consentHash);
    controls += control;
    refusedControls += control && !good;
    twice += control && again;
    accepted += !control && good;
    revived += !control && again;
  }
  CHECK(accepted == 0);
  CHECK(revived == 0);  // a mismatch uses the yes up
  CHECK(controls > 0);
  CHECK(refusedControls == 0);  // the act that was agreed to
  CHECK(twice == 0);            // and once only
  MESSAGE(rounds << " acts, " << controls << " of them unchanged");
}

TEST_CASE("consent: a call that changes between the yes and its handler does not reach it") {
  const std::vector<std::pair<const char*, std::function<void(CallContext&)>>> changes = {
      {"params", [](CallContext& c) { c.params["order"] = "B-2"; }},
      {"a parameter more", [](CallContext& c) { c.params["fee"] = 1; }},
      {"user", [](CallContext& c) { c.session.user = UserId("boris"); }},
      {"language", [](CallContext& c) { c.session.language = "ru"; }},
      {"code",
       [](CallContext& c) {
         auto other = *c.session.package;
         other.payloadHash[0] = 'b';
         c.session.package = std::make_shared<const Package>(other);
       }},
      {"app",
       [](CallContext& c) {
         auto other = *c.session.package;
         other.manifest.appId = AppId("ru.other.app");
         c.session.package = std::make_shared<const Package>(other);
       }},
      {"words", [](CallContext& c) {
         auto other = *c.session.package;
         other.manifest.name = "Bank";
         c.session.package = std::make_shared<const Package>(other);
       }}};
  for (const auto& [what, change] : changes) {
    CAPTURE(what);
    GateRig rig(smallCatalogue());
    FakeSession session("s1", appWith({"test.each"}));
    rig.open(session).touches = 2;
    rig.user.onAsk = [&] { change(*rig.service.prepared.back()); };
    const auto outcome = rig.call(session, "test.pay", {{"order", "A-1"}}, "k1");
    CHECK(outcome.code() == "permission_denied");
    CHECK(outcome.message().find("agreed to something else") != std::string::npos);
    CHECK(rig.service.handled.empty());
    rig.user.onAsk = nullptr;
    CHECK(rig.call(session, "test.pay", {{"order", "A-1"}}, "k2").code() == "ok");
  }
}

TEST_CASE("consent: the first use of a remembered permission is bound to what was shown too") {
  GateRig rig(smallCatalogue());
  FakeSession session("s1", appWith({"test.once"}));
  rig.open(session);
  rig.user.onAsk = [&] {
    auto other = *rig.service.prepared.back()->session.package;
    other.manifest.optionalPermissions[0].purpose = "resale";
    rig.service.prepared.back()->session.package = std::make_shared<const Package>(other);
  };
  CHECK(rig.call(session, "test.once", json::object()).code() == "permission_denied");
  CHECK(rig.service.handled.empty());
}
