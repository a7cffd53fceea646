// Goal: ui.* changes the frame of its own session and no other, keeps at most ten pages, asks one
// question at a time, and a press of a button is a touch. Method: calls through the gate of the
// whole door, a chrome that remembers, sessions that write down their events.

#include <doctest/doctest.h>
#include <kiosk/bridge/services.h>

#include "tests/unit/bridge/fakes.h"

namespace kiosk::bridge::rig {
namespace {

struct HandChrome final : Chrome {
  void chromeChanged(const SessionInfo& session, const ChromeState& chrome) override {
    frames.emplace_back(session.id.value, chrome);
  }
  void toast(const SessionInfo&, const std::string& message, const std::string& tone) override {
    toasts.push_back(tone + ": " + message);
  }
  void alert(const SessionInfo&, const SheetPrompt& prompt,
             std::function<void(std::string)> done) override {
    prompts.push_back(prompt);
    answers.push_back(std::move(done));
  }
  void actionSheet(const SessionInfo& session, const SheetPrompt& prompt,
                   std::function<void(std::string)> done) override {
    alert(session, prompt, std::move(done));
  }
  void withdrawSheet(std::uint64_t id) override { withdrawn.push_back(id); }
  ThemeState theme(const SessionInfo&) override {
    return {"dark", {{"accent", "#336699"}}, 1.5, "ltr"};
  }
  ViewportState viewport(const SessionInfo&) override { return {390, 844, 47, 0, 34, 0}; }

  std::vector<std::pair<std::string, ChromeState>> frames;
  std::vector<std::string> toasts;
  std::vector<SheetPrompt> prompts;
  std::vector<std::function<void(std::string)>> answers;
  std::vector<std::uint64_t> withdrawn;
};

struct NoSheets final : ConsentUi, Picker {
  void ask(const SessionInfo&, const ConsentPrompt&,
           std::function<void(ConsentAnswer)> answer) override {
    answer(ConsentAnswer::Denied);
  }
  void withdraw(std::uint64_t) override {}
  void pick(const SessionInfo&, const std::string&, const std::vector<PickerOption>&,
            std::function<void(std::string)> chosen) override {
    chosen("");
  }
};

struct UiFixture {
  explicit UiFixture(bool withChrome = true) {
    ServicesConfig config;
    config.dataDir = dir.path + "/data";
    config.consentUi = &sheets;
    config.picker = &sheets;
    config.clock = &clock;
    if (withChrome) config.chrome = &chrome;
    auto made = Services::create(std::move(config));
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    services = *std::move(made);
    services->attached(loop);
    services->opened(app);
    services->opened(other);
  }
  ~UiFixture() { services->detached(); }

  using Outcome = std::shared_ptr<std::optional<Result<json>>>;
  Outcome start(const char* method, json params, FakeSession* session = nullptr) {
    auto outcome = std::make_shared<std::optional<Result<json>>>();
    Call call;
    call.id = ++lastCall;
    call.method = method;
    call.params = std::move(params);
    services->call(session != nullptr ? *session : app, std::move(call),
                   Reply([outcome](Result<json> result) { *outcome = std::move(result); }));
    return outcome;
  }
  /// The result as text, or the error's name.
  std::string call(const char* method, json params = json::object(),
                   FakeSession* session = nullptr) {
    return textOf(start(method, std::move(params), session));
  }
  std::string textOf(const Outcome& outcome) {
    REQUIRE(loop.until([&] { return outcome->has_value(); }));
    loop.drain();
    return **outcome ? (**outcome)->dump() : std::string(errorName((*outcome)->error().code));
  }
  std::string press(std::string_view button) {
    const auto pressed = services->chromePressed(app.info().id, button);
    return pressed ? "ok" : std::string(errorName(pressed.error().code));
  }
  const ChromeState& frame() const { return chrome.frames.back().second; }

