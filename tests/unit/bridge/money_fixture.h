#pragma once
// A payments bench whose users ask each other for money. anna and boris share the chat "Work", anna
// and vera "Дача", and all three "Family".

#include <string>
#include <vector>

#include "bridge/payments/money_requests.h"
#include "tests/unit/bridge/payments_fixture.h"

namespace kiosk::test {

struct MoneyBench : PaymentsBench {
  explicit MoneyBench(bridge::Wallet* hostWallet = nullptr)
      : PaymentsBench(hostWallet),
        messenger(bridge::sqlMessaging(*store, clock, random)),
        money(*store, {messenger.get(), hostWallet}, picker, clock, random),
        asker(money, loop) {
    picker.answer = "chat-work";
  }

  static nlohmann::json lunch(std::int64_t amountMinor = 45'000) {
    return {{"amountMinor", amountMinor}, {"currency", "RUB"}, {"note", "Lunch"}};
  }
  static nlohmann::json lunchAs(const std::string& key, std::int64_t amountMinor = 45'000) {
    auto params = lunch(amountMinor);
    params["requestId"] = key;
    return params;
  }
  Result<nlohmann::json> ask(const SessionInfo& session, const nlohmann::json& params) {
    return asker.call("payments.requestMoney", session, params);
  }
  /// The id of a request that anna sent to boris.
  std::string sent(const nlohmann::json& params = lunch(), const SessionInfo* by = nullptr) {
    const auto answer = ask(by != nullptr ? *by : anna, params);
    KIOSK_CHECK(answer.has_value(), "a test's request is sent");
    return (*answer)["requestId"];
  }
  std::string statusOf(const SessionInfo& session, const std::string& key) {
    auto answer = asker.call("payments.moneyRequest", session, {{"requestId", key}});
    return answer ? (*answer)["status"].get<std::string>()
                  : std::string(errorName(answer.error().code));
  }
  Result<void> pay(const std::string& user, const std::string& id,
                   const bridge::SpendLimits& limits = {}) {
    return store->runNow<void>("test.pay", [&, now = clock.nowMs](soci::session& s) {
      return bridge::payMoneyRequest(s, UserId(user), id, now, limits);
    });
  }
  Result<void> decline(const std::string& user, const std::string& id) {
    return store->runNow<void>("test.decline", [&, now = clock.nowMs](soci::session& s) {
      return bridge::declineMoneyRequest(s, UserId(user), id, now);
    });
  }
  void care() {
    bool done = false;
    service.caretaker().round([&done] { done = true; });
    loop.runUntil([&done] { return done; });
  }
  std::int64_t number(const std::string& select) {
    return query<std::int64_t>([select](soci::session& s) {
      long long value = 0;
      s << select, soci::into(value);
      return std::int64_t{value};
    });
  }
  std::int64_t requests() { return number("SELECT COUNT(*) FROM money_requests"); }
  std::int64_t transfers() {
    return number("SELECT COUNT(*) FROM ledger_transactions WHERE kind = 'transfer'");
  }
  std::int64_t messages() { return number("SELECT COUNT(*) FROM messages"); }
  std::string storedState(const std::string& id) {
    return query<std::string>([id](soci::session& s) {
      return std::string(bridge::moneyRequestStateName(bridge::findMoneyRequest(s, id)->state));
    });
  }

  HandPicker picker;
  std::unique_ptr<bridge::EmbeddedMessenger> messenger;
  bridge::MoneyRequestsService money;
  ServiceCaller asker;
};

}  // namespace kiosk::test
