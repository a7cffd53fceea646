// Goal: only a person's touch gives an app an activation, one use of it within five seconds; what a
// person types is bounded; an event reaches a session that runs and no other. Method: a mini-app
// whose handlers ask the door to consume the activation, on a clock that the test moves.

#include <doctest/doctest.h>

#include "tests/unit/runtime/host_fixture.h"

namespace kiosk::test {
namespace {

using nlohmann::json;

/// Stands still until it is moved.
class StillClock final : public Clock {
 public:
  std::int64_t wallMs() const override { return 1'700'000'000'000 + us_ / 1000; }
  std::int64_t monotonicUs() const override { return us_; }
  void advance(std::chrono::milliseconds time) { us_ += time.count() * 1000; }

 private:
  std::int64_t us_ = 5'000'000;
};

constexpr const char* kApp = R"(
  const button = document.createElement('button');
  button.textContent = 'Pay';
  button.addEventListener('click', () => console.log('clicked'));
  const field = document.createElement('input');
  field.setAttribute('aria-label', 'Name');
  field.addEventListener('input', () => console.log('typed ' + field.value.length));
  const text = document.createElement('p');
  text.textContent = 'words';
  document.body.append(button, field, text);
  setInterval(() => {}, 1000);
)";

struct TouchFixture {
  StillClock clock;
  HostFixture fixture{Guest::Kiosk, [this] {
                        HostConfig config;
                        config.clock = &clock;
                        return config;
                      }()};
  Watcher watcher;
  std::unique_ptr<Session> session;

  void open(const std::string& code, const Limits& limits = {}) {
    session = fixture.open(appOf(code), watcher, limits);
    REQUIRE(fixture.until([&] { return watcher.view.has_value(); }));
  }

  ViewNodeId node(std::string_view component) const {
    for (const ViewNode* target : viewTargets(session->view())) {
      if (target->component == component) return target->id;
    }
    return 0;
  }

  /// The `count`-th line that the app logs, once it has.
  std::string heard(std::size_t count) {
    REQUIRE(fixture.until([&] { return watcher.logs.size() >= count; }));
    return watcher.logs[count - 1];
  }
};

/// An app that consumes the activation in each click, `times` times over.
std::string consuming(int times) {
  return "const b = document.createElement('button'); b.textContent = 'Pay';"
         "b.addEventListener('click', async () => { for (let i = 0; i < " +
         std::to_string(times) +
         "; ++i) console.log((await kiosk.call('a.touch', {})).used); });"
         "document.body.append(b);";
}

}  // namespace

TEST_CASE_FIXTURE(TouchFixture, "touch: a tap is good for one use") {
  open(consuming(2));
  REQUIRE(session->tap(node("button")));
  CHECK(heard(1) == "true");
  CHECK(heard(2) == "false");
  REQUIRE(session->tap(node("button")));
  CHECK(heard(3) == "true");
}

TEST_CASE_FIXTURE(TouchFixture,
                  "touch: an app that asks all the time has nothing to use until a tap") {
  open(
      "const b = document.createElement('button'); b.textContent = 'Pay';"
      "b.addEventListener('click', () => console.log('clicked'));"
      "document.body.append(b);"
      "setInterval(() => kiosk.call('a.touch', {}).then(r => r.used && console.log('used')), 5);"
      "");
  // The app asks all the time; before each tap nothing is there to use.
  const auto asked = [&] { return watcher.calls.size(); };
  REQUIRE(fixture.until([&] { return asked() > 3; }));
  CHECK(watcher.logs.empty());
  REQUIRE(session->tap(node("button")));
  REQUIRE(fixture.until([&] { return watcher.logs.size() == 2; }));
}

