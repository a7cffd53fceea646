// Goal: a wall clock that is set back, or far ahead, opens nothing, closes nothing and breaks no
// log. Method: steps of an hour, a day and fifty years between calls.
#include "tests/unit/bridge/audit_fixture.h"
#include "tests/unit/bridge/test_catalogue.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;

TEST_CASE("clocks: a wall clock that steps opens nothing early but a question, and breaks no log") {
  constexpr std::int64_t kHourMs = 3'600'000;
  for (const std::int64_t step : {-kHourMs, kHourMs, -24 * kHourMs, -500'000 * kHourMs}) {
    CAPTURE(step);
    GateRig rig(smallCatalogue());
    FakeSession session("s1", appWith({"test.once"}));
    rig.open(session);
    rig.user.mood = FakeUser::Mood::Refuses;
    CHECK(rig.call(session, "test.once", json::object()).code() == "user_refused");
    rig.clock.wallStepMs = step;
    rig.user.mood = FakeUser::Mood::Grants;
    // The refusal outlives restarts, so it goes by the wall clock: ahead of it the question may be
    // asked again, behind it not yet, and never is the app told to wait longer than the refusal's
    // own time.
    const auto again = rig.call(session, "test.once", json::object());
    CHECK(again.code() == (step < 0 ? "permission_blocked" : "ok"));
    if (step < 0) CHECK(again.settled->error().retryAfterMs.value_or(-1) <= 10'000);
    CHECK(rig.gate->quota(SessionId("s1")).callsUsed == 2);
    rig.loop.advance(std::chrono::milliseconds(10'001));
    rig.clock.wallStepMs = 0;
    CHECK(rig.call(session, "test.once", json::object()).code() == "ok");
    rig.close(session);
    std::int64_t earlier = 0;
    bool steppedBack = false;
    for (const auto& record : rig.records()) {
      const auto time = record["time"].get<std::int64_t>();
      steppedBack = steppedBack || time < earlier;
      earlier = time;
      if (record.contains("durationUs")) {
        CHECK(record["durationUs"].get<std::int64_t>() < 60'000'000);
      }
    }
    CHECK(steppedBack);
    const auto report = *verifyAudit(rig.dir.path + "/audit");
    CHECK_MESSAGE(report.sound, report.why);
  }
}
