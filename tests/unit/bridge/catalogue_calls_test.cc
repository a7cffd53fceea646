// Goal: every method of the catalogue refuses what its description refuses, with a documented code,
// and its handler is not reached. Method: from each description make a good call and every kind of
// bad one.
#include <doctest/doctest.h>

#include <algorithm>

#include "bridge/schema.h"
#include "tests/unit/bridge/fakes.h"
#include "tests/unit/bridge/schema_samples.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;

namespace {

struct Rig {
  explicit Rig(const MethodSpec& method, GateLimits limits = {})
      : rig(*Catalogue::embedded(), limits), name(method.name) {
    for (const auto& permission : rig.catalogue.permissions())
      everything.push_back(permission->name);
    session.emplace("s1", appWith(everything));
    rig.open(*session).touches = 1000;
    rig.service.result = [this](const CallContext& context) {
      return sampleOf(rig.catalogue.find(context.method)->result);
    };
  }
  GateRig::Outcome call(const json& params) { return call(*session, params); }
  GateRig::Outcome call(FakeSession& from, const json& params) {
    return rig.call(from, name, params, "key-" + std::to_string(++keys));
  }

  GateRig rig;
  std::string name;
  std::vector<std::string> everything;
  std::optional<FakeSession> session;
  int keys = 0;
};

bool documented(const MethodSpec& method, const std::string& code) {
  const auto gate = gateErrors(method);
  const auto is = [&](ErrorCode one) { return errorName(one) == code; };
  return std::any_of(gate.begin(), gate.end(), is) ||
         std::any_of(method.errors.begin(), method.errors.end(), is);
}

void forEachMethod(const std::function<void(const MethodSpec&)>& body) {
  const auto catalogue = *Catalogue::embedded();
  for (const auto& method : catalogue.methods()) {
    CAPTURE(method->name);
    body(*method);
  }
}

/// Checks that `outcome` is the documented refusal `code`, before the handler.
void checkRefused(const MethodSpec& method, Rig& rig, const GateRig::Outcome& outcome,
                  const std::string& code) {
  CHECK(outcome.code() == code);
  CHECK_FALSE(outcome.message().empty());
  CHECK(documented(method, code));
  CHECK(rig.rig.service.handled.empty());
}

}  // namespace

TEST_CASE("catalogue: a good call of each method reaches its handler and is answered") {
  forEachMethod([](const MethodSpec& method) {
    Rig rig(method);
    const auto outcome = rig.call(sampleOf(method.params));
    CAPTURE(outcome.message());
    CHECK(outcome.code() == "ok");
    CHECK(rig.rig.service.handled.size() == 1);
    CHECK(rig.rig.user.asked.size() == (method.consent == ConsentClass::None ? 0 : 1));
  });
}

TEST_CASE("catalogue: each method without its permission is not_declared") {
  forEachMethod([](const MethodSpec& method) {
    if (method.permission == nullptr) return;
    Rig rig(method);
    std::erase(rig.everything, method.permission->name);
    FakeSession without("s2", appWith(rig.everything));
    rig.rig.open(without).touches = 1;
    checkRefused(method, rig, rig.call(without, sampleOf(method.params)), "not_declared");
    CHECK(rig.rig.user.asked.empty());
    CHECK(without.touches == 1);
  });
}

TEST_CASE("catalogue: each method refuses every departure from its parameters, to any depth") {
  std::size_t tried = 0;
  forEachMethod([&](const MethodSpec& method) {
    // Against the schema alone, for the method's own rate would end the loop.
    const auto& schema = *method.paramsSchema;
    for (const auto& params : departures(method.params)) {
      ++tried;
      CAPTURE(params.dump());
      const auto checked = schema.check(params, "params");
      CHECK_FALSE(checked.has_value());
      if (checked) continue;
      CHECK(checked.error().code == ErrorCode::InvalidParams);
      CHECK(checked.error().message.starts_with("params"));
      CHECK_FALSE(explainViolation(method.params, params, "params").empty());
    }
    CHECK(schema.check(sampleOf(method.params), "params").has_value());
    for (const json& params : {json{{"notInTheCatalogue", 1}}, json::array()}) {
      Rig rig(method);
      checkRefused(method, rig, rig.call(params), "invalid_params");
      CHECK(rig.rig.user.asked.empty());
      CHECK(rig.session->touches == 1000);
    }
  });
  CHECK(tried > 300);
}