TEST_CASE_FIXTURE(TouchFixture, "touch: after five seconds a tap is worth nothing, before it is") {
  for (const auto& [wait, used] : {std::pair{5000, "true"}, std::pair{5001, "false"}}) {
    Watcher late;
    const auto app = fixture.open(
        appOf("const b = document.createElement('button'); b.textContent = 'Pay';"
              "b.addEventListener('click', async () => { await kiosk.call('a.keep', {});"
              "  console.log((await kiosk.call('a.touch', {})).used); });"
              "document.body.append(b);"),
        late);
    REQUIRE(fixture.until([&] { return late.view.has_value(); }));
    REQUIRE(app->tap(viewTargets(app->view()).at(0)->id));
    REQUIRE(fixture.until([&] { return fixture.door.kept.size() == 1; }));
    clock.advance(std::chrono::milliseconds(wait));
    fixture.door.kept.front().reply.result(json::object());
    fixture.door.kept.clear();
    REQUIRE(fixture.until([&] { return late.logs.size() == 1; }));
    CHECK(late.logs[0] == used);
  }
}

TEST_CASE_FIXTURE(TouchFixture, "touch: events that an app makes itself are no touch") {
  open(R"(
    const b = document.createElement('button');
    b.textContent = 'Pay';
    const field = document.createElement('input');
    field.setAttribute('aria-label', 'Name');
    const ask = async () => console.log((await kiosk.call('a.touch', {})).used);
    b.addEventListener('click', ask);
    field.addEventListener('input', ask);
    document.body.append(b, field);
    b.click?.();
    b.dispatchEvent(new Event('click', {bubbles: true}));
    field.dispatchEvent(new Event('input', {bubbles: true}));
    setTimeout(() => b.dispatchEvent(new Event('click')), 1);
    setInterval(() => {}, 1000);
  )");
  CHECK(heard(1) == "false");
  CHECK(heard(2) == "false");
  CHECK(heard(3) == "false");
  fixture.host->runOnce(std::chrono::milliseconds(20));
  for (const auto& line : watcher.logs) CHECK(line == "false");
}

TEST_CASE_FIXTURE(TouchFixture,
                  "touch: what cannot be tapped or typed into is not found, and gives nothing") {
  open(kApp);
  const ViewNodeId button = node("button"), field = node("input");
  REQUIRE(button != 0);
  REQUIRE(field != 0);
  CHECK(session->tap(0).error().code == ErrorCode::NotFound);
  CHECK(session->tap(999'999).error().code == ErrorCode::NotFound);
  CHECK(session->type(button, "x").error().code == ErrorCode::NotFound);
  CHECK(session->type(999'999, "x").error().code == ErrorCode::NotFound);
  REQUIRE(session->tap(button));
  CHECK(heard(1) == "clicked");
  REQUIRE(session->type(field, "Anna"));
  CHECK(heard(2) == "typed 4");
}

TEST_CASE_FIXTURE(TouchFixture,
                  "touch: typed text is UTF-8 of at most 16 KiB, and fits one message") {
  Limits limits;
  limits.messageBytesMax = 8192;
  open(kApp, limits);
  const ViewNodeId field = node("input");
  CHECK(session->type(field, std::string(16 * 1024 + 1, 'x')).error().code ==
        ErrorCode::InvalidParams);
  CHECK(session->type(field, std::string(10'000, 'x')).error().code == ErrorCode::InvalidParams);
  CHECK(session->type(field, "\xff").error().code == ErrorCode::InvalidParams);
  REQUIRE(session->type(field, std::string(4000, 'x')));
  CHECK(heard(1) == "typed 4000");
  // An event that is too large is dropped; the session goes on.
  session->sendEvent("large", {{"text", std::string(10'000, 'x')}});
  REQUIRE(session->type(field, "x"));
  CHECK(heard(2) == "typed 1");
}

TEST_CASE_FIXTURE(TouchFixture, "touch: a session that has ended takes no touch and no event") {
  open(kApp);
  const ViewNodeId button = node("button"), field = node("input");
  session->close();
  CHECK(session->tap(button).error().code == ErrorCode::NotFound);
  CHECK(session->type(field, "x").error().code == ErrorCode::NotFound);
  session->sendEvent("shown", json::object());
  REQUIRE(fixture.until([&] { return watcher.end.has_value(); }));
  CHECK(session->tap(button).error().code == ErrorCode::NotFound);
  CHECK(watcher.logs.empty());
}

}  // namespace kiosk::test
