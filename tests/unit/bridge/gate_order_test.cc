// Goal: the gate's order is what docs/gate.md says, and nothing behind a refused step is touched.
// Method: one call that everything is asked of; each step is violated alone, then each with every
// later one, and the earlier one's error must win.
#include <doctest/doctest.h>

#include "tests/unit/bridge/fakes.h"
#include "tests/unit/bridge/test_catalogue.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;

namespace {

/// A call of test.pay that passes every step unless told otherwise.
struct Attempt {
  std::string method = "test.pay";
  json params = {{"order", "A-1"}};
  GateLimits limits;
  std::size_t queueRecordsMax = 4096;
  std::vector<std::string> permissions = {"test.each"};
  std::uint32_t privacyPoints = 10;
  bool revoked = false, denied = false, keyUsed = false, touched = true, refuses = false;
  bool deniedMeanwhile = false;
  Result<Prepared> prepare = Prepared{};
  Result<json> result = json(nullptr);
};

struct Violation {
  std::string step;
  std::function<void(Attempt&)> apply;
  std::string code, message;
};

const std::vector<Violation>& violations() {
  static const std::vector<Violation> all = {
      {"method", [](Attempt& a) { a.method = "test.nothing"; }, "unsupported",
       "there is no method"},
      {"state", [](Attempt& a) { a.revoked = true; }, "revoked", "revoked"},
      {"quota", [](Attempt& a) { a.limits.callsBurstMax = 0; }, "rate_limited", "too often"},
      {"schema",
       [](Attempt& a) {
         a.params = {{"order", 1}};
       },
       "invalid_params", "params.order"},
      {"declared", [](Attempt& a) { a.permissions.clear(); }, "not_declared", "test.each"},
      {"policy", [](Attempt& a) { a.denied = true; }, "policy_refused", "does not allow test.pay"},
      {"repeat", [](Attempt& a) { a.keyUsed = true; }, "invalid_params", "other params"},
      {"budget", [](Attempt& a) { a.privacyPoints = 0; }, "quota_exceeded", "privacy points"},
      {"activation", [](Attempt& a) { a.touched = false; }, "activation_required", "touch"},
      {"prepare",
       [](Attempt& a) {
         a.prepare = Error{ErrorCode::OrderInvalid, "no such order"};
       },
       "order_invalid", "no such order"},
      {"consent", [](Attempt& a) { a.refuses = true; }, "user_refused", "refused"},
      {"again", [](Attempt& a) { a.deniedMeanwhile = true; }, "policy_refused", "any more"},
      {"intent", [](Attempt& a) { a.queueRecordsMax = 0; }, "busy", "no room"},
      {"handler",
       [](Attempt& a) {
         a.result = Error{ErrorCode::Declined, "no"};
       },
       "declined", "no"},
      {"result",
       [](Attempt& a) {
         a.result = json{{"secret", "leak"}};
       },
       "internal", "must not send"},
  };
  return all;
}

struct Seen {
  GateRig::Outcome outcome;
  std::size_t prepared, prompts, handled;
};

Seen run(const Attempt& attempt) {
  GateRig rig(smallCatalogue(), attempt.limits, attempt.queueRecordsMax);
  auto app = appWith(attempt.permissions);
  app.manifest.budget.privacyPoints = attempt.privacyPoints;
  FakeSession session("s1", app);
  rig.open(session);
  FakeSession other("s2", appWith({"test.each"}));
  if (attempt.keyUsed) {
    // The same user and app have a call with this key and other params waiting for its sheet.
    rig.open(other).touches = 1;
    rig.user.mood = FakeUser::Mood::Thinks;
    rig.start(other, "test.pay", {{"order", "B-2"}}, "key-1");
  }
  rig.service.prepare = attempt.prepare;
  rig.service.result = [&](const CallContext&) { return attempt.result; };
  const auto preparedBefore = rig.service.prepared.size(), promptsBefore = rig.user.asked.size();
  rig.policy.isRevoked = attempt.revoked;
  if (attempt.denied) rig.policy.verdict = PolicyVerdict::Deny;
  rig.user.mood = attempt.refuses ? FakeUser::Mood::Refuses : FakeUser::Mood::Grants;
  if (attempt.deniedMeanwhile) rig.user.onAsk = [&] { rig.policy.verdict = PolicyVerdict::Deny; };
  session.touches = attempt.touched ? 1 : 0;
  Seen seen{rig.call(session, attempt.method, attempt.params, "key-1"), 0, 0, 0};
  seen.prepared = rig.service.prepared.size() - preparedBefore;
  seen.prompts = rig.user.asked.size() - promptsBefore;
  seen.handled = rig.service.handled.size();
  rig.close(session);
  return seen;
}

std::size_t indexOf(std::string_view step) {
  for (std::size_t i = 0; i < violations().size(); ++i) {
    if (violations()[i].step == step) return i;
  }
  return SIZE_MAX;
}

}  // namespace

