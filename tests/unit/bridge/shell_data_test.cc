// Goal: what a host's own screens show is what the store and the audit log hold, of that user
// alone; and what a user erases in one app is gone there and nowhere else. Method: Services over
// the demo's data in a folder of the test's own.

#include <doctest/doctest.h>
#include <kiosk/bridge/services.h>

#include "tests/unit/bridge/fakes.h"
#include "tests/unit/bridge/service_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

const UserId kAnna("anna");
const UserId kBoris("boris");
const UserId kVera("vera");

struct Shell {
  Shell() {
    ServicesConfig config;
    config.dataDir = dir.path + "/data";
    config.consentUi = &sheets;
    config.picker = &picker;
    config.clock = &clock;
    config.demoData = DemoData::Seed;
    auto made = Services::create(std::move(config));
    if (!made) FAIL(made.error().message);
    services = *std::move(made);
    services->attached(loop);
  }
  ~Shell() { services->detached(); }

  /// The answer of a question that is answered later.
  template <class T>
  Result<T> wait(const std::function<void(std::function<void(Result<T>)>)>& ask) {
    std::optional<Result<T>> answer;
    ask([&answer](Result<T> result) { answer = std::move(result); });
    loop.until([&answer] { return answer.has_value(); });
    REQUIRE(answer.has_value());
    return *std::move(answer);
  }

  Result<ChatMessage> write(const UserId& user, const std::string& chat, const std::string& text) {
    return wait<ChatMessage>(
        [&](auto done) { services->messenger()->write(user, chat, text, done); });
  }
  std::vector<ChatSummary> chats(const UserId& user) {
    return *wait<std::vector<ChatSummary>>(
        [&](auto done) { services->messenger()->chatsOf(user, done); });
  }
  Result<std::vector<ChatMessage>> messages(const UserId& user, const std::string& chat,
                                            std::int64_t beforeMs = 0, std::int64_t most = 200) {
    return wait<std::vector<ChatMessage>>(
        [&](auto done) { services->messenger()->messagesOf(user, chat, beforeMs, most, done); });
  }
  ChatSummary chat(const UserId& user, const std::string& title) {
    for (auto& one : chats(user)) {
      if (one.title == title) return one;
    }
    FAIL("no chat " << title);
    return {};
  }

  /// A call of `session`, answered.
  std::string call(rig::FakeSession& session, const std::string& method, json params) {
    std::optional<Result<json>> settled;
    Call made;
    made.id = ++lastCall;
    made.method = method;
    made.params = std::move(params);
    services->call(session, std::move(made),
                   Reply([&settled](Result<json> outcome) { settled = std::move(outcome); }));
    loop.until([&] { return settled.has_value(); });
    if (!settled) return "pending";
    return *settled ? (*settled)->dump() : std::string(errorName(settled->error().code));
  }

  rig::TempDir dir;
  rig::FakeClock clock;
  rig::FakeLoop loop{clock};
  rig::FakeUser sheets;
  kiosk::test::HandPicker picker;
  std::unique_ptr<Services> services;
  std::uint64_t lastCall = 0;
};

}  // namespace

TEST_CASE("messenger: what one member writes, the others read, with its writer and in order") {
  Shell shell;
  const auto family = shell.chat(kAnna, "Family");
  CHECK(family.lastAtMs == 0);
  CHECK(family.unread == 0);
  const auto first = shell.write(kAnna, family.id, "Hello");
  REQUIRE(first.has_value());
  REQUIRE(shell.write(kBoris, family.id, "Привет\nи пока").has_value());
  const auto read = shell.messages(kVera, family.id);
  REQUIRE(read.has_value());
  REQUIRE(read->size() == 2);
  CHECK((*read)[0].text == "Hello");
  CHECK((*read)[0].senderName == "Анна Смирнова");
  CHECK((*read)[0].viaApp.empty());
  CHECK((*read)[1].sender == kBoris);
  // Both came in the same millisecond of the clock.
  CHECK((*read)[1].atMs > (*read)[0].atMs);
  CHECK(shell.messages(kVera, family.id, (*read)[1].atMs)->size() == 1);
  CHECK(shell.messages(kVera, family.id, 0, 1)->front().text == "Привет\nи пока");
  CHECK(shell.chats(kVera).front().title == "Family");
  CHECK(shell.chats(kVera).front().lastText == "Привет\nи пока");
}