TEST_CASE("catalogue: each value-bearing method needs an idempotency key") {
  forEachMethod([](const MethodSpec& method) {
    if (!method.value) return;
    Rig rig(method);
    checkRefused(method, rig, rig.rig.call(*rig.session, method.name, sampleOf(method.params)),
                 "invalid_params");
  });
}

TEST_CASE("catalogue: each method that needs a touch is refused without one") {
  forEachMethod([](const MethodSpec& method) {
    if (!method.activation) return;
    Rig rig(method);
    rig.session->touches = 0;
    checkRefused(method, rig, rig.call(sampleOf(method.params)), "activation_required");
    CHECK(rig.rig.user.asked.empty());
  });
}

TEST_CASE("catalogue: each method that asks is refused by the user, then blocked for a while") {
  forEachMethod([](const MethodSpec& method) {
    if (method.consent == ConsentClass::None) return;
    Rig rig(method);
    rig.rig.user.mood = FakeUser::Mood::Refuses;
    checkRefused(method, rig, rig.call(sampleOf(method.params)), "user_refused");
    const auto blocked = rig.call(sampleOf(method.params));
    checkRefused(method, rig, blocked, "permission_blocked");
    CHECK(blocked.settled->error().retryAfterMs.value_or(0) > 0);
    CHECK(rig.rig.user.asked.size() == 1);
    CHECK_FALSE(rig.rig.user.asked[0].title.empty());
  });
}

TEST_CASE("catalogue: each privileged method is refused to apps that the operator does not list") {
  forEachMethod([](const MethodSpec& method) {
    if (!method.privileged) return;
    Rig rig(method);
    rig.rig.policy.privileged = false;
    checkRefused(method, rig, rig.call(sampleOf(method.params)), "permission_denied");
  });
}

TEST_CASE("catalogue: each method called too often is refused with a time to wait") {
  forEachMethod([](const MethodSpec& method) {
    GateLimits limits;
    limits.callsBurstMax = 8;
    limits.promptsBurstMax = 4;
    Rig rig(method, limits);
    GateRig::Outcome last;
    std::size_t calls = 0;
    do {
      last = rig.call(sampleOf(method.params));
      ++calls;
    } while (last.code() == "ok" && calls < 20);
    CHECK(last.code() == "rate_limited");
    CHECK(last.settled->error().retryAfterMs.value_or(0) > 0);
    CHECK(documented(method, "rate_limited"));
    CHECK(rig.rig.service.handled.size() == calls - 1);
    const auto bound =
        std::min<std::size_t>(8, static_cast<std::size_t>(method.perMinuteMax.value_or(8)));
    CHECK(calls - 1 <= bound);
  });
}

TEST_CASE(
    "catalogue: each method is refused by policy and to revoked apps before the user is asked") {
  forEachMethod([](const MethodSpec& method) {
    Rig rig(method);
    rig.rig.policy.verdict = PolicyVerdict::Deny;
    checkRefused(method, rig, rig.call(sampleOf(method.params)), "policy_refused");
    rig.rig.policy.isRevoked = true;
    checkRefused(method, rig, rig.call(sampleOf(method.params)), "revoked");
    CHECK(rig.rig.user.asked.empty());
    CHECK(rig.session->touches == 1000);
  });
}

TEST_CASE("catalogue: a result outside each method's schema never reaches the app") {
  forEachMethod([](const MethodSpec& method) {
    for (const auto& result : departures(method.result)) {
      Rig rig(method);
      rig.rig.service.result = [&](const CallContext&) { return result; };
      CAPTURE(result.dump());
      CHECK(rig.call(sampleOf(method.params)).code() == "internal");
      break;  // one through the gate; the schema itself is checked against all below
    }
    for (const auto& result : departures(method.result)) {
      CHECK_FALSE(method.resultSchema->check(result, "result").has_value());
    }
  });
}

TEST_CASE("catalogue: each method answers timeout when its handler does not") {
  forEachMethod([](const MethodSpec& method) {
    Rig rig(method);
    rig.rig.service.keep = true;
    const auto outcome = rig.rig.start(*rig.session, method.name, sampleOf(method.params), "key-1");
    CHECK(rig.rig.loop.until([&] { return !rig.rig.service.kept.empty(); }));
    rig.rig.loop.advance(std::chrono::milliseconds(method.timeoutMs));
    CHECK(outcome->code() == "timeout");
    CHECK(documented(method, "timeout"));
  });
}