TEST_CASE("gate: a call that violates nothing reaches its handler") {
  const auto seen = run({});
  CHECK(seen.outcome.code() == "ok");
  CHECK(seen.prepared == 1);
  CHECK(seen.prompts == 1);
  CHECK(seen.handled == 1);
}

TEST_CASE("gate: each step refuses by itself, and nothing behind it is touched") {
  for (std::size_t i = 0; i < violations().size(); ++i) {
    const auto& violation = violations()[i];
    CAPTURE(violation.step);
    Attempt attempt;
    violation.apply(attempt);
    const auto seen = run(attempt);
    CHECK(seen.outcome.code() == violation.code);
    CHECK(seen.outcome.message().find(violation.message) != std::string::npos);
    CHECK(seen.outcome.message().find("leak") == std::string::npos);
    CHECK(seen.prepared == (i >= indexOf("prepare") ? 1 : 0));
    CHECK(seen.prompts == (i >= indexOf("consent") ? 1 : 0));
    CHECK(seen.handled == (i >= indexOf("handler") ? 1 : 0));
  }
}

TEST_CASE("gate: of two violated steps the earlier one answers, and nothing behind it is touched") {
  for (std::size_t i = 0; i < violations().size(); ++i) {
    for (std::size_t j = i + 1; j < violations().size(); ++j) {
      const auto &first = violations()[i], &second = violations()[j];
      // Both speak of the handler's one answer.
      if (first.step == "handler") continue;
      CAPTURE(first.step);
      CAPTURE(second.step);
      Attempt attempt;
      second.apply(attempt);
      first.apply(attempt);
      const auto seen = run(attempt);
      CHECK(seen.outcome.code() == first.code);
      CHECK(seen.outcome.message().find(first.message) != std::string::npos);
      CHECK(seen.prepared == (i >= indexOf("prepare") ? 1 : 0));
      CHECK(seen.prompts == (i >= indexOf("consent") ? 1 : 0));
      CHECK(seen.handled == (i >= indexOf("handler") ? 1 : 0));
    }
  }
}

TEST_CASE("gate: the list of steps is the documented one") {
  const std::vector<std::string_view> documented = {
      "method",     "state",   "quota",   "schema", "declared", "policy", "repeat", "budget",
      "activation", "prepare", "consent", "again",  "intent",   "spend",  "there",  "handler"};
  CHECK(Gate::order() == documented);
  const auto page = readFile(KIOSK_SOURCE_DIR "/docs/gate.md", 1u << 20);
  REQUIRE(page.has_value());
  std::size_t at = 0;
  for (const auto step : documented) {
    const auto found = page->find("| " + std::string(step) + " |", at);
    CHECK_MESSAGE(found != std::string::npos, "docs/gate.md lacks, or has out of order: " << step);
    if (found != std::string::npos) at = found;
  }
}
