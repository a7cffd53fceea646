// Goal: a case counts as a successful attack on another host only when its promise is broken there.
// Method: a table of cases and of what a driver told of them.

#include <doctest/doctest.h>

#include "sdk/conformance/against.h"

namespace kiosk::conformance {
namespace {

struct AttackRow {
  const char* expect;
  std::vector<const char*> events;  ///< JSON
  AttackEnd end;
};

constexpr const char* kOver = R"({"event":"ended","reason":"closed"})";
constexpr const char* kSaysOk = R"({"event":"log","text":"@case ok"})";
constexpr const char* kSaysBroken =
    R"({"event":"log","text":"@case error AssertionFailed: nothing was thrown"})";
constexpr const char* kSaysMissing =
    R"({"event":"log","text":"@case error TypeError: kiosk.x is not a function"})";
constexpr const char* kSaysDenied = R"({"event":"log","text":"@case error permission_denied: no"})";
constexpr const char* kCallOk = R"({"event":"call","method":"identity.userinfo","outcome":"ok"})";

const std::vector<AttackRow> kRows = {
    {"ok", {kSaysOk, kOver}, AttackEnd::Held},
    {"ok", {kSaysBroken, kOver}, AttackEnd::Succeeded},
    {"ok", {kSaysMissing, kOver}, AttackEnd::Unclear},
    {"ok", {kOver}, AttackEnd::Unclear},
    {"ok", {kSaysOk}, AttackEnd::Succeeded},
    {"{ outcome: ok, host: { callsOk: 0 } }", {kCallOk, kSaysOk, kOver}, AttackEnd::Succeeded},
    {"{ outcome: ok, host: { callsOk: 1 } }", {kCallOk, kSaysOk, kOver}, AttackEnd::Held},
    {"{ outcome: ok, logs: escaped }", {kSaysOk, kOver}, AttackEnd::Succeeded},
    {"{ outcome: ok, view: Balance }", {kSaysOk, kOver}, AttackEnd::Held},
    {"error permission_denied", {kCallOk, kSaysOk, kOver}, AttackEnd::Succeeded},
    {"error permission_denied", {kSaysDenied, kOver}, AttackEnd::Held},
    {"error permission_denied", {kSaysMissing, kOver}, AttackEnd::Unclear},
    {"ended cpu", {kOver}, AttackEnd::Succeeded},
    {"ended cpu", {R"({"event":"ended","reason":"cpu"})"}, AttackEnd::Held},
    {"ended memory", {R"({"event":"ended","reason":"heap"})"}, AttackEnd::Held},
    {"ended cpu", {R"({"event":"ended","reason":"error"})"}, AttackEnd::Unclear},
};

Case attackCase(const std::string& expect) {
  auto test = readCase("cpu/one.js",
                       "/*---\nid: A-001\ntitle: t\nlevel: 1\nexpect: " + expect + "\n---*/\n");
  REQUIRE(test);
  return *std::move(test);
}

RunRecord attackRecord(const AttackRow& row) {
  RunRecord run;
  run.exitStatus = 0;
  for (const char* event : row.events) run.events.push_back(nlohmann::json::parse(event));
  return run;
}

}  // namespace

TEST_CASE("attack: it succeeds where the promise is broken, not where the host lacks something") {
  for (const auto& row : kRows) {
    CAPTURE(row.expect);
    CAPTURE(row.events.front());
    CHECK(attackEndName(attackEnd(attackCase(row.expect), attackRecord(row))) ==
          attackEndName(row.end));
  }
}

TEST_CASE("attack: a host that is gone without its end has lost; one that was too slow has not") {
  auto dead = attackRecord({"ok", {kSaysOk}, AttackEnd::Succeeded});
  dead.exitStatus.reset();
  dead.signal = 9;
  CHECK(attackEnd(attackCase("ok"), dead) == AttackEnd::Succeeded);
  dead.timedOut = true;
  CHECK(attackEnd(attackCase("ok"), dead) == AttackEnd::Unclear);
}

TEST_CASE("attack: marked cases go to the naive host, those of the engine to a comparison") {
  Case test = attackCase("ok");
  CHECK_FALSE(isTried(test, kOpponents[0]));
  CHECK(isTried(test, kOpponents[1]));
  test.naiveControl = true;
  test.family = "perm";
  CHECK(isTried(test, kOpponents[0]));
  CHECK_FALSE(isTried(test, kOpponents[2]));
}

}  // namespace kiosk::conformance