  TempDir dir;
  FakeClock clock;
  FakeLoop loop{clock};
  NoSheets sheets;
  HandChrome chrome;
  FakeSession app{"one", appWith({})}, other{"two", appWith({}, "ru.other.app")};
  std::uint64_t lastCall = 0;
  std::unique_ptr<Services> services;
};

}  // namespace

TEST_CASE_FIXTURE(UiFixture, "ui: what is set of the frame is told to the host, of that session") {
  CHECK(call("ui.setTitle", {{"title", "Orders"}}) == "null");
  CHECK(call("ui.setMainButton", {{"text", "Pay"}, {"visible", true}}) == "null");
  CHECK(frame().title == "Orders");
  CHECK(chrome.frames.back().first == "one");
  CHECK(chromeJson(frame())["main"].dump() ==
        R"({"busy":false,"enabled":true,"text":"Pay","visible":true})");
  // What is left out stays.
  CHECK(call("ui.setMainButton", {{"busy", true}}) == "null");
  CHECK(frame().main.text == "Pay");
  CHECK(frame().main.busy);
  CHECK(call("ui.setTitle", {{"title", "Else"}}, &other) == "null");
  CHECK(chrome.frames.back().first == "two");
  CHECK_FALSE(frame().main.visible);
}

TEST_CASE_FIXTURE(UiFixture, "ui: many changes at once are told once") {
  std::vector<Outcome> outcomes;
  for (int i = 0; i < 20; ++i) {
    outcomes.push_back(start("ui.setTitle", {{"title", std::to_string(i)}}));
  }
  for (const auto& outcome : outcomes) textOf(outcome);
  CHECK(chrome.frames.size() < 20);
  CHECK(frame().title == "19");
}

TEST_CASE_FIXTURE(UiFixture, "ui: a button that is shown has a text, and texts are bounded") {
  CHECK(call("ui.setMainButton", {{"visible", true}}) == "invalid_params");
  CHECK(call("ui.setMainButton", {{"text", std::string(65, 'x')}}) == "invalid_params");
  CHECK(call("ui.setTitle", {{"title", "two\nlines"}}) == "invalid_params");
  CHECK(chrome.frames.empty());
}

TEST_CASE_FIXTURE(UiFixture,
                  "ui: a press is an event and a touch, of a button that can be pressed") {
  CHECK(press("main") == "not_found");
  call("ui.setMainButton", {{"text", "Pay"}, {"visible", true}});
  call("ui.setSecondaryButton", {{"text", "Later"}, {"visible", true}, {"enabled", false}});
  CHECK(press("main") == "ok");
  CHECK(app.touches == 1);
  REQUIRE(app.events.size() == 1);
  CHECK(app.events[0].first == "mainButton");
  CHECK(other.events.empty());
  for (const char* name : {"secondary", "back", "close", ""}) CHECK(press(name) == "not_found");
  call("ui.setMainButton", {{"busy", true}});
  CHECK(press("main") == "not_found");
  call("ui.setMainButton", {{"busy", false}});
  app.isShown = false;
  CHECK(press("main") == "not_ready");
  CHECK(app.touches == 1);
  app.isShown = true;
  services->closed(app, SessionEnd{});
  CHECK(press("main") == "not_found");
  services->opened(app);
}

TEST_CASE_FIXTURE(UiFixture, "ui: the way back is the app's own when it asked, else the stack's") {
  call("ui.setBackButton", {{"visible", true}});
  CHECK(frame().back);
  CHECK(press("back") == "ok");
  CHECK(app.events.back().first == "backPressed");
  call("ui.setBackButton", {{"visible", false}});
  CHECK_FALSE(frame().back);
  call("ui.navigateTo", {{"path", "/order"}});
  CHECK(frame().back);
  CHECK(press("back") == "ok");
  CHECK(app.events.back().first == "navigated");
  CHECK(app.events.back().second.dump() ==
        R"({"depth":1,"direction":"back","params":null,"path":"/"})");
  loop.drain();
  CHECK_FALSE(frame().back);
  CHECK(press("back") == "not_found");
}

TEST_CASE_FIXTURE(UiFixture, "ui: the stack keeps ten pages with what belongs to each") {
  for (int i = 2; i <= 10; ++i) {
    CHECK(call("ui.navigateTo", {{"path", "/" + std::to_string(i)}, {"params", {{"n", i}}}}) ==
          R"({"depth":)" + std::to_string(i) + "}");
  }
  CHECK(call("ui.navigateTo", {{"path", "/11"}}) == "limit_exceeded");
  CHECK(frame().depth == 10);
  CHECK(frame().path == "/10");
  CHECK(call("ui.back", {{"delta", 2}}) == R"({"depth":8})");
  CHECK(app.events.back().second["params"].dump() == R"({"n":8})");
  CHECK(call("ui.redirectTo", {{"path", "/else"}}) == R"({"depth":8})");
  CHECK(app.events.back().second["direction"] == "replace");
  CHECK(call("ui.back") == R"({"depth":7})");
  CHECK(app.events.back().second["path"] == "/7");
  CHECK(call("ui.reLaunch", {{"path", "/home"}}) == R"({"depth":1})");
  CHECK(app.events.back().second["direction"] == "relaunch");
  const auto told = app.events.size();
  CHECK(call("ui.back", {{"delta", 10}}) == R"({"depth":1})");
  CHECK(app.events.size() == told);
  CHECK(call("ui.navigateTo", {{"path", "/x"}, {"params", std::string(5000, 'x')}}) ==
        "payload_too_large");
  CHECK(frame().path == "/home");
}

TEST_CASE_FIXTURE(UiFixture, "ui: an alert answers the button, or null when it was put away") {
  const json ask = {{"message", "Delete it?"},
                    {"buttons",
                     {{{"id", "yes"}, {"label", "Delete"}, {"tone", "negative"}},
                      {{"id", "no"}, {"label", "Keep"}}}}};
  auto outcome = start("ui.alert", ask);
  REQUIRE(loop.until([&] { return chrome.prompts.size() == 1; }));
  CHECK(chrome.prompts[0].message == "Delete it?");
  CHECK(chrome.prompts[0].choices[0].tone == "negative");
  CHECK(call("ui.alert", ask) == "busy");
  chrome.answers[0]("yes");
  CHECK(textOf(outcome) == R"({"button":"yes"})");
  // Answers twice, and of others, are nothing.
  chrome.answers[0]("no");
  outcome = start("ui.alert", {{"message", "Done"}});
  REQUIRE(loop.until([&] { return chrome.prompts.size() == 2; }));
  CHECK(chrome.prompts[1].choices.size() == 1);
  chrome.answers[1]("");
  CHECK(textOf(outcome) == R"({"button":null})");
  outcome = start("ui.alert", ask);
  REQUIRE(loop.until([&] { return chrome.prompts.size() == 3; }));
  chrome.answers[2]("something else");
  CHECK(textOf(outcome) == "host_error");
}

TEST_CASE_FIXTURE(UiFixture, "ui: an action sheet offers up to ten items, each with its own id") {
  json items = json::array();
  for (int i = 0; i < 10; ++i) {
    items.push_back({{"id", "i" + std::to_string(i)}, {"label", "Item"}});
  }
  auto outcome = start("ui.actionSheet", {{"items", items}});
  REQUIRE(loop.until([&] { return chrome.prompts.size() == 1; }));
  chrome.answers[0]("i7");
  CHECK(textOf(outcome) == R"({"item":"i7"})");
  items.push_back({{"id", "i10"}, {"label", "Item"}});
  CHECK(call("ui.actionSheet", {{"items", items}}) == "invalid_params");
  const json twins = {{{"id", "a"}, {"label", "x"}}, {{"id", "a"}, {"label", "y"}}};
  CHECK(call("ui.actionSheet", {{"items", twins}}) == "invalid_params");
  CHECK(chrome.prompts.size() == 1);
}

TEST_CASE_FIXTURE(UiFixture, "ui: a question goes with its call, its session, and with time") {
  auto outcome = start("ui.alert", {{"message", "One"}});
  REQUIRE(loop.until([&] { return chrome.prompts.size() == 1; }));
  services->cancelled(app, lastCall);
  CHECK(chrome.withdrawn == std::vector<std::uint64_t>{chrome.prompts[0].id});
  outcome = start("ui.alert", {{"message", "Two"}});
  REQUIRE(loop.until([&] { return chrome.prompts.size() == 2; }));
  loop.advance(std::chrono::minutes(10));
  CHECK(textOf(outcome) == "timeout");
  CHECK(chrome.withdrawn.size() == 2);
  outcome = start("ui.alert", {{"message", "Three"}});
  REQUIRE(loop.until([&] { return chrome.prompts.size() == 3; }));
  services->closed(app, SessionEnd{});
  CHECK(chrome.withdrawn.size() == 3);
  chrome.answers[2]("ok");
  services->opened(app);
}

TEST_CASE_FIXTURE(UiFixture, "ui: an app that nobody sees shows nothing") {
  app.isShown = false;
  CHECK(call("ui.alert", {{"message", "Look here"}}) == "background_forbidden");
  CHECK(call("ui.toast", {{"message", "Look here"}}) == "background_forbidden");
  CHECK(chrome.prompts.empty());
  CHECK(chrome.toasts.empty());
  app.isShown = true;
  CHECK(call("ui.toast", {{"message", "Saved"}, {"tone", "positive"}}) == "null");
  CHECK(chrome.toasts == std::vector<std::string>{"positive: Saved"});
}

TEST_CASE_FIXTURE(UiFixture, "ui: theme and viewport are the host's") {
  CHECK(call("ui.theme") ==
        R"({"direction":"ltr","scheme":"dark","textScale":1.5,"tokens":{"accent":"#336699"}})");
  CHECK(call("ui.viewport") ==
        R"({"height":844,"safeArea":{"bottom":34,"left":0,"right":0,"top":47},"width":390})");
}

TEST_CASE("ui: a host without a frame says so") {
  UiFixture fixture(false);
  CHECK(fixture.call("ui.setTitle", {{"title", "x"}}) == "unsupported");
  CHECK(fixture.call("ui.theme") == "unsupported");
  CHECK(fixture.press("main") == "not_found");
  CHECK(fixture.call("host.supports", {{"method", "ui.setTitle"}}) == "false");
  CHECK(fixture.call("host.supports", {{"method", "ui.setTitle"}, {"param", "title"}}) == "false");
  CHECK(fixture.call("host.supports", {{"method", "messages.share"}}) == "true");
  UiFixture framed;
  CHECK(framed.call("host.supports", {{"method", "ui.setTitle"}, {"param", "title"}}) == "true");
}

}  // namespace kiosk::bridge::rig
