// Goal: a user asks another one for money by the host's sheet, picker and words alone; the app
// learns nobody's name, and the asked user is neither nagged nor mistaken. Method: the service over
// the demo's users and chats, with a picker that remembers and the rows that it leaves.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/bridge/money_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::codeOf;
using test::MoneyBench;

constexpr std::int64_t kHourMs = 3'600'000;

TEST_CASE("money: a request is one row and one message of the host's words in the chosen chat") {
  MoneyBench bench;
  std::vector<ChatMessage> heard;
  bench.messenger->onPosted([&](const ChatMessage& message, const std::vector<UserId>& members) {
    heard.push_back(message);
    CHECK(members == std::vector<UserId>{UserId("anna"), UserId("boris")});
  });
  const auto answer = bench.ask(bench.anna, MoneyBench::lunch());
  REQUIRE(answer.has_value());
  CHECK(answer->size() == 2);
  CHECK((*answer)["status"] == "sent");
  CHECK(answer->dump().find("boris") == std::string::npos);
  const std::string id = (*answer)["requestId"];
  const auto row = bench.query<std::optional<MoneyRequest>>(
      [id](soci::session& s) { return findMoneyRequest(s, id); });
  REQUIRE(row.has_value());
  CHECK(row->requester.value == "anna");
  CHECK(row->payer.value == "boris");
  CHECK(row->amountMinor == 45'000);
  CHECK(row->note == "Lunch");
  CHECK(row->consentId == "receipt-1");
  REQUIRE(heard.size() == 1);
  CHECK(heard[0].chatId == "chat-work");
  CHECK(heard[0].text.find("RUB\u00a0450.00") != std::string::npos);
  CHECK(heard[0].text.find("Lunch") == std::string::npos);
  CHECK(heard[0].viaAppName == "Parcel");
  CHECK(bench.statusOf(bench.anna, id) == "open");
  CHECK(bench.transfers() == 0);
}

TEST_CASE("money: the sheet shows exact amount and note, and the yes is bound to both") {
  MoneyBench bench;
  const auto context = bench.asker.context(bench.anna, MoneyBench::lunchAs("R-1"));
  const auto prepared = bench.asker.prepare("payments.requestMoney", context);
  REQUIRE(prepared.has_value());
  REQUIRE(prepared->facts.size() == 3);
  CHECK(prepared->facts[0].value == "RUB\u00a0450.00");
  CHECK(prepared->facts[1].value == "Lunch");
  CHECK(
      prepared->bound ==
      json{{"amountMinor", 45'000}, {"currency", "RUB"}, {"note", "Lunch"}, {"requestId", "R-1"}});
}

TEST_CASE("money: the picker offers chats of two alone, and nothing is sent when none is picked") {
  MoneyBench bench;
  bench.picker.answer = "";
  const auto answer = bench.ask(bench.anna, MoneyBench::lunch());
  REQUIRE(answer.has_value());
  CHECK((*answer)["status"] == "cancelled");
  REQUIRE(bench.picker.offered.size() == 2);
  CHECK(bench.picker.offered[0].label == "Борис Кузнецов · Work");
  CHECK(bench.picker.offered[1].label == "Вера Орлова · Дача");
  CHECK(bench.picker.titles.at(0).find("RUB\u00a0450.00") != std::string::npos);
  bench.picker.answer = "chat-family";
  CHECK(codeOf(bench.ask(bench.anna, MoneyBench::lunch())) == ErrorCode::HostError);
  CHECK(bench.requests() == 0);
  CHECK(bench.messages() == 0);
}

TEST_CASE("money: who is asked is the one that was shown, or nobody") {
  for (const char* change : {"INSERT INTO chat_members VALUES ('chat-work', 'vera')",
                             "DELETE FROM chat_members WHERE chat_id = 'chat-work' AND user_id ="
                             " 'boris'",
                             "UPDATE chat_members SET user_id = 'vera' WHERE chat_id ="
                             " 'chat-work' AND user_id = 'boris'"}) {
    CAPTURE(change);
    MoneyBench bench;
    bench.picker.answer.reset();
    auto outcome = std::make_shared<test::Outcome>();
    bench.asker.start("payments.requestMoney", bench.asker.context(bench.anna, MoneyBench::lunch()),
                      outcome);
    bench.loop.runUntil([&] { return bench.picker.choose != nullptr; });
    CHECK(codeOf(bench.ask(bench.anna, MoneyBench::lunch())) == ErrorCode::Busy);
    bench.sql(change);
    bench.picker.choose("chat-work");
    bench.loop.runUntil([&] { return outcome->has_value(); });
    CHECK(codeOf(**outcome) == ErrorCode::NotFound);
    CHECK(bench.requests() == 0);
    CHECK(bench.messages() == 0);
  }
}

TEST_CASE("money: a session that ends before the pick sends nothing") {
  MoneyBench bench;
  bench.picker.answer.reset();
  const auto context = bench.asker.context(bench.anna, MoneyBench::lunch());
  // Never looked into, only told from null.
  DoorSession* live = reinterpret_cast<DoorSession*>(&bench);
  context->liveSession = [&live] { return live; };
  auto outcome = std::make_shared<test::Outcome>();
  bench.asker.start("payments.requestMoney", context, outcome);
  bench.loop.runUntil([&] { return bench.picker.choose != nullptr; });
  live = nullptr;
  bench.picker.choose("chat-work");
  bench.loop.runUntil([&] { return outcome->has_value(); });
  CHECK(codeOf(**outcome) == ErrorCode::Cancelled);
  CHECK(bench.requests() == 0);
}

TEST_CASE("money: a currency that the host does not deal in is refused before the user is asked") {
  MoneyBench bench;
  for (const char* currency : {"ZZZ", "rub", "BTC"}) {
    auto params = MoneyBench::lunch();
    params["currency"] = currency;
    const auto context = bench.asker.context(bench.anna, params);
    CHECK(codeOf(bench.asker.prepare("payments.requestMoney", context)) ==
          ErrorCode::InvalidParams);
  }
}

TEST_CASE("money: nobody asks themselves") {
  MoneyBench bench;
  const auto asked = bench.store->runNow<void>("test.self", [](soci::session& s) {
    MoneyRequest draft;
    draft.id = draft.key = "self";
    draft.requester = draft.payer = UserId("anna");
    draft.currency = "RUB";
    draft.amountMinor = 1;
    draft.expiresAtMs = 1;
    return insertMoneyRequest(s, draft);
  });
  CHECK(codeOf(asked) == ErrorCode::InvalidParams);
}

TEST_CASE("money: the app's id sends one request; for another one it is refused") {
  MoneyBench bench;
  CHECK(bench.sent(MoneyBench::lunchAs("R-1")) == "R-1");
  CHECK(bench.sent(MoneyBench::lunchAs("R-1")) == "R-1");
  CHECK(bench.requests() == 1);
  CHECK(bench.messages() == 1);
  CHECK(bench.picker.titles.size() == 1);
  CHECK(codeOf(bench.ask(bench.anna, MoneyBench::lunchAs("R-1", 1))) == ErrorCode::InvalidParams);
  // Another user, and another app, have ids of their own.
  CHECK(bench.sent(MoneyBench::lunchAs("R-1", 1), &bench.boris) == "R-1");
  const auto elsewhere = test::makeSession(test::makePackage("org.example.other"), "anna");
  CHECK(bench.statusOf(elsewhere, "R-1") == "not_found");
  CHECK(bench.statusOf(bench.anna, "R-2") == "not_found");
  CHECK(bench.sent(MoneyBench::lunchAs("R-1"), &elsewhere) == "R-1");
  CHECK(bench.requests() == 3);
}

TEST_CASE("money: two calls under one id whose pickers are open at once send one request") {
  MoneyBench bench;
  bench.picker.answer.reset();
  const auto twin = [&] {
    auto session = bench.anna;
    session.id = SessionId("another");
    return session;
  }();
  auto first = std::make_shared<test::Outcome>(), second = std::make_shared<test::Outcome>();
  bench.asker.start("payments.requestMoney",
                    bench.asker.context(bench.anna, MoneyBench::lunchAs("R-1")), first);
  bench.loop.runUntil([&] { return bench.picker.titles.size() == 1; });
  const auto choose = std::move(bench.picker.choose);
  bench.asker.start("payments.requestMoney", bench.asker.context(twin, MoneyBench::lunchAs("R-1")),
                    second);
  bench.loop.runUntil([&] { return bench.picker.titles.size() == 2; });
  bench.picker.choose("chat-dacha");
  choose("chat-work");
  bench.loop.runUntil([&] { return first->has_value() && second->has_value(); });
  CHECK((**first).has_value());
  CHECK((**second).has_value());
  CHECK(bench.requests() == 1);
  CHECK(bench.messages() == 1);
}

TEST_CASE("money: three open requests of one user to another are the most") {
  MoneyBench bench;
  for (int i = 0; i < kOpenMoneyRequestsPairMax; ++i) bench.sent();
  CHECK(codeOf(bench.ask(bench.anna, MoneyBench::lunch())) == ErrorCode::LimitExceeded);
  CHECK(bench.messages() == kOpenMoneyRequestsPairMax);
  bench.picker.answer = "chat-dacha";
  bench.sent();
}

TEST_CASE("money: five requests a day to one user are the most, whatever they answer") {
  MoneyBench bench;
  for (int i = 0; i < kMoneyRequestsPairDayMax; ++i) {
    CHECK(bench.decline("boris", bench.sent()).has_value());
  }
  CHECK(codeOf(bench.ask(bench.anna, MoneyBench::lunch())) == ErrorCode::LimitExceeded);
  bench.clock.nowMs -= 48 * kHourMs;
  CHECK(codeOf(bench.ask(bench.anna, MoneyBench::lunch())) == ErrorCode::LimitExceeded);
  bench.clock.nowMs += 48 * kHourMs + 25 * kHourMs;
  bench.sent();
}

TEST_CASE("money: twenty open requests of one user are the most, told before the sheet") {
  MoneyBench bench;
  bench.query<int>([now = bench.clock.nowMs](soci::session& s) {
    for (int i = 0; i < kOpenMoneyRequestsMax; ++i) {
      const std::string id = "filler-" + std::to_string(i);
      const long long expires = now + kMoneyRequestOpenMs;
      s << "INSERT INTO money_requests VALUES (:id, 'app', 'anna', :payer, :key, 'RUB', 1, '',"
           " 'open', '', 1, :expires, 0)",
          soci::use(id, "id"), soci::use(id, "payer"), soci::use(id, "key"),
          soci::use(expires, "expires");
    }
    return 0;
  });
  const auto context = bench.asker.context(bench.anna, MoneyBench::lunch());
  CHECK(codeOf(bench.asker.prepare("payments.requestMoney", context)) == ErrorCode::LimitExceeded);
  bench.sent(MoneyBench::lunch(), &bench.boris);
  bench.clock.nowMs += kMoneyRequestOpenMs;
  bench.sent();
}

TEST_CASE("money: with a wallet or a messenger of the host's own it is unsupported") {
  struct NoWallet final : Wallet {
    std::vector<std::string> methods() const override { return {"card"}; }
    void charge(const WalletCharge&, std::function<void(ChargeAnswer)>) override {}
    void lookup(const std::string&, std::function<void(ChargeAnswer)>) override {}
  } wallet;
  MoneyBench bench(&wallet);
  MoneyRequestsService noChats(*bench.store, {}, bench.picker, bench.clock, bench.random);
  for (auto* service : {&bench.money, &noChats}) {
    for (const MethodBinding& binding : service->bindings()) {
      CHECK(binding.unsupported.empty() == (binding.method != "payments.requestMoney"));
    }
  }
}

}  // namespace
}  // namespace kiosk::bridge