TEST_CASE("messenger: a chat counts what others wrote since it was read, and never goes back") {
  Shell shell;
  const auto family = shell.chat(kAnna, "Family");
  const auto first = shell.write(kAnna, family.id, "1");
  const auto second = shell.write(kAnna, family.id, "2");
  CHECK(shell.chat(kAnna, "Family").unread == 0);
  CHECK(shell.chat(kBoris, "Family").unread == 2);
  const auto mark = [&](std::int64_t atMs) {
    return shell.wait<void>(
        [&](auto done) { shell.services->messenger()->markRead(kBoris, family.id, atMs, done); });
  };
  REQUIRE(mark(first->atMs).has_value());
  CHECK(shell.chat(kBoris, "Family").unread == 1);
  REQUIRE(mark(second->atMs).has_value());
  REQUIRE(mark(first->atMs).has_value());
  CHECK(shell.chat(kBoris, "Family").unread == 0);
  CHECK(shell.chat(kVera, "Family").unread == 2);
}

TEST_CASE("messenger: who is not in a chat neither reads nor writes there") {
  Shell shell;
  const auto work = shell.chat(kAnna, "Work");
  CHECK(kiosk::test::codeOf(shell.messages(kVera, work.id)) == ErrorCode::NotFound);
  CHECK(kiosk::test::codeOf(shell.write(kVera, work.id, "Hello")) == ErrorCode::NotFound);
  CHECK(kiosk::test::codeOf(shell.wait<void>([&](auto done) {
          shell.services->messenger()->markRead(kVera, work.id, 1, done);
        })) == ErrorCode::NotFound);
  CHECK(shell.messages(kAnna, work.id)->empty());
}

TEST_CASE("messenger: a text that is empty, too long or no plain text is refused") {
  Shell shell;
  const auto chat = shell.chat(kAnna, "Family").id;
  const std::string longest(kMessageTextBytesMax, 'a');
  CHECK(shell.write(kAnna, chat, longest).has_value());
  for (const auto& text : {std::string(), longest + "a", std::string("\xff"), std::string("a\x01"),
                           std::string("a\xe2\x80\xae"
                                       "b")}) {
    CHECK(kiosk::test::codeOf(shell.write(kAnna, chat, text)) == ErrorCode::InvalidParams);
  }
  CHECK(shell.messages(kAnna, chat)->size() == 1);
}

TEST_CASE("messenger: the host hears of every message, with the members of its chat") {
  Shell shell;
  std::vector<ChatMessage> heard;
  std::vector<UserId> members;
  shell.services->messenger()->onPosted(
      [&](const ChatMessage& message, const std::vector<UserId>& all) {
        heard.push_back(message);
        members = all;
      });
  rig::FakeSession session("s1", rig::appWith({}));
  session.info_.user = kAnna;
  shell.services->opened(session);
  session.touches = 1;
  const auto family = shell.chat(kAnna, "Family");
  shell.picker.answer = family.id;
  CHECK(shell.call(session, "messages.share", {{"text", "From an app"}}) ==
        R"({"status":"shared"})");
  REQUIRE(heard.size() == 1);
  CHECK(heard[0].text == "From an app");
  CHECK(heard[0].viaApp == session.info_.manifest().appId);
  CHECK(members == std::vector<UserId>{kAnna, kBoris, kVera});
  REQUIRE(!shell.write(kVera, shell.chat(kAnna, "Work").id, "no").has_value());
  CHECK(heard.size() == 1);
  shell.services->closed(session, {});
}

TEST_CASE("shell: users and wallets are those of the store, each user's own") {
  Shell shell;
  const auto users =
      shell.wait<std::vector<UserEntry>>([&](auto done) { shell.services->users(done); });
  REQUIRE(users->size() == 3);
  CHECK((*users)[0].id == kAnna);
  CHECK((*users)[0].profile.firstName == "Анна");
  const auto wallet = [&](const UserId& user) {
    return *shell.wait<WalletSummary>(
        [&](auto done) { shell.services->wallet(user, kPaymentsPageMax, done); });
  };
  REQUIRE(wallet(kAnna).balances.size() == 1);
  CHECK(wallet(kAnna).balances[0].currency == "RUB");
  CHECK(wallet(kAnna).balances[0].minor == 2'500'000);
  CHECK(wallet(kAnna).payments.empty());
  CHECK(wallet(kVera).balances.empty());
}

TEST_CASE("shell: activity and privacy points are what the user's own apps did, newest first") {
  Shell shell;
  const auto activity = [&](const UserId& user) {
    shell.services->flushAudit();
    return *shell.wait<std::vector<ActivityEntry>>(
        [&](auto done) { shell.services->activity(user, kActivityMax, done); });
  };
  CHECK(activity(kAnna).empty());
  rig::FakeSession session("s1", rig::appWith({"identity.basic"}));
  session.info_.user = kAnna;
  shell.services->opened(session);
  session.touches = 1;
  CHECK(shell.call(session, "identity.userinfo", json::object()).find("Анна") != std::string::npos);
  const auto lines = activity(kAnna);
  REQUIRE(lines.size() >= 3);
  const auto call = std::find_if(lines.begin(), lines.end(), [](const auto& line) {
    return line.method == "identity.userinfo";
  });
  REQUIRE(call != lines.end());
  CHECK(call->kind == "call");
  CHECK(call->outcome == "ok");
  CHECK(call->app == session.info_.manifest().appId);
  CHECK(lines.back().kind == "opened");
  for (std::size_t i = 1; i < lines.size(); ++i) CHECK(lines[i - 1].atMs >= lines[i].atMs);
  CHECK(activity(kBoris).empty());
  const auto spent = [&](const UserId& user) {
    return *shell.wait<std::vector<PrivacyUse>>(
        [&](auto done) { shell.services->privacySpent(user, done); });
  };
  REQUIRE(spent(kAnna).size() == 1);
  CHECK(spent(kAnna)[0].app == session.info_.manifest().appId);
  CHECK(spent(kAnna)[0].points == 2);
  CHECK(spent(kBoris).empty());
  const auto receipts = shell.wait<std::vector<StoredReceipt>>(
      [&](auto done) { shell.services->receipts(kAnna, AppId(), 10, done); });
  CHECK(receipts->size() == 1);
  shell.services->closed(session, {});
}

TEST_CASE("shell: a user takes and erases what one app keeps, and nothing else goes") {
  Shell shell;
  const auto opened = [&](const std::string& id, const UserId& user) {
    auto session = std::make_unique<rig::FakeSession>(id, rig::appWith({}));
    session->info_.user = user;
    shell.services->opened(*session);
    return session;
  };
  const auto anna = opened("s1", kAnna), boris = opened("s2", kBoris);
  for (auto* session : {anna.get(), boris.get()}) {
    CHECK(shell.call(*session, "storage.local.set", {{"key", "a"}, {"value", {1, 2}}}) == "{}");
    CHECK(shell.call(*session, "storage.secure.set", {{"key", "s"}, {"value", "secret"}}) == "{}");
  }
  const auto app = anna->info_.manifest().appId;
  const auto exported = [&](const UserId& user) {
    return shell.wait<json>([&](auto done) { shell.services->exportAppData(user, app, done); })
        ->dump();
  };
  const std::string all = R"({"local":{"a":[1,2]},"secure":{"s":"secret"}})";
  CHECK(exported(kAnna) == all);
  const auto erased =
      shell.wait<AppDataErased>([&](auto done) { shell.services->eraseAppData(kAnna, app, done); });
  REQUIRE(erased.has_value());
  CHECK(erased->localItems == 1);
  CHECK(erased->secureItems == 1);
  CHECK(exported(kAnna) == R"({"local":{},"secure":{}})");
  CHECK(exported(kBoris) == all);
  shell.services->flushAudit();
  const auto lines = *shell.wait<std::vector<ActivityEntry>>(
      [&](auto done) { shell.services->activity(kAnna, kActivityMax, done); });
  const auto has = [&](const char* kind) {
    return std::any_of(lines.begin(), lines.end(),
                       [kind](const auto& line) { return line.kind == kind; });
  };
  CHECK(has("erased"));
  CHECK(has("exported"));
  shell.services->closed(*anna, {});
  shell.services->closed(*boris, {});
}

}  // namespace kiosk::bridge
